//! The files of a project as they are, read before an update is planned.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};

use crate::error::{Error, Result};

/// No source is larger; what is cannot be a generated file that was moved.
const LARGEST: u64 = 1024 * 1024;

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file.
    File(Vec<u8>),
    /// Something else, in words: `a folder`, `a symlink`.
    Other(&'static str),
}

/// What stands at some paths of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    entries: BTreeMap<Utf8PathBuf, Entry>,
}

impl Snapshot {
    /// Of files alone, for tests and previews.
    pub fn of(files: impl IntoIterator<Item = (Utf8PathBuf, Vec<u8>)>) -> Snapshot {
        let entries = files.into_iter();
        Snapshot {
            entries: entries
                .map(|(path, bytes)| (path, Entry::File(bytes)))
                .collect(),
        }
    }

    /// Reads some paths below `root`, without following a symlink on the way.
    ///
    /// # Errors
    /// One of them cannot be read.
    pub fn read<'a>(
        root: &Utf8Path,
        paths: impl IntoIterator<Item = &'a Utf8Path>,
    ) -> Result<Snapshot> {
        let mut snapshot = Snapshot::default();
        for path in paths {
            if let Some(entry) = entry(root, path)? {
                snapshot.entries.insert(path.to_owned(), entry);
            }
        }
        Ok(snapshot)
    }

    /// Adds all other files with one of these extensions, where one that was generated can have been moved to. Hidden folders, and
    /// those with the marker of a cache, are passed by.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn read_others(&mut self, root: &Utf8Path, extensions: &[&str]) -> Result<()> {
        let mut folders = vec![Utf8PathBuf::new()];
        while let Some(folder) = folders.pop() {
            let full = root.join(&folder);
            if full.join("CACHEDIR.TAG").exists() {
                continue;
            }
            let entries = full
                .read_dir_utf8()
                .map_err(|error| Error::io("read the folder", &full, error))?;
            for item in entries {
                let item = item.map_err(|error| Error::io("read the folder", &full, error))?;
                let path = folder.join(item.file_name());
                let Ok(metadata) = item.path().symlink_metadata() else {
                    continue;
                };
                if metadata.is_dir() && !item.file_name().starts_with('.') {
                    folders.push(path);
                } else if metadata.is_file()
                    && metadata.len() <= LARGEST
                    && path
                        .extension()
                        .is_some_and(|one| extensions.contains(&one))
                    && !self.entries.contains_key(&path)
                    && let Ok(bytes) = fs::read(item.path())
                {
                    self.entries.insert(path, Entry::File(bytes));
                }
            }
        }
        Ok(())
    }

    /// What stands at a path.
    pub fn get(&self, path: &Utf8Path) -> Option<&Entry> {
        self.entries.get(path)
    }

    /// All files that were read.
    pub fn files(&self) -> impl Iterator<Item = (&Utf8Path, &[u8])> {
        self.entries.iter().filter_map(|(path, entry)| match entry {
            Entry::File(bytes) => Some((path.as_path(), bytes.as_slice())),
            Entry::Other(_) => None,
        })
    }
}

/// What stands at `path`. A symlink on the way counts as one at its end: what is behind it is not the project's.
pub(super) fn entry(root: &Utf8Path, path: &Utf8Path) -> Result<Option<Entry>> {
    let mut full = root.to_owned();
    let mut parts = path.iter().peekable();
    while let Some(part) = parts.next() {
        full.push(part);
        let metadata = match fs::symlink_metadata(&full) {
            Ok(metadata) => metadata,
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Ok(None);
            }
            Err(error) => return Err(Error::io("look at", &full, error)),
        };
        let is_last = parts.peek().is_none();
        if metadata.is_symlink() {
            return Ok(Some(Entry::Other("a symlink")));
        }
        if metadata.is_dir() && is_last {
            return Ok(Some(Entry::Other("a folder")));
        }
        if !metadata.is_dir() && !is_last {
            return Ok(Some(Entry::Other("below a file")));
        }
    }
    let bytes = fs::read(&full).map_err(|error| Error::io("read", &full, error))?;
    Ok(Some(Entry::File(bytes)))
}
