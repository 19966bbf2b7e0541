//! The public format `kickoff.toml`: reading, writing and editing it.
//!
//! Everything here follows from the catalog: a section is a table, a question is a key in it, a list of named items is one table
//! for each item (`[entity.Order]`), `[open]` holds what was put off, and each `[[exception]]` what the check is not to report. `owns = []` says on purpose that a list has no items.
//!
//! - [`read`] reports every mistake of a file at once, each at its place.
//! - [`write`](write()) makes a fresh file. A question that nobody answered stands in it as a comment with the default in force.
//! - [`edit`] brings an existing file to other answers by replacing the bytes that have to change, and no others.
//!
//! ```
//! use cargo_kickoff::answers::file;
//!
//! let text = "format = 1\n[service]\nname = \"orders\"\ncreated = \"2026-11-25\"\n[load]\npeak-rsp = 50\n";
//! let errors = file::read(text, "kickoff.toml").unwrap_err();
//! assert_eq!(
//!     errors[0].render("kickoff.toml", text),
//!     "\
//! unknown key `peak-rsp` in `[load]`
//!  --> kickoff.toml:6:1
//!   |
//! 6 | peak-rsp = 50
//!   | ^^^^^^^^
//!   |
//!   = help: did you mean `peak-rps`?"
//! );
//! ```

mod array;
mod diff;
mod edit;
mod edit_items;
mod editor;
mod encode;
mod error;
mod exceptions;
mod insert;
mod items;
mod layout;
mod lexer;
mod places;
mod read;
mod remove;
mod syntax;
#[cfg(test)]
mod tests;
mod value;
mod write;

pub use edit::{EditError, edit};
pub(crate) use encode::quoted;
pub use error::FileError;
pub use places::Places;
pub use read::read;
pub use write::{item_tables, write};

/// The version of the format that this version of the tool reads and writes.
pub const FORMAT: i64 = 1;

/// The byte order mark that some editors put in front of a file.
const BOM: &str = "\u{feff}";

/// The value of `service.code` where the code was there before the answers.
pub(super) const EXISTING: &str = "existing";

/// The first character that the name of a service cannot have. What else Cargo refuses is checked where the package is made.
pub(super) fn foreign_character(name: &str) -> Option<char> {
    name.chars()
        .find(|character| !character.is_alphanumeric() && !matches!(character, '-' | '_'))
}

/// The tables of the format in the order a fresh file has them: the service, each section followed by the lists it asks for, and
/// what is open, and what is excepted.
fn tables_in_order() -> impl Iterator<Item = &'static str> {
    use crate::question::{Section, catalog};
    let sections = Section::ALL.into_iter().flat_map(|section| {
        let lists = catalog::questions()
            .iter()
            .filter(move |question| question.section == section)
            .filter_map(|question| question.items())
            .map(|schema| schema.table);
        std::iter::once(section.key()).chain(lists)
    });
    std::iter::once("service")
        .chain(sections)
        .chain(["open", crate::answers::exception::TABLE])
}
