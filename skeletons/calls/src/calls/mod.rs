//! How other services are called: what all calls have in common, whoever is called.
//!
//! - An attempt has a limit of its own, and ends with the request that it is made for; the other
//!   side is told how long it has, and by which request it is called.
//! - One call more than agreed fails at once: a slow neighbour does not collect our requests.
<% if calls.retries %>
//! - What failed may be attempted again: see [`retries`].
<% endif %>
<% if calls.breakers %>
//! - Whoever keeps failing is left alone for a while: see [`breaker`].
<% endif %>
//! - An answer is JSON of a bounded length. Redirects are not followed.
<% if calls.hides_errors %>
//! - That there is another side, and how it is, is told to the log alone: callers see one 503.
<% elif calls.passes_problems %>
//! - A problem (RFC 9457) with which the other side refuses what it was asked is passed on as it is
//!   where it is about the request; what it says of its own troubles goes to the log alone.
<% else %>
//! - What the other side says of its troubles goes to the log, not to our callers.
<% endif %>
//!
//! Call nobody while a transaction is open: it would last for as long as the other side likes.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::Method;
use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{self, Instant};
use tracing::Instrument;

use crate::config::Secret;
use crate::metrics::Metrics;
use crate::telemetry;

<% if calls.breakers %>
pub mod breaker;
<% endif %>
pub mod context;
mod failure;
<% if calls.fallbacks %>
mod fallback;
<% endif %>
mod health;
pub mod metrics;
<% if calls.queues %>
mod queue;
<% endif %>
<% if calls.retries %>
pub mod retries;
<% endif %>
mod wire;

<% if calls.breakers %>
use self::breaker::Breaker;
<% endif %>
pub use self::failure::{Failure, Reason, Refusal, Unanswered};
<% if calls.fallbacks %>
pub use self::fallback::Answered;
<% if calls.last_good %>
use self::fallback::LastGood;
<% endif %>
<% endif %>
use self::health::Health;
use self::metrics::Meters;
<% if calls.retries %>
use self::retries::{Repeat, Retries};
<% endif %>
pub use self::wire::BaseUrl;
use self::wire::{Attempt, Wire};

/// Where a service is, and how it is called.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// As logs and metrics call it.
    pub name: &'static str,
    /// Nothing works without it.
    pub critical: bool,
    pub url: BaseUrl,
    /// Sent as a bearer token.
    pub token: Option<Secret>,
    /// The longest that one attempt takes, connecting included.
    pub timeout: Duration,
    /// Calls at once.
    pub concurrency: usize,
<% if calls.retries %>
    /// Attempts of one call, the first included.
    pub attempts: u32,
    /// The longest pause before the second attempt; it doubles from one to the next.
    pub backoff: Duration,
    pub repeat: Repeat,
<% endif %>
<% if calls.breakers %>
    /// Whether it is left alone while it keeps failing.
    pub breaker: bool,
<% endif %>
}

/// One call, however many attempts it takes.
#[derive(Debug)]
pub struct Call {
    method: Method,
    path: String,
    key: Option<String>,
    body: Option<serde_json::Result<Bytes>>,
}

impl Call {
    /// Asks for what is at a path, which begins with `/` and may have a query.
    pub fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::GET,
            path: path.into(),
            key: None,
            body: None,
        }
    }

    pub fn post(path: impl Into<String>, body: &impl Serialize) -> Self {
        Self {
            method: Method::POST,
            body: Some(serde_json::to_vec(body).map(Bytes::from)),
            ..Self::get(path)
        }
    }

    /// With a key by which the other side knows that it has done this already.
    #[must_use]
    pub fn keyed(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }
}

/// The way to one service; clones share its limits.
#[derive(Clone, Debug)]
pub struct Calls(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    endpoint: Endpoint,
    wire: Wire,
    /// One permit for each call under way.
    slots: Semaphore,
    health: Health,
    meters: Meters,
<% if calls.retries %>
    retries: Retries,
<% endif %>
<% if calls.breakers %>
    breaker: Option<Breaker>,
<% endif %>
<% if calls.last_good %>
    last_good: LastGood,
<% endif %>
}

impl Calls {
    pub fn new(endpoint: &Endpoint, metrics: &Metrics) -> Self {
        let meters = metrics.calls.of(endpoint);
        Self(Arc::new(Inner {
            wire: Wire::new(endpoint),
            slots: Semaphore::new(endpoint.concurrency),
            health: Health::new(meters.up.clone()),
<% if calls.retries %>
            retries: Retries::new(endpoint, &meters),
<% endif %>
<% if calls.breakers %>
            breaker: endpoint.breaker.then(|| Breaker::new(meters.open.clone())),
<% endif %>
<% if calls.last_good %>
            last_good: LastGood::default(),
<% endif %>
            meters,
            endpoint: endpoint.clone(),
        }))
    }

    pub fn endpoint(&self) -> &Endpoint {
        &self.0.endpoint
    }

    /// The answer to a call, or why there is none.
    pub async fn call<T: DeserializeOwned>(&self, call: &Call) -> Result<T, Unanswered> {
        self.told(self.answer(call)).await
    }

<% if calls.queues %>
    /// The answer to a single attempt, for whoever makes the next one another time.
    async fn call_once<T: DeserializeOwned>(&self, call: &Call) -> Result<T, Unanswered> {
        let attempt = async {
            let _slot = self.slot()?;
            self.attempt(call, None, 0).await
        };
        self.told(attempt).await
    }

<% endif %>
    /// Leaves a line about a call.
    async fn told<T>(
        &self,
        answer: impl Future<Output = Result<T, Unanswered>>,
    ) -> Result<T, Unanswered> {
        let started = Instant::now();
        let answer = answer.await;
        let dependency = self.0.endpoint.name;
        let duration_ms = telemetry::milliseconds(started.elapsed());
        match &answer {
            Ok(_) => tracing::debug!(dependency, duration_ms, "called"),
            Err(error) => tracing::warn!(dependency, duration_ms, %error, "call failed"),
        }
        answer
    }

    async fn answer<T: DeserializeOwned>(&self, call: &Call) -> Result<T, Unanswered> {
        let _slot = self.slot()?;
        let until = context::until();
<% if calls.retries %>
        let attempt = |resend| self.attempt(call, until, resend);
        self.0.retries.run(until, attempt).await
<% else %>
        self.attempt(call, until, 0).await
<% endif %>
    }

    /// Room for one more call.
    fn slot(&self) -> Result<SemaphorePermit<'_>, Failure> {
        self.0.slots.try_acquire().map_err(|_| {
            self.0.meters.shed.inc();
            Failure::of(Reason::Saturated)
        })
    }

    async fn attempt<T: DeserializeOwned>(
        &self,
        call: &Call,
        until: Option<Instant>,
        resend: u32,
    ) -> Result<T, Unanswered> {
        let inner = &*self.0;
        let timeout = inner.endpoint.timeout;
        let left = until.map_or(timeout, |until| until - Instant::now());
        let limit = timeout.min(left);
        if limit.is_zero() {
            return Err(Failure::of(Reason::OutOfTime).into());
        }
        let attempt = Attempt {
            call,
            limit,
            resend,
        };
        let request = inner.wire.request(&attempt)?;
<% if calls.breakers %>
        let permit = match &inner.breaker {
            Some(breaker) => Some(breaker.ask()?),
            None => None,
        };
<% endif %>
        let watch = inner.meters.begin(&call.method);
        let exchange = inner.wire.exchange(request);
        let exchange = exchange.instrument(inner.wire.span(&attempt));
        let outcome = match time::timeout(limit, exchange).await {
            Ok(outcome) => outcome,
            // The request was over before the attempt was: that tells nothing about the other side.
            Err(_) if limit < timeout => Err(Failure::of(Reason::OutOfTime).into()),
            Err(_) => Err(Failure::of(Reason::TimedOut).into()),
        };
        let answer = outcome.and_then(|answer| Ok((failure::read(&answer.body)?, answer)));
        let said = watch.end(answer.as_ref().map(|(_, answer)| answer.status));
        if let Some(works) = said {
            inner.health.note(works);
        }
<% if calls.breakers %>
        if let (Some(permit), Some(works)) = (permit, said) {
            permit.note(works);
        }
<% endif %>
        let (value, <% if calls.last_good %>answer<% else %>_<% endif %>) = answer?;
<% if calls.last_good %>
        if call.method == Method::GET {
            inner.last_good.keep(&call.path, answer.body);
        }
<% endif %>
        Ok(value)
    }

    /// Whether it is down, as the last calls have shown. Nobody may call what is down any more, so
    /// then it is asked whether it is back.
    pub async fn is_down(&self, limit: Duration) -> bool {
        let inner = &*self.0;
        if inner.health.is_down() {
            let limit = limit.min(inner.endpoint.timeout);
            let alive = time::timeout(limit, inner.wire.is_alive(limit)).await;
            inner.health.note(alive.unwrap_or(false));
        }
        inner.health.is_down()
    }
}
