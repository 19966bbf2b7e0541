//! Order lines in the database.

use sqlx::{FromRow, Row as _};

use crate::database::{Connection, Row};
use crate::domain::order_line::{OrderLine, OrderLineInput, OrderLineQuery};
use crate::id::Id;
use crate::page::Page;
use crate::store::{Result, Select, Statement, StoreError, check_reference, order, product};
use crate::timestamp::Timestamp;

pub const INSERT: &str = "\
INSERT INTO order_lines (
    id, updated_at, order_id, product_id, quantity, unit_price, created_at, version
)
VALUES ($1, $2, $3, $4, $5, $6, $2, 1)
RETURNING *";

pub const SELECT: &str = "\
SELECT * FROM order_lines
WHERE id = $1";

pub const SELECT_PAGE: &str = "\
SELECT * FROM order_lines";

pub const UPDATE: &str = "\
UPDATE order_lines
SET updated_at = $2, order_id = $3, product_id = $4, quantity = $5, unit_price = $6,
    version = version + 1
WHERE id = $1
RETURNING *";

pub const DELETE: &str = "\
DELETE FROM order_lines
WHERE id = $1";

const MISSING: StoreError = StoreError::NotFound("order line");

pub async fn create(db: &mut Connection, input: &OrderLineInput) -> Result<OrderLine> {
    check_references(db, input).await?;
    let insert = bind(INSERT, Id::generate(), input);
    Ok(insert.fetch_one(db).await?)
}

pub async fn find(db: &mut Connection, id: Id<OrderLine>) -> Result<OrderLine> {
    let select = sqlx::query_as(SELECT).bind(id);
    select.fetch_optional(db).await?.ok_or(MISSING)
}

pub async fn list(db: &mut Connection, query: OrderLineQuery) -> Result<Page<OrderLine>> {
    let (cursor, limit, order) = (query.cursor, query.limit, query.order);
    select(query).page(db, cursor, limit, order).await
}

pub fn select(query: OrderLineQuery) -> Select {
    Select::new(SELECT_PAGE, "id")
        .equal("order_id", query.order_id)
        .equal("product_id", query.product_id)
}

pub async fn update(
    db: &mut Connection,
    id: Id<OrderLine>,
    input: &OrderLineInput,
) -> Result<OrderLine> {
    check_references(db, input).await?;
    let update = bind(UPDATE, id, input);
    update.fetch_optional(db).await?.ok_or(MISSING)
}

pub async fn delete(db: &mut Connection, id: Id<OrderLine>) -> Result<()> {
    let delete = sqlx::query(DELETE).bind(id);
    match delete.execute(db).await?.rows_affected() {
        0 => Err(MISSING),
        _ => Ok(()),
    }
}

async fn check_references(db: &mut Connection, input: &OrderLineInput) -> Result<()> {
    check_reference(db, order::SELECT, "order_id", input.order_id).await?;
    check_reference(db, product::SELECT, "product_id", input.product_id).await?;
    Ok(())
}

/// The same values in the same places for `INSERT` and `UPDATE`.
fn bind<'q>(
    statement: &'static str,
    id: Id<OrderLine>,
    input: &'q OrderLineInput,
) -> Statement<'q, OrderLine> {
    sqlx::query_as(statement)
        .bind(id)
        .bind(Timestamp::now())
        .bind(input.order_id)
        .bind(input.product_id)
        .bind(input.quantity)
        .bind(input.unit_price)
}

impl FromRow<'_, Row> for OrderLine {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            order_id: row.try_get("order_id")?,
            product_id: row.try_get("product_id")?,
            quantity: row.try_get("quantity")?,
            unit_price: row.try_get("unit_price")?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}
