//! The Cargo workspace that a path is in.
//!
//! Cargo is asked (`cargo metadata --no-deps`: no resolution, no network, no `Cargo.lock`) for the root and the members. Where it
//! cannot answer, for example because a pinned toolchain is not installed, the manifests are read as Cargo would read them.

mod glob;
mod inherited;
pub(crate) mod paths;
mod read;

use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};
use cargo_metadata::MetadataCommand;

use crate::error::{Error, Result};

use self::paths::{relative, with_slashes};

pub use self::inherited::{WorkspaceDependency, WorkspacePackageKey};

/// A workspace, as far as a new member has to know it.
#[derive(Debug, Clone, PartialEq)]
pub struct Workspace {
    /// The folder of the root manifest, absolute.
    pub root: Utf8PathBuf,
    /// The text of the root manifest as it was read.
    pub manifest: String,
    /// The folders of the members relative to [`Workspace::root`], sorted, `.` for a package in the root.
    pub members: Vec<Utf8PathBuf>,
    /// `members` as they are written, patterns among them.
    pub member_patterns: Vec<String>,
    /// The keys of `[workspace.package]`.
    pub package: Vec<WorkspacePackageKey>,
    /// The entries of `[workspace.dependencies]`.
    pub dependencies: Vec<WorkspaceDependency>,
    /// Whether there is a `[workspace.lints]`.
    pub has_lints: bool,
    /// The resolver that is asked for.
    pub resolver: Option<String>,
    /// Paths that are not members.
    pub exclude: Vec<String>,
    /// Members that a command in the root is about.
    pub default_members: Vec<String>,
}

/// The workspace that a package in `dir` is in or would be in; the folder need not exist.
///
/// `cargo` is the program to ask: `$CARGO` where it is set. A workspace that excludes `dir` is passed by, as Cargo does.
///
/// # Errors
/// A manifest on the way up cannot be read or is not one.
pub fn find(dir: &Utf8Path, cargo: &Path) -> Result<Option<Workspace>> {
    // Most new services stand outside of any workspace: then there is no need to start Cargo.
    let Some(mut workspace) = find_by_manifests(dir)? else {
        return Ok(None);
    };
    if let Some(members) = members_by_cargo(&workspace.root, cargo) {
        workspace.members = members;
    }
    Ok(Some(workspace))
}

/// As [`find`], by reading the manifests alone: members that are there only as path dependencies stay unknown.
///
/// # Errors
/// A manifest on the way up cannot be read or is not one.
pub fn find_by_manifests(dir: &Utf8Path) -> Result<Option<Workspace>> {
    read::find(dir)
}

impl Workspace {
    /// The path of the root manifest.
    pub fn manifest_path(&self) -> Utf8PathBuf {
        self.root.join("Cargo.toml")
    }

    /// The path under which a package in `target` is a member, with `/` between the parts.
    ///
    /// # Errors
    /// The package cannot become a member: a symlink lies between, or a folder on the way would be taken for a member itself.
    pub fn member_path(&self, target: &Utf8Path) -> Result<String> {
        self.refuse_symlinks(target)?;
        let member = with_slashes(&relative(&self.root, target));
        let mut folder = Utf8Path::new(&member).parent();
        while let Some(between) = folder.filter(|path| !path.as_str().is_empty()) {
            let pattern = self
                .member_patterns
                .iter()
                .find(|pattern| glob::matches(pattern, between.as_str()));
            if let Some(pattern) = pattern
                && !self.root.join(between).exists()
            {
                return Err(Error::usage(format!(
                    "the new folder `{between}` would be taken for a member through `{pattern}` in `{}`, and it has no Cargo.toml",
                    self.manifest_path()
                ))
                .hint(format!(
                    "choose the path `{}`",
                    between.with_file_name(target.file_name().unwrap_or_default())
                )));
            }
            folder = between.parent();
        }
        Ok(member)
    }

    /// Whether a folder at `path` would be taken for a member by a pattern.
    pub fn takes_by_pattern(&self, path: &Utf8Path) -> bool {
        let path = with_slashes(&relative(&self.root, path));
        self.member_patterns
            .iter()
            .any(|pattern| glob::is_pattern(pattern) && glob::matches(pattern, &path))
    }

    /// The folder of the member whose package has this name, absolute.
    pub fn package_named(&self, name: &str) -> Option<Utf8PathBuf> {
        let folders = self
            .members
            .iter()
            .map(|member| paths::normalized(&self.root.join(member)));
        folders.into_iter().find(|folder| {
            std::fs::read_to_string(folder.join("Cargo.toml"))
                .ok()
                // Most manifests need not be parsed to see that it is another one.
                .filter(|text| text.contains(name))
                .and_then(|text| text.parse::<toml_edit::DocumentMut>().ok())
                .is_some_and(|manifest| {
                    let package = manifest
                        .get("package")
                        .and_then(|item| item.as_table_like());
                    let own = package.and_then(|table| table.get("name"));
                    own.and_then(|item| item.as_str()) == Some(name)
                })
        })
    }

    /// The entry of `[workspace.dependencies]` for a name.
    pub fn dependency(&self, name: &str) -> Option<&WorkspaceDependency> {
        self.dependencies.iter().find(|entry| entry.name == name)
    }

    /// Cargo finds a workspace by the real path: behind a symlink, a member would not find its root.
    fn refuse_symlinks(&self, target: &Utf8Path) -> Result<()> {
        let links = target
            .ancestors()
            .skip(1)
            .take_while(|folder| *folder != self.root && folder.starts_with(&self.root));
        for folder in links {
            if folder.is_symlink() {
                return Err(Error::usage(format!(
                    "`{folder}` is a symlink: a package behind it would not find its workspace `{}`",
                    self.root
                ))
                .hint("choose a path in the workspace without a symlink, or the real path outside of it"));
            }
        }
        Ok(())
    }
}

/// How a manifest lists members: whether `path` is one of `patterns`, by name or by glob.
pub(crate) fn lists(patterns: &[&str], path: &str) -> bool {
    patterns.iter().any(|pattern| glob::matches(pattern, path))
}

/// The entry of `exclude` that keeps `path` out, if one does.
///
/// As in Cargo, an entry is a path and keeps out all below it, and a member that is listed by its path is in all the same.
pub(crate) fn excluded_by<'a>(
    exclude: &[&'a str],
    members: &[&str],
    path: &str,
) -> Option<&'a str> {
    let is_below = |entry: &str| {
        let entry: Vec<_> = glob::parts(entry).collect();
        let path: Vec<_> = glob::parts(path).collect();
        path.starts_with(&entry)
    };
    if members.iter().any(|member| is_below(member)) {
        return None;
    }
    exclude.iter().copied().find(|entry| is_below(entry))
}

fn members_by_cargo(root: &Utf8Path, cargo: &Path) -> Option<Vec<Utf8PathBuf>> {
    let metadata = MetadataCommand::new()
        .cargo_path(cargo)
        .current_dir(root)
        .manifest_path(root.join("Cargo.toml"))
        .no_deps()
        // Asking a question must not download a toolchain.
        .env("RUSTUP_AUTO_INSTALL", "0")
        .exec()
        .ok()?;
    let mut members: Vec<_> = metadata
        .workspace_packages()
        .iter()
        .filter_map(|package| package.manifest_path.parent())
        .map(|folder| relative(&metadata.workspace_root, folder))
        .map(|folder| Utf8PathBuf::from(with_slashes(&folder)))
        .collect();
    members.sort();
    Some(members)
}
