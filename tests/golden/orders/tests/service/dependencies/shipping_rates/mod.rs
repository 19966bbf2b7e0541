//! A request that needs `shipping-rates`, and what becomes of it when that fails.

mod readiness;
mod settings;

use std::time::{Duration, Instant};

use axum::{Json, Router, extract::State, routing::get};
use serde_json::{Value, json};

use orders::app::App;
use orders::calls::Endpoint;
use orders::calls::context::DEGRADED;
use orders::config::Config;
use orders::dependencies::shipping_rates::FALLBACK;
use orders::problem::Result;

use crate::peer::{FINE, Peer, Reply};
use crate::support::{PATIENCE, Service, answer, logged, problem, until};

const NAME: &str = "shipping-rates";
const REFUSED: &str = "shipping_rates_refused";
/// The id of a request whose log is looked at.
const LOGGED: &str = "without-shipping-rates";
const FAILED: Reply = Reply::Answer(503, "", "{\"secret\":1}");

/// Asks for something, and has something done.
fn routes() -> Router<App> {
    Router::new().route("/ask", get(ask).post(effect))
}

async fn ask(State(app): State<App>) -> Result<Json<Value>> {
    let client = &app.dependencies.shipping_rates;
    let answered = client.get("/rates", || json!("instead")).await?;
    assert_eq!(answered.degraded, answered.value == "instead");
    Ok(Json(answered.value))
}

async fn effect(State(app): State<App>) -> Result<Json<Value>> {
    let client = &app.dependencies.shipping_rates;
    let body = json!({"amount": 1});
    let instead = || json!("instead");
    let answered = client.post("/effects", &body, instead);
    Ok(Json(answered.await?.value))
}

/// With limits that a test can wait for.
async fn service(peer: &Peer, change: impl FnOnce(&mut Endpoint)) -> Service {
    let change = |config: &mut Config| {
        config.request_timeout = PATIENCE * 2;
        let endpoint = &mut config.endpoints.shipping_rates;
        endpoint.url = peer.url();
        endpoint.timeout = Duration::from_millis(300);
        endpoint.backoff = Duration::from_millis(1);
        change(endpoint);
    };
    Service::with_routes(change, routes()).await
}

/// How a request is answered without it.
async fn assert_without(service: &Service) {
    let response = service.get("/ask").send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()[DEGRADED], NAME);
    assert_eq!(response.text().await.expect("text"), "\"instead\"");
}

#[tokio::test]
async fn with_it_a_request_is_answered() {
    let peer = Peer::start(FINE).await;
    let service = service(&peer, |endpoint| endpoint.timeout = PATIENCE).await;
    let response = service.get("/ask").send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    assert!(response.headers().get(DEGRADED).is_none());
    assert!(response.text().await.expect("text").contains("490"));
    let effect = service.client.post(service.url("/ask"));
    assert_eq!(answer(effect).await.0, 200);
    let [_, effect] = &peer.requests()[..] else {
        panic!("{:?}", peer.requests())
    };
    assert!(!effect.contains("idempotency-key:"), "{effect}");
}

#[tokio::test]
async fn without_it_a_request_is_answered_in_time() {
    for (reply, arrived) in [
        (None, 0),
        (Some(Reply::Silence), 2),
        (Some(Reply::Late(PATIENCE, "1")), 2),
        (Some(Reply::Half), 2),
        (Some(Reply::Noise), 2),
        (Some(FAILED), 2),
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
async fn what_works_now_and_then_works() {
    let peer = Peer::start(FINE).await;
    let service = service(&peer, |endpoint| endpoint.timeout = PATIENCE).await;
    for _ in 0..2 {
        peer.reply_first([FAILED, FINE, Reply::Half, FINE]);
        for _ in 0..2 {
            let response = service.get("/ask").send().await.expect("an answer");
            assert_eq!(response.status(), 200);
            assert!(response.headers().get(DEGRADED).is_none());
        }
    }
    assert_eq!(peer.requests().len(), 8);
    let retries = format!("\ndependency_retries_total{{dependency=\"{NAME}\"}} 4\n");
    assert!(service.metrics().await.contains(&retries));
}

#[tokio::test]
async fn when_it_wants_to_be_left_alone_it_is() {
    let busy = Reply::Answer(429, "retry-after: 30\r\n", "{}");
    let peer = Peer::start(busy).await;
    let service = service(&peer, |endpoint| endpoint.timeout = PATIENCE).await;
    let started = Instant::now();
    assert_without(&service).await;
    let took = started.elapsed();
    assert!(took < PATIENCE * 4 / 5, "{took:?}");
    assert_eq!(peer.requests().len(), 1);
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

#[tokio::test]
async fn what_stands_in_is_counted_and_logged() {
    let peer = Peer::start(FAILED).await;
    let service = service(&peer, |_| {}).await;
    let request = service.client.post(service.url("/ask"));
    let request = request.header("x-request-id", LOGGED);
    let response = request.send().await.expect("an answer");
    assert_eq!(response.headers()[DEGRADED], NAME);
    let fallbacks = format!("\ndependency_fallbacks_total{{dependency=\"{NAME}\"}} 1\n");
    assert!(service.metrics().await.contains(&fallbacks));
    let said = |lines: &[Value]| lines.iter().any(|line| line["what"] == FALLBACK);
    logged(LOGGED, said).await;
}
