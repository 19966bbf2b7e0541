//! Starts the service in this process, on a free port and with a database of its own.

use std::{
<% if documented or access.checked %>
    collections::BTreeSet,
<% endif %>
    io::Write,
    net::SocketAddr,
<% if entities and not postgresql %>
    path::Path,
<% endif %>
    sync::{Mutex, OnceLock, PoisonError},
    time::Duration,
};

use axum::Router;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::Value;
<% if entities and not postgresql %>
use tempfile::TempDir;
<% endif %>
use tokio::{
    net::TcpListener,
    sync::oneshot,
    task::JoinHandle,
    time::{sleep, timeout},
};
<% if keys.creates %>
use uuid::Uuid;
<% endif %>

use <{ service.crate_name }>::app::{self, App};
use <{ service.crate_name }>::config::Config;
<% if entities and not postgresql %>
use <{ service.crate_name }>::config::Secret;
<% endif %>
<% if keys.creates %>
use <{ service.crate_name }>::idempotency::IDEMPOTENCY_KEY;
<% endif %>
use <{ service.crate_name }>::metrics;
use <{ service.crate_name }>::server::{self, Outcome};
use <{ service.crate_name }>::telemetry;
<% if documented or access.checked or (entities and postgresql) %>

<% endif %>
<% if access.checked %>
use crate::credentials;
<% endif %>
<% if documented %>
use crate::documented;
<% endif %>
<% if entities and postgresql %>
use crate::postgresql::TestDatabase;
<% endif %>
<% if documented or access.checked and entities %>
use crate::records::NOBODY;
<% endif %>

/// The service itself, to be started.
pub const PROGRAM: &str =¦ env!(⟦"CARGO_BIN_EXE_<{ service.name }>"⟧);

/// Whoever waits longer than this in a test waits for something that will not happen.
pub const PATIENCE: Duration = Duration::from_secs(<% if postgresql %>10<% else %>5<% endif %>);

pub struct Service {
    pub address: SocketAddr,
    pub admin: SocketAddr,
    pub app: App,
    pub client: Client,
<% if entities and postgresql %>
    pub database: TestDatabase,
<% elif entities %>
    pub directory: TempDir,
<% endif %>
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<Outcome>,
}

impl Service {
<% if entities and postgresql %>
    /// With every setting's default, and patience with a server that shares the machine.
    pub async fn start() -> Self {
        Self::with(|config| config.request_timeout = Duration::from_secs(6)).await
    }
<% else %>
    /// With every setting's default.
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }
<% endif %>

    /// With the settings changed by `change`.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
<% if documented %>
        Self::launch(change, |app| documented::watched(app::router(app))).await
<% else %>
        Self::launch(change, app::router).await
<% endif %>
    }

    /// The same layers around routes that no service has: slow ones, broken ones.
    pub async fn with_routes(change: impl FnOnce(&mut Config), routes: Router<App>) -> Self {
        Self::launch(change, |app| app::layered(app, routes)).await
    }

    async fn launch(change: impl FnOnce(&mut Config), router: impl FnOnce(App) -> Router) -> Self {
        log();
<% if entities and postgresql %>
        let database = TestDatabase::create().await;
<% elif entities %>
        let directory = tempfile::tempdir().expect("a directory");
<% endif %>
<% if access.checked %>
        let settings = credentials::settings();
        let mut config = Config::from_vars(settings).expect("no problem");
<% else %>
        let mut config = Config::from_vars([]).expect("no problem");
<% endif %>
        // The same for every test, whatever the defaults come to be.
        config.request_timeout = Duration::from_secs(2);
        config.header_timeout = Duration::from_secs(5);
        config.max_concurrent_requests = 60;
        config.max_connections = 1_000;
        config.max_body_bytes = 256 * 1024;
        config.drain_delay = Duration::ZERO;
        config.shutdown_grace = Duration::from_secs(10);
        config.slow_request = Duration::from_millis(300);
<% if entities and postgresql %>
        config.database_url = database.url();
        config.database_connections = 16;
<% elif entities %>
        config.database_url = database_url(&directory.path().join("service.db"));
<% endif %>
        change(&mut config);
        let app = App::new(config);
<% if access.jwt %>
        // A test without a pause is about how keys are fetched.
        if !app.config.issuer.pause.is_zero() {
            app.issuer.learn(&credentials::keys());
        }
<% endif %>
<% if entities %>
        // Whether it is ready is for the test to say.
        app.database.migrate().await.ok();
<% endif %>
        let (listener, address) = listen().await;
        let (admin_listener, admin) = listen().await;
        let (stop, stopped) = oneshot::channel();

        let public = router(app.clone());
        let private = metrics::routes().with_state(app.clone());
        let serving = tokio::spawn({
            let app = app.clone();
            async move {
                let stopped = async { _ = stopped.await };
                let never = std::future::pending();
                let (config, lifecycle) = (&app.config, &app.lifecycle);
                tokio::select! {
                    outcome = server::serve(listener, public, config, lifecycle, stopped) => outcome,
                    outcome = server::serve(admin_listener, private, config, lifecycle, never) => outcome,
                }
            }
        });
        Self {
            address,
            admin,
            app,
            client: Client::builder()
                .timeout(PATIENCE)
<% if access.checked %>
                .default_headers(credentials::headers())
<% endif %>
                .build()
                .expect("a client"),
<% if entities and postgresql %>
            database,
<% elif entities %>
            directory,
<% endif %>
            stop: Some(stop),
            serving,
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(path))
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
<% if keys.creates %>
        keyed(self.client.post(self.url(path)))
<% else %>
        self.client.post(self.url(path))
<% endif %>
    }

<% if joins %>
    pub fn put(&self, path: &str) -> RequestBuilder {
<% if keys.changes %>
        keyed(self.client.put(self.url(path)))
<% else %>
        self.client.put(self.url(path))
<% endif %>
    }

<% endif %>
<% if entities %>
    pub fn patch(&self, path: &str) -> RequestBuilder {
<% if keys.changes %>
        keyed(self.client.patch(self.url(path)))
<% else %>
        self.client.patch(self.url(path))
<% endif %>
    }

<% endif %>
    pub fn delete(&self, path: &str) -> RequestBuilder {
<% if keys.changes %>
        keyed(self.client.delete(self.url(path)))
<% else %>
        self.client.delete(self.url(path))
<% endif %>
    }

    pub async fn metrics(&self) -> String {
        let response = self.client.get(format!("http://{}/metrics", self.admin));
        response
            .send()
            .await
            .expect("an answer")
            .text()
            .await
            .expect("text")
    }

    /// Asks it to stop, as a signal would, without waiting until it has.
    pub fn begin_stop(&mut self) {
        self.stop.take().map(|stop| stop.send(()));
    }

    pub async fn stop(mut self) -> Outcome {
        self.begin_stop();
        self.serving.await.expect("no panic")
    }
}

<% if keys.creates %>
/// With a key that no other request has.
fn keyed(request: RequestBuilder) -> RequestBuilder {
    request.header(IDEMPOTENCY_KEY, Uuid::now_v7().to_string())
}

<% endif %>
<% if entities and not postgresql %>
pub fn database_url(file: &Path) -> Secret {
    Secret::from(&*format!("sqlite:{}", file.display()))
}

<% endif %>
async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

<% if documented or access.checked %>
/// The routes there are. axum gives no list of them, but shows them.
pub fn routes(service: &Service) -> BTreeSet<String> {
    let router = format!("{:?}", app::router(service.app.clone()));
    let (router, _) = router.split_once("fallback_router").expect("its routes");
    let shown = router.split('"').skip(1).step_by(2);
    let routes = shown.filter(|text| text.starts_with('/'));
    routes.map(str::to_owned).collect()
}

/// The path with ids that nothing has.
pub fn with_ids(path: &str) -> String {
<% if entities %>
    let parts = path.split('/');
    let parts = parts.map(|part| if part.starts_with('{') { NOBODY } else { part });
    parts.collect::<Vec<_>>().join("/")
<% else %>
    path.to_owned()
<% endif %>
}

<% endif %>
/// Waits for what is about to happen.
pub async fn until(what: &str, holds: impl AsyncFn() -> bool) {
    let wait = async {
        while !holds().await {
            sleep(Duration::from_millis(2)).await;
        }
    };
    let waited = timeout(PATIENCE, wait).await;
    assert!(waited.is_ok(), "still not {what}");
}

/// Sends it, and takes the answer apart: the status and the JSON.
pub async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.expect("an answer");
    let status = response.status();
    (status, json(response).await)
}

pub async fn json(response: Response) -> Value {
    let body = response.bytes().await.expect("a body");
    if body.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(&body).expect("JSON")
}

/// Asserts that it is a whole problem with this status and code, and returns its body.
pub async fn problem(request: RequestBuilder, status: u16, code: &str) -> Value {
    let response = request.send().await.expect("an answer");
    assert_problem(response, status, code).await
}

pub async fn assert_problem(response: Response, status: u16, code: &str) -> Value {
    let headers = response.headers().clone();
    let got = response.status().as_u16();
    let body = json(response).await;
    assert_eq!(got, status, "{body}");
    assert_eq!(
        headers["content-type"], "application/problem+json",
        "{body}"
    );
    assert_eq!(body["code"], code, "{body}");
    assert_eq!(body["status"], status, "{body}");
    assert_eq!(
        body["request_id"],
        headers["x-request-id"].to_str().expect("text"),
        "{body}"
    );
    assert!(
        body["type"]
            .as_str()
            .is_some_and(|kind| kind.ends_with(code)),
        "{body}"
    );
    assert!(
        body["title"].is_string() && body["detail"].is_string(),
        "{body}"
    );
    body
}

/// The lines logged for the request with this id, once `enough` of them are there.
pub async fn logged(request_id: &str, enough: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    until("logged", async || enough(&lines_of(request_id))).await;
    lines_of(request_id)
}

fn lines_of(request_id: &str) -> Vec<Value> {
    let log = log().lock().unwrap_or_else(PoisonError::into_inner);
    let text = String::from_utf8_lossy(&log);
    let lines = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    lines
        .filter(|line: &Value| line["span"]["request_id"] == request_id)
        .collect()
}

/// All tests share one log, since a process has one.
fn log() -> &'static Mutex<Vec<u8>> {
    static LOG: OnceLock<&'static Mutex<Vec<u8>>> = OnceLock::new();
    LOG.get_or_init(|| {
        let log: &'static Mutex<Vec<u8>> = Box::leak(Box::default());
        let writer = move || Buffer(log);
        let filter = "warn,<{ service.crate_name }>=debug"¦.parse()¦.expect("a filter");
        let subscriber = telemetry::subscriber(filter, writer);
        tracing::subscriber::set_global_default(subscriber).expect("the only subscriber");
        telemetry::log_panics();
        log
    })
}

struct Buffer(&'static Mutex<Vec<u8>>);

impl Write for Buffer {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.write(line)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
