//! The numbers that findings are drawn from.

use super::finding::duration;
use super::time_needed;

/// The numbers of a service, as answered or computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Requests per second at the peak.
    pub peak_rps: u64,
    /// The time that 99 of 100 answers keep, in milliseconds.
    pub p99_ms: u64,
    /// The longest a request may run as answered, in milliseconds.
    pub request_timeout_ms: u64,
    /// The longest it runs in fact, in milliseconds: less where a caller does not wait as long.
    pub cut_after_ms: u64,
    /// How long it goes on serving after the signal to stop, in milliseconds.
    pub drain_delay_ms: u64,
    /// From the signal to the kill, in milliseconds.
    pub shutdown_grace_ms: u64,
    /// Requests that one copy lets in at once.
    pub concurrency: u64,
    /// The share of requests to be answered well, between 0 and 1, where one is promised.
    pub availability: Option<f64>,
    /// Who calls it.
    pub callers: Vec<CallerFacts>,
    /// What it calls.
    pub dependencies: Vec<DependencyFacts>,
}

/// The numbers of a caller.
#[derive(Debug, Clone, PartialEq)]
pub struct CallerFacts {
    /// The path of the item in the answers: `caller.web-shop`.
    pub path: String,
    /// Its name as given.
    pub name: String,
    /// How long it waits for one answer, in milliseconds.
    pub timeout_ms: Option<u64>,
    /// Attempts in all.
    pub attempts: Option<u64>,
    /// Requests per second at its peak.
    pub rate: Option<u64>,
}

/// The numbers of a dependency.
#[derive(Debug, Clone, PartialEq)]
pub struct DependencyFacts {
    /// The path of the item in the answers: `dependency.payments`.
    pub path: String,
    /// Its name as given.
    pub name: String,
    /// A request waits for it; not so where the call is queued.
    pub in_request: bool,
    /// Nothing works without it, and nothing stands in for it.
    pub critical: bool,
    /// The longest one attempt takes, in milliseconds.
    pub timeout_ms: u64,
    /// Attempts in all that may each run into the timeout: 1 where a second one is not safe.
    pub attempts: u32,
    /// The bound of the first pause, in milliseconds; it doubles.
    pub backoff_ms: u64,
    /// The bound of every pause, in milliseconds.
    pub backoff_cap_ms: u64,
    /// Its promised availability between 0 and 1, if anybody knows one.
    pub availability: Option<f64>,
}

impl DependencyFacts {
    /// The longest a call takes with all its attempts, in milliseconds.
    pub(super) fn time_needed_ms(&self) -> u64 {
        time_needed(
            self.attempts,
            self.timeout_ms,
            self.backoff_ms,
            self.backoff_cap_ms,
            0,
        )
    }

    /// The answers that make it take so long.
    pub(super) fn answers(&self) -> Vec<String> {
        let keys: &[&str] = if self.attempts > 1 {
            &["timeout", "attempts", "backoff"]
        } else {
            &["timeout"]
        };
        keys.iter()
            .map(|key| format!("{}.{key}", self.path))
            .collect()
    }

    /// `3 attempts of 2 s, and pauses`.
    pub(super) fn described(&self) -> String {
        let timeout = duration(self.timeout_ms);
        match self.attempts {
            0 | 1 => format!("one attempt of {timeout}"),
            attempts => format!("{attempts} attempts of {timeout}, and pauses"),
        }
    }
}
