//! Starts the service and says how it ended: 0 drained, 1 failed or cut, 78 badly configured.

use std::io::{self, Write as _};
use std::process::ExitCode;

use tokio::{net::TcpListener, select, sync::oneshot};

use orders::app::{self, App};
use orders::config::Config;
use orders::idempotency;
use orders::metrics;
use orders::outbox;
use orders::server::{self, Outcome, Signals};
use orders::telemetry;
use orders::tokens;

/// `EX_CONFIG` of sysexits.h, so that a supervisor can tell that starting again will not help.
const BAD_CONFIGURATION: u8 = 78;

#[tokio::main]
async fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("new-token") {
        return new_token();
    }
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
    if app.config.tokens.is_empty() {
        tracing::warn!("no caller has a token: every request will be refused");
    }

    // The file may appear after the service did, which is not ready until then.
    let database = app.database.clone();
    tokio::spawn(async move { database.prepare().await });
    tokio::spawn(idempotency::forget_expired(app.clone()));

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
    let served = async {
        let serving = server::serve(listener, public, config, lifecycle, stopped);
        // What is being delivered when it drains has as long as requests in flight.
        let (outcome, ()) = tokio::join!(serving, outbox::run(app.clone()));
        outcome
    };
    select! {
        outcome = served => Ok(outcome),
        _ = server::serve(admin, metrics, config, lifecycle, never) => Ok(Outcome::Cut),
        () = stopped_twice => Ok(Outcome::Cut),
    }
}
