//! Calls that are done later: kept in the outbox, and made when the other side is there.

use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Method, StatusCode};
use serde::{Serialize, de::IgnoredAny};

use super::{Call, Calls, Reason, Unanswered};
use crate::database::Connection;
use crate::outbox::{self, Channel, Message, Undelivered};
use crate::problem::{Problem, Result};

/// No more than so many calls at once are made from the outbox.
const MOST: usize = 8;

/// Whoever wants to be left alone for longer is asked again then.
const LONGEST_REST: Duration = Duration::from_secs(60 * 60);

impl Calls {
    /// Keeps a POST to a path, if the transaction that `db` is in is committed. Those with the same
    /// `order` arrive one after another.
    pub async fn enqueue(
        &self,
        db: &mut Connection,
        order: &str,
        path: &str,
        body: &impl Serialize,
    ) -> Result<()> {
        let body = serde_json::to_string(body).map_err(|error| Problem::internal(&error))?;
        outbox::enqueue(db, self.endpoint().name, Some(order), path, body).await
    }
}

impl Channel for Calls {
    fn name(&self) -> &'static str {
        self.endpoint().name
    }

    /// At most half of all calls at once, so that some are left for requests.
    fn slots(&self) -> usize {
        self.endpoint().concurrency.div_ceil(2).min(MOST)
    }

    /// The attempt has a limit of its own, and ends sooner.
    fn limit(&self) -> Duration {
        self.endpoint().timeout + Duration::from_secs(1)
    }

    async fn is_closed(&self) -> bool {
        self.is_down(self.endpoint().timeout).await
    }

    async fn deliver(&self, message: &Message) -> Result<(), Undelivered> {
        let call = Call {
            method: Method::POST,
            path: message.subject.clone(),
            key: Some(message.id.to_string()),
            body: Some(Ok(Bytes::from(message.body.clone()))),
        };
        match self.call_once::<IgnoredAny>(&call).await {
            Ok(IgnoredAny) => Ok(()),
            Err(error) => Err(self.undelivered(&error)),
        }
    }
}

impl Calls {
    fn undelivered(&self, error: &Unanswered) -> Undelivered {
        let reason = error.to_string();
        let Unanswered::Failed(failure) = error else {
            return Undelivered::failed(reason);
        };
        // What keeps all calls from getting through is not the fault of one.
        let would_any = match failure.reason {
            Reason::Saturated | Reason::OutOfTime => true,
            Reason::Open => true,
            Reason::Status(status) => status == StatusCode::TOO_MANY_REQUESTS,
            _ => false,
        };
        let after = failure.retry_after.unwrap_or_default();
        Undelivered {
            reason,
            counts: !would_any && !self.0.health.is_down(),
            after: after.min(LONGEST_REST),
        }
    }
}
