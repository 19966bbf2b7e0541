//! Which folders hold records, and how each of them is kept.

use camino::Utf8PathBuf;

mod discover;
pub(super) mod house;
mod index;
mod listing;
mod lookup;
mod naming;
mod policy;
mod seat;

use super::record::{Dialect, LineEnding, Number, Record, Span, Status, StatusPlace};

pub use self::discover::{discover, named};
pub use self::listing::Listing;

/// A folder of decision records with everything below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Folder {
    /// Relative to the root of the workspace; empty for the root itself.
    pub path: Utf8PathBuf,
    /// The records and the files that cannot be read, by path.
    pub records: Vec<Record>,
    /// README, template, index and other prose.
    pub others: Vec<Record>,
    /// How a new record would have to look.
    pub house: House,
    /// Which numbers are taken.
    pub numbering: Numbering,
    /// The template of the house.
    pub template: Option<Utf8PathBuf>,
    /// The lists of the records, those with markers first.
    pub indexes: Vec<Index>,
    /// Its README lets in accepted decisions only.
    pub policy: Option<Policy>,
}

/// How the newest records of a folder are written.
#[derive(Debug, Clone, PartialEq)]
pub struct House {
    /// The form.
    pub dialect: Dialect,
    /// The record that is imitated: the newest that could be read.
    pub model: Option<Utf8PathBuf>,
    /// How files are named.
    pub naming: Naming,
    /// Where the status stands.
    pub status_place: Option<StatusPlace>,
    /// The words it uses, the most frequent spelling for each status.
    pub vocabulary: Vec<(Status, String)>,
    /// How the heading gives the number, if it does.
    pub heading: Option<HeadingForm>,
    /// `-` or `*` or `+`.
    pub bullet: char,
    /// How lines end.
    pub line_ending: LineEnding,
    /// Begins with a byte order mark.
    pub bom: bool,
    /// Each record has a folder of its own and is called like this in it: `README.md`.
    pub file_in_folder: Option<String>,
    /// Where it is mixed, why this dialect was chosen, as a sentence.
    pub mixed: Option<String>,
}

/// How a heading gives the number: `ADR-` before it, `: ` behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingForm {
    /// Before the number: `ADR-`, or nothing in Nygard form.
    pub before: String,
    /// How many digits it is padded to; 1 for an unpadded number.
    pub width: usize,
    /// Between number and title: `. `, `: `.
    pub behind: String,
}

/// How files of records are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Naming {
    /// `adr-0012-slug.md`.
    Numbered {
        /// `adr-`.
        prefix: String,
        /// 4.
        width: usize,
        /// What stands between number and slug: `-`, `_`, ` `; `None` if there is no slug.
        separator: Option<String>,
        /// How the words of the slug are joined.
        slug: Slug,
        /// `md`.
        extension: String,
    },
    /// `20260131-slug.md`.
    Dated {
        /// Between the parts of the date: nothing, or `-`.
        date_separator: String,
        /// How the words of the slug are joined.
        slug: Slug,
        /// `md`.
        extension: String,
    },
    /// `slug.md`.
    Plain {
        /// How the words of the slug are joined.
        slug: Slug,
        /// `md`.
        extension: String,
    },
}

/// How the words of a title become part of a file name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slug {
    /// Between words.
    pub separator: char,
    /// Words keep their capitals.
    pub keeps_case: bool,
}

/// Which numbers are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbering {
    /// All numbers of files, in order.
    pub numbers: Vec<Number>,
    /// Numbers that only an index names, because the file is gone or elsewhere.
    pub in_indexes: Vec<u64>,
    /// The track that a new record would count in.
    pub track: String,
    /// The first number of a folder that has none: 0 for MADR, else 1.
    pub first: u64,
}

/// A list of the records in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// The file.
    pub path: Utf8PathBuf,
    /// What lies between its markers, if it has them; only this may be written.
    pub between_markers: Option<Span>,
    /// The rows: a table row or list entry that names a record.
    pub rows: Vec<IndexRow>,
    /// The cells of the head of the table, for a table.
    pub columns: Option<Vec<String>>,
}

/// A row of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexRow {
    /// The line, without line end.
    pub span: Span,
    /// The path it links to, as it is written.
    pub target: Option<String>,
    /// The number it names.
    pub number: Option<u64>,
}

/// A README that lets in accepted decisions only: a proposal would break the law of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The file.
    pub path: Utf8PathBuf,
    /// The sentence that says so.
    pub sentence: String,
}

/// The place of a record among the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Relative to the root of the workspace.
    pub path: Utf8PathBuf,
    /// The number that it gets; nothing where it has one, or the house gives none.
    pub number: Option<u64>,
}

/// Records with the same number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The number as the first of them is written.
    pub number: Number,
    /// Their paths.
    pub paths: Vec<Utf8PathBuf>,
}

/// Why a reference names no record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// None has this number or name.
    #[error("no decision record `{reference}`")]
    Unknown {
        /// As it was asked for.
        reference: String,
    },
    /// Several have it.
    #[error("`{reference}` names several decision records: {}", .candidates.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", "))]
    Ambiguous {
        /// As it was asked for.
        reference: String,
        /// Their paths.
        candidates: Vec<Utf8PathBuf>,
    },
}
