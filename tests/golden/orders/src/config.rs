//! The settings: plain environment variables named `APP_*`, read once, at the start.
//!
//! A setting that cannot be read or work stops the service before it takes a request. All of them
//! are reported at once, and none by its value, since it may be a secret.

use std::{collections::BTreeMap, ffi::OsString, fmt, net::SocketAddr, time::Duration};

use tracing_subscriber::filter::Targets;

use crate::dependencies::Endpoints;
use crate::rates;
use crate::tokens::Tokens;

#[derive(Clone, Debug)]
pub struct Config {
    pub listen: SocketAddr,
    pub admin_listen: SocketAddr,
    pub database_url: Secret,
    pub request_timeout: Duration,
    pub header_timeout: Duration,
    pub idle_timeout: Duration,
    pub max_concurrent_requests: usize,
    pub max_connections: usize,
    pub max_body_bytes: usize,
    pub drain_delay: Duration,
    pub shutdown_grace: Duration,
    pub slow_request: Duration,
    pub slow_query: Duration,
    pub endpoints: Endpoints,
    pub rates: rates::Limits,
    pub tokens: Tokens,
    pub log: Targets,
}

impl Config {
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_vars(std::env::vars_os())
    }

    pub fn from_vars(
        vars: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, ConfigError> {
        let mut vars = Vars::new(vars);
        let config = Self {
            // For a person at this machine; a deployment names the address to listen on.
            listen: vars.read("APP_LISTEN", "127.0.0.1:8080", address),
            // Metrics tell how it works, so they stay here unless someone says otherwise.
            admin_listen: vars.read("APP_ADMIN_LISTEN", "127.0.0.1:9090", address),
            database_url: vars.read("APP_DATABASE_URL", "sqlite:orders.db", database_url),
            // The longest any request may take.
            request_timeout: vars.read("APP_REQUEST_TIMEOUT", "5s", duration),
            // A header is a packet or a few; who takes longer occupies a connection for nothing.
            header_timeout: vars.read("APP_HEADER_TIMEOUT", "3500ms", duration),
            // Longer than the 60 s after which common load balancers close theirs: were it
            // shorter, they would now and then send on a connection that we are closing.
            idle_timeout: vars.read("APP_IDLE_TIMEOUT", "75s", duration),
            // Little's law, doubled: 60 requests per second at the peak, a p99 of 300 ms.
            max_concurrent_requests: vars.read("APP_MAX_CONCURRENT_REQUESTS", "36", count),
            // Room for the idle connections of every caller on top of the requests at work.
            max_connections: vars.read("APP_MAX_CONNECTIONS", "1000", count),
            // Several times the largest request this service has a use for.
            max_body_bytes: vars.read("APP_MAX_BODY_BYTES", "1048576", count),
            // Load balancers take some seconds to notice that an instance is no longer ready.
            drain_delay: vars.read("APP_DRAIN_DELAY", "3s", delay),
            // Longer than any request may take; with the delay, a stop takes 15000 ms at most.
            shutdown_grace: vars.read("APP_SHUTDOWN_GRACE", "12s", duration),
            // The p99 that was promised: slower requests are worth a warning.
            slow_request: vars.read("APP_SLOW_REQUEST", "300ms", duration),
            // Half of that: a request has more to do than to wait for one statement.
            slow_query: vars.read("APP_SLOW_QUERY", "150ms", duration),
            endpoints: Endpoints::read(&mut vars),
            rates: rates::read(&mut vars),
            tokens: Tokens::read(&mut vars),
            log: vars.read("APP_LOG", "info", filter),
        };
        vars.refuse_unknown();
        config.check(&mut vars.problems);
        if vars.problems.is_empty() {
            Ok(config)
        } else {
            Err(ConfigError(vars.problems))
        }
    }

    /// Settings that are fine one by one and cannot work together.
    fn check(&self, problems: &mut Vec<String>) {
        let rules = [
            (
                self.header_timeout + self.request_timeout < self.shutdown_grace,
                "APP_HEADER_TIMEOUT and APP_REQUEST_TIMEOUT together must be shorter than \
                 APP_SHUTDOWN_GRACE: the last request accepted could not finish",
            ),
            (
                self.slow_request < self.request_timeout,
                "APP_SLOW_REQUEST must be shorter than APP_REQUEST_TIMEOUT: \
                 no request could be slow and still succeed",
            ),
            (
                self.slow_query <= self.slow_request,
                "APP_SLOW_QUERY must not be longer than APP_SLOW_REQUEST: \
                 what made a request slow would not be named",
            ),
            (
                self.max_concurrent_requests < self.max_connections,
                "APP_MAX_CONCURRENT_REQUESTS must be less than APP_MAX_CONNECTIONS: \
                 no connection would be left to refuse a request on",
            ),
            (
                self.listen != self.admin_listen || self.listen.port() == 0,
                "APP_LISTEN and APP_ADMIN_LISTEN must differ",
            ),
        ];
        let broken = rules.iter().filter(|(works, _)| !works);
        problems.extend(broken.map(|(_, problem)| (*problem).to_owned()));
    }
}

/// A value that no log, message or `Debug` shows.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Everything that is wrong with the settings, one problem a line: for whoever starts the service.
#[derive(Debug, thiserror::Error)]
#[error("the configuration cannot work:\n  {}", .0.join("\n  "))]
pub struct ConfigError(Vec<String>);

/// What is set in the environment.
#[derive(Debug)]
pub struct Vars {
    given: BTreeMap<String, OsString>,
    known: Vec<&'static str>,
    problems: Vec<String>,
}

impl Vars {
    fn new(vars: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        let vars = vars.into_iter();
        let vars = vars.map(|(name, value)| (name.to_string_lossy().into_owned(), value));
        Self {
            given: vars.filter(|(name, _)| name.starts_with("APP_")).collect(),
            known: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The default is written as whoever sets it would write it; a test has read each.
    pub fn read<T>(
        &mut self,
        name: &'static str,
        default: &str,
        parse: fn(&str) -> Result<T, &'static str>,
    ) -> T {
        self.known.push(name);
        let default = || parse(default).unwrap_or_else(|_| unreachable!("the default of {name}"));
        let Some(value) = self.given.remove(name) else {
            return default();
        };
        let value = value.to_str().ok_or("must be UTF-8").and_then(parse);
        value.unwrap_or_else(|problem| {
            self.problems.push(format!("{name} {problem}"));
            default()
        })
    }

    /// What can be read, and cannot work on this machine.
    pub(crate) fn refuse(&mut self, name: &str, problem: &str) {
        self.problems.push(format!("{name} {problem}"));
    }

    /// A misspelt setting would otherwise be a default that nobody chose.
    fn refuse_unknown(&mut self) {
        let known = self.known.join(", ");
        for name in self.given.keys() {
            let problem = format!("{name} is not a setting; there are {known}");
            self.problems.push(problem);
        }
    }
}

fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse()
        .map_err(|_| "must be an IP address with a port, such as 0.0.0.0:8080")
}

fn database_url(text: &str) -> Result<Secret, &'static str> {
    match text.strip_prefix("sqlite:") {
        Some(path) if !path.is_empty() && !path.starts_with(':') && !path.contains('?') => {
            Ok(text.into())
        }
        _ => Err("must name a SQLite file, such as sqlite:data/orders.db"),
    }
}

/// Without a token, none is sent.
pub(crate) fn token(text: &str) -> Result<Option<Secret>, &'static str> {
    let plain = |byte: u8| byte.is_ascii_graphic();
    match text {
        "" => Ok(None),
        _ if text.bytes().all(plain) => Ok(Some(text.into())),
        _ => Err("must be plain characters without a space"),
    }
}

pub(crate) fn count(text: &str) -> Result<usize, &'static str> {
    match text.parse() {
        // More than this neither a semaphore nor a machine would take.
        Ok(count @ 1..=0xFFFF_FFFF) => Ok(count),
        _ => Err("must be a whole number of at least 1"),
    }
}

pub(crate) fn duration(text: &str) -> Result<Duration, &'static str> {
    delay(text).and_then(|duration| match duration {
        Duration::ZERO => Err("must not be zero"),
        _ => Ok(duration),
    })
}

fn delay(text: &str) -> Result<Duration, &'static str> {
    let (number, unit) = text.split_at(text.trim_end_matches(char::is_alphabetic).len());
    let milliseconds = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        _ => 0,
    };
    match number.parse::<u64>() {
        // More is a mistake, and must not overflow where times are added.
        Ok(number @ 0..=86_400) if milliseconds > 0 => {
            Ok(Duration::from_millis(number * milliseconds))
        }
        _ => Err("must be a whole number and a unit, such as 500ms, 10s or 2m"),
    }
}

fn filter(text: &str) -> Result<Targets, &'static str> {
    text.parse()
        .map_err(|_| "must be a log filter, such as info or warn,hyper=debug")
}
