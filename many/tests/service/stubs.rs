//! Routes that no service has, to see what the layers around them do.

use std::time::Duration;

use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};

use many::{
    app::App,
    problem::{Problem, Result},
};

pub const SECRET: &str = "select * from secrets";

pub fn routes() -> Router<App> {
    Router::new()
        .route("/echo", post(async |body: String| body))
        .route("/slow/{milliseconds}", get(slow))
        .route("/panic", get(panic))
        .route("/fail", get(fail))
}

async fn slow(Path(milliseconds): Path<u64>) -> &'static str {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    "done"
}

async fn panic() -> &'static str {
    panic!("{SECRET}")
}

async fn fail() -> Result<&'static str> {
    Err(Problem::internal(&std::io::Error::other(SECRET)))
}
