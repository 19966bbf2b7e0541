//! How we call this service: match.
//!
//! - Calling it twice is safe: what failed is attempted 5 times in all.
//! - Without it a request is answered with its last good answer to the same question, and
//!   `x-degraded` says so; if there is none, with 503.
//! - It can be done without: while it is down, this instance stays ready, and `/health` says so.

use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};

use crate::calls::retries::Repeat;
use crate::calls::{Answered, BaseUrl, Call, Calls, Endpoint, Failure, Refusal, Unanswered};
use crate::config::{self, Vars};
use crate::dependencies::Endpoints;
use crate::metrics::Metrics;
use crate::problem::Problem;

/// As logs, metrics and answers call it.
const NAME: &str = "match";

pub fn endpoint(vars: &mut Vars) -> Endpoint {
    Endpoint {
        name: NAME,
        critical: false,
        url: vars.read(
            "APP_DEPENDENCY_MATCH_URL",
            "http://127.0.0.1:8082",
            BaseUrl::parse,
        ),
        token: vars.read("APP_DEPENDENCY_MATCH_TOKEN", "", config::token),
        timeout: vars.read("APP_DEPENDENCY_MATCH_TIMEOUT", "2s", config::duration),
        concurrency: 32,
        attempts: 5,
        backoff: Duration::from_secs(60),
        repeat: Repeat::Failed,
        breaker: false,
    }
}

/// Why there is no answer to a call.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is down, or too slow, or has too much to do: 503.
    #[error("match is unavailable: {0}")]
    Unavailable(Failure),
    /// It will not do what it was asked to. Whoever asked knows what that means; where nobody says
    /// so, it is 502.
    #[error("match refused: {0}")]
    Refused(Refusal),
}

#[derive(Clone, Debug)]
pub struct Client(Calls);

impl Client {
    pub fn new(endpoints: &Endpoints, metrics: &Metrics) -> Self {
        let endpoint = &endpoints.match_service;
        Self(Calls::new(endpoint, metrics))
    }

    pub fn calls(&self) -> &Calls {
        &self.0
    }

    /// What is at a path, or what was there last.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<Answered<T>, Error> {
        Ok(self.0.call_or_last_good(&Call::get(path)).await?)
    }

    /// What is answered to `body`.
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Error> {
        Ok(self.0.call(&Call::post(path, body)).await?)
    }
}

impl From<Unanswered> for Error {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Failed(failure) => Self::Unavailable(failure),
            Unanswered::Refused(refusal) => Self::Refused(refusal),
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Unavailable(failure) => failure.problem(NAME, "match_service_unavailable"),
            Error::Refused(refusal) => refusal.problem(NAME, "match_service_refused"),
        }
    }
}
