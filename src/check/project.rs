//! What a check looks at, read from the disk at once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use camino::Utf8Path;

use super::Texts;
use crate::baseline::{self, ANSWERS, Baseline, Unusable};
use crate::error::{Error, Result};
use crate::evidence::{SourceFile, is_worth_a_look};
use crate::workspace;
use crate::workspace::paths::{relative, with_slashes};

/// A project as it stands on the disk.
#[derive(Debug)]
pub struct Project {
    /// Every file that is worth a look, by its path from the root with `/` between the parts.
    pub files: BTreeMap<String, File>,
    /// What was generated last time.
    pub baseline: Result<Baseline, NoBaseline>,
    /// The manifest of the workspace that it is a member of, from whose dependencies it may inherit.
    pub workspace: Option<SourceFile>,
    /// Today, `2026-11-25`.
    pub today: String,
}

/// A file of the project.
#[derive(Debug, PartialEq, Eq)]
pub enum File {
    /// Its text.
    Text(String),
    /// It was to be read, and is not UTF-8.
    Foreign,
    /// Nothing but that it is there matters.
    Unread,
}

/// Why nobody knows what was generated last.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoBaseline {
    /// There is none.
    #[error("it is not there")]
    Missing,
    /// It cannot be used.
    #[error(transparent)]
    Unusable(#[from] Unusable),
}

/// How many entries are looked at, so that a folder that is no project does not take for ever.
const ENTRIES: usize = 200_000;

impl Texts for Project {
    fn text(&self, path: &Utf8Path) -> Option<Cow<'_, str>> {
        Project::text(self, path.as_str()).map(Cow::Borrowed)
    }
}

impl Project {
    /// Reads the project at `root`.
    ///
    /// # Errors
    /// A file or the folder cannot be read.
    pub fn read(root: &Utf8Path, today: &str) -> Result<Project> {
        let mut files = BTreeMap::new();
        folder(root, root, &mut files)?;
        let baseline = match std::fs::read(root.join(baseline::PATH)) {
            Ok(bytes) => Baseline::decode(&bytes).map_err(NoBaseline::from),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(NoBaseline::Missing),
            Err(error) => return Err(Error::io("read", baseline::PATH, error)),
        };
        Ok(Project {
            files,
            baseline,
            workspace: workspace_manifest(root),
            today: today.to_owned(),
        })
    }

    /// The text of a file, if it was read.
    pub fn text(&self, path: &str) -> Option<&str> {
        match self.files.get(path)? {
            File::Text(text) => Some(text),
            File::Foreign | File::Unread => None,
        }
    }

    /// The texts below a folder whose names end in `end`.
    pub(super) fn texts(&self, folder: &str, end: &str) -> impl Iterator<Item = (&str, &str)> {
        let below = self.files.iter().filter_map(|(path, file)| match file {
            File::Text(text) => Some((path.as_str(), text.as_str())),
            File::Foreign | File::Unread => None,
        });
        below.filter(move |(path, _)| path.starts_with(folder) && path.ends_with(end))
    }
}

/// Whether the text of a file matters.
fn is_read(path: &str) -> bool {
    let below = |folder: &str, end: &str| path.starts_with(folder) && path.ends_with(end);
    matches!(path, ANSWERS | "Cargo.toml")
        || below("src/", ".rs")
        || below("migrations/", ".sql")
        || below("docs/adr/", ".md")
}

fn folder(root: &Utf8Path, at: &Utf8Path, files: &mut BTreeMap<String, File>) -> Result<()> {
    let entries = at
        .read_dir_utf8()
        .map_err(|error| Error::io("read", at, error))?;
    for entry in entries.flatten() {
        if files.len() > ENTRIES {
            return Ok(());
        }
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() && is_worth_a_look(entry.file_name()) {
            folder(root, entry.path(), files)?;
        } else if kind.is_file() {
            let path = with_slashes(&relative(root, entry.path()));
            let file = match is_read(&path) {
                true => read(entry.path())?,
                false => File::Unread,
            };
            files.insert(path, file);
        }
    }
    Ok(())
}

fn read(path: &Utf8Path) -> Result<File> {
    let bytes = std::fs::read(path).map_err(|error| Error::io("read", path, error))?;
    Ok(String::from_utf8(bytes).map_or(File::Foreign, File::Text))
}

/// The manifest of the workspace above; one that cannot be read has nothing to inherit from.
fn workspace_manifest(root: &Utf8Path) -> Option<SourceFile> {
    let above = workspace::find_by_manifests(root.parent()?).ok()??;
    let path = above.manifest_path();
    Some(SourceFile {
        text: std::fs::read_to_string(&path).ok()?,
        path: with_slashes(&relative(root, &path)),
    })
}
