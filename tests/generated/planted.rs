//! One use of everything that clippy is told to refuse.

use cargo_kickoff::blueprint::Rule;

/// What has to be switched on for a use to compile: table, crate and feature.
pub(crate) const FEATURES: &[(&str, &str, &str)] = &[
    ("dependencies", "axum", "form"),
    ("dependencies", "axum", "tokio"),
    ("dependencies", "hyper-util", "client-legacy"),
    ("dependencies", "uuid", "v4"),
    ("dev-dependencies", "reqwest", "blocking"),
];

/// By path: an item of Rust on one line that uses it.
const PLANTS: &[(&str, &str)] = &[
    (
        "std::thread::sleep",
        "pub fn f() { std::thread::sleep(std::time::Duration::ZERO); }",
    ),
    (
        "tokio::runtime::Handle::block_on",
        "pub fn f(handle: &tokio::runtime::Handle) { handle.block_on(async {}); }",
    ),
    (
        "std::sync::mpsc::channel",
        "pub fn f() { let _ = std::sync::mpsc::channel::<u8>(); }",
    ),
    (
        "tokio::sync::mpsc::unbounded_channel",
        "pub fn f() { let _ = tokio::sync::mpsc::unbounded_channel::<u8>(); }",
    ),
    (
        "axum::serve",
        "pub fn f(l: tokio::net::TcpListener) { let _ = axum::serve(l, axum::Router::new()); }",
    ),
    (
        "axum::extract::DefaultBodyLimit::disable",
        "pub fn f() { let _ = axum::extract::DefaultBodyLimit::disable(); }",
    ),
    (
        "std::process::abort",
        "pub fn f() { std::process::abort(); }",
    ),
    (
        "std::process::exit",
        "pub fn f() { std::process::exit(1); }",
    ),
    (
        "std::env::var",
        "pub fn f() { let _ = std::env::var(\"HOME\"); }",
    ),
    (
        "std::env::var_os",
        "pub fn f() { let _ = std::env::var_os(\"HOME\"); }",
    ),
    (
        "reqwest::Client::new",
        "pub fn f() { let _ = reqwest::Client::new(); }",
    ),
    (
        "reqwest::get",
        "pub async fn f() { let _ = reqwest::get(\"http://localhost\").await; }",
    ),
    (
        "jiff::ZonedDateTime::now",
        "pub fn f() { let _ = jiff::ZonedDateTime::now(); }",
    ),
    (
        "std::time::SystemTime::now",
        "pub fn f() { let _ = std::time::SystemTime::now(); }",
    ),
    (
        "uuid::Uuid::new_v4",
        "pub fn f() { let _ = uuid::Uuid::new_v4(); }",
    ),
    (
        "sqlx::Connection::begin",
        "pub async fn f(c: &mut sqlx::SqliteConnection) { let _ = sqlx::Connection::begin(c).await; }",
    ),
    (
        "sqlx::Pool::begin",
        "pub async fn f(pool: &sqlx::SqlitePool) { let _ = pool.begin().await; }",
    ),
    (
        "sqlx::Pool::connect",
        "pub async fn f() { let _ = sqlx::SqlitePool::connect(\"sqlite:a\").await; }",
    ),
    (
        "sqlx::Pool::connect_lazy",
        "pub fn f() { let _ = sqlx::SqlitePool::connect_lazy(\"sqlite:a\"); }",
    ),
    (
        "sqlx::Pool::connect_lazy_with",
        "pub fn f() { let _ = sqlx::SqlitePool::connect_lazy_with(Default::default()); }",
    ),
    (
        "sqlx::Pool::connect_with",
        "pub async fn f() { let _ = sqlx::SqlitePool::connect_with(Default::default()).await; }",
    ),
    (
        "sqlx::pool::PoolOptions::new",
        "pub fn f() { let _ = sqlx::sqlite::SqlitePoolOptions::new(); }",
    ),
    (
        "hyper_util::client::legacy::Client",
        "pub type T = hyper_util::client::legacy::Client<(), String>;",
    ),
    (
        "reqwest::blocking::Client",
        "pub fn f(_: reqwest::blocking::Client) {}",
    ),
    (
        "axum::extract::Query",
        "pub async fn f(_: axum::extract::Query<String>) {}",
    ),
    ("axum::Form", "pub async fn f(_: axum::Form<String>) {}"),
    ("std::dbg", "pub fn f() { std::dbg!(1); }"),
    ("std::print", "pub fn f() { std::print!(\"a\"); }"),
    ("std::println", "pub fn f() { std::println!(\"a\"); }"),
    ("log::debug", "pub fn f() { log::debug!(\"a\"); }"),
    ("log::error", "pub fn f() { log::error!(\"a\"); }"),
    ("log::info", "pub fn f() { log::info!(\"a\"); }"),
    ("log::warn", "pub fn f() { log::warn!(\"a\"); }"),
];

/// A source file that does everything that these rules refuse, and the line of each.
pub(crate) fn planted_code(rules: &[&Rule]) -> (String, Vec<u64>) {
    let mut source = String::from("#![allow(missing_debug_implementations)]\n");
    let mut lines = Vec::new();
    for (number, rule) in rules.iter().enumerate() {
        let plant = PLANTS.iter().find(|(path, _)| *path == rule.path);
        let (_, code) = plant.unwrap_or_else(|| panic!("nothing plants `{}`", rule.path));
        let line = source.lines().count() + 1;
        lines.push(u64::try_from(line).expect("a small number"));
        source.push_str(&format!("pub mod plant_{number} {{ {code} }}\n"));
    }
    (source, lines)
}
