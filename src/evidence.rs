//! What a workspace that somebody else wrote shows about its decisions.
//!
//! A manifest, a workflow or a folder of migrations tells *what* was chosen, with the place where it stands, and never *why*: evidence
//! is quoted, and no reason is made of it. A dependency counts by the package and the kind it has there: what only tests, examples or
//! an optional feature need is quoted with that said, and makes no decision of its own.

mod files;
mod gather;
mod manifests;
mod topics;

use std::fmt;

pub(crate) use self::gather::is_worth_a_look;
pub use self::gather::{Source, SourceFile, gather};
pub use self::topics::{TOPICS, Topic};

/// How much a dependency says about the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Part of what is built and run.
    Direct,
    /// Only with a feature that is off unless asked for.
    Optional,
    /// Only on some platforms.
    Platform,
    /// Only for tests, benches and examples.
    Development,
    /// Started beside the service by its developers; it need not be what the service runs on.
    Beside,
    /// Only for build scripts.
    Build,
    /// Only in a package of examples, benches or helpers.
    Example,
}

impl Standing {
    /// What to say about it, where there is something to say.
    pub fn remark(self) -> Option<&'static str> {
        match self {
            Standing::Direct | Standing::Beside => None,
            Standing::Optional => Some("optional"),
            Standing::Platform => Some("on some platforms"),
            Standing::Development => Some("for tests"),
            Standing::Build => Some("for building"),
            Standing::Example => Some("in a package of examples or tests"),
        }
    }
}

/// One thing that was found, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it speaks for: `PostgreSQL`.
    pub name: String,
    /// What stands there, as Markdown: `` `sqlx` with `postgres` ``.
    pub what: String,
    /// The file, relative to the root, with `/` between the parts.
    pub file: String,
    /// The line, from 1, where it is one.
    pub line: Option<usize>,
    /// How much it says.
    pub standing: Standing,
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in `{}`", self.what, self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        match self.standing.remark() {
            Some(remark) => write!(f, " ({remark})"),
            None => Ok(()),
        }
    }
}

/// A decision that was evidently made: a topic, and all that speaks for an answer to it.
#[derive(Debug, Clone)]
pub struct Decision {
    /// What it is about.
    pub topic: &'static Topic,
    /// What was found: what is built and run first, then by file and line.
    pub pieces: Vec<Piece>,
}

impl Decision {
    /// What was chosen, each once, in the order of the table of topics: several where the evidence disagrees or both are used.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        let direct = self.pieces.iter().filter(|piece| self.topic.decides(piece));
        for piece in direct {
            if !names.contains(&piece.name.as_str()) {
                names.push(&piece.name);
            }
        }
        names
    }

    /// The heading of a record about it: `Use PostgreSQL as the database`.
    pub fn title(&self) -> String {
        self.topic.title(&self.names())
    }
}

/// The decisions that the evidence shows, in the order of [`TOPICS`].
pub fn decisions(source: &Source) -> Vec<Decision> {
    let dependencies = manifests::dependencies(source);
    let decisions = TOPICS.iter().map(|topic| {
        let mut pieces = manifests::pieces(topic, &dependencies);
        pieces.extend(files::pieces(topic, source));
        pieces.sort_by(|a, b| {
            (a.standing, &a.file, a.line, &a.what).cmp(&(b.standing, &b.file, b.line, &b.what))
        });
        pieces.dedup();
        Decision { topic, pieces }
    });
    decisions
        .filter(|decision| {
            decision
                .pieces
                .iter()
                .any(|piece| decision.topic.decides(piece))
        })
        .collect()
}

#[cfg(test)]
mod tests;
