//! KD0301 to KD0306: crates that speak for a decision which the answers do not have.

use std::ops::Range;

use super::diagnostic::Diagnostic;
use super::material::Material;
use super::rule::{KD0301, KD0302, KD0303, KD0304, KD0305, KD0306, Rule};
use crate::baseline::ANSWERS;
use crate::evidence::{self, Piece, Source, SourceFile};

const MANIFEST: &str = "Cargo.toml";

pub(super) fn check(material: &Material<'_>) -> Vec<Diagnostic> {
    let Some(now) = material.project.text(MANIFEST) else {
        return Vec::new();
    };
    let generated = material
        .baseline()
        .and_then(|baseline| baseline.get(MANIFEST));
    let crates = Crates {
        material,
        now: pieces(material, now),
        generated: pieces(material, generated.unwrap_or_default()),
    };
    let mut found = crates.undecided(
        &KD0301,
        "caching",
        "ownership.caching",
        &[("in-process", "in the process"), ("redis", "Redis")],
    );
    found.extend(crates.clients());
    found.extend(crates.second_access());
    found.extend(crates.undecided(
        &KD0304,
        "database",
        "ownership.database",
        &[("sqlite", "SQLite"), ("postgresql", "PostgreSQL")],
    ));
    found.extend(crates.undecided(
        &KD0305,
        "messaging",
        "communication.broker",
        &[("nats", "NATS"), ("rabbitmq", "RabbitMQ")],
    ));
    found
}

/// What the dependencies of the service itself decide, by topic.
fn pieces(material: &Material<'_>, manifest: &str) -> Vec<(&'static str, Piece)> {
    let own = SourceFile {
        path: MANIFEST.to_owned(),
        text: manifest.to_owned(),
    };
    let source = Source {
        manifests: material
            .project
            .workspace
            .clone()
            .into_iter()
            .chain([own])
            .collect(),
        ..Source::default()
    };
    let decisions = evidence::decisions(&source);
    let pieces = decisions.into_iter().flat_map(|decision| {
        let topic = decision.topic;
        let pieces = decision.pieces.into_iter();
        pieces
            .filter(|piece| piece.file == MANIFEST && topic.decides(piece))
            .map(|piece| (topic.id, piece))
    });
    pieces.collect()
}

struct Crates<'a> {
    material: &'a Material<'a>,
    now: Vec<(&'static str, Piece)>,
    generated: Vec<(&'static str, Piece)>,
}

impl Crates<'_> {
    /// Those that speak for an answer to a topic, and were not generated.
    fn added(&self, topic: &str) -> Vec<&Piece> {
        let of_topic = self.now.iter().filter(|(other, _)| *other == topic);
        let added = of_topic.filter(|(topic, piece)| {
            let mut generated = self.generated.iter();
            !generated.any(|(other, old)| other == topic && old.what == piece.what)
        });
        added.map(|(_, piece)| piece).collect()
    }

    fn generated(&self, topic: &str) -> Option<&Piece> {
        let mut generated = self.generated.iter();
        let found = generated.find(|(other, _)| *other == topic);
        found.map(|(_, piece)| piece)
    }

    /// Crates for something that the answer to `id` does not name. `names` has what stands for each answer.
    fn undecided(
        &self,
        rule: &'static Rule,
        topic: &str,
        id: &str,
        names: &[(&str, &str)],
    ) -> Vec<Diagnostic> {
        let answer = self.material.choice(id);
        let fits = |piece: &Piece| {
            names
                .iter()
                .any(|(value, name)| *value == answer && piece.name.contains(name))
        };
        let added = self.added(topic).into_iter();
        added
            .filter(|piece| !fits(piece))
            .map(|piece| {
                let says = match answer {
                    "" => format!("and no answer asks for one: `{id}` was not asked"),
                    answer => format!("and `{id}` is `{answer}`"),
                };
                let message = format!("{} brings {}, {says}", piece.what, piece.name);
                self.diagnostic(rule, piece, message)
                    .at(ANSWERS, self.material.place(id), "the answers")
                    .help(format!("answer it: `cargo kickoff ask {id}`"))
                    .help(format!("or take `{}` out", package(piece)))
            })
            .collect()
    }

    fn clients(&self) -> Vec<Diagnostic> {
        let added = self.added("http-client");
        let generated = self.generated("http-client");
        let Some(first) = generated.or(added.first().copied()) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        if generated.is_none() && self.material.blueprint.dependencies.is_empty() {
            let message = format!(
                "{} is there to call others, and no answer names anybody to call",
                first.what
            );
            found.push(
                self.diagnostic(&KD0306, first, message)
                    .at(
                        ANSWERS,
                        self.material.place("load.dependencies"),
                        "the answers",
                    )
                    .help("name whom it calls: `cargo kickoff add dependency NAME`")
                    .help(format!("or take `{}` out", package(first))),
            );
        }
        let others = added.into_iter().filter(|piece| piece.name != first.name);
        found.extend(others.map(|piece| {
            let message = format!(
                "{} is a second HTTP client beside {}",
                piece.what, first.what
            );
            self.beside(&KD0302, piece, first, message)
        }));
        found
    }

    fn second_access(&self) -> Vec<Diagnostic> {
        let Some(first) = self.generated("database-access") else {
            return Vec::new();
        };
        let added = self.added("database-access").into_iter();
        added
            .filter(|piece| piece.name != first.name)
            .map(|piece| {
                let message = format!(
                    "{} is a second way to reach the database beside {}",
                    piece.what, first.what
                );
                self.beside(&KD0303, piece, first, message)
            })
            .collect()
    }

    fn beside(
        &self,
        rule: &'static Rule,
        piece: &Piece,
        first: &Piece,
        message: String,
    ) -> Diagnostic {
        let found = self.diagnostic(rule, piece, message);
        let first = package(first);
        let is_first = |(_, other): &&(&str, Piece)| package(other) == first;
        let line = self.now.iter().find(is_first).and_then(|(_, one)| one.line);
        let found = match line {
            Some(line) => found.at(MANIFEST, self.line(line), "the first"),
            None => found,
        };
        found.help(format!(
            "take one of `{first}` and `{}` out",
            package(piece)
        ))
    }

    fn diagnostic(&self, rule: &'static Rule, piece: &Piece, message: String) -> Diagnostic {
        let line = self.line(piece.line.unwrap_or(1));
        Diagnostic::new(rule, package(piece), message).at(MANIFEST, line, "")
    }

    /// The bytes of a line of the manifest.
    fn line(&self, number: usize) -> Range<usize> {
        let text = self.material.project.text(MANIFEST).unwrap_or_default();
        let mut start = 0;
        for line in text.split_inclusive('\n').take(number - 1) {
            start += line.len();
        }
        let line = text[start..].lines().next().unwrap_or_default();
        start..start + line.len()
    }
}

/// The package that a piece is about.
fn package(piece: &Piece) -> &str {
    piece.what.split('`').nth(1).unwrap_or(&piece.what)
}
