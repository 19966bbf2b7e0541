//! The service, tested from outside: a real listener, a real <% if entities %>database, a real <% endif %>client.
<% if tested.recursion_limit %>

// `json!` takes a few steps for each member of a long record.
#![recursion_limit = "<{ tested.recursion_limit }>"]
<% endif %>

<% if access.checked %>
mod access;
<% endif %>
<% if entities %>
mod api;
<% if enforcement.tests %>
mod architecture;
<% endif %>
<% endif %>
<% if has_boundary_test %>
mod boundary;
<% endif %>
<% if calls.breakers %>
mod breaker;
<% endif %>
<% if dependencies %>
mod calls;
<% endif %>
mod config;
<% if entities and not postgresql %>
mod connections;
<% endif %>
<% if probe and postgresql %>
mod contention;
<% endif %>
mod contract;
<% if access.checked %>
mod credentials;
<% endif %>
<% if probe %>
mod database;
<% endif %>
<% if dependencies %>
mod dependencies;
<% endif %>
<% if documented %>
mod docs;
mod documented;
<% endif %>
<% if entities %>
mod extract;
<% endif %>
mod health;
<% if keys.creates and probe %>
mod idempotency;
<% endif %>
<% if access.jwt %>
mod issuer;
<% endif %>
mod lifecycle;
mod limits;
mod metrics;
<% if documented %>
mod openapi;
<% endif %>
<% if outbox %>
mod outbox;
<% endif %>
<% if dependencies %>
mod outgoing;
mod peer;
<% endif %>
<% if "performance-check" in done %>
mod performance;
<% endif %>
<% if uses.personal %>
mod personal;
<% endif %>
<% if entities and postgresql %>
mod postgresql;
<% endif %>
<% if access.limited %>
mod rates;
<% endif %>
<% if entities %>
mod readiness;
mod records;
<% endif %>
<% if calls.retries %>
mod retries;
<% endif %>
<% if documented %>
mod schema;
<% endif %>
<% if expand_contract %>
mod schema_changes;
<% endif %>
<% if entities %>
mod slow_queries;
mod statements;
<% endif %>
mod stubs;
mod support;
mod telemetry;
<% if access.tokens %>
mod tokens;
<% endif %>
