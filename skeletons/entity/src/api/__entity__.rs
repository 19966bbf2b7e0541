<% set record = entity.type %>
<% set query = (record ~ "Query") if entity.uses.filters else "PageQuery" %>
<% set stored = entity.duplicates != "reject" %>
<% set versioned = entity.versioned %>
<% set find = "find_to_change" if postgresql else "find" %>
//! <{ entity.labels|upfirst }> over HTTP.

use axum::Router;
use axum::extract::State;
<% if not stored or entity.deletable %>
use axum::http::StatusCode;
<% endif %>
use axum::response::<% if keys.creates %>{IntoResponse, Response}<% else %>IntoResponse<% endif %>;
use axum::routing::get;

use crate::api::location;
use crate::app::App;
<{ use_line("crate::domain::" ~ entity.module_ident, [record, record ~ "Input"] + ([query] if entity.uses.filters else [])) }>
<% if versioned %>
use crate::etag::{IfMatch, IfNoneMatch, etag};
<% endif %>
use crate::extract::{Json, Path, Query, Valid};
use crate::id::Id;
<% if keys.creates %>
use crate::idempotency::<% if keys.changes and entity.deletable %>{Key, Keyed}<% else %>Keyed<% endif %>;
<% endif %>
use crate::page::<% if entity.uses.filters %>Page<% else %>{Page, PageQuery}<% endif %>;
use crate::patch::MergePatch;
use crate::problem::Result;
use crate::store::<{ entity.module_ident }> as store;

const ALL: &str =¦ "/<{ entity.route }>";
const ONE: &str =¦ "/<{ entity.route }>/{id}";

pub fn routes() -> Router<App> {
    Router::new()
        .route(ALL, get(list).post(create))
        .route(ONE, get(read).patch(update)<% if entity.deletable %>.delete(delete)<% endif %>)
}

async fn list(⟦State(app): State<App>, Query(query): Query<<{ query }>>⟧) -> Result<Json<Page<<{ record }>>>> {
    let mut db = app.database.read().await?;
    let page = store::list(&mut db, query).await?;
<% if not postgresql %>
    db.release();
<% endif %>
    Ok(Json(page))
}

<% if keys.creates %>
async fn create(⟦State(app): State<App>, Keyed(key, Valid(input)): Keyed<Valid<<{ record }>Input>>⟧) -> Result<Response> {
    app.once(key, async |db| {
<% if stored %>
        let (status, record) = store::create(db, &input).await?.into();
<% else %>
        let record = store::create(db, &input).await?;
        let status = StatusCode::CREATED;
<% endif %>
        let location = location(ALL, record.id);
        Ok((status, location, <% if versioned %>etag(record.version), <% endif %>Json(record)))
    })
    .await
}
<% else %>
async fn create(⟦State(app): State<App>, Valid(input): Valid<<{ record }>Input>⟧) -> Result<impl IntoResponse> {
    let mut db = app.database.begin().await?;
<% if stored %>
    let stored = store::create(&mut db, &input).await?;
    db.commit().await?;
    let (status, record) = stored.into();
<% else %>
    let record = store::create(&mut db, &input).await?;
    db.commit().await?;
    let status = StatusCode::CREATED;
<% endif %>
    let location = location(ALL, record.id);
    Ok((status, location, <% if versioned %>etag(record.version), <% endif %>Json(record)))
}
<% endif %>

async fn read(⟦State(app): State<App>, Path(id): Path<Id<<{ record }>>><% if versioned %>, if_none_match: IfNoneMatch<% endif %>⟧) -> Result<impl IntoResponse> {
    let mut db = app.database.read().await?;
    let record = store::find(&mut db, id).await?;
<% if not postgresql %>
    db.release();
<% endif %>
<% if versioned %>
    Ok(if_none_match.respond(record.version, record))
<% else %>
    Ok(Json(record))
<% endif %>
}

<% if keys.changes %>
async fn update(⟦State(app): State<App>, Path(id): Path<Id<<{ record }>>>, <% if versioned %>if_match: IfMatch, <% endif %>Keyed(key, Json(patch)): Keyed<Json<MergePatch>>⟧) -> Result<Response> {
    app.once(key, async |db| {
        let record = store::<{ find }>(db, id).await?;
<% if versioned %>
        if_match.check(record.version)?;
<% endif %>
        let input = patch¦.apply(&<{ record }>Input::from(record))?;
        let record = store::update(db, id, &input).await?;
        Ok(<% if versioned %>(etag(record.version), Json(record))<% else %>Json(record)<% endif %>)
    })
    .await
}
<% else %>
async fn update(⟦State(app): State<App>, Path(id): Path<Id<<{ record }>>>, <% if versioned %>if_match: IfMatch, <% endif %>Json(patch): Json<MergePatch>⟧) -> Result<impl IntoResponse> {
    let mut db = app.database.begin().await?;
    let record = store::<{ find }>(&mut db, id).await?;
<% if versioned %>
    if_match.check(record.version)?;
<% endif %>
    let input = patch¦.apply(&<{ record }>Input::from(record))?;
    let record = store::update(&mut db, id, &input).await?;
    db.commit().await?;
    Ok(<% if versioned %>(etag(record.version), Json(record))<% else %>Json(record)<% endif %>)
}
<% endif %>
<% if entity.deletable %>

<% if keys.changes %>
async fn delete(⟦State(app): State<App>, Path(id): Path<Id<<{ record }>>>, <% if versioned %>if_match: IfMatch, <% endif %>key: Key⟧) -> Result<Response> {
    app.once(key, async |db| {
<% if versioned %>
        let record = store::<{ find }>(db, id).await?;
        if_match.check(record.version)?;
<% endif %>
        store::delete(db, id).await?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
<% else %>
async fn delete(⟦State(app): State<App>, Path(id): Path<Id<<{ record }>>><% if versioned %>, if_match: IfMatch<% endif %>⟧) -> Result<StatusCode> {
    let mut db = app.database.begin().await?;
<% if versioned %>
    let record = store::<{ find }>(&mut db, id).await?;
    if_match.check(record.version)?;
<% endif %>
    store::delete(&mut db, id).await?;
    db.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
<% endif %>
<% endif %>
