//! Records of the house that are about a topic already.
//!
//! Only titles are compared: a body mentions a lot. A record that was rejected, deprecated or superseded covers nothing: what is in use
//! is something else.

use super::subject::Subject;
use crate::adr::{Record, Standing, Status};

/// Words of titles about a topic, beside the names of what was found.
const WORDS: &[(&str, &[&str])] = &[
    (
        "workspace-layout",
        &[
            "workspace",
            "monorepo",
            "crate structure",
            "crates structure",
            "repository structure",
            "project structure",
            "repository layout",
            "multi-crate",
        ],
    ),
    (
        "database",
        &[
            "database",
            "datastore",
            "data store",
            "persistence",
            "storage engine",
        ],
    ),
    (
        "database-access",
        &["orm", "query builder", "database access", "data access"],
    ),
    (
        "schema-migrations",
        &[
            "migrations",
            "schema migration",
            "database migration",
            "database migrations",
            "schema migrations",
            "schema changes",
        ],
    ),
    (
        "web-framework",
        &[
            "web framework",
            "http framework",
            "http server",
            "web server",
        ],
    ),
    (
        "api-style",
        &[
            "api style",
            "api design",
            "rest api",
            "http api",
            "grpc api",
            "graphql api",
        ],
    ),
    (
        "messaging",
        &["message broker", "messaging", "message queue", "event bus"],
    ),
    ("caching", &["caching", "cache"]),
    (
        "authentication",
        &["authentication", "authorization", "auth"],
    ),
    (
        "async-runtime",
        &["async runtime", "asynchronous runtime", "runtime for async"],
    ),
    ("http-client", &["http client"]),
    (
        "error-handling",
        &[
            "error handling",
            "error types",
            "error type",
            "error management",
            "errors implementation",
        ],
    ),
    (
        "serialization",
        &[
            "serialization",
            "serialisation",
            "encoding format",
            "wire format",
            "data format",
        ],
    ),
    (
        "logging",
        &["logging", "structured logs", "structured logging", "logs"],
    ),
    (
        "telemetry",
        &["telemetry", "observability", "metrics", "tracing"],
    ),
    ("configuration", &["configuration", "config", "settings"]),
    ("cryptography", &["cryptography", "tls", "crypto"]),
    (
        "command-line",
        &[
            "command line",
            "command-line",
            "cli framework",
            "argument parsing",
        ],
    ),
    (
        "testing",
        &[
            "testing",
            "test strategy",
            "test framework",
            "property-based testing",
            "tests",
        ],
    ),
    (
        "toolchain",
        &[
            "toolchain",
            "rust version",
            "msrv",
            "minimum supported rust version",
            "nightly",
            "edition",
        ],
    ),
    (
        "continuous-integration",
        &["ci", "continuous integration", "ci/cd", "pipeline"],
    ),
    (
        "dependency-policy",
        &[
            "dependency policy",
            "dependencies",
            "cargo-deny",
            "licences",
            "licenses",
        ],
    ),
    (
        "deployment",
        &[
            "deployment",
            "docker",
            "container",
            "containers",
            "kubernetes",
            "release process",
            "distribution",
        ],
    ),
];

/// The record that is about this already, if there is one that holds.
pub fn by<'a>(subject: &Subject, records: impl Iterator<Item = &'a Record>) -> Option<&'a Record> {
    let names = subject.names.iter().map(|name| name.to_lowercase());
    let own: Vec<String> = words_of(&subject.topic)
        .map(str::to_owned)
        .chain(names)
        .collect();
    let foreign: Vec<&str> = WORDS
        .iter()
        .filter(|(topic, _)| *topic != subject.topic)
        .flat_map(|(_, words)| words.iter().copied())
        .collect();
    let mut records = records.filter(|record| holds(record));
    records.find(|record| {
        let title = record.title().unwrap_or_default().to_lowercase();
        own.iter().any(|word| {
            mentions(&title, word).any(|at| {
                let is_part_of = |longer: &&str| {
                    longer.len() > word.len()
                        && mentions(&title, longer)
                            .any(|place| place <= at && at < place + longer.len())
                };
                // "Database migrations" is about migrations.
                !foreign.iter().any(is_part_of)
            })
        })
    })
}

fn words_of(topic: &str) -> impl Iterator<Item = &'static str> {
    let words = WORDS.iter().find(|(known, _)| *known == topic);
    words.map_or(&[][..], |(_, words)| *words).iter().copied()
}

/// A stub of ours is about its own topic and no other.
fn holds(record: &Record) -> bool {
    record.fields().is_some_and(|fields| {
        let is_over = matches!(
            fields.standing(),
            Standing::Said(Status::Rejected | Status::Deprecated | Status::Superseded)
        );
        fields.topic.is_none() && !is_over
    })
}

/// Where a text has a phrase, not within longer words. Both are in lower case.
fn mentions<'a>(text: &'a str, phrase: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    text.match_indices(phrase)
        .map(|(at, _)| at)
        .filter(move |at| {
            let before = text[..*at].chars().next_back();
            let behind = text[at + phrase.len()..].chars().next();
            !phrase.is_empty() && !before.is_some_and(is_word) && !behind.is_some_and(is_word)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adr::read;
    use crate::evidence::TOPICS;

    fn covers(title: &str, status: &str) -> bool {
        let text = format!(
            "# 1. {title}\n\n## Status\n\n{status}\n\n## Context\n\nPostgreSQL.\n\n## Decision\n\nYes.\n"
        );
        let record = read("docs/adr/0001-a.md".into(), text.into_bytes());
        let subject = Subject {
            topic: "database".to_owned(),
            title: "Keep data in PostgreSQL".to_owned(),
            context: Vec::new(),
            evidence: Vec::new(),
            decision: String::new(),
            names: vec!["PostgreSQL".to_owned()],
            written: None,
        };
        by(&subject, std::iter::once(&record)).is_some()
    }

    #[test]
    fn titles_tell_and_what_is_over_covers_nothing() {
        assert!(covers("Use PostgreSQL for orders", "Accepted"));
        assert!(covers("Which database?", "Proposed"));
        assert!(!covers("Use PostgreSQL for orders", "Superseded by ADR-2"));
        assert!(!covers("Use a queue", "Accepted"));
        assert!(!covers("Squash database migrations", "Accepted"));
        assert!(!covers("Check it database-wide", "Accepted"));
        assert!(!covers("Use databases2 and postgresqlite", "Accepted"));
    }

    #[test]
    fn the_words_are_of_topics_that_there_are() {
        for (topic, _) in WORDS {
            assert!(TOPICS.iter().any(|known| known.id == *topic), "{topic}");
        }
    }
}
