//! What one record says about another.

use camino::Utf8Path;

use super::super::paths;
use super::{Record, Span};

/// What one record says about another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// How they relate.
    pub kind: LinkKind,
    /// The other.
    pub target: Target,
    /// The link or the number itself: `[2. T](0002-t.md)`, `ADR-0002`.
    pub span: Span,
}

impl Link {
    /// Whether a link that stands in `from` means `to`.
    pub fn leads(&self, from: &Utf8Path, to: &Record) -> bool {
        match &self.target {
            Target::Path(written) => {
                let folder = from.parent().unwrap_or(Utf8Path::new(""));
                paths::join(folder, &written.replace("%20", " "))
                    .is_some_and(|path| path == to.path)
            }
            Target::Number { value, letter, .. } => to
                .number()
                .is_some_and(|number| number.value == *value && number.letter == *letter),
        }
    }
}

/// How two records relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// This one replaces the other.
    Supersedes,
    /// The other replaces this one.
    SupersededBy,
    /// This one changes part of the other.
    Amends,
    /// The other changes part of this one.
    AmendedBy,
    /// Any other mention that is a link to a file.
    Other,
}

/// Which record is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// By a path, as it is written, without fragment; relative to the folder of the record.
    Path(String),
    /// By number: `40` and the letter behind it.
    Number {
        /// `40`.
        value: u64,
        /// `a` in `040a`.
        letter: Option<char>,
        /// As it is written: `ADR-0040a`.
        text: String,
    },
}
