<% set stands_in = dependency.when_down == "fallback" and not dependency.last_good %>
<% set fails = not stands_in %>
<{ dependency.name|doc("//! How we call this service: ", "//! ") }>.
<% if dependency.purpose %>
<{ dependency.purpose|doc("//! What for: ", "//! ") }>.
<% endif %>
//!
<% if dependency.queued %>
//! - What has an effect is done later: it is kept in the transaction of the change that it is about,
//!   and sent when this service is there, again and again until it has been taken, always with the
//!   same key, so that the other side knows a repetition.
//! - What it is only asked is asked at once<% if dependency.attempts > 1 %>, <{ dependency.attempts }> times at most<% endif %>.
<% elif dependency.attempts == 1 %>
//! - It is called once: what failed is not attempted again.
<% elif dependency.twice_safe %>
//! - Calling it twice is safe: what failed is attempted <{ dependency.attempts }> times in all.
<% else %>
//! - Calling it twice is not safe: attempted again, <{ dependency.attempts }> times in all, is only what provably
//!   never arrived.
<% endif %>
<% if not dependency.twice_safe and not dependency.queued %>
//! - An effect has a key, the same for as long as the same effect is meant, so that the other side
//!   knows a repetition: take it from the record that the call is about.
<% endif %>
<% if dependency.breaker %>
//! - While it keeps failing, it is left alone.
<% endif %>
<% if stands_in %>
//! - Without it a request is answered with what stands in for it, and `x-degraded` says so.
<% elif dependency.last_good %>
//! - Without it a request is answered with its last good answer to the same question, and
//!   `x-degraded` says so; if there is none, with 503.
<% elif dependency.queued %>
//! - Without it a request that has something done goes on, and one that asks something is answered
//!   with 503.
<% elif dependency.issuer %>
//! - Without it the keys that were seen last count on: [`crate::issuer`].
<% else %>
//! - Without it a request is answered with 503.
<% endif %>
<% if dependency.critical %>
//! - Nothing works without it: while it is down, this instance is not ready.
<% else %>
//! - It can be done without: while it is down, this instance stays ready, and `/health` says so.
<% endif %>

<% if calls.retries %>
use std::time::Duration;

<% endif %>
use serde::{Serialize, de::DeserializeOwned};

<% if calls.retries %>
use crate::calls::retries::Repeat;
<% endif %>
<{ use_line("crate::calls", ["BaseUrl", "Call", "Calls", "Endpoint", "Refusal"] + (["Failure", "Unanswered"] if fails else []) + (["Answered"] if dependency.when_down == "fallback" else [])) }>
use crate::config::{self, Vars};
<% if dependency.queued %>
use crate::database::Connection;
<% endif %>
use crate::dependencies::Endpoints;
use crate::metrics::Metrics;
use crate::problem::<% if dependency.queued %>{self, Problem}<% else %>Problem<% endif %>;

/// As logs, metrics and answers call it.
const NAME: &str = "<{ dependency.slug }>";

<% if stands_in %>
/// What stands in for it, in the words of those who decided it.
pub const FALLBACK: &str =¦ <% if dependency.fallback %><{ dependency.fallback|rust }><% else %>"nobody has said what"<% endif %>;

<% endif %>
pub fn endpoint(vars: &mut Vars) -> Endpoint {
    Endpoint {
        name: NAME,
        critical: <% if dependency.critical %>true<% else %>false<% endif %>,
        url: BaseUrl::read(⟦vars, "APP_DEPENDENCY_<{ dependency.setting }>_URL", <% if dependency.issuer %><{ access.issuer|rust }><% else %>"http://127.0.0.1:<{ dependency.port }>"<% endif %>⟧),
        token: vars.read(⟦"APP_DEPENDENCY_<{ dependency.setting }>_TOKEN", "", config::token⟧),
        timeout: vars.read(⟦"APP_DEPENDENCY_<{ dependency.setting }>_TIMEOUT", "<{ dependency.timeout_ms|setting }>", config::duration⟧),
        concurrency: <{ dependency.concurrency|grouped }>,
<% if calls.retries %>
        attempts: <{ dependency.attempts }>,
        backoff: <{ dependency.backoff_ms|duration }>,
        repeat: Repeat::<% if dependency.twice_safe %>Failed<% else %>Unarrived<% endif %>,
<% endif %>
<% if calls.breakers %>
        breaker: <% if dependency.breaker %>true<% else %>false<% endif %>,
<% endif %>
    }
}

/// Why there is no answer to a call.
#[derive(Debug, thiserror::Error)]
pub enum Error {
<% if fails %>
    /// It is down, or too slow, or has too much to do: 503.
    #[error("<{ dependency.slug }> is unavailable: {0}")]
    Unavailable(Failure),
<% endif %>
<% if calls.hides_errors %>
    /// It will not do what it was asked to. Whoever asked knows what that means; where nobody says
    /// so, it is 503 as well.
<% elif calls.passes_problems %>
    /// It will not do what it was asked to. Whoever asked knows what that means; where nobody says
    /// so, its problem is passed on, and what is none is 502.
<% else %>
    /// It will not do what it was asked to. Whoever asked knows what that means; where nobody says
    /// so, it is 502.
<% endif %>
    #[error("<{ dependency.slug }> refused: {0}")]
    Refused(Refusal),
}

#[derive(Clone, Debug)]
pub struct Client(Calls);

impl Client {
    pub fn new(endpoints: &Endpoints, metrics: &Metrics) -> Self {
        let endpoint = &endpoints.<{ dependency.module }>;
        Self(Calls::new(endpoint, metrics))
    }

    pub fn calls(&self) -> &Calls {
        &self.0
    }

<% if stands_in %>
    /// What is at a path, or `instead`: see [`FALLBACK`].
    pub async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        instead: impl FnOnce() -> T,
    ) -> Result<Answered<T>, Error> {
        self.answered(Call::get(path), instead).await
    }

    /// What is answered to `body`, or `instead`.
<% if dependency.twice_safe %>
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        instead: impl FnOnce() -> T,
    ) -> Result<Answered<T>, Error> {
        self.answered(Call::post(path, body), instead).await
    }
<% else %>
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
<% endif %>

    async fn answered<T: DeserializeOwned>(
        &self,
        call: Call,
        instead: impl FnOnce() -> T,
    ) -> Result<Answered<T>, Error> {
        let answer = self.0.call_or(&call, FALLBACK, instead).await;
        answer.map_err(Error::Refused)
    }
<% else %>
<% if dependency.last_good %>
    /// What is at a path, or what was there last.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<Answered<T>, Error> {
        Ok(self.0.call_or_last_good(&Call::get(path)).await?)
    }
<% else %>
    /// What is at a path.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Error> {
        Ok(self.0.call(&Call::get(path)).await?)
    }
<% endif %>

<% if dependency.queued %>
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
<% elif dependency.twice_safe %>
    /// What is answered to `body`.
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Error> {
        Ok(self.0.call(&Call::post(path, body)).await?)
    }
<% else %>
    /// What is answered to `body`.
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        key: &str,
        body: &impl Serialize,
    ) -> Result<T, Error> {
        Ok(self.0.call(&Call::post(path, body).keyed(key)).await?)
    }
<% endif %>
<% endif %>
}

<% if fails %>
impl From<Unanswered> for Error {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Failed(failure) => Self::Unavailable(failure),
            Unanswered::Refused(refusal) => Self::Refused(refusal),
        }
    }
}

<% endif %>
impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
<% if fails %>
            Error::Unavailable(failure) => ¦failure.problem(<% if not calls.hides_errors %>⟦NAME, "<{ dependency.module }>_unavailable"⟧<% endif %>),
<% endif %>
            Error::Refused(refusal) => ¦refusal.problem(<% if calls.hides_errors %>NAME<% else %>⟦NAME, "<{ dependency.module }>_refused"⟧<% endif %>),
        }
    }
}
