//! The short field notation: `number: string(1..32) unique`, `note: text?`, `status: draft | placed = draft`, `customer: -> Customer`.
//!
//! ```text
//! field     := name ":" spec
//! spec      := type "?"? modifier*
//! type      := "string" bounds? | "text" bounds? | "int" | "decimal" ["(" digits "," scale ")"] | "money" "(" CURRENCY ")"
//!            | "bool" | "instant" | "date" | "uuid" | "email" | "url" | "json" | "bytes" bounds?
//!            | word ("|" word)+                      one of these words
//!            | "->" Entity                           refers to one
//!            | "<->" Entity                          refers to many, both ways
//! bounds    := "(" max ")" | "(" min ".." max ")"
//! modifier  := "unique" | "personal" | "=" default | ">=" n | ">" n | "<=" n | "<" n | n ".." m | "matching" /regex/
//!            | "on delete" ("restrict" | "cascade" | "clear")
//! ```

mod parse;

pub use parse::{parse_field, parse_spec};

use serde::Serialize;

/// A field as answered: its name, its notation without the name, and what empty means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldAnswer {
    /// The name as given.
    pub name: String,
    /// The notation behind the colon.
    pub spec: String,
    /// What it means when an optional field is empty, in the person's words.
    pub empty_means: Option<String>,
}

/// A parsed field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// The name as given.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// May be empty.
    pub optional: bool,
    /// No two records share it.
    pub unique: bool,
    /// Personal data: never printed.
    pub personal: bool,
    /// The default on creation, in canonical text of its kind.
    pub default: Option<String>,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum FieldKind {
    /// One line of text; lengths in characters.
    String {
        /// Shortest.
        min: u32,
        /// Longest.
        max: u32,
        /// A regular expression that the whole value matches.
        pattern: Option<String>,
    },
    /// Text over several lines; lengths in characters.
    Text {
        /// Shortest.
        min: u32,
        /// Longest.
        max: u32,
    },
    /// A whole number.
    Int {
        /// Smallest, inclusive.
        min: Option<i64>,
        /// Largest, inclusive.
        max: Option<i64>,
    },
    /// An exact decimal. Bounds are scaled: with scale 2, `150` is 1.50.
    Decimal {
        /// Digits in all, at most 18.
        digits: u8,
        /// Digits behind the point.
        scale: u8,
        /// Smallest, inclusive, scaled.
        min: Option<i64>,
        /// Largest, inclusive, scaled.
        max: Option<i64>,
    },
    /// An amount in the minor unit of a currency (cents).
    Money {
        /// ISO 4217, for example `EUR`.
        currency: String,
        /// Smallest, inclusive, in minor units.
        min: Option<i64>,
        /// Largest, inclusive, in minor units.
        max: Option<i64>,
    },
    /// Yes or no.
    Bool,
    /// A moment, in UTC.
    Instant,
    /// A calendar day.
    Date,
    /// A UUID of somebody else's making.
    Uuid,
    /// An e-mail address, at most 254 characters.
    Email,
    /// An absolute http or https URL, at most 2048 characters.
    Url,
    /// Any JSON value, at most 64 KiB.
    Json,
    /// Bytes, base64 in JSON.
    Bytes {
        /// Most bytes.
        max: u32,
    },
    /// One of these words.
    Enum {
        /// The words as given.
        values: Vec<String>,
    },
    /// Refers to one record of another entity (or of the same).
    One {
        /// The entity's name as given.
        to: String,
        /// What deleting the target does.
        on_delete: OnDelete,
    },
    /// Refers to any number of records, and they to any number of these: a join table.
    Many {
        /// The entity's name as given.
        to: String,
    },
}

/// What deleting a record does to those that refer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnDelete {
    /// The deletion is refused.
    Restrict,
    /// They are deleted too.
    Cascade,
    /// Their reference becomes empty (optional fields only).
    Clear,
}

/// A mistake in the notation, at its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct NotationError {
    /// Byte range in the text that was parsed.
    pub span: std::ops::Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}
