//! How far the outbox is behind, and what becomes of what is in it.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::{family::Family, gauge::Gauge};
use prometheus_client::registry::Registry;
use tokio::time;

use crate::app::App;
use crate::metrics::Total;
use crate::problem::Result;
use crate::store::outbox::{self as store, Lag};
use crate::timestamp::Timestamp;

/// Whoever asks for metrics does not wait for long.
const PATIENCE: Duration = Duration::from_millis(500);

/// Those that are delivered here.
const CHANNELS: &[&str] = &[⟦<% for dependency in dependencies if dependency.queued %>"<{ dependency.slug }>"<% if not loop.last %>, <% endif %><% endfor %>⟧];

type Seconds = Gauge<f64, AtomicU64>;

#[derive(Clone, Debug)]
pub struct OutboxMetrics {
    waiting: Family<Channel, Gauge>,
    oldest: Family<Channel, Seconds>,
    dead: Family<Channel, Gauge>,
    delivered: Family<Channel, Total>,
    failed: Family<Channel, Total>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Channel {
    channel: String,
}

impl OutboxMetrics {
    pub fn register(registry: &mut Registry) -> Self {
        let metrics = Self {
            waiting: Family::default(),
            oldest: Family::default(),
            dead: Family::default(),
            delivered: Family::default(),
            failed: Family::default(),
        };
        let name = "outbox_waiting";
        let help = "Messages that are not delivered yet";
        registry.register(name, help, metrics.waiting.clone());
        let name = "outbox_oldest_seconds";
        let help = "For how long the oldest of them has been waiting";
        registry.register(name, help, metrics.oldest.clone());
        let name = "outbox_dead";
        let help = "Messages that were given up and wait for a person";
        registry.register(name, help, metrics.dead.clone());
        let name = "outbox_delivered_total";
        registry.register(name, "Messages delivered", metrics.delivered.clone());
        let name = "outbox_failed_total";
        let help = "Attempts to deliver a message that failed";
        registry.register(name, help, metrics.failed.clone());
        // There from the start, so that nothing is missing at zero.
        metrics.note(&[]);
        for channel in CHANNELS {
            drop(metrics.delivered.get_or_create(&label(channel)));
            drop(metrics.failed.get_or_create(&label(channel)));
        }
        metrics
    }

    pub(super) fn delivered(&self, channel: &str) {
        self.delivered.get_or_create(&label(channel)).inc();
    }

    pub(super) fn failed(&self, channel: &str) {
        self.failed.get_or_create(&label(channel)).inc();
    }

    /// Looks how far every channel is behind, whoever delivers its messages, and whether anybody
    /// does: what waits for a channel that is not there any more is seen as well.
    pub async fn measure(&self, app: &App) {
        match time::timeout(PATIENCE, lag(app)).await {
            Ok(Ok(lags)) => self.note(&lags),
            Ok(Err(error)) => tracing::warn!(?error, "the outbox cannot be measured"),
            Err(_) => tracing::warn!("the outbox cannot be measured in time"),
        }
    }

    fn note(&self, lags: &[Lag]) {
        // A channel that is not there any more is not to be shown for ever.
        self.waiting.clear();
        self.dead.clear();
        self.oldest.clear();
        for channel in CHANNELS {
            self.set(channel, 0, 0, Duration::ZERO);
        }
        for lag in lags {
            let age = lag.oldest.map(Timestamp::elapsed).unwrap_or_default();
            self.set(&lag.channel, lag.waiting, lag.dead, age);
        }
    }

    fn set(&self, channel: &str, waiting: i64, dead: i64, age: Duration) {
        let channel = label(channel);
        self.waiting.get_or_create(&channel).set(waiting);
        self.dead.get_or_create(&channel).set(dead);
        self.oldest.get_or_create(&channel).set(age.as_secs_f64());
    }
}

async fn lag(app: &App) -> Result<Vec<Lag>> {
    let mut db = app.database.read().await?;
<% if postgresql %>
    Ok(store::lag(&mut db).await?)
<% else %>
    let lag = store::lag(&mut db).await?;
    db.release();
    Ok(lag)
<% endif %>
}

fn label(channel: &str) -> Channel {
    Channel {
        channel: channel.to_owned(),
    }
}
