<% if probe %>
//! Whom others got in the way of gets the same answer as if nobody had.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::extract::{Path, State};
use axum::middleware::from_fn;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use <{ service.crate_name }>::app::App;
use <{ service.crate_name }>::contention::retry;
use <{ service.crate_name }>::domain::<{ probe.module_ident }>::<{ probe.type }>;
use <{ service.crate_name }>::id::Id;
use <{ service.crate_name }>::problem::Result;
use <{ service.crate_name }>::store::{StoreError, <{ probe.module_ident }> as store};

use crate::api::<{ probe.module_ident }> as probe;
use crate::support::{Service, answer, problem, until};

/// How often a first record was held.
static HELD: AtomicU32 = AtomicU32::new(0);

/// Changes the one, then the other: two that begin at different ends wait for each other.
async fn both(
    State(app): State<App>,
    Path((one, other)): Path<(Id<<{ probe.type }>>, Id<<{ probe.type }>>)>,
    Json(body): Json<Value>,
) -> Result<Json<Value>> {
    let mut db = app.database.begin().await?;
    store::find_to_change(&mut db, one).await?;
    HELD.fetch_add(1, Ordering::SeqCst);
    until("held by both", async || HELD.load(Ordering::SeqCst) >= 2).await;
    store::find_to_change(&mut db, other).await?;
    db.commit().await?;
    Ok(Json(body))
}

async fn always() -> Result<()> {
    Err(StoreError::Overtaken.into())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_wait_for_each_other_both_are_done() {
    let routes = Router::new().route("/both/{one}/{other}", post(both));
    let routes = routes.merge(<{ service.crate_name }>::api::routes());
    let change = |config: &mut <{ service.crate_name }>::config::Config| {
        // Longer than the second after which PostgreSQL looks for those that wait in a circle.
        config.request_timeout = Duration::from_secs(10);
    };
    let service = Service::with_routes(change, routes.route_layer(from_fn(retry))).await;
    let (one, other) = (probe::create(&service).await, probe::create(&service).await);
    let path = |from: &Value, to: &Value| {
        let id = |record: &Value| record["id"].as_str().expect("an id").to_owned();
        format!("/both/{}/{}", id(from), id(to))
    };
    let body = json!({"kept": [1, 2, 3]});
    let request = |from, to| answer(service.post(&path(from, to)).json(&body));
    let answers = tokio::join!(request(&one, &other), request(&other, &one));
    for (status, answer) in [answers.0, answers.1] {
        assert_eq!((status.as_u16(), &answer), (200, &body));
    }
    assert!(HELD.load(Ordering::SeqCst) > 2, "nobody got in the way");
}

#[tokio::test]
async fn whom_others_always_get_in_the_way_of_is_told_to_come_back() {
    let routes = Router::new().route("/always", get(always).post(always));
    let routes = routes.route_layer(from_fn(retry));
    let service = Service::with_routes(|_| {}, routes).await;
    problem(service.get("/always"), 503, "overtaken").await;
    problem(service.post("/always"), 503, "overtaken").await;
}
<% endif %>
