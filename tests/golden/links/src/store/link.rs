//! Links in the database.

use sqlx::{FromRow, Row as _};

use crate::database::{Connection, Row};
use crate::domain::link::{Link, LinkInput, LinkQuery};
use crate::id::Id;
use crate::page::Page;
use crate::store::{Result, Select, Statement, StoreError};
use crate::timestamp::Timestamp;

pub const INSERT: &str = "\
INSERT INTO links (
    id, updated_at, slug, target, title, expires_on, created_at, version
)
VALUES ($1, $2, $3, $4, $5, $6, $2, 1)
RETURNING *";

pub const SELECT: &str = "\
SELECT * FROM links
WHERE id = $1";

pub const SELECT_PAGE: &str = "\
SELECT * FROM links";

pub const UPDATE: &str = "\
UPDATE links
SET updated_at = $2, slug = $3, target = $4, title = $5, expires_on = $6, version = version + 1
WHERE id = $1
RETURNING *";

pub const DELETE: &str = "\
DELETE FROM links
WHERE id = $1";

const MISSING: StoreError = StoreError::NotFound("link");

pub async fn create(db: &mut Connection, input: &LinkInput) -> Result<Link> {
    let insert = bind(INSERT, Id::generate(), input);
    Ok(insert.fetch_one(db).await?)
}

pub async fn find(db: &mut Connection, id: Id<Link>) -> Result<Link> {
    let select = sqlx::query_as(SELECT).bind(id);
    select.fetch_optional(db).await?.ok_or(MISSING)
}

pub async fn list(db: &mut Connection, query: LinkQuery) -> Result<Page<Link>> {
    let (cursor, limit, order) = (query.cursor, query.limit, query.order);
    select(query).page(db, cursor, limit, order).await
}

pub fn select(query: LinkQuery) -> Select {
    Select::new(SELECT_PAGE, "id").equal("slug", query.slug)
}

pub async fn update(db: &mut Connection, id: Id<Link>, input: &LinkInput) -> Result<Link> {
    let update = bind(UPDATE, id, input);
    update.fetch_optional(db).await?.ok_or(MISSING)
}

pub async fn delete(db: &mut Connection, id: Id<Link>) -> Result<()> {
    let delete = sqlx::query(DELETE).bind(id);
    match delete.execute(db).await?.rows_affected() {
        0 => Err(MISSING),
        _ => Ok(()),
    }
}

/// The same values in the same places for `INSERT` and `UPDATE`.
fn bind<'q>(statement: &'static str, id: Id<Link>, input: &'q LinkInput) -> Statement<'q, Link> {
    sqlx::query_as(statement)
        .bind(id)
        .bind(Timestamp::now())
        .bind(&input.slug)
        .bind(&input.target)
        .bind(&input.title)
        .bind(input.expires_on)
}

impl FromRow<'_, Row> for Link {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            slug: row.try_get("slug")?,
            target: row.try_get("target")?,
            title: row.try_get("title")?,
            expires_on: row.try_get("expires_on")?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}
