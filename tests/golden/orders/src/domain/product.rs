//! Products. What can be ordered, as it was when it was last changed.

use std::sync::LazyLock;

use garde::Validate;
use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
use crate::id::Id;
use crate::integer;
use crate::page::{Cursor, Direction, Limit};
use crate::timestamp::Timestamp;
use crate::validate;

static SKU_PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    // It was read once already, by the tests.
    let pattern = "^(?:[A-Z0-9-]+)$";
    Regex::new(pattern).unwrap_or_else(|error| unreachable!("{error}"))
});

/// What a caller decides about a product.
#[derive(Clone, Debug, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct ProductInput {
    #[garde(length(chars, min = 3, max = 40), custom(validate::text))]
    #[garde(custom(validate::pattern(&SKU_PATTERN)))]
    pub sku: String,

    #[garde(length(chars, min = 1, max = 200), custom(validate::text))]
    pub name: String,

    /// Empty: the name says it all
    #[garde(length(chars, min = 1, max = 5000), custom(validate::text))]
    pub description: Option<String>,

    /// In minor units of EUR.
    #[serde(deserialize_with = "integer::required")]
    #[garde(range(min = 0))]
    pub price: i64,

    /// Empty: nothing is shipped, for example for a voucher
    #[garde(range(min = Decimal::new(1), max = Decimal::new(99_999_999)))]
    pub weight: Option<Decimal<3>>,

    #[serde(default = "default_available")]
    #[garde(skip)]
    pub available: bool,
}

/// A product as it is kept and answered.
#[derive(Clone, Debug, Serialize)]
pub struct Product {
    pub id: Id<Self>,
    pub sku: String,
    pub name: String,
    pub description: Option<String>,
    pub price: i64,
    pub weight: Option<Decimal<3>>,
    pub available: bool,
    pub version: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl From<Product> for ProductInput {
    fn from(record: Product) -> Self {
        Self {
            sku: record.sku,
            name: record.name,
            description: record.description,
            price: record.price,
            weight: record.weight,
            available: record.available,
        }
    }
}

/// What a list of them can be asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductQuery {
    pub cursor: Option<Cursor>,
    pub limit: Option<Limit>,
    pub order: Option<Direction>,
    pub sku: Option<String>,
}

fn default_available() -> bool {
    true
}
