//! Employees in the database.

use sqlx::{FromRow, Row as _};

use crate::database::{Connection, Row};
use crate::domain::employee::{Employee, EmployeeInput, EmployeeQuery};
use crate::id::Id;
use crate::page::Page;
use crate::store::{Result, Select, Statement, StoreError, check_reference, forbid};
use crate::timestamp::Timestamp;

pub const INSERT: &str = "\
INSERT INTO employees (
    id, updated_at, name, email, manager_id, created_at, version
)
VALUES ($1, $2, $3, $4, $5, $2, 1)
RETURNING *";

pub const SELECT: &str = "\
SELECT * FROM employees
WHERE id = $1 AND deleted_at IS NULL";

pub const SELECT_PAGE: &str = "\
SELECT * FROM employees";

pub const UPDATE: &str = "\
UPDATE employees
SET updated_at = $2, name = $3, email = $4, manager_id = $5, version = version + 1
WHERE id = $1 AND deleted_at IS NULL
RETURNING *";

pub const FIND_EMPLOYEES_MANAGER_ID: &str = "\
SELECT 1 FROM employees
WHERE manager_id = $1 AND deleted_at IS NULL
LIMIT 1";

pub const CLEAR_ORDERS_HANDLED_BY_ID: &str = "\
UPDATE orders
SET handled_by_id = NULL
WHERE handled_by_id = $1 AND deleted_at IS NULL";

/// The row stays, for those who look into the database; the service does not see it any more.
pub const DELETE: &str = "\
UPDATE employees
SET deleted_at = $2
WHERE id = $1 AND deleted_at IS NULL";

const MISSING: StoreError = StoreError::NotFound("employee");

pub async fn create(db: &mut Connection, input: &EmployeeInput) -> Result<Employee> {
    check_references(db, input).await?;
    let insert = bind(INSERT, Id::generate(), input);
    Ok(insert.fetch_one(db).await?)
}

pub async fn find(db: &mut Connection, id: Id<Employee>) -> Result<Employee> {
    let select = sqlx::query_as(SELECT).bind(id);
    select.fetch_optional(db).await?.ok_or(MISSING)
}

pub async fn list(db: &mut Connection, query: EmployeeQuery) -> Result<Page<Employee>> {
    let (cursor, limit, order) = (query.cursor, query.limit, query.order);
    select(query).page(db, cursor, limit, order).await
}

pub fn select(query: EmployeeQuery) -> Select {
    Select::new(SELECT_PAGE, "id")
        .only("deleted_at IS NULL")
        .equal("manager_id", query.manager_id)
}

pub async fn update(
    db: &mut Connection,
    id: Id<Employee>,
    input: &EmployeeInput,
) -> Result<Employee> {
    check_references(db, input).await?;
    let update = bind(UPDATE, id, input);
    update.fetch_optional(db).await?.ok_or(MISSING)
}

pub async fn delete(db: &mut Connection, id: Id<Employee>) -> Result<()> {
    forbid(db, FIND_EMPLOYEES_MANAGER_ID, id).await?;
    let step = sqlx::query(CLEAR_ORDERS_HANDLED_BY_ID).bind(id);
    step.execute(&mut *db).await?;
    let delete = sqlx::query(DELETE).bind(id).bind(Timestamp::now());
    match delete.execute(db).await?.rows_affected() {
        0 => Err(MISSING),
        _ => Ok(()),
    }
}

async fn check_references(db: &mut Connection, input: &EmployeeInput) -> Result<()> {
    check_reference(db, SELECT, "manager_id", input.manager_id).await?;
    Ok(())
}

/// The same values in the same places for `INSERT` and `UPDATE`.
fn bind<'q>(
    statement: &'static str,
    id: Id<Employee>,
    input: &'q EmployeeInput,
) -> Statement<'q, Employee> {
    sqlx::query_as(statement)
        .bind(id)
        .bind(Timestamp::now())
        .bind(&input.name)
        .bind(&input.email)
        .bind(input.manager_id)
}

impl FromRow<'_, Row> for Employee {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            email: row.try_get("email")?,
            manager_id: row.try_get("manager_id")?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}
