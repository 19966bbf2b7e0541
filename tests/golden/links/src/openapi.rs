//! What callers may rely on: `openapi.json`, served as it is committed. The tests hold it to what
//! the routes take and answer, so that whoever changes one changes the other.

use axum::{
    Router,
    http::{HeaderName, header},
    routing::get,
};

use crate::app::App;

pub const DOCUMENT: &str = include_str!("../openapi.json");

pub fn routes() -> Router<App> {
    Router::new().route("/openapi.json", get(document))
}

async fn document() -> ([(HeaderName, &'static str); 1], &'static str) {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT)
}
