//! Whether another service is there, as far as calls have shown.

use std::sync::atomic::{AtomicU32, Ordering};

use prometheus_client::metrics::gauge::Gauge;

/// Failures in a row after which a service counts as down: one alone is an accident.
const ACCIDENTS: u32 = 2;

/// Nothing is known at the start, and that is no reason to call anybody down: of two services that
/// need each other, neither would ever be ready.
#[derive(Debug)]
pub struct Health {
    /// Failures since the last answer.
    failures: AtomicU32,
    up: Gauge,
}

impl Health {
    pub fn new(up: Gauge) -> Self {
        up.set(1);
        Self {
            failures: AtomicU32::new(0),
            up,
        }
    }

    pub fn note(&self, works: bool) {
        if works {
            self.failures.store(0, Ordering::Relaxed);
        } else {
            // It would take years of failures to count around.
            self.failures.fetch_add(1, Ordering::Relaxed);
        }
        self.up.set(i64::from(!self.is_down()));
    }

    pub fn is_down(&self) -> bool {
        self.failures.load(Ordering::Relaxed) > ACCIDENTS
    }
}
