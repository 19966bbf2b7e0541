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
    /// What it says is between us and the other side: our callers have no use for it.
    pub body: Bytes,
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
    /// It failed too often.
    #[error("its breaker is open")]
    Open,
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
}

impl Refusal {
    /// What our caller sees where no handler knows better.
    pub fn problem(self, name: &str, code: &'static str) -> Problem {
        tracing::error!(name, status = self.status.as_u16(), "a call was refused");
        let detail = format!("{name} refused what this service asked of it.");
        Problem::new(StatusCode::BAD_GATEWAY, code, detail)
    }
}

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
            Reason::Open => None,
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
    Err(Unanswered::Refused(Refusal { status, body }))
}

/// A number of seconds or a date: RFC 9110 has both.
#[expect(clippy::disallowed_methods, reason = "the header means this clock")]
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
