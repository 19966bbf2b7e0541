//! How far it is behind is seen before anybody complains.

use <{ service.crate_name }>::outbox::ATTEMPTS;
use <{ service.crate_name }>::timestamp::Timestamp;

use super::{CHANNEL, Reply, Taker, keep, kept, taken_before};
use crate::support::{Service, until};

async fn value(service: &Service, name: &str, channel: &str) -> Option<f64> {
    let metrics = service.metrics().await;
    let start = format!("{name}{{channel=\"{channel}\"}} ");
    let value = metrics.lines().find_map(|line| line.strip_prefix(&start))?;
    Some(value.parse().expect("a number"))
}

#[tokio::test]
async fn what_waits_is_counted_and_aged() {
    let service = Service::start().await;
    keep(&service, None, "old").await;
    keep(&service, None, "new").await;
    let then: Timestamp = "2026-11-25T09:30:00Z".parse().expect("an instant");
    let mut db = service.app.database.begin().await.expect("a transaction");
    let update = sqlx::query("UPDATE outbox SET created_at = $1 WHERE subject = 'old'");
    update.bind(then).execute(&mut *db).await.expect("updated");
    db.commit().await.expect("committed");
    let ago = then.elapsed().as_secs_f64();
    assert_eq!(value(&service, "outbox_waiting", CHANNEL).await, Some(2.0));
    let age = value(&service, "outbox_oldest_seconds", CHANNEL).await;
    assert!(Some(ago) <= age && age < Some(ago + 60.0), "{age:?}");

    let taker = Taker::new();
    taker.reply("new", [Reply::Failed]);
    taken_before(&service, "new", ATTEMPTS - 1).await;
    let _relay = taker.run(&service.app);
    let all_dead = async || kept(&service).await.iter().all(|(.., dead)| *dead);
    until("done", all_dead).await;
    for (name, expected) in [
        ("outbox_waiting", 0.0),
        ("outbox_oldest_seconds", 0.0),
        ("outbox_dead", 1.0),
        ("outbox_delivered_total", 1.0),
        ("outbox_failed_total", 1.0),
    ] {
        let value = value(&service, name, CHANNEL).await;
        assert_eq!(value, Some(expected), "{name}");
    }
}

#[tokio::test]
async fn channels_are_shown_before_there_is_anything_in_them() {
    let service = Service::start().await;
    for channel in [⟦<% for dependency in dependencies if dependency.queued %>"<{ dependency.slug }>"<% if not loop.last %>, <% endif %><% endfor %>⟧] {
        for name in [
            "outbox_waiting",
            "outbox_oldest_seconds",
            "outbox_dead",
            "outbox_delivered_total",
            "outbox_failed_total",
        ] {
            assert_eq!(value(&service, name, channel).await, Some(0.0), "{name}");
        }
    }
}
