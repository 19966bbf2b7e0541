//! Who calls, and whether they may (docs/adr/0011-access.md).
//!
//! Every route of ours is behind this one layer, so that none can be forgotten; probes and the
//! document are not. The log and the metrics name the caller.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::problem::{Problem, Result};

/// A token came along, and is none.
const INVALID: &str = "Bearer error=\"invalid_token\"";

/// Who sent a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// As logs and metrics call it.
    pub name: &'static str,
    /// May change things, not only read them.
    pub writes: bool,
}

/// Lets a request through whose caller is known and may do this.
pub async fn admit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let caller = check(&app, request.headers(), request.method());
    match caller {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(refusal) => refusal.into_response(),
    }
}

fn check(app: &App, headers: &HeaderMap, method: &Method) -> Result<Caller> {
    let caller = known(app, headers);
    let caller = caller.inspect_err(|_| app.metrics.unauthenticated.inc())?;
    tracing::Span::current().record("caller", caller.name);
    app.metrics.request_of(caller.name);
    if !caller.writes && !method.is_safe() {
        return Err(forbidden());
    }
    if let Err(wait) = app.rates.take(caller.name) {
        app.metrics.limited(caller.name);
        return Err(too_many(wait));
    }
    Ok(caller)
}

fn known(app: &App, headers: &HeaderMap) -> Result<Caller> {
    let caller = app.config.tokens.caller(bearer(headers)?);
    caller.ok_or_else(|| unauthenticated(INVALID, "This token is not known."))
}

/// What RFC 6750 calls a bearer token: anything else is nothing that anybody could check.
fn bearer(headers: &HeaderMap) -> Result<&str> {
    let missing = || unauthenticated("Bearer", "Send a token: `Authorization: Bearer …`.");
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(missing());
    };
    let value = value.to_str().map_err(|_| missing())?;
    match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.trim()),
        _ => Err(missing()),
    }
}

fn unauthenticated(challenge: &'static str, detail: &'static str) -> Problem {
    let challenge = HeaderValue::from_static(challenge);
    Problem::new(StatusCode::UNAUTHORIZED, "unauthenticated", detail)
        .with_header(header::WWW_AUTHENTICATE, challenge)
}

fn forbidden() -> Problem {
    let challenge = HeaderValue::from_static("Bearer error=\"insufficient_scope\"");
    let detail = "This caller may read, and nothing else.";
    Problem::new(StatusCode::FORBIDDEN, "forbidden", detail)
        .with_header(header::WWW_AUTHENTICATE, challenge)
}

fn too_many(wait: Duration) -> Problem {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    let detail = "This caller sends more requests per second than it said that it would.";
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate_exceeded", detail)
        .with_header(header::RETRY_AFTER, seconds.into())
}
