//! What the service counts, under OpenTelemetry's names, for whoever asks the admin listener.

use std::fmt;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{Method, header};
use axum::response::IntoResponse;
use axum::routing::get;
use prometheus_client::encoding::{EncodeLabelSet, EncodeMetric, MetricEncoder, text};
use prometheus_client::metrics::{MetricType, <% if dependencies or access.checked %>TypedMetric, <% endif %>counter::Counter, gauge::Gauge};
use prometheus_client::metrics::{family::Family, histogram::Histogram};
use prometheus_client::registry::Registry;

use crate::app::App;
<% if dependencies %>
use crate::calls::metrics::CallMetrics;
<% endif %>
use crate::health;
<% if outbox %>
use crate::outbox::{dead, metrics::OutboxMetrics};
<% endif %>
use crate::problem::{Problem, Result};

/// OpenTelemetry's boundaries for request durations, in seconds.
<% if dependencies %>pub(crate) <% endif %>const DURATIONS: [f64; 14] = [
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
];

#[derive(Debug)]
pub struct Metrics {
    pub active_requests: Gauge,
    pub shed: Total,
<% if keys.creates %>
    pub replays: Total,
<% endif %>
    pub ready: Gauge,
<% if access.checked %>
    pub unauthenticated: Total,
    callers: Family<CallerLabels, Total>,
<% endif %>
<% if access.limited %>
    limited: Family<CallerLabels, Total>,
<% endif %>
<% if dependencies %>
    pub calls: CallMetrics,
<% endif %>
<% if outbox %>
    pub outbox: OutboxMetrics,
<% endif %>
    durations: Family<RequestLabels, Histogram, fn() -> Histogram>,
    registry: Registry,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    http_request_method: &'static str,
    /// The template: raw paths would make a series for every id.
    http_route: String,
    http_response_status_code: u16,
}

<% if access.checked %>
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CallerLabels {
    caller: &'static str,
}

<% endif %>
impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::default();
        let active_requests = Gauge::default();
        let shed = Total::default();
<% if keys.creates %>
        let replays = Total::default();
<% endif %>
        let ready = Gauge::default();
        let durations: Family<_, _, fn() -> Histogram> =
            Family::new_with_constructor(|| Histogram::new(DURATIONS));
        registry.register(
            "http_server_request_duration_seconds",
            "How long requests took",
            durations.clone(),
        );
        registry.register(
            "http_server_active_requests",
            "Requests being worked on",
            active_requests.clone(),
        );
        registry.register(
            "http_server_requests_shed_total",
            "Requests refused because too many were being worked on",
            shed.clone(),
        );
<% if keys.creates %>
        registry.register(
            "http_server_requests_replayed_total",
            "Requests answered as the first with the same key was",
            replays.clone(),
        );
<% endif %>
        registry.register(
            "service_ready",
            "Whether the service would take a request now",
            ready.clone(),
        );
<% if access.checked %>
        let unauthenticated = Total::default();
        registry.register(
            "http_server_requests_unauthenticated_total",
            "Requests refused because nobody knows who sent them",
            unauthenticated.clone(),
        );
        let callers = Family::<CallerLabels, Total>::default();
        registry.register(
            "http_server_caller_requests_total",
            "Requests of each caller",
            callers.clone(),
        );
<% endif %>
<% if access.limited %>
        let limited = Family::<CallerLabels, Total>::default();
        registry.register(
            "http_server_caller_requests_limited_total",
            "Requests refused because their caller sent more than it may",
            limited.clone(),
        );
<% endif %>
<% if dependencies %>
        let calls = CallMetrics::register(&mut registry);
<% endif %>
<% if outbox %>
        let outbox = OutboxMetrics::register(&mut registry);
<% endif %>
        Self {
            active_requests,
            shed,
<% if keys.creates %>
            replays,
<% endif %>
            ready,
<% if access.checked %>
            unauthenticated,
            callers,
<% endif %>
<% if access.limited %>
            limited,
<% endif %>
<% if dependencies %>
            calls,
<% endif %>
<% if outbox %>
            outbox,
<% endif %>
            durations,
            registry,
        }
    }
}

impl Metrics {
    pub fn observe(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        let labels = RequestLabels {
            http_request_method: method,
            http_route: route.to_owned(),
            http_response_status_code: status,
        };
        let durations = self.durations.get_or_create(&labels);
        durations.observe(took.as_secs_f64());
    }
<% if access.checked %>

    pub fn request_of(&self, caller: &'static str) {
        self.callers.get_or_create(&CallerLabels { caller }).inc();
    }
<% if access.limited %>

    pub fn limited(&self, caller: &'static str) {
        self.limited.get_or_create(&CallerLabels { caller }).inc();
    }
<% endif %>
<% endif %>
}

/// A counter in Prometheus's classic format, where the family has the `_total` in its name;
/// `prometheus-client` alone would write it in OpenMetrics's way, which promtool takes for two.
#[derive(Clone, Debug, Default)]
pub struct Total(Counter);

impl Total {
    pub fn inc(&self) {
        self.0.inc();
    }
}

<% if dependencies or access.checked %>
impl TypedMetric for Total {
    const TYPE: MetricType = MetricType::Counter;
}

<% endif %>
impl EncodeMetric for Total {
    fn encode(&self, mut encoder: MetricEncoder<'_>) -> fmt::Result {
        encoder.encode_gauge(&self.0.get())
    }

    fn metric_type(&self) -> MetricType {
        MetricType::Counter
    }
}

/// Callers can invent methods, and each would be a series of its own.
pub fn method(method: &Method) -> &'static str {
    const KNOWN: [&str; 9] = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE",
    ];
    let known = KNOWN.into_iter().find(|known| method == known);
    known.unwrap_or("_OTHER")
}

/// What the admin listener serves.
pub fn routes() -> Router<App> {
    Router::new()¦.route("/metrics", get(metrics))<% if outbox %>¦.merge(dead::routes())<% endif %>

}

async fn metrics(State(app): State<App>) -> Result<impl IntoResponse> {
    // Asked here as well, for the gauge would be stale wherever nobody probes.
    health::obstacles(&app).await;
<% if outbox %>
    app.metrics.outbox.measure(&app).await;
<% endif %>
    let mut body = String::new();
    text::encode_registry(&mut body, &app.metrics.registry)
        .map_err(|error| Problem::internal(&error))?;
    let media_type = "text/plain; version=0.0.4; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, media_type)], body))
}
