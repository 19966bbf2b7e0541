//! What is counted of calls: OpenTelemetry's metrics for clients of HTTP, and how each dependency
//! fares.

use axum::http::{Method, StatusCode};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::{family::Family, gauge::Gauge, histogram::Histogram};
use prometheus_client::registry::Registry;
use tokio::time::Instant;

use super::{Endpoint, Unanswered};
use crate::metrics::{self, DURATIONS, Total};

#[derive(Clone, Debug)]
pub struct CallMetrics {
    durations: Family<AttemptLabels, Histogram, fn() -> Histogram>,
    active: Family<Server, Gauge>,
    up: Family<Dependency, Gauge>,
    shed: Family<Dependency, Total>,
    retries: Family<Dependency, Total>,
    retries_denied: Family<Dependency, Total>,
    open: Family<Dependency, Gauge>,
    fallbacks: Family<Dependency, Total>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct AttemptLabels {
    http_request_method: &'static str,
    server_address: String,
    server_port: u16,
    http_response_status_code: Option<u16>,
    /// The status, or in one word what there was instead of an answer.
    error_type: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Server {
    server_address: String,
    server_port: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Dependency {
    dependency: &'static str,
}

impl CallMetrics {
    pub fn register(registry: &mut Registry) -> Self {
        let metrics = Self {
            durations: Family::new_with_constructor(|| Histogram::new(DURATIONS)),
            active: Family::default(),
            up: Family::default(),
            shed: Family::default(),
            retries: Family::default(),
            retries_denied: Family::default(),
            open: Family::default(),
            fallbacks: Family::default(),
        };
        let name = "http_client_request_duration_seconds";
        let help = "How long attempts of calls took";
        registry.register(name, help, metrics.durations.clone());
        let name = "http_client_active_requests";
        registry.register(name, "Attempts of calls under way", metrics.active.clone());
        let name = "dependency_up";
        let help = "Whether the last calls say that it is there";
        registry.register(name, help, metrics.up.clone());
        let name = "dependency_calls_shed_total";
        let help = "Calls that failed because too many were under way";
        registry.register(name, help, metrics.shed.clone());
        let name = "dependency_retries_total";
        let help = "Attempts of calls after the first";
        registry.register(name, help, metrics.retries.clone());
        let name = "dependency_retries_denied_total";
        let help = "Attempts that were not made because the budget was spent";
        registry.register(name, help, metrics.retries_denied.clone());
        let name = "dependency_breaker_open";
        let help = "Whether its circuit breaker keeps calls from it";
        registry.register(name, help, metrics.open.clone());
        let name = "dependency_fallbacks_total";
        let help = "Calls in whose place something else was answered";
        registry.register(name, help, metrics.fallbacks.clone());
        metrics
    }

    /// The meters of one dependency, there from the start so that nothing is missing at zero.
    pub fn of(&self, endpoint: &Endpoint) -> Meters {
        let dependency = Dependency {
            dependency: endpoint.name,
        };
        let server = Server {
            server_address: endpoint.url.host().to_owned(),
            server_port: endpoint.url.port(),
        };
        Meters {
            durations: self.durations.clone(),
            active: self.active.get_or_create_owned(&server),
            server,
            up: self.up.get_or_create_owned(&dependency),
            shed: self.shed.get_or_create_owned(&dependency),
            retries: self.retries.get_or_create_owned(&dependency),
            retries_denied: self.retries_denied.get_or_create_owned(&dependency),
            open: self.open.get_or_create_owned(&dependency),
            fallbacks: self.fallbacks.get_or_create_owned(&dependency),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Meters {
    durations: Family<AttemptLabels, Histogram, fn() -> Histogram>,
    active: Gauge,
    server: Server,
    pub up: Gauge,
    pub shed: Total,
    pub retries: Total,
    pub retries_denied: Total,
    pub open: Gauge,
    pub fallbacks: Total,
}

impl Meters {
    pub(super) fn begin(&self, method: &Method) -> Watch<'_> {
        self.active.inc();
        Watch {
            meters: self,
            method: metrics::method(method),
            started: Instant::now(),
        }
    }
}

/// One attempt under way, until it is dropped.
#[derive(Debug)]
pub(super) struct Watch<'a> {
    meters: &'a Meters,
    method: &'static str,
    started: Instant,
}

impl Watch<'_> {
    /// Notes how it ended, and says what that tells about the other side.
    pub(super) fn end(self, answer: Result<StatusCode, &Unanswered>) -> Option<bool> {
        let (status, error_type) = match answer {
            Ok(status) => (Some(status), None),
            Err(error) => {
                let (status, word) = error.labels();
                (status, Some(word))
            }
        };
        let labels = AttemptLabels {
            http_request_method: self.method,
            server_address: self.meters.server.server_address.clone(),
            server_port: self.meters.server.server_port,
            http_response_status_code: status.map(|status| status.as_u16()),
            error_type,
        };
        let durations = self.meters.durations.get_or_create(&labels);
        durations.observe(self.started.elapsed().as_secs_f64());
        answer.map_or_else(Unanswered::works, |_| Some(true))
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.meters.active.dec();
    }
}
