//! Whether the database can be used decides whether the service is ready, and is noticed in time.

use std::{
    fs,
    time::{Duration, Instant},
};

use sqlx::Connection;
use tokio::time::timeout;

use crate::support::{Service, answer, database_url, problem, until};

#[tokio::test]
async fn it_waits_for_its_database() {
    let directory = tempfile::tempdir().expect("a directory");
    let later = directory.path().join("later");
    let url = database_url(&later.join("service.db"));
    let service = Service::with(|config| config.database_url = url).await;
    let database = service.app.database.clone();
    let prepared = tokio::spawn(async move { database.prepare().await });

    let refusal = problem(service.get("/health/ready"), 503, "not_ready").await;
    assert_eq!(refusal["errors"][0]["pointer"], "/database");
    assert_eq!(answer(service.get("/health/live")).await.0, 200);
    let (code, summary) = answer(service.get("/health")).await;
    assert_eq!(
        (code.as_u16(), &summary["status"]),
        (200, &"not_ready".into())
    );

    fs::create_dir(later).expect("created");
    prepared.await.expect("no panic");
    assert_eq!(answer(service.get("/health/ready")).await.0, 200);
}

#[tokio::test]
async fn without_its_schema_it_is_not_ready() {
    let service = Service::start().await;
    assert_eq!(answer(service.get("/health/ready")).await.0, 200);
    let mut write = service.app.database.begin().await.expect("a transaction");
    let last = "DELETE FROM _sqlx_migrations";
    sqlx::query(last)
        .execute(&mut *write)
        .await
        .expect("deleted");
    write.commit().await.expect("committed");
    problem(service.get("/health/ready"), 503, "not_ready").await;
    assert!(service.metrics().await.contains("\nservice_ready 0\n"));
}

#[cfg(unix)]
#[tokio::test]
async fn without_its_file_it_is_not_ready() {
    let service = Service::start().await;
    let file = service.directory.path().join("service.db");
    fs::remove_file(&file).expect("removed");
    problem(service.get("/health/ready"), 503, "not_ready").await;
    fs::write(&file, "").expect("replaced");
    problem(service.get("/health/ready"), 503, "not_ready").await;
    assert_eq!(answer(service.get("/health/live")).await.0, 200);
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_noticed_in_time() {
    let service = Service::start().await;
    let mut taken = Vec::new();
    let brief = Duration::from_millis(500);
    while let Ok(connection) = timeout(brief, service.app.database.read()).await {
        taken.push(connection.expect("a connection"));
    }
    let started = Instant::now();
    problem(service.get("/health/ready"), 503, "not_ready").await;
    assert!(
        started.elapsed() < Duration::from_millis(900),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(answer(service.get("/health/live")).await.0, 200);
    drop(taken);
    assert_eq!(answer(service.get("/health/ready")).await.0, 200);
}

#[tokio::test]
async fn a_connection_that_died_is_replaced() {
    let service = Service::start().await;
    let mut db = service.app.database.read().await.expect("a connection");
    // SQLite counts from 1; the thread behind the connection does not survive it.
    _ = sqlx::query("SELECT $0").bind(1).execute(&mut *db).await;
    let ping = timeout(Duration::from_millis(500), db.ping()).await;
    assert!(!matches!(ping, Ok(Ok(()))), "{ping:?}");
    drop(db);
    let ready = async || answer(service.get("/health/ready")).await.0 == 200;
    until("ready", ready).await;
}

#[tokio::test]
async fn a_connection_at_work_for_somebody_who_left_is_replaced() {
    const COUNT: &str = "\
WITH RECURSIVE numbers (n) AS (
    SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000000
)
SELECT count(*) FROM numbers";
    let service = Service::start().await;
    let mut db = service.app.database.read().await.expect("a connection");
    let count = sqlx::query(COUNT).fetch_one(&mut *db);
    let left = timeout(Duration::from_millis(100), count).await;
    assert!(left.is_err());
    drop(db);
    let ready = async || answer(service.get("/health/ready")).await.0 == 200;
    until("ready", ready).await;
}
