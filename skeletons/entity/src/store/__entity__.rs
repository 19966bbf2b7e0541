<% set soft = " AND deleted_at IS NULL" if entity.soft else "" %>
<% set record = entity.type %>
<% set table = entity.table|in_literal %>
<% set query = (record ~ "Query") if entity.uses.filters else "PageQuery" %>
<% set primary = (entity.uniques|selectattr("primary")|list)[0] if entity.duplicates != "reject" else none %>
<% set stored = entity.duplicates != "reject" %>
<% set references = entity.fields|selectattr("target")|rejectattr("target.foreign")|list %>
<% set enums = entity.fields|selectattr("enum_type")|map(attribute="enum_type")|list %>
//! <{ entity.labels|upfirst }> in the database.

use sqlx::{FromRow, Row as _};

use crate::database::{Connection, Row};
<{ use_line("crate::domain::" ~ entity.module_ident, [record, record ~ "Input"] + ([query] if entity.uses.filters else []) + enums) }>
use crate::id::Id;
use crate::page::<% if entity.uses.filters %>Page<% else %>{Page, PageQuery}<% endif %>;
<{ use_line("crate::store", ["Result", "Select", "Statement", "StoreError"] + (["Stored"] if stored else []) + (["check_reference"] if references else []) + (["forbid"] if entity.deletion|selectattr("forbids")|list else []) + (references|rejectattr("target.itself")|map(attribute="target.module_ident")|unique|list)) }>
<% if enums %>
use crate::text_column::text_column;
<% endif %>
use crate::timestamp::Timestamp;

pub const INSERT: &str = "\
INSERT INTO <{ table }> (
    <{ columns(["id", "updated_at"] + (entity.fields|map(attribute="column")|list) + ["created_at"] + (["version"] if entity.versioned else []), 4) }>
)
VALUES (<% for n in range(entity.fields|length + 2) %>$<{ n + 1 }>, <% endfor %>$2<% if entity.versioned %>, 1<% endif %>)
<% if primary %>
ON CONFLICT (<{ primary.columns|map("in_literal")|join(", ") }>)<% if entity.soft %> WHERE deleted_at IS NULL<% endif %> <% if entity.duplicates == "update" %>DO UPDATE
SET <{ columns(["updated_at = excluded.updated_at"] + assignments(entity.fields, "excluded") + (["version = " ~ entity.table ~ ".version + 1"] if entity.versioned else []), 4) }>
<% else %>
DO NOTHING
<% endif %>
<% endif %>
RETURNING *";

pub const SELECT: &str = "\
SELECT * FROM <{ table }>
WHERE id = $1<{ soft }>";
<% if postgresql %>

/// Held until the end of the transaction, as it is now and not as it was at the start.
pub const SELECT_TO_CHANGE: &str = "\
SELECT * FROM <{ table }>
WHERE id = $1<{ soft }>
FOR NO KEY UPDATE";
<% if entity.referrers %>

/// Held until the end of the transaction: it can be changed meanwhile, and not deleted.
pub const SELECT_TO_REFER: &str = "\
SELECT 1 FROM <{ table }>
WHERE id = $1<{ soft }>
FOR KEY SHARE";
<% endif %>
<% endif %>
<% if entity.duplicates == "return-existing" %>

pub const SELECT_SAME: &str = "\
SELECT * FROM <{ table }>
WHERE <% for column in primary.columns %><{ column|in_literal }> = $<{ loop.index }><% if not loop.last %> AND <% endif %><% endfor %><{ soft }>";
<% endif %>

pub const SELECT_PAGE: &str = "\
SELECT * FROM <{ table }>";

pub const UPDATE: &str = "\
UPDATE <{ table }>
SET <{ columns(["updated_at = $2"] + assignments(entity.fields, 3) + (["version = version + 1"] if entity.versioned else []), 4) }>
WHERE id = $1<{ soft }>
RETURNING *";
<% if entity.deletable %>
<% for step in entity.deletion %>

pub const <{ step.constant }>: &str = "\
<{ step.sql|in_literal }>";
<% endfor %>

<% if entity.soft %>
/// The row stays, for those who look into the database; the service does not see it any more.
pub const DELETE: &str = "\
UPDATE <{ table }>
SET deleted_at = $2
WHERE id = $1 AND deleted_at IS NULL";
<% else %>
pub const DELETE: &str = "\
DELETE FROM <{ table }>
WHERE id = $1";
<% endif %>
<% endif %>

const MISSING: StoreError =¦ StoreError::NotFound(⟦"<{ entity.label }>"⟧);

<% for enum in enums %>
text_column!(<{ enum }>);
<% if loop.last %>

<% endif %>
<% endfor %>
<% if entity.duplicates == "update" %>
/// Where there is one already, that one, updated.
<% elif entity.duplicates == "return-existing" %>
/// Where there is one already, that one, as it is.
<% endif %>
pub async fn create(⟦db: &mut Connection, input: &<{ record }>Input⟧) -> Result<<% if stored %>Stored<<{ record }>><% else %><{ record }><% endif %>> {
<% if references %>
    check_references(db, input).await?;
<% endif %>
<% if entity.duplicates == "update" %>
    let id = Id::generate();
    let stored: <{ record }> =¦ bind(INSERT, id, input).fetch_one(db).await?;
    if stored.id == id {
        return Ok(Stored::Created(stored));
    }
    Ok(Stored::Existing(stored))
<% elif entity.duplicates == "return-existing" %>
    let insert = bind(INSERT, Id::generate(), input);
    if let Some(created) = insert.fetch_optional(&mut *db).await? {
        return Ok(Stored::Created(created));
    }
    let select =¦ sqlx::query_as(SELECT_SAME)<% for name in primary.fields %>¦.bind(<% if not field_of(entity, name).by_value %>&<% endif %>input.<{ field_of(entity, name).rust }>)<% endfor %>;
    Ok(Stored::Existing(select.fetch_one(db).await?))
<% else %>
    let insert = bind(INSERT, Id::generate(), input);
    Ok(insert.fetch_one(db).await?)
<% endif %>
}

pub async fn find(⟦db: &mut Connection, id: Id<<{ record }>>⟧) -> Result<<{ record }>> {
    let select = sqlx::query_as(SELECT).bind(id);
    select.fetch_optional(db).await?.ok_or(MISSING)
}

<% if postgresql %>
/// For a change that is decided on what is found.
pub async fn find_to_change(⟦db: &mut Connection, id: Id<<{ record }>>⟧) -> Result<<{ record }>> {
    let select = sqlx::query_as(SELECT_TO_CHANGE).bind(id);
    select.fetch_optional(db).await?.ok_or(MISSING)
}

<% if entity.referrers|selectattr("join")|list %>
/// Fails unless there is one to refer to.
pub async fn check(⟦db: &mut Connection, id: Id<<{ record }>>⟧) -> Result<()> {
    let select = sqlx::query(SELECT_TO_REFER).bind(id);
    select.fetch_optional(db).await?.map(drop).ok_or(MISSING)
}

<% endif %>
<% endif %>
pub async fn list(⟦db: &mut Connection, query: <{ query }>⟧) -> Result<Page<<{ record }>>> {
    let (cursor, limit, order) = (query.cursor, query.limit, query.order);
    select(<% if entity.uses.filters %>query<% endif %>).page(db, cursor, limit, order).await
}

pub fn select(⟦<% if entity.uses.filters %>query: <{ query }><% endif %>⟧) -> Select {
    Select::new(SELECT_PAGE, "id")<% if entity.soft %>¦.only("deleted_at IS NULL")<% endif %><% for field in entity.fields if field.filter %>¦.equal(⟦"<{ field.column|in_literal }>", query.<{ field.rust }>⟧)<% endfor %>

}

pub async fn update(⟦db: &mut Connection, id: Id<<{ record }>>, input: &<{ record }>Input⟧) -> Result<<{ record }>> {
<% if references %>
    check_references(db, input).await?;
<% endif %>
    let update = bind(UPDATE, id, input);
    update.fetch_optional(db).await?.ok_or(MISSING)
}

<% if entity.deletable %>
pub async fn delete(⟦db: &mut Connection, id: Id<<{ record }>>⟧) -> Result<()> {
<% if entity.soft and entity.deletion|selectattr("timed")|list %>
    let now = Timestamp::now();
<% endif %>
<% for step in entity.deletion %>
<% if step.forbids %>
    forbid(⟦db, <{ step.constant }>, id⟧)¦.await?;
<% else %>
    let step =¦ sqlx::query(⟦<{ step.constant }>⟧)¦.bind(id)<% if step.timed %>¦.bind(now)<% endif %>;
    step.execute(&mut *db).await?;
<% endif %>
<% endfor %>
    let delete = sqlx::query(DELETE).bind(id)<% if entity.soft %>.bind(<% if entity.deletion|selectattr("timed")|list %>now<% else %>Timestamp::now()<% endif %>)<% endif %>;
    match delete.execute(db).await?.rows_affected() {
        0 => Err(MISSING),
        _ => Ok(()),
    }
}

<% endif %>
<% if references %>
async fn check_references(⟦db: &mut Connection, input: &<{ record }>Input⟧) -> Result<()> {
<% for field in references %>
    check_reference(⟦db, <% if not field.target.itself %><{ field.target.module_ident }>::<% endif %><% if postgresql %>SELECT_TO_REFER<% else %>SELECT<% endif %>, "<{ field.name }>", input.<{ field.rust }>⟧).await?;
<% endfor %>
    Ok(())
}

<% endif %>
/// The same values in the same places for `INSERT` and `UPDATE`.
fn bind<'q>(⟦statement: &'static str, id: Id<<{ record }>>, input: &'q <{ record }>Input⟧) -> Statement<'q, <{ record }>> {
    sqlx::query_as(statement)
        .bind(id)
        .bind(Timestamp::now())
<% for field in entity.fields %>
        .bind(<% if not field.by_value %>&<% endif %>input.<{ field.rust }>)
<% endfor %>
}

impl FromRow<'_, Row> ¦for <{ record }> {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
<% for field in entity.fields %>
            <{ field.rust }>: row¦.try_get("<{ field.name }>")?,
<% endfor %>
<% if entity.versioned %>
            version: row.try_get("version")?,
<% endif %>
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}
