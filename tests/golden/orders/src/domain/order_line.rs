//! Order lines. How many of a product an order has, at the price of that day.

use garde::Validate;
use serde::{Deserialize, Serialize};

use crate::domain::order::Order;
use crate::domain::product::Product;
use crate::id::Id;
use crate::integer;
use crate::page::{Cursor, Direction, Limit};
use crate::timestamp::Timestamp;

/// What a caller decides about an order line.
#[derive(Clone, Debug, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct OrderLineInput {
    #[garde(skip)]
    pub order_id: Id<Order>,

    #[garde(skip)]
    pub product_id: Id<Product>,

    #[serde(deserialize_with = "integer::required")]
    #[garde(range(min = 1, max = 999))]
    pub quantity: i64,

    /// In minor units of EUR.
    #[serde(deserialize_with = "integer::required")]
    #[garde(range(min = 0))]
    pub unit_price: i64,
}

/// An order line as it is kept and answered.
#[derive(Clone, Debug, Serialize)]
pub struct OrderLine {
    pub id: Id<Self>,
    pub order_id: Id<Order>,
    pub product_id: Id<Product>,
    pub quantity: i64,
    pub unit_price: i64,
    pub version: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl From<OrderLine> for OrderLineInput {
    fn from(record: OrderLine) -> Self {
        Self {
            order_id: record.order_id,
            product_id: record.product_id,
            quantity: record.quantity,
            unit_price: record.unit_price,
        }
    }
}

/// What a list of them can be asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderLineQuery {
    pub cursor: Option<Cursor>,
    pub limit: Option<Limit>,
    pub order: Option<Direction>,
    pub order_id: Option<Id<Order>>,
    pub product_id: Option<Id<Product>>,
}
