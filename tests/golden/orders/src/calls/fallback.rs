//! What is answered in place of a service that does not answer, and how the two are told apart.

use serde::de::DeserializeOwned;

use super::{Call, Calls, Refusal, Unanswered, context};

/// An answer, or what stands in for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered<T> {
    pub value: T,
    /// It is not the answer. `x-degraded` tells our caller; a handler may say more.
    pub degraded: bool,
}

impl Calls {
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
