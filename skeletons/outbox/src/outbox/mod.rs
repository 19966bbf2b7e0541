//! What has to leave the service, kept in the database until it has (docs/adr/<{ record_of["dependencies"] }>).
//!
//! - Whoever changes something writes the message in the same transaction: there is no change
//!   without its message, and no message without its change.
//! - A [`relay`] in each process takes what is due, delivers it and deletes it. What it takes is its
//!   own for a while; if the process dies meanwhile, another takes it then. So everything arrives at
//!   least once, under the same id every time, by which the other side knows a repetition.
//! - What has the same ordering key arrives in the order in which it was written; everything else
//!   does not wait for it.
<% if postgresql %>
//!   Whoever writes one keeps others with its key waiting until the transaction ends.
<% endif %>
//! - What fails is tried again after a pause that doubles. What has failed [`ATTEMPTS`] times while
//!   others got through is [`dead`]: it is kept, with the reason, for a person to decide about, and
//!   stands in nobody's way.
//! - While nobody is there to take anything, attempts do not count: messages wait for as long as that
//!   lasts, and `outbox_oldest_seconds` says how long that is.

use futures_util::future::join_all;
use tokio::time;

use crate::app::App;
use crate::database::Connection;
use crate::problem::Result;
use crate::store::outbox as store;
use crate::telemetry;

pub mod dead;
pub mod metrics;
pub mod relay;

pub use self::relay::{ATTEMPTS, Channel, Undelivered};
pub use crate::store::outbox::Message;

/// Keeps a message until it is delivered, if the transaction that `db` is in is committed.
///
/// `subject` says what is done with the body: a path, or a type.
pub async fn enqueue(
    db: &mut Connection,
    channel: &str,
    ordering_key: Option<&str>,
    subject: &str,
    body: String,
) -> Result<()> {
    let draft = store::Draft {
        channel,
        ordering_key,
        subject,
        body,
        request_id: telemetry::request_id(),
        trace_parent: telemetry::trace_parent(),
    };
    store::insert(db, &draft).await?;
    Ok(())
}

/// Delivers what there is, until the service drains: then what is under way ends, and no more begins.
pub async fn run(app: App) {
    // Before, every attempt to read would be a failure that means nothing.
    while app.database.ready().await.is_err() {
        if app.lifecycle.is_draining() {
            return;
        }
        time::sleep(relay::PAUSE).await;
    }
    let queues = app.dependencies.queues();
    join_all(queues.map(|calls| relay::relay(&app, calls))).await;
}
