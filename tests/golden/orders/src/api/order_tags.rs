//! Which orders have which tags, over HTTP.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, put};

use crate::app::App;
use crate::domain::order::Order;
use crate::domain::tag::Tag;
use crate::extract::{Json, Path, Query};
use crate::id::Id;
use crate::page::{Page, PageQuery};
use crate::problem::Result;
use crate::store::order_tags as store;

const ALL: &str = "/orders/{id}/tags";
const ONE: &str = "/orders/{id}/tags/{tag_id}";

/// The two in the path of a link.
type Link = (Id<Order>, Id<Tag>);

pub fn routes() -> Router<App> {
    Router::new()
        .route(ALL, get(list))
        .route(ONE, put(add).delete(remove))
}

async fn list(
    State(app): State<App>,
    Path(id): Path<Id<Order>>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Page<Tag>>> {
    let mut db = app.database.read().await?;
    let page = store::list(&mut db, id, query).await?;
    db.release();
    Ok(Json(page))
}

async fn add(State(app): State<App>, Path((id, tag_id)): Path<Link>) -> Result<StatusCode> {
    let mut db = app.database.begin().await?;
    store::add(&mut db, id, tag_id).await?;
    db.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn remove(State(app): State<App>, Path((id, tag_id)): Path<Link>) -> Result<StatusCode> {
    let mut db = app.database.begin().await?;
    store::remove(&mut db, id, tag_id).await?;
    db.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
