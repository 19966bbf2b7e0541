//! A request that needs `notifications`, and what becomes of it when that fails.

mod queue;
mod readiness;
mod settings;

use std::time::{Duration, Instant};

use axum::{Json, Router, extract::State, routing::get};
use serde_json::Value;

use orders::app::App;
use orders::calls::Endpoint;
use orders::config::Config;
use orders::problem::Result;

use crate::peer::{FINE, Peer, Reply};
use crate::support::{PATIENCE, Service, problem, until};

const NAME: &str = "notifications";
const REFUSED: &str = "notifications_refused";
const UNAVAILABLE: &str = "notifications_unavailable";
const FAILED: Reply = Reply::Answer(503, "", "{\"secret\":1}");

/// Asks for something.
fn routes() -> Router<App> {
    Router::new().route("/ask", get(ask))
}

async fn ask(State(app): State<App>) -> Result<Json<Value>> {
    let client = &app.dependencies.notifications;
    Ok(Json(client.get("/rates").await?))
}

/// With limits that a test can wait for.
async fn service(peer: &Peer, change: impl FnOnce(&mut Endpoint)) -> Service {
    let change = |config: &mut Config| {
        config.request_timeout = PATIENCE * 2;
        let endpoint = &mut config.endpoints.notifications;
        endpoint.url = peer.url();
        endpoint.timeout = Duration::from_millis(300);
        endpoint.backoff = Duration::from_millis(1);
        change(endpoint);
    };
    Service::with_routes(change, routes()).await
}

/// How a request is answered without it.
async fn assert_without(service: &Service) {
    let refusal = problem(service.get("/ask"), 503, UNAVAILABLE).await;
    let refusal = refusal.to_string();
    assert!(refusal.contains(NAME), "{refusal}");
    assert!(!refusal.contains("secret"), "{refusal}");
}

#[tokio::test]
async fn with_it_a_request_is_answered() {
    let peer = Peer::start(FINE).await;
    let service = service(&peer, |endpoint| endpoint.timeout = PATIENCE).await;
    let response = service.get("/ask").send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    assert!(response.text().await.expect("text").contains("490"));
}

#[tokio::test]
async fn without_it_a_request_is_answered_in_time() {
    for (reply, arrived) in [
        (None, 0),
        (Some(Reply::Silence), 1),
        (Some(Reply::Late(PATIENCE, "1")), 1),
        (Some(Reply::Half), 1),
        (Some(Reply::Noise), 1),
        (Some(FAILED), 1),
        (Some(Reply::Answer(200, "", "<html>")), 1),
    ] {
        let peer = match reply {
            Some(reply) => Peer::start(reply).await,
            None => Peer::gone(),
        };
        let service = service(&peer, |_| {}).await;
        let started = Instant::now();
        assert_without(&service).await;
        let took = started.elapsed();
        assert!(took < PATIENCE * 4 / 5, "{reply:?}: {took:?}");
        assert_eq!(peer.requests().len(), arrived, "{reply:?}");
    }
}

#[tokio::test]
async fn when_it_wants_to_be_left_alone_it_is() {
    let busy = Reply::Answer(429, "retry-after: 30\r\n", "{}");
    let peer = Peer::start(busy).await;
    let service = service(&peer, |endpoint| endpoint.timeout = PATIENCE).await;
    let started = Instant::now();
    let response = service.get("/ask").send().await.expect("an answer");
    assert_eq!(response.headers()["retry-after"], "30");
    assert_without(&service).await;
    let took = started.elapsed();
    assert!(took < PATIENCE * 4 / 5, "{took:?}");
    assert_eq!(peer.requests().len(), 2);
}

#[tokio::test]
async fn what_it_refuses_is_neither_repeated_nor_told() {
    let peer = Peer::start(Reply::Answer(404, "", "{\"secret\":1}")).await;
    let service = service(&peer, |endpoint| endpoint.timeout = PATIENCE).await;
    let refusal = problem(service.get("/ask"), 502, REFUSED).await;
    assert!(!refusal.to_string().contains("secret"), "{refusal}");
    assert_eq!(peer.requests().len(), 1);
}

#[tokio::test]
async fn one_request_too_many_does_not_wait_for_it() {
    let peer = Peer::start(Reply::Silence).await;
    let service = service(&peer, |endpoint| {
        endpoint.timeout = PATIENCE;
        endpoint.concurrency = 1;
    })
    .await;
    let waiting = tokio::spawn(service.get("/ask").send());
    until("busy", async || peer.requests().len() == 1).await;
    assert_without(&service).await;
    assert_eq!(peer.requests().len(), 1);
    waiting.abort();
}
