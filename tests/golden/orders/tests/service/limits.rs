//! Past its limits the service refuses, at once and in words, and stays in reach.

use std::time::{Duration, Instant};

use reqwest::header::RETRY_AFTER;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use orders::limits::CALLER_TIMEOUT;

use crate::{
    credentials, stubs,
    support::{PATIENCE, Service, answer, assert_problem, problem, until},
};

const SOON: Duration = Duration::from_millis(100);

#[tokio::test(flavor = "multi_thread")]
async fn one_request_too_many_is_refused_at_once() {
    let service = Service::with_routes(|c| c.max_concurrent_requests = 2, stubs::routes()).await;
    let busy = [(); 2].map(|()| tokio::spawn(service.get("/slow/1000").send()));
    until("busy", async || service.app.slots.available_permits() == 0).await;

    let mut fastest = PATIENCE;
    for _ in 0..5 {
        let started = Instant::now();
        let response = service.get("/slow/0").send().await.expect("an answer");
        fastest = fastest.min(started.elapsed());
        assert_eq!(response.headers()[RETRY_AFTER], "1");
        assert_problem(response, 503, "overloaded").await;
    }
    assert!(fastest < SOON, "{fastest:?}");
    assert!(
        service
            .metrics()
            .await
            .contains("\nhttp_server_requests_shed_total 5\n")
    );
    for path in ["/health", "/health/live", "/health/ready"] {
        assert_eq!(answer(service.get(path)).await.0, 200, "{path}");
    }

    for request in busy {
        let response = request.await.expect("no panic").expect("an answer");
        assert_eq!(response.status(), 200);
    }
    let after = service.get("/slow/0").send().await.expect("an answer");
    assert_eq!(after.status(), 200);
}

#[tokio::test]
async fn every_request_has_a_deadline() {
    let service = Service::with_routes(|c| c.request_timeout = SOON, stubs::routes()).await;
    let late = problem(service.get("/slow/4000"), 504, "deadline_exceeded");
    timeout(PATIENCE / 2, late).await.expect("in time");
    let longer = service.get("/slow/4000").header(CALLER_TIMEOUT, "60000");
    let late = problem(longer, 504, "deadline_exceeded");
    timeout(PATIENCE / 2, late).await.expect("in time");
}

#[tokio::test]
async fn the_callers_deadline_wins_if_it_is_sooner() {
    let service = Service::with_routes(|c| c.request_timeout = PATIENCE, stubs::routes()).await;
    let slow = |path, caller| service.get(path).header(CALLER_TIMEOUT, caller);
    let late = problem(slow("/slow/4000", "100"), 504, "deadline_exceeded");
    timeout(PATIENCE / 2, late).await.expect("in time");
    for unlimited in ["0", "soon", "-1"] {
        let response = slow("/slow/50", unlimited).send().await.expect("an answer");
        assert_eq!(response.status(), 200, "{unlimited}");
    }
}

#[tokio::test]
async fn half_a_header_is_cut() {
    let service = Service::with(|config| config.header_timeout = SOON).await;
    let half = b"GET / HTTP/1.1\r\nHos";
    let whole: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";
    for before in [None, Some(whole)] {
        let mut stream = TcpStream::connect(service.address)
            .await
            .expect("a connection");
        if let Some(whole) = before {
            stream.write_all(whole).await.expect("written");
            stream.read_exact(&mut [0; 12]).await.expect("an answer");
        }
        let started = Instant::now();
        stream.write_all(half).await.expect("written");
        let end = timeout(PATIENCE, stream.read_to_end(&mut Vec::new())).await;
        end.expect("cut").ok();
        assert!(started.elapsed() >= SOON, "{:?}", started.elapsed());
    }
}

#[tokio::test]
async fn an_idle_connection_outlives_the_header_timeout_and_is_cut_after_its_own() {
    let service = Service::with(|config| {
        config.header_timeout = SOON;
        config.idle_timeout = SOON * 6;
    })
    .await;
    let mut stream = TcpStream::connect(service.address)
        .await
        .expect("a connection");
    for _ in 0..2 {
        sleep(SOON * 2).await;
        let request = b"GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n";
        stream.write_all(request).await.expect("written");
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.expect("an answer");
        assert_eq!(&answer, b"HTTP/1.1 200");
        let mut rest = [0; 1024];
        assert!(stream.read(&mut rest).await.expect("the rest") > 0);
    }
    let started = Instant::now();
    let end = timeout(PATIENCE, stream.read(&mut [0])).await;
    assert_eq!(end.expect("cut").unwrap_or(0), 0);
    assert!(started.elapsed() >= SOON * 4, "{:?}", started.elapsed());
}

#[tokio::test]
async fn half_a_body_ends_at_the_deadline() {
    let service = Service::with_routes(|c| c.request_timeout = SOON, stubs::routes()).await;
    let mut stream = TcpStream::connect(service.address)
        .await
        .expect("a connection");
    let credentials = credentials::valid();
    let credentials = credentials.to_str().expect("text");
    let head = format!("POST /echo HTTP/1.1\r\nhost: a\r\nauthorization: {credentials}\r\n");
    let half = format!("{head}content-length: 100\r\n\r\nhalf");
    stream.write_all(half.as_bytes()).await.expect("written");
    let mut answer = [0; 12];
    let read = timeout(PATIENCE, stream.read_exact(&mut answer)).await;
    read.expect("in time").expect("an answer");
    assert_eq!(&answer, b"HTTP/1.1 504");
}

#[tokio::test]
async fn connections_are_capped() {
    let service = Service::with(|config| config.max_connections = 1).await;
    let first = TcpStream::connect(service.address)
        .await
        .expect("a connection");
    sleep(Duration::from_millis(20)).await;
    let mut waiting = Box::pin(service.get("/health/live").send());
    let unanswered = timeout(Duration::from_millis(200), &mut waiting).await;
    assert!(unanswered.is_err(), "{unanswered:?}");
    drop(first);
    assert_eq!(waiting.await.expect("an answer").status(), 200);
}
