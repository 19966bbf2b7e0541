//! Messages that have not left yet, in the database.

use sqlx::{FromRow, Row as _};

use crate::database::{Connection, Row};
use crate::id::Id;
use crate::store::{Result, StoreError};
use crate::timestamp::Timestamp;

pub const INSERT: &str = "\
INSERT INTO outbox (
    id, channel, ordering_key, subject, body, request_id, trace_parent,
    created_at, due_at, attempts
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 0)";

<% if postgresql %>
/// Until this transaction ends, others wait that write behind the same key: a position is given out
/// before the commit, and nobody sees the message until then.
pub const WAIT_FOR_TURN: &str = "\
SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

<% endif %>
/// Those that may be taken: of each key the first. What is dead stands in nobody's way.
pub const READY: &str = "\
SELECT id FROM outbox AS message
WHERE channel = $1 AND died_at IS NULL AND due_at <= $2
AND NOT EXISTS (
    SELECT 1 FROM outbox AS earlier
    WHERE earlier.channel = message.channel
    AND earlier.ordering_key = message.ordering_key
    AND earlier.position < message.position
    AND earlier.died_at IS NULL
)
ORDER BY position
LIMIT 32";

pub const CLAIM: &str = "\
UPDATE outbox
SET attempts = attempts + 1, due_at = $3
WHERE id = $1 AND died_at IS NULL AND due_at <= $2
RETURNING *";

pub const DELIVERED: &str = "\
DELETE FROM outbox
WHERE id = $1";

pub const POSTPONE: &str = "\
UPDATE outbox
SET attempts = $3, due_at = $4, reason = $5
WHERE id = $1 AND attempts = $2";

pub const BURY: &str = "\
UPDATE outbox
SET died_at = $3, reason = $4
WHERE id = $1 AND attempts = $2";

pub const SELECT_DEAD: &str = "\
SELECT * FROM outbox
WHERE died_at IS NOT NULL
ORDER BY position
LIMIT 100";

pub const REPLAY: &str = "\
UPDATE outbox
SET died_at = NULL, attempts = 0, due_at = $2
WHERE id = $1 AND died_at IS NOT NULL";

pub const REPLAY_ALL: &str = "\
UPDATE outbox
SET died_at = NULL, attempts = 0, due_at = $1
WHERE died_at IS NOT NULL";

pub const DISCARD: &str = "\
DELETE FROM outbox
WHERE id = $1 AND died_at IS NOT NULL";

pub const LAG: &str = "\
SELECT
    channel,
    count(*) - count(died_at) AS waiting,
    count(died_at) AS dead,
    min(CASE WHEN died_at IS NULL THEN created_at END) AS oldest
FROM outbox
GROUP BY channel";

const MISSING: StoreError = StoreError::NotFound("dead message");

/// A message in the making.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    pub channel: &'a str,
    pub ordering_key: Option<&'a str>,
    /// What is done with the body: a path, or a type.
    pub subject: &'a str,
    /// JSON.
    pub body: String,
    pub request_id: Option<String>,
    pub trace_parent: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Message {
    /// The same for every attempt.
    pub id: Id<Self>,
    pub channel: String,
    pub ordering_key: Option<String>,
    pub subject: String,
    pub body: String,
    pub request_id: Option<String>,
    pub trace_parent: Option<String>,
    pub created_at: Timestamp,
    /// How often it was taken; with the id, it names who took it.
    pub attempts: i32,
    pub reason: Option<String>,
}

/// How far a channel is behind.
#[derive(Clone, Debug)]
pub struct Lag {
    pub channel: String,
    pub waiting: i64,
    pub dead: i64,
    /// When the oldest of those that wait was written.
    pub oldest: Option<Timestamp>,
}

pub async fn insert(db: &mut Connection, draft: &Draft<'_>) -> Result<Id<Message>> {
<% if postgresql %>
    if let Some(key) = draft.ordering_key {
        let turn = format!("{} {key}", draft.channel);
        let wait = sqlx::query(WAIT_FOR_TURN).bind(turn);
        wait.execute(&mut *db).await?;
    }
<% endif %>
    let id = Id::generate();
    let insert = sqlx::query(INSERT)
        .bind(id)
        .bind(draft.channel)
        .bind(draft.ordering_key)
        .bind(draft.subject)
        .bind(&draft.body)
        .bind(&draft.request_id)
        .bind(&draft.trace_parent)
        .bind(Timestamp::now());
    insert.execute(db).await?;
    Ok(id)
}

/// What can be taken now, the oldest first.
pub async fn ready(db: &mut Connection, channel: &str) -> Result<Vec<Id<Message>>> {
    let ready = sqlx::query_scalar(READY)
        .bind(channel)
        .bind(Timestamp::now());
    Ok(ready.fetch_all(db).await?)
}

/// Takes a message until then, unless somebody else has.
pub async fn claim(
    db: &mut Connection,
    id: Id<Message>,
    until: Timestamp,
) -> Result<Option<Message>> {
    let claim = sqlx::query_as(CLAIM)
        .bind(id)
        .bind(Timestamp::now())
        .bind(until);
    Ok(claim.fetch_optional(db).await?)
}

/// Whoever delivered it: it need not be delivered again.
pub async fn delivered(db: &mut Connection, message: &Message) -> Result<()> {
    let delivered = sqlx::query(DELIVERED).bind(message.id);
    delivered.execute(db).await?;
    Ok(())
}

/// Gives it back, to be taken from `due` on, unless somebody else has taken it meanwhile.
pub async fn postpone(
    db: &mut Connection,
    message: &Message,
    attempts: i32,
    due: Timestamp,
    reason: &str,
) -> Result<()> {
    let postpone = sqlx::query(POSTPONE)
        .bind(message.id)
        .bind(message.attempts)
        .bind(attempts)
        .bind(due)
        .bind(reason);
    postpone.execute(db).await?;
    Ok(())
}

/// Gives it up, unless somebody else has taken it meanwhile.
pub async fn bury(db: &mut Connection, message: &Message, reason: &str) -> Result<()> {
    let bury = sqlx::query(BURY)
        .bind(message.id)
        .bind(message.attempts)
        .bind(Timestamp::now())
        .bind(reason);
    bury.execute(db).await?;
    Ok(())
}

/// The oldest of those that were given up.
pub async fn dead(db: &mut Connection) -> Result<Vec<Message>> {
    Ok(sqlx::query_as(SELECT_DEAD).fetch_all(db).await?)
}

/// Has one tried again that was given up.
pub async fn replay(db: &mut Connection, id: Id<Message>) -> Result<()> {
    let replay = sqlx::query(REPLAY).bind(id).bind(Timestamp::now());
    match replay.execute(db).await?.rows_affected() {
        0 => Err(MISSING),
        _ => Ok(()),
    }
}

/// Has all tried again that were given up, and tells how many those are.
pub async fn replay_all(db: &mut Connection) -> Result<u64> {
    let replay = sqlx::query(REPLAY_ALL).bind(Timestamp::now());
    Ok(replay.execute(db).await?.rows_affected())
}

/// Forgets one that was given up.
pub async fn discard(db: &mut Connection, id: Id<Message>) -> Result<()> {
    let discard = sqlx::query(DISCARD).bind(id);
    match discard.execute(db).await?.rows_affected() {
        0 => Err(MISSING),
        _ => Ok(()),
    }
}

/// How far every channel is behind that has messages.
pub async fn lag(db: &mut Connection) -> Result<Vec<Lag>> {
    Ok(sqlx::query_as(LAG).fetch_all(db).await?)
}

impl FromRow<'_, Row> for Message {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            channel: row.try_get("channel")?,
            ordering_key: row.try_get("ordering_key")?,
            subject: row.try_get("subject")?,
            body: row.try_get("body")?,
            request_id: row.try_get("request_id")?,
            trace_parent: row.try_get("trace_parent")?,
            created_at: row.try_get("created_at")?,
            attempts: row.try_get("attempts")?,
            reason: row.try_get("reason")?,
        })
    }
}

impl FromRow<'_, Row> for Lag {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        Ok(Self {
            channel: row.try_get("channel")?,
            waiting: row.try_get("waiting")?,
            dead: row.try_get("dead")?,
            oldest: row.try_get("oldest")?,
        })
    }
}
