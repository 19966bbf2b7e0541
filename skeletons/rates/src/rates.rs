//! How much each caller may ask for (docs/adr/<{ record_of["responsibility"] }>): what it said that
//! it sends at its peak, its repeated attempts included, and a second of that at once.
//!
//! Whoever sends more is told when to come back, and takes nothing away from the others. Each
//! instance counts for itself: callers that are spread over several have as many shares.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::config::{self, Vars};

<% set limited = access.callers|selectattr("limit")|list %>
/// Requests per second, by caller; those who have not said how many they send have no limit.
pub type Limits = [(&'static str, usize); <{ limited|length }>];

pub fn read(vars: &mut Vars) -> Limits {
<% if limited|length == 1 %>
    let limit = vars.read(⟦"<{ limited[0].rate_setting }>", "<{ limited[0].limit }>", config::count⟧);
    [("<{ limited[0].slug }>", limit)]
<% else %>
    [⟦<% for caller in limited %>(⟦"<{ caller.slug }>", vars.read(⟦"<{ caller.rate_setting }>", "<{ caller.limit }>", config::count⟧)⟧)<% if not loop.last %>, <% endif %><% endfor %>⟧]
<% endif %>
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
