//! What a refusal looks like: RFC 9457 problem details, the same shape for every route.
//!
//! Which error type when, one for each layer (docs/adr/<{ record_of["error-handling"] }>):
//! - Whatever speaks HTTP returns a [`Problem`], and only that: handlers, extractors, limits.
<% if entities %>
//! - Storage returns a [`StoreError`], which knows nothing of HTTP: one variant for each outcome
//!   that a caller can act on. What each becomes is decided here.
//! - Rules return `garde::Result`; extractors gather all that are broken into one problem.
<% endif %>
//! - Settings are a [`ConfigError`](crate::config::ConfigError): the start ends with it, so that
//!   no request ever meets one.
//! - Whatever the caller cannot act on is [`Problem::internal`]: logged with all its causes, and
//!   told to nobody. <% if entities %>SQL, paths<% else %>Paths<% endif %> and panic messages never reach a client.
//! - Panics are defects; the outermost layer turns one into the same 500.

use std::{error::Error, time::Duration};

use axum::{
<% if calls.passes_problems %>
    body::Bytes,
<% endif %>
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::<% if entities %>{store::StoreError, telemetry}<% else %>telemetry<% endif %>;

pub type Result<T, E = Problem> = std::result::Result<T, E>;

/// Boxed, because a `Result` is as large as its larger half and handlers return many of them.
#[derive(Debug)]
pub struct Problem(Box<Parts>);

#[derive(Debug)]
struct Parts {
    status: StatusCode,
    code: &'static str,
    detail: String,
    errors: Vec<FieldError>,
    headers: HeaderMap,
<% if calls.passes_problems %>
    /// In place of our words those of whom we called.
    passed_on: Option<Bytes>,
<% endif %>
}

/// One thing wrong; `pointer` is a JSON pointer (RFC 6901) to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    pub pointer: String,
    pub detail: String,
}

<% if postgresql %>
/// Nothing was done, and done again it may succeed at once.
pub const OVERTAKEN: &str = "overtaken";

<% endif %>
/// The problem's code, left on the response for the log line.
#[derive(Clone, Copy, Debug)]
pub struct Code(pub &'static str);

impl Problem {
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            status,
            code,
            detail: detail.into(),
            errors: Vec::new(),
            headers: HeaderMap::new(),
<% if calls.passes_problems %>
            passed_on: None,
<% endif %>
        }))
    }
<% if calls.passes_problems %>

    /// What somebody whom we called says of the same request.
    pub fn passed_on(status: StatusCode, body: Bytes) -> Self {
        let mut problem = Self::new(status, "passed_on", "");
        problem.0.passed_on = Some(body);
        problem
    }
<% endif %>

    #[must_use]
    pub fn with_error(mut self, pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        self.0.errors.push(FieldError {
            pointer: pointer.into(),
            detail: detail.into(),
        });
        self
    }

    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.insert(name, value);
        self
    }

    pub fn not_found(what: &'static str) -> Self {
        let detail = format!("There is no such {what}.");
        Self::new(StatusCode::NOT_FOUND, "not_found", detail)
    }

<% if entities %>
    /// The body can be read, and breaks a rule; `errors` says which member breaks which.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = "The request breaks the rules listed under `errors`.";
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail);
        problem.0.errors = errors;
        problem
    }

    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

<% endif %>
<% if uses.versions %>
    pub fn precondition_failed() -> Self {
        let detail = "It was changed since the version named in `If-Match`: read it again.";
        let code = "precondition_failed";
        Self::new(StatusCode::PRECONDITION_FAILED, code, detail)
    }

    pub fn precondition_required() -> Self {
        let detail = "Send the `ETag` last read as `If-Match`, or `*` to overwrite any version.";
        let code = "precondition_required";
        Self::new(StatusCode::PRECONDITION_REQUIRED, code, detail)
    }

<% endif %>
    /// Nothing was done, and the same request may succeed later.
    pub fn unavailable(
        code: &'static str,
        detail: impl Into<String>,
        retry_after: Duration,
    ) -> Self {
        let seconds = retry_after.as_secs().max(1);
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, detail)
            .with_header(header::RETRY_AFTER, seconds.into())
    }

    pub fn internal(error: &dyn Error) -> Self {
        let causes: Vec<String> = std::iter::successors(error.source(), |&cause| cause.source())
            .map(ToString::to_string)
            .collect();
        tracing::error!(%error, ?causes, "internal error");
        Self::unexpected()
    }

    /// The answer to a defect that was logged already.
    pub(crate) fn unexpected() -> Self {
        let detail = "This is our mistake; the request id finds it in our logs.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
    }
}

<% if entities %>
impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let soon = Duration::from_secs(1);
        match error {
            StoreError::NotFound(what) => Self::not_found(what),
            StoreError::Duplicate(fields) => {
                let detail = format!("Another record has the same {}.", fields.join(", "));
                let problem = Self::conflict("duplicate", detail);
                fields.iter().fold(problem, |problem, field| {
                    problem.with_error(format!("/{field}"), "is taken")
                })
            }
            StoreError::MissingReference(field) => Self::invalid(Vec::new())
                .with_error(format!("/{field}"), "names nothing that exists"),
            StoreError::StillReferenced => {
                Self::conflict("still_referenced", "Other records refer to it.")
            }
            StoreError::Busy => Self::unavailable("busy", "The database is busy; try again.", soon),
<% if postgresql %>
            StoreError::Overtaken => {
                Self::unavailable(OVERTAKEN, "Others got in the way; try again.", soon)
            }
<% endif %>
            StoreError::Unavailable(reason) => {
                tracing::warn!(reason, "the database is unavailable");
                Self::unavailable("database_unavailable", "The database is unavailable.", soon)
            }
            StoreError::Database(error) => Self::internal(&error),
        }
    }
}

<% endif %>
#[derive(Serialize)]
struct Body<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self(parts) = self;
<% if calls.passes_problems %>
        let ours = axum::Json(Body {
<% else %>
        let body = axum::Json(Body {
<% endif %>
            r#type: format!("urn:problem-type:{}:{}", env!("CARGO_PKG_NAME"), parts.code),
            title: parts.status.canonical_reason().unwrap_or("Error"),
            status: parts.status.as_u16(),
            detail: &parts.detail,
            code: parts.code,
            request_id: telemetry::request_id(),
            errors: &parts.errors,
        });
<% if calls.passes_problems %>
        let body = match parts.passed_on {
            Some(theirs) => theirs.into_response(),
            None => ours.into_response(),
        };
<% endif %>
        let mut response = (parts.status, parts.headers, body).into_response();
        let media_type = HeaderValue::from_static("application/problem+json");
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, media_type);
        response.extensions_mut().insert(Code(parts.code));
        response
    }
}
