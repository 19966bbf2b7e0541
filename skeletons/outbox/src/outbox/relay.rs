//! Takes messages from the outbox and delivers them.

use std::time::Duration;

use tokio::select;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time;
use tracing::Instrument;

use super::Message;
use crate::app::App;
use crate::problem::Result;
use crate::store::outbox as store;
use crate::telemetry;
use crate::timestamp::Timestamp;

/// So many failures are no accident: the message itself is to blame.
pub const ATTEMPTS: i32 = 12;

/// How often it is looked whether there is something to do.
pub const PAUSE: Duration = Duration::from_millis(200);

/// How long nothing is tried where nobody is there to take it.
const REST: Duration = Duration::from_secs(1);

/// The longest pause before the second attempt, and before any.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(5 * 60);

/// On top of the delivery itself, time to note how it ended.
const MARGIN: Duration = Duration::from_secs(5);

/// Where messages go. A clone is the same channel.
pub trait Channel: Clone + Send + Sync + 'static {
    /// As its messages and metrics call it.
    fn name(&self) -> &'static str;

    /// Deliveries at once.
    fn slots(&self) -> usize;

    /// The longest that one delivery takes.
    fn limit(&self) -> Duration;

    /// Whether there is nobody to take anything, as far as is known.
    fn is_closed(&self) -> impl Future<Output = bool> + Send;

    fn deliver(&self, message: &Message) -> impl Future<Output = Result<(), Undelivered>> + Send;
}

/// Why a message was not delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// For people, and without anything that the message says.
    pub reason: String,
    /// The message may be to blame: another might have been taken.
    pub counts: bool,
    /// The next attempt is no sooner.
    pub after: Duration,
}

/// Delivers the messages of one channel until the service drains.
pub async fn relay<C: Channel>(app: &App, channel: &C) {
    let (end, ended) = watch::channel(false);
    let mut under_way = JoinSet::new();
    while !app.lifecycle.is_draining() {
        let free = channel.slots().saturating_sub(under_way.len());
        let (taken, pause) = match take(app, channel, free).await {
            Ok(Some(taken)) => (taken, PAUSE),
            Ok(None) => (Vec::new(), REST),
            Err(error) => {
                let channel = channel.name();
                tracing::warn!(channel, ?error, "the outbox cannot be read");
                (Vec::new(), REST)
            }
        };
        let is_idle = taken.is_empty();
        for message in taken {
            let (app, channel, ended) = (app.clone(), channel.clone(), ended.clone());
            let (request, parent) = (message.request_id.clone(), message.trace_parent.clone());
            let delivery = async move { settle(&app, &channel, &message, ended).await };
            under_way.spawn(telemetry::on_behalf_of(request, parent, delivery));
        }
        if is_idle {
            // One that ends makes room, and lets the next with its key go.
            select! {
                Some(_) = under_way.join_next() => {}
                () = time::sleep(pause) => {}
            }
        }
        while under_way.try_join_next().is_some() {}
    }
    let grace = app.config.shutdown_grace;
    let rest = async { while under_way.join_next().await.is_some() {} };
    if time::timeout(grace, rest).await.is_err() {
        // They give back what they have taken.
        end.send_replace(true);
        while under_way.join_next().await.is_some() {}
    }
}

/// Takes what may be delivered now; `None` if there is something, and nobody to take it.
async fn take<C: Channel>(app: &App, channel: &C, most: usize) -> Result<Option<Vec<Message>>> {
    if most == 0 {
        return Ok(Some(Vec::new()));
    }
    // Looking keeps no writer waiting.
    let mut db = app.database.read().await?;
    let ready = store::ready(&mut db, channel.name()).await?;
<% if postgresql %>
    drop(db);
<% else %>
    db.release();
<% endif %>
    if ready.is_empty() {
        return Ok(Some(Vec::new()));
    }
    if channel.is_closed().await {
        return Ok(None);
    }
    let until = Timestamp::now().after(channel.limit() * 2 + MARGIN);
    let mut taken = Vec::new();
    let mut db = app.database.begin().await?;
    for id in ready.into_iter().take(most) {
        taken.extend(store::claim(&mut db, id, until).await?);
    }
    db.commit().await?;
    Ok(Some(taken))
}

/// Delivers a message and notes how that ended.
async fn settle<C: Channel>(
    app: &App,
    channel: &C,
    message: &Message,
    mut ended: watch::Receiver<bool>,
) {
    let span = tracing::info_span!(
        "delivery",
        request_id = telemetry::request_id(),
        trace_id = telemetry::trace_id(),
        channel = channel.name(),
        message = %message.id,
        attempt = message.attempts,
    );
    let settled = async {
        let outcome = select! {
            outcome = attempt(channel, message) => outcome,
            _ = ended.wait_for(|ended| *ended) => Err(Undelivered::later("the service ended")),
        };
        match &outcome {
            Ok(()) => tracing::info!("delivered"),
            Err(undelivered) => {
                let reason = &undelivered.reason;
                tracing::warn!(reason, "not delivered");
            }
        }
        // It would be delivered again if that were not noted.
        let mut tries = 5;
        while let Err(error) = note(app, channel, message, &outcome).await {
            tries -= 1;
            tracing::warn!(?error, tries, "how a delivery ended cannot be noted");
            if tries == 0 {
                break;
            }
            time::sleep(PAUSE).await;
        }
    };
    settled.instrument(span).await;
}

async fn attempt<C: Channel>(channel: &C, message: &Message) -> Result<(), Undelivered> {
    if message.attempts > ATTEMPTS {
        // Nobody noted how the last ones ended: whoever made them is not there any more.
        return Err(Undelivered::failed("no attempt came to an end"));
    }
    let delivery = time::timeout(channel.limit(), channel.deliver(message));
    let late = |_| Err(Undelivered::failed("it took too long"));
    delivery.await.unwrap_or_else(late)
}

async fn note<C: Channel>(
    app: &App,
    channel: &C,
    message: &Message,
    outcome: &Result<(), Undelivered>,
) -> Result<()> {
    let metrics = &app.metrics.outbox;
    let mut db = app.database.begin().await?;
    match outcome {
        Ok(()) => {
            store::delivered(&mut db, message).await?;
            metrics.delivered(channel.name());
        }
        Err(undelivered) if undelivered.counts && message.attempts >= ATTEMPTS => {
            store::bury(&mut db, message, &undelivered.reason).await?;
            tracing::error!("given up: it is kept as dead");
            metrics.failed(channel.name());
        }
        Err(undelivered) => {
            let attempts = message.attempts - i32::from(!undelivered.counts);
            let due = Timestamp::now().after(pause(message.attempts, undelivered.after));
            store::postpone(&mut db, message, attempts, due, &undelivered.reason).await?;
            metrics.failed(channel.name());
        }
    }
    db.commit().await?;
    Ok(())
}

/// How long a message waits after so many attempts: drawn at random, up to a bound that doubles
/// from one to the next, and for as long as it is wanted.
pub fn pause(attempts: i32, after: Duration) -> Duration {
    let doubled = 2_u32.saturating_pow(attempts.unsigned_abs().saturating_sub(1));
    let bound = FIRST_PAUSE.saturating_mul(doubled).min(LONGEST_PAUSE);
    bound.mul_f64(fastrand::f64()).max(after)
}

impl Undelivered {
    /// The message may be to blame.
    pub fn failed(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            counts: true,
            after: Duration::ZERO,
        }
    }

    /// The message is not to blame.
    pub fn later(reason: impl Into<String>) -> Self {
        Self {
            counts: false,
            ..Self::failed(reason)
        }
    }
}
