//! The number of a record.

use std::fmt;

use super::super::read::words;
use super::Span;

/// A number, with everything that a new one would have to imitate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// `40` for `ADR-D-0040a`.
    pub value: u64,
    /// The digits as they are written: `0040`.
    pub digits: String,
    /// What stands before the digits: `adr-`, `ADR-D-`, or nothing.
    pub prefix: String,
    /// `a` in `040a`.
    pub letter: Option<char>,
    /// Where it stands.
    pub place: NumberPlace,
}

/// Where a number stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberPlace {
    /// In the name of the file.
    FileName,
    /// In the name of the folder that holds one record.
    FolderName,
    /// In the title.
    Title(Span),
    /// In the front matter.
    FrontMatter(Span),
}

impl Number {
    /// How many digits it is written with.
    pub fn width(&self) -> usize {
        self.digits.len()
    }

    /// Whether two numbers would be taken for one another: same value, letter and track.
    pub fn collides_with(&self, other: &Number) -> bool {
        self.value == other.value && self.letter == other.letter && self.track() == other.track()
    }

    /// The series that it counts in: `d` for `ADR-D-0001`, nothing for `adr-0001` and `0001`.
    pub fn track(&self) -> String {
        words::track(&self.prefix)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.prefix, self.digits)?;
        self.letter.map_or(Ok(()), |letter| write!(f, "{letter}"))
    }
}
