//! What the probes say, and that they say it in time.

use std::time::Duration;

use crate::support::{Service, answer, problem, until};

#[tokio::test]
async fn it_lives_and_is_ready() {
    let service = Service::start().await;
    for (path, status) in [("/health/live", "live"), ("/health/ready", "ready")] {
        let (code, body) = answer(service.get(path)).await;
        assert_eq!((code.as_u16(), &body["status"]), (200, &status.into()));
    }
    let (code, summary) = answer(service.get("/health")).await;
    assert_eq!(code, 200);
    assert_eq!(summary["name"], "many");
    assert_eq!(summary["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(summary["status"], "ready");
}

#[tokio::test]
async fn while_it_drains_it_is_not_ready_and_serves() {
    let drain_delay = Duration::from_secs(10);
    let mut service = Service::with(|config| config.drain_delay = drain_delay).await;
    answer(service.get("/health/ready")).await;
    service.begin_stop();
    let lifecycle = &service.app.lifecycle;
    until("draining", async || lifecycle.is_draining()).await;
    let refusal = problem(service.get("/health/ready"), 503, "draining").await;
    assert_eq!(refusal["errors"][0]["pointer"], "/service");
    assert_eq!(refusal["errors"][0]["detail"], "draining");
    let (code, summary) = answer(service.get("/health")).await;
    assert_eq!(
        (code.as_u16(), &summary["status"]),
        (200, &"draining".into())
    );
    // Long enough for a port that was closed at once to be closed.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let (code, _) = answer(service.get("/health/live")).await;
    assert_eq!(code, 200);
}
