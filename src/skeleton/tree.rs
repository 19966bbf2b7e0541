//! The files that should exist.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

/// Files by path relative to the project's root, with `/` between the parts, in path order.
///
/// Every path is relative and stays inside the root: [`Tree::insert`] refuses others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    files: BTreeMap<Utf8PathBuf, String>,
    binaries: BTreeMap<Utf8PathBuf, Vec<u8>>,
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
        self.files.insert(inside(path.into())?, text.into());
        Ok(())
    }

    /// Adds a file that is not text, in place of one with the same path.
    ///
    /// # Errors
    /// As [`Tree::insert`].
    pub fn insert_binary(
        &mut self,
        path: impl Into<Utf8PathBuf>,
        bytes: Vec<u8>,
    ) -> Result<(), PathOutside> {
        self.binaries.insert(inside(path.into())?, bytes);
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

    /// All files of text in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&Utf8Path, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_path(), text.as_str()))
    }

    /// All files that are not text, in path order.
    pub fn binaries(&self) -> impl Iterator<Item = (&Utf8Path, &[u8])> {
        self.binaries
            .iter()
            .map(|(path, bytes)| (path.as_path(), bytes.as_slice()))
    }

    /// The paths of all files, in path order.
    pub fn paths(&self) -> Vec<&Utf8Path> {
        let mut paths: Vec<_> = self.files.keys().chain(self.binaries.keys()).collect();
        paths.sort();
        paths.into_iter().map(Utf8PathBuf::as_path).collect()
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.files.len() + self.binaries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn inside(path: Utf8PathBuf) -> Result<Utf8PathBuf, PathOutside> {
    let is_inside = !path.as_str().is_empty()
        && path.as_str().split('/').all(|part| {
            !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0'])
        });
    match is_inside {
        true => Ok(path),
        false => Err(PathOutside(path)),
    }
}
