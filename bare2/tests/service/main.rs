//! The service, tested from outside: a real listener, a real client.

mod config;
mod contract;
mod health;
mod lifecycle;
mod limits;
mod metrics;
mod stubs;
mod support;
mod telemetry;
