//! The files of a workspace that may have to do with decision records.

use camino::{Utf8Path, Utf8PathBuf};

use crate::error::Result;

/// A file that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Relative to the root of the walk, with `/` between the parts.
    pub path: Utf8PathBuf,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Markdown and AsciiDoc files below `root`, `.adr-dir` and `.log4brains.yml`, by path.
///
/// Not entered: `target`, `node_modules`, hidden folders other than a few in which people keep records, and symlinks.
///
/// # Errors
/// A folder or file cannot be read.
pub fn walk(root: &Utf8Path) -> Result<Vec<File>> {
    let _ = root;
    unimplemented!()
}
