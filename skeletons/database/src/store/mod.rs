//! Records in the database, one file for each kind of them: its statements, and a function for
//! each thing that can be done to it.
//!
//! - Statements are constants, and a test prepares each against the migrated schema.
//! - Rows are read by column name, so `*` is safe: a later migration may add columns.
<% if postgresql %>
//! - Whoever writes passes a connection in a transaction, from `Database::begin`. What a function
//!   checks before it writes, it holds: others wait for it, and find it as it is then.
<% else %>
//! - Whoever writes passes a connection with the write lock, from `Database::begin`. What a
//!   function checks before it writes is then still true when it does.
<% endif %>

<% for module in store_modules %>
pub mod <{ module }>;
<% endfor %>
<% if keys.creates %>

pub mod idempotency;
<% endif %>
<% if outbox %>

pub mod outbox;
<% endif %>

use std::fmt;

<% if postgresql %>
use sqlx::{
    Database, Encode, FromRow, QueryBuilder, Row as _, Type, postgres::PgDatabaseError,
    query::QueryAs,
};
<% else %>
use sqlx::{
    Database, Encode, FromRow, QueryBuilder, Row as _, Type, error::ErrorKind, query::QueryAs,
};
<% endif %>

use crate::{
    database::{Connection, Engine, Row},
<% if entities|selectattr("uses.references")|list or uses.forbids %>
    id::Id,
<% endif %>
    page::{Cursor, Direction, Limit, Page},
};

pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// A statement with its values that gives records.
pub type Statement<'q, T> = QueryAs<'q, Engine, T, <Engine as Database>::Arguments>;

/// What storage answers where it cannot do as it is told. A variant of its own has what a caller
/// can act on, or what passes; all else is `Database`, a defect. Nothing here knows what they
/// become over HTTP: that is decided in [`problem`](crate::problem), for all layers.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("no such {0}")]
    NotFound(&'static str),
    #[error("another record has the same {}", .0.join(", "))]
    Duplicate(Vec<String>),
    #[error("{0} names nothing that exists")]
    MissingReference(&'static str),
    #[error("other records refer to it")]
    StillReferenced,
    #[error("waited too long for others")]
    Busy,
<% if postgresql %>
    /// Nothing was done; from its start, the transaction may succeed.
    #[error("others got in the way")]
    Overtaken,
<% endif %>
    #[error("unavailable: {0}")]
    Unavailable(&'static str),
    #[error(transparent)]
    Database(sqlx::Error),
}

<% if postgresql %>
impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let sqlx::Error::Database(cause) = &error else {
            return match error {
                sqlx::Error::PoolTimedOut => Self::Busy,
                // It was there a statement ago.
                sqlx::Error::RowNotFound => Self::Overtaken,
                sqlx::Error::Io(_) | sqlx::Error::Tls(_) => Self::Unavailable("no connection"),
                error => Self::Database(error),
            };
        };
        let code = cause.code().unwrap_or_default();
        // Its class is the first two characters.
        match (&*code, code.get(..2).unwrap_or_default()) {
            // unique_violation
            ("23505", _) => Self::Duplicate(columns(cause.try_downcast_ref())),
            // foreign_key_violation: what is referred to is held before each insert and update,
            // which leaves deletions.
            ("23503", _) => Self::StillReferenced,
            // serialization_failure, deadlock_detected
            ("40001" | "40P01", _) => Self::Overtaken,
            // lock_not_available, query_canceled: the limits that `Database::connect` sets.
            ("55P03" | "57014", _) => Self::Busy,
            // undefined_table, undefined_column
            ("42P01" | "42703", _) => Self::Unavailable("schema not migrated"),
            // read_only_sql_transaction: a standby, or not the primary any more.
            ("25006", _) => Self::Unavailable("read-only"),
            // The connection, whoever may have it, the database, its resources, its operator.
            (_, "08" | "28" | "3D" | "53" | "57") => Self::Unavailable("refused"),
            _ => Self::Database(error),
        }
    }
}

/// PostgreSQL names the columns in the detail of its message, in whatever language it speaks:
/// `Key (owner_id, "order")=(7, a) already exists.`
fn columns(error: Option<&PgDatabaseError>) -> Vec<String> {
    let detail = error.and_then(PgDatabaseError::detail).unwrap_or_default();
    let names = detail.split_once(")=(").unwrap_or_default().0;
    let (_, names) = names.split_once('(').unwrap_or_default();
    let names = names.split(", ").map(|name| name.trim_matches('"'));
    names.map(str::to_owned).collect()
}
<% else %>
impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let sqlx::Error::Database(cause) = &error else {
            return match error {
                sqlx::Error::PoolTimedOut => Self::Busy,
                error => Self::Database(error),
            };
        };
        // The low byte of SQLite's code is its kind, the rest the variety.
        let code: Option<i32> = cause.code().and_then(|code| code.parse().ok());
        match (cause.kind(), code.map(|code| code & 0xff)) {
            (ErrorKind::UniqueViolation, _) => Self::Duplicate(columns(cause.message())),
            // References are checked before each insert and update, which leaves deletions.
            (ErrorKind::ForeignKeyViolation, _) => Self::StillReferenced,
            // SQLITE_BUSY and SQLITE_LOCKED.
            (_, Some(5 | 6)) => Self::Busy,
            // SQLITE_CANTOPEN.
            (_, Some(14)) => Self::Unavailable("cannot be opened"),
            _ if cause.message().starts_with("no such table") => {
                Self::Unavailable("schema not migrated")
            }
            _ => Self::Database(error),
        }
    }
}

/// SQLite names the columns of a unique index in its message, and not the index:
/// `UNIQUE constraint failed: pets.owner_id, pets.name`.
fn columns(message: &str) -> Vec<String> {
    let (_, columns) = message.rsplit_once(": ").unwrap_or_default();
    let names = columns
        .split(", ")
        .filter_map(|column| column.split_once('.'));
    names.map(|(_, name)| name.to_owned()).collect()
}
<% endif %>

<% if uses.stored_duplicates %>
/// A record that was asked for, and whether it is new.
#[derive(Clone, Copy, Debug)]
pub enum Stored<T> {
    Created(T),
    Existing(T),
}

<% endif %>
<% if uses.forbids %>
/// Fails if `select` finds anything that refers to `id`.
pub async fn forbid<T>(db: &mut Connection, select: &'static str, id: Id<T>) -> Result<()> {
    let found = sqlx::query(select).bind(id).fetch_optional(db).await?;
    found.map_or(Ok(()), |_| Err(StoreError::StillReferenced))
}

<% endif %>
<% if entities|selectattr("uses.references")|list %>
/// Fails unless `id` is empty or one of those that `select` finds.
pub async fn check_reference<T>(
    db: &mut Connection,
    select: &'static str,
    field: &'static str,
    id: impl Into<Option<Id<T>>>,
) -> Result<()> {
    let Some(id) = id.into() else {
        return Ok(());
    };
    let found = sqlx::query(select).bind(id).fetch_optional(db).await?;
    found.map(drop).ok_or(StoreError::MissingReference(field))
}

<% endif %>
/// A list in the making: conditions are added only for what was asked, so that each can use the
/// index made for it.
pub struct Select {
    query: QueryBuilder<Engine>,
    id: &'static str,
    joint: &'static str,
}

/// The statement, for whoever asks what it will do.
impl fmt::Debug for Select {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.query.sql().as_str())
    }
}

impl Select {
    /// `id` is the column with the records' ids, by which they are sorted.
    pub fn new(select: &'static str, id: &'static str) -> Self {
        Self {
            query: QueryBuilder::new(select),
            id,
            joint: "\nWHERE ",
        }
    }

    #[must_use]
    pub fn only(mut self, condition: &'static str) -> Self {
        self.query.push(self.joint).push(condition);
        self.joint = " AND ";
        self
    }

    #[must_use]
    pub fn equal<T>(self, column: &'static str, value: Option<T>) -> Self
    where
        T: for<'q> Encode<'q, Engine> + Type<Engine>,
    {
        self.compare(column, " = ", value)
    }

    fn compare<T>(self, column: &'static str, operator: &str, value: Option<T>) -> Self
    where
        T: for<'q> Encode<'q, Engine> + Type<Engine>,
    {
        let Some(value) = value else {
            return self;
        };
        let mut select = self.only(column);
        select.query.push(operator).push_bind(value);
        select
    }

    /// The part of the list after `cursor`, and one record more, which tells whether there is
    /// another page.
    #[must_use]
    pub fn part(self, cursor: Option<Cursor>, limit: usize, order: Direction) -> Self {
        let (operator, direction) = match order {
            Direction::Asc => (" > ", " ASC"),
            Direction::Desc => (" < ", " DESC"),
        };
        let id = self.id;
        let after = cursor.map(|Cursor(id)| id);
        let mut select = self.compare(id, operator, after);
        let query = select.query.push("\nORDER BY ").push(id).push(direction);
<% if postgresql %>
        // In the text: what is bound here, a plan that is kept for all values cannot count on.
<% else %>
        // In the text: SQLite plans a statement anew for each value bound here.
<% endif %>
        query.push("\nLIMIT ").push(limit + 1);
        select
    }

    pub async fn page<T>(
        self,
        db: &mut Connection,
        cursor: Option<Cursor>,
        limit: Option<Limit>,
        order: Option<Direction>,
    ) -> Result<Page<T>>
    where
        T: for<'r> FromRow<'r, Row>,
    {
        let limit = limit.unwrap_or_default().get();
        let mut select = self.part(cursor, limit, order.unwrap_or_default());
        let mut rows = select.query.build().fetch_all(db).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let last = rows.last().filter(|_| more);
        Ok(Page {
            next: last.map(|row| row.try_get("id").map(Cursor)).transpose()?,
            items: rows.iter().map(T::from_row).collect::<sqlx::Result<_>>()?,
        })
    }
}
