<% if probe %>
//! When the database is not there, is in use by somebody else, or is waited for too long.

use std::time::Duration;

use serde_json::{Value, json};
use sqlx::{Connection, PgConnection, Postgres, Transaction};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

use <{ service.crate_name }>::app::App;
use <{ service.crate_name }>::store::{StoreError, <{ probe.module_ident }> as store};

use crate::api::<{ probe.module_ident }>::{self as probe, ALL};
use crate::postgresql::TestDatabase;
use crate::records;
use crate::support::{Service, answer, problem, until};

const TABLE: &str =¦ "LOCK TABLE <{ probe.table|in_literal }> IN EXCLUSIVE MODE";

/// Somebody who lets others read, and nobody write.
async fn lock(other: &mut PgConnection) -> Transaction<'_, Postgres> {
    let mut lock = other.begin().await.expect("a transaction");
    let take = sqlx::query(TABLE).execute(&mut *lock).await;
    take.expect("the lock");
    lock
}

#[tokio::test]
async fn before_it_is_there_requests_are_told_to_come_back() {
    let later = TestDatabase::absent();
    let service = Service::with(|config| config.database_url = later.url()).await;
    problem(service.get(ALL), 503, "database_unavailable").await;
    let post = service.post(ALL).json(&probe::sample(&service).await);
    problem(post, 503, "database_unavailable").await;

    later.create_now().await;
    service.app.database.prepare().await;
    probe::create(&service).await;
}

#[tokio::test]
async fn those_that_start_at_once_migrate_it_once() {
    let database = TestDatabase::create().await;
    let first = Service::with(|config| config.database_url = database.url()).await;
    let more = (0..6).map(|_| App::new((*first.app.config).clone()));
    let more: Vec<App> = more.collect();
    let mut other = database.connect().await;
    let drop = "DROP SCHEMA public CASCADE; CREATE SCHEMA public";
    let dropped = sqlx::raw_sql(drop).execute(&mut other).await;
    dropped.expect("dropped");

    let prepared: Vec<JoinHandle<()>> = more
        .iter()
        .map(|app| app.database.clone())
        .map(|database| tokio::spawn(async move { database.prepare().await }))
        .collect();
    for prepared in prepared {
        prepared.await.expect("no panic");
    }
    for app in more {
        assert_eq!(app.database.ready().await, Ok(()));
    }
    let count = sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations WHERE success");
    let count: i64 = count.fetch_one(&mut other).await.expect("a count");
    assert_eq!(count, <{ migrations|length }>);
    probe::create(&first).await;
}

#[tokio::test]
async fn while_somebody_else_writes_reads_go_on_and_writes_are_told_to_come_back() {
    let service = Service::start().await;
    let record = probe::create(&service).await;
    let mut other = service.database.connect().await;
    let lock = lock(&mut other).await;

    let start = Instant::now();
    let mut posts = Vec::new();
    for _ in 0..8 {
        posts.push(service.post(ALL).json(&probe::sample(&service).await));
    }
    let posts = tokio::spawn(records::at_once(posts));
    while !posts.is_finished() {
        let (status, _) = answer(service.get(&records::path(ALL, &record))).await;
        assert_eq!(status, 200);
    }
    for (status, body) in posts.await.expect("no panic") {
        assert_eq!(
            (status.as_u16(), &body["code"]),
            (503, &Value::from("busy")),
            "{body}"
        );
    }
    assert!(start.elapsed() < service.app.config.request_timeout);

    lock.rollback().await.expect("rolled back");
    probe::create(&service).await;
}

#[tokio::test]
async fn whoever_waits_too_long_for_a_connection_is_told_to_come_back() {
    let service = Service::start().await;
    let mut lent = Vec::new();
    while let Ok(db) = service.app.database.read().await {
        lent.push(db);
    }
    assert_eq!(lent.len(), 16);
    problem(service.get(ALL), 503, "busy").await;
    lent.pop();
    assert_eq!(answer(service.get(ALL)).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_leaves_leaves_nothing_behind() {
    let service = Service::start().await;
    let mut other = service.database.connect().await;
    for _ in 0..10 {
        let lock = lock(&mut other).await;
        let mut posts = Vec::new();
        for _ in 0..4 {
            let post = service.post(ALL).json(&probe::sample(&service).await);
            posts.push(tokio::spawn(post.send()));
        }
        let active = || service.app.metrics.active_requests.get();
        let over = || posts.iter().all(JoinHandle::is_finished);
        until("waiting for the lock", async || active() == 4 || over()).await;
        for post in posts {
            post.abort();
        }
        until("noticed", async || active() == 0).await;
        lock.rollback().await.expect("rolled back");
        probe::create(&service).await;
    }
    let count =¦ sqlx::query_scalar("SELECT count(*) FROM <{ probe.table|in_literal }>");
    let count: i64 = count.fetch_one(&mut other).await.expect("a count");
    assert_eq!(count, 10);
}

#[tokio::test]
async fn what_is_to_be_changed_is_held_and_can_be_read() {
    let service = Service::start().await;
    let record = probe::create(&service).await;
    let id = record["id"].as_str().expect("an id").parse();
    let id = id.expect("an id");
    let mut ours = service.app.database.begin().await.expect("a transaction");
    let found = store::find_to_change(&mut ours, id).await;
    found.expect("it is there");
    let change = || records::change(&service, ALL, &record, &json!({}));
    problem(change(), 503, "busy").await;
    assert_eq!(records::read(&service, ALL, &record).await, record);
    drop(ours);
    let (status, changed) = answer(change()).await;
    assert_eq!(status, 200, "{changed}");
}

#[tokio::test]
async fn the_server_ends_what_outlives_a_request() {
    let service = Service::start().await;
    let deadline = service.app.config.request_timeout;
    let started = Instant::now();
    let mut db = service.app.database.read().await.expect("a connection");
    let slept = sqlx::query("SELECT pg_sleep(60)").execute(&mut *db).await;
    let error = StoreError::from(slept.expect_err("ended"));
    assert!(matches!(error, StoreError::Busy), "{error:?}");
    assert!(started.elapsed() < deadline * 2);

    let mut left = service.app.database.begin().await.expect("a transaction");
    sleep(deadline + Duration::from_millis(500)).await;
    let gone = sqlx::query("SELECT 1").execute(&mut *left).await;
    assert!(gone.is_err(), "{gone:?}");
}
<% endif %>
