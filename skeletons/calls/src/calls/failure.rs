//! Why a call brought no answer, in the classes that make a difference to what is done next.

use std::error::Error;
use std::time::{Duration, SystemTime};

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// A call without the answer that was asked for.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Unanswered {
    /// The other side understood the call and will not do it.
    #[error("refused with {0}")]
    Refused(Refusal),
    #[error("{0}")]
    Failed(#[from] Failure),
}

/// An answer that is neither a success nor a failure of the other side: 3xx and 4xx.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: StatusCode,
<% if calls.passes_problems %>
    /// Whether the body is a problem (RFC 9457).
    pub is_problem: bool,
    pub body: Bytes,
<% else %>
    /// What it says is between us and the other side: our callers have no use for it.
    pub body: Bytes,
<% endif %>
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.status.as_u16())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Failure {
    pub reason: Reason,
    /// How long the other side, or its breaker, wants to be left alone.
    pub retry_after: Option<Duration>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Nothing arrived.
    #[error("no connection")]
    Unreachable,
    /// It may have arrived, and may have had its effect.
    #[error("no answer in time")]
    TimedOut,
    /// The request that the call was made for had no time left.
    #[error("no time left")]
    OutOfTime,
    #[error("the connection ended before the answer did")]
    Cut,
    /// 429 or 5xx.
    #[error("status {0}")]
    Status(StatusCode),
    #[error("an answer that cannot be read")]
    Garbled,
    /// Too many calls are under way.
    #[error("too many calls at once")]
    Saturated,
<% if calls.breakers %>
    /// It failed too often.
    #[error("its breaker is open")]
    Open,
<% endif %>
    /// A mistake of ours.
    #[error("a call that cannot be sent")]
    Unsendable,
}

impl Failure {
    pub fn of(reason: Reason) -> Self {
        Self {
            reason,
            retry_after: None,
        }
    }

    pub fn after(reason: Reason, retry_after: Duration) -> Self {
        Self {
            reason,
            retry_after: Some(retry_after),
        }
    }

    pub(super) fn unsendable(error: &dyn Error) -> Self {
        tracing::error!(%error, "a call cannot be sent");
        Self::of(Reason::Unsendable)
    }

<% if calls.hides_errors %>
    /// What our caller sees: nothing of what is missing, or why.
    pub fn problem(self) -> Problem {
        hidden(self.retry_after)
    }
<% else %>
    /// What our caller sees: who is missing, and nothing of why.
    pub fn problem(self, name: &str, code: &'static str) -> Problem {
        let detail = match self.reason {
            Reason::TimedOut | Reason::OutOfTime | Reason::Cut => {
                format!("{name} did not answer; it may or may not have done what it was asked to.")
            }
            _ => format!("{name} is unavailable."),
        };
        let soon = Duration::from_secs(1);
        Problem::unavailable(code, detail, self.retry_after.unwrap_or(soon))
    }
<% endif %>
}

impl Refusal {
<% if calls.hides_errors %>
    /// What our caller sees where no handler knows better: nothing of it.
    pub fn problem(self, name: &str) -> Problem {
        tracing::error!(name, status = self.status.as_u16(), "a call was refused");
        hidden(None)
    }
<% elif calls.passes_problems %>
    /// What our caller sees where no handler knows better: the problem itself, where it is about
    /// what was asked for.
    pub fn problem(self, name: &str, code: &'static str) -> Problem {
        if self.is_for_our_caller() {
            return Problem::passed_on(self.status, self.body);
        }
        tracing::error!(name, status = self.status.as_u16(), "a call was refused");
        let detail = format!("{name} refused what this service asked of it.");
        Problem::new(StatusCode::BAD_GATEWAY, code, detail)
    }

    /// Who may call the other side, and with what, is between us and it: our caller's client would
    /// take a 401 for its own.
    fn is_for_our_caller(&self) -> bool {
        let ours = [
            StatusCode::UNAUTHORIZED,
            StatusCode::FORBIDDEN,
            StatusCode::PROXY_AUTHENTICATION_REQUIRED,
        ];
        self.is_problem && self.status.is_client_error() && !ours.contains(&self.status)
    }
<% else %>
    /// What our caller sees where no handler knows better.
    pub fn problem(self, name: &str, code: &'static str) -> Problem {
        tracing::error!(name, status = self.status.as_u16(), "a call was refused");
        let detail = format!("{name} refused what this service asked of it.");
        Problem::new(StatusCode::BAD_GATEWAY, code, detail)
    }
<% endif %>
}
<% if calls.hides_errors %>

/// The same for all of them: what we call, and how it is, is nobody's business.
fn hidden(retry_after: Option<Duration>) -> Problem {
    let soon = Duration::from_secs(1);
    let detail = "This cannot be done at the moment.";
    Problem::unavailable("unavailable", detail, retry_after.unwrap_or(soon))
}
<% endif %>

impl Unanswered {
    /// What it tells about the other side: that it works, that it does not, or nothing.
    pub(super) fn works(&self) -> Option<bool> {
        let Self::Failed(failure) = self else {
            return Some(true);
        };
        match failure.reason {
            // Too much for it is not too bad for it.
            Reason::Status(StatusCode::TOO_MANY_REQUESTS) => Some(true),
            Reason::Unreachable | Reason::TimedOut | Reason::Cut => Some(false),
            Reason::Status(_) | Reason::Garbled => Some(false),
            Reason::OutOfTime | Reason::Saturated | Reason::Unsendable => None,
<% if calls.breakers %>
            Reason::Open => None,
<% endif %>
        }
    }

    /// The status, if there was one, and OpenTelemetry's `error.type`.
    pub(super) fn labels(&self) -> (Option<StatusCode>, String) {
        match self {
            Self::Refused(refusal) => (Some(refusal.status), refusal.to_string()),
            Self::Failed(failure) => match failure.reason {
                Reason::Status(status) => (Some(status), status.as_u16().to_string()),
                other => (None, format!("{other:?}").to_lowercase()),
            },
        }
    }
}

/// What an answer with this status and body is.
pub(super) fn classify(
    status: StatusCode,
    headers: &HeaderMap,
    body: Bytes,
) -> Result<Bytes, Unanswered> {
    if status.is_success() {
        return Ok(body);
    }
    if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
        return Err(Unanswered::Failed(Failure {
            reason: Reason::Status(status),
            retry_after: retry_after(headers),
        }));
    }
<% if calls.passes_problems %>
    let is_problem = is_problem(headers, &body);
    Err(Unanswered::Refused(Refusal {
        status,
        is_problem,
        body,
    }))
<% else %>
    Err(Unanswered::Refused(Refusal { status, body }))
<% endif %>
}
<% if calls.passes_problems %>

/// It is called one, and is an object.
fn is_problem(headers: &HeaderMap, body: &[u8]) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let object: Result<serde_json::Map<_, _>, _> = serde_json::from_slice(body);
    kind.eq_ignore_ascii_case("application/problem+json") && object.is_ok()
}
<% endif %>

/// A number of seconds or a date: RFC 9110 has both.
<% if enforcement.clippy and entities %>
#[expect(clippy::disallowed_methods, reason = "the header means this clock")]
<% endif %>
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}

/// JSON; nothing at all counts as `null`.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unanswered> {
    let body = if body.is_empty() { b"null" } else { body };
    serde_json::from_slice(body).map_err(|error| {
        tracing::warn!(%error, "an answer cannot be read");
        Failure::of(Reason::Garbled).into()
    })
}
