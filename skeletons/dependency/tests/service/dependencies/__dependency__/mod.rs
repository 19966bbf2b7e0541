<% set d = dependency %>
<% set stands_in = d.when_down == "fallback" and not d.last_good %>
<% set again = d.attempts > 1 and d.twice_safe %>
//! A request that needs `<{ d.slug }>`, and what becomes of it when that fails.

<% if d.queued %>
mod queue;
<% endif %>
mod readiness;
mod settings;

use std::time::{Duration, Instant};

use axum::{Json, Router, extract::State, routing::get};
use serde_json::<% if d.queued %>Value<% else %>{Value, json}<% endif %>;

use <{ service.crate_name }>::app::App;
use <{ service.crate_name }>::calls::Endpoint;
<% if d.when_down == "fallback" %>
use <{ service.crate_name }>::calls::context::DEGRADED;
<% endif %>
use <{ service.crate_name }>::config::Config;
<% if stands_in %>
use <{ service.crate_name }>::dependencies::<{ d.module }>::FALLBACK;
<% endif %>
use <{ service.crate_name }>::problem::Result;

use crate::peer::{FINE, Peer, Reply};
use crate::support::{PATIENCE, Service, <% if not d.queued %>answer, <% endif %><% if stands_in %>logged, <% endif %>problem, until};

const NAME: &str =¦ "<{ d.slug }>";
<% if calls.hides_errors %>
const HIDDEN: &str = "unavailable";
<% else %>
const REFUSED: &str =¦ "<{ d.module }>_refused";
<% if not stands_in %>
const UNAVAILABLE: &str =¦ "<{ d.module }>_unavailable";
<% endif %>
<% endif %>
<% if stands_in %>
/// The id of a request whose log is looked at.
const LOGGED: &str =¦ "without-<{ d.slug }>";
<% endif %>
const FAILED: Reply = Reply::Answer(503, "", "{\"secret\":1}");

<% if d.queued %>
/// Asks for something.
fn routes() -> Router<App> {
    Router::new().route("/ask", get(ask))
}
<% else %>
/// Asks for something, and has something done.
fn routes() -> Router<App> {
    Router::new().route("/ask", get(ask).post(effect))
}
<% endif %>

async fn ask(State(app): State<App>) -> Result<Json<Value>> {
    let client = &app.dependencies.<{ d.module }>;
<% if stands_in %>
    let answered = client.get("/rates", || json!("instead")).await?;
    assert_eq!(answered.degraded, answered.value == "instead");
    Ok(Json(answered.value))
<% elif d.last_good %>
    let answered = client.get::<Value>("/rates").await?;
    Ok(Json(json!([answered.value, answered.degraded])))
<% else %>
    Ok(Json(client.get("/rates").await?))
<% endif %>
}

<% if not d.queued %>
async fn effect(State(app): State<App>) -> Result<Json<Value>> {
    let client = &app.dependencies.<{ d.module }>;
    let body = json!({"amount": 1});
<% set key = "" if d.twice_safe else "\"order-7\", " %>
<% if stands_in %>
    let instead = || json!("instead");
    let answered = client.post(⟦"/effects", <{ key }>&body, instead⟧);
    Ok(Json(answered.await?.value))
<% else %>
    let answer = client.post(⟦"/effects", <{ key }>&body⟧);
    Ok(Json(answer.await?))
<% endif %>
}

<% endif %>
/// With limits that a test can wait for.
async fn service(peer: &Peer, change: impl FnOnce(&mut Endpoint)) -> Service {
    let change = |config: &mut Config| {
        config.request_timeout = PATIENCE * 2;
        let endpoint = &mut config.endpoints.<{ d.module }>;
        endpoint.url = peer.url();
        endpoint.timeout = Duration::from_millis(300);
<% if calls.retries %>
        endpoint.backoff = Duration::from_millis(1);
<% endif %>
        change(endpoint);
    };
    Service::with_routes(change, routes()).await
}

/// How a request is answered without it.
async fn assert_without(service: &Service) {
<% if stands_in %>
    let response = service.get("/ask").send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()[DEGRADED], NAME);
    assert_eq!(response.text().await.expect("text"), "\"instead\"");
<% else %>
<% if calls.hides_errors %>
    let refusal = problem(service.get("/ask"), 503, HIDDEN).await;
    let refusal = refusal.to_string();
    assert!(!refusal.contains(NAME), "{refusal}");
<% else %>
    let refusal = problem(service.get("/ask"), 503, UNAVAILABLE).await;
    let refusal = refusal.to_string();
    assert!(refusal.contains(NAME), "{refusal}");
<% endif %>
    assert!(!refusal.contains("secret"), "{refusal}");
<% endif %>
}

#[tokio::test]
async fn with_it_a_request_is_answered() {
    let peer = Peer::start(FINE).await;
    let service = service(&peer, |endpoint| endpoint.timeout = PATIENCE).await;
    let response = service.get("/ask").send().await.expect("an answer");
    assert_eq!(response.status(), 200);
<% if d.when_down == "fallback" %>
    assert!(response.headers().get(DEGRADED).is_none());
<% endif %>
    assert!(response.text().await.expect("text").contains("490"));
<% if not d.queued %>
    let effect = service.client.post(service.url("/ask"));
    assert_eq!(answer(effect).await.0, 200);
    let [_, effect] = &peer.requests()[..] else {
        panic!("{:?}", peer.requests())
    };
<% if d.twice_safe %>
    assert!(!effect.contains("idempotency-key:"), "{effect}");
<% else %>
    let key = "\r\nidempotency-key: order-7\r\n";
    assert!(effect.contains(key), "{effect}");
<% endif %>
<% endif %>
}

#[tokio::test]
async fn without_it_a_request_is_answered_in_time() {
    for (reply, arrived) in [
        (None, 0),
        (Some(Reply::Silence), <{ d.attempts if again else 1 }>),
        (Some(Reply::Late(PATIENCE, "1")), <{ d.attempts if again else 1 }>),
        (Some(Reply::Half), <{ d.attempts if again else 1 }>),
        (Some(Reply::Noise), <{ d.attempts if again else 1 }>),
        (Some(FAILED), <{ d.attempts if again else 1 }>),
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
<% if again %>

#[tokio::test]
async fn what_works_now_and_then_works() {
    let peer = Peer::start(FINE).await;
    let service = service(&peer, |endpoint| endpoint.timeout = PATIENCE).await;
    for _ in 0..2 {
        peer.reply_first([FAILED, FINE, Reply::Half, FINE]);
        for _ in 0..2 {
            let response = service.get("/ask").send().await.expect("an answer");
            assert_eq!(response.status(), 200);
<% if d.when_down == "fallback" %>
            assert!(response.headers().get(DEGRADED).is_none());
<% endif %>
        }
    }
    assert_eq!(peer.requests().len(), 8);
    let retries = format!("\ndependency_retries_total{{dependency=\"{NAME}\"}} 4\n");
    assert!(service.metrics().await.contains(&retries));
}
<% endif %>

#[tokio::test]
async fn when_it_wants_to_be_left_alone_it_is() {
    let busy = Reply::Answer(429, "retry-after: 30\r\n", "{}");
    let peer = Peer::start(busy).await;
    let service = service(&peer, |endpoint| endpoint.timeout = PATIENCE).await;
    let started = Instant::now();
<% if not stands_in %>
    let response = service.get("/ask").send().await.expect("an answer");
    assert_eq!(response.headers()["retry-after"], "30");
<% endif %>
    assert_without(&service).await;
    let took = started.elapsed();
    assert!(took < PATIENCE * 4 / 5, "{took:?}");
    assert_eq!(peer.requests().len(), <% if stands_in %>1<% else %>2<% endif %>);
}

#[tokio::test]
async fn what_it_refuses_is_neither_repeated_nor_told() {
    let peer = Peer::start(Reply::Answer(404, "", "{\"secret\":1}")).await;
    let service = service(&peer, |endpoint| endpoint.timeout = PATIENCE).await;
<% if calls.hides_errors %>
    let refusal = problem(service.get("/ask"), 503, HIDDEN).await.to_string();
    assert!(!refusal.contains("secret"), "{refusal}");
    assert!(!refusal.contains(NAME), "{refusal}");
<% else %>
    let refusal = problem(service.get("/ask"), 502, REFUSED).await;
    assert!(!refusal.to_string().contains("secret"), "{refusal}");
<% endif %>
    assert_eq!(peer.requests().len(), 1);
}
<% if calls.passes_problems %>

#[tokio::test]
async fn its_problem_with_a_request_reaches_whoever_sent_it() {
    const KIND: &str = "content-type: application/problem+json; charset=utf-8\r\n";
    let sold_out = "{\"type\":\"urn:sold-out\",\"left\":0}";
    let peer = Peer::start(Reply::Answer(409, KIND, sold_out)).await;
    let service = service(&peer, |endpoint| endpoint.timeout = PATIENCE).await;
    let response = service.get("/ask").send().await.expect("an answer");
    assert_eq!(response.status(), 409);
    let headers = response.headers();
    assert_eq!(headers["content-type"], "application/problem+json");
    assert_eq!(response.text().await.expect("text"), sold_out);

    // Who we are to it, what is no problem, and where it sends us is nothing to our callers.
    for reply in [
        Reply::Answer(401, KIND, "{\"secret\":1}"),
        Reply::Answer(403, KIND, "{\"secret\":1}"),
        Reply::Answer(409, KIND, "[\"secret\"]"),
        Reply::Answer(409, "content-type: text/html\r\n", "{\"secret\":1}"),
        Reply::Answer(302, KIND, "{\"secret\":1}"),
    ] {
        peer.reply(reply);
        let refusal = problem(service.get("/ask"), 502, REFUSED).await;
        assert!(!refusal.to_string().contains("secret"), "{refusal}");
    }
}
<% endif %>

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
<% if stands_in %>

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
<% elif d.last_good %>

#[tokio::test]
async fn its_last_good_answer_stands_in_and_is_marked() {
    let peer = Peer::start(FINE).await;
    let service = service(&peer, |endpoint| endpoint.timeout = PATIENCE).await;
    let (_, fresh) = answer(service.get("/ask")).await;
    assert_eq!(fresh, json!([{"price": 490}, false]));
    peer.reply(FAILED);
    let response = service.get("/ask").send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()[DEGRADED], NAME);
    let kept: Value = response.json().await.expect("JSON");
    assert_eq!(kept, json!([{"price": 490}, true]));
    let fallbacks = format!("\ndependency_fallbacks_total{{dependency=\"{NAME}\"}} 1\n");
    assert!(service.metrics().await.contains(&fallbacks));
}
<% endif %>
