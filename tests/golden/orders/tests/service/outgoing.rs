//! What goes along with a call, and what is seen of it afterwards.

use axum::{Router, extract::State, routing::get};
use serde_json::{Value, json};

use orders::app::App;
use orders::calls::{BaseUrl, Call, Calls, Endpoint};
use orders::config::Secret;
use orders::metrics::Metrics;

use crate::peer::{FINE, Peer, Reply};
use crate::support::{Service, logged};

/// Somebody who asks the peer when asked.
fn relay(peer: &Peer) -> Router<App> {
    let endpoint = Endpoint {
        token: Some(Secret::from("sesame")),
        ..peer.endpoint()
    };
    let ask = move |State(app): State<App>| {
        let calls = Calls::new(&endpoint, &app.metrics);
        async move {
            let call = Call::post("/rates", &json!({"to": "AT"})).keyed("order-7");
            let answer = calls.call::<Value>(&call).await;
            answer.is_ok().to_string()
        }
    };
    Router::new().route("/ask", get(ask))
}

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

#[tokio::test]
async fn a_call_carries_on_who_asked_and_in_which_trace() {
    let peer = Peer::start(FINE).await;
    let service = Service::with_routes(|_| {}, relay(&peer)).await;
    let request = service.get("/ask").header("x-request-id", "carried");
    let response = request.header("traceparent", PARENT).send().await;
    assert_eq!(
        response.expect("an answer").text().await.expect("text"),
        "true"
    );
    let request = peer.requests().remove(0);
    for line in [
        "POST /base/rates HTTP/1.1",
        "accept: application/json",
        "authorization: Bearer sesame",
        "content-type: application/json",
        "idempotency-key: order-7",
        "x-request-id: carried",
    ] {
        assert!(
            request.lines().any(|found| found == line),
            "{line} in {request}"
        );
    }
    assert!(request.ends_with("\r\n\r\n{\"to\":\"AT\"}"), "{request}");
    assert!(
        request.contains(&format!("traceparent: 00-{TRACE}-")),
        "{request}"
    );
    assert!(!request.contains(PARENT), "the span is ours: {request}");
}

#[tokio::test]
async fn attempts_are_counted_and_logged_as_they_ended() {
    let peer = Peer::start(FINE).await;
    let service = Service::with_routes(|_| {}, relay(&peer)).await;
    for reply in [
        FINE,
        Reply::Answer(204, "", ""),
        Reply::Answer(503, "", "{\"secret\":1}"),
        Reply::Half,
    ] {
        peer.reply(reply);
        let request = service.get("/ask").header("x-request-id", "counted");
        request.send().await.expect("an answer");
    }
    let metrics = service.metrics().await;
    let (host, port) = (peer.address.ip(), peer.address.port());
    for (status, error) in [("200", ""), ("204", ""), ("503", "503"), ("", "cut")] {
        let line = format!(
            "http_client_request_duration_seconds_count{{http_request_method=\"POST\",\
             server_address=\"{host}\",server_port=\"{port}\",\
             http_response_status_code=\"{status}\",error_type=\"{error}\"}} 1\n"
        );
        assert!(metrics.contains(&line), "{line} in {metrics}");
    }
    let server = format!("server_address=\"{host}\",server_port=\"{port}\"");
    let active = format!("\nhttp_client_active_requests{{{server}}} 0\n");
    assert!(metrics.contains(&active), "{metrics}");

    let failed = |line: &Value| line["message"] == "call failed";
    let lines = logged("counted", |lines| {
        lines.iter().filter(|line| failed(line)).count() == 2
    });
    for line in lines.await.iter().filter(|line| failed(line)) {
        assert_eq!(
            (&line["level"], &line["dependency"]),
            (&"WARN".into(), &"peer".into())
        );
        assert!(!line.to_string().contains("secret"), "{line}");
    }
}

#[tokio::test]
async fn a_token_is_shown_nowhere() {
    let endpoint = Endpoint {
        token: Some(Secret::from("sesame")),
        ..Peer::gone().endpoint()
    };
    assert!(!format!("{endpoint:?}").contains("sesame"));
    assert!(!format!("{:?}", Calls::new(&endpoint, &Metrics::default())).contains("sesame"));
}

#[test]
fn a_base_url_names_a_host_and_no_secret() {
    for url in [
        "http://peer",
        "http://[::1]:8081",
        "http://peer.example/v1/",
    ] {
        BaseUrl::parse(url).expect(url);
    }
    for url in [
        "",
        "peer",
        "peer:8081",
        "/v1",
        "ftp://peer",
        "http://",
        "http://:80",
        "http://peer?a=b",
        "http://user:sesame@peer",
    ] {
        let problem = BaseUrl::parse(url).expect_err(url);
        assert!(
            problem.starts_with("must ") && !problem.contains("sesame"),
            "{problem}"
        );
    }
}
