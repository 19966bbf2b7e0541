<% set left = join.left %>
<% set right = join.right %>
//! Which <{ left.labels }> have which <{ join.label }>, over HTTP.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
<% if keys.changes %>
use axum::response::Response;
<% endif %>
use axum::routing::{get, put};

use crate::app::App;
<% for side in by_module([left, right]) %>
use crate::domain::<{ side.module_ident }>::<{ side.type }>;
<% endfor %>
use crate::extract::{Json, Path, Query};
use crate::id::Id;
<% if keys.changes %>
use crate::idempotency::Key;
<% endif %>
use crate::page::{Page, PageQuery};
use crate::problem::Result;
use crate::store::<{ join.module_ident }> as store;

const ALL: &str =¦ "/<{ left.route }>/{id}/<{ join.route }>";
const ONE: &str =¦ "/<{ left.route }>/{id}/<{ join.route }>/{<{ right.column }>}";

/// The two in the path of a link.
type Link = (⟦Id<<{ left.type }>>, Id<<{ right.type }>>⟧);

pub fn routes() -> Router<App> {
    Router::new()
        .route(ALL, get(list))
        .route(ONE, put(add).delete(remove))
}

async fn list(⟦State(app): State<App>, Path(id): Path<Id<<{ left.type }>>>, Query(query): Query<PageQuery>⟧) -> Result<Json<Page<<{ right.type }>>>> {
    let mut db = app.database.read().await?;
    let page = store::list(&mut db, id, query).await?;
<% if not postgresql %>
    db.release();
<% endif %>
    Ok(Json(page))
}

<% if keys.changes %>
async fn add(⟦State(app): State<App>, Path((id, <{ right.column }>)): Path<Link>, key: Key⟧) -> Result<Response> {
    app.once(key, async |db| {
        store::add(⟦db, id, <{ right.column }>⟧)¦.await?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
<% else %>
async fn add(⟦State(app): State<App>, Path((id, <{ right.column }>)): Path<Link>⟧) -> Result<StatusCode> {
    let mut db = app.database.begin().await?;
    store::add(⟦&mut db, id, <{ right.column }>⟧)¦.await?;
    db.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
<% endif %>

<% if keys.changes %>
async fn remove(⟦State(app): State<App>, Path((id, <{ right.column }>)): Path<Link>, key: Key⟧) -> Result<Response> {
    app.once(key, async |db| {
        store::remove(⟦db, id, <{ right.column }>⟧)¦.await?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
<% else %>
async fn remove(⟦State(app): State<App>, Path((id, <{ right.column }>)): Path<Link>⟧) -> Result<StatusCode> {
    let mut db = app.database.begin().await?;
    store::remove(⟦&mut db, id, <{ right.column }>⟧)¦.await?;
    db.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
<% endif %>
