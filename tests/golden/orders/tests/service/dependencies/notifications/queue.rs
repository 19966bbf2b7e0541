//! What `notifications` is to do is done later, however long it is down.

use std::time::Duration;

use axum::{Router, extract::State, http::StatusCode, routing::post};
use serde_json::json;
use tokio::time::{Instant, sleep};

use orders::app::App;
use orders::calls::Endpoint;
use orders::config::Config;
use orders::outbox;
use orders::problem::{Problem, Result};
use orders::timestamp::Timestamp;

use super::{FAILED, NAME};
use crate::peer::{FINE, Peer, Reply};
use crate::support::{PATIENCE, Service, answer, problem, until};

fn routes() -> Router<App> {
    Router::new()
        .route("/effect", post(effect))
        .route("/no-effect", post(no_effect))
}

async fn effect(State(app): State<App>) -> Result<StatusCode> {
    let client = &app.dependencies.notifications;
    let body = json!({"amount": 1});
    let mut db = app.database.begin().await?;
    let kept = client.enqueue(&mut db, "order-7", "/effects", &body);
    kept.await?;
    db.commit().await?;
    Ok(StatusCode::ACCEPTED)
}

async fn no_effect(State(app): State<App>) -> Result<StatusCode> {
    let client = &app.dependencies.notifications;
    let body = json!({"amount": 1});
    let mut db = app.database.begin().await?;
    let kept = client.enqueue(&mut db, "order-7", "/undone", &body);
    kept.await?;
    Err(Problem::not_found("order"))
}

async fn service(peer: &Peer, change: impl FnOnce(&mut Endpoint)) -> Service {
    let change = |config: &mut Config| {
        let endpoint = &mut config.endpoints.notifications;
        endpoint.url = peer.url();
        change(endpoint);
    };
    Service::with_routes(change, routes()).await
}

async fn assert_accepted(service: &Service) {
    let request = service.post("/effect").header("x-request-id", "kept");
    assert_eq!(answer(request).await.0, StatusCode::ACCEPTED);
}

/// How often what waits was attempted, as far as that counts, and until when it still does.
async fn waiting(service: &Service) -> Option<(i32, String)> {
    let mut db = service.app.database.read().await.expect("a connection");
    let row = sqlx::query_as("SELECT attempts, due_at FROM outbox WHERE died_at IS NULL");
    let row: Option<(i32, Timestamp)> = row.fetch_optional(&mut *db).await.expect("a row");
    row.map(|(attempts, due)| (attempts, due.to_string()))
}

/// As if its pause were over. What is under way is so for longer than any pause of these tests.
async fn time_passes(service: &Service) {
    let mut db = service.app.database.begin().await.expect("a transaction");
    let now = Timestamp::now();
    let update = sqlx::query("UPDATE outbox SET due_at = $1 WHERE due_at < $2");
    let update = update.bind(now).bind(now.after(Duration::from_secs(5)));
    update.execute(&mut *db).await.expect("updated");
    db.commit().await.expect("committed");
}

#[tokio::test]
async fn a_request_does_not_wait_for_it() {
    let peer = Peer::start(Reply::Silence).await;
    let service = service(&peer, |endpoint| endpoint.timeout = PATIENCE).await;
    let _relay = tokio::spawn(outbox::run(service.app.clone()));
    let started = Instant::now();
    assert_accepted(&service).await;
    assert_accepted(&service).await;
    assert!(started.elapsed() < PATIENCE / 2, "{:?}", started.elapsed());
}

#[tokio::test]
async fn it_is_sent_as_it_was_kept_until_it_has_been_taken() {
    let peer = Peer::start(FINE).await;
    peer.reply_first([FAILED, Reply::Half, Reply::Answer(200, "", "<html>")]);
    let service = service(&peer, |_| {}).await;
    assert_accepted(&service).await;
    problem(service.post("/no-effect"), 404, "not_found").await;
    let _relay = tokio::spawn(outbox::run(service.app.clone()));
    let delivered = async || {
        time_passes(&service).await;
        waiting(&service).await.is_none()
    };
    until("delivered", delivered).await;
    let requests = peer.requests();
    assert_eq!(requests.len(), 4, "{requests:?}");
    let key = |request: &String| {
        let lines = request.lines();
        let mut keys = lines.filter_map(|line| line.strip_prefix("idempotency-key: "));
        keys.next().expect("a key").to_owned()
    };
    for request in &requests {
        assert_eq!(key(request), key(&requests[0]));
        let start = "POST /base/effects HTTP/1.1\r\n";
        assert!(request.starts_with(start), "{request}");
        assert!(request.ends_with("\r\n\r\n{\"amount\":1}"), "{request}");
        assert!(request.contains("\r\nx-request-id: kept\r\n"), "{request}");
    }
}

#[tokio::test]
async fn while_it_is_down_attempts_do_not_count() {
    let peer = Peer::start(FAILED).await;
    let service = service(&peer, |_| {}).await;
    assert_accepted(&service).await;
    let _relay = tokio::spawn(outbox::run(service.app.clone()));
    let down = format!("\ndependency_up{{dependency=\"{NAME}\"}} 0\n");
    let is_down = async || {
        time_passes(&service).await;
        service.metrics().await.contains(&down)
    };
    until("down", is_down).await;
    // The first failures in a row show that it is down, and the last of them.
    let noted = async || matches!(waiting(&service).await, Some((2, _)));
    until("noted", noted).await;
    time_passes(&service).await;
    let arrived = peer.requests().len();
    sleep(Duration::from_millis(700)).await;
    assert_eq!(peer.requests().len(), arrived, "it is left alone");
    peer.reply(FINE);
    until("delivered", async || waiting(&service).await.is_none()).await;
}

#[tokio::test]
async fn when_it_wants_to_be_left_alone_it_is() {
    let busy = Reply::Answer(429, "retry-after: 30\r\n", "{}");
    let peer = Peer::start(busy).await;
    let service = service(&peer, |_| {}).await;
    assert_accepted(&service).await;
    let _relay = tokio::spawn(outbox::run(service.app.clone()));
    until("refused", async || peer.requests().len() == 1).await;
    let noted = async || matches!(waiting(&service).await, Some((0, _)));
    until("noted", noted).await;
    let due = waiting(&service).await.map(|(_, due)| due);
    let after = |seconds| Timestamp::now().after(Duration::from_secs(seconds));
    let in_seconds = |seconds| Some(after(seconds).to_string());
    assert!(in_seconds(20) < due && due < in_seconds(40), "{due:?}");
}

#[tokio::test]
async fn what_it_refuses_counts() {
    let peer = Peer::start(Reply::Answer(404, "", "{}")).await;
    let service = service(&peer, |_| {}).await;
    assert_accepted(&service).await;
    let _relay = tokio::spawn(outbox::run(service.app.clone()));
    for attempts in 1..=4 {
        let noted = async || {
            time_passes(&service).await;
            peer.requests().len() >= attempts
        };
        until("refused", noted).await;
    }
    assert!(matches!(waiting(&service).await, Some((4.., _))));
}
