//! Employees. Somebody of the back office who handles orders.

use garde::Validate;
use serde::{Deserialize, Serialize};

use crate::id::Id;
use crate::page::{Cursor, Direction, Limit};
use crate::personal::Personal;
use crate::timestamp::Timestamp;
use crate::validate;

/// What a caller decides about an employee.
#[derive(Clone, Debug, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct EmployeeInput {
    #[garde(length(chars, min = 1, max = 200), custom(validate::text))]
    pub name: Personal<String>,

    #[garde(custom(validate::email))]
    pub email: Personal<String>,

    /// Empty: nobody is above them
    #[garde(skip)]
    pub manager_id: Option<Id<Employee>>,
}

/// An employee as it is kept and answered.
#[derive(Clone, Debug, Serialize)]
pub struct Employee {
    pub id: Id<Self>,
    pub name: Personal<String>,
    pub email: Personal<String>,
    pub manager_id: Option<Id<Self>>,
    pub version: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl From<Employee> for EmployeeInput {
    fn from(record: Employee) -> Self {
        Self {
            name: record.name,
            email: record.email,
            manager_id: record.manager_id,
        }
    }
}

/// What a list of them can be asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmployeeQuery {
    pub cursor: Option<Cursor>,
    pub limit: Option<Limit>,
    pub order: Option<Direction>,
    pub manager_id: Option<Id<Employee>>,
}
