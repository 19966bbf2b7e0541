//! Links. A short name for an address.

use std::sync::LazyLock;

use garde::Validate;
use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::id::Id;
use crate::page::{Cursor, Direction, Limit};
use crate::timestamp::Timestamp;
use crate::validate;

static SLUG_PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    // It was read once already, by the tests.
    let pattern = "^(?:[a-z0-9-]+)$";
    Regex::new(pattern).unwrap_or_else(|error| unreachable!("{error}"))
});

/// What a caller decides about a link.
#[derive(Clone, Debug, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct LinkInput {
    #[garde(length(chars, min = 3, max = 40), custom(validate::text))]
    #[garde(custom(validate::pattern(&SLUG_PATTERN)))]
    pub slug: String,

    #[garde(custom(validate::url))]
    pub target: String,

    /// Empty: the address speaks for itself
    #[garde(length(chars, min = 1, max = 200), custom(validate::text))]
    pub title: Option<String>,

    /// Empty: the link stays until somebody deletes it
    #[garde(skip)]
    pub expires_on: Option<Date>,
}

/// A link as it is kept and answered.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    pub id: Id<Self>,
    pub slug: String,
    pub target: String,
    pub title: Option<String>,
    pub expires_on: Option<Date>,
    pub version: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl From<Link> for LinkInput {
    fn from(record: Link) -> Self {
        Self {
            slug: record.slug,
            target: record.target,
            title: record.title,
            expires_on: record.expires_on,
        }
    }
}

/// What a list of them can be asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkQuery {
    pub cursor: Option<Cursor>,
    pub limit: Option<Limit>,
    pub order: Option<Direction>,
    pub slug: Option<String>,
}
