<% if calls.fallbacks %>
//! What is answered in place of a service that does not answer, and how the two are told apart.

<% if calls.last_good %>
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
<% endif %>
use serde::de::DeserializeOwned;

use super::{Call, Calls, <% if calls.stand_ins %>Refusal, <% endif %>Unanswered, context};

/// An answer, or what stands in for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered<T> {
    pub value: T,
    /// It is not the answer. `x-degraded` tells our caller; a handler may say more.
    pub degraded: bool,
}

impl Calls {
<% if calls.stand_ins %>
    /// The answer to a call, or else `instead`, which `what` describes. A refusal is an answer:
    /// nothing stands in for it.
    pub async fn call_or<T: DeserializeOwned>(
        &self,
        call: &Call,
        what: &str,
        instead: impl FnOnce() -> T,
    ) -> Result<Answered<T>, Refusal> {
        match self.call(call).await {
            Ok(value) => Ok(answered(value)),
            Err(Unanswered::Refused(refusal)) => Err(refusal),
            Err(Unanswered::Failed(_)) => Ok(self.stand_in(instead(), what)),
        }
    }

<% endif %>
<% if calls.last_good %>
    /// The answer to a call, or else the last one to the same question, if there is one.
    pub async fn call_or_last_good<T: DeserializeOwned>(
        &self,
        call: &Call,
    ) -> Result<Answered<T>, Unanswered> {
        let failed = match self.call(call).await {
            Ok(value) => return Ok(answered(value)),
            Err(failed) => failed,
        };
        let last = match failed {
            Unanswered::Refused(_) => None,
            Unanswered::Failed(_) => self.0.last_good.of(&call.path),
        };
        let last = last.and_then(|body| serde_json::from_slice(&body).ok());
        let value = last.ok_or(failed)?;
        Ok(self.stand_in(value, "the last good answer"))
    }

<% endif %>
    fn stand_in<T>(&self, value: T, what: &str) -> Answered<T> {
        let dependency = self.0.endpoint.name;
        tracing::warn!(dependency, what, "something else stands in");
        self.0.meters.fallbacks.inc();
        context::degrade(dependency);
        Answered {
            value,
            degraded: true,
        }
    }
}

fn answered<T>(value: T) -> Answered<T> {
    Answered {
        value,
        degraded: false,
    }
}
<% if calls.last_good %>

/// The last answers by their question: so many, and none that is too long to be kept for a while.
#[derive(Debug, Default)]
pub(super) struct LastGood(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    answers: BTreeMap<String, (u64, Bytes)>,
    /// Counts up, so that the oldest is known.
    turn: u64,
}

impl LastGood {
    const MOST: usize = 256;
    const LONGEST: usize = 64 * 1024;

    pub(super) fn keep(&self, path: &str, body: Bytes) {
        if body.len() > Self::LONGEST {
            return;
        }
        let mut kept = self.kept();
        kept.turn += 1;
        let turn = kept.turn;
        kept.answers.insert(path.to_owned(), (turn, body));
        if kept.answers.len() > Self::MOST {
            let oldest = kept.answers.iter().min_by_key(|(_, (turn, _))| *turn);
            if let Some(path) = oldest.map(|(path, _)| path.clone()) {
                kept.answers.remove(&path);
            }
        }
    }

    fn of(&self, path: &str) -> Option<Bytes> {
        let kept = self.kept();
        let (_, body) = kept.answers.get(path)?;
        Some(body.clone())
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
<% endif %>
<% endif %>
