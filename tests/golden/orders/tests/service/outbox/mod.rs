//! What is kept in the outbox, and how it leaves.

mod dead;
mod lag;
mod leases;
mod order;
mod pauses;
mod stop;
mod transaction;

use std::collections::{BTreeMap, VecDeque};
use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::Row;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use orders::app::App;
use orders::database;
use orders::outbox::{self, Channel, Message, Undelivered, relay};
use orders::timestamp::Timestamp;

use crate::support::{PATIENCE, Service};

const CHANNEL: &str = "taker";

/// What becomes of a message.
#[derive(Clone, Copy, Debug)]
enum Reply {
    Taken,
    /// Taken, after a while.
    Late(Duration),
    Failed,
    Never,
}

/// Somebody who takes messages, as told.
#[derive(Clone)]
struct Taker {
    slots: usize,
    limit: Duration,
    script: Arc<Mutex<Script>>,
}

#[derive(Default)]
struct Script {
    /// By subject: the next replies. Without any, a message is taken.
    replies: BTreeMap<String, VecDeque<Reply>>,
    seen: Vec<Message>,
    closed: bool,
}

impl Taker {
    fn new() -> Self {
        Self {
            slots: 4,
            limit: PATIENCE,
            script: Arc::default(),
        }
    }

    fn reply(&self, subject: &str, replies: impl IntoIterator<Item = Reply>) {
        let replies = replies.into_iter().collect();
        self.script().replies.insert(subject.to_owned(), replies);
    }

    /// The messages that it was given, every time.
    fn seen(&self) -> Vec<Message> {
        self.script().seen.clone()
    }

    fn subjects(&self) -> Vec<String> {
        let seen = self.seen().into_iter();
        seen.map(|message| message.subject).collect()
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self, app: &App) -> JoinHandle<()> {
        let (app, taker) = (app.clone(), self.clone());
        tokio::spawn(async move { relay::relay(&app, &taker).await })
    }
}

impl Channel for Taker {
    fn name(&self) -> &'static str {
        CHANNEL
    }

    fn slots(&self) -> usize {
        self.slots
    }

    fn limit(&self) -> Duration {
        self.limit
    }

    async fn is_closed(&self) -> bool {
        self.script().closed
    }

    async fn deliver(&self, message: &Message) -> Result<(), Undelivered> {
        let reply = {
            let mut script = self.script();
            script.seen.push(message.clone());
            let replies = script.replies.get_mut(&message.subject);
            replies.and_then(VecDeque::pop_front)
        };
        match reply.unwrap_or(Reply::Taken) {
            Reply::Taken => Ok(()),
            Reply::Failed => Err(Undelivered::failed("not that one")),
            Reply::Late(after) => {
                sleep(after).await;
                Ok(())
            }
            Reply::Never => pending().await,
        }
    }
}

/// Keeps a message, and commits.
async fn keep(service: &Service, key: Option<&str>, subject: &str) {
    let mut db = service.app.database.begin().await.expect("a transaction");
    let body = "{\"secret\":1}".to_owned();
    let kept = outbox::enqueue(&mut db, CHANNEL, key, subject, body).await;
    kept.expect("kept");
    db.commit().await.expect("committed");
}

/// As if all pauses and all leases were over.
async fn time_passes(service: &Service) {
    let mut db = service.app.database.begin().await.expect("a transaction");
    let update = sqlx::query("UPDATE outbox SET due_at = $1").bind(Timestamp::now());
    update.execute(&mut *db).await.expect("updated");
    db.commit().await.expect("committed");
}

/// As if it had been taken so often already.
async fn taken_before(service: &Service, subject: &str, times: i32) {
    let mut db = service.app.database.begin().await.expect("a transaction");
    let update = sqlx::query("UPDATE outbox SET attempts = $1 WHERE subject = $2");
    let update = update.bind(times).bind(subject);
    update.execute(&mut *db).await.expect("updated");
    db.commit().await.expect("committed");
}

/// Whether an attempt failed, and it was given back.
async fn failed(service: &Service, subject: &str) -> bool {
    let mut db = service.app.database.read().await.expect("a connection");
    let select = "SELECT 1 FROM outbox WHERE subject = $1 AND reason IS NOT NULL";
    let select = sqlx::query(select).bind(subject);
    let found = select.fetch_optional(&mut *db).await.expect("an answer");
    found.is_some()
}

/// The subjects of what is there, with the number of attempts, and whether it is dead.
async fn kept(service: &Service) -> Vec<(String, i32, bool)> {
    let mut db = service.app.database.read().await.expect("a connection");
    let rows = sqlx::query("SELECT * FROM outbox ORDER BY position");
    let rows = rows.fetch_all(&mut *db).await.expect("rows");
    let row = |row: &database::Row| {
        let died_at: Option<Timestamp> = row.get("died_at");
        (row.get("subject"), row.get("attempts"), died_at.is_some())
    };
    rows.iter().map(row).collect()
}
