//! What was given up, for a person at the admin listener: to look at, to try again, or to forget.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde::Serialize;

use super::Message;
use crate::app::App;
use crate::extract::Path;
use crate::id::Id;
use crate::problem::Result;
use crate::store::outbox as store;
use crate::timestamp::Timestamp;

/// A dead message without its body, which may hold anything.
#[derive(Debug, Serialize)]
struct Dead {
    id: Id<Message>,
    channel: String,
    ordering_key: Option<String>,
    subject: String,
    attempts: i32,
    reason: Option<String>,
    request_id: Option<String>,
    created_at: Timestamp,
}

#[derive(Debug, Serialize)]
struct Replayed {
    replayed: u64,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/outbox/dead", get(list))
        .route("/outbox/dead/replay", post(replay_all))
        .route("/outbox/dead/{id}", delete(discard))
        .route("/outbox/dead/{id}/replay", post(replay))
}

/// The oldest hundred.
async fn list(State(app): State<App>) -> Result<Json<Vec<Dead>>> {
    let mut db = app.database.read().await?;
    let dead = store::dead(&mut db).await?;
<% if not postgresql %>
    db.release();
<% endif %>
    Ok(Json(dead.into_iter().map(Dead::from).collect()))
}

async fn replay(State(app): State<App>, Path(id): Path<Id<Message>>) -> Result<StatusCode> {
    let mut db = app.database.begin().await?;
    store::replay(&mut db, id).await?;
    db.commit().await?;
    tracing::info!(message = %id, "a dead message is tried again");
    Ok(StatusCode::NO_CONTENT)
}

async fn replay_all(State(app): State<App>) -> Result<Json<Replayed>> {
    let mut db = app.database.begin().await?;
    let replayed = store::replay_all(&mut db).await?;
    db.commit().await?;
    tracing::info!(replayed, "dead messages are tried again");
    Ok(Json(Replayed { replayed }))
}

async fn discard(State(app): State<App>, Path(id): Path<Id<Message>>) -> Result<StatusCode> {
    let mut db = app.database.begin().await?;
    store::discard(&mut db, id).await?;
    db.commit().await?;
    tracing::warn!(message = %id, "a dead message is forgotten");
    Ok(StatusCode::NO_CONTENT)
}

impl From<Message> for Dead {
    fn from(message: Message) -> Self {
        Self {
            id: message.id,
            channel: message.channel,
            ordering_key: message.ordering_key,
            subject: message.subject,
            attempts: message.attempts,
            reason: message.reason,
            request_id: message.request_id,
            created_at: message.created_at,
        }
    }
}
