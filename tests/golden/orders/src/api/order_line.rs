//! Order lines over HTTP.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::api::location;
use crate::app::App;
use crate::domain::order_line::{OrderLine, OrderLineInput, OrderLineQuery};
use crate::etag::{IfMatch, IfNoneMatch, etag};
use crate::extract::{Json, Path, Query, Valid};
use crate::id::Id;
use crate::idempotency::Keyed;
use crate::page::Page;
use crate::patch::MergePatch;
use crate::problem::Result;
use crate::store::order_line as store;

const ALL: &str = "/order-lines";
const ONE: &str = "/order-lines/{id}";

pub fn routes() -> Router<App> {
    Router::new()
        .route(ALL, get(list).post(create))
        .route(ONE, get(read).patch(update).delete(delete))
}

async fn list(
    State(app): State<App>,
    Query(query): Query<OrderLineQuery>,
) -> Result<Json<Page<OrderLine>>> {
    let mut db = app.database.read().await?;
    let page = store::list(&mut db, query).await?;
    db.release();
    Ok(Json(page))
}

async fn create(
    State(app): State<App>,
    Keyed(key, Valid(input)): Keyed<Valid<OrderLineInput>>,
) -> Result<Response> {
    app.once(key, async |db| {
        let record = store::create(db, &input).await?;
        let status = StatusCode::CREATED;
        let location = location(ALL, record.id);
        Ok((status, location, etag(record.version), Json(record)))
    })
    .await
}

async fn read(
    State(app): State<App>,
    Path(id): Path<Id<OrderLine>>,
    if_none_match: IfNoneMatch,
) -> Result<impl IntoResponse> {
    let mut db = app.database.read().await?;
    let record = store::find(&mut db, id).await?;
    db.release();
    Ok(if_none_match.respond(record.version, record))
}

async fn update(
    State(app): State<App>,
    Path(id): Path<Id<OrderLine>>,
    if_match: IfMatch,
    Json(patch): Json<MergePatch>,
) -> Result<impl IntoResponse> {
    let mut db = app.database.begin().await?;
    let record = store::find(&mut db, id).await?;
    if_match.check(record.version)?;
    let input = patch.apply(&OrderLineInput::from(record))?;
    let record = store::update(&mut db, id, &input).await?;
    db.commit().await?;
    Ok((etag(record.version), Json(record)))
}

async fn delete(
    State(app): State<App>,
    Path(id): Path<Id<OrderLine>>,
    if_match: IfMatch,
) -> Result<StatusCode> {
    let mut db = app.database.begin().await?;
    let record = store::find(&mut db, id).await?;
    if_match.check(record.version)?;
    store::delete(&mut db, id).await?;
    db.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
