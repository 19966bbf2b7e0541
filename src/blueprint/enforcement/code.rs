//! Paths for `clippy.toml`: functions, types and macros that a decision ruled out.

use super::{CALLS_NOBODY, Group};

pub(super) const METHODS: &[Group] = &[
    Group::new(
        "load-limits",
        "it holds a thread on which other requests wait; `tokio::time::sleep` does not",
        |_| true,
        &["std::thread::sleep"],
    ),
    Group::new(
        "load-limits",
        "it holds a thread on which other requests wait: make the function `async` and await",
        |_| true,
        &["tokio::runtime::Handle::block_on"],
    ),
    Group::new(
        "load-limits",
        "a queue without a bound grows until the memory is gone; `tokio::sync::mpsc::channel` has one",
        |_| true,
        &[
            "std::sync::mpsc::channel",
            "tokio::sync::mpsc::unbounded_channel",
        ],
    ),
    Group::new(
        "load-limits",
        "it bounds neither headers, nor connections, nor the drain; `server::serve` does",
        |_| true,
        &["axum::serve"],
    )
    .absent(),
    Group::new(
        "load-limits",
        "a body could be of any size; `DefaultBodyLimit::max` gives a route another limit",
        |_| true,
        &["axum::extract::DefaultBodyLimit::disable"],
    ),
    Group::new(
        "load-limits",
        "it cuts the requests in flight: return an error up to `main`, which drains",
        |_| true,
        &["std::process::abort", "std::process::exit"],
    ),
    Group::new(
        "load-limits",
        "settings are read once, at the start, where a wrong one stops it: add it to `src/config.rs`",
        |_| true,
        &["std::env::var", "std::env::var_os"],
    ),
    Group::new(
        "dependencies",
        "it waits for as long as the other side likes: `Client::builder()` takes a `timeout`",
        |_| true,
        &["reqwest::Client::new", "reqwest::get"],
    ),
    Group::new(
        "data-model",
        "moments are in UTC and to the microsecond: `Timestamp::now()`",
        |given| given.entities,
        &["jiff::ZonedDateTime::now", "std::time::SystemTime::now"],
    ),
    Group::new(
        "data-model",
        "lists are walked in the order of ids, which is the order of creation: `Id::generate()`",
        |given| given.entities,
        &["uuid::Uuid::new_v4"],
    )
    .absent(),
    Group::new(
        "database",
        "it takes the lock at its first write, and may fail there after it has read: `Database::begin()`",
        |given| given.entities && given.database == "sqlite",
        &["sqlx::Connection::begin", "sqlx::Pool::begin"],
    ),
    Group::new(
        "database",
        "it is opened in `src/database.rs` only, with the limits of this service",
        |given| given.entities,
        &[
            "sqlx::Pool::connect",
            "sqlx::Pool::connect_lazy",
            "sqlx::Pool::connect_lazy_with",
            "sqlx::Pool::connect_with",
            "sqlx::pool::PoolOptions::new",
        ],
    ),
];

pub(super) const TYPES: &[Group] = &[
    Group::new(
        "dependencies",
        CALLS_NOBODY,
        |given| !given.calls,
        &["hyper_util::client::legacy::Client"],
    )
    .absent(),
    Group::new(
        "dependencies",
        "calls leave through `src/calls`, with their limits and metrics: `crate::dependencies`",
        |given| given.calls,
        &["hyper_util::client::legacy::Client"],
    ),
    Group::new(
        "dependencies",
        "it holds a thread on which other requests wait: `reqwest::Client`",
        |_| true,
        &["reqwest::blocking::Client"],
    )
    .absent(),
    Group::new(
        "error-handling",
        "it refuses with a text of its own, which may repeat what was sent: `crate::extract::Query`",
        |given| given.entities,
        &["axum::extract::Query"],
    ),
    Group::new(
        "error-handling",
        "it refuses with a text of its own, which may repeat what was sent: `crate::extract::Valid`",
        |given| given.entities,
        &["axum::Form"],
    )
    .absent(),
];

pub(super) const MACROS: &[Group] = &[
    Group::new(
        "definition-of-done",
        "a line without level, time and request id is found by nobody: `tracing::info!` and the like",
        |given| given.logging,
        &["std::dbg", "std::print", "std::println"],
    ),
    Group::new(
        "definition-of-done",
        "nothing listens to it here: `tracing` has the same macros",
        |given| given.logging && given.entities,
        &["log::debug", "log::error", "log::info", "log::warn"],
    ),
];
