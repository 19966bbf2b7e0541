//! Employees over HTTP.

use serde_json::{Value, json};

use crate::api::order;
use crate::records::{self, NOBODY, unique};
use crate::support::{Service, problem};

pub const ALL: &str = "/employees";

/// A new one, with all that it needs.
pub async fn sample(_: &Service) -> Value {
    let n = unique();
    json!({
        "name": "name",
        "email": format!("ada{n}@example.org"),
    })
}

pub async fn create(service: &Service) -> Value {
    records::create(service, ALL, &sample(service).await).await
}

#[tokio::test]
async fn they_are_created_read_listed_updated_and_deleted() {
    let service = Service::start().await;
    let record = create(&service).await;
    records::assert_filtered(&service, ALL, &[&record]).await;
    let update = sample(&service).await;
    let updated = records::changed(&service, ALL, &record, &update).await;
    records::assert_has(&updated, &update);
    assert_eq!(updated["created_at"], record["created_at"]);
    records::assert_removed(&service, ALL, &record).await;
}

#[tokio::test]
async fn an_unknown_one_is_not_found() {
    let service = Service::start().await;
    let nobody = json!({"id": NOBODY});
    records::assert_missing(&service, ALL, &nobody).await;
    let delete = records::remove(&service, ALL, &nobody);
    problem(delete, 404, "not_found").await;
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused() {
    let service = Service::start().await;
    let record = create(&service).await;
    let input = sample(&service).await;
    let mut refused = vec![
        ("id", json!(NOBODY)),
        ("version", json!(7)),
        ("created_at", json!("2026-11-25T09:30:00Z")),
        ("unknown", json!(1)),
    ];
    refused.push(("name", json!(7)));
    refused.push(("name", json!("x".repeat(201))));
    refused.push(("name", json!("x".repeat(0))));
    refused.push(("name", json!("a\0b")));
    refused.push(("email", json!("nobody")));
    refused.push(("manager_id", json!("1")));
    refused.push(("manager_id", json!(NOBODY)));
    for refused in refused {
        records::assert_refused(&service, ALL, (&record, &input), refused).await;
    }
}

#[tokio::test]
async fn what_is_required_cannot_be_cleared() {
    let service = Service::start().await;
    let record = create(&service).await;
    let input = sample(&service).await;
    let both = (&record, &input);
    records::assert_required(&service, ALL, both, "name").await;
    records::assert_required(&service, ALL, both, "email").await;
}

#[tokio::test]
async fn what_is_optional_is_kept_when_absent_and_cleared_by_null() {
    let service = Service::start().await;
    let record = create(&service).await;
    let target = create(&service).await;
    let filled = ("manager_id", target["id"].clone());
    records::assert_cleared(&service, ALL, &record, filled).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_two_are_the_same() {
    let service = Service::start().await;
    let input = sample(&service).await;
    let answers = records::create_at_once(&service, ALL, &input).await;
    assert_eq!(records::count(&answers, 201), 1);
    assert_eq!(records::count(&answers, 409), 7);

    let second = create(&service).await;
    let mut post = sample(&service).await;
    let mut patch = json!({});
    post["email"] = input["email"].clone();
    patch["email"] = input["email"].clone();
    let patch = records::change(&service, ALL, &second, &patch);
    for request in [service.post(ALL).json(&post), patch] {
        let refusal = problem(request, 409, "duplicate").await;
        assert_eq!(refusal["errors"][0]["pointer"], "/email");
    }
}

#[tokio::test]
async fn a_change_names_the_version_it_changes() {
    let service = Service::start().await;
    let record = create(&service).await;
    let patch = sample(&service).await;
    records::assert_versioned(&service, ALL, &record, &patch).await;
    let delete = || service.delete(&records::path(ALL, &record));
    problem(delete(), 428, "precondition_required").await;
    let stale = delete().header("if-match", "\"v1\"");
    problem(stale, 412, "precondition_failed").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_update_is_lost() {
    let service = Service::start().await;
    let record = create(&service).await;
    let patch = sample(&service).await;
    records::assert_no_update_is_lost(&service, ALL, &record, |_| patch.clone()).await;
}

#[tokio::test]
async fn the_pages_of_a_list_are_complete_and_disjoint() {
    let service = Service::start().await;
    let mut all = Vec::new();
    for _ in 0..5 {
        all.push(create(&service).await);
    }
    records::assert_paged(&service, ALL, &all).await;
}

#[tokio::test]
async fn a_deleted_one_does_not_stand_in_the_way() {
    let service = Service::start().await;
    let input = sample(&service).await;
    let record = records::create(&service, ALL, &input).await;
    records::assert_removed(&service, ALL, &record).await;
    records::create(&service, ALL, &input).await;
    let again = records::remove(&service, ALL, &record);
    problem(again, 404, "not_found").await;
}

#[tokio::test]
async fn it_clears_orders_handled_by_id() {
    let service = Service::start().await;
    let record = create(&service).await;
    let mut other = order::sample(&service).await;
    other["handled_by_id"] = record["id"].clone();
    let other = records::create(&service, order::ALL, &other).await;
    records::assert_removed(&service, ALL, &record).await;
    let other = records::read(&service, order::ALL, &other).await;
    assert_eq!(other["handled_by_id"], Value::Null);
}
