<% if not postgresql %>
//! Connections come back from whoever had them, and those that cannot be used any more do not.

use std::{mem, time::Duration};

use sqlx::{Connection, SqliteConnection};
use tokio::time::{sleep, timeout};

use <{ service.crate_name }>::database::Read;

use crate::support::{Service, answer};

#[tokio::test]
async fn one_that_is_still_at_work_is_not_lent() {
    // Takes longer than the whole test.
    const COUNT: &str = "\
WITH RECURSIVE numbers (n) AS (
    SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000000
)
SELECT count(*) FROM numbers";
    let service = Service::start().await;
    let mut db = service.app.database.read().await.expect("a connection");
    let count = sqlx::query(COUNT).fetch_one(&mut *db);
    let left = timeout(Duration::from_millis(100), count).await;
    assert!(left.is_err());
    drop(db);
    for _ in 0..10 {
        assert_eq!(answer(service.get("/health/ready")).await.0, 200);
    }
}

#[tokio::test]
async fn one_that_cannot_be_brought_back_is_replaced() {
    let service = Service::start().await;
    let mut write = service.app.database.begin().await.expect("a transaction");
    // It has no transaction to end, and none of our tables.
    let mut other = SqliteConnection::connect("sqlite::memory:")
        .await
        .expect("open");
    mem::swap(&mut *write, &mut other);
    drop((write, other));
    let mut write = service.app.database.begin().await.expect("a transaction");
    let ours = sqlx::query("SELECT version FROM _sqlx_migrations");
    assert!(ours.fetch_one(&mut *write).await.is_ok());
}

#[tokio::test]
async fn a_stall_of_a_second_refuses_nobody() {
    let service = Service::with(|c| c.request_timeout = Duration::from_secs(4)).await;
    let database = service.app.database.clone();
    let mut taken = Vec::new();
    while let Ok(db) = timeout(Duration::from_millis(100), database.read()).await {
        taken.push(db.expect("a connection"));
    }
    let waiting = tokio::spawn(async move { database.read().await.is_ok() });
    sleep(Duration::from_millis(1_300)).await;
    taken.into_iter().for_each(Read::release);
    assert!(waiting.await.expect("no panic"));
}
<% endif %>
