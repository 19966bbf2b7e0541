<% set left = join.left %>
<% set right = join.right %>
<% set self_join = left.type == right.type %>
//! Which <{ left.labels }> have which <{ join.label }>, in the database.

use crate::database::Connection;
<% for side in by_module([left, right]) %>
use crate::domain::<{ side.module_ident }>::<{ side.type }>;
<% endfor %>
use crate::id::Id;
use crate::page::{Page, PageQuery};
<{ use_line("crate::store", ["Result", "Select", left.module_ident] + ([] if self_join else [right.module_ident])) }>

pub const INSERT: &str = "\
INSERT INTO <{ join.table|in_literal }> (<{ left.column }>, <{ right.column }>)
VALUES ($1, $2)
ON CONFLICT DO NOTHING";

pub const SELECT_PAGE: &str = "\
SELECT <{ right.table|in_literal }>.* FROM <{ join.table|in_literal }>
JOIN <{ right.table|in_literal }> ON <{ right.table|in_literal }>.id = <{ join.table|in_literal }>.<{ right.column }>";

pub const DELETE: &str = "\
DELETE FROM <{ join.table|in_literal }>
WHERE <{ left.column }> = $1 AND <{ right.column }> = $2";

/// Does nothing where they are linked already.
pub async fn add(⟦db: &mut Connection, <{ left.column }>: Id<<{ left.type }>>, <{ right.column }>: Id<<{ right.type }>>⟧) -> Result<()> {
    <{ left.module_ident }>::<% if postgresql %>check<% else %>find<% endif %>(⟦db, <{ left.column }>⟧)¦.await?;
    <{ right.module_ident }>::<% if postgresql %>check<% else %>find<% endif %>(⟦db, <{ right.column }>⟧)¦.await?;
    let insert =¦ sqlx::query(INSERT)¦.bind(<{ left.column }>)¦.bind(<{ right.column }>);
    insert.execute(db).await?;
    Ok(())
}

pub async fn list(⟦db: &mut Connection, <{ left.column }>: Id<<{ left.type }>>, query: PageQuery⟧) -> Result<Page<<{ right.type }>>> {
    <{ left.module_ident }>::find(⟦db, <{ left.column }>⟧)¦.await?;
    let (cursor, limit, order) = (query.cursor, query.limit, query.order);
    select(<{ left.column }>)¦.page(db, cursor, limit, order)¦.await
}

pub fn select(⟦<{ left.column }>: Id<<{ left.type }>>⟧) -> Select {
    Select::new(⟦SELECT_PAGE, "<{ join.table|in_literal }>.<{ right.column }>"⟧)<% if right.soft %>¦.only("deleted_at IS NULL")<% endif %>¦.equal(⟦"<{ join.table|in_literal }>.<{ left.column }>", Some(<{ left.column }>)⟧)
}

/// Does nothing where they are not linked.
pub async fn remove(⟦db: &mut Connection, <{ left.column }>: Id<<{ left.type }>>, <{ right.column }>: Id<<{ right.type }>>⟧) -> Result<()> {
    <{ left.module_ident }>::find(⟦db, <{ left.column }>⟧)¦.await?;
    let delete =¦ sqlx::query(DELETE)¦.bind(<{ left.column }>)¦.bind(<{ right.column }>);
    delete.execute(db).await?;
    Ok(())
}
