//! A request that needs `strassen-dienst`, and what becomes of it when that fails.

use std::time::{Duration, Instant};

use axum::{Json, Router, extract::State, routing::get};
use serde_json::{Value, json};

use many::app::App;
use many::calls::Endpoint;
use many::calls::retries::Repeat;
use many::config::Config;
use many::problem::Result;

use crate::peer::{FINE, Peer, Reply};
use crate::support::{PATIENCE, Service, answer, problem, until};

const NAME: &str = "strassen-dienst";
const REFUSED: &str = "strassen_dienst_refused";
const UNAVAILABLE: &str = "strassen_dienst_unavailable";
const FAILED: Reply = Reply::Answer(503, "", "{\"secret\":1}");

/// Asks for something, and has something done.
fn routes() -> Router<App> {
    Router::new().route("/ask", get(ask).post(effect))
}

async fn ask(State(app): State<App>) -> Result<Json<Value>> {
    let client = &app.dependencies.strassen_dienst;
    Ok(Json(client.get("/rates").await?))
}

async fn effect(State(app): State<App>) -> Result<Json<Value>> {
    let client = &app.dependencies.strassen_dienst;
    let body = json!({"amount": 1});
    let answer = client.post("/effects", "order-7", &body);
    Ok(Json(answer.await?))
}

/// With limits that a test can wait for.
async fn service(peer: &Peer, change: impl FnOnce(&mut Endpoint)) -> Service {
    let change = |config: &mut Config| {
        config.request_timeout = PATIENCE * 2;
        let endpoint = &mut config.endpoints.strassen_dienst;
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
    let effect = service.client.post(service.url("/ask"));
    assert_eq!(answer(effect).await.0, 200);
    let [_, effect] = &peer.requests()[..] else {
        panic!("{:?}", peer.requests())
    };
    let key = "\r\nidempotency-key: order-7\r\n";
    assert!(effect.contains(key), "{effect}");
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

#[tokio::test]
async fn while_it_keeps_failing_it_is_left_alone() {
    let peer = Peer::start(FAILED).await;
    let service = service(&peer, |_| {}).await;
    for _ in 0..10 {
        assert_without(&service).await;
    }
    let arrived = peer.requests().len();
    assert_without(&service).await;
    let open = format!("\ndependency_breaker_open{{dependency=\"{NAME}\"}}");
    let metrics = service.metrics().await;
    assert_eq!(peer.requests().len(), arrived);
    assert!(metrics.contains(&format!("{open} 1\n")), "{metrics}");
}

#[tokio::test]
async fn while_it_is_down_this_instance_is_ready_and_says_so() {
    let peer = Peer::start(FAILED).await;
    let service = service(&peer, |_| {}).await;
    assert_eq!(answer(service.get("/health/ready")).await.0, 200);
    for _ in 0..3 {
        assert_without(&service).await;
    }
    let (_, health) = answer(service.get("/health")).await;
    assert_eq!(answer(service.get("/health/ready")).await.0, 200);
    assert_eq!(health["obstacles"], json!([]));
    assert_eq!(health["degraded"], json!([NAME]));
    let up = format!("\ndependency_up{{dependency=\"{NAME}\"}}");
    assert!(service.metrics().await.contains(&format!("{up} 0\n")));

    // It is asked, for nobody calls it any more.
    peer.reply(FINE);
    let back = async || {
        let (_, health) = answer(service.get("/health")).await;
        health["status"] == "ready" && health["degraded"] == json!([])
    };
    until("back", back).await;
    assert!(service.metrics().await.contains(&format!("{up} 1\n")));
}

#[test]
fn its_settings_are_those_that_were_decided() {
    let read = |vars: &[(&str, &str)]| {
        let vars = vars.iter().map(|(name, value)| (name.into(), value.into()));
        Config::from_vars(vars.collect::<Vec<_>>())
    };
    let config = read(&[]).expect("no problem");
    let endpoint = &config.endpoints.strassen_dienst;
    assert_eq!(endpoint.timeout, Duration::from_secs(2));
    assert_eq!(endpoint.concurrency, 100_000);
    assert_eq!(endpoint.attempts, 2);
    assert_eq!(endpoint.backoff, Duration::from_millis(100));
    assert_eq!(endpoint.repeat, Repeat::Unarrived);
    let config = read(&[
        (
            "APP_DEPENDENCY_STRASSEN_DIENST_URL",
            "http://peer.example:81/v1",
        ),
        ("APP_DEPENDENCY_STRASSEN_DIENST_TOKEN", "sesame"),
        ("APP_DEPENDENCY_STRASSEN_DIENST_TIMEOUT", "70ms"),
    ])
    .expect("no problem");
    let endpoint = &config.endpoints.strassen_dienst;
    assert_eq!(endpoint.url.host(), "peer.example");
    assert_eq!(endpoint.url.port(), 81);
    assert_eq!(endpoint.timeout, Duration::from_millis(70));
    assert!(!format!("{config:?}").contains("sesame"), "{config:?}");
    for (name, value) in [
        ("APP_DEPENDENCY_STRASSEN_DIENST_URL", "peer"),
        (
            "APP_DEPENDENCY_STRASSEN_DIENST_URL",
            "http://user:sesame@peer",
        ),
        ("APP_DEPENDENCY_STRASSEN_DIENST_TOKEN", "two words"),
        ("APP_DEPENDENCY_STRASSEN_DIENST_TIMEOUT", "0s"),
    ] {
        let error = read(&[(name, value)]).expect_err(value).to_string();
        assert!(error.contains(name) && !error.contains("sesame"), "{error}");
    }
}
