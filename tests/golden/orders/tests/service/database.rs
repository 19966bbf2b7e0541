//! When the database is not there, is not ours any more, or is in use by somebody else.

use std::{fs, time::Duration};

use serde_json::Value;
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use crate::api::customer::{self as probe, ALL};
use crate::records;
use crate::support::{PATIENCE, Service, answer, database_url, problem, until};

async fn until_ready(service: &Service) {
    let ready = async {
        while answer(service.get("/health/ready")).await.0 != 200 {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, ready).await.expect("ready");
}

#[tokio::test]
async fn before_it_is_there_requests_are_told_to_come_back() {
    let directory = tempfile::tempdir().expect("a directory");
    let later = directory.path().join("later");
    let url = database_url(&later.join("service.db"));
    let service = Service::with(|config| config.database_url = url).await;
    problem(service.get(ALL), 503, "database_unavailable").await;
    let post = service.post(ALL).json(&probe::sample(&service).await);
    problem(post, 503, "database_unavailable").await;

    fs::create_dir(later).expect("created");
    service.app.database.prepare().await;
    probe::create(&service).await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_is_gone_or_replaced_is_not_ours() {
    for replaced in [false, true] {
        let service = Service::start().await;
        probe::create(&service).await;
        let file = service.directory.path().join("service.db");
        fs::rename(&file, file.with_extension("old")).expect("renamed");
        if replaced {
            fs::copy(file.with_extension("old"), &file).expect("copied");
        }
        problem(service.get("/health/ready"), 503, "not_ready").await;
        problem(service.get(ALL), 503, "database_unavailable").await;
        let post = service.post(ALL).json(&probe::sample(&service).await);
        problem(post, 503, "database_unavailable").await;
        fs::rename(file.with_extension("old"), &file).expect("renamed");
        until_ready(&service).await;
    }
}

#[tokio::test]
async fn while_somebody_else_writes_reads_go_on_and_writes_are_told_to_come_back() {
    let service = Service::start().await;
    let record = probe::create(&service).await;
    let file = service.directory.path().join("service.db");
    let options = SqliteConnectOptions::new().filename(file);
    let mut other = SqliteConnection::connect_with(&options)
        .await
        .expect("open");
    let lock = other.begin_with("BEGIN IMMEDIATE").await.expect("the lock");

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
    problem(service.get(ALL), 503, "busy").await;
    lent.pop();
    assert_eq!(answer(service.get(ALL)).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_leaves_leaves_nothing_behind() {
    let service = Service::start().await;
    let file = service.directory.path().join("service.db");
    let options = SqliteConnectOptions::new().filename(file);
    let mut other = SqliteConnection::connect_with(&options)
        .await
        .expect("open");
    for _ in 0..20 {
        let lock = other.begin_with("BEGIN IMMEDIATE").await.expect("the lock");
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
    let count = sqlx::query_scalar("SELECT count(*) FROM customers");
    let count: i64 = count.fetch_one(&mut other).await.expect("a count");
    assert_eq!(count, 20);
}

#[tokio::test]
async fn a_transaction_has_the_lock_from_its_start() {
    let service = Service::start().await;
    let file = service.directory.path().join("service.db");
    let options = SqliteConnectOptions::new().filename(file);
    let options = options.busy_timeout(Duration::ZERO);
    let mut other = SqliteConnection::connect_with(&options)
        .await
        .expect("open");
    let ours = service.app.database.begin().await.expect("a transaction");
    let refused = other.begin_with("BEGIN IMMEDIATE").await.is_err();
    assert!(refused);
    drop(ours);
}
