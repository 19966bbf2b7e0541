//! A message is there exactly if its change is.

use orders::outbox;

use super::{CHANNEL, Taker, keep, kept};
use crate::support::{Service, until};

#[tokio::test]
async fn what_is_rolled_back_is_not_delivered() {
    let service = Service::start().await;
    let taker = Taker::new();
    let _relay = taker.run(&service.app);
    let mut db = service.app.database.begin().await.expect("a transaction");
    let undone = outbox::enqueue(&mut db, CHANNEL, None, "undone", "1".to_owned());
    undone.await.expect("kept");
    drop(db);
    keep(&service, None, "done").await;
    until("delivered", async || kept(&service).await.is_empty()).await;
    assert_eq!(taker.subjects(), ["done"]);
}

#[tokio::test]
async fn what_is_not_committed_yet_waits() {
    let service = Service::start().await;
    let taker = Taker::new();
    let mut db = service.app.database.begin().await.expect("a transaction");
    let later = outbox::enqueue(&mut db, CHANNEL, None, "later", "1".to_owned());
    later.await.expect("kept");
    let _relay = taker.run(&service.app);
    tokio::time::sleep(outbox::relay::PAUSE * 2).await;
    assert!(taker.seen().is_empty());
    db.commit().await.expect("committed");
    until("delivered", async || kept(&service).await.is_empty()).await;
    assert_eq!(taker.subjects(), ["later"]);
}
