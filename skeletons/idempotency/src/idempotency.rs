//! Requests that may be sent again (docs/adr/<{ record_of["idempotency"] }>): whoever missed the
//! answer repeats the request with the same `Idempotency-Key`, and gets the answer that was missed.
//!
//! - The key, the effect and the answer are committed together: there is none without the others.
//! - Of two at once, one is worked on; the other waits for it and gets the same answer. Whoever
//!   has waited too long is told to come back, and may do so with the same key.
//! - Whatever is refused leaves its key free.
<% if access.checked %>
//! - A key counts for one caller, within one operation, that is a method and a route, and for
//!   `LIFETIME`.
<% else %>
//! - A key counts within one operation, that is a method and a route, and for `LIFETIME`.
<% endif %>

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, StatusCode, header, request::Parts};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use sha2::{Digest, Sha256};

<% if access.checked %>
use crate::access::Caller;
<% endif %>
use crate::app::App;
use crate::database::Connection;
use crate::extract;
use crate::problem::{Problem, Result};
use crate::store::idempotency::{self as store, Answer, Claim};
use crate::timestamp::Timestamp;

pub use crate::store::idempotency::Key;

/// How long a key is remembered; then it counts as new.
pub const LIFETIME: Duration = <{ keys.lifetime_ms|duration }>;

pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// More than any way to number requests needs.
const LONGEST_KEY: usize = 255;

/// How often expired keys are looked for.
const PAUSE: Duration = Duration::from_secs(60);

/// A request's key and its body.
#[derive(Clone, Debug)]
pub struct Keyed<T>(pub Key, pub T);

impl App {
    /// Has the effect once, however often it is asked for, and gives the same answer every time.
    pub async fn once<R: IntoResponse>(
        &self,
        key: Key,
        effect: impl AsyncFnOnce(&mut Connection) -> Result<R>,
    ) -> Result<Response> {
        let mut db = self.database.begin().await?;
        match store::claim(&mut db, &key, Timestamp::ago(LIFETIME)).await? {
            Claim::New => {}
            Claim::Answered(answer) => {
                self.metrics.replays.inc();
                return respond(answer);
            }
            Claim::Taken => return Err(reused()),
        }
        // What fails from here on takes the claim back with it.
        let answer = kept(effect(&mut db).await?.into_response()).await?;
        store::keep(&mut db, &key, &answer).await?;
        db.commit().await?;
        respond(answer)
    }
}

/// Deletes the keys that have expired, for as long as the service runs.
pub async fn forget_expired(app: App) {
    loop {
        tokio::time::sleep(PAUSE).await;
        if let Err(error) = forget(&app).await {
            tracing::warn!(?error, "expired keys are kept for now");
        }
    }
}

/// Deletes the keys that have expired by now, a batch a transaction so that others get their turn.
pub async fn forget(app: &App) -> Result<()> {
    let mut more = true;
    while more {
        let mut db = app.database.begin().await?;
        more = store::forget(&mut db, Timestamp::ago(LIFETIME)).await?;
        db.commit().await?;
    }
    Ok(())
}

impl<S: Send + Sync> FromRequestParts<S> for Key {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        key(parts, &[])
    }
}

impl<T, S> FromRequest<S> for Keyed<T>
where
    T: FromRequest<S, Rejection = Problem>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let body = Request::from_parts(parts.clone(), body);
        let body = extract::body(body, state).await?;
        let key = key(&parts, &body)?;
        let request = Request::from_parts(parts, Body::from(body));
        Ok(Self(key, T::from_request(request, state).await?))
    }
}

fn key(parts: &Parts, body: &[u8]) -> Result<Key> {
    let route = parts.extensions.get::<MatchedPath>();
    let route = route.map_or("", MatchedPath::as_str);
<% if access.checked %>
    let caller = parts.extensions.get::<Caller>();
<% if access.jwt %>
    let caller = caller.map_or("", |caller| &caller.subject);
<% else %>
    let caller = caller.map_or("", |caller| caller.name);
<% endif %>
<% endif %>
    let path = parts.uri.path();
    let hash = Sha256::new()
        .chain_update(path)
        // No path has a line break in it, so no other path and body make the same text.
        .chain_update("\n")
        .chain_update(canonical(body));
    Ok(Key {
<% if access.checked %>
        operation: format!("{caller} {} {route}", parts.method),
<% else %>
        operation: format!("{} {route}", parts.method),
<% endif %>
        key: header_value(&parts.headers)?,
        request: hash.finalize().to_vec(),
    })
}

/// JSON without spaces and in the order of its members' names: written another way, it asks for
/// the same.
fn canonical(body: &[u8]) -> Vec<u8> {
    let json: Option<Value> = serde_json::from_slice(body).ok();
    json.map_or_else(|| body.to_vec(), |json| json.to_string().into_bytes())
}

/// Taken with or without the quotes that the IETF's draft puts around it.
fn header_value(headers: &HeaderMap) -> Result<String> {
    let mut values = headers.get_all(IDEMPOTENCY_KEY).iter();
    let refuse = |code, detail| Problem::new(StatusCode::BAD_REQUEST, code, detail);
    let Some(value) = values.next() else {
        let detail = "Send an `Idempotency-Key`, and the same one whenever you repeat the request.";
        return Err(refuse("idempotency_key_required", detail));
    };
    let text = value.to_str().unwrap_or_default();
    let quoted = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let key = quoted.unwrap_or(text);
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'"';
    let fits = (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(plain);
    if fits && values.next().is_none() {
        return Ok(key.to_owned());
    }
    let detail = "Send one key: 1 to 255 letters, digits or signs of ASCII, without a space.";
    Err(refuse("idempotency_key_invalid", detail))
}

fn reused() -> Problem {
    let detail = "The key came with another request before: every request needs one of its own.";
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Problem::new(status, "idempotency_key_reused", detail)
}

/// The answer as it is kept: what the caller acts on, and nothing that was of its moment only.
async fn kept(response: Response) -> Result<Answer> {
    let (parts, body) = response.into_parts();
    let text = |name: HeaderName| {
        let value = parts.headers.get(name)?;
        value.to_str().ok().map(str::to_owned)
    };
    let body = to_bytes(body, usize::MAX).await;
    Ok(Answer {
        status: parts.status.as_u16().into(),
        location: text(header::LOCATION),
        etag: text(header::ETAG),
        body: body.map_err(|error| Problem::internal(&error))?.into(),
    })
}

/// The first answer takes the same way as those that repeat it, so that none can differ.
fn respond(answer: Answer) -> Result<Response> {
    let status = u16::try_from(answer.status).unwrap_or_default();
    let mut response = Response::builder().status(status);
    if !answer.body.is_empty() {
        response = response.header(header::CONTENT_TYPE, "application/json");
    }
    let headers = [
        (header::LOCATION, answer.location),
        (header::ETAG, answer.etag),
    ];
    for (name, value) in headers {
        if let Some(value) = value {
            response = response.header(name, value);
        }
    }
    let response = response.body(Body::from(answer.body));
    response.map_err(|error| Problem::internal(&error))
}
