//! Starts the service and says how it ended: 0 drained, 1 failed or cut, 78 badly configured.

<% if access.tokens %>
use std::io::{self, Write as _};
use std::process::ExitCode;
<% else %>
use std::{io, process::ExitCode};
<% endif %>

use tokio::{net::TcpListener, select, sync::oneshot};

use <{ service.crate_name }>::app::{self, App};
use <{ service.crate_name }>::config::Config;
<% if keys.creates %>
use <{ service.crate_name }>::idempotency;
<% endif %>
use <{ service.crate_name }>::metrics;
<% if outbox %>
use <{ service.crate_name }>::outbox;
<% endif %>
use <{ service.crate_name }>::server::{self, Outcome, Signals};
use <{ service.crate_name }>::telemetry;
<% if access.tokens %>
use <{ service.crate_name }>::tokens;
<% endif %>

/// `EX_CONFIG` of sysexits.h, so that a supervisor can tell that starting again will not help.
const BAD_CONFIGURATION: u8 = 78;

#[tokio::main]
async fn main() -> ExitCode {
<% if access.tokens %>
    if std::env::args().nth(1).as_deref() == Some("new-token") {
        return new_token();
    }
<% endif %>
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(BAD_CONFIGURATION);
        }
    };
    telemetry::init(&config.log);
    match run(config).await {
        Ok(Outcome::Drained) => {
            tracing::info!("drained");
            ExitCode::SUCCESS
        }
        Ok(Outcome::Cut) => {
            tracing::error!("requests were cut: they took longer than the grace");
            ExitCode::FAILURE
        }
        Err(error) => {
            tracing::error!(%error, "cannot start");
            ExitCode::FAILURE
        }
    }
}

<% if access.tokens %>
/// For whoever sets a caller up: the token is its, the hash ours.
fn new_token() -> ExitCode {
    let made = tokens::generate().map_err(io::Error::from);
    let shown = made.and_then(|(token, hash)| {
        let text = format!("for the caller: {token}\nfor the settings: {hash}");
        writeln!(io::stdout(), "{text}")
    });
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("no token: {error}");
            ExitCode::FAILURE
        }
    }
}

<% endif %>
async fn run(config: Config) -> io::Result<Outcome> {
    let app = App::new(config);
    let mut signals = Signals::listen()?;
    let listener = TcpListener::bind(app.config.listen).await?;
    let admin = TcpListener::bind(app.config.admin_listen).await?;
    tracing::info!(
        address = %listener.local_addr()?,
        admin = %admin.local_addr()?,
        version = env!("CARGO_PKG_VERSION"),
        "listening",
    );
<% if access.tokens %>
    if app.config.tokens.is_empty() {
        tracing::warn!("no caller has a token: every request will be refused");
    }
<% endif %>
<% if experiment %>
    tracing::warn!(
        ends_on = "<{ experiment.ends_on }>",
        "this is an experiment: see the README for what nobody has decided",
    );
<% endif %>

<% if entities %>
    // The <% if postgresql %>server<% else %>file<% endif %> may appear after the service did, which is not ready until then.
    let database = app.database.clone();
    tokio::spawn(async move { database.prepare().await });
<% if keys.creates %>
    tokio::spawn(idempotency::forget_expired(app.clone()));
<% endif %>

<% endif %>
<% if access.jwt %>
    // The issuer may be down when the service starts, which is not ready until it has the keys.
    let issuer = app.issuer.clone();
    tokio::spawn(async move { issuer.watch().await });

<% endif %>
    let public = app::router(app.clone());
    let metrics = metrics::routes().with_state(app.clone());
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async { _ = stopped.await };
    let never = std::future::pending();
    let stopped_twice = async {
        signals.next().await;
        _ = stop.send(());
        signals.next().await;
    };
    let (config, lifecycle) = (&app.config, &app.lifecycle);
<% if outbox %>
    let served = async {
        let serving = server::serve(listener, public, config, lifecycle, stopped);
        // What is being delivered when it drains has as long as requests in flight.
        let (outcome, ()) = tokio::join!(serving, outbox::run(app.clone()));
        outcome
    };
<% endif %>
    select! {
<% if outbox %>
        outcome = served => Ok(outcome),
<% else %>
        outcome = server::serve(listener, public, config, lifecycle, stopped) => Ok(outcome),
<% endif %>
        _ = server::serve(admin, metrics, config, lifecycle, never) => Ok(Outcome::Cut),
        () = stopped_twice => Ok(Outcome::Cut),
    }
}
