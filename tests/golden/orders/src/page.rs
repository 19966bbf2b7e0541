//! Lists, a page at a time: by the id of the last record seen, so that pages neither overlap nor
//! miss a record while others come and go.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Clone, Debug, Serialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// The `cursor` of the next page; `null` on the last.
    pub next: Option<Cursor>,
}

/// What can be asked of a list that has no filters.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageQuery {
    pub cursor: Option<Cursor>,
    pub limit: Option<Limit>,
    pub order: Option<Direction>,
}

/// The place after a record. Opaque to clients, so that it may come to hold something else.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cursor(pub Uuid);

impl TryFrom<String> for Cursor {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bytes = URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
        Uuid::from_slice(&bytes)
            .map(Self)
            .map_err(|_| "must be the `next` of another page")
    }
}

impl From<Cursor> for String {
    fn from(cursor: Cursor) -> Self {
        URL_SAFE_NO_PAD.encode(cursor.0)
    }
}

/// How many records a page has at most.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u32")]
pub struct Limit(u32);

impl Limit {
    const MAX: u32 = 100;

    pub fn get(self) -> usize {
        self.0 as usize
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

impl TryFrom<u32> for Limit {
    type Error = String;

    fn try_from(limit: u32) -> Result<Self, Self::Error> {
        if (1..=Self::MAX).contains(&limit) {
            return Ok(Self(limit));
        }
        Err(format!("must be between 1 and {}", Self::MAX))
    }
}

/// By the time of creation: oldest first, or newest first.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[default]
    Asc,
    Desc,
}
