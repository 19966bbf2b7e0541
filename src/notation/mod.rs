//! The short field notation: `number: string(1..32) unique`, `note: text?`, `status: draft | placed = draft`, `customer: -> Customer`.
//!
//! ```text
//! field     := name ":" spec
//! name      := a letter of any script, then letters, digits, "_" and "-"; at most 60, and nothing the service keeps itself
//! spec      := type "?"? modifier*                 "?": the value may be missing
//! type      := "string" length?                    one line, 255 characters unless said otherwise
//!            | "text" length?                      several lines, 10000 characters
//!            | "int"                               64 bits
//!            | "decimal" ["(" digits "," scale ")"]    (12, 2); digits in all, and behind the point
//!            | "money" "(" CURRENCY ")"            ISO 4217; bounds and defaults are written as on paper: 9.99
//!            | "bool" | "instant" | "date" | "uuid" | "email" | "url" | "json"
//!            | "bytes" ["(" max ")"]               65536
//!            | word ("|" word)+                    one of these words
//!            | "->" Entity                         refers to one; with "unique" at most one refers to it
//!            | "<->" Entity                        refers to many, both ways
//! length    := "(" max ")" | "(" min ".." max ")"  in characters; the shortest is 1 unless said otherwise
//! modifier  := "unique"                            no two records share it
//!            | "personal"                          about a person: never printed
//!            | ">=" n | ">" n | "<=" n | "<" n     int, decimal, money
//!            | n ".." m                            both ends included
//!            | "matching" "/" regex "/"            the whole string matches; a slash in it is written "\/"
//!            | "on delete" ("restrict" | "cascade" | "clear")    restrict unless said otherwise; clear only with "?"
//!            | "=" default                         of the type and within its bounds
//! default   := "\"" text "\"" | n | "true" | "false" | word | "now" | moment | "today" | day | "{}" | "[]"
//! ```
//!
//! Modifiers stand in any order, each once. A mistake is reported at its place with what to write instead:
//!
//! ```
//! let text = "price: float";
//! let error = cargo_kickoff::notation::parse_field(text).unwrap_err();
//! assert_eq!(&text[error.span.clone()], "float");
//! assert!(error.hint.unwrap().contains("money(EUR)"));
//! ```

mod currency;
mod cursor;
mod default;
mod display;
mod field_name;
mod kinds;
mod mistakes;
mod modifiers;
mod number;
mod parse;

mod render;
#[cfg(test)]
mod tests;

pub use currency::currency_decimals;
pub use field_name::check_field_name;
pub use number::{ScaledError, format_scaled, parse_scaled};
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
    /// The default on creation, in canonical text of its kind: `-5`, `1.50` (every decimal of the scale, also for money), `true`,
    /// `now` or `2026-11-25T09:30:00Z`, `today` or `2026-11-25`, `{}`, a word, or the text without quotes.
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

impl FieldKind {
    /// How many decimals a number of this kind has; `None` for what is no number. See [`format_scaled`].
    pub fn scale(&self) -> Option<u8> {
        match self {
            FieldKind::Int { .. } => Some(0),
            FieldKind::Decimal { scale, .. } => Some(*scale),
            FieldKind::Money { currency, .. } => currency_decimals(currency),
            _ => None,
        }
    }
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
    /// Byte range in the text that was parsed; `0..0` for a mistake that is not in it.
    pub span: std::ops::Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}

impl NotationError {
    fn new(span: std::ops::Range<usize>, message: impl Into<String>) -> NotationError {
        NotationError {
            span,
            message: message.into(),
            hint: None,
        }
    }

    #[must_use]
    fn hint(mut self, hint: impl Into<String>) -> NotationError {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    fn at(mut self, span: std::ops::Range<usize>) -> NotationError {
        self.span = span;
        self
    }
}

/// A spelling without case, `_` and `-`: what two spellings of one word share.
fn fold(word: &str) -> String {
    word.to_lowercase().replace(['_', '-'], "")
}

/// The pattern as a check of the whole value.
fn whole_pattern(pattern: &str) -> Result<regex::Regex, regex::Error> {
    // On its own first, so that `a)(b` is not made valid by the brackets around it.
    regex::Regex::new(pattern)?;
    regex::Regex::new(&format!("^(?:{pattern})$"))
}
