//! Tags in the database.

use sqlx::{FromRow, Row as _};

use crate::database::{Connection, Row};
use crate::domain::tag::{Tag, TagInput, TagQuery};
use crate::id::Id;
use crate::page::Page;
use crate::store::{Result, Select, Statement, StoreError, Stored};
use crate::timestamp::Timestamp;

pub const INSERT: &str = "\
INSERT INTO tags (
    id, updated_at, name, created_at
)
VALUES ($1, $2, $3, $2)
ON CONFLICT (name) DO NOTHING
RETURNING *";

pub const SELECT: &str = "\
SELECT * FROM tags
WHERE id = $1";

pub const SELECT_SAME: &str = "\
SELECT * FROM tags
WHERE name = $1";

pub const SELECT_PAGE: &str = "\
SELECT * FROM tags";

pub const UPDATE: &str = "\
UPDATE tags
SET updated_at = $2, name = $3
WHERE id = $1
RETURNING *";

pub const DELETE: &str = "\
DELETE FROM tags
WHERE id = $1";

const MISSING: StoreError = StoreError::NotFound("tag");

/// Where there is one already, that one, as it is.
pub async fn create(db: &mut Connection, input: &TagInput) -> Result<Stored<Tag>> {
    let insert = bind(INSERT, Id::generate(), input);
    if let Some(created) = insert.fetch_optional(&mut *db).await? {
        return Ok(Stored::Created(created));
    }
    let select = sqlx::query_as(SELECT_SAME).bind(&input.name);
    Ok(Stored::Existing(select.fetch_one(db).await?))
}

pub async fn find(db: &mut Connection, id: Id<Tag>) -> Result<Tag> {
    let select = sqlx::query_as(SELECT).bind(id);
    select.fetch_optional(db).await?.ok_or(MISSING)
}

pub async fn list(db: &mut Connection, query: TagQuery) -> Result<Page<Tag>> {
    let (cursor, limit, order) = (query.cursor, query.limit, query.order);
    select(query).page(db, cursor, limit, order).await
}

pub fn select(query: TagQuery) -> Select {
    Select::new(SELECT_PAGE, "id").equal("name", query.name)
}

pub async fn update(db: &mut Connection, id: Id<Tag>, input: &TagInput) -> Result<Tag> {
    let update = bind(UPDATE, id, input);
    update.fetch_optional(db).await?.ok_or(MISSING)
}

pub async fn delete(db: &mut Connection, id: Id<Tag>) -> Result<()> {
    let delete = sqlx::query(DELETE).bind(id);
    match delete.execute(db).await?.rows_affected() {
        0 => Err(MISSING),
        _ => Ok(()),
    }
}

/// The same values in the same places for `INSERT` and `UPDATE`.
fn bind<'q>(statement: &'static str, id: Id<Tag>, input: &'q TagInput) -> Statement<'q, Tag> {
    sqlx::query_as(statement)
        .bind(id)
        .bind(Timestamp::now())
        .bind(&input.name)
}

impl FromRow<'_, Row> for Tag {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}
