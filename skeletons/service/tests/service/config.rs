//! Settings that cannot work stop the service before it starts, and say why, all of them.

use std::process::Command;

use <{ service.crate_name }>::config::{Config, ConfigError};

use crate::support::PROGRAM;

fn read<const N: usize>(vars: [(&str, &str); N]) -> Result<Config, ConfigError> {
    Config::from_vars(vars.map(|(name, value)| (name.into(), value.into())))
}

#[test]
fn the_defaults_work() {
    let given = [("HOME", "/root"), ("PATH", "/bin")];
    read(given).expect("no problem");
}

#[test]
fn every_setting_can_be_set() {
    let config = read([
        ("APP_LISTEN", "[::]:80"),
        ("APP_ADMIN_LISTEN", "0.0.0.0:81"),
        ("APP_REQUEST_TIMEOUT", "1500ms"),
        ("APP_HEADER_TIMEOUT", "900ms"),
        ("APP_IDLE_TIMEOUT", "2m"),
        ("APP_MAX_CONCURRENT_REQUESTS", "7"),
        ("APP_MAX_CONNECTIONS", "8"),
        ("APP_MAX_BODY_BYTES", "9"),
        ("APP_DRAIN_DELAY", "0s"),
        ("APP_SHUTDOWN_GRACE", "3s"),
        ("APP_SLOW_REQUEST", "50ms"),
<% if entities %>
        ("APP_SLOW_QUERY", "20ms"),
<% if postgresql %>
        ("APP_DATABASE_CONNECTIONS", "6"),
<% endif %>
<% endif %>
        (⟦"APP_LOG", "warn,<{ service.crate_name }>=debug"⟧),
    ])
    .expect("no problem");
    let shown = format!("{config:?}");
    for value in [
        "[::]:80",
        "0.0.0.0:81",
        "request_timeout: 1.5s",
        "header_timeout: 900ms",
        "idle_timeout: 120s",
        "max_concurrent_requests: 7",
        "max_connections: 8",
        "max_body_bytes: 9",
        "drain_delay: 0ns",
        "shutdown_grace: 3s",
        "slow_request: 50ms",
<% if entities %>
        "slow_query: 20ms",
<% if postgresql %>
        "database_connections: 6",
<% endif %>
<% endif %>
    ] {
        assert!(shown.contains(value), "{value} in {shown}");
    }
    let filter = "warn,<{ service.crate_name }>=debug"¦.parse()¦.expect("a filter");
    assert_eq!(config.log, filter);
}

#[test]
fn what_cannot_be_read_is_refused() {
    for (name, value) in [
        ("APP_LISTEN", "localhost"),
        ("APP_LISTEN", ""),
        ("APP_REQUEST_TIMEOUT", "2"),
        ("APP_REQUEST_TIMEOUT", "0s"),
        ("APP_REQUEST_TIMEOUT", "-1s"),
        ("APP_SHUTDOWN_GRACE", "3000000000m"),
        ("APP_MAX_CONNECTIONS", "0"),
        ("APP_MAX_CONNECTIONS", "99999999999999999999"),
        ("APP_MAX_BODY_BYTES", "1MB"),
        (⟦"APP_LOG", "<{ service.crate_name }>=loud"⟧),
    ] {
        let error = read([(name, value)]).expect_err(value).to_string();
        assert!(error.contains(name), "{error}");
    }
}

<% if entities %>
<% if postgresql %>
#[test]
fn the_database_is_a_server_and_where_it_is_a_secret() {
    let url = "postgresql://service:hidden@db.example:6432/records?sslmode=require";
    let config = read([("APP_DATABASE_URL", url)]).expect("no problem");
    assert_eq!(config.database_url.expose(), url);
    assert!(!format!("{config:?}").contains("hidden"), "{config:?}");
    for value in [
        "secret",
        "mysql://secret",
        "postgres://secret:1:2",
        "postgres://secret?sslmode=a",
    ] {
        let error = read([("APP_DATABASE_URL", value)]).expect_err(value);
        let error = error.to_string();
        assert!(error.contains("APP_DATABASE_URL must"), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }
    for value in ["0", "10001", "-1", "many"] {
        let error = read([("APP_DATABASE_CONNECTIONS", value)]).expect_err(value);
        let error = error.to_string();
        assert!(error.contains("APP_DATABASE_CONNECTIONS must"), "{error}");
    }
}

<% else %>
#[test]
fn the_database_is_a_file_and_where_it_is_a_secret() {
    let config = read([("APP_DATABASE_URL", "sqlite:other.db")]).expect("no problem");
    assert_eq!(config.database_url.expose(), "sqlite:other.db");
    assert!(!format!("{config:?}").contains("other.db"), "{config:?}");
    for value in ["secret", "mysql:secret", "sqlite:", "sqlite::memory:"] {
        let error = read([("APP_DATABASE_URL", value)]).expect_err(value);
        let error = error.to_string();
        assert!(error.contains("APP_DATABASE_URL must"), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }
}

<% endif %>
<% endif %>
#[test]
fn settings_are_checked_against_each_other() {
    let settings = [
        ("APP_REQUEST_TIMEOUT", "2s"),
        ("APP_HEADER_TIMEOUT", "1s"),
        ("APP_SHUTDOWN_GRACE", "5s"),
        ("APP_SLOW_REQUEST", "500ms"),
<% if entities %>
        ("APP_SLOW_QUERY", "500ms"),
<% endif %>
        ("APP_MAX_CONCURRENT_REQUESTS", "8"),
        ("APP_MAX_CONNECTIONS", "9"),
        ("APP_LISTEN", "127.0.0.1:8080"),
        ("APP_ADMIN_LISTEN", "127.0.0.1:9090"),
    ];
    read(settings).expect("no problem");
    for (given, named) in [
        (("APP_REQUEST_TIMEOUT", "4s"), "APP_SHUTDOWN_GRACE"),
        (("APP_SLOW_REQUEST", "2s"), "APP_REQUEST_TIMEOUT"),
<% if entities %>
        (("APP_SLOW_QUERY", "501ms"), "APP_SLOW_REQUEST"),
<% endif %>
        (("APP_MAX_CONNECTIONS", "8"), "APP_MAX_CONCURRENT_REQUESTS"),
        (("APP_ADMIN_LISTEN", "127.0.0.1:8080"), "APP_LISTEN"),
    ] {
        let changed = settings.map(|setting| if setting.0 == given.0 { given } else { setting });
        let error = read(changed).expect_err(named).to_string();
        assert!(error.contains(given.0) && error.contains(named), "{error}");
    }
}

#[test]
fn the_service_says_every_problem_at_once_and_exits_78() {
    let output = Command::new(PROGRAM)
        .env("APP_LISTEN", "nowhere")
        .env("APP_LISTN", "127.0.0.1:0")
        .env("APP_MAX_BODY_BYTES", "many")
        .env("APP_REQUEST_TIMEOUT", "60s")
        .env("APP_SHUTDOWN_GRACE", "10s")
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(78));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8_lossy(&output.stderr);
    for name in [
        "APP_LISTEN must",
        "APP_LISTN is",
        "APP_MAX_BODY_BYTES",
        "APP_SHUTDOWN_GRACE",
    ] {
        assert!(said.contains(name), "{name} in {said}");
    }
}
