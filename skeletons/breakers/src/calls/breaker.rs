//! A circuit breaker: whoever fails too often is left alone for a while.
//!
//! - It opens when half of the last calls failed, of ten at least: failures in a row alone would
//!   miss a service that fails every other time, and a share alone two failures at night.
//! - Open, it lets nothing through. After a while it lets one call through at a time, and closes
//!   when that one is answered. A probe whose caller leaves counts as failed.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use prometheus_client::metrics::gauge::Gauge;
use tokio::time::Instant;

use super::{Failure, Reason};

/// So many of the last calls are remembered, and for so long.
const SAMPLE: usize = 20;
const MEMORY: Duration = Duration::from_secs(30);

/// Fewer say nothing.
const LEAST: usize = 10;

/// How long it stays open before the next probe.
pub const REST: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub struct Breaker {
    state: Mutex<State>,
    open: Gauge,
}

#[derive(Debug)]
enum State {
    /// Of the last calls: when, and whether they failed.
    Closed(VecDeque<(Instant, bool)>),
    /// Nothing passes before this.
    Open(Instant),
    /// One call is under way.
    Probing,
}

impl Breaker {
    pub fn new(open: Gauge) -> Self {
        open.set(0);
        Self {
            state: Mutex::new(State::Closed(VecDeque::new())),
            open,
        }
    }

    /// Asks to let a call through.
    pub fn ask(&self) -> Result<Permit<'_>, Failure> {
        let mut state = self.state();
        let probe = match *state {
            State::Closed(_) => false,
            State::Open(until) => {
                let left = until - Instant::now();
                if !left.is_zero() {
                    return Err(Failure::after(Reason::Open, left));
                }
                *state = State::Probing;
                true
            }
            State::Probing => return Err(Failure::after(Reason::Open, REST)),
        };
        Ok(Permit {
            breaker: self,
            probe,
        })
    }

    fn note(&self, works: bool, probe: bool) {
        let now = Instant::now();
        let mut state = self.state();
        match &mut *state {
            State::Closed(last) => {
                last.retain(|(when, _)| now - *when < MEMORY);
                if last.len() == SAMPLE {
                    last.pop_front();
                }
                last.push_back((now, !works));
                let failed = last.iter().filter(|(_, failed)| *failed).count();
                if last.len() >= LEAST && 2 * failed >= last.len() {
                    self.rest(&mut state, now);
                }
            }
            State::Probing if probe && works => {
                *state = State::Closed(VecDeque::new());
                self.open.set(0);
            }
            State::Probing if probe => self.rest(&mut state, now),
            // Of a call that began before it opened.
            State::Open(_) | State::Probing => {}
        }
    }

    fn rest(&self, state: &mut State, now: Instant) {
        *state = State::Open(now + REST);
        self.open.set(1);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call that was let through.
#[derive(Debug)]
pub struct Permit<'a> {
    breaker: &'a Breaker,
    probe: bool,
}

impl Permit<'_> {
    /// Says how it ended.
    pub fn note(mut self, works: bool) {
        self.breaker.note(works, self.probe);
        self.probe = false;
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if self.probe {
            self.breaker.note(false, true);
        }
    }
}
