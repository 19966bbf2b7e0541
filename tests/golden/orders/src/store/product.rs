//! Products in the database.

use sqlx::{FromRow, Row as _};

use crate::database::{Connection, Row};
use crate::domain::product::{Product, ProductInput, ProductQuery};
use crate::id::Id;
use crate::page::Page;
use crate::store::{Result, Select, Statement, StoreError, forbid};
use crate::timestamp::Timestamp;

pub const INSERT: &str = "\
INSERT INTO products (
    id, updated_at, sku, name, description, price, weight, available, created_at, version
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $2, 1)
RETURNING *";

pub const SELECT: &str = "\
SELECT * FROM products
WHERE id = $1 AND deleted_at IS NULL";

pub const SELECT_PAGE: &str = "\
SELECT * FROM products";

pub const UPDATE: &str = "\
UPDATE products
SET updated_at = $2, sku = $3, name = $4, description = $5, price = $6, weight = $7, available = $8,
    version = version + 1
WHERE id = $1 AND deleted_at IS NULL
RETURNING *";

pub const FIND_ORDER_LINES_PRODUCT_ID: &str = "\
SELECT 1 FROM order_lines
WHERE product_id = $1
LIMIT 1";

/// The row stays, for those who look into the database; the service does not see it any more.
pub const DELETE: &str = "\
UPDATE products
SET deleted_at = $2
WHERE id = $1 AND deleted_at IS NULL";

const MISSING: StoreError = StoreError::NotFound("product");

pub async fn create(db: &mut Connection, input: &ProductInput) -> Result<Product> {
    let insert = bind(INSERT, Id::generate(), input);
    Ok(insert.fetch_one(db).await?)
}

pub async fn find(db: &mut Connection, id: Id<Product>) -> Result<Product> {
    let select = sqlx::query_as(SELECT).bind(id);
    select.fetch_optional(db).await?.ok_or(MISSING)
}

pub async fn list(db: &mut Connection, query: ProductQuery) -> Result<Page<Product>> {
    let (cursor, limit, order) = (query.cursor, query.limit, query.order);
    select(query).page(db, cursor, limit, order).await
}

pub fn select(query: ProductQuery) -> Select {
    Select::new(SELECT_PAGE, "id")
        .only("deleted_at IS NULL")
        .equal("sku", query.sku)
}

pub async fn update(db: &mut Connection, id: Id<Product>, input: &ProductInput) -> Result<Product> {
    let update = bind(UPDATE, id, input);
    update.fetch_optional(db).await?.ok_or(MISSING)
}

pub async fn delete(db: &mut Connection, id: Id<Product>) -> Result<()> {
    forbid(db, FIND_ORDER_LINES_PRODUCT_ID, id).await?;
    let delete = sqlx::query(DELETE).bind(id).bind(Timestamp::now());
    match delete.execute(db).await?.rows_affected() {
        0 => Err(MISSING),
        _ => Ok(()),
    }
}

/// The same values in the same places for `INSERT` and `UPDATE`.
fn bind<'q>(
    statement: &'static str,
    id: Id<Product>,
    input: &'q ProductInput,
) -> Statement<'q, Product> {
    sqlx::query_as(statement)
        .bind(id)
        .bind(Timestamp::now())
        .bind(&input.sku)
        .bind(&input.name)
        .bind(&input.description)
        .bind(input.price)
        .bind(input.weight)
        .bind(input.available)
}

impl FromRow<'_, Row> for Product {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            sku: row.try_get("sku")?,
            name: row.try_get("name")?,
            description: row.try_get("description")?,
            price: row.try_get("price")?,
            weight: row.try_get("weight")?,
            available: row.try_get("available")?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}
