<% set left = join.left %>
<% set right = join.right %>
<% set both_many = left.varied and right.varied %>
<% set apart = both_many or left.type != right.type %>
//! Which <{ left.labels }> have which <{ join.label }>.

use serde_json::{Value, json};

<% for side in by_module([left, right]) %>
use crate::api::<{ side.module_ident }>;
<% endfor %>
use crate::records::{self, NOBODY};
use crate::support::{Service, <% if both_many or (right.deletable and apart) %>answer, <% endif %>problem};

fn path(record: &Value) -> String {
    let record = records::path(⟦<{ left.module_ident }>::ALL, record⟧);
    format!("{record}/<{ join.route }>")
}

<% if both_many or (right.deletable and apart) %>
async fn put(service: &Service, record: &Value, other: &Value) {
    let link = records::path(&path(record), other);
    let (status, body) = answer(service.put(&link)).await;
    assert_eq!(status, 204, "{body}");
}

<% endif %>
<% if both_many %>
#[tokio::test]
async fn they_are_added_listed_and_removed() {
    let service = Service::start().await;
    let record = <{ left.module_ident }>::create(&service)¦.await;
    let mut all = Vec::new();
    for _ in 0..5 {
        let other = <{ right.module_ident }>::create(&service)¦.await;
        put(&service, &record, &other).await;
        put(&service, &record, &other).await;
        all.push(other);
    }
    <{ right.module_ident }>::create(&service)¦.await;
    let second = <{ left.module_ident }>::create(&service)¦.await;
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

<% endif %>
#[tokio::test]
async fn both_have_to_exist() {
    let service = Service::start().await;
    let record = <{ left.module_ident }>::create(&service)¦.await;
<% if apart %>
    let other = <{ right.module_ident }>::create(&service)¦.await;
<% else %>
    let other = record.clone();
<% endif %>
    let nobody = json!({"id": NOBODY});
    for (record, other) in [(&nobody, &other), (&record, &nobody)] {
        let link = records::path(&path(record), other);
        problem(service.put(&link), 404, "not_found").await;
    }
    problem(service.get(&path(&nobody)), 404, "not_found").await;
    let link = records::path(&path(&nobody), &other);
    problem(service.delete(&link), 404, "not_found").await;
}
<% if right.deletable and apart %>

#[tokio::test]
async fn a_link_goes_with_what_it_links_to() {
    let service = Service::start().await;
    let record = <{ left.module_ident }>::create(&service)¦.await;
    let other = <{ right.module_ident }>::create(&service)¦.await;
    put(&service, &record, &other).await;
    records::assert_removed(⟦&service, <{ right.module_ident }>::ALL, &other⟧)¦.await;
    records::assert_filtered(&service, &path(&record), &[]).await;
}
<% endif %>
