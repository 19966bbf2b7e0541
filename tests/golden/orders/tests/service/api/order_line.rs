//! Order lines over HTTP.

use serde_json::{Value, json};

use crate::api::order;
use crate::api::product;
use crate::records::{self, NOBODY};
use crate::support::{Service, problem};

pub const ALL: &str = "/order-lines";

/// A new one, with all that it needs.
pub async fn sample(service: &Service) -> Value {
    json!({
        "order_id": order::create(service).await["id"],
        "product_id": product::create(service).await["id"],
        "quantity": 3,
        "unit_price": 3,
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
    refused.push(("order_id", json!("1")));
    refused.push(("order_id", json!(NOBODY)));
    refused.push(("product_id", json!("1")));
    refused.push(("product_id", json!(NOBODY)));
    refused.push(("quantity", json!("three")));
    refused.push(("quantity", json!(1.5)));
    refused.push(("quantity", json!(1000)));
    refused.push(("quantity", json!(0)));
    refused.push(("unit_price", json!("three")));
    refused.push(("unit_price", json!(1.5)));
    refused.push(("unit_price", json!(-1)));
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
    records::assert_required(&service, ALL, both, "order_id").await;
    records::assert_required(&service, ALL, both, "product_id").await;
    records::assert_required(&service, ALL, both, "quantity").await;
    records::assert_required(&service, ALL, both, "unit_price").await;
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
    post["order_id"] = input["order_id"].clone();
    patch["order_id"] = input["order_id"].clone();
    post["product_id"] = input["product_id"].clone();
    patch["product_id"] = input["product_id"].clone();
    let patch = records::change(&service, ALL, &second, &patch);
    for request in [service.post(ALL).json(&post), patch] {
        let refusal = problem(request, 409, "duplicate").await;
        assert_eq!(refusal["errors"][0]["pointer"], "/order_id");
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
    let other = sample(&service).await;
    records::create(&service, ALL, &other).await;
    records::assert_narrowed(&service, ALL, &record, "order_id").await;
    records::assert_narrowed(&service, ALL, &record, "product_id").await;
}
