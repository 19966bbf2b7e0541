//! Nobody gets past who is not known, whatever the route.

use std::collections::BTreeSet;

use reqwest::{Client, Method, RequestBuilder, StatusCode, header};

use crate::credentials::{self, KNOWN};
use crate::stubs;
use crate::support::{PATIENCE, Service, assert_problem, logged, problem, routes, with_ids};

/// Routes for everybody: whoever adds one says here why it needs no caller.
const PUBLIC: &[&str] = &[
    // Probes have no token.
    "/health",
    "/health/live",
    "/health/ready",
<% if documented %>
    // What the routes are is no secret, and no record is in it.
    "/docs",
    "/openapi.json",
<% endif %>
];

/// Sends what `Service` would, and says nothing of who it is.
fn stranger() -> Client {
    let client = Client::builder().timeout(PATIENCE).build();
    client.expect("a client")
}

async fn methods(service: &Service, route: &str) -> BTreeSet<Method> {
    let other = Method::from_bytes(b"OTHER").expect("a method");
    let url = service.url(&with_ids(route));
    let refusal = service.client.request(other, url).send().await;
    let refusal = refusal.expect("an answer");
    assert_eq!(refusal.status(), 405, "{route}");
    let allowed = refusal.headers()[header::ALLOW].to_str().expect("text");
    let method = |name: &str| name.parse().expect("a method");
    allowed.split(',').map(method).collect()
}

/// Every method of every route that is not for everybody.
async fn guarded(service: &Service) -> Vec<(Method, String)> {
    let mut guarded = Vec::new();
    for route in routes(service) {
        if PUBLIC.contains(&route.as_str()) {
            continue;
        }
        for method in methods(service, &route).await {
            guarded.push((method, with_ids(&route)));
        }
    }
    guarded
}

async fn refused(request: RequestBuilder, is_head: bool, challenge: &str) {
    let response = request.send().await.expect("an answer");
    assert_eq!(response.headers()[header::WWW_AUTHENTICATE], challenge);
    if is_head {
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    } else {
        assert_problem(response, 401, "unauthenticated").await;
    }
}

#[tokio::test]
async fn without_credentials_every_route_is_401() {
    let service = Service::start().await;
    for (method, path) in guarded(&service).await {
        let is_head = method == Method::HEAD;
        let request = || stranger().request(method.clone(), service.url(&path));
        refused(request(), is_head, "Bearer").await;
        let none: [&[u8]; 5] = [b"", b"Bearer", b"Bearer ", b"Basic YTpi", b"Bearer \xff"];
        for odd in none {
            let request = request().header(header::AUTHORIZATION, odd);
            refused(request, is_head, "Bearer").await;
        }
        for unknown in ["Bearer unknown", "bearer a b"] {
            let request = request().header(header::AUTHORIZATION, unknown);
            refused(request, is_head, "Bearer error=\"invalid_token\"").await;
        }
    }
}

#[tokio::test]
async fn with_credentials_no_route_is_401_or_403() {
    let service = Service::start().await;
    for (method, path) in guarded(&service).await {
        let request = service.client.request(method.clone(), service.url(&path));
        let status = request.send().await.expect("an answer").status();
        assert!(![401, 403].contains(&status.as_u16()), "{method} {path}");
    }
}
<% if access.readers %>

#[tokio::test]
async fn who_may_only_read_changes_nothing() {
    let service = Service::start().await;
    let reads = |method: &Method| [Method::GET, Method::HEAD].contains(method);
    for (method, path) in guarded(&service).await {
        let request = stranger().request(method.clone(), service.url(&path));
        let request = request.header(header::AUTHORIZATION, credentials::reader());
        let response = request.send().await.expect("an answer");
        if reads(&method) {
            assert_ne!(response.status(), 403, "{method} {path}");
            continue;
        }
        let challenge = &response.headers()[header::WWW_AUTHENTICATE];
        assert_eq!(challenge, "Bearer error=\"insufficient_scope\"");
        assert_problem(response, 403, "forbidden").await;
    }
}
<% endif %>

#[tokio::test]
async fn what_is_for_everybody_needs_no_credentials() {
    let service = Service::start().await;
    for path in PUBLIC {
        let response = stranger().get(service.url(path)).send().await;
        assert_eq!(response.expect("an answer").status(), 200, "{path}");
    }
    let nothing = stranger().get(service.url("/nothing"));
    problem(nothing, 404, "not_found").await;
}

#[tokio::test]
async fn two_credentials_are_none() {
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
    let mut both = header::HeaderMap::new();
    for token in [credentials::valid(), credentials::valid()] {
        both.append(header::AUTHORIZATION, token);
    }
    let request = stranger().get(service.url("/slow/0")).headers(both);
    refused(request, false, "Bearer").await;
}

#[tokio::test]
async fn log_and_metrics_name_the_caller_and_no_credentials() {
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
    let request = service.get("/slow/1").header("x-request-id", "named");
    request.send().await.expect("an answer");
    let lines = logged("named", |lines| !lines.is_empty()).await;
    assert_eq!(lines[0]["span"]["caller"], KNOWN, "{lines:?}");
    let secret = credentials::valid();
    let secret = secret.to_str().expect("text");
    let secret = secret.trim_start_matches("Bearer ");
    for line in &lines {
        assert!(!line.to_string().contains(secret), "{line}");
    }
    let request = stranger().get(service.url("/slow/1"));
    request.send().await.expect("an answer");
    let metrics = service.metrics().await;
    for line in [
        &*format!("\nhttp_server_caller_requests_total{{caller=\"{KNOWN}\"}} 1\n"),
        "\nhttp_server_requests_unauthenticated_total 1\n",
    ] {
        assert!(metrics.contains(line), "{line} in {metrics}");
    }
    let shown = format!("{:?}", service.app);
    assert!(!shown.contains(secret), "{shown}");
}
