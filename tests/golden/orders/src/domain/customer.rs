//! Customers. Somebody who ordered at least once; not everybody with an account.

use garde::Validate;
use serde::{Deserialize, Serialize};

use crate::id::Id;
use crate::personal::Personal;
use crate::timestamp::Timestamp;
use crate::validate;

/// What a caller decides about a customer.
#[derive(Clone, Debug, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct CustomerInput {
    #[garde(length(chars, min = 1, max = 200), custom(validate::text))]
    pub name: Personal<String>,

    #[garde(custom(validate::email))]
    pub email: Personal<String>,

    /// Empty: the customer did not want to be called
    #[garde(length(chars, min = 1, max = 40), custom(validate::text))]
    pub phone: Option<Personal<String>>,

    #[serde(default)]
    #[garde(skip)]
    pub newsletter: bool,
}

/// A customer as it is kept and answered.
#[derive(Clone, Debug, Serialize)]
pub struct Customer {
    pub id: Id<Self>,
    pub name: Personal<String>,
    pub email: Personal<String>,
    pub phone: Option<Personal<String>>,
    pub newsletter: bool,
    pub version: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl From<Customer> for CustomerInput {
    fn from(record: Customer) -> Self {
        Self {
            name: record.name,
            email: record.email,
            phone: record.phone,
            newsletter: record.newsletter,
        }
    }
}
