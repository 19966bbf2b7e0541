//! Orders over HTTP.

use serde_json::{Value, json};

use crate::api::customer;
use crate::api::employee;
use crate::api::order_line;
use crate::records::{self, NOBODY, unique};
use crate::support::{Service, problem};

pub const ALL: &str = "/orders";

/// A new one, with all that it needs.
pub async fn sample(service: &Service) -> Value {
    let n = unique();
    json!({
        "number": format!("{n:a>4}"),
        "status": "draft",
        "placed_at": "2026-01-02T03:04:05.000000Z",
        "wanted_on": "2026-01-02",
        "total": 3,
        "note": "note",
        "customer_id": customer::create(service).await["id"],
        "ships_from_id": "ships_from_id-1",
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
    refused.push(("number", json!(7)));
    refused.push(("number", json!("x".repeat(33))));
    refused.push(("number", json!("x".repeat(0))));
    refused.push(("number", json!("a\0b")));
    refused.push(("status", json!("no such word")));
    refused.push(("placed_at", json!("2026-01-02T03:04:05")));
    refused.push(("wanted_on", json!("2026-02-30")));
    refused.push(("total", json!("three")));
    refused.push(("total", json!(1.5)));
    refused.push(("total", json!(-1)));
    refused.push(("note", json!(7)));
    refused.push(("note", json!("x".repeat(2001))));
    refused.push(("note", json!("x".repeat(0))));
    refused.push(("note", json!("a\0b")));
    refused.push(("customer_id", json!("1")));
    refused.push(("customer_id", json!(NOBODY)));
    refused.push(("bill_to_id", json!("1")));
    refused.push(("bill_to_id", json!(NOBODY)));
    refused.push(("handled_by_id", json!("1")));
    refused.push(("handled_by_id", json!(NOBODY)));
    refused.push(("ships_from_id", json!("")));
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
    records::assert_required(&service, ALL, both, "number").await;
    records::assert_required(&service, ALL, both, "total").await;
    records::assert_required(&service, ALL, both, "customer_id").await;
    records::assert_not_cleared(&service, ALL, &record, "status").await;
}

#[tokio::test]
async fn what_is_left_out_has_its_default() {
    let service = Service::start().await;
    let mut input = sample(&service).await;
    let members = input.as_object_mut().expect("an object");
    members.remove("status");
    let record = records::create(&service, ALL, &input).await;
    assert_eq!(record["status"], "draft");
}

#[tokio::test]
async fn what_is_optional_is_kept_when_absent_and_cleared_by_null() {
    let service = Service::start().await;
    let record = create(&service).await;
    let filled = ("placed_at", json!("2027-01-02T03:04:05.000000Z"));
    records::assert_cleared(&service, ALL, &record, filled).await;
    let filled = ("wanted_on", json!("2027-01-02"));
    records::assert_cleared(&service, ALL, &record, filled).await;
    let filled = ("note", json!("another note"));
    records::assert_cleared(&service, ALL, &record, filled).await;
    let target = customer::create(&service).await;
    let filled = ("bill_to_id", target["id"].clone());
    records::assert_cleared(&service, ALL, &record, filled).await;
    let target = employee::create(&service).await;
    let filled = ("handled_by_id", target["id"].clone());
    records::assert_cleared(&service, ALL, &record, filled).await;
    let filled = ("ships_from_id", json!("other"));
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
    post["number"] = input["number"].clone();
    patch["number"] = input["number"].clone();
    let patch = records::change(&service, ALL, &second, &patch);
    for request in [service.post(ALL).json(&post), patch] {
        let refusal = problem(request, 409, "duplicate").await;
        assert_eq!(refusal["errors"][0]["pointer"], "/number");
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
async fn a_list_is_narrowed_by_what_has_an_index() {
    let service = Service::start().await;
    let record = create(&service).await;
    let mut other = sample(&service).await;
    other["status"] = json!("placed");
    other["ships_from_id"] = "other".into();
    records::create(&service, ALL, &other).await;
    records::assert_narrowed(&service, ALL, &record, "number").await;
    records::assert_narrowed(&service, ALL, &record, "status").await;
    records::assert_narrowed(&service, ALL, &record, "customer_id").await;
    records::assert_narrowed(&service, ALL, &record, "ships_from_id").await;
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
async fn it_takes_along_order_lines_order_id() {
    let service = Service::start().await;
    let record = create(&service).await;
    let mut other = order_line::sample(&service).await;
    other["order_id"] = record["id"].clone();
    let other = records::create(&service, order_line::ALL, &other).await;
    records::assert_removed(&service, ALL, &record).await;
    records::assert_missing(&service, order_line::ALL, &other).await;
}
