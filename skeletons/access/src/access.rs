//! Who calls, and whether they may (docs/adr/<{ record_of["access"] }>).
//!
//! Every route of ours is behind this one layer, so that none can be forgotten; probes and the
//! document are not. The log and the metrics name the caller.

<% if access.jwt or access.limited %>
use std::time::Duration;

<% endif %>
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, <% if access.readers %>Method, <% endif %>StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
<% if access.jwt %>
use crate::issuer::Refused;
<% endif %>
use crate::problem::{Problem, Result};

/// A token came along, and is none.
const INVALID: &str = "Bearer error=\"invalid_token\"";

<% if access.jwt %>
/// The clients of the issuer that logs and metrics tell apart, as tokens name them.
const CLIENTS: [&str; <{ access.callers|length }>] = [⟦<% for caller in access.callers %>"<{ caller.slug }>"<% if not loop.last %>, <% endif %><% endfor %>⟧];

<% if access.readers %>
<% set readers = access.callers|rejectattr("writes")|list %>
/// Those of them that may only read.
const READERS: [&str; <{ readers|length }>] = [⟦<% for caller in readers %>"<{ caller.slug }>"<% if not loop.last %>, <% endif %><% endfor %>⟧];

<% endif %>
/// All others: what a token says must not make a series of its own.
pub const OTHER: &str = "other";

/// Who sent a request.
#[derive(Clone, Debug, PartialEq, Eq)]
<% else %>
/// Who sent a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
<% endif %>
pub struct Caller {
    /// As logs and metrics call it.
    pub name: &'static str,
<% if access.jwt %>
    /// As the issuer knows it: a person, as a rule, and so in no log.
    pub subject: String,
<% endif %>
<% if access.readers %>
    /// May change things, not only read them.
    pub writes: bool,
<% endif %>
}

<% if access.jwt %>
impl Caller {
    /// Whom a token is about, and by which client it comes.
    pub fn new(client: Option<&str>, subject: String) -> Self {
        let name = CLIENTS.into_iter().find(|known| client == Some(known));
        let name = name.unwrap_or(OTHER);
<% if access.readers %>
        Self {
            name,
            subject,
            writes: !READERS.contains(&name),
        }
<% else %>
        Self { name, subject }
<% endif %>
    }
}

<% endif %>
/// Lets a request through whose caller is known<% if access.readers %> and may do this<% endif %>.
pub async fn admit(State(app): State<App>, mut request: Request, next: Next) -> Response {
<% if access.readers %>
    let caller = check(&app, request.headers(), request.method())<% if access.jwt %>.await<% endif %>;
<% else %>
    let caller = check(&app, request.headers())<% if access.jwt %>.await<% endif %>;
<% endif %>
    match caller {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(refusal) => refusal.into_response(),
    }
}

<% if access.readers %>
<% if access.jwt %>async <% endif %>fn check(app: &App, headers: &HeaderMap, method: &Method) -> Result<Caller> {
<% else %>
<% if access.jwt %>async <% endif %>fn check(app: &App, headers: &HeaderMap) -> Result<Caller> {
<% endif %>
    let caller = known(app, headers)<% if access.jwt %>.await<% endif %>;
    let caller = caller.inspect_err(|_| app.metrics.unauthenticated.inc())?;
    tracing::Span::current().record("caller", caller.name);
    app.metrics.request_of(caller.name);
<% if access.readers %>
    if !caller.writes && !method.is_safe() {
        return Err(forbidden());
    }
<% endif %>
<% if access.limited %>
    if let Err(wait) = app.rates.take(caller.name) {
        app.metrics.limited(caller.name);
        return Err(too_many(wait));
    }
<% endif %>
    Ok(caller)
}

<% if access.jwt %>
async fn known(app: &App, headers: &HeaderMap) -> Result<Caller> {
    let caller = app.issuer.caller(bearer(headers)?).await;
    caller.map_err(|refused| match refused {
        Refused::Invalid => unauthenticated(INVALID, "This token does not count, or not now."),
        Refused::NoKeys => {
            let detail = "The keys of the issuer are not known yet; try again.";
            Problem::unavailable("issuer_unknown", detail, Duration::from_secs(1))
        }
    })
}
<% else %>
fn known(app: &App, headers: &HeaderMap) -> Result<Caller> {
    let caller = app.config.tokens.caller(bearer(headers)?);
    caller.ok_or_else(|| unauthenticated(INVALID, "This token is not known."))
}
<% endif %>

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
<% if access.readers %>

fn forbidden() -> Problem {
    let challenge = HeaderValue::from_static("Bearer error=\"insufficient_scope\"");
    let detail = "This caller may read, and nothing else.";
    Problem::new(StatusCode::FORBIDDEN, "forbidden", detail)
        .with_header(header::WWW_AUTHENTICATE, challenge)
}
<% endif %>
<% if access.limited %>

fn too_many(wait: Duration) -> Problem {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    let detail = "This caller sends more requests per second than it said that it would.";
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate_exceeded", detail)
        .with_header(header::RETRY_AFTER, seconds.into())
}
<% endif %>
