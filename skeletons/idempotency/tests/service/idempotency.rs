<% if probe %>
//! A request that is sent again has its effect once, and the same answer every time.

use std::time::Duration;

use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::post,
};
use reqwest::{RequestBuilder, header};
use serde_json::{Value, json};
<% if postgresql %>
use sqlx::Connection;
<% else %>
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
<% endif %>
use tokio::time::sleep;
use uuid::Uuid;

use <{ service.crate_name }>::{
    app::App,
    extract::Json,
    idempotency::{self, IDEMPOTENCY_KEY, Keyed, LIFETIME},
    problem::Result,
    store::idempotency::BATCH,
    timestamp::Timestamp,
};

use crate::api::<{ probe.module_ident }>::{self as probe, ALL};
<% if postgresql %>
use crate::postgresql::TestDatabase;
use crate::records;
use crate::support::{Service, answer, problem, until};
<% else %>
use crate::records;
use crate::support::{Service, answer, database_url, problem, until};
<% endif %>

fn key() -> String {
    Uuid::now_v7().to_string()
}

fn post_with(service: &Service, path: &str, key: &str, body: &Value) -> RequestBuilder {
    let request = service.client.post(service.url(path)).json(body);
    request.header(IDEMPOTENCY_KEY, key)
}

/// What has to be the same in every answer: the status, `Location`, `ETag`, the type and the body.
async fn whole(request: RequestBuilder) -> (u16, [Option<String>; 3], String) {
    let response = request.send().await.expect("an answer");
    let headers = [header::LOCATION, header::ETAG, header::CONTENT_TYPE].map(|name| {
        let value = response.headers().get(name)?;
        Some(value.to_str().expect("text").to_owned())
    });
    let status = response.status().as_u16();
    (status, headers, response.text().await.expect("text"))
}

async fn count(service: &Service, sql: &'static str) -> i64 {
    let mut db = service.app.database.read().await.expect("a connection");
    let count = sqlx::query_scalar(sql).fetch_one(&mut *db).await;
    count.expect("a count")
}

const RECORDS: &str =¦ "SELECT count(*) FROM <{ probe.table|in_literal }>";
const KEYS: &str = "SELECT count(*) FROM idempotency";

/// Makes all keys as old as they can get, and a little older.
async fn let_time_pass(service: &Service) {
    let mut db = service.app.database.begin().await.expect("a transaction");
    let then = Timestamp::ago(LIFETIME + Duration::from_secs(1));
    let age = sqlx::query("UPDATE idempotency SET created_at = $1").bind(then);
    age.execute(&mut *db).await.expect("aged");
    db.commit().await.expect("committed");
}

#[tokio::test]
async fn a_key_is_required_and_has_to_be_plain() {
    let service = Service::start().await;
    let body = probe::sample(&service).await;
    let unkeyed = || service.client.post(service.url(ALL)).json(&body);
    problem(unkeyed(), 400, "idempotency_key_required").await;
    let long = "k".repeat(256);
    for key in ["", "\"\"", "two words", "\"", "schlüssel", &long] {
        let request = unkeyed().header(IDEMPOTENCY_KEY, key);
        problem(request, 400, "idempotency_key_invalid").await;
    }
    let two = unkeyed().header(IDEMPOTENCY_KEY, "a");
    let two = two.header(IDEMPOTENCY_KEY, "b");
    problem(two, 400, "idempotency_key_invalid").await;
    assert_eq!(count(&service, RECORDS).await, 0);

    let longest = unkeyed().header(IDEMPOTENCY_KEY, "k".repeat(255));
    assert_eq!(answer(longest).await.0, 201);
}
<% if keys.changes %>

#[tokio::test]
async fn every_write_requires_one() {
    let service = Service::start().await;
    let record = probe::create(&service).await;
    let url = service.url(&records::path(ALL, &record));
    let patch = service.client.patch(&url).json(&json!({}));
    let patch = patch.header(header::IF_MATCH, "*");
    problem(patch, 400, "idempotency_key_required").await;
<% if probe.deletable %>
    let delete = service.client.delete(&url).header(header::IF_MATCH, "*");
    problem(delete, 400, "idempotency_key_required").await;
<% endif %>
}

#[tokio::test]
async fn changes_are_answered_again_although_the_record_has_changed() {
    let service = Service::start().await;
    let record = probe::create(&service).await;
    let url = service.url(&records::path(ALL, &record));
    let (first, second) = (key(), key());
    let patch = |key: &str| {
        let request = service.client.patch(&url).json(&json!({}));
        let request = request.header(IDEMPOTENCY_KEY, key);
<% if probe.versioned %>
        let version = if key == first { "\"v1\"" } else { "\"v2\"" };
        request.header(header::IF_MATCH, version)
<% else %>
        request.header(header::IF_MATCH, "*")
<% endif %>
    };
    let changed = whole(patch(&first)).await;
    assert_eq!(changed.0, 200, "{changed:?}");
    assert_eq!(whole(patch(&second)).await.0, 200);
    assert_eq!(whole(patch(&first)).await, changed);
<% if probe.deletable %>

    let delete = |key: &str| {
        let request = service.client.delete(&url).header(IDEMPOTENCY_KEY, key);
        request.header(header::IF_MATCH, "*")
    };
    // The same key as above: another method is another operation.
    let deleted = whole(delete(&first)).await;
    assert_eq!(deleted, (204, [None, None, None], String::new()));
    assert_eq!(whole(delete(&first)).await, deleted);
    problem(delete(&key()), 404, "not_found").await;
    assert_eq!(whole(patch(&first)).await, changed);
<% endif %>

    let other = probe::create(&service).await;
    let other = service.url(&records::path(ALL, &other));
    let other = service.client.patch(other).json(&json!({}));
    let other = other.header(header::IF_MATCH, "*");
    let other = other.header(IDEMPOTENCY_KEY, &first);
    problem(other, 422, "idempotency_key_reused").await;
}
<% endif %>

#[tokio::test]
async fn the_same_request_gets_the_same_answer() {
    let service = Service::start().await;
    let (key, body) = (key(), probe::sample(&service).await);
    let first = whole(post_with(&service, ALL, &key, &body)).await;
    assert_eq!(first.0, 201, "{first:?}");
    assert!(first.1[0].is_some());
    assert_eq!(first.1[2].as_deref(), Some("application/json"));
    let record: Value = serde_json::from_str(&first.2).expect("JSON");
    assert_eq!(records::read(&service, ALL, &record).await, record);
    records::changed(&service, ALL, &record, &json!({})).await;

    assert_eq!(whole(post_with(&service, ALL, &key, &body)).await, first);
    let quoted = format!("\"{key}\"");
    assert_eq!(whole(post_with(&service, ALL, &quoted, &body)).await, first);
    let spaced = service.client.post(service.url(ALL));
    let spaced = spaced.header(header::CONTENT_TYPE, "application/json");
    let spaced = spaced.header(IDEMPOTENCY_KEY, &key);
    let text = serde_json::to_string_pretty(&body).expect("JSON");
    assert_eq!(whole(spaced.body(text)).await, first);
    assert_eq!(count(&service, RECORDS).await, 1);
    let metrics = service.metrics().await;
    assert!(metrics.contains("\nhttp_server_requests_replayed_total 3\n"));
}

#[tokio::test]
async fn another_request_needs_another_key() {
    let service = Service::with_routes(|_| {}, routes()).await;
    let key = key();
    let (body, other) = (json!({"milliseconds": 0}), json!({"milliseconds": 1}));
    let first = whole(post_with(&service, "/one", &key, &body)).await;
    for _ in 0..2 {
        let other = post_with(&service, "/one", &key, &other);
        problem(other, 422, "idempotency_key_reused").await;
    }
    assert_eq!(whole(post_with(&service, "/one", &key, &body)).await, first);
}

#[tokio::test]
async fn a_refused_request_leaves_its_key_free() {
    let service = Service::start().await;
    let key = key();
    let body = probe::sample(&service).await;
    let unknown = records::with(&body, "unknown", 1);
    problem(post_with(&service, ALL, &key, &unknown), 422, "invalid").await;
<% if probe.uniques and probe.duplicates == "reject" %>
    answer(service.post(ALL).json(&body)).await;
    let same = || post_with(&service, ALL, &key, &body);
    for _ in 0..2 {
        problem(same(), 409, "duplicate").await;
    }
<% endif %>

<% if postgresql %>
    let mut other = service.database.connect().await;
    let mut lock = other.begin().await.expect("a transaction");
    let take = sqlx::query("LOCK TABLE idempotency IN EXCLUSIVE MODE");
    take.execute(&mut *lock).await.expect("the lock");
<% else %>
    let file = service.directory.path().join("service.db");
    let options = SqliteConnectOptions::new().filename(file);
    let mut other = SqliteConnection::connect_with(&options)
        .await
        .expect("open");
    let lock = other.begin_with("BEGIN IMMEDIATE").await.expect("the lock");
<% endif %>
    problem(post_with(&service, ALL, &key, &body), 503, "busy").await;
    lock.rollback().await.expect("rolled back");

    assert_eq!(count(&service, KEYS).await, <% if probe.uniques and probe.duplicates == "reject" %>1<% else %>0<% endif %>);
    let body = probe::sample(&service).await;
    let (status, record) = answer(post_with(&service, ALL, &key, &body)).await;
    assert_eq!(status, 201, "{record}");
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_at_once_have_one_effect() {
    let service = Service::start().await;
    records::warm_up(&service, ALL).await;
    for round in 1..=5 {
        let (key, body) = (key(), probe::sample(&service).await);
        let answers = records::at_once((0..40).map(|_| post_with(&service, ALL, &key, &body)));
        let answers = answers.await;
        for (status, record) in &answers {
            assert_eq!(*status, 201, "round {round}: {record}");
            assert_eq!(*record, answers[0].1, "round {round}");
        }
        assert_eq!(count(&service, RECORDS).await, round);
    }
}

#[tokio::test]
async fn a_key_outlives_a_restart() {
<% if postgresql %>
    let database = TestDatabase::create().await;
    let url = || database.url();
<% else %>
    let directory = tempfile::tempdir().expect("a directory");
    let url = || database_url(&directory.path().join("service.db"));
<% endif %>
    let service = Service::with(|config| config.database_url = url()).await;
    let (key, body) = (key(), probe::sample(&service).await);
    let first = whole(post_with(&service, ALL, &key, &body)).await;
    service.stop().await;

    let service = Service::with(|config| config.database_url = url()).await;
    assert_eq!(whole(post_with(&service, ALL, &key, &body)).await, first);
    assert_eq!(count(&service, RECORDS).await, 1);
}

#[tokio::test]
async fn an_expired_key_is_new() {
    let service = Service::start().await;
    let key = key();
    for _ in 0..2 {
        let body = probe::sample(&service).await;
        let first = whole(post_with(&service, ALL, &key, &body)).await;
        assert_eq!(first.0, 201, "{first:?}");
        assert_eq!(whole(post_with(&service, ALL, &key, &body)).await, first);
        let_time_pass(&service).await;
    }
    assert_eq!(count(&service, RECORDS).await, 2);
    assert_eq!(count(&service, KEYS).await, 1);
}

#[tokio::test]
async fn expired_keys_are_deleted_however_many_there_are() {
    let service = Service::start().await;
    let mut db = service.app.database.begin().await.expect("a transaction");
    let fill = "\
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n <= $1)
INSERT INTO idempotency (operation, key, request, created_at)
<% if postgresql %>
SELECT 'POST /', n, '\\x00', now() FROM numbers";
<% else %>
SELECT 'POST /', n, x'00', '' FROM numbers";
<% endif %>
    let fill = sqlx::query(fill).bind(2 * BATCH);
    fill.execute(&mut *db).await.expect("filled");
    db.commit().await.expect("committed");
    let_time_pass(&service).await;
    probe::create(&service).await;
    assert_eq!(count(&service, KEYS).await, 2 * BATCH + 2);

    idempotency::forget(&service.app).await.expect("forgotten");
    assert_eq!(count(&service, KEYS).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_waits_for_the_first_and_the_first_alone_is_worked_on() {
    let service = Service::with_routes(|_| {}, routes()).await;
    for _ in 0..3 {
        let (key, body) = (key(), json!({"milliseconds": 200}));
        let request = || post_with(&service, "/one", &key, &body);
        let first = tokio::spawn(whole(request()));
        let busy = async || service.app.metrics.active_requests.get() == 1;
        until("busy", busy).await;
        let second = whole(request()).await;
        assert_eq!(second, first.await.expect("no panic"));
        // Each time it is worked on it gives another number.
        assert_eq!(second.0, 200, "{second:?}");
    }
}

#[tokio::test]
async fn a_key_of_one_operation_is_none_of_another() {
    let service = Service::with_routes(|_| {}, routes()).await;
    let (key, body) = (key(), json!({"milliseconds": 0}));
    let one = whole(post_with(&service, "/one", &key, &body)).await;
    let other = whole(post_with(&service, "/other", &key, &body)).await;
    assert_eq!((one.0, other.0), (200, 200));
    assert_ne!(one.2, other.2);
    assert_eq!(whole(post_with(&service, "/one", &key, &body)).await, one);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_leaves_leaves_its_key_free() {
    let service = Service::with_routes(|_| {}, routes()).await;
    let (key, body) = (key(), json!({"milliseconds": 400}));
    let leaves = tokio::spawn(post_with(&service, "/one", &key, &body).send());
    let busy = async |requests| service.app.metrics.active_requests.get() == requests;
    until("busy", async || busy(1).await).await;
    leaves.abort();
    until("noticed", async || busy(0).await).await;
    assert_eq!(count(&service, KEYS).await, 0);
    let (status, _) = answer(post_with(&service, "/one", &key, &body)).await;
    assert_eq!(status, 200);
}

fn routes() -> Router<App> {
    let slowly = post(slowly);
    Router::new()
        .route("/one", slowly.clone())
        .route("/other", slowly)
}

/// Answers with a number that no other call gives.
async fn slowly(
    State(app): State<App>,
    Keyed(key, Json(body)): Keyed<Json<Value>>,
) -> Result<Response> {
    let wait = body["milliseconds"].as_u64().unwrap_or_default();
    app.once(key, async |_| {
        sleep(Duration::from_millis(wait)).await;
        Ok(Json(Uuid::now_v7()).into_response())
    })
    .await
}
<% endif %>
