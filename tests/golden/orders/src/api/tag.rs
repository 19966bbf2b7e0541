//! Tags over HTTP.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::api::location;
use crate::app::App;
use crate::domain::tag::{Tag, TagInput, TagQuery};
use crate::extract::{Json, Path, Query, Valid};
use crate::id::Id;
use crate::idempotency::Keyed;
use crate::page::Page;
use crate::patch::MergePatch;
use crate::problem::Result;
use crate::store::tag as store;

const ALL: &str = "/tags";
const ONE: &str = "/tags/{id}";

pub fn routes() -> Router<App> {
    Router::new()
        .route(ALL, get(list).post(create))
        .route(ONE, get(read).patch(update).delete(delete))
}

async fn list(State(app): State<App>, Query(query): Query<TagQuery>) -> Result<Json<Page<Tag>>> {
    let mut db = app.database.read().await?;
    let page = store::list(&mut db, query).await?;
    db.release();
    Ok(Json(page))
}

async fn create(
    State(app): State<App>,
    Keyed(key, Valid(input)): Keyed<Valid<TagInput>>,
) -> Result<Response> {
    app.once(key, async |db| {
        let (status, record) = store::create(db, &input).await?.into();
        let location = location(ALL, record.id);
        Ok((status, location, Json(record)))
    })
    .await
}

async fn read(State(app): State<App>, Path(id): Path<Id<Tag>>) -> Result<impl IntoResponse> {
    let mut db = app.database.read().await?;
    let record = store::find(&mut db, id).await?;
    db.release();
    Ok(Json(record))
}

async fn update(
    State(app): State<App>,
    Path(id): Path<Id<Tag>>,
    Json(patch): Json<MergePatch>,
) -> Result<impl IntoResponse> {
    let mut db = app.database.begin().await?;
    let record = store::find(&mut db, id).await?;
    let input = patch.apply(&TagInput::from(record))?;
    let record = store::update(&mut db, id, &input).await?;
    db.commit().await?;
    Ok(Json(record))
}

async fn delete(State(app): State<App>, Path(id): Path<Id<Tag>>) -> Result<StatusCode> {
    let mut db = app.database.begin().await?;
    store::delete(&mut db, id).await?;
    db.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
