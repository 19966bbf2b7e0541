//! A slow statement is named in the log, with the request that waited for it.

use std::time::Duration;

use axum::{Router, extract::State, routing::get};
use serde_json::Value;
use uuid::Uuid;

use orders::{app::App, problem::Result, store::StoreError};

use crate::support::{Service, answer, logged};

const SECRET: &str = "Xanthippe";

/// Counts far enough to take some time, and has a value bound to it.
const COUNT: &str = "\
WITH RECURSIVE numbers (n) AS (
    SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 200000
)
SELECT count(*) FROM numbers WHERE n > 0 OR $1 = ''";

async fn count(State(app): State<App>) -> Result<String> {
    let mut db = app.database.read().await?;
    let count = sqlx::query_scalar(COUNT).bind(SECRET).fetch_one(&mut *db);
    let count: i64 = count.await.map_err(StoreError::from)?;
    Ok(format!("{count}"))
}

/// The lines left by a request that waits for the statement, once one of them is there.
async fn lines(slow_query: Duration, is_there: fn(&Value) -> bool) -> Vec<Value> {
    let routes = Router::new().route("/count", get(count));
    let service = Service::with_routes(|config| config.slow_query = slow_query, routes).await;
    let id = Uuid::now_v7().to_string();
    let request = service.get("/count").header("x-request-id", &id);
    assert_eq!(answer(request).await.1, 200_000);
    logged(&id, |lines| lines.iter().any(is_there)).await
}

/// Whether the line names our statement: on a busy machine, others are slow as well.
fn names_it(line: &Value) -> bool {
    let statement = line["db.statement"].as_str();
    statement.is_some_and(|statement| statement.contains(COUNT))
}

#[tokio::test]
async fn a_slow_statement_is_named_without_its_values() {
    let lines = lines(Duration::from_millis(5), names_it).await;
    let line = lines.iter().find(|line| names_it(line));
    let line = line.expect("it is there");
    assert_eq!(line["level"], "WARN");
    assert_eq!(line["span"]["route"], "/count");
    assert!(line["elapsed_secs"].as_f64() >= Some(0.005), "{line}");
    assert!(!line.to_string().contains(SECRET), "{line}");
}

#[tokio::test]
async fn a_fast_one_is_not() {
    let lines = lines(Duration::from_secs(60), |line| !line["status"].is_null()).await;
    let named = lines.iter().any(|line| !line["db.statement"].is_null());
    assert!(!named, "{lines:?}");
}
