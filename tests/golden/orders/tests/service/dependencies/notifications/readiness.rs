//! What is remembered of `notifications` from one request to the next.

use serde_json::json;

use super::{FAILED, NAME, assert_without, service};
use crate::peer::{FINE, Peer};
use crate::support::{answer, until};

#[tokio::test]
async fn it_is_called_however_often_it_fails() {
    let peer = Peer::start(FAILED).await;
    let service = service(&peer, |_| {}).await;
    for _ in 0..10 {
        assert_without(&service).await;
    }
    let arrived = peer.requests().len();
    assert_without(&service).await;
    let open = format!("\ndependency_breaker_open{{dependency=\"{NAME}\"}}");
    let metrics = service.metrics().await;
    assert!(peer.requests().len() > arrived);
    assert!(metrics.contains(&format!("{open} 0\n")), "{metrics}");
}

#[tokio::test]
async fn while_it_is_down_this_instance_is_ready_and_says_so() {
    let peer = Peer::start(FAILED).await;
    let service = service(&peer, |_| {}).await;
    assert_eq!(answer(service.get("/health/ready")).await.0, 200);
    for _ in 0..3 {
        assert_without(&service).await;
    }
    let (_, health) = answer(service.get("/health")).await;
    assert_eq!(answer(service.get("/health/ready")).await.0, 200);
    assert_eq!(health["obstacles"], json!([]));
    assert_eq!(health["degraded"], json!([NAME]));
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
