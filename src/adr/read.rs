//! One file of a decision folder, in any dialect.

pub(super) mod words;

use camino::Utf8Path;

use super::record::{Other, Reading, Record};

/// Reads a file. Never fails: what cannot be read is [`Reading::Opaque`], what is no decision is [`Reading::Other`].
///
/// `path` is relative to the root of the workspace, with `/` between the parts; it decides the number and whether the file is a
/// template or a README.
pub fn read(path: &Utf8Path, bytes: Vec<u8>) -> Record {
    Record {
        path: path.to_owned(),
        bytes,
        reading: Reading::Other(Other::Prose),
    }
}
