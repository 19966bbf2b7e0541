//! How we call this service: a-very-long-name-that-somebody-wrote-out.
//!
//! - Calling it twice is safe: what failed is attempted 2 times in all.
//! - Without it a request is answered with what stands in for it, and `x-degraded` says so.
//! - Nothing works without it: while it is down, this instance is not ready.

use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};

use crate::calls::retries::Repeat;
use crate::calls::{Answered, BaseUrl, Call, Calls, Endpoint, Refusal};
use crate::config::{self, Vars};
use crate::dependencies::Endpoints;
use crate::metrics::Metrics;
use crate::problem::Problem;

/// As logs, metrics and answers call it.
const NAME: &str = "a-very-long-name-that-somebody-wrote-out";

/// What stands in for it, in the words of those who decided it.
pub const FALLBACK: &str = "a \"quoted\" */ {{ text }} that is so long that it does not fit on the line behind the constant, and more";

pub fn endpoint(vars: &mut Vars) -> Endpoint {
    Endpoint {
        name: NAME,
        critical: true,
        url: vars.read(
            "APP_DEPENDENCY_A_VERY_LONG_NAME_THAT_SOMEBODY_WROTE_OUT_URL",
            "http://127.0.0.1:8084",
            BaseUrl::parse,
        ),
        token: vars.read(
            "APP_DEPENDENCY_A_VERY_LONG_NAME_THAT_SOMEBODY_WROTE_OUT_TOKEN",
            "",
            config::token,
        ),
        timeout: vars.read(
            "APP_DEPENDENCY_A_VERY_LONG_NAME_THAT_SOMEBODY_WROTE_OUT_TIMEOUT",
            "1234ms",
            config::duration,
        ),
        concurrency: 32,
        attempts: 2,
        backoff: Duration::from_millis(100),
        repeat: Repeat::Failed,
        breaker: false,
    }
}

/// Why there is no answer to a call.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It will not do what it was asked to. Whoever asked knows what that means; where nobody says
    /// so, it is 502.
    #[error("a-very-long-name-that-somebody-wrote-out refused: {0}")]
    Refused(Refusal),
}

#[derive(Clone, Debug)]
pub struct Client(Calls);

impl Client {
    pub fn new(endpoints: &Endpoints, metrics: &Metrics) -> Self {
        let endpoint = &endpoints.a_very_long_name_that_somebody_wrote_out;
        Self(Calls::new(endpoint, metrics))
    }

    pub fn calls(&self) -> &Calls {
        &self.0
    }

    /// What is at a path, or `instead`: see [`FALLBACK`].
    pub async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        instead: impl FnOnce() -> T,
    ) -> Result<Answered<T>, Error> {
        self.answered(Call::get(path), instead).await
    }

    /// What is answered to `body`, or `instead`.
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        instead: impl FnOnce() -> T,
    ) -> Result<Answered<T>, Error> {
        self.answered(Call::post(path, body), instead).await
    }

    async fn answered<T: DeserializeOwned>(
        &self,
        call: Call,
        instead: impl FnOnce() -> T,
    ) -> Result<Answered<T>, Error> {
        let answer = self.0.call_or(&call, FALLBACK, instead).await;
        answer.map_err(Error::Refused)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => {
                refusal.problem(NAME, "a_very_long_name_that_somebody_wrote_out_refused")
            }
        }
    }
}
