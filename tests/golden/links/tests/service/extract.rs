//! What goes in is read as a whole or refused in words, whatever is sent.

use axum::{
    Router,
    routing::{get, post},
};
use reqwest::header::CONTENT_TYPE;
use serde::{Deserialize, Serialize};
use serde_json::json;

use links::{
    app::App,
    extract::{Json, Path, Query},
};

use crate::support::{Service, answer, problem};

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

fn routes() -> Router<App> {
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
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_a_problem() {
    let service = Service::with_routes(|_| {}, routes()).await;
    let json = |body: &'static str| {
        let request = service.post("/notes").body(body);
        request.header(CONTENT_TYPE, "application/json; charset=utf-8")
    };
    for body in ["", "{", "{\"title\": }", "{\"title\":\"a\",\"lines\":[]}x"] {
        problem(json(body), 400, "malformed_json").await;
    }
    let plain = service.post("/notes").body("{}");
    problem(
        plain.header(CONTENT_TYPE, "text/plain"),
        415,
        "unsupported_media_type",
    )
    .await;
    problem(
        service.post("/notes").body("{}"),
        415,
        "unsupported_media_type",
    )
    .await;

    let accepted = json(r#"{"title":"a","lines":[{"quantity":1}]}"#);
    assert_eq!(accepted.send().await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn a_body_that_breaks_its_schema_says_where() {
    let service = Service::with_routes(|_| {}, routes()).await;
    for (body, pointer) in [
        (json!({"title": 1, "lines": []}), "/title"),
        (json!({"lines": []}), "/title"),
        (json!({"title": "a", "lines": [], "id": 1}), "/id"),
        (json!({"title": "a", "lines": [], "a/b~c": 1}), "/a~1b~0c"),
        (
            json!({"title": "a", "lines": [{"quantity": 1}, {"quantity": -1}]}),
            "/lines/1/quantity",
        ),
        (
            json!({"title": "a", "lines": [{"quantity": 1, "price": 1}]}),
            "/lines/0/price",
        ),
        (json!({"title": "a", "lines": [{}]}), "/lines/0/quantity"),
        (json!(["a", []]), ""),
        (json!(null), ""),
    ] {
        let refusal = problem(service.post("/notes").json(&body), 422, "invalid").await;
        assert_eq!(refusal["errors"][0]["pointer"], pointer, "{refusal}");
        assert!(refusal["errors"][0]["detail"].is_string(), "{refusal}");
    }
}

#[tokio::test]
async fn a_refusal_does_not_repeat_what_was_sent() {
    let service = Service::with_routes(|_| {}, routes()).await;
    for quantity in ["Xanthippe", "a, expected b", "a at line 1"] {
        let body = json!({"title": "a", "lines": [{"quantity": quantity}]});
        let refusal = problem(service.post("/notes").json(&body), 422, "invalid").await;
        assert_eq!(refusal["errors"][0]["detail"], "must be u32", "{refusal}");
    }
    let nothing = service.post("/notes").json(&json!(null));
    let refusal = problem(nothing, 422, "invalid").await;
    let detail = &refusal["errors"][0]["detail"];
    assert_eq!(detail, "must be an object", "{refusal}");
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let service = Service::with_routes(|c| c.max_body_bytes = 100, routes()).await;
    let note = |length: usize| {
        let frame = r#"{"title":"","lines":[]}"#.len();
        let title = "a".repeat(length - frame);
        let request = service
            .post("/notes")
            .header(CONTENT_TYPE, "application/json");
        request.body(format!(r#"{{"title":"{title}","lines":[]}}"#))
    };
    assert_eq!(answer(note(100)).await.0, 200);
    problem(note(101), 413, "too_large").await;
}

#[tokio::test]
async fn what_cannot_be_an_id_names_nothing() {
    let service = Service::with_routes(|_| {}, routes()).await;
    problem(service.get("/notes/one"), 404, "not_found").await;
}

#[tokio::test]
async fn a_query_nobody_understands_is_a_problem() {
    let service = Service::with_routes(|_| {}, routes()).await;
    for query in ["limit=many", "limit=300", "limt=3", "limit=1&limit=2"] {
        problem(
            service.get(&format!("/window?{query}")),
            400,
            "invalid_query",
        )
        .await;
    }
}
