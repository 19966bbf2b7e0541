//! What waits for what: messages with one key for each other, and no others for them.

use std::time::Duration;

use tokio::time::sleep;

use orders::outbox::{self, ATTEMPTS, relay};

use super::{CHANNEL, Reply, Taker, failed, keep, kept, taken_before, time_passes};
use crate::support::{Service, until};

#[tokio::test]
async fn what_has_one_key_arrives_in_order() {
    let service = Service::start().await;
    let taker = Taker::new();
    taker.reply("a1", [Reply::Failed]);
    for (key, subject) in [("a", "a1"), ("a", "a2"), ("a", "a3"), ("b", "b1")] {
        keep(&service, Some(key), subject).await;
    }
    keep(&service, None, "c1").await;
    let _relay = taker.run(&service.app);
    until("delivered", async || kept(&service).await.is_empty()).await;
    let seen = taker.subjects();
    let of_a: Vec<_> = seen
        .iter()
        .filter(|subject| subject.starts_with('a'))
        .collect();
    assert_eq!(of_a, ["a1", "a1", "a2", "a3"]);
    let place = |subject: &str| seen.iter().position(|seen| seen == subject);
    for other in ["b1", "c1"] {
        assert!(place(other) < place("a2"), "{other} waited: {seen:?}");
    }
}

#[tokio::test]
async fn what_is_written_first_arrives_first_whoever_is_sooner_to_commit() {
    let service = Service::start().await;
    let taker = Taker::new();
    let _relay = taker.run(&service.app);
    let mut slow = service.app.database.begin().await.expect("a transaction");
    let first = outbox::enqueue(&mut slow, CHANNEL, Some("a"), "a1", "1".to_owned());
    first.await.expect("kept");
    let commit_slowly = async {
        sleep(relay::PAUSE * 2).await;
        slow.commit().await.expect("committed");
    };
    tokio::join!(keep(&service, Some("a"), "a2"), commit_slowly);
    until("delivered", async || kept(&service).await.is_empty()).await;
    assert_eq!(taker.subjects(), ["a1", "a2"]);
}

#[tokio::test]
async fn what_is_under_way_is_waited_for() {
    let service = Service::start().await;
    let taker = Taker::new();
    taker.reply("a1", [Reply::Never]);
    keep(&service, Some("a"), "a1").await;
    keep(&service, Some("a"), "a2").await;
    keep(&service, Some("b"), "b1").await;
    let _relay = taker.run(&service.app);
    until("busy", async || taker.seen().len() == 2).await;
    sleep(Duration::from_millis(500)).await;
    assert_eq!(taker.subjects(), ["a1", "b1"]);
}

#[tokio::test]
async fn no_more_are_delivered_at_once_than_agreed() {
    let service = Service::start().await;
    let taker = Taker {
        slots: 2,
        ..Taker::new()
    };
    for subject in ["1", "2", "3", "4"] {
        taker.reply(subject, [Reply::Never]);
        keep(&service, None, subject).await;
    }
    let _relay = taker.run(&service.app);
    until("busy", async || taker.seen().len() == 2).await;
    sleep(Duration::from_millis(500)).await;
    assert_eq!(taker.seen().len(), 2);
}

#[tokio::test]
async fn a_message_that_never_succeeds_is_given_up_and_lets_others_pass() {
    let service = Service::start().await;
    let taker = Taker::new();
    taker.reply("poison", [Reply::Failed; 20]);
    keep(&service, Some("a"), "poison").await;
    keep(&service, Some("a"), "behind").await;
    keep(&service, Some("b"), "beside").await;
    taken_before(&service, "poison", ATTEMPTS - 2).await;
    let _relay = taker.run(&service.app);
    until("tried again", async || failed(&service, "poison").await).await;
    let others = async || taker.subjects().contains(&"beside".to_owned());
    until("the others gone", others).await;
    time_passes(&service).await;
    let dead = vec![("poison".to_owned(), ATTEMPTS, true)];
    until("given up", async || kept(&service).await == dead).await;
    let mut subjects = taker.subjects();
    subjects.retain(|subject| subject != "beside");
    assert_eq!(subjects, ["poison", "poison", "behind"]);
}

#[tokio::test]
async fn while_nobody_is_there_nothing_is_tried() {
    let service = Service::start().await;
    let taker = Taker::new();
    taker.script().closed = true;
    keep(&service, None, "patient").await;
    let _relay = taker.run(&service.app);
    sleep(Duration::from_millis(500)).await;
    assert_eq!(kept(&service).await, [("patient".to_owned(), 0, false)]);
    taker.script().closed = false;
    until("delivered", async || kept(&service).await.is_empty()).await;
}
