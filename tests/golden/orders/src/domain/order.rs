//! Orders. What a customer asked us to deliver.

use garde::Validate;
use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::domain::customer::Customer;
use crate::domain::employee::Employee;
use crate::id::Id;
use crate::integer;
use crate::page::{Cursor, Direction, Limit};
use crate::timestamp::Timestamp;
use crate::validate;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    #[default]
    Draft,
    Placed,
    Paid,
    Shipped,
    Delivered,
    Cancelled,
}

/// What a caller decides about an order.
#[derive(Clone, Debug, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct OrderInput {
    #[garde(length(chars, min = 1, max = 32), custom(validate::text))]
    pub number: String,

    #[serde(default)]
    #[garde(skip)]
    pub status: OrderStatus,

    /// Empty: the order is still a draft
    #[garde(skip)]
    pub placed_at: Option<Timestamp>,

    /// Empty: as soon as possible
    #[garde(skip)]
    pub wanted_on: Option<Date>,

    /// In minor units of EUR.
    #[serde(deserialize_with = "integer::required")]
    #[garde(range(min = 0))]
    pub total: i64,

    /// Empty: the customer left no note
    #[garde(length(chars, min = 1, max = 2000), custom(validate::text))]
    pub note: Option<String>,

    #[garde(skip)]
    pub customer_id: Id<Customer>,

    /// Empty: whoever ordered pays
    #[garde(skip)]
    pub bill_to_id: Option<Id<Customer>>,

    /// Empty: nobody has taken it on yet
    #[garde(skip)]
    pub handled_by_id: Option<Id<Employee>>,

    /// Empty: the warehouse service has not chosen one yet
    #[garde(length(chars, min = 1, max = 255), custom(validate::text))]
    pub ships_from_id: Option<String>,
}

/// An order as it is kept and answered.
#[derive(Clone, Debug, Serialize)]
pub struct Order {
    pub id: Id<Self>,
    pub number: String,
    pub status: OrderStatus,
    pub placed_at: Option<Timestamp>,
    pub wanted_on: Option<Date>,
    pub total: i64,
    pub note: Option<String>,
    pub customer_id: Id<Customer>,
    pub bill_to_id: Option<Id<Customer>>,
    pub handled_by_id: Option<Id<Employee>>,
    pub ships_from_id: Option<String>,
    pub version: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl From<Order> for OrderInput {
    fn from(record: Order) -> Self {
        Self {
            number: record.number,
            status: record.status,
            placed_at: record.placed_at,
            wanted_on: record.wanted_on,
            total: record.total,
            note: record.note,
            customer_id: record.customer_id,
            bill_to_id: record.bill_to_id,
            handled_by_id: record.handled_by_id,
            ships_from_id: record.ships_from_id,
        }
    }
}

/// What a list of them can be asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderQuery {
    pub cursor: Option<Cursor>,
    pub limit: Option<Limit>,
    pub order: Option<Direction>,
    pub number: Option<String>,
    pub status: Option<OrderStatus>,
    pub customer_id: Option<Id<Customer>>,
    pub bill_to_id: Option<Id<Customer>>,
    pub handled_by_id: Option<Id<Employee>>,
    pub ships_from_id: Option<String>,
}
