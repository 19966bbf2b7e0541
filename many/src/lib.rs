//! What this service is for has not been said yet.
//!
//! Where to look:
//! - [`app`] has every route and every layer a request passes, in their order: start there.
//! - [`problem`] is what a refusal looks like.
//! - [`dependencies`] has one module for each service that is called, [`calls`] how all are called.
//! - [`server`], [`limits`] and [`health`] keep it standing: connections, deadlines, the drain.
//! - [`config`] has every setting, [`telemetry`] the log, [`metrics`] the numbers.
#![warn(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

pub mod app;
pub mod calls;
pub mod config;
pub mod dependencies;
pub mod health;
pub mod limits;
pub mod metrics;
pub mod problem;
pub mod server;
pub mod telemetry;
