//! How we call this service: payments.
//! What for: reserving the amount when an order is placed.
//!
//! - Calling it twice is not safe: attempted again, 2 times in all, is only what provably
//!   never arrived.
//! - An effect has a key, the same for as long as the same effect is meant, so that the other side
//!   knows a repetition: take it from the record that the call is about.
//! - While it keeps failing, it is left alone.
//! - Without it a request is answered with 503.
//! - Nothing works without it: while it is down, this instance is not ready.

use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};

use crate::calls::retries::Repeat;
use crate::calls::{BaseUrl, Call, Calls, Endpoint, Failure, Refusal, Unanswered};
use crate::config::{self, Vars};
use crate::dependencies::Endpoints;
use crate::metrics::Metrics;
use crate::problem::Problem;

/// As logs, metrics and answers call it.
const NAME: &str = "payments";

pub fn endpoint(vars: &mut Vars) -> Endpoint {
    Endpoint {
        name: NAME,
        critical: true,
        url: BaseUrl::read(vars, "APP_DEPENDENCY_PAYMENTS_URL", "http://127.0.0.1:8081"),
        token: vars.read("APP_DEPENDENCY_PAYMENTS_TOKEN", "", config::token),
        timeout: vars.read("APP_DEPENDENCY_PAYMENTS_TIMEOUT", "800ms", config::duration),
        concurrency: 32,
        attempts: 2,
        backoff: Duration::from_millis(100),
        repeat: Repeat::Unarrived,
        breaker: true,
    }
}

/// Why there is no answer to a call.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is down, or too slow, or has too much to do: 503.
    #[error("payments is unavailable: {0}")]
    Unavailable(Failure),
    /// It will not do what it was asked to. Whoever asked knows what that means; where nobody says
    /// so, it is 502.
    #[error("payments refused: {0}")]
    Refused(Refusal),
}

#[derive(Clone, Debug)]
pub struct Client(Calls);

impl Client {
    pub fn new(endpoints: &Endpoints, metrics: &Metrics) -> Self {
        let endpoint = &endpoints.payments;
        Self(Calls::new(endpoint, metrics))
    }

    pub fn calls(&self) -> &Calls {
        &self.0
    }

    /// What is at a path.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Error> {
        Ok(self.0.call(&Call::get(path)).await?)
    }

    /// What is answered to `body`.
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        key: &str,
        body: &impl Serialize,
    ) -> Result<T, Error> {
        Ok(self.0.call(&Call::post(path, body).keyed(key)).await?)
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
            Error::Unavailable(failure) => failure.problem(NAME, "payments_unavailable"),
            Error::Refused(refusal) => refusal.problem(NAME, "payments_refused"),
        }
    }
}
