//! What the admin listener shows, and that no caller can make it grow.

use reqwest::Method;

use crate::{
    stubs,
    support::{Service, answer},
};

#[tokio::test]
async fn requests_are_counted_by_method_route_and_status() {
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
    for path in ["/slow/1", "/slow/2", "/fail", "/raw/1", "/raw/2"] {
        service.get(path).send().await.expect("an answer");
    }
    for method in ["BREW", "WHEN"] {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let request = service.client.request(method, service.url("/fail"));
        request.send().await.expect("an answer");
    }
    let metrics = service.metrics().await;
    for (method, route, status, count) in [
        ("GET", "/slow/{milliseconds}", 200, 2),
        ("GET", "/fail", 500, 1),
        ("GET", "", 404, 2),
        ("_OTHER", "/fail", 405, 2),
    ] {
        let line = format!(
            "http_server_request_duration_seconds_count{{http_request_method=\"{method}\",\
             http_route=\"{route}\",http_response_status_code=\"{status}\"}} {count}\n"
        );
        assert!(metrics.contains(&line), "{line} in {metrics}");
    }
    assert!(
        !metrics.contains("raw") && !metrics.contains("BREW"),
        "{metrics}"
    );
}

#[tokio::test]
async fn the_names_and_boundaries_are_what_dashboards_expect() {
    let service = Service::start().await;
    answer(service.get("/health/live")).await;
    let request = service
        .client
        .get(format!("http://{}/metrics", service.admin));
    let response = request.send().await.expect("an answer");
    let media_type = &response.headers()["content-type"];
    assert_eq!(media_type, "text/plain; version=0.0.4; charset=utf-8");
    let metrics = response.text().await.expect("text");
    for line in [
        "# TYPE http_server_request_duration_seconds histogram\n",
        "# TYPE http_server_active_requests gauge\nhttp_server_active_requests 0\n",
        "# TYPE http_server_requests_shed_total counter\nhttp_server_requests_shed_total 0\n",
        "# TYPE service_ready gauge\nservice_ready 1\n",
    ] {
        assert!(metrics.contains(line), "{line} in {metrics}");
    }
    let boundaries: Vec<&str> = metrics
        .lines()
        .filter_map(|line| Some(line.split_once("le=\"")?.1.split_once('"')?.0))
        .collect();
    let expected = "0.005 0.01 0.025 0.05 0.075 0.1 0.25 0.5 0.75 1.0 2.5 5.0 7.5 10.0 +Inf";
    assert_eq!(boundaries.join(" "), expected);
}

#[tokio::test]
async fn the_public_listener_does_not_show_them() {
    let service = Service::start().await;
    assert_eq!(answer(service.get("/metrics")).await.0, 404);
}
