//! What the service says about each request: a line of JSON, a metric, and the id that joins them.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use tracing::{Instrument, Level, Subscriber};
use tracing_subscriber::{filter::Targets, fmt::MakeWriter, layer::SubscriberExt};
use uuid::Uuid;

use crate::app::App;
use crate::metrics::{self, Metrics};
use crate::problem::{Code, Problem};

/// The header that carries a request's id, in and out.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the log says about a request whose caller left before the answer, as nginx does.
const CLIENT_LEFT: u16 = 499;

tokio::task_local! {
    static CURRENT: HeaderValue;
<% if dependencies %>
    /// The `traceparent` that the current request came with.
    static PARENT: Option<String>;
<% endif %>
}

/// The current request's id; `None` outside a request.
pub fn request_id() -> Option<String> {
    let id = CURRENT.try_with(Clone::clone).ok()?;
    id.to_str().ok().map(str::to_owned)
}

<% if dependencies %>
/// The trace that the current request belongs to, if its caller named one.
pub fn trace_id() -> Option<String> {
    trace_part(1)
}

/// The same trace with a span of ours, to be passed on.
pub fn trace_parent() -> Option<String> {
    let span = fastrand::u64(1..);
    let (trace, flags) = (trace_part(1)?, trace_part(3)?);
    Some(format!("00-{trace}-{span:016x}-{flags}"))
}

fn trace_part(part: usize) -> Option<String> {
    let parent = PARENT.try_with(Clone::clone).ok()??;
    parent.split('-').nth(part).map(str::to_owned)
}

<% endif %>
<% if outbox %>
/// Does what a request has left behind, under its id and in its trace.
pub async fn on_behalf_of(
    request_id: Option<String>,
    trace_parent: Option<String>,
    work: impl Future<Output = ()>,
) {
    let work = PARENT.scope(trace_parent, work);
    match request_id.and_then(|id| HeaderValue::try_from(id).ok()) {
        Some(id) => CURRENT.scope(id, work).await,
        None => work.await,
    }
}

<% endif %>
/// The subscriber behind every line: JSON, the event's own fields on top, the request's in `span`.
pub fn subscriber<W>(filter: Targets, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    // tracing-subscriber's own reads the text of the fields in `span` anew for each line.
    let lines = json_subscriber::fmt::layer()
        .flatten_event(true)
        .with_span_list(false)
        .with_writer(writer);
    tracing_subscriber::registry().with(filter).with(lines)
}

pub fn init(filter: &Targets) {
    let subscriber = subscriber(filter.clone(), std::io::stdout);
    if tracing::subscriber::set_global_default(subscriber).is_ok() {
        log_panics();
    }
}

/// A panic is a line like any other; the usual message, with its backtrace, still goes to stderr.
pub fn log_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, panic = panic.payload_as_str(), "panic");
        usual(panic);
    }));
}

<% if dependencies %>
/// A time as the log has it.
pub fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

<% endif %>
/// The outermost layer: whatever happens to a request below it is seen here, and once.
pub async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = accepted_id(request.headers()).unwrap_or_else(new_id);
    let route = request.extensions().get::<MatchedPath>();
    let watch = Watch {
        started: Instant::now(),
        slow: app.config.slow_request,
        method: metrics::method(request.method()),
        route: route.map_or("", MatchedPath::as_str).to_owned(),
        metrics: app.metrics.clone(),
        status: CLIENT_LEFT,
        code: None,
    };
    watch.metrics.active_requests.inc();
    let span = tracing::info_span!(
        "request",
        request_id = id.to_str().unwrap_or_default(),
        trace_id = caller_trace(request.headers()),
        method = watch.method,
        route = watch.route,
<% if access.checked %>
        caller = tracing::field::Empty,
<% endif %>
    );
<% if dependencies %>
    let parent = caller_trace(request.headers()).and_then(|_| {
        let parent = request.headers().get("traceparent")?;
        parent.to_str().ok().map(str::to_owned)
    });
<% endif %>
    let answer = async {
        let mut watch = watch;
        // A panic ends the request it happened in, not the connection or the service.
        let response = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        let mut response = response.unwrap_or_else(|_| Problem::unexpected().into_response());
        watch.status = response.status().as_u16();
        watch.code = response.extensions().get().map(|Code(code)| *code);
        response.headers_mut().insert(REQUEST_ID, id.clone());
        response
    };
<% if dependencies %>
    let answer = PARENT.scope(parent, answer.instrument(span));
    CURRENT.scope(id.clone(), answer).await
<% else %>
    CURRENT.scope(id.clone(), answer.instrument(span)).await
<% endif %>
}

/// Speaks when it is dropped, so that a request cut short by its caller leaves a line as well.
struct Watch {
    started: Instant,
    slow: Duration,
    method: &'static str,
    route: String,
    metrics: Arc<Metrics>,
    status: u16,
    code: Option<&'static str>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        let took = self.started.elapsed();
        let (status, code) = (self.status, self.code);
        self.metrics.active_requests.dec();
        self.metrics.observe(self.method, &self.route, status, took);

<% if dependencies %>
        let duration_ms = milliseconds(took);
<% else %>
        let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
<% endif %>
        macro_rules! say {
            ($level:expr, $message:literal) => {
                tracing::event!($level, status, code, duration_ms, $message)
            };
        }
        if self.route.starts_with("/health") {
            say!(Level::DEBUG, "probe");
        } else if status == CLIENT_LEFT {
            say!(Level::WARN, "client left");
        } else if code == Some(crate::limits::OVERLOADED) {
            // One line each is enough to see an overload; errors are for what needs a person.
            say!(Level::WARN, "refused");
        } else if status >= 500 {
            say!(Level::ERROR, "failed");
        } else if took > self.slow {
            say!(Level::WARN, "slow");
        } else {
            say!(Level::INFO, "answered");
        }
    }
}

/// A caller's id goes into our logs and answers, so only a short and plain one is taken.
fn accepted_id(headers: &HeaderMap) -> Option<HeaderValue> {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let id = headers.get(REQUEST_ID)?;
    ((1..=64).contains(&id.len()) && id.as_bytes().iter().all(plain)).then(|| id.clone())
}

fn new_id() -> HeaderValue {
    let id = Uuid::now_v7().to_string();
    HeaderValue::try_from(id).unwrap_or_else(|_| HeaderValue::from_static("unknown"))
}

/// The trace this request belongs to, from W3C's `traceparent`: version, trace, span, flags.
fn caller_trace(headers: &HeaderMap) -> Option<&str> {
    let hex = |part: &str, length| {
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        part.len() == length && part.bytes().all(digit)
    };
    let mut parts = headers.get("traceparent")?.to_str().ok()?.split('-');
    let (version, trace) = (parts.next()?, parts.next()?);
    let (span, flags) = (parts.next()?, parts.next()?);
    let known = hex(version, 2) && version != "ff" && hex(span, 16) && hex(flags, 2);
    let given = hex(trace, 32) && trace.bytes().any(|byte| byte != b'0');
    (known && given).then_some(trace)
}
