//! Tags over HTTP.

use serde_json::{Value, json};

use crate::records::{self, NOBODY, unique};
use crate::support::{Service, answer, problem};

pub const ALL: &str = "/tags";

/// A new one, with all that it needs.
pub async fn sample(_: &Service) -> Value {
    let n = unique();
    json!({
        "name": format!("{n:a>4}"),
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
    refused.push(("name", json!("x".repeat(41))));
    refused.push(("name", json!("x".repeat(0))));
    refused.push(("name", json!("a\0b")));
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
}

#[tokio::test(flavor = "multi_thread")]
async fn created_again_it_is_the_one_there_is() {
    let service = Service::start().await;
    let input = sample(&service).await;
    let answers = records::create_at_once(&service, ALL, &input).await;
    assert_eq!(records::count(&answers, 201), 1);
    assert_eq!(records::count(&answers, 200), 7);
    let first = &answers[0].1;
    for (_, record) in &answers {
        assert_eq!(record["id"], first["id"]);
    }

    let (status, again) = answer(service.post(ALL).json(&input)).await;
    assert_eq!((status.as_u16(), &again["id"]), (200, &first["id"]));
    assert_eq!(again["updated_at"], first["updated_at"]);

    let second = create(&service).await;
    let mut patch = json!({});
    patch["name"] = input["name"].clone();
    let patch = records::change(&service, ALL, &second, &patch);
    let refusal = problem(patch, 409, "duplicate").await;
    assert_eq!(refusal["errors"][0]["pointer"], "/name");
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
    let other = sample(&service).await;
    records::create(&service, ALL, &other).await;
    records::assert_narrowed(&service, ALL, &record, "name").await;
}
