//! The files of a workspace that may have to do with decision records.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use crate::error::{Error, Result};

/// A file that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Relative to the root of the walk, with `/` between the parts.
    pub path: Utf8PathBuf,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Hidden folders in which people keep records.
const KNOWN_HIDDEN: &[&str] = &[".adr", ".adrs", ".decisions", ".docs", ".github"];
/// Files that say where the records are.
const POINTERS: &[&str] = &[".adr-dir", ".log4brains.yml"];
const EXTENSIONS: &[&str] = &["md", "mdx", "markdown", "adoc", "asciidoc", "asc"];

/// Markdown and AsciiDoc files below `root`, `.adr-dir` and `.log4brains.yml`, by path.
///
/// Not entered: build output, `node_modules`, vendored crates, hidden folders other than a few in which people keep records, and
/// symlinks. A name that is not UTF-8 is given with replacement characters, so that its number still counts.
///
/// # Errors
/// A folder or file cannot be read.
pub fn walk(root: &Utf8Path) -> Result<Vec<File>> {
    walk_for(root, &is_document)
}

/// As [`walk`], the files whose paths are wanted.
///
/// # Errors
/// A folder or file cannot be read.
pub fn walk_for(root: &Utf8Path, is_wanted: &dyn Fn(&Utf8Path) -> bool) -> Result<Vec<File>> {
    let mut files = Vec::new();
    let mut folders = Vec::from([Utf8PathBuf::new()]);
    while let Some(folder) = folders.pop() {
        enter(root, &folder, is_wanted, &mut folders, &mut files)?;
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn enter(
    root: &Utf8Path,
    folder: &Utf8Path,
    is_wanted: &dyn Fn(&Utf8Path) -> bool,
    folders: &mut Vec<Utf8PathBuf>,
    files: &mut Vec<File>,
) -> Result<()> {
    let absolute = root.join(folder);
    let cannot = |error| Error::io("read the folder", &absolute, error);
    if absolute.join(".cargo-checksum.json").is_file() || absolute.join("CACHEDIR.TAG").is_file() {
        return Ok(());
    }
    for entry in fs::read_dir(&absolute).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        // The type is that of the entry itself: a symlink is neither folder nor file.
        let kind = entry.file_type().map_err(cannot)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = below(folder, &name);
        if kind.is_dir() && is_entered(&absolute, &name) {
            folders.push(path);
        } else if kind.is_file() && is_wanted(&path) {
            let bytes = fs::read(entry.path())
                .map_err(|error| Error::io("read", root.join(&path), error))?;
            files.push(File { path, bytes });
        }
    }
    Ok(())
}

/// Joined with `/` on every system.
fn below(folder: &Utf8Path, name: &str) -> Utf8PathBuf {
    if folder.as_str().is_empty() {
        Utf8PathBuf::from(name)
    } else {
        Utf8PathBuf::from(format!("{folder}/{name}"))
    }
}

fn is_entered(parent: &Utf8Path, name: &str) -> bool {
    match name {
        "node_modules" => false,
        "target" => !parent.join("Cargo.toml").is_file(),
        _ => !name.starts_with('.') || KNOWN_HIDDEN.contains(&name),
    }
}

/// Whether a file may have to do with records: Markdown, AsciiDoc, or a file that names their folder.
pub fn is_document(path: &Utf8Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_lowercase();
    EXTENSIONS.contains(&extension.as_str())
        || path
            .file_name()
            .is_some_and(|name| POINTERS.contains(&name))
}
