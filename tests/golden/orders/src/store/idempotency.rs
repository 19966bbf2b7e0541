//! The keys of requests that may be sent again, in the database, with the answers.

use sqlx::{FromRow, Row as _};

use crate::database::{Connection, Row};
use crate::store::Result;
use crate::timestamp::Timestamp;

/// How many keys are forgotten at once: other writers wait for it.
pub const BATCH: i64 = 500;

/// Waits for whoever works on the same key; takes over what has expired.
pub const CLAIM: &str = "\
INSERT INTO idempotency (operation, key, request, created_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (operation, key) DO UPDATE
SET request = excluded.request, created_at = excluded.created_at
WHERE idempotency.created_at < $5";

pub const SELECT: &str = "\
SELECT * FROM idempotency
WHERE operation = $1 AND key = $2";

pub const KEEP: &str = "\
UPDATE idempotency
SET status = $3, location = $4, etag = $5, body = $6
WHERE operation = $1 AND key = $2";

pub const FORGET: &str = "\
DELETE FROM idempotency
WHERE (operation, key) IN (
    SELECT operation, key FROM idempotency
    WHERE created_at < $1
    ORDER BY created_at
    LIMIT $2
)";

/// A key, and the request that came with it.
#[derive(Clone, Debug)]
pub struct Key {
    pub operation: String,
    pub key: String,
    pub request: Vec<u8>,
}

/// An answer as it is kept.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: i32,
    pub location: Option<String>,
    pub etag: Option<String>,
    pub body: Vec<u8>,
}

#[derive(Clone, Debug)]
pub enum Claim {
    /// It is ours until the end of the transaction; `keep` makes it so for good.
    New,
    /// The request was answered before.
    Answered(Answer),
    /// Another request had the key.
    Taken,
}

/// Claims a key, unless it was claimed at `expired` or later.
pub async fn claim(db: &mut Connection, key: &Key, expired: Timestamp) -> Result<Claim> {
    let claim = sqlx::query(CLAIM)
        .bind(&key.operation)
        .bind(&key.key)
        .bind(&key.request)
        .bind(Timestamp::now())
        .bind(expired);
    if claim.execute(&mut *db).await?.rows_affected() == 1 {
        return Ok(Claim::New);
    }
    let select = sqlx::query(SELECT).bind(&key.operation).bind(&key.key);
    let row = select.fetch_one(db).await?;
    let request: Vec<u8> = row.try_get("request")?;
    if request != key.request {
        return Ok(Claim::Taken);
    }
    Ok(Claim::Answered(Answer::from_row(&row)?))
}

/// Keeps the answer to the request that claimed the key.
pub async fn keep(db: &mut Connection, key: &Key, answer: &Answer) -> Result<()> {
    let keep = sqlx::query(KEEP)
        .bind(&key.operation)
        .bind(&key.key)
        .bind(answer.status)
        .bind(&answer.location)
        .bind(&answer.etag)
        .bind(&answer.body);
    keep.execute(db).await?;
    Ok(())
}

/// Forgets a batch of the keys claimed before `expired`, and tells whether it was a full one.
pub async fn forget(db: &mut Connection, expired: Timestamp) -> Result<bool> {
    let forget = sqlx::query(FORGET).bind(expired).bind(BATCH);
    let forgotten = forget.execute(db).await?.rows_affected();
    Ok(forgotten >= BATCH.unsigned_abs())
}

impl FromRow<'_, Row> for Answer {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        Ok(Self {
            status: row.try_get("status")?,
            location: row.try_get("location")?,
            etag: row.try_get("etag")?,
            body: row.try_get("body")?,
        })
    }
}
