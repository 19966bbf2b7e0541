<% if service.purpose %>
<{ service.purpose|doc("//! ") }>
<% else %>
//! What this service is for has not been said yet.
<% endif %>
//!
//! Where to look:
//! - [`app`] has every route and every layer a request passes, in their order: start there.
<% if entities %>
//! - [`api`] speaks HTTP, [`domain`] has the rules and knows neither HTTP nor SQL, [`store`] speaks
//!   SQL; one file for each entity in each of them. [`database`] connects and migrates<% if postgresql %>,
//!   [`contention`] does again what others got in the way of<% endif %>.
<% endif %>
<% if entities %>
//! - [`extract`] and [`problem`] are what goes in and what a refusal looks like.
<% else %>
//! - [`problem`] is what a refusal looks like.
<% endif %>
<% if documented %>
//! - [`openapi`] serves the document that callers rely on, [`docs`] the same as a page.
<% endif %>
<% if access.tokens %>
//! - [`access`] lets in who is known by a token ([`tokens`]).
<% endif %>
<% if access.jwt %>
//! - [`access`] lets in whom the [`issuer`] vouches for; [`signatures`] verifies that.
<% endif %>
<% if access.limited %>
//! - [`rates`] holds each caller to what it said that it sends.
<% endif %>
<% if keys.creates %>
//! - [`idempotency`] lets requests be sent again.
<% endif %>
<% if dependencies %>
//! - [`dependencies`] has one module for each service that is called, [`calls`] how all are called.
<% endif %>
<% if outbox %>
//! - [`outbox`] keeps what has to leave until it has.
<% endif %>
//! - [`server`], [`limits`] and [`health`] keep it standing: connections, deadlines, the drain.
//! - [`config`] has every setting, [`telemetry`] the log, [`metrics`] the numbers.
#![warn(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

<% if access.checked %>
pub mod access;
<% endif %>
<% if entities %>
pub mod api;
<% endif %>
pub mod app;
<% if uses.bytes %>
pub mod bytes;
<% endif %>
<% if dependencies %>
pub mod calls;
<% endif %>
pub mod config;
<% if entities and postgresql %>
pub mod contention;
<% endif %>
<% if entities %>
pub mod database;
<% endif %>
<% if uses.dates %>
pub mod date;
<% endif %>
<% if uses.decimals %>
pub mod decimal;
<% endif %>
<% if dependencies %>
pub mod dependencies;
<% endif %>
<% if documented %>
pub mod docs;
<% endif %>
<% if entities %>
pub mod domain;
<% endif %>
<% if uses.versions %>
pub mod etag;
<% endif %>
<% if entities %>
pub mod extract;
<% endif %>
pub mod health;
<% if entities %>
pub mod id;
<% endif %>
<% if keys.creates %>
pub mod idempotency;
<% endif %>
<% if uses.integers %>
pub mod integer;
<% endif %>
<% if access.jwt %>
pub mod issuer;
<% endif %>
pub mod limits;
pub mod metrics;
<% if documented %>
pub mod openapi;
<% endif %>
<% if outbox %>
pub mod outbox;
<% endif %>
<% if entities %>
pub mod page;
<% endif %>
<% if entities %>
pub mod patch;
<% endif %>
<% if uses.personal %>
pub mod personal;
<% endif %>
pub mod problem;
<% if access.limited %>
pub mod rates;
<% endif %>
pub mod server;
<% if access.jwt %>
mod signatures;
<% endif %>
<% if entities %>
pub mod store;
<% endif %>
pub mod telemetry;
<% if entities and (not postgresql or uses.enums) %>
mod text_column;
<% endif %>
<% if entities %>
pub mod timestamp;
<% endif %>
<% if access.tokens %>
pub mod tokens;
<% endif %>
<% if entities %>
pub mod validate;
<% endif %>
