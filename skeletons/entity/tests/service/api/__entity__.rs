<% set required = entity.fields|rejectattr("optional")|selectattr("default", "none")|list %>
<% set solid = entity.fields|rejectattr("optional")|rejectattr("default", "none")|list %>
<% set optional = entity.fields|selectattr("optional")|list %>
<% set own = entity.fields|selectattr("target")|rejectattr("target.foreign")|list %>
<% set needed = own|rejectattr("optional")|list %>
<% set loose = own|selectattr("optional")|list %>
<% set loose_names = loose|map(attribute="name")|list %>
<% set sampled = entity.fields|rejectattr("name", "in", loose_names)|list %>
<% set counted = sampled|selectattr("counted")|list %>
<% set solo = (entity.uniques|selectattr("primary")|list) + entity.uniques %>
<% set primary = solo[0] if solo else none %>
<% set narrowing = sampled|selectattr("filter")|selectattr("narrows")|list %>
<% set many = entity.varied %>
//! <{ entity.labels|upfirst }> over HTTP.

use serde_json::{Value, json};

<% for module in entity.test_modules %>
use crate::api::<{ module }>;
<% endfor %>
use crate::records::{self, NOBODY<% if counted %>, unique<% endif %>};
<{ use_line("crate::support", ["Service", "problem"] + (["answer"] if many and ((primary and entity.duplicates != "reject") or entity.listed_beside) else [])) }>

pub const ALL: &str =¦ "/<{ entity.route }>";

/// A new one, with all that it needs.
pub async fn sample(<% if needed %>service<% else %>_<% endif %>: &Service) -> Value {
<% if counted %>
    let n = unique();
<% endif %>
    json!({
<% for field in sampled %>
        "<{ field.name }>": <% if field.target and not field.target.foreign %><{ field.target.module_ident }>::create(service).await["id"]<% else %><{ field.samples.valid }><% endif %>,
<% endfor %>
    })
}

pub async fn create(service: &Service) -> Value {
    records::create(⟦service, ALL, &sample(service).await⟧)¦.await
}

#[tokio::test]
async fn they_are_created_read_listed_updated<% if entity.deletable %>_and_deleted<% endif %>() {
    let service = Service::start().await;
    let record = create(&service).await;
<% if not entity.listed_beside %>
    records::assert_filtered(&service, ALL, &[&record]).await;
<% endif %>
<% if many %>
    let update = sample(&service).await;
<% else %>
    let update = json!({});
<% endif %>
    let updated = records::changed(&service, ALL, &record, &update).await;
    records::assert_has(&updated, &update);
    assert_eq!(updated["created_at"], record["created_at"]);
<% if entity.deletable %>
    records::assert_removed(&service, ALL, &record).await;
<% else %>
    let delete = service.delete(&records::path(ALL, &record));
    problem(delete, 405, "method_not_allowed").await;
<% endif %>
}

#[tokio::test]
async fn an_unknown_one_is_not_found() {
    let service = Service::start().await;
    let nobody = json!({"id": NOBODY});
    records::assert_missing(&service, ALL, &nobody).await;
<% if entity.deletable %>
    let delete = records::remove(&service, ALL, &nobody);
    problem(delete, 404, "not_found").await;
<% endif %>
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused() {
    let service = Service::start().await;
    let record = create(&service).await;
<% if many %>
    let input = sample(&service).await;
<% endif %>
    let mut refused = vec![
        ("id", json!(NOBODY)),
        ("version", json!(7)),
        ("created_at", json!("2026-11-25T09:30:00Z")),
        ("unknown", json!(1)),
    ];
<% for field in entity.fields %>
<% set values = field.samples.refused|map(attribute="value")|list %>
<% if field.target %>
<% set values = values + ['""' if field.target.text_id else '"1"'] + ([] if field.target.foreign else ["NOBODY"]) %>
<% elif field.kind in ["string", "text"] and not field.pattern_const %>
<% set values = values + ['"a\\0b"'] %>
<% endif %>
<% for value in values %>
    refused.push((⟦"<{ field.name }>", json!(<{ value }>)⟧));
<% endfor %>
<% endfor %>
    for refused in refused {
<% if many %>
        records::assert_refused(&service, ALL, (&record, &input), refused).await;
<% else %>
        records::assert_change_refused(&service, ALL, &record, refused).await;
<% endif %>
    }
}
<% if required or solid %>

#[tokio::test]
async fn what_is_required_cannot_be_cleared() {
    let service = Service::start().await;
    let record = create(&service).await;
<% if required and many %>
    let input = sample(&service).await;
    let both = (&record, &input);
<% endif %>
<% for field in required %>
<% if many %>
    records::assert_required(⟦&service, ALL, both, "<{ field.name }>"⟧)¦.await;
<% else %>
    records::assert_not_cleared(⟦&service, ALL, &record, "<{ field.name }>"⟧)¦.await;
<% endif %>
<% endfor %>
<% for field in solid %>
    records::assert_not_cleared(⟦&service, ALL, &record, "<{ field.name }>"⟧)¦.await;
<% endfor %>
}
<% endif %>
<% if solid %>

#[tokio::test]
async fn what_is_left_out_has_its_default() {
    let service = Service::start().await;
    let mut input = sample(&service).await;
    let members = input.as_object_mut().expect("an object");
<% for field in solid %>
    members.remove("<{ field.name }>");
<% endfor %>
    let record = records::create(&service, ALL, &input).await;
<% for field in solid %>
<% if field.default_in_json %>
    assert_eq!(⟦record["<{ field.name }>"], <{ field.default_in_json }>⟧);
<% else %>
    assert_ne!(⟦record["<{ field.name }>"], Value::Null⟧);
<% endif %>
<% endfor %>
}
<% endif %>
<# Where no second record can be made, none can be referred to either. #>
<% set clearable = optional if many else optional|rejectattr("refers_to_itself")|list %>
<% if clearable %>

#[tokio::test]
async fn what_is_optional_is_kept_when_absent_and_cleared_by_null() {
    let service = Service::start().await;
    let record = create(&service).await;
<% for field in clearable %>
<% if field.target and not field.target.foreign %>
    let target = <% if not field.target.itself %><{ field.target.module_ident }>::<% endif %>create(&service).await;
    let filled = (⟦"<{ field.name }>", target["id"].clone()⟧);
<% elif field.target %>
    let filled = (⟦"<{ field.name }>", json!(<% if field.target.text_id %>"other"<% else %>NOBODY<% endif %>)⟧);
<% else %>
<% if field.counted %>
    let n = unique();
<% endif %>
    let filled = (⟦"<{ field.name }>", json!(<{ field.samples.other }>)⟧);
<% endif %>
    records::assert_cleared(&service, ALL, &record, filled).await;
<% endfor %>
}
<% endif %>
<% if primary and many %>

#[tokio::test(flavor = "multi_thread")]
async fn <% if entity.duplicates == "reject" %>no_two_are_the_same<% elif entity.duplicates == "update" %>created_again_the_one_there_is_is_updated<% else %>created_again_it_is_the_one_there_is<% endif %>() {
    let service = Service::start().await;
<% set unfilled = loose|selectattr("name", "in", primary.fields)|list %>
    let <% if unfilled %>mut <% endif %>input = sample(&service).await;
<% for field in unfilled %>
    let target = <% if not field.target.itself %><{ field.target.module_ident }>::<% endif %>create(&service)¦.await;
    input["<{ field.name }>"] =¦ target["id"].clone();
<% endfor %>
    let answers = records::create_at_once(&service, ALL, &input).await;
    assert_eq!(records::count(&answers, 201), 1);
    assert_eq!(records::count(&answers, <% if entity.duplicates == "reject" %>409<% else %>200<% endif %>), 7);
<% if entity.duplicates != "reject" %>
    let first = &answers[0].1;
    for (_, record) in &answers {
        assert_eq!(record["id"], first["id"]);
    }

    let (status, again) = answer(service.post(ALL).json(&input)).await;
    assert_eq!((status.as_u16(), &again["id"]), (200, &first["id"]));
<% if entity.duplicates == "update" %>
    assert!(again["updated_at"].as_str() > first["updated_at"].as_str());
<% else %>
    assert_eq!(again["updated_at"], first["updated_at"]);
<% endif %>
<% endif %>

    let second = create(&service).await;
<% if entity.duplicates == "reject" %>
    let mut post = sample(&service).await;
<% endif %>
    let mut patch = json!({});
<% for name in primary.fields %>
<% if entity.duplicates == "reject" %>
    post["<{ name }>"] =¦ input["<{ name }>"].clone();
<% endif %>
    patch["<{ name }>"] =¦ input["<{ name }>"].clone();
<% endfor %>
    let patch = records::change(&service, ALL, &second, &patch);
<% if entity.duplicates == "reject" %>
    for request in [service.post(ALL).json(&post), patch] {
        let refusal = problem(request, 409, "duplicate").await;
        assert_eq!(⟦refusal["errors"][0]["pointer"], "/<{ primary.fields[0] }>"⟧);
    }
<% else %>
    let refusal = problem(patch, 409, "duplicate").await;
    assert_eq!(⟦refusal["errors"][0]["pointer"], "/<{ primary.fields[0] }>"⟧);
<% endif %>
}
<% endif %>
<% if entity.versioned %>

#[tokio::test]
async fn a_change_names_the_version_it_changes() {
    let service = Service::start().await;
    let record = create(&service).await;
<% if many %>
    let patch = sample(&service).await;
<% else %>
    let patch = json!({});
<% endif %>
    records::assert_versioned(&service, ALL, &record, &patch).await;
<% if entity.deletable %>
    let delete = || service.delete(&records::path(ALL, &record));
    problem(delete(), 428, "precondition_required").await;
    let stale = delete().header("if-match", "\"v1\"");
    problem(stale, 412, "precondition_failed").await;
<% endif %>
}

#[tokio::test(flavor = "multi_thread")]
async fn no_update_is_lost() {
    let service = Service::start().await;
    let record = create(&service).await;
<% if many %>
    let patch = sample(&service).await;
<% else %>
    let patch = json!({});
<% endif %>
    records::assert_no_update_is_lost(&service, ALL, &record, |_| patch.clone()).await;
}
<% endif %>
<% if many %>

#[tokio::test]
async fn the_pages_of_a_list_are_complete_and_disjoint() {
    let service = Service::start().await;
    let mut all = Vec::new();
    for _ in 0..5 {
        all.push(create(&service).await);
    }
<% if entity.listed_beside %>
    // Creating one may have created others that it needs.
    let (_, page) = answer(service.get(ALL)).await;
    let all = page["items"].as_array().expect("items").clone();
<% endif %>
    records::assert_paged(&service, ALL, &all).await;
}
<% endif %>
<% if narrowing and many %>

#[tokio::test]
async fn a_list_is_narrowed_by_what_has_an_index() {
    let service = Service::start().await;
    let record = create(&service).await;
<% set plain = narrowing|rejectattr("counted")|rejectattr("refers_to_ours")|list %>
    let <% if plain %>mut <% endif %>other = sample(&service).await;
<% for field in plain %>
<% if field.target %>
    other["<{ field.name }>"] = <% if field.target.text_id %>"other".into()<% else %>record["id"].clone()<% endif %>;
<% else %>
    other["<{ field.name }>"] = json!(<{ field.samples.other }>);
<% endif %>
<% endfor %>
    records::create(&service, ALL, &other).await;
<% for field in narrowing %>
    records::assert_narrowed(⟦&service, ALL, &record, "<{ field.name }>"⟧)¦.await;
<% endfor %>
}
<% endif %>
<% if entity.soft and many %>

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
<% endif %>
<% for test in entity.deletion_tests %>

#[tokio::test]
async fn <{ test.name }>() {
    let service = Service::start().await;
<% if many or not test.required %>
    let record = create(&service).await;
    let mut other = <{ test.module }>::sample(&service)¦.await;
    other["<{ test.field }>"] = record["id"].clone();
    let other = records::create(⟦&service, <{ test.module }>::ALL, &other⟧)¦.await;
<% else %>
<# There can be one only, and the other one brings it along. #>
    let other = <{ test.module }>::create(&service)¦.await;
    let record = json!({"id": other["<{ test.field }>"]});
<% endif %>
<% if test.on_delete == "restrict" %>
    let delete = records::remove(&service, ALL, &record);
    problem(delete, 409, "still_referenced").await;
    records::read(&service, ALL, &record).await;
    records::read(⟦&service, <{ test.module }>::ALL, &other⟧)¦.await;
<% elif test.on_delete == "cascade" %>
    records::assert_removed(&service, ALL, &record).await;
    records::assert_missing(⟦&service, <{ test.module }>::ALL, &other⟧)¦.await;
<% else %>
    records::assert_removed(&service, ALL, &record).await;
    let other = records::read(⟦&service, <{ test.module }>::ALL, &other⟧)¦.await;
    assert_eq!(⟦other["<{ test.field }>"], Value::Null⟧);
<% endif %>
}
<% endfor %>
