//! Requests on their way: a pool of connections to one service, and what each request carries.
<% if enforcement.clippy %>

#![expect(clippy::disallowed_types, reason = "this is where calls leave")]
<% endif %>

use std::fmt;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, Method, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper_rustls::{ConfigBuilderExt, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore};
use tracing::{Instrument, Span};

use super::failure::{Failure, Reason, Unanswered, classify};
use super::{Call, Endpoint};
use crate::config::{Secret, Vars};
use crate::limits::CALLER_TIMEOUT;
use crate::telemetry::{self, REQUEST_ID};

/// More than any answer that we have a use for.
const LARGEST_ANSWER: usize = 1024 * 1024;

/// Node.js closes idle connections after five seconds, the soonest of the usual servers. Whoever
/// keeps them longer now and then sends a request into a connection that is being closed.
const IDLE: Duration = Duration::from_secs(4);

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// Where a service is: `http://` or `https://`, a host, and perhaps a path before all others.
#[derive(Clone)]
pub struct BaseUrl {
    uri: Uri,
    /// Without the `/` at its end.
    text: String,
    /// With the certificates that this machine trusts, or why there are none.
    tls: Option<Result<ClientConfig, &'static str>>,
}

impl BaseUrl {
    /// From a setting. Certificates are a matter of the machine, which may lack them for the
    /// default as well.
    pub fn read(vars: &mut Vars, name: &'static str, default: &str) -> Self {
        let url = vars.read(name, default, Self::parse);
        if let Some(Err(problem)) = url.tls {
            vars.refuse(name, problem);
        }
        url
    }

    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let wrong = "must be a URL without a query, such as http://localhost:8081";
        let uri: Uri = text.parse().map_err(|_| wrong)?;
        let authority = uri.authority().ok_or(wrong)?.as_str();
        if authority.contains('@') {
            return Err("must not hold credentials: they are logged; there is a setting for them");
        }
        let tls = match uri.scheme_str() {
            Some("http") => None,
            Some("https") => Some(tls()),
            _ => return Err(wrong),
        };
        if uri.query().is_some() || authority.starts_with(':') {
            return Err(wrong);
        }
        let text = text.trim_end_matches('/').to_owned();
        Ok(Self { uri, text, tls })
    }

    pub fn host(&self) -> &str {
        self.uri.host().unwrap_or_default()
    }

    pub fn port(&self) -> u16 {
        let usual = if self.tls.is_some() { 443 } else { 80 };
        self.uri.port_u16().unwrap_or(usual)
    }
}

fn tls() -> Result<ClientConfig, &'static str> {
    let config = ClientConfig::builder().with_native_roots();
    let config = config.map_err(|_| {
        "needs certificates to trust, and this machine has none: install ca-certificates, or \
         name a file of them in SSL_CERT_FILE"
    })?;
    Ok(config.with_no_client_auth())
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// One of the attempts of a call.
#[derive(Debug)]
pub struct Attempt<'a> {
    pub call: &'a Call,
    pub limit: Duration,
    /// How many there were before.
    pub resend: u32,
}

/// An answer with a status of success.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Bytes,
}

#[derive(Debug)]
pub struct Wire {
    name: &'static str,
    url: BaseUrl,
    token: Option<Secret>,
    client: Client<HttpsConnector<HttpConnector>, Body>,
}

impl Wire {
    pub fn new(endpoint: &Endpoint) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Sooner than the attempt ends: without a connection nothing has arrived, which is worth
        // knowing of a call that must not be made twice.
        tcp.set_connect_timeout(Some(endpoint.timeout / 2));
        let tls = match &endpoint.url.tls {
            Some(Ok(tls)) => tls.clone(),
            _ => trusting_nobody(),
        };
        let connector = HttpsConnectorBuilder::new().with_tls_config(tls);
        let connector = connector.https_or_http().enable_http1().wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .build(connector);
        Self {
            name: endpoint.name,
            url: endpoint.url.clone(),
            token: endpoint.token.clone(),
            client,
        }
    }

    pub fn request(&self, attempt: &Attempt<'_>) -> Result<Request<Body>, Failure> {
        let Call {
            method,
            path,
            key,
            body,
        } = attempt.call;
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url.text))
            .header(header::ACCEPT, "application/json");
        let milliseconds = telemetry::milliseconds(attempt.limit).max(1);
        request = request.header(CALLER_TIMEOUT, milliseconds);
        if let Some(token) = &self.token {
            let token = HeaderValue::try_from(format!("Bearer {}", token.expose()));
            let mut token = token.map_err(|error| Failure::unsendable(&error))?;
            token.set_sensitive(true);
            request = request.header(header::AUTHORIZATION, token);
        }
        if let Some(key) = key {
            request = request.header(IDEMPOTENCY_KEY, key);
        }
        if let Some(id) = telemetry::request_id() {
            request = request.header(REQUEST_ID, id);
        }
        if let Some(parent) = telemetry::trace_parent() {
            request = request.header(TRACEPARENT, parent);
        }
        let body = match body {
            Some(body) => {
                let body = body.as_ref().map_err(|error| Failure::unsendable(error))?;
                request = request.header(header::CONTENT_TYPE, "application/json");
                body.clone().into()
            }
            None => Body::empty(),
        };
        let request = request.body(body);
        request.map_err(|error| Failure::unsendable(&error))
    }

    /// The span of an attempt, under the names that OpenTelemetry has for clients of HTTP.
    pub fn span(&self, attempt: &Attempt<'_>) -> Span {
        tracing::info_span!(
            "call",
            request_id = telemetry::request_id(),
            trace_id = telemetry::trace_id(),
            dependency = self.name,
            http.request.method = attempt.call.method.as_str(),
            http.request.resend_count = attempt.resend,
            server.address = self.url.host(),
            server.port = self.url.port(),
            otel.kind = "client",
        )
    }

    /// Sends a request and takes the whole answer.
    pub async fn exchange(&self, request: Request<Body>) -> Result<Answer, Unanswered> {
        let response = self.client.request(request).await.map_err(|error| {
            tracing::debug!(?error, "no answer");
            Failure::of(match error.is_connect() {
                true => Reason::Unreachable,
                false => Reason::Cut,
            })
        })?;
        let (parts, body) = response.into_parts();
        let body = whole(body).await?;
        tracing::debug!(status = parts.status.as_u16(), "answer");
        let status = parts.status;
        let body = classify(status, &parts.headers, body)?;
        Ok(Answer { status, body })
    }

    /// Whether it answers at all, whatever it says, unless it says that it cannot.
    pub async fn is_alive(&self, limit: Duration) -> bool {
        let call = Call {
            method: Method::HEAD,
            ..Call::get("/")
        };
        let attempt = Attempt {
            call: &call,
            limit,
            resend: 0,
        };
        let Ok(request) = self.request(&attempt) else {
            return false;
        };
        let answer = self.exchange(request).instrument(self.span(&attempt));
        let answer = answer.await;
        answer.err().and_then(|error| error.works()).unwrap_or(true)
    }
}

async fn whole(body: Incoming) -> Result<Bytes, Failure> {
    match Limited::new(body, LARGEST_ANSWER).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Failure::of(Reason::Garbled)),
        Err(_) => Err(Failure::of(Reason::Cut)),
    }
}

/// For a service without encryption.
fn trusting_nobody() -> ClientConfig {
    let nobody = RootCertStore::empty();
    let config = ClientConfig::builder().with_root_certificates(nobody);
    config.with_no_client_auth()
}
