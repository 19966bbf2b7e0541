//! A disk to try plans on, and pictures of it that are compared whole.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use cargo_kickoff::manifest::add_member;
use cargo_kickoff::plan::{ApplyOptions, Edit, Plan};
use cargo_kickoff::skeleton::tree::Tree;
use cargo_kickoff::vcs::Vcs;
use cargo_kickoff::workspace;

/// A temporary folder.
pub(crate) struct Disk {
    _keep: tempfile::TempDir,
    pub(crate) root: Utf8PathBuf,
}

impl Disk {
    /// With these files; a path that ends in `/` is an empty folder.
    pub(crate) fn new(files: &[(&str, &str)]) -> Disk {
        let keep = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(keep.path().canonicalize().unwrap()).unwrap();
        let disk = Disk { _keep: keep, root };
        for (path, text) in files {
            disk.write(path, text);
        }
        disk
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let full = self.root.join(path);
        if path.ends_with('/') {
            return std::fs::create_dir_all(full).unwrap();
        }
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(full, text).unwrap();
    }

    pub(crate) fn picture(&self) -> Picture {
        picture(&self.root)
    }
}

/// Everything below a folder: `d`, `l` or the bytes, with the permissions.
pub(crate) type Picture = BTreeMap<String, (u32, Vec<u8>)>;

pub(crate) fn picture(root: &Utf8Path) -> Picture {
    let mut found = Picture::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir_utf8().unwrap() {
            let path = entry.unwrap().path().to_owned();
            let metadata = path.symlink_metadata().unwrap();
            let content = if metadata.is_dir() {
                folders.push(path.clone());
                b"d".to_vec()
            } else if metadata.is_symlink() {
                path.read_link_utf8().unwrap().as_str().as_bytes().to_vec()
            } else {
                std::fs::read(&path).unwrap()
            };
            let name = path.strip_prefix(root).unwrap().as_str().replace('\\', "/");
            found.insert(name, (mode(&metadata), content));
        }
    }
    found
}

#[cfg(unix)]
fn mode(metadata: &std::fs::Metadata) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions())
}

#[cfg(not(unix))]
fn mode(metadata: &std::fs::Metadata) -> u32 {
    u32::from(metadata.permissions().readonly())
}

/// The paths of a picture, without what Git has made.
pub(crate) fn paths(picture: &Picture) -> Vec<&str> {
    let paths = picture.keys().map(String::as_str);
    paths.filter(|path| !path.contains(".git/")).collect()
}

pub(crate) const MANIFEST: &str =
    "[package]\nname = \"orders\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";

/// A small service.
pub(crate) fn tree() -> Tree {
    let mut tree = Tree::default();
    for (path, text) in [
        (".gitignore", "/target\n"),
        ("Cargo.toml", MANIFEST),
        ("kickoff.toml", "version = 1\n"),
        ("src/main.rs", "fn main() {}\n"),
        ("src/orders/mod.rs", "//! Orders.\n"),
    ] {
        tree.insert(path, text).unwrap();
    }
    tree
}

/// What `new` does: looks for a workspace, and plans the tree and the edit.
pub(crate) fn plan(target: &Utf8Path) -> cargo_kickoff::error::Result<Plan> {
    let mut edits = Vec::new();
    if let Some(workspace) = workspace::find_by_manifests(target)? {
        let member = workspace.member_path(target)?;
        if let Some(new) = add_member(&workspace.manifest, &member)? {
            edits.push(Edit {
                path: workspace.manifest_path(),
                old: workspace.manifest,
                new,
            });
        }
    }
    Plan::new(target, &tree(), edits)
}

/// Git, as by default.
pub(crate) fn options(current_dir: Option<&Utf8Path>) -> ApplyOptions {
    ApplyOptions {
        vcs: Vcs::Git,
        vcs_is_asked_for: false,
        current_dir: current_dir.map(Utf8Path::to_owned),
    }
}
