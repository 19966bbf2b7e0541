//! What is remembered of `payments` from one request to the next.

use serde_json::json;

use super::{FAILED, NAME, assert_without, service};
use crate::peer::{FINE, Peer};
use crate::support::{answer, problem, until};

#[tokio::test]
async fn while_it_keeps_failing_it_is_left_alone() {
    let peer = Peer::start(FAILED).await;
    let service = service(&peer, |_| {}).await;
    for _ in 0..10 {
        assert_without(&service).await;
    }
    let arrived = peer.requests().len();
    assert_without(&service).await;
    let open = format!("\ndependency_breaker_open{{dependency=\"{NAME}\"}}");
    let metrics = service.metrics().await;
    assert_eq!(peer.requests().len(), arrived);
    assert!(metrics.contains(&format!("{open} 1\n")), "{metrics}");
}

#[tokio::test]
async fn while_it_is_down_this_instance_is_not_ready() {
    let peer = Peer::start(FAILED).await;
    let service = service(&peer, |_| {}).await;
    assert_eq!(answer(service.get("/health/ready")).await.0, 200);
    for _ in 0..3 {
        assert_without(&service).await;
    }
    let (_, health) = answer(service.get("/health")).await;
    let refusal = problem(service.get("/health/ready"), 503, "not_ready").await;
    let expected = json!([{"pointer": format!("/{NAME}"), "detail": "down"}]);
    assert_eq!(refusal["errors"], expected);
    assert_eq!(health["obstacles"][0]["part"], NAME);
    assert_eq!(health["degraded"], json!([]));
    let up = format!("\ndependency_up{{dependency=\"{NAME}\"}}");
    assert!(service.metrics().await.contains(&format!("{up} 0\n")));

    // It is asked, for nobody calls it any more.
    peer.reply(FINE);
    let back = async || {
        let (_, health) = answer(service.get("/health")).await;
        health["status"] == "ready" && health["degraded"] == json!([])
    };
    until("back", back).await;
    assert!(service.metrics().await.contains(&format!("{up} 1\n")));
}
