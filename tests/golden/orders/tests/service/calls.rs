//! How others are called, whoever they are: what comes back, how long it takes, what goes along.

use std::time::Duration;

use axum::response::IntoResponse;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::time::Instant;

use orders::calls::{BaseUrl, Call, Calls, Endpoint, Reason, Unanswered, context};
use orders::metrics::Metrics;

use crate::peer::{FINE, Peer, Reply};
use crate::support::{PATIENCE, Service, until};

/// Long enough for a connection on a busy machine, and short enough to be waited for.
const SHORT: Duration = Duration::from_millis(200);

fn calls(endpoint: &Endpoint) -> Calls {
    Calls::new(endpoint, &Metrics::default())
}

async fn ask(calls: &Calls) -> Result<Value, Unanswered> {
    calls.call(&Call::get("/rates?to=AT")).await
}

fn reason(answer: &Result<Value, Unanswered>) -> Option<Reason> {
    match answer {
        Err(Unanswered::Failed(failure)) => Some(failure.reason),
        _ => None,
    }
}

#[tokio::test]
async fn an_answer_is_what_it_says() {
    let peer = Peer::start(FINE).await;
    let calls = calls(&peer.endpoint());
    peer.reply_first([FINE, Reply::Answer(204, "", "")]);
    assert_eq!(ask(&calls).await.expect("an answer"), json!({"price": 490}));
    assert_eq!(ask(&calls).await.expect("an answer"), Value::Null);
    let [first, _] = &peer.requests()[..] else {
        panic!("{:?}", peer.requests())
    };
    assert!(
        first.starts_with("GET /base/rates?to=AT HTTP/1.1\r\n"),
        "{first}"
    );
}

#[tokio::test]
async fn what_is_no_answer_is_told_apart() {
    let peer = Peer::start(FINE).await;
    let calls = calls(&peer.endpoint());
    let long = format!("\"{}\"", " ".repeat(1024 * 1024));
    let status = |status| Reason::Status(StatusCode::from_u16(status).expect("a status"));
    for (reply, expected) in [
        (Reply::Answer(500, "", "{}"), status(500)),
        (Reply::Answer(503, "", "not JSON"), status(503)),
        (Reply::Answer(429, "", ""), status(429)),
        (Reply::Answer(200, "", "{\"price\":"), Reason::Garbled),
        (Reply::Answer(200, "", "<html>"), Reason::Garbled),
        (Reply::Answer(200, "", long.leak()), Reason::Garbled),
        (Reply::Half, Reason::Cut),
        (Reply::Noise, Reason::Cut),
    ] {
        peer.reply(reply);
        assert_eq!(reason(&ask(&calls).await), Some(expected), "{reply:?}");
    }
    assert_eq!(peer.requests().len(), 8, "one attempt each");
}

#[tokio::test]
async fn a_refusal_is_handed_on_and_a_redirect_is_one() {
    let peer = Peer::start(FINE).await;
    let calls = calls(&peer.endpoint());
    for status in [302, 401, 404, 422] {
        peer.reply(Reply::Answer(
            status,
            "location: /base/elsewhere\r\n",
            "{\"why\":1}",
        ));
        let Err(Unanswered::Refused(refusal)) = ask(&calls).await else {
            panic!("{status}")
        };
        assert_eq!(refusal.status, status);
        assert_eq!(&refusal.body[..], b"{\"why\":1}");
    }
    assert_eq!(peer.requests().len(), 4, "no redirect is followed");
}

#[tokio::test]
async fn who_does_not_listen_is_unreachable() {
    let peer = Peer::gone();
    let answer = ask(&calls(&peer.endpoint())).await;
    assert_eq!(reason(&answer), Some(Reason::Unreachable));
}

#[tokio::test]
async fn who_is_silent_is_not_waited_for() {
    let peer = Peer::start(Reply::Silence).await;
    let calls = calls(&Endpoint {
        timeout: SHORT,
        ..peer.endpoint()
    });
    let started = Instant::now();
    assert_eq!(reason(&ask(&calls).await), Some(Reason::TimedOut));
    let took = started.elapsed();
    assert!(took >= SHORT && took < PATIENCE / 2, "{took:?}");
    assert_eq!(peer.requests().len(), 1);
}

/// Nothing arrived, so that even a call that must not be made twice may be attempted again.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn who_does_not_take_connections_is_unreachable() {
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    socket
        .bind("127.0.0.1:0".parse().expect("an address"))
        .expect("a port");
    let listener = socket.listen(1).expect("it listens");
    let address = listener.local_addr().expect("an address");
    let mut queue = Vec::new();
    // The system takes a few for it, and then drops what arrives.
    while let Ok(stream) =
        tokio::time::timeout(SHORT, tokio::net::TcpStream::connect(address)).await
    {
        queue.push(stream);
        assert!(queue.len() < 10);
    }
    let peer = Peer::gone();
    let mut endpoint = peer.endpoint();
    endpoint.timeout = SHORT * 2;
    endpoint.url = BaseUrl::parse(&format!("http://{address}")).expect("a URL");
    assert_eq!(
        reason(&ask(&calls(&endpoint)).await),
        Some(Reason::Unreachable)
    );
}

/// Asks within a request that has only so much time left.
async fn ask_within(left: Duration, calls: &Calls) -> Result<Value, Unanswered> {
    let mut answer = None;
    let work = async {
        answer = Some(ask(calls).await);
        "done".into_response()
    };
    context::within(Instant::now() + left, work).await;
    answer.expect("it was asked")
}

fn told(request: &str) -> u64 {
    let name = "x-envoy-expected-rq-timeout-ms: ";
    let value = request.lines().find_map(|line| line.strip_prefix(name));
    value.expect("it is told").parse().expect("a number")
}

#[tokio::test]
async fn a_call_ends_before_the_request_does_and_the_other_side_is_told() {
    let peer = Peer::start(Reply::Silence).await;
    let endpoint = peer.endpoint();
    let calls = calls(&endpoint);
    let started = Instant::now();
    let answer = ask_within(SHORT * 2, &calls).await;
    assert_eq!(reason(&answer), Some(Reason::OutOfTime));
    assert!(
        started.elapsed() < endpoint.timeout,
        "{:?}",
        started.elapsed()
    );
    assert!(told(&peer.requests()[0]) <= 360, "nine tenths of 400");
    assert!(!calls.is_down(SHORT).await, "that was not its fault");

    assert_eq!(
        reason(&ask_within(Duration::ZERO, &calls).await),
        Some(Reason::OutOfTime)
    );
    assert_eq!(peer.requests().len(), 1, "without time nothing is sent");

    peer.reply(FINE);
    ask(&calls).await.expect("an answer");
    assert_eq!(
        told(&peer.requests()[1]),
        3_000,
        "outside of a request: one attempt"
    );
}

#[tokio::test]
async fn one_call_more_than_agreed_fails_at_once() {
    let peer = Peer::start(Reply::Silence).await;
    let service = Service::start().await;
    let calls = Calls::new(&peer.endpoint(), &service.app.metrics);
    let busy = [(); 2].map(|()| {
        let calls = calls.clone();
        tokio::spawn(async move { ask(&calls).await })
    });
    until("busy", async || peer.requests().len() == 2).await;
    assert_eq!(reason(&ask(&calls).await), Some(Reason::Saturated));
    assert_eq!(peer.requests().len(), 2);
    let metrics = service.metrics().await;
    assert!(
        metrics.contains("\ndependency_calls_shed_total{dependency=\"peer\"} 1\n"),
        "{metrics}"
    );

    // Whoever leaves makes room.
    let [one, other] = busy;
    one.abort();
    assert!(one.await.is_err());
    peer.reply(FINE);
    ask(&calls).await.expect("an answer");
    other.abort();
}

#[tokio::test]
async fn it_is_down_when_it_fails_again_and_again_until_it_answers() {
    let peer = Peer::start(Reply::Answer(500, "", "")).await;
    let calls = calls(&peer.endpoint());
    assert!(!calls.is_down(SHORT).await, "nobody knows yet");
    for down in [false, false, true] {
        _ = ask(&calls).await;
        assert_eq!(calls.is_down(SHORT).await, down);
    }
    assert!(calls.is_down(SHORT).await, "it is asked, and still fails");
    peer.reply(Reply::Silence);
    let started = Instant::now();
    assert!(calls.is_down(SHORT).await);
    assert!(started.elapsed() < PATIENCE / 2, "{:?}", started.elapsed());
    // Nobody calls it, and it is found to be back. What it answers does not matter.
    peer.reply(Reply::Answer(404, "", ""));
    until("back", async || !calls.is_down(PATIENCE).await).await;
    assert_eq!(peer.requests().len(), 3);
}

#[tokio::test]
async fn refusals_and_single_failures_do_not_make_it_down() {
    let peer = Peer::start(Reply::Answer(404, "", "")).await;
    let calls = calls(&peer.endpoint());
    let failed = Reply::Answer(500, "", "");
    let busy = Reply::Answer(429, "", "");
    for reply in [
        failed,
        failed,
        Reply::Answer(404, "", ""),
        failed,
        failed,
        busy,
        failed,
    ] {
        peer.reply(reply);
        _ = ask(&calls).await;
        assert!(!calls.is_down(SHORT).await, "{reply:?}");
    }
}
