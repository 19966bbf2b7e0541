//! Three versions of a file become one: what was generated last time (`base`), what a person made of it (`yours`), and what is generated
//! now (`fresh`).
//!
//! Lines are merged first. Where both sides changed lines that touch, the text is looked at as what it is: items, fields, arms and list
//! elements in Rust, entries in TOML, members in JSON, list items, rows and sections in Markdown. Whole elements that only one side changed are told
//! apart, everything else is a conflict. A line that a person wrote is in the result, or in a conflict.
//!
//! ```
//! use cargo_kickoff::merge::{Merged, merge};
//!
//! let merged = merge(
//!     "src/lib.rs".into(),
//!     "mod orders;\nmod tags;\n",
//!     "mod orders;\nmod reports;\nmod tags;\n",
//!     "mod customers;\nmod orders;\nmod products;\nmod tags;\n",
//! );
//! let all = "mod customers;\nmod orders;\nmod products;\nmod reports;\nmod tags;\n";
//! assert_eq!(merged, Merged::Clean(all.to_owned()));
//! ```

mod align;
mod elements;
mod json;
mod line_ends;
mod lines;
mod lock;
mod markdown;
mod pieces;
mod rust;
#[cfg(test)]
mod tests;
mod toml;

use camino::Utf8Path;

pub use self::pieces::Clash;

use self::line_ends::LineEnds;
use self::pieces::{Piece, Pieces};

/// What became of three versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merged {
    /// One text.
    Clean(String),
    /// A person has to decide.
    Conflict {
        /// The text with the markers that merge tools know: `<<<<<<< yours`, `||||||| generated before`, `=======`,
        /// `>>>>>>> generated now`.
        marked: String,
        /// Every place where both sides differ.
        clashes: Vec<Clash>,
    },
}

/// Merges three versions of the text file `path`, whose name tells the language.
///
/// The line ends and the byte order mark of `yours` stay where they are uniform.
pub fn merge(path: &Utf8Path, base: &str, yours: &str, fresh: &str) -> Merged {
    if yours == fresh || base == fresh {
        return Merged::Clean(yours.to_owned());
    }
    if base == yours {
        return Merged::Clean(fresh.to_owned());
    }
    let ends = LineEnds::of(yours);
    let [base, yours, fresh] = [base, yours, fresh].map(|text| ends.take_off(text));
    if base == yours {
        return Merged::Clean(ends.put_on(&fresh));
    }
    let pieces = match kind(path) {
        Kind::Lock => vec![Piece::Text(lock::merge(&base, &yours, &fresh))],
        Kind::Toml => toml::merge(&base, &yours, &fresh),
        Kind::Rust => rust::merge(&base, &yours, &fresh),
        Kind::Json => json::merge(&base, &yours, &fresh),
        Kind::Markdown => markdown::merge(&base, &yours, &fresh),
        Kind::Other => lines::merge(&base, &yours, &fresh, &lines::unresolved),
    };
    let pieces = Pieces::new(pieces);
    match pieces.clean() {
        Some(text) => Merged::Clean(ends.put_on(&text)),
        None => Merged::Conflict {
            clashes: pieces.clashes(),
            marked: ends.put_on(&pieces.marked()),
        },
    }
}

/// Whether a person's text is the generated one, but for line ends and byte order mark.
pub fn is_same_text(base: &str, yours: &str) -> bool {
    LineEnds::of(yours).take_off(yours) == base
}

/// The text with plain line ends and without a byte order mark, as it is generated.
pub(crate) fn without_line_ends(text: &str) -> std::borrow::Cow<'_, str> {
    LineEnds::of(text).take_off(text)
}

enum Kind {
    Lock,
    Toml,
    Rust,
    Json,
    Markdown,
    Other,
}

fn kind(path: &Utf8Path) -> Kind {
    match (path.file_name(), path.extension()) {
        (Some("Cargo.lock"), _) => Kind::Lock,
        (_, Some("toml")) => Kind::Toml,
        (_, Some("rs")) => Kind::Rust,
        (_, Some("json")) => Kind::Json,
        (_, Some("md")) => Kind::Markdown,
        _ => Kind::Other,
    }
}
