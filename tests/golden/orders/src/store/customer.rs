//! Customers in the database.

use sqlx::{FromRow, Row as _};

use crate::database::{Connection, Row};
use crate::domain::customer::{Customer, CustomerInput};
use crate::id::Id;
use crate::page::{Page, PageQuery};
use crate::store::{Result, Select, Statement, StoreError, forbid};
use crate::timestamp::Timestamp;

pub const INSERT: &str = "\
INSERT INTO customers (
    id, updated_at, name, email, phone, newsletter, created_at, version
)
VALUES ($1, $2, $3, $4, $5, $6, $2, 1)
RETURNING *";

pub const SELECT: &str = "\
SELECT * FROM customers
WHERE id = $1 AND deleted_at IS NULL";

pub const SELECT_PAGE: &str = "\
SELECT * FROM customers";

pub const UPDATE: &str = "\
UPDATE customers
SET updated_at = $2, name = $3, email = $4, phone = $5, newsletter = $6, version = version + 1
WHERE id = $1 AND deleted_at IS NULL
RETURNING *";

pub const FIND_ORDERS_CUSTOMER_ID: &str = "\
SELECT 1 FROM orders
WHERE customer_id = $1 AND deleted_at IS NULL
LIMIT 1";

pub const FIND_ORDERS_BILL_TO_ID: &str = "\
SELECT 1 FROM orders
WHERE bill_to_id = $1 AND deleted_at IS NULL
LIMIT 1";

/// The row stays, for those who look into the database; the service does not see it any more.
pub const DELETE: &str = "\
UPDATE customers
SET deleted_at = $2
WHERE id = $1 AND deleted_at IS NULL";

const MISSING: StoreError = StoreError::NotFound("customer");

pub async fn create(db: &mut Connection, input: &CustomerInput) -> Result<Customer> {
    let insert = bind(INSERT, Id::generate(), input);
    Ok(insert.fetch_one(db).await?)
}

pub async fn find(db: &mut Connection, id: Id<Customer>) -> Result<Customer> {
    let select = sqlx::query_as(SELECT).bind(id);
    select.fetch_optional(db).await?.ok_or(MISSING)
}

pub async fn list(db: &mut Connection, query: PageQuery) -> Result<Page<Customer>> {
    let (cursor, limit, order) = (query.cursor, query.limit, query.order);
    select().page(db, cursor, limit, order).await
}

pub fn select() -> Select {
    Select::new(SELECT_PAGE, "id").only("deleted_at IS NULL")
}

pub async fn update(
    db: &mut Connection,
    id: Id<Customer>,
    input: &CustomerInput,
) -> Result<Customer> {
    let update = bind(UPDATE, id, input);
    update.fetch_optional(db).await?.ok_or(MISSING)
}

pub async fn delete(db: &mut Connection, id: Id<Customer>) -> Result<()> {
    forbid(db, FIND_ORDERS_CUSTOMER_ID, id).await?;
    forbid(db, FIND_ORDERS_BILL_TO_ID, id).await?;
    let delete = sqlx::query(DELETE).bind(id).bind(Timestamp::now());
    match delete.execute(db).await?.rows_affected() {
        0 => Err(MISSING),
        _ => Ok(()),
    }
}

/// The same values in the same places for `INSERT` and `UPDATE`.
fn bind<'q>(
    statement: &'static str,
    id: Id<Customer>,
    input: &'q CustomerInput,
) -> Statement<'q, Customer> {
    sqlx::query_as(statement)
        .bind(id)
        .bind(Timestamp::now())
        .bind(&input.name)
        .bind(&input.email)
        .bind(&input.phone)
        .bind(input.newsletter)
}

impl FromRow<'_, Row> for Customer {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            email: row.try_get("email")?,
            phone: row.try_get("phone")?,
            newsletter: row.try_get("newsletter")?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}
