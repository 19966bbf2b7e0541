//! What a request leaves in the log, and how its id travels.

use std::time::Duration;

use serde_json::Value;
use uuid::Uuid;

use crate::{
    stubs,
    support::{Service, logged},
};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

/// Sends it under an id of its own, and returns what was logged about it, the last line first.
async fn lines(service: &Service, path: &str) -> Vec<Value> {
    let id = Uuid::now_v7().to_string();
    let request = service.get(path).header("x-request-id", &id);
    let request = request.header("traceparent", format!("00-{TRACE}-00f067aa0ba902b7-01"));
    let response = request.send().await.expect("an answer");
    assert_eq!(response.headers()["x-request-id"], id);
    let mut lines = logged(&id, |lines| {
        lines.iter().any(|line| !line["status"].is_null())
    })
    .await;
    lines.reverse();
    lines
}

#[tokio::test]
async fn a_request_leaves_one_line_with_all_that_finds_it_again() {
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
    let lines = lines(&service, "/slow/1?secret=1").await;
    let [line] = &lines[..] else {
        panic!("{lines:?}")
    };
    assert_eq!(line["level"], "INFO");
    assert_eq!(line["message"], "answered");
    assert_eq!(line["status"], 200);
    assert!(
        line["timestamp"].is_string() && line["duration_ms"].is_u64(),
        "{line}"
    );
    let span = &line["span"];
    assert!(span["request_id"].is_string(), "{line}");
    assert_eq!(span["trace_id"], TRACE);
    assert_eq!(span["method"], "GET");
    assert_eq!(span["route"], "/slow/{milliseconds}");
    assert!(!line.to_string().contains("secret"), "{line}");
}

#[tokio::test]
async fn the_level_says_whether_a_person_should_look() {
    let slow = Duration::from_millis(200);
    let service = Service::with_routes(|c| c.slow_request = slow, stubs::routes()).await;
    for (path, level, status) in [
        ("/health/live", "DEBUG", 200),
        ("/nothing", "INFO", 404),
        ("/slow/400", "WARN", 200),
        ("/fail", "ERROR", 500),
        ("/panic", "ERROR", 500),
    ] {
        let line = &lines(&service, path).await[0];
        assert_eq!(
            (&line["level"], &line["status"]),
            (&level.into(), &status.into()),
            "{line}"
        );
    }
    let slots = service.app.slots.available_permits() as u32;
    let slots = service.app.slots.try_acquire_many(slots);
    let line = &lines(&service, "/slow/0").await[0];
    assert_eq!(line["level"], "WARN", "{line}");
    assert_eq!(line["status"], 503);
    drop(slots);
}

#[tokio::test]
async fn the_log_has_what_the_client_must_not_see() {
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
    for (path, message) in [("/fail", "internal error"), ("/panic", "panic")] {
        let lines = lines(&service, path).await;
        let line = lines.iter().find(|line| line["message"] == message);
        let line = line.unwrap_or_else(|| panic!("{message} in {lines:?}"));
        assert_eq!(line["level"], "ERROR");
        assert!(line.to_string().contains(stubs::SECRET), "{line}");
    }
}

#[tokio::test]
async fn only_a_short_and_plain_request_id_is_kept() {
    let service = Service::start().await;
    let long = "a".repeat(65);
    for id in ["", "a b", "a\"b", "a=b", &long] {
        let request = service.get("/health/live").header("x-request-id", id);
        let response = request.send().await.expect("an answer");
        let given = response.headers()["x-request-id"].to_str().expect("text");
        let given = Uuid::parse_str(given).expect("a UUID");
        assert_eq!(given.get_version_num(), 7);
    }
    let response = service
        .get("/health/live")
        .header("x-request-id", &long[1..]);
    let response = response.send().await.expect("an answer");
    assert_eq!(response.headers()["x-request-id"], long[1..]);
}

#[tokio::test]
async fn a_broken_traceparent_is_no_trace() {
    let service = Service::start().await;
    let zeros = "0".repeat(32);
    for parent in [
        "garbage",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        &format!("00-{zeros}-00f067aa0ba902b7-01"),
    ] {
        let id = Uuid::now_v7().to_string();
        let request = service.get("/health/live").header("x-request-id", &id);
        let request = request.header("traceparent", parent);
        request.send().await.expect("an answer");
        let lines = logged(&id, |lines| !lines.is_empty()).await;
        assert!(lines[0]["span"].get("trace_id").is_none(), "{lines:?}");
    }
}

#[tokio::test]
async fn a_request_its_caller_left_leaves_a_line_and_nothing_else() {
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
    let id = Uuid::now_v7().to_string();
    let request = service.get("/slow/5000").header("x-request-id", &id).send();
    let left = tokio::time::timeout(Duration::from_millis(200), request).await;
    assert!(left.is_err());
    let lines = logged(&id, |lines| !lines.is_empty()).await;
    assert_eq!(lines[0]["message"], "client left", "{lines:?}");
    assert_eq!(lines[0]["span"]["route"], "/slow/{milliseconds}");
    let limit = service.app.config.max_concurrent_requests;
    assert_eq!(service.app.slots.available_permits(), limit);
    assert_eq!(service.app.metrics.active_requests.get(), 0);
}
