//! The service, tested from outside: a real listener, a real client.

mod breaker;
mod calls;
mod config;
mod contract;
mod dependencies;
mod health;
mod lifecycle;
mod limits;
mod metrics;
mod peer;
mod retries;
mod stubs;
mod support;
mod telemetry;
