//! Starts the service and says how it ended: 0 drained, 1 failed or cut, 78 badly configured.

use std::{io, process::ExitCode, sync::Arc};

use tokio::{net::TcpListener, select, sync::oneshot};

use many::app::{self, App};
use many::config::Config;
use many::metrics;
use many::server::{self, Outcome, Signals};
use many::telemetry;

/// `EX_CONFIG` of sysexits.h, so that a supervisor can tell that starting again will not help.
const BAD_CONFIGURATION: u8 = 78;

#[tokio::main]
async fn main() -> ExitCode {
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

async fn run(config: Config) -> io::Result<Outcome> {
    let app = App::new(config);
    let config = Arc::clone(&app.config);
    let mut signals = Signals::listen()?;
    let listener = TcpListener::bind(config.listen).await?;
    let admin = TcpListener::bind(config.admin_listen).await?;
    tracing::info!(
        address = %listener.local_addr()?,
        admin = %admin.local_addr()?,
        version = env!("CARGO_PKG_VERSION"),
        "listening",
    );
    tracing::warn!(
        ends_on = "2027-02-26",
        "this is an experiment: see the README for what nobody has decided",
    );

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
    select! {
        outcome = server::serve(listener, public, &config, &app.lifecycle, stopped) => Ok(outcome),
        _ = server::serve(admin, metrics, &config, &app.lifecycle, never) => Ok(Outcome::Cut),
        () = stopped_twice => Ok(Outcome::Cut),
    }
}
