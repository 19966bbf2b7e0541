//! Routes that no service has, to see what the layers around them do.

use std::time::Duration;

use axum::{
    Router,
    routing::{get, post},
};
use serde::{Deserialize, Serialize};

use <{ service.crate_name }>::{
    app::App,
    extract::{Json, Path, Query},
    problem::{Problem, Result},
};

pub const SECRET: &str = "select * from secrets";

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Note {
    title: String,
    lines: Vec<Line>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Line {
    quantity: u32,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Window {
    limit: Option<u8>,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/notes", post(async |Json(note): Json<Note>| Json(note)))
        .route(
            "/notes/{id}",
            get(async |Path(id): Path<u64>| id.to_string()),
        )
        .route(
            "/window",
            get(async |Query(window): Query<Window>| Json(window)),
        )
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
