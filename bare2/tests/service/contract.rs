//! Every refusal is a problem of the same shape, and tells nothing about the inside.

use reqwest::header::ALLOW;

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
        (service.delete("/echo"), "POST"),
        (service.post("/fail"), "GET,HEAD"),
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
async fn a_defect_tells_the_client_nothing() {
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
    for path in ["/panic", "/fail"] {
        let refusal = problem(service.get(path), 500, "internal").await;
        assert!(!refusal.to_string().contains(stubs::SECRET), "{refusal}");
    }
}
