//! Every statement suits the schema, and no list is a walk through the whole table.

use std::{fs, path::Path};

<% if uses.filters %>
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
<% endif %>
use sqlx::{AssertSqlSafe, Executor, Row, SqlSafeStr};
use uuid::Uuid;

<% if joins %>
use <{ service.crate_name }>::id::Id;
<% endif %>
use <{ service.crate_name }>::page::{Cursor, Direction};
use <{ service.crate_name }>::store::{self, Select};

<% if tested.searches_ids %>
<% set ids = namespace(any=false) %>
<% for entity in entities %>
<% for field in entity.fields if field.filter and query_sample(field) == "NOBODY" %>
<% set ids.any = true %>
<% endfor %>
<% endfor %>
<% if ids.any %>
use crate::records::NOBODY;
<% endif %>
<% endif %>
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
<% for entity in entities %>

    let select = store::<{ entity.module_ident }>::select;
<% if entity.uses.filters %>
    let all = query("limit", json!(1));
    assert_searches(&service, "<% if postgresql %>id <<% else %>id<?<% endif %>", select(all)).await;
<% for field in entity.fields if field.filter %>
    let filter = query(⟦"<{ field.name }>", json!(<{ query_sample(field) }>)⟧);
    assert_searches(⟦&service, "<{ field.name }><% if postgresql %> =<% else %>=?<% endif %>", select(filter)⟧).await;
<% endfor %>
<% else %>
    assert_searches(&service, "<% if postgresql %>id <<% else %>id<?<% endif %>", select()).await;
<% endif %>
<% endfor %>
<% for join in joins %>

    let select = store::<{ join.module_ident }>::select;
    let all = select(Id::generate());
    assert_searches(⟦&service, "<{ join.left.column }><% if postgresql %> =<% else %>=?<% endif %>", all⟧).await;
<% endfor %>
}
<% if uses.filters %>

/// What a caller asks for with one parameter.
fn query<T: DeserializeOwned>(member: &str, value: Value) -> T {
    let members = Map::from_iter([(member.to_owned(), value)]);
    serde_json::from_value(Value::Object(members)).expect("a query")
}
<% endif %>

<% if postgresql %>
/// Every table can be searched by an index, the first by one with this column: without a sort, or
/// with one of the little that a unique index finds.
async fn assert_searches(service: &Service, column: &str, select: Select) {
    let select = select.part(Some(Cursor(Uuid::nil())), 50, Direction::Desc);
    let text = format!("{select:?}");
    let mut plans = Vec::new();
    for sort in ["off", "on"] {
        plans.push(plan(service, &text, sort).await);
    }
    let searches = |plan: &Vec<String>| {
        let condition = plan.iter().find(|line| line.contains("Index Cond: "));
        let found = condition.is_some_and(|line| line.replace('"', "").contains(column));
        found && !plan.iter().any(|line| line.contains("Seq Scan"))
    };
    assert!(plans.iter().any(searches), "{plans:#?} for {text}");
}

/// How the server would do it, whatever the values. It walks through an empty table as cheaply as
/// it searches it, so that is forbidden.
async fn plan(service: &Service, text: &str, sort: &str) -> Vec<String> {
    let mut db = service.app.database.begin().await.expect("a transaction");
    let values = vec!["NULL"; text.matches('$').count()].join(", ");
    for statement in [
        "SET LOCAL enable_seqscan = off".to_owned(),
        "SET LOCAL enable_bitmapscan = off".to_owned(),
        "SET LOCAL enable_hashjoin = off".to_owned(),
        "SET LOCAL enable_mergejoin = off".to_owned(),
        format!("SET LOCAL enable_sort = {sort}"),
        "SET LOCAL plan_cache_mode = force_generic_plan".to_owned(),
        format!("PREPARE list AS {text}"),
    ] {
        let sql = AssertSqlSafe(statement);
        sqlx::raw_sql(sql).execute(&mut *db).await.expect("done");
    }
    let sql = AssertSqlSafe(format!("EXPLAIN (COSTS OFF) EXECUTE list({values})"));
    let plan = sqlx::raw_sql(sql).fetch_all(&mut *db).await;
    // It belongs to the connection and would outlive the transaction.
    let forgotten = sqlx::raw_sql("DEALLOCATE list").execute(&mut *db).await;
    forgotten.expect("forgotten");
    let lines = plan.expect("a plan").into_iter();
    lines.map(|line| line.try_get(0).expect("text")).collect()
}
<% else %>
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
<% endif %>
