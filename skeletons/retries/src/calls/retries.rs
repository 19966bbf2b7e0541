//! When a failed call is attempted again: only what may be, after a pause, and within a budget.
//!
//! - The pause is drawn at random between nothing and a bound that doubles from one attempt to the
//!   next: clients that failed together would otherwise come back together.
//! - All calls together may cause a tenth as many further attempts. Against a lost packet that is
//!   plenty; a service that is down gets a tenth more calls instead of twice as many.
//! - Who asks to be left alone for a while is left alone.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::http::StatusCode;
use tokio::time::{self, Instant};

use super::metrics::Meters;
use super::{Endpoint, Failure, Reason, Unanswered};
use crate::metrics::Total;

/// No pause is longer, unless the other side asks for it.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Which failed calls may be attempted again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Whatever may work the next time: calling twice does no harm.
    Failed,
    /// What provably never arrived: what did arrive may have had its effect.
    Unarrived,
}

impl Repeat {
    fn allows(self, reason: Reason) -> bool {
        match reason {
            Reason::Unreachable => true,
            Reason::TimedOut | Reason::Cut => self == Self::Failed,
            Reason::Status(status) => self == Self::Failed && status != StatusCode::NOT_IMPLEMENTED,
            // The same again would end the same, or there is no time or room for it.
            Reason::OutOfTime | Reason::Garbled | Reason::Saturated | Reason::Unsendable => false,
<% if calls.breakers %>
            Reason::Open => false,
<% endif %>
        }
    }
}

#[derive(Debug)]
pub struct Retries {
    attempts: u32,
    backoff: Duration,
    repeat: Repeat,
    budget: Budget,
    made: Total,
    denied: Total,
}

impl Retries {
    pub fn new(endpoint: &Endpoint, meters: &Meters) -> Self {
        Self {
            attempts: endpoint.attempts,
            backoff: endpoint.backoff,
            repeat: endpoint.repeat,
            budget: Budget::default(),
            made: meters.retries.clone(),
            denied: meters.retries_denied.clone(),
        }
    }

    /// Makes attempts, each told how many there were before, until one brings an answer or none
    /// may follow. After `until` none would be of use.
    pub async fn run<T, A: Future<Output = Result<T, Unanswered>>>(
        &self,
        until: Option<Instant>,
        mut attempt: impl FnMut(u32) -> A,
    ) -> Result<T, Unanswered> {
        self.budget.earn();
        let mut resend = 0;
        loop {
            let failure = match attempt(resend).await {
                Err(Unanswered::Failed(failure)) if self.repeat.allows(failure.reason) => failure,
                ended => return ended,
            };
            resend += 1;
            let pause = self.pause(resend, failure);
            let late = until.is_some_and(|until| Instant::now() + pause >= until);
            if resend >= self.attempts || late {
                return Err(failure.into());
            }
            if !self.budget.spend() {
                self.denied.inc();
                return Err(failure.into());
            }
            self.made.inc();
            time::sleep(pause).await;
        }
    }

    fn pause(&self, resend: u32, failure: Failure) -> Duration {
        let doubled = 2_u32.saturating_pow(resend - 1);
        let bound = self.backoff.saturating_mul(doubled).min(LONGEST_PAUSE);
        let drawn = bound.mul_f64(fastrand::f64());
        drawn.max(failure.retry_after.unwrap_or_default())
    }
}

/// What may be spent on further attempts: a tenth of one for each call, saved up to ten of them.
#[derive(Debug)]
pub struct Budget(AtomicU32);

impl Budget {
    /// In tenths of an attempt.
    const PRICE: u32 = 10;
    const SAVINGS: u32 = 10 * Self::PRICE;

    pub fn earn(&self) {
        let earned = |tenths: u32| (tenths < Self::SAVINGS).then_some(tenths + 1);
        _ = self.update(earned);
    }

    pub fn spend(&self) -> bool {
        self.update(|tenths| tenths.checked_sub(Self::PRICE))
    }

    fn update(&self, change: impl Fn(u32) -> Option<u32>) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}

/// Full, so that the first calls after a start are not the least protected.
impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(Self::SAVINGS))
    }
}
