//! The files that should exist.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

/// Files by path relative to the project's root, with `/` between the parts, in path order.
///
/// Every path is relative and stays inside the root: [`Tree::insert`] refuses others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    files: BTreeMap<Utf8PathBuf, String>,
}

/// A path that would lead out of the project.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a path inside the project")]
pub struct PathOutside(pub Utf8PathBuf);

impl Tree {
    /// Adds a file, in place of one with the same path.
    ///
    /// # Errors
    /// Refuses empty and absolute paths, and paths with `.`, `..`, a drive or a backslash in them.
    pub fn insert(
        &mut self,
        path: impl Into<Utf8PathBuf>,
        text: impl Into<String>,
    ) -> Result<(), PathOutside> {
        let path = path.into();
        let inside = !path.as_str().is_empty()
            && path.as_str().split('/').all(|part| {
                !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0'])
            });
        if !inside {
            return Err(PathOutside(path));
        }
        self.files.insert(path, text.into());
        Ok(())
    }

    /// The text of a file.
    pub fn get(&self, path: impl AsRef<Utf8Path>) -> Option<&str> {
        self.files.get(path.as_ref()).map(String::as_str)
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: impl AsRef<Utf8Path>) -> Option<String> {
        self.files.remove(path.as_ref())
    }

    /// All files in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&Utf8Path, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_path(), text.as_str()))
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
