//! From what was chosen to answers of one value.

use super::{Package, Proposals};
use crate::answers::Value;
use crate::evidence::{self, Piece, Source, Standing};
use crate::question::{catalog, validate_value};

/// A topic of the evidence that answers a question.
struct Rule {
    question: &'static str,
    topics: &'static [&'static str],
    /// What was found, and the word of the answer for it. What is not named here tells something, and no answer.
    words: &'static [(&'static str, &'static str)],
    /// Several words are one answer; else they contradict each other, and a person has to choose.
    several: bool,
}

const RULES: &[Rule] = &[
    Rule {
        question: "communication.styles",
        topics: &["web-framework", "api-style", "messaging"],
        words: &[
            ("axum", "rest"),
            ("Actix Web", "rest"),
            ("Rocket", "rest"),
            ("warp", "rest"),
            ("Poem", "rest"),
            ("Salvo", "rest"),
            ("tide", "rest"),
            ("Dropshot", "rest"),
            ("Loco", "rest"),
        ],
        several: true,
    },
    Rule {
        question: "communication.broker",
        topics: &["messaging"],
        words: &[("NATS", "nats"), ("RabbitMQ", "rabbitmq")],
        several: false,
    },
    Rule {
        question: "communication.access",
        topics: &["authentication"],
        words: &[("JSON Web Tokens", "jwt"), ("OpenID Connect", "jwt")],
        several: false,
    },
    Rule {
        question: "load.dependencies",
        topics: &["http-client"],
        words: &[],
        several: false,
    },
    Rule {
        question: "ownership.database",
        topics: &["database"],
        words: &[("PostgreSQL", "postgresql"), ("SQLite", "sqlite")],
        several: false,
    },
    Rule {
        question: "ownership.caching",
        topics: &["caching"],
        words: &[
            ("moka, in the process", "in-process"),
            ("quick_cache, in the process", "in-process"),
            ("cached, in the process", "in-process"),
            ("Redis", "redis"),
        ],
        several: false,
    },
    Rule {
        question: "ownership.enforcement",
        topics: &["dependency-policy"],
        words: &[("the rules of cargo-deny", "deny")],
        several: true,
    },
    Rule {
        question: "done.items",
        topics: &[
            "logging",
            "telemetry",
            "api-style",
            "continuous-integration",
        ],
        words: &[
            ("tracing", "logging"),
            ("slog", "logging"),
            ("log", "logging"),
            ("OpenTelemetry", "monitoring"),
            ("Prometheus", "monitoring"),
            ("metrics", "monitoring"),
            ("HTTP described by OpenAPI", "documentation"),
            ("GitHub Actions", "ci"),
            ("GitLab CI", "ci"),
            ("CircleCI", "ci"),
        ],
        several: true,
    },
];

pub(super) fn propose(source: &Source, package: &Package, proposals: &mut Proposals) {
    if let Some((text, line)) = &package.description {
        let found = format!("`description` in `{}`, line {line}", package.manifest());
        offer(proposals, "responsibility.purpose", Some(text), vec![found]);
    }
    let decisions = evidence::decisions(source);
    for rule in RULES {
        let mut pieces: Vec<&Piece> = decisions
            .iter()
            .filter(|decision| rule.topics.contains(&decision.topic.id))
            .flat_map(|decision| &decision.pieces)
            .filter(|piece| is_decisive(piece) && package.is_about(&piece.file))
            .collect();
        if pieces.is_empty() {
            continue;
        }
        // What the package says itself stands before what it is built from.
        pieces.sort_by_key(|piece| piece.file != package.manifest());
        let word = |piece: &&Piece| {
            let found = rule.words.iter().find(|(name, _)| *name == piece.name);
            found.map(|(_, word)| *word)
        };
        let mut words: Vec<&str> = pieces.iter().filter_map(word).collect();
        words.sort_unstable();
        words.dedup();
        let is_clear =
            rule.several || (words.len() == 1 && pieces.iter().all(|it| word(it).is_some()));
        let text = (is_clear && !words.is_empty()).then(|| words.join(", "));
        // Among what answers items of a list, what answers none would only be noise.
        pieces.retain(|piece| rule.question != "done.items" || word(piece).is_some());
        let found = quoted(&pieces);
        if !found.is_empty() {
            offer(proposals, rule.question, text.as_deref(), found);
        }
    }
}

/// Each thing once, where it stands first.
fn quoted(pieces: &[&Piece]) -> Vec<String> {
    let mut known: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for piece in pieces {
        if !known.contains(&piece.what.as_str()) {
            known.push(&piece.what);
            found.push(piece.to_string());
        }
    }
    found
}

/// What only tests, builds or examples need, and what is off unless asked for, says nothing about what is built and run.
fn is_decisive(piece: &Piece) -> bool {
    matches!(piece.standing, Standing::Direct | Standing::Platform)
}

/// What is no valid answer is told, and not offered.
fn offer(proposals: &mut Proposals, id: &'static str, text: Option<&str>, found: Vec<String>) {
    let Some(question) = catalog::question(id) else {
        return;
    };
    let value: Option<Value> = text.and_then(|text| validate_value(&question.kind, text).ok());
    proposals.add(question.id, value, found);
}

/// Every question with the words that are offered for it.
#[cfg(test)]
pub(super) fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    let of_rule = |rule: &'static Rule| rule.words.iter().map(|(_, word)| (rule.question, *word));
    RULES.iter().flat_map(of_rule)
}
