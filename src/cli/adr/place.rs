//! The workspace and the folder of records that a command is about.

use camino::{Utf8Path, Utf8PathBuf};

use crate::context::Context;
use crate::error::{Error, Result};
use crate::workspace;
use crate::workspace::paths::{normalized, relative, with_slashes};

/// Where the records are.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct Where {
    /// The Cargo.toml of the workspace; by default the one of the folder you are in, or above it.
    #[arg(long, value_name = "PATH")]
    manifest_path: Option<Utf8PathBuf>,

    /// The folder of decision records, where there are several or it has another name.
    #[arg(long, value_name = "DIR")]
    pub(super) folder: Option<Utf8PathBuf>,
}

impl Where {
    pub(super) fn root(&self, context: &Context) -> Result<Utf8PathBuf> {
        if let Some(path) = &self.manifest_path {
            let path = normalized(&context.current_dir.join(path));
            return match path.is_file() {
                true => Ok(path.parent().unwrap_or(&path).to_owned()),
                false => Err(Error::usage(format!("there is no file `{path}`"))
                    .hint("pass `--manifest-path` the path of a Cargo.toml")),
            };
        }
        let here = &context.current_dir;
        if let Some(workspace) = workspace::find_by_manifests(here)? {
            return Ok(workspace.root);
        }
        let mut folders = here.ancestors();
        let package = folders.find(|folder| folder.join("Cargo.toml").is_file());
        Ok(package.unwrap_or(here).to_owned())
    }
}

/// The root of the repository, where it is above.
pub(super) fn repository_above(root: &Utf8Path) -> Option<Utf8PathBuf> {
    if root.join(".git").exists() {
        return None;
    }
    let mut above = root.ancestors().skip(1);
    above
        .find(|folder| folder.join(".git").exists())
        .map(Utf8Path::to_owned)
}

/// A folder as somebody names it: from where they stand, or from the root.
pub(super) fn inside(root: &Utf8Path, folder: &Utf8Path, context: &Context) -> Result<Utf8PathBuf> {
    let from_here = normalized(&context.current_dir.join(folder));
    let from_root = normalized(&root.join(folder));
    let path = match from_root.is_dir() && !from_here.is_dir() {
        true => from_root,
        false => from_here,
    };
    if !path.starts_with(root) || path == root {
        return Err(
            Error::usage(format!("`{path}` is not a folder inside of `{root}`")).hint(
                "name a folder of the workspace, or another workspace with `--manifest-path`",
            ),
        );
    }
    Ok(with_slashes(&relative(root, &path)).into())
}
