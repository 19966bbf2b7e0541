//! The database engine, and what its dialect of SQL calls things.

use serde::Serialize;

use super::text;
use crate::answers::Answers;

/// The database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgresql,
}

impl Engine {
    /// The one that the answers chose.
    pub(super) fn of(answers: &Answers) -> Engine {
        match text(answers, "ownership.database").as_deref() {
            Some("postgresql") => Engine::Postgresql,
            _ => Engine::Sqlite,
        }
    }

    /// What it calls the types of columns.
    pub(super) const fn dialect(self) -> Dialect {
        match self {
            Engine::Sqlite => Dialect {
                uuid: "BLOB",
                text: "TEXT",
                integer: "INTEGER",
                small_integer: "INTEGER",
                counter: "INTEGER PRIMARY KEY NOT NULL",
                boolean: "INTEGER",
                instant: "TEXT",
                date: "TEXT",
                json: "TEXT",
                bytes: "BLOB",
                table_options: " STRICT",
                link_options: " STRICT, WITHOUT ROWID",
            },
            Engine::Postgresql => Dialect {
                uuid: "UUID",
                text: "TEXT",
                integer: "BIGINT",
                small_integer: "INTEGER",
                counter: "BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY",
                boolean: "BOOLEAN",
                instant: "TIMESTAMPTZ",
                date: "DATE",
                json: "JSONB",
                bytes: "BYTEA",
                table_options: "",
                link_options: "",
            },
        }
    }
}

/// What an engine calls the types of columns, and what stands behind a table.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Dialect {
    /// A UUID.
    pub uuid: &'static str,
    /// Text of any length.
    pub text: &'static str,
    /// 64 bits.
    pub integer: &'static str,
    /// 32 bits.
    pub small_integer: &'static str,
    /// 64 bits that count up by themselves and name the row.
    pub counter: &'static str,
    /// True or false.
    pub boolean: &'static str,
    /// A moment, in UTC.
    pub instant: &'static str,
    /// A day of the calendar.
    pub date: &'static str,
    /// A JSON value.
    pub json: &'static str,
    /// Binary data.
    pub bytes: &'static str,
    /// What stands behind the columns of a table.
    pub table_options: &'static str,
    /// What stands behind the columns of a table that only links two others.
    pub link_options: &'static str,
}
