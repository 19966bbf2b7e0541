//! What every request shares, and the way each takes: all routes, and all layers in their order.

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, StatusCode, header},
    middleware::{from_fn_with_state, map_response},
    response::Response,
};
use tokio::sync::Semaphore;

use crate::access;
use crate::api;
use crate::config::Config;
use crate::database::Database;
use crate::dependencies::Dependencies;
use crate::docs;
use crate::health;
use crate::limits;
use crate::metrics::Metrics;
use crate::openapi;
use crate::problem::Problem;
use crate::rates::Rates;
use crate::server::Lifecycle;
use crate::telemetry;

#[derive(Clone, Debug)]
pub struct App {
    pub config: Arc<Config>,
    pub database: Arc<Database>,
    pub dependencies: Dependencies,
    pub lifecycle: Lifecycle,
    pub metrics: Arc<Metrics>,
    pub rates: Arc<Rates>,
    /// One permit for each request being worked on.
    pub slots: Arc<Semaphore>,
}

impl App {
    pub fn new(config: Config) -> Self {
        let metrics = Arc::<Metrics>::default();
        Self {
            database: Arc::new(Database::connect(&config)),
            dependencies: Dependencies::new(&config.endpoints, &metrics),
            lifecycle: Lifecycle::default(),
            metrics,
            rates: Arc::new(Rates::new(&config.rates)),
            slots: Arc::new(Semaphore::new(config.max_concurrent_requests)),
            config: Arc::new(config),
        }
    }
}

pub fn router(app: App) -> Router {
    layered(app, api::routes())
}

/// The way of a request: later calls of `layer` come first, and in each the first of its list.
pub fn layered(app: App, business: Router<App>) -> Router {
    // Only what callers come for is limited: probes have to get through when nothing else does.
    let business = business.layer((
        from_fn_with_state(app.clone(), limits::shed),
        from_fn_with_state(app.clone(), limits::deadline),
        from_fn_with_state(app.clone(), access::admit),
        DefaultBodyLimit::max(app.config.max_body_bytes),
    ));

    Router::new()
        .merge(business)
        .merge(health::routes())
        .merge(openapi::routes())
        .merge(docs::routes())
        .fallback(unknown_route)
        .method_not_allowed_fallback(unknown_method)
        .layer((
            from_fn_with_state(app.clone(), telemetry::observe),
            map_response(harden),
        ))
        .with_state(app)
}

async fn unknown_route() -> Problem {
    Problem::not_found("route")
}

/// axum adds `Allow`.
async fn unknown_method() -> Problem {
    let detail = "`Allow` lists the methods of this route.";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail)
}

/// Answers are for the caller that asked: no browser guesses at their type, no cache keeps them.
/// There are no CORS headers, so no web page of another origin can read them.
async fn harden(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let nosniff = HeaderValue::from_static("nosniff");
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    let no_store = HeaderValue::from_static("no-store");
    headers.entry(header::CACHE_CONTROL).or_insert(no_store);
    response
}
