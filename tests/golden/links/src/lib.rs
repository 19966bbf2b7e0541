//! Gives long addresses short names that can be read out on the phone.
//!
//! Where to look:
//! - [`app`] has every route and every layer a request passes, in their order: start there.
//! - [`api`] speaks HTTP, [`domain`] has the rules and knows neither HTTP nor SQL, [`store`] speaks
//!   SQL; one file for each entity in each of them. [`database`] connects and migrates.
//! - [`extract`] and [`problem`] are what goes in and what a refusal looks like.
//! - [`openapi`] serves the document that callers rely on, [`docs`] the same as a page.
//! - [`server`], [`limits`] and [`health`] keep it standing: connections, deadlines, the drain.
//! - [`config`] has every setting, [`telemetry`] the log, [`metrics`] the numbers.
#![warn(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

pub mod api;
pub mod app;
pub mod config;
pub mod database;
pub mod date;
pub mod docs;
pub mod domain;
pub mod etag;
pub mod extract;
pub mod health;
pub mod id;
pub mod limits;
pub mod metrics;
pub mod openapi;
pub mod page;
pub mod patch;
pub mod problem;
pub mod server;
pub mod store;
pub mod telemetry;
mod text_column;
pub mod timestamp;
pub mod validate;
