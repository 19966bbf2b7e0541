//! The service, tested from outside: a real listener, a real database, a real client.

mod api;
mod architecture;
mod boundary;
mod config;
mod connections;
mod contract;
mod database;
mod docs;
mod documented;
mod extract;
mod health;
mod lifecycle;
mod limits;
mod metrics;
mod openapi;
mod readiness;
mod records;
mod schema;
mod slow_queries;
mod statements;
mod stubs;
mod support;
mod telemetry;
