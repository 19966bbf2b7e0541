//! Links over HTTP.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;

use crate::api::location;
use crate::app::App;
use crate::domain::link::{Link, LinkInput, LinkQuery};
use crate::etag::{IfMatch, IfNoneMatch, etag};
use crate::extract::{Json, Path, Query, Valid};
use crate::id::Id;
use crate::page::Page;
use crate::patch::MergePatch;
use crate::problem::Result;
use crate::store::link as store;

const ALL: &str = "/links";
const ONE: &str = "/links/{id}";

pub fn routes() -> Router<App> {
    Router::new()
        .route(ALL, get(list).post(create))
        .route(ONE, get(read).patch(update).delete(delete))
}

async fn list(State(app): State<App>, Query(query): Query<LinkQuery>) -> Result<Json<Page<Link>>> {
    let mut db = app.database.read().await?;
    let page = store::list(&mut db, query).await?;
    db.release();
    Ok(Json(page))
}

async fn create(
    State(app): State<App>,
    Valid(input): Valid<LinkInput>,
) -> Result<impl IntoResponse> {
    let mut db = app.database.begin().await?;
    let record = store::create(&mut db, &input).await?;
    db.commit().await?;
    let status = StatusCode::CREATED;
    let location = location(ALL, record.id);
    Ok((status, location, etag(record.version), Json(record)))
}

async fn read(
    State(app): State<App>,
    Path(id): Path<Id<Link>>,
    if_none_match: IfNoneMatch,
) -> Result<impl IntoResponse> {
    let mut db = app.database.read().await?;
    let record = store::find(&mut db, id).await?;
    db.release();
    Ok(if_none_match.respond(record.version, record))
}

async fn update(
    State(app): State<App>,
    Path(id): Path<Id<Link>>,
    if_match: IfMatch,
    Json(patch): Json<MergePatch>,
) -> Result<impl IntoResponse> {
    let mut db = app.database.begin().await?;
    let record = store::find(&mut db, id).await?;
    if_match.check(record.version)?;
    let input = patch.apply(&LinkInput::from(record))?;
    let record = store::update(&mut db, id, &input).await?;
    db.commit().await?;
    Ok((etag(record.version), Json(record)))
}

async fn delete(
    State(app): State<App>,
    Path(id): Path<Id<Link>>,
    if_match: IfMatch,
) -> Result<StatusCode> {
    let mut db = app.database.begin().await?;
    let record = store::find(&mut db, id).await?;
    if_match.check(record.version)?;
    store::delete(&mut db, id).await?;
    db.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
