//! Three questions: is the process alive, may it have requests, and how is it doing?

use std::time::Duration;

use axum::{Json, Router, extract::State, routing::get};
use serde::Serialize;
<% if entities %>
use tokio::time;
<% endif %>

<% if dependencies %>
use crate::{
    app::App,
    dependencies::Down,
    problem::{Problem, Result},
};
<% else %>
use crate::{
    app::App,
    problem::{Problem, Result},
};
<% endif %>

<% if entities or dependencies %>
/// Probes give up after a second, as a rule; the answer has to arrive before.
const CHECK_TIMEOUT: Duration = Duration::from_millis(500);

<% endif %>
#[derive(Debug, Serialize)]
struct Status {
    status: &'static str,
}

#[derive(Debug, Serialize)]
struct Summary {
    name: &'static str,
    version: &'static str,
    status: &'static str,
    obstacles: Vec<Obstacle>,
<% if dependencies %>
    /// Services that are down and can be done without.
    degraded: Vec<&'static str>,
<% endif %>
<% if experiment %>
    experiment: Experiment,
<% endif %>
}
<% if experiment %>

/// What nobody has decided yet, so that no caller builds on it unknowingly.
#[derive(Debug, Serialize)]
struct Experiment {
    ends_on: &'static str,
    open: &'static [&'static str],
}

const EXPERIMENT: Experiment = Experiment {
    ends_on: "<{ experiment.ends_on }>",
<% if experiment.open %>
    open: &[
<% for question in experiment.open %>
        <{ question.ask|rust }>,
<% endfor %>
    ],
<% else %>
    open: &[],
<% endif %>
};
<% endif %>

/// Why this instance takes no requests.
#[derive(Debug, Serialize)]
pub struct Obstacle {
    part: &'static str,
    reason: &'static str,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/health", get(summary))
        .route("/health/live", get(live))
        .route("/health/ready", get(ready))
}

/// Touches nothing: a restart does not mend what is broken elsewhere.
async fn live() -> Json<Status> {
    Json(Status { status: "live" })
}

async fn ready(State(app): State<App>) -> Result<Json<Status>> {
    let obstacles = obstacles(&app).await;
    let status = status(&app, &obstacles);
    if obstacles.is_empty() {
        return Ok(Json(Status { status }));
    }
    let detail = "This instance takes no requests now.";
    let mut problem = Problem::unavailable(status, detail, Duration::from_secs(1));
    for Obstacle { part, reason } in obstacles {
        problem = problem.with_error(format!("/{part}"), reason);
    }
    Err(problem)
}

/// For people: always 200, whatever it says.
async fn summary(State(app): State<App>) -> Json<Summary> {
<% if dependencies %>
    let (obstacles, degraded) = look(&app).await;
<% else %>
    let obstacles = obstacles(&app).await;
<% endif %>
    Json(Summary {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        status: status(&app, &obstacles),
        obstacles,
<% if dependencies %>
        degraded,
<% endif %>
<% if experiment %>
        experiment: EXPERIMENT,
<% endif %>
    })
}

fn status(app: &App, obstacles: &[Obstacle]) -> &'static str {
    if app.lifecycle.is_draining() {
        "draining"
    } else if obstacles.is_empty() {
        "ready"
    } else {
        "not_ready"
    }
}

/// Only what no request could do without belongs here: an instance that is not ready gets none,
/// and what all instances share would take them all out at once.
pub async fn obstacles(app: &App) -> Vec<Obstacle> {
<% if dependencies %>
    look(app).await.0
}

/// The obstacles, and the services that are down and can be done without.
async fn look(app: &App) -> (Vec<Obstacle>, Vec<&'static str>) {
<% endif %>
    let mut obstacles = Vec::new();
    if app.lifecycle.is_draining() {
        obstacles.push(Obstacle {
            part: "service",
            reason: "draining",
        });
    }
<% if entities %>
<% if dependencies %>
    // At the same time, for the answer has to arrive in time.
    let database = time::timeout(CHECK_TIMEOUT, app.database.ready());
    let (database, down) = tokio::join!(database, app.dependencies.down(CHECK_TIMEOUT));
<% else %>
    let database = time::timeout(CHECK_TIMEOUT, app.database.ready()).await;
<% endif %>
    if let Err(reason) = database.unwrap_or(Err("no answer in time")) {
        obstacles.push(Obstacle {
            part: "database",
            reason,
        });
    }
<% endif %>
<% if access.jwt %>
    if !app.issuer.has_keys() {
        obstacles.push(Obstacle {
            part: "issuer",
            reason: "its keys are not known yet",
        });
    }
<% endif %>
<% if dependencies %>
<% if not entities %>
    let down = app.dependencies.down(CHECK_TIMEOUT).await;
<% endif %>
    let mut degraded = Vec::new();
    for Down { name, critical } in down {
        if critical {
            let reason = "down";
            obstacles.push(Obstacle { part: name, reason });
        } else {
            degraded.push(name);
        }
    }
    note_change(app, &obstacles);
    (obstacles, degraded)
<% else %>
    note_change(app, &obstacles);
    obstacles
<% endif %>
}

/// Probes are too many to log each; what they find is worth a line whenever it changes.
fn note_change(app: &App, obstacles: &[Obstacle]) {
    let ready = i64::from(obstacles.is_empty());
    if app.metrics.ready.set(ready) == ready {
        return;
    }
    if ready == 1 {
        tracing::info!("ready");
    } else {
        tracing::warn!(?obstacles, "not ready");
    }
}
