//! Orders in the database.

use sqlx::{FromRow, Row as _};

use crate::database::{Connection, Row};
use crate::domain::order::{Order, OrderInput, OrderQuery, OrderStatus};
use crate::id::Id;
use crate::page::Page;
use crate::store::{Result, Select, Statement, StoreError, check_reference, customer, employee};
use crate::text_column::text_column;
use crate::timestamp::Timestamp;

pub const INSERT: &str = "\
INSERT INTO orders (
    id, updated_at, number, status, placed_at, wanted_on, total, note, customer_id, bill_to_id,
    handled_by_id, ships_from_id, created_at, version
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $2, 1)
RETURNING *";

pub const SELECT: &str = "\
SELECT * FROM orders
WHERE id = $1 AND deleted_at IS NULL";

pub const SELECT_PAGE: &str = "\
SELECT * FROM orders";

pub const UPDATE: &str = "\
UPDATE orders
SET updated_at = $2, number = $3, status = $4, placed_at = $5, wanted_on = $6, total = $7,
    note = $8, customer_id = $9, bill_to_id = $10, handled_by_id = $11, ships_from_id = $12,
    version = version + 1
WHERE id = $1 AND deleted_at IS NULL
RETURNING *";

pub const DELETE_ORDER_LINES_ORDER_ID: &str = "\
DELETE FROM order_lines
WHERE order_id = $1";

/// The row stays, for those who look into the database; the service does not see it any more.
pub const DELETE: &str = "\
UPDATE orders
SET deleted_at = $2
WHERE id = $1 AND deleted_at IS NULL";

const MISSING: StoreError = StoreError::NotFound("order");

text_column!(OrderStatus);

pub async fn create(db: &mut Connection, input: &OrderInput) -> Result<Order> {
    check_references(db, input).await?;
    let insert = bind(INSERT, Id::generate(), input);
    Ok(insert.fetch_one(db).await?)
}

pub async fn find(db: &mut Connection, id: Id<Order>) -> Result<Order> {
    let select = sqlx::query_as(SELECT).bind(id);
    select.fetch_optional(db).await?.ok_or(MISSING)
}

pub async fn list(db: &mut Connection, query: OrderQuery) -> Result<Page<Order>> {
    let (cursor, limit, order) = (query.cursor, query.limit, query.order);
    select(query).page(db, cursor, limit, order).await
}

pub fn select(query: OrderQuery) -> Select {
    Select::new(SELECT_PAGE, "id")
        .only("deleted_at IS NULL")
        .equal("number", query.number)
        .equal("status", query.status)
        .equal("customer_id", query.customer_id)
        .equal("bill_to_id", query.bill_to_id)
        .equal("handled_by_id", query.handled_by_id)
        .equal("ships_from_id", query.ships_from_id)
}

pub async fn update(db: &mut Connection, id: Id<Order>, input: &OrderInput) -> Result<Order> {
    check_references(db, input).await?;
    let update = bind(UPDATE, id, input);
    update.fetch_optional(db).await?.ok_or(MISSING)
}

pub async fn delete(db: &mut Connection, id: Id<Order>) -> Result<()> {
    let step = sqlx::query(DELETE_ORDER_LINES_ORDER_ID).bind(id);
    step.execute(&mut *db).await?;
    let delete = sqlx::query(DELETE).bind(id).bind(Timestamp::now());
    match delete.execute(db).await?.rows_affected() {
        0 => Err(MISSING),
        _ => Ok(()),
    }
}

async fn check_references(db: &mut Connection, input: &OrderInput) -> Result<()> {
    check_reference(db, customer::SELECT, "customer_id", input.customer_id).await?;
    check_reference(db, customer::SELECT, "bill_to_id", input.bill_to_id).await?;
    check_reference(db, employee::SELECT, "handled_by_id", input.handled_by_id).await?;
    Ok(())
}

/// The same values in the same places for `INSERT` and `UPDATE`.
fn bind<'q>(statement: &'static str, id: Id<Order>, input: &'q OrderInput) -> Statement<'q, Order> {
    sqlx::query_as(statement)
        .bind(id)
        .bind(Timestamp::now())
        .bind(&input.number)
        .bind(input.status)
        .bind(input.placed_at)
        .bind(input.wanted_on)
        .bind(input.total)
        .bind(&input.note)
        .bind(input.customer_id)
        .bind(input.bill_to_id)
        .bind(input.handled_by_id)
        .bind(&input.ships_from_id)
}

impl FromRow<'_, Row> for Order {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            number: row.try_get("number")?,
            status: row.try_get("status")?,
            placed_at: row.try_get("placed_at")?,
            wanted_on: row.try_get("wanted_on")?,
            total: row.try_get("total")?,
            note: row.try_get("note")?,
            customer_id: row.try_get("customer_id")?,
            bill_to_id: row.try_get("bill_to_id")?,
            handled_by_id: row.try_get("handled_by_id")?,
            ships_from_id: row.try_get("ships_from_id")?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}
