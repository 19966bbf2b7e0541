//! How we call this service: notifications.
//! What for: telling the customer what became of the order.
//!
//! - What has an effect is done later: it is kept in the transaction of the change that it is about,
//!   and sent when this service is there, again and again until it has been taken, always with the
//!   same key, so that the other side knows a repetition.
//! - What it is only asked is asked at once.
//! - Without it a request that has something done goes on, and one that asks something is answered
//!   with 503.
//! - It can be done without: while it is down, this instance stays ready, and `/health` says so.

use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};

use crate::calls::retries::Repeat;
use crate::calls::{BaseUrl, Call, Calls, Endpoint, Failure, Refusal, Unanswered};
use crate::config::{self, Vars};
use crate::database::Connection;
use crate::dependencies::Endpoints;
use crate::metrics::Metrics;
use crate::problem::{self, Problem};

/// As logs, metrics and answers call it.
const NAME: &str = "notifications";

pub fn endpoint(vars: &mut Vars) -> Endpoint {
    Endpoint {
        name: NAME,
        critical: false,
        url: BaseUrl::read(
            vars,
            "APP_DEPENDENCY_NOTIFICATIONS_URL",
            "http://127.0.0.1:8083",
        ),
        token: vars.read("APP_DEPENDENCY_NOTIFICATIONS_TOKEN", "", config::token),
        timeout: vars.read(
            "APP_DEPENDENCY_NOTIFICATIONS_TIMEOUT",
            "2s",
            config::duration,
        ),
        concurrency: 16,
        attempts: 1,
        backoff: Duration::from_millis(100),
        repeat: Repeat::Unarrived,
        breaker: false,
    }
}

/// Why there is no answer to a call.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is down, or too slow, or has too much to do: 503.
    #[error("notifications is unavailable: {0}")]
    Unavailable(Failure),
    /// It will not do what it was asked to. Whoever asked knows what that means; where nobody says
    /// so, it is 502.
    #[error("notifications refused: {0}")]
    Refused(Refusal),
}

#[derive(Clone, Debug)]
pub struct Client(Calls);

impl Client {
    pub fn new(endpoints: &Endpoints, metrics: &Metrics) -> Self {
        let endpoint = &endpoints.notifications;
        Self(Calls::new(endpoint, metrics))
    }

    pub fn calls(&self) -> &Calls {
        &self.0
    }

    /// What is at a path.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Error> {
        Ok(self.0.call(&Call::get(path)).await?)
    }

    /// Has `body` sent to a path as soon as it can be, if the transaction that `db` is in is
    /// committed. What has the same `order`, the id of a record as a rule, arrives in the order in
    /// which it was kept.
    pub async fn enqueue(
        &self,
        db: &mut Connection,
        order: &str,
        path: &str,
        body: &impl Serialize,
    ) -> problem::Result<()> {
        self.0.enqueue(db, order, path, body).await
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
            Error::Unavailable(failure) => failure.problem(NAME, "notifications_unavailable"),
            Error::Refused(refusal) => refusal.problem(NAME, "notifications_refused"),
        }
    }
}
