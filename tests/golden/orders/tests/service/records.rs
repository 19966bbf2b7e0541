//! What holds for records of every kind, asked over HTTP.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};

use reqwest::{RequestBuilder, StatusCode, header};
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use crate::support::{Service, answer, problem};

/// An id that nothing has.
pub const NOBODY: &str = "01890000-0000-7000-8000-000000000000";

/// A number that no other call of this gives.
pub fn unique() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// `input` with one member set.
pub fn with(input: &Value, member: &str, value: impl Into<Value>) -> Value {
    let mut input = input.clone();
    input[member] = value.into();
    input
}

/// `{member: value}`, as a patch.
pub fn only(member: &str, value: impl Into<Value>) -> Value {
    with(&Value::Object(Map::new()), member, value)
}

pub fn path(all: &str, record: &Value) -> String {
    let id = record["id"].as_str().expect("an id");
    format!("{all}/{id}")
}

/// Creates a record, and asserts that it has all of `input` and can be read where it is said to.
pub async fn create(service: &Service, all: &str, input: &Value) -> Value {
    let response = service.post(all).json(input).send().await;
    let response = response.expect("an answer");
    let location = response.headers().get(header::LOCATION).cloned();
    let status = response.status();
    let record: Value = response.json().await.expect("JSON");
    assert_eq!(status, 201, "{record}");
    assert_eq!(
        location.expect("a location"),
        path(all, &record),
        "{record}"
    );
    assert_has(&record, input);
    assert_eq!(read(service, all, &record).await, record);
    record
}

pub async fn read(service: &Service, all: &str, record: &Value) -> Value {
    let (status, record) = answer(service.get(&path(all, record))).await;
    assert_eq!(status, 200, "{record}");
    record
}

pub fn assert_has(record: &Value, input: &Value) {
    for (member, value) in input.as_object().expect("an object") {
        assert_eq!(record[member], *value, "{member} of {record}");
    }
}

/// A change whatever the version is; the condition means nothing where records have none.
pub fn change(service: &Service, all: &str, record: &Value, patch: &Value) -> RequestBuilder {
    let request = service.patch(&path(all, record)).json(patch);
    let request = request.header(header::CONTENT_TYPE, "application/merge-patch+json");
    request.header(header::IF_MATCH, "*")
}

pub async fn changed(service: &Service, all: &str, record: &Value, patch: &Value) -> Value {
    let (status, record) = answer(change(service, all, record, patch)).await;
    assert_eq!(status, 200, "{record}");
    record
}

pub fn remove(service: &Service, all: &str, record: &Value) -> RequestBuilder {
    let request = service.delete(&path(all, record));
    request.header(header::IF_MATCH, "*")
}

pub async fn assert_removed(service: &Service, all: &str, record: &Value) {
    let (status, body) = answer(remove(service, all, record)).await;
    assert_eq!(status, 204, "{body}");
    assert_missing(service, all, record).await;
    let (_, list) = answer(service.get(all)).await;
    let items = list["items"].as_array().expect("items");
    assert!(items.iter().all(|item| item["id"] != record["id"]));
}

pub async fn assert_missing(service: &Service, all: &str, record: &Value) {
    let path = path(all, record);
    problem(service.get(&path), 404, "not_found").await;
    let patch = change(service, all, record, &json!({}));
    problem(patch, 404, "not_found").await;
}

/// Neither a new record nor a change may set `member` to `value`.
pub async fn assert_refused(
    service: &Service,
    all: &str,
    (record, input): (&Value, &Value),
    (member, value): (&str, Value),
) {
    let post = service.post(all).json(&with(input, member, value.clone()));
    let patch = change(service, all, record, &only(member, value));
    for request in [post, patch] {
        let refusal = problem(request, 422, "invalid").await;
        let pointer = format!("/{member}");
        assert_eq!(refusal["errors"][0]["pointer"], pointer, "{refusal}");
    }
    assert_eq!(read(service, all, record).await, *record);
}

/// `member` is needed in a new record, and cannot be cleared.
pub async fn assert_required(
    service: &Service,
    all: &str,
    (record, input): (&Value, &Value),
    member: &str,
) {
    let mut lacking = input.clone();
    lacking.as_object_mut().expect("an object").remove(member);
    for input in [lacking, with(input, member, Value::Null)] {
        let refusal = problem(service.post(all).json(&input), 422, "invalid").await;
        assert_eq!(refusal["errors"][0]["pointer"], format!("/{member}"));
    }
    assert_not_cleared(service, all, record, member).await;
}

/// `member` cannot be cleared.
pub async fn assert_not_cleared(service: &Service, all: &str, record: &Value, member: &str) {
    let patch = change(service, all, record, &only(member, Value::Null));
    let refusal = problem(patch, 400, "required").await;
    assert_eq!(refusal["errors"][0]["pointer"], format!("/{member}"));
    assert_eq!(read(service, all, record).await, *record);
}

/// `member` stays when another is changed, and `null` clears it.
pub async fn assert_cleared(
    service: &Service,
    all: &str,
    record: &Value,
    (member, value): (&str, Value),
) {
    let filled = changed(service, all, record, &only(member, value.clone())).await;
    assert_eq!(filled[member], value);
    let kept = changed(service, all, record, &json!({})).await;
    assert_eq!(kept[member], value);
    let cleared = changed(service, all, record, &only(member, Value::Null)).await;
    assert_eq!(cleared[member], Value::Null);
    assert_eq!(read(service, all, record).await, cleared);
}

/// Sends all at once, and returns the answers in no order.
pub async fn at_once(
    requests: impl IntoIterator<Item = RequestBuilder>,
) -> Vec<(StatusCode, Value)> {
    let mut answers = JoinSet::new();
    for request in requests {
        answers.spawn(answer(request));
    }
    answers.join_all().await
}

/// Opens as many connections as the requests of a test will need: on a cold pool they come one
/// after the other, and no race is ever run.
pub async fn warm_up(service: &Service, all: &str) {
    at_once((0..24).map(|_| service.get(all))).await;
}

pub fn count(answers: &[(StatusCode, Value)], status: u16) -> usize {
    let same = answers.iter().filter(|(got, _)| got.as_u16() == status);
    same.count()
}

/// Sends the same new record eight times at once, and returns the answers.
pub async fn create_at_once(
    service: &Service,
    all: &str,
    input: &Value,
) -> Vec<(StatusCode, Value)> {
    warm_up(service, all).await;
    at_once((0..8).map(|_| service.post(all).json(input))).await
}

/// A version has to be named, and to be the current one.
pub async fn assert_versioned(service: &Service, all: &str, record: &Value, patch: &Value) {
    let path = path(all, record);
    let (first, next) = ("\"v1\"", "\"v2\"");
    let update = || service.patch(&path).json(patch);
    problem(update(), 428, "precondition_required").await;

    let updated = update().header(header::IF_MATCH, first).send().await;
    let updated = updated.expect("an answer");
    assert_eq!(updated.status(), 200);
    assert_eq!(updated.headers()[header::ETAG], next);
    for stale in [first, "\"garbage\"", "W/\"v2\""] {
        let stale = update().header(header::IF_MATCH, stale);
        problem(stale, 412, "precondition_failed").await;
    }

    let read = |tag: &str| service.get(&path).header(header::IF_NONE_MATCH, tag);
    for tag in [next, "W/\"v2\"", "\"v9\", \"v2\"", "*"] {
        let same = read(tag).send().await.expect("an answer");
        assert_eq!(same.status(), 304);
        assert_eq!(same.headers()[header::ETAG], next);
    }
    let (status, _) = answer(read(first)).await;
    assert_eq!(status, 200);
}

/// Of those who change the same version, one succeeds and the others learn that they did not.
pub async fn assert_no_update_is_lost(
    service: &Service,
    all: &str,
    record: &Value,
    patch: impl Fn(usize) -> Value,
) {
    warm_up(service, all).await;
    let path = path(all, record);
    for round in 1..=8 {
        let tag = format!("\"v{round}\"");
        let update = |n| {
            let request = service.patch(&path).json(&patch(n));
            request.header(header::IF_MATCH, &tag)
        };
        let answers = at_once((0..12).map(update)).await;
        assert_eq!(count(&answers, 200), 1, "round {round}");
        assert_eq!(count(&answers, 412), 11, "round {round}");
    }
    assert_eq!(read(service, all, record).await["version"], 9);
}

/// All records once, in the order of their creation, or in the opposite one.
pub async fn assert_paged(service: &Service, list: &str, expected: &[Value]) {
    let ids = |records: &[Value]| -> Vec<Value> {
        records.iter().map(|record| record["id"].clone()).collect()
    };
    let mut expected = ids(expected);
    for order in ["asc", "desc"] {
        let mut found = Vec::new();
        let mut next = String::new();
        loop {
            let query = format!("{list}?limit=2&order={order}{next}");
            let (status, page) = answer(service.get(&query)).await;
            assert_eq!(status, 200, "{page}");
            let items = page["items"].as_array().expect("items");
            assert!(items.len() <= 2);
            found.extend(ids(items));
            match page["next"].as_str() {
                Some(cursor) => next = format!("&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(found, expected);
        let distinct: BTreeSet<String> = found.iter().map(Value::to_string).collect();
        assert_eq!(distinct.len(), found.len());
        expected.reverse();
    }
    for query in [
        "limit=0",
        "limit=101",
        "limit=x",
        "cursor=x",
        "order=up",
        "offset=1",
    ] {
        let query = format!("{list}?{query}");
        problem(service.get(&query), 400, "invalid_query").await;
    }
}

/// The filter finds these records and no other.
pub async fn assert_filtered(service: &Service, query: &str, expected: &[&Value]) {
    let (status, page) = answer(service.get(query)).await;
    assert_eq!(status, 200, "{page}");
    let items = page["items"].as_array().expect("items");
    assert_eq!(items.iter().collect::<Vec<_>>(), expected, "{query}");
}

/// A filter by the record's own value finds the record and no other.
pub async fn assert_narrowed(service: &Service, all: &str, record: &Value, member: &str) {
    let value = match &record[member] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    assert_filtered(service, &format!("{all}?{member}={value}"), &[record]).await;
}
