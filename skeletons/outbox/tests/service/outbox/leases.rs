//! What one relay has taken no other takes, unless it dies.

use std::collections::BTreeSet;
use std::time::Duration;

use <{ service.crate_name }>::app::App;
use <{ service.crate_name }>::outbox::ATTEMPTS;

use super::{Reply, Taker, keep, kept, taken_before, time_passes};
use crate::support::{Service, until};

#[tokio::test(flavor = "multi_thread")]
async fn several_relays_deliver_each_message_once() {
    let service = Service::start().await;
    let taker = Taker::new();
    for number in 0..60 {
        let key = format!("{}", number % 7);
        let subject = format!("{number}");
        taker.reply(&subject, [Reply::Late(Duration::from_millis(number % 5))]);
        keep(&service, Some(&key), &subject).await;
    }
    // Another process, as far as the database can tell.
    let other = App::new((*service.app.config).clone());
    other.database.migrate().await.expect("migrated");
    let _relays = [&service.app, &other].map(|app| taker.run(app));
    until("delivered", async || kept(&service).await.is_empty()).await;
    let seen = taker.seen();
    assert_eq!(seen.len(), 60);
    for key in 0..7 {
        let key = Some(key.to_string());
        let of_key = seen.iter().filter(|message| message.ordering_key == key);
        let numbers: Vec<u8> = of_key
            .map(|message| message.subject.parse().expect("a number"))
            .collect();
        assert!(numbers.is_sorted(), "{numbers:?}");
    }
}

#[tokio::test]
async fn what_was_under_way_when_its_process_died_is_delivered_again_with_the_same_id() {
    let service = Service::start().await;
    let taker = Taker::new();
    // It arrives, and nobody lives to note that.
    taker.reply("order", [Reply::Never]);
    keep(&service, None, "order").await;
    let relay = taker.run(&service.app);
    until("arrived", async || taker.seen().len() == 1).await;
    relay.abort();
    assert!(relay.await.is_err());

    let _relay = taker.run(&service.app);
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(taker.seen().len(), 1, "it still belongs to the first");
    time_passes(&service).await;
    until("delivered", async || kept(&service).await.is_empty()).await;
    let seen = taker.seen();
    let ids: BTreeSet<_> = seen.iter().map(|message| message.id.to_string()).collect();
    assert_eq!((seen.len(), ids.len()), (2, 1));
    assert_eq!(seen[1].body, "{\"secret\":1}");
}

#[tokio::test]
async fn what_was_delivered_late_is_delivered() {
    let service = Service::start().await;
    let taker = Taker::new();
    let late = Reply::Late(Duration::from_secs(1));
    taker.reply("order", [late, Reply::Never]);
    keep(&service, None, "order").await;
    let _first = taker.run(&service.app);
    until("taken", async || taker.seen().len() == 1).await;
    time_passes(&service).await;
    let _second = taker.run(&service.app);
    until("taken again", async || taker.seen().len() == 2).await;
    // The first has delivered it: that is what matters.
    until("delivered", async || kept(&service).await.is_empty()).await;
}

#[tokio::test]
async fn what_kills_every_process_that_takes_it_is_given_up() {
    let service = Service::start().await;
    let taker = Taker::new();
    keep(&service, None, "deadly").await;
    taken_before(&service, "deadly", ATTEMPTS).await;
    let _relay = taker.run(&service.app);
    let dead = vec![("deadly".to_owned(), ATTEMPTS + 1, true)];
    until("given up", async || kept(&service).await == dead).await;
    assert!(taker.seen().is_empty());
}

#[tokio::test]
async fn what_takes_too_long_has_failed() {
    let service = Service::start().await;
    let taker = Taker {
        limit: Duration::from_millis(50),
        ..Taker::new()
    };
    taker.reply("slow", [Reply::Never]);
    keep(&service, None, "slow").await;
    let _relay = taker.run(&service.app);
    until("delivered", async || kept(&service).await.is_empty()).await;
    assert_eq!(taker.seen().len(), 2);
}
