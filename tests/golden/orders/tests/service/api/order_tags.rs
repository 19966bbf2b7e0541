//! Which orders have which tags.

use serde_json::{Value, json};

use crate::api::order;
use crate::api::tag;
use crate::records::{self, NOBODY};
use crate::support::{Service, answer, problem};

fn path(record: &Value) -> String {
    let record = records::path(order::ALL, record);
    format!("{record}/tags")
}

async fn put(service: &Service, record: &Value, other: &Value) {
    let link = records::path(&path(record), other);
    let (status, body) = answer(service.put(&link)).await;
    assert_eq!(status, 204, "{body}");
}

#[tokio::test]
async fn they_are_added_listed_and_removed() {
    let service = Service::start().await;
    let record = order::create(&service).await;
    let mut all = Vec::new();
    for _ in 0..5 {
        let other = tag::create(&service).await;
        put(&service, &record, &other).await;
        put(&service, &record, &other).await;
        all.push(other);
    }
    tag::create(&service).await;
    let second = order::create(&service).await;
    put(&service, &second, &all[0]).await;
    records::assert_paged(&service, &path(&record), &all).await;

    let link = records::path(&path(&record), &all[0]);
    for _ in 0..2 {
        let (status, body) = answer(service.delete(&link)).await;
        assert_eq!(status, 204, "{body}");
    }
    records::assert_paged(&service, &path(&record), &all[1..]).await;
    records::assert_filtered(&service, &path(&second), &[&all[0]]).await;
}

#[tokio::test]
async fn both_have_to_exist() {
    let service = Service::start().await;
    let record = order::create(&service).await;
    let other = tag::create(&service).await;
    let nobody = json!({"id": NOBODY});
    for (record, other) in [(&nobody, &other), (&record, &nobody)] {
        let link = records::path(&path(record), other);
        problem(service.put(&link), 404, "not_found").await;
    }
    problem(service.get(&path(&nobody)), 404, "not_found").await;
    let link = records::path(&path(&nobody), &other);
    problem(service.delete(&link), 404, "not_found").await;
}

#[tokio::test]
async fn a_link_goes_with_what_it_links_to() {
    let service = Service::start().await;
    let record = order::create(&service).await;
    let other = tag::create(&service).await;
    put(&service, &record, &other).await;
    records::assert_removed(&service, tag::ALL, &other).await;
    records::assert_filtered(&service, &path(&record), &[]).await;
}
