//! Every refusal is a problem of the same shape, and tells nothing about the inside.

use reqwest::header::{ALLOW, CONTENT_TYPE};
use serde_json::json;

use crate::{
    stubs,
    support::{Service, assert_problem, problem},
};

#[tokio::test]
async fn an_unknown_route_is_a_problem() {
    let service = Service::start().await;
    problem(service.get("/nothing/here"), 404, "not_found").await;
}

#[tokio::test]
async fn an_unknown_method_is_a_problem_that_lists_the_others() {
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
    for (request, allowed) in [
        (service.delete("/notes"), "POST"),
        (service.post("/window"), "GET,HEAD"),
        (service.post("/health/live"), "GET,HEAD"),
    ] {
        let response = request.send().await.expect("an answer");
        assert_eq!(response.headers()[ALLOW], allowed);
        assert_problem(response, 405, "method_not_allowed").await;
    }
}

#[tokio::test]
async fn answers_are_not_guessed_at_cached_or_shared() {
    let service = Service::start().await;
    for path in ["/health", "/nothing"] {
        let request = service.get(path).header("origin", "https://example.com");
        let response = request.send().await.expect("an answer");
        let headers = response.headers();
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["cache-control"], "no-store");
        assert!(headers.get("access-control-allow-origin").is_none());
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_a_problem() {
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
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
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
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
async fn what_cannot_be_an_id_names_nothing() {
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
    problem(service.get("/notes/one"), 404, "not_found").await;
}

#[tokio::test]
async fn a_query_nobody_understands_is_a_problem() {
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
    for query in ["limit=many", "limit=300", "limt=3", "limit=1&limit=2"] {
        problem(
            service.get(&format!("/window?{query}")),
            400,
            "invalid_query",
        )
        .await;
    }
}

#[tokio::test]
async fn a_defect_tells_the_client_nothing() {
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
    for path in ["/panic", "/fail"] {
        let refusal = problem(service.get(path), 500, "internal").await;
        assert!(!refusal.to_string().contains(stubs::SECRET), "{refusal}");
    }
}
