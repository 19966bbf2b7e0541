//! The status of a record, and where it stands.

use std::fmt;

use super::super::read::words;
use super::{Span, Spanned};

/// What was decided about a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Being written.
    Draft,
    /// Put forward, not decided.
    Proposed,
    /// Decided, whether or not it is carried out.
    Accepted,
    /// Decided against.
    Rejected,
    /// No longer to be followed.
    Deprecated,
    /// Replaced by another.
    Superseded,
    /// A word of this house that says none of these.
    Other,
}

/// A status in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusMention {
    /// What the token means.
    pub status: Status,
    /// The token alone (`Accepted`), without the emoji before it or the words after it, as it is written.
    pub token: Spanned<String>,
    /// The whole value the token is in: `Accepted (by vote)`, to the end of the line or cell.
    pub whole: Span,
    /// Where it stands.
    pub place: StatusPlace,
}

/// Where a status stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusPlace {
    /// At a key of the front matter: `status`, or `adr.status` for a nested one.
    FrontMatter {
        /// The keys to it, with `.` between.
        key: String,
    },
    /// One of the tags in the front matter.
    Tag,
    /// A paragraph or entry under a heading.
    Section,
    /// The last line of a dated log under a heading: `2026-01-31: accepted`.
    Log,
    /// In a heading: `## Status - DRAFT`, `#### status: accepted`.
    Heading,
    /// A labelled list entry: `- **Status:** accepted`.
    Bullet,
    /// A labelled line: `Status: accepted`, `**Status**: accepted`, `:status: accepted`.
    Line,
    /// A cell of a table.
    TableCell,
}

/// What all places together say about the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// No place gives one.
    Unsaid,
    /// Every place that gives one gives this.
    Said(Status),
    /// Two places disagree.
    Disagrees,
}

impl Status {
    /// The word for messages: `accepted`.
    pub fn word(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Proposed => "proposed",
            Status::Accepted => "accepted",
            Status::Rejected => "rejected",
            Status::Deprecated => "deprecated",
            Status::Superseded => "superseded",
            Status::Other => "other",
        }
    }

    /// The status that a word stands for, in any case and in the languages we know; `None` for a word that is no status.
    pub fn of_word(word: &str) -> Option<Status> {
        words::status(word)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
