//! Reading what there is to see.

use std::fs;
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};

use crate::error::{Error, Result};
use crate::workspace;
use crate::workspace::paths::{relative, with_slashes};

/// A text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative to the root, with `/` between the parts.
    pub path: String,
    /// Its text; empty where only the name was looked at.
    pub text: String,
}

/// All that was looked at.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The manifests of the packages, that of the root of the workspace first.
    pub manifests: Vec<SourceFile>,
    /// Other files that show a decision.
    pub files: Vec<SourceFile>,
    /// The members of the workspace, where there is one with more than one.
    pub members: usize,
}

impl Source {
    /// The manifest of the workspace, from which others inherit.
    pub(super) fn root_manifest(&self) -> Option<&SourceFile> {
        let is_root = |file: &&SourceFile| file.text.contains("[workspace");
        self.manifests.iter().find(is_root)
    }
}

/// How far below the root is looked for packages that no workspace names, and for other files.
const DEPTH: usize = 4;

/// How many entries are looked at, so that a folder that is no project does not take for ever.
const ENTRIES: usize = 200_000;

/// Reads what shows decisions below `root`, an absolute folder. `cargo` is the program to ask for the members of a workspace; where it
/// cannot answer, the manifests are read as it would.
///
/// # Errors
/// The folder cannot be read.
pub fn gather(root: &Utf8Path, cargo: &Path) -> Result<Source> {
    let mut walk = Walk::default();
    walk.folder(root, root, 0)?;
    walk.manifests.sort();
    let mut source = Source::default();
    let folders = match workspace::find(root, cargo) {
        Ok(Some(workspace)) if workspace.root.starts_with(root) => {
            source.members = workspace.members.len();
            let mut folders = vec![workspace.root.clone()];
            let members = workspace
                .members
                .iter()
                .map(|member| workspace.root.join(member));
            folders.extend(members.filter(|member| *member != workspace.root));
            folders
        }
        // A manifest above or one that is broken: what stands below is read on its own.
        _ => walk.manifests.clone(),
    };
    for folder in folders {
        let path = folder.join("Cargo.toml");
        if let Ok(text) = fs::read_to_string(&path) {
            let path = with_slashes(&relative(root, &path));
            if !source.manifests.iter().any(|other| other.path == path) {
                source.manifests.push(SourceFile { path, text });
            }
        }
    }
    walk.files.sort();
    for path in walk.files {
        let text = fs::read_to_string(root.join(&path)).unwrap_or_default();
        source.files.push(SourceFile { path, text });
    }
    Ok(source)
}

#[derive(Default)]
struct Walk {
    manifests: Vec<Utf8PathBuf>,
    files: Vec<String>,
    entries: usize,
}

impl Walk {
    fn folder(&mut self, root: &Utf8Path, folder: &Utf8Path, depth: usize) -> Result<()> {
        let entries = match folder.read_dir_utf8() {
            Ok(entries) => entries,
            // A folder below that nobody may read shows nothing.
            Err(_) if depth > 0 => return Ok(()),
            Err(error) => return Err(Error::io("read", folder, error)),
        };
        for entry in entries.flatten() {
            self.entries += 1;
            if self.entries > ENTRIES {
                return Ok(());
            }
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            let (name, path) = (entry.file_name(), entry.path());
            if kind.is_dir() && depth < DEPTH && is_worth_a_look(name) {
                self.folder(root, path, depth + 1)?;
            } else if kind.is_file() && name == "Cargo.toml" {
                self.manifests.push(folder.to_owned());
            } else if kind.is_file() {
                let inside = with_slashes(&relative(root, path));
                if super::files::shows_something(&inside) {
                    self.files.push(inside);
                }
            }
        }
        Ok(())
    }
}

/// Whether a folder of this name can hold what people wrote.
pub(crate) fn is_worth_a_look(name: &str) -> bool {
    let skipped = ["target", "node_modules", "vendor", "third_party", "dist"];
    (!name.starts_with('.') || [".github", ".circleci", ".cargo"].contains(&name))
        && !skipped.contains(&name)
}
