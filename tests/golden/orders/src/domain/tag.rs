//! Tags. A word the back office sorts orders by.

use garde::Validate;
use serde::{Deserialize, Serialize};

use crate::id::Id;
use crate::page::{Cursor, Direction, Limit};
use crate::timestamp::Timestamp;
use crate::validate;

/// What a caller decides about a tag.
#[derive(Clone, Debug, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct TagInput {
    #[garde(length(chars, min = 1, max = 40), custom(validate::text))]
    pub name: String,
}

/// A tag as it is kept and answered.
#[derive(Clone, Debug, Serialize)]
pub struct Tag {
    pub id: Id<Self>,
    pub name: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl From<Tag> for TagInput {
    fn from(record: Tag) -> Self {
        Self { name: record.name }
    }
}

/// What a list of them can be asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TagQuery {
    pub cursor: Option<Cursor>,
    pub limit: Option<Limit>,
    pub order: Option<Direction>,
    pub name: Option<String>,
}
