//! At a stop, what is under way ends, and nothing is begun that could not.

use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::{Reply, Taker, keep, kept};
use crate::support::{PATIENCE, Service, until};

#[tokio::test]
async fn what_is_under_way_ends_and_nothing_begins() {
    let mut service = Service::start().await;
    let taker = Taker {
        slots: 1,
        ..Taker::new()
    };
    taker.reply("first", [Reply::Late(Duration::from_millis(500))]);
    keep(&service, None, "first").await;
    keep(&service, None, "second").await;
    let relay = taker.run(&service.app);
    until("busy", async || taker.seen().len() == 1).await;
    service.begin_stop();
    let ended = timeout(PATIENCE, relay).await;
    ended.expect("in time").expect("no panic");
    assert_eq!(taker.subjects(), ["first"]);
    assert_eq!(kept(&service).await, [("second".to_owned(), 0, false)]);
}

#[tokio::test]
async fn what_does_not_end_in_time_is_given_back() {
    let grace = Duration::from_millis(300);
    let mut service = Service::with(|config| config.shutdown_grace = grace).await;
    let taker = Taker::new();
    taker.reply("endless", [Reply::Never]);
    keep(&service, None, "endless").await;
    let relay = taker.run(&service.app);
    until("busy", async || taker.seen().len() == 1).await;
    let started = Instant::now();
    service.begin_stop();
    let ended = timeout(PATIENCE, relay).await;
    ended.expect("in time").expect("no panic");
    assert!(started.elapsed() >= grace, "{:?}", started.elapsed());
    // As if nobody had taken it, for whoever runs next.
    assert_eq!(kept(&service).await, [("endless".to_owned(), 0, false)]);
    let next =
        Service::with(|config| config.database_url = service.app.config.database_url.clone());
    let next = next.await;
    let _relay = taker.run(&next.app);
    until("delivered", async || kept(&service).await.is_empty()).await;
}
