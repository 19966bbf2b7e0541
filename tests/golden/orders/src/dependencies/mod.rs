//! The services that we call, one module for each (docs/adr/0007-dependencies.md).
//!
//! How all of them are called stands in [`calls`](crate::calls).

use std::time::Duration;

use futures_util::future::join_all;

use crate::calls::{Calls, Endpoint};
use crate::config::Vars;
use crate::metrics::Metrics;

pub mod notifications;
pub mod payments;
pub mod shipping_rates;

/// Where they are: a part of the configuration.
#[derive(Clone, Debug)]
pub struct Endpoints {
    pub payments: Endpoint,
    pub shipping_rates: Endpoint,
    pub notifications: Endpoint,
}

impl Endpoints {
    pub fn read(vars: &mut Vars) -> Self {
        Self {
            payments: payments::endpoint(vars),
            shipping_rates: shipping_rates::endpoint(vars),
            notifications: notifications::endpoint(vars),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Dependencies {
    pub payments: payments::Client,
    pub shipping_rates: shipping_rates::Client,
    pub notifications: notifications::Client,
}

/// A service that is down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Down {
    pub name: &'static str,
    /// Nothing works without it.
    pub critical: bool,
}

impl Dependencies {
    pub fn new(endpoints: &Endpoints, metrics: &Metrics) -> Self {
        Self {
            payments: payments::Client::new(endpoints, metrics),
            shipping_rates: shipping_rates::Client::new(endpoints, metrics),
            notifications: notifications::Client::new(endpoints, metrics),
        }
    }

    /// Those whose calls are kept until they are there.
    pub fn queues(&self) -> [&Calls; 1] {
        [self.notifications.calls()]
    }

    /// Those that are down, each of them asked at the same time and for no longer than this.
    pub async fn down(&self, limit: Duration) -> Vec<Down> {
        let all = [
            self.payments.calls(),
            self.shipping_rates.calls(),
            self.notifications.calls(),
        ];
        let asked = all.map(async |calls| {
            let &Endpoint { name, critical, .. } = calls.endpoint();
            let down = calls.is_down(limit).await;
            down.then_some(Down { name, critical })
        });
        join_all(asked).await.into_iter().flatten().collect()
    }
}
