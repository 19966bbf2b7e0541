//! How much the service takes on: past a limit it refuses at once, and keeps what it promised.

use std::time::Duration;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::time::{self, Instant};

use crate::{app::App, calls::context, problem::Problem};

/// The code of a request refused for the number of others.
pub const OVERLOADED: &str = "overloaded";

/// How many milliseconds the caller still waits. There is no standard with this precision
/// (`Prefer: wait` of RFC 7240 counts seconds); this is the header that Envoy and Istio set.
pub const CALLER_TIMEOUT: &str = "x-envoy-expected-rq-timeout-ms";

/// A request more than the limit is refused, not queued: a queue is latency for all who wait in
/// it, and work for callers that have given up.
pub async fn shed(State(app): State<App>, request: Request, next: Next) -> Response {
    let Ok(_slot) = app.slots.try_acquire() else {
        app.metrics.shed.inc();
        let detail = "More requests are being worked on than this service can take.";
        return Problem::unavailable(OVERLOADED, detail, Duration::from_secs(1)).into_response();
    };
    next.run(request).await
}

/// Ends the work when its caller has stopped waiting for it, the reading of the body included.
pub async fn deadline(State(app): State<App>, request: Request, next: Next) -> Response {
    let limit = app.config.request_timeout;
    let limit = caller_timeout(request.headers()).map_or(limit, |caller| caller.min(limit));
    let work = context::within(Instant::now() + limit, next.run(request));
    match time::timeout(limit, work).await {
        Ok(response) => response,
        Err(_) => Problem::new(
            StatusCode::GATEWAY_TIMEOUT,
            "deadline_exceeded",
            "The request was not done in time; it may or may not have had its effect.",
        )
        .into_response(),
    }
}

fn caller_timeout(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(CALLER_TIMEOUT)?.to_str().ok()?;
    match value.parse() {
        // Envoy's zero means that there is no limit.
        Ok(0) | Err(_) => None,
        Ok(milliseconds) => Some(Duration::from_millis(milliseconds)),
    }
}
