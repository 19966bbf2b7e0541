//! The same records by the same statements as in the generated service, and nothing else: no limits, deadlines, log or metrics, no
//! refusals worth reading, no drain. What a request costs beyond this is what the generated service adds.

use std::{str::FromStr, time::Duration};

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sqlx::{
    FromRow, Pool, Row, Sqlite,
    sqlite::{
        SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
    },
};
use uuid::Uuid;

const INSERT: &str = "\
INSERT INTO items (
    id, updated_at, code, title, note, price, state, placed_at, created_at, version
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $2, 1)
RETURNING *";

const SELECT: &str = "\
SELECT * FROM items
WHERE id = $1 AND deleted_at IS NULL";

const SELECT_PAGE: &str = "\
SELECT * FROM items
WHERE deleted_at IS NULL
ORDER BY id ASC
LIMIT $1";

const UPDATE: &str = "\
UPDATE items
SET updated_at = $2, code = $3, title = $4, note = $5, price = $6, state = $7, placed_at = $8,
    version = version + 1
WHERE id = $1 AND deleted_at IS NULL
RETURNING *";

#[derive(Clone)]
struct App {
    writer: Pool<Sqlite>,
    readers: Pool<Sqlite>,
}

#[derive(Clone, Deserialize, Serialize)]
struct Input {
    code: String,
    title: String,
    note: Option<String>,
    price: i64,
    #[serde(default = "draft")]
    state: String,
    placed_at: Option<String>,
}

fn draft() -> String {
    "draft".to_owned()
}

#[derive(Serialize)]
struct Item {
    id: Uuid,
    #[serde(flatten)]
    input: Input,
    version: i64,
    created_at: String,
    updated_at: String,
}

impl FromRow<'_, SqliteRow> for Item {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            input: Input {
                code: row.try_get("code")?,
                title: row.try_get("title")?,
                note: row.try_get("note")?,
                price: row.try_get("price")?,
                state: row.try_get("state")?,
                placed_at: row.try_get("placed_at")?,
            },
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}

#[derive(Deserialize)]
struct PageQuery {
    limit: i64,
}

#[derive(Serialize)]
struct Page {
    items: Vec<Item>,
    next: Option<Uuid>,
}

struct Failure(StatusCode);

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self(match error {
            sqlx::Error::RowNotFound => StatusCode::NOT_FOUND,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        })
    }
}

impl From<serde_json::Error> for Failure {
    fn from(_: serde_json::Error) -> Self {
        Self(StatusCode::UNPROCESSABLE_ENTITY)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> axum::response::Response {
        self.0.into_response()
    }
}

#[tokio::main]
async fn main() {
    let listen = std::env::var("APP_LISTEN").expect("APP_LISTEN");
    let url = std::env::var("APP_DATABASE_URL").expect("APP_DATABASE_URL");
    let options = SqliteConnectOptions::from_str(&url)
        .expect("a file")
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(2));
    let pool = SqlitePoolOptions::new().test_before_acquire(false);
    let writer = pool
        .clone()
        .max_connections(1)
        .connect_lazy_with(options.clone());
    let readers = pool.max_connections(8).connect_lazy_with(options);
    let schema = include_str!("../migrations/0001_create_items.sql");
    sqlx::raw_sql(schema)
        .execute(&writer)
        .await
        .expect("an empty file");
    let router = Router::new()
        .route("/items", get(list).post(create))
        .route("/items/{id}", get(read).patch(update))
        .route("/health/ready", get(async || "ready"))
        .with_state(App { writer, readers });
    let listener = tokio::net::TcpListener::bind(listen)
        .await
        .expect("a free port");
    axum::serve(listener, router).await.expect("served");
}

async fn read(State(app): State<App>, Path(id): Path<Uuid>) -> Result<Json<Item>, Failure> {
    let select = sqlx::query_as(SELECT).bind(id);
    Ok(Json(select.fetch_one(&app.readers).await?))
}

async fn list(
    State(app): State<App>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page>, Failure> {
    let select = sqlx::query_as(SELECT_PAGE).bind(page.limit + 1);
    let mut items: Vec<Item> = select.fetch_all(&app.readers).await?;
    let more = items.len() as i64 > page.limit;
    items.truncate(page.limit as usize);
    let next = items.last().filter(|_| more).map(|item| item.id);
    Ok(Json(Page { items, next }))
}

async fn create(
    State(app): State<App>,
    Json(input): Json<Input>,
) -> Result<impl IntoResponse, Failure> {
    let mut transaction = app.writer.begin_with("BEGIN IMMEDIATE").await?;
    let insert = bind(INSERT, Uuid::now_v7(), input);
    let item: Item = insert.fetch_one(&mut *transaction).await?;
    transaction.commit().await?;
    let location = [(header::LOCATION, format!("/items/{}", item.id))];
    Ok((StatusCode::CREATED, location, Json(item)))
}

async fn update(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Json(patch): Json<Map<String, Value>>,
) -> Result<Json<Item>, Failure> {
    let mut transaction = app.writer.begin_with("BEGIN IMMEDIATE").await?;
    let select = sqlx::query_as(SELECT).bind(id);
    let item: Item = select.fetch_one(&mut *transaction).await?;
    let mut whole = serde_json::to_value(item.input)?;
    if let Value::Object(members) = &mut whole {
        members.extend(patch);
    }
    let update = bind(UPDATE, id, serde_json::from_value(whole)?);
    let item: Item = update.fetch_one(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(Json(item))
}

fn bind(
    statement: &'static str,
    id: Uuid,
    input: Input,
) -> sqlx::query::QueryAs<'static, Sqlite, Item, sqlx::sqlite::SqliteArguments> {
    sqlx::query_as(statement)
        .bind(id)
        .bind(format!("{:.6}", jiff::Timestamp::now()))
        .bind(input.code)
        .bind(input.title)
        .bind(input.note)
        .bind(input.price)
        .bind(input.state)
        .bind(input.placed_at)
}
