//! Which orders have which tags, in the database.

use crate::database::Connection;
use crate::domain::order::Order;
use crate::domain::tag::Tag;
use crate::id::Id;
use crate::page::{Page, PageQuery};
use crate::store::{Result, Select, order, tag};

pub const INSERT: &str = "\
INSERT INTO order_tags (order_id, tag_id)
VALUES ($1, $2)
ON CONFLICT DO NOTHING";

pub const SELECT_PAGE: &str = "\
SELECT tags.* FROM order_tags
JOIN tags ON tags.id = order_tags.tag_id";

pub const DELETE: &str = "\
DELETE FROM order_tags
WHERE order_id = $1 AND tag_id = $2";

/// Does nothing where they are linked already.
pub async fn add(db: &mut Connection, order_id: Id<Order>, tag_id: Id<Tag>) -> Result<()> {
    order::find(db, order_id).await?;
    tag::find(db, tag_id).await?;
    let insert = sqlx::query(INSERT).bind(order_id).bind(tag_id);
    insert.execute(db).await?;
    Ok(())
}

pub async fn list(db: &mut Connection, order_id: Id<Order>, query: PageQuery) -> Result<Page<Tag>> {
    order::find(db, order_id).await?;
    let (cursor, limit, order) = (query.cursor, query.limit, query.order);
    select(order_id).page(db, cursor, limit, order).await
}

pub fn select(order_id: Id<Order>) -> Select {
    Select::new(SELECT_PAGE, "order_tags.tag_id").equal("order_tags.order_id", Some(order_id))
}

/// Does nothing where they are not linked.
pub async fn remove(db: &mut Connection, order_id: Id<Order>, tag_id: Id<Tag>) -> Result<()> {
    order::find(db, order_id).await?;
    let delete = sqlx::query(DELETE).bind(order_id).bind(tag_id);
    delete.execute(db).await?;
    Ok(())
}
