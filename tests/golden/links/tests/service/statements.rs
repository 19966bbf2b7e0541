//! Every statement suits the schema, and no list is a walk through the whole table.

use std::{fs, path::Path};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use sqlx::{AssertSqlSafe, Executor, Row, SqlSafeStr};
use uuid::Uuid;

use links::page::{Cursor, Direction};
use links::store::{self, Select};

use crate::support::Service;

#[tokio::test]
async fn every_statement_suits_the_schema() {
    let service = Service::start().await;
    let mut db = service.app.database.read().await.expect("a connection");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut prepared = 0;
    for file in fs::read_dir(folder).expect("a folder") {
        let source = fs::read_to_string(file.expect("a file").path()).expect("text");
        let source = source.replace("\r\n", "\n");
        for part in source.split(": &str = \"\\\n").skip(1) {
            let (statement, _) = part.split_once("\";").expect("an end");
            let statement = statement.replace("\\\"", "\"");
            let sql = AssertSqlSafe(statement.clone()).into_sql_str();
            let done = db.prepare(sql).await;
            done.unwrap_or_else(|error| panic!("{error} in {statement}"));
            prepared += 1;
        }
    }
    assert!(prepared > 0);
}

#[tokio::test]
async fn every_list_uses_an_index() {
    let service = Service::start().await;

    let select = store::link::select;
    let all = query("limit", json!(1));
    assert_searches(&service, "id<?", select(all)).await;
    let filter = query("slug", json!("a"));
    assert_searches(&service, "slug=?", select(filter)).await;
}

/// What a caller asks for with one parameter.
fn query<T: DeserializeOwned>(member: &str, value: Value) -> T {
    let members = Map::from_iter([(member.to_owned(), value)]);
    serde_json::from_value(Value::Object(members)).expect("a query")
}

/// Every table is searched by an index, the first by one with this column.
async fn assert_searches(service: &Service, column: &str, select: Select) {
    let mut db = service.app.database.read().await.expect("a connection");
    let select = select.part(Some(Cursor(Uuid::nil())), 50, Direction::Desc);
    let sql = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {select:?}"));
    let plan = sqlx::query(sql).fetch_all(&mut *db).await;
    let mut details: Vec<String> = Vec::new();
    for step in plan.expect("a plan") {
        details.push(step.try_get("detail").expect("text"));
    }
    let searched = details.iter().all(|detail| detail.starts_with("SEARCH"));
    let found = searched && details[0].contains(column);
    assert!(found, "{details:?} for {select:?}");
}
