//! Every statement suits the schema, and no list is a walk through the whole table.

use std::{fs, path::Path};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use sqlx::{AssertSqlSafe, Executor, Row, SqlSafeStr};
use uuid::Uuid;

use orders::id::Id;
use orders::page::{Cursor, Direction};
use orders::store::{self, Select};

use crate::records::NOBODY;
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

    let select = store::customer::select;
    assert_searches(&service, "id<?", select()).await;

    let select = store::product::select;
    let all = query("limit", json!(1));
    assert_searches(&service, "id<?", select(all)).await;
    let filter = query("sku", json!("a"));
    assert_searches(&service, "sku=?", select(filter)).await;

    let select = store::tag::select;
    let all = query("limit", json!(1));
    assert_searches(&service, "id<?", select(all)).await;
    let filter = query("name", json!("a"));
    assert_searches(&service, "name=?", select(filter)).await;

    let select = store::employee::select;
    let all = query("limit", json!(1));
    assert_searches(&service, "id<?", select(all)).await;
    let filter = query("manager_id", json!(NOBODY));
    assert_searches(&service, "manager_id=?", select(filter)).await;

    let select = store::order::select;
    let all = query("limit", json!(1));
    assert_searches(&service, "id<?", select(all)).await;
    let filter = query("number", json!("a"));
    assert_searches(&service, "number=?", select(filter)).await;
    let filter = query("status", json!("draft"));
    assert_searches(&service, "status=?", select(filter)).await;
    let filter = query("customer_id", json!(NOBODY));
    assert_searches(&service, "customer_id=?", select(filter)).await;
    let filter = query("bill_to_id", json!(NOBODY));
    assert_searches(&service, "bill_to_id=?", select(filter)).await;
    let filter = query("handled_by_id", json!(NOBODY));
    assert_searches(&service, "handled_by_id=?", select(filter)).await;
    let filter = query("ships_from_id", json!("a"));
    assert_searches(&service, "ships_from_id=?", select(filter)).await;

    let select = store::order_line::select;
    let all = query("limit", json!(1));
    assert_searches(&service, "id<?", select(all)).await;
    let filter = query("order_id", json!(NOBODY));
    assert_searches(&service, "order_id=?", select(filter)).await;
    let filter = query("product_id", json!(NOBODY));
    assert_searches(&service, "product_id=?", select(filter)).await;

    let select = store::order_tags::select;
    let all = select(Id::generate());
    assert_searches(&service, "order_id=?", all).await;
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
