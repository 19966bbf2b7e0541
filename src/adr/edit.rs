//! The changes that may be made to a record: a token of status, and a link.
//!
//! Each function returns the whole new file. Outside the token or the inserted line not a byte differs, and the result has been
//! read again: if it does not say what was asked for, the function fails.

use super::record::{LinkKind, Record, Span, Status};

/// Why a record is left as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It is not a record that could be read.
    #[error("`{path}` cannot be read as a decision record")]
    NotARecord {
        /// The file.
        path: String,
    },
    /// No place gives a status.
    #[error("`{path}` does not say its status anywhere")]
    NoStatus {
        /// The file.
        path: String,
    },
    /// Two places give different ones.
    #[error("`{path}` gives two statuses: {}", .said.join(" and "))]
    Disagrees {
        /// The file.
        path: String,
        /// Each with its line: `accepted (line 3)`.
        said: Vec<String>,
    },
    /// The token belongs to a phrase that would become nonsense: `superseded by ADR-0007`.
    #[error("the status of `{path}` is the phrase `{phrase}`: a single word cannot take its place")]
    Phrase {
        /// The file.
        path: String,
        /// The value as it stands.
        phrase: String,
    },
    /// The new bytes, read again, do not say what was asked for.
    #[error("`{path}` would not read as {wanted} after the change")]
    NotVerified {
        /// The file.
        path: String,
        /// What was asked for.
        wanted: String,
    },
}

/// A changed file.
#[derive(Debug, Clone, PartialEq)]
pub struct Edited {
    /// The file, read again after the change.
    pub record: Record,
    /// The spans of the old bytes that were replaced, in order, each with what stands there now; an insertion has an empty span.
    pub changes: Vec<(Span, String)>,
}

/// Gives a record another status, in every place that gives one, in the house's word and case.
///
/// `vocabulary` are the words of the house ([`super::folder::House::vocabulary`]); without one for `new`, the plain English word is
/// taken in the case of the token that it replaces.
///
/// # Errors
/// The token is missing, part of a phrase, or given twice and differently; or the result does not read as `new`.
pub fn set_status(
    record: &Record,
    new: Status,
    vocabulary: &[(Status, String)],
) -> Result<Edited, EditError> {
    let _ = (record, new, vocabulary);
    unimplemented!()
}

/// Adds a line that links to another record, in the form of the dialect; nothing if there is such a link already.
///
/// # Errors
/// The record cannot be read, or the link is not found in the result.
pub fn add_link(record: &Record, kind: LinkKind, target: &Record) -> Result<Edited, EditError> {
    let _ = (record, kind, target);
    unimplemented!()
}

/// Both ends of a supersession: the status of `old` becomes "superseded by" with a link to `new`, and `new` says that it supersedes `old`.
///
/// # Errors
/// Either end cannot be changed: then there is neither.
pub fn supersede(
    old: &Record,
    new: &Record,
    vocabulary: &[(Status, String)],
) -> Result<(Edited, Edited), EditError> {
    let _ = (old, new, vocabulary);
    unimplemented!()
}
