//! A request that needs `a-very-long-name-that-somebody-wrote-out`, and what becomes of it when that fails.

use std::time::{Duration, Instant};

use axum::{Json, Router, extract::State, routing::get};
use serde_json::{Value, json};

use many::app::App;
use many::calls::Endpoint;
use many::calls::context::DEGRADED;
use many::calls::retries::Repeat;
use many::config::Config;
use many::dependencies::a_very_long_name_that_somebody_wrote_out::FALLBACK;
use many::problem::Result;

use crate::peer::{FINE, Peer, Reply};
use crate::support::{PATIENCE, Service, answer, logged, problem, until};

const NAME: &str = "a-very-long-name-that-somebody-wrote-out";
const REFUSED: &str = "a_very_long_name_that_somebody_wrote_out_refused";
/// The id of a request whose log is looked at.
const LOGGED: &str = "without-a-very-long-name-that-somebody-wrote-out";
const FAILED: Reply = Reply::Answer(503, "", "{\"secret\":1}");

/// Asks for something, and has something done.
fn routes() -> Router<App> {
    Router::new().route("/ask", get(ask).post(effect))
}

async fn ask(State(app): State<App>) -> Result<Json<Value>> {
    let client = &app.dependencies.a_very_long_name_that_somebody_wrote_out;
    let answered = client.get("/rates", || json!("instead")).await?;
    assert_eq!(answered.degraded, answered.value == "instead");
    Ok(Json(answered.value))
}

async fn effect(State(app): State<App>) -> Result<Json<Value>> {
    let client = &app.dependencies.a_very_long_name_that_somebody_wrote_out;
    let body = json!({"amount": 1});
    let instead = || json!("instead");
    let answered = client.post("/effects", &body, instead);
    Ok(Json(answered.await?.value))
}

/// With limits that a test can wait for.
async fn service(peer: &Peer, change: impl FnOnce(&mut Endpoint)) -> Service {
    let change = |config: &mut Config| {
        config.request_timeout = PATIENCE * 2;
        let endpoint = &mut config.endpoints.a_very_long_name_that_somebody_wrote_out;
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
    for _ in 0..3 {
        peer.reply_first([FAILED, FINE, Reply::Half, FINE]);
        for _ in 0..2 {
            let response = service.get("/ask").send().await.expect("an answer");
            assert_eq!(response.status(), 200);
            assert!(response.headers().get(DEGRADED).is_none());
        }
    }
    assert_eq!(peer.requests().len(), 12);
    let retries = format!("\ndependency_retries_total{{dependency=\"{NAME}\"}} 6\n");
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

#[tokio::test]
async fn it_is_called_however_often_it_fails() {
    let peer = Peer::start(FAILED).await;
    let service = service(&peer, |_| {}).await;
    for _ in 0..10 {
        assert_without(&service).await;
    }
    let arrived = peer.requests().len();
    assert_without(&service).await;
    let open = format!("\ndependency_breaker_open{{dependency=\"{NAME}\"}}");
    let metrics = service.metrics().await;
    assert!(peer.requests().len() > arrived);
    assert!(metrics.contains(&format!("{open} 0\n")), "{metrics}");
}

#[tokio::test]
async fn while_it_is_down_this_instance_is_not_ready() {
    let peer = Peer::start(FAILED).await;
    let service = service(&peer, |_| {}).await;
    assert_eq!(answer(service.get("/health/ready")).await.0, 200);
    for _ in 0..3 {
        assert_without(&service).await;
    }
    let (_, health) = answer(service.get("/health")).await;
    let refusal = problem(service.get("/health/ready"), 503, "not_ready").await;
    let expected = json!([{"pointer": format!("/{NAME}"), "detail": "down"}]);
    assert_eq!(refusal["errors"], expected);
    assert_eq!(health["obstacles"][0]["part"], NAME);
    assert_eq!(health["degraded"], json!([]));
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
    let endpoint = &config.endpoints.a_very_long_name_that_somebody_wrote_out;
    assert_eq!(endpoint.timeout, Duration::from_millis(1_234));
    assert_eq!(endpoint.concurrency, 32);
    assert_eq!(endpoint.attempts, 2);
    assert_eq!(endpoint.backoff, Duration::from_millis(100));
    assert_eq!(endpoint.repeat, Repeat::Failed);
    let config = read(&[
        (
            "APP_DEPENDENCY_A_VERY_LONG_NAME_THAT_SOMEBODY_WROTE_OUT_URL",
            "http://peer.example:81/v1",
        ),
        (
            "APP_DEPENDENCY_A_VERY_LONG_NAME_THAT_SOMEBODY_WROTE_OUT_TOKEN",
            "sesame",
        ),
        (
            "APP_DEPENDENCY_A_VERY_LONG_NAME_THAT_SOMEBODY_WROTE_OUT_TIMEOUT",
            "70ms",
        ),
    ])
    .expect("no problem");
    let endpoint = &config.endpoints.a_very_long_name_that_somebody_wrote_out;
    assert_eq!(endpoint.url.host(), "peer.example");
    assert_eq!(endpoint.url.port(), 81);
    assert_eq!(endpoint.timeout, Duration::from_millis(70));
    assert!(!format!("{config:?}").contains("sesame"), "{config:?}");
    for (name, value) in [
        (
            "APP_DEPENDENCY_A_VERY_LONG_NAME_THAT_SOMEBODY_WROTE_OUT_URL",
            "peer",
        ),
        (
            "APP_DEPENDENCY_A_VERY_LONG_NAME_THAT_SOMEBODY_WROTE_OUT_URL",
            "http://user:sesame@peer",
        ),
        (
            "APP_DEPENDENCY_A_VERY_LONG_NAME_THAT_SOMEBODY_WROTE_OUT_TOKEN",
            "two words",
        ),
        (
            "APP_DEPENDENCY_A_VERY_LONG_NAME_THAT_SOMEBODY_WROTE_OUT_TIMEOUT",
            "0s",
        ),
    ] {
        let error = read(&[(name, value)]).expect_err(value).to_string();
        assert!(error.contains(name) && !error.contains("sesame"), "{error}");
    }
}
