//! How we call this service: rates.
//!
//! - It is called once: what failed is not attempted again.
//! - An effect has a key, the same for as long as the same effect is meant, so that the other side
//!   knows a repetition: take it from the record that the call is about.
//! - Without it a request is answered with what stands in for it, and `x-degraded` says so.
//! - It can be done without: while it is down, this instance stays ready, and `/health` says so.

use serde::{Serialize, de::DeserializeOwned};

use crate::calls::{Answered, BaseUrl, Call, Calls, Endpoint, Refusal};
use crate::config::{self, Vars};
use crate::dependencies::Endpoints;
use crate::metrics::Metrics;
use crate::problem::Problem;

/// As logs, metrics and answers call it.
const NAME: &str = "rates";

/// What stands in for it, in the words of those who decided it.
pub const FALLBACK: &str = "nobody has said what";

pub fn endpoint(vars: &mut Vars) -> Endpoint {
    Endpoint {
        name: NAME,
        critical: false,
        url: vars.read(
            "APP_DEPENDENCY_RATES_URL",
            "http://127.0.0.1:8081",
            BaseUrl::parse,
        ),
        token: vars.read("APP_DEPENDENCY_RATES_TOKEN", "", config::token),
        timeout: vars.read("APP_DEPENDENCY_RATES_TIMEOUT", "2s", config::duration),
        concurrency: 32,
    }
}

/// Why there is no answer to a call.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It will not do what it was asked to. Whoever asked knows what that means; where nobody says
    /// so, it is 502.
    #[error("rates refused: {0}")]
    Refused(Refusal),
}

#[derive(Clone, Debug)]
pub struct Client(Calls);

impl Client {
    pub fn new(endpoints: &Endpoints, metrics: &Metrics) -> Self {
        let endpoint = &endpoints.rates;
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
        key: &str,
        body: &impl Serialize,
        instead: impl FnOnce() -> T,
    ) -> Result<Answered<T>, Error> {
        self.answered(Call::post(path, body).keyed(key), instead)
            .await
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
            Error::Refused(refusal) => refusal.problem(NAME, "rates_refused"),
        }
    }
}
