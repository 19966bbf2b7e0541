//! How much each caller may ask for (docs/adr/0001-responsibility.md): what it said that
//! it sends at its peak, its repeated attempts included, and a second of that at once.
//!
//! Whoever sends more is told when to come back, and takes nothing away from the others. Each
//! instance counts for itself: callers that are spread over several have as many shares.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::config::{self, Vars};

/// Requests per second, by caller; those who have not said how many they send have no limit.
pub type Limits = [(&'static str, usize); 3];

pub fn read(vars: &mut Vars) -> Limits {
    [
        (
            "web-shop",
            vars.read("APP_RATE_WEB_SHOP", "60", config::count),
        ),
        (
            "back-office",
            vars.read("APP_RATE_BACK_OFFICE", "5", config::count),
        ),
        ("reports", vars.read("APP_RATE_REPORTS", "1", config::count)),
    ]
}

/// What is left to each caller.
#[derive(Debug)]
pub struct Rates(Vec<(&'static str, Share)>);

#[derive(Debug)]
struct Share {
    /// What one request takes.
    each: Duration,
    /// When all that was taken will be given back.
    spent_until: Mutex<Instant>,
}

impl Rates {
    pub fn new(limits: &Limits) -> Self {
        let share = |limit: usize| Share {
            each: Duration::from_secs(1).div_f64(limit as f64),
            spent_until: Mutex::new(Instant::now()),
        };
        let shares = limits.iter().map(|(name, limit)| (*name, share(*limit)));
        Self(shares.collect())
    }

    /// Takes one request off a caller's share; if there is nothing left, says when there will be.
    pub fn take(&self, caller: &str) -> Result<(), Duration> {
        let Some((_, share)) = self.0.iter().find(|(name, _)| *name == caller) else {
            return Ok(());
        };
        let now = Instant::now();
        let spent_until = share.spent_until.lock();
        let mut spent_until = spent_until.unwrap_or_else(PoisonError::into_inner);
        let spent = spent_until.saturating_duration_since(now) + share.each;
        match spent.checked_sub(Duration::from_secs(1)) {
            Some(wait) if !wait.is_zero() => Err(wait),
            _ => {
                *spent_until = now + spent;
                Ok(())
            }
        }
    }
}
