//! How we call this service: shipping-rates.
//! What for: the price of the delivery, shown before the order is placed.
//!
//! - Calling it twice is safe: what failed is attempted 2 times in all.
//! - Without it a request is answered with what stands in for it, and `x-degraded` says so.
//! - It can be done without: while it is down, this instance stays ready, and `/health` says so.

use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};

use crate::calls::retries::Repeat;
use crate::calls::{Answered, BaseUrl, Call, Calls, Endpoint, Refusal};
use crate::config::{self, Vars};
use crate::dependencies::Endpoints;
use crate::metrics::Metrics;
use crate::problem::Problem;

/// As logs, metrics and answers call it.
const NAME: &str = "shipping-rates";

/// What stands in for it, in the words of those who decided it.
pub const FALLBACK: &str = "the flat rate of 4.90 EUR, marked as estimated";

pub fn endpoint(vars: &mut Vars) -> Endpoint {
    Endpoint {
        name: NAME,
        critical: false,
        url: BaseUrl::read(
            vars,
            "APP_DEPENDENCY_SHIPPING_RATES_URL",
            "http://127.0.0.1:8082",
        ),
        token: vars.read("APP_DEPENDENCY_SHIPPING_RATES_TOKEN", "", config::token),
        timeout: vars.read(
            "APP_DEPENDENCY_SHIPPING_RATES_TIMEOUT",
            "500ms",
            config::duration,
        ),
        concurrency: 16,
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
    #[error("shipping-rates refused: {0}")]
    Refused(Refusal),
}

#[derive(Clone, Debug)]
pub struct Client(Calls);

impl Client {
    pub fn new(endpoints: &Endpoints, metrics: &Metrics) -> Self {
        let endpoint = &endpoints.shipping_rates;
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
            Error::Refused(refusal) => refusal.problem(NAME, "shipping_rates_refused"),
        }
    }
}
