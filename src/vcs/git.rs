//! What an update asks of Git: whether there is work that is not committed, and to know conflicts as such.

pub mod revision;

use std::io::Write as _;
use std::process::{Command, Stdio};

use camino::Utf8Path;

use super::{Vcs, command};
use crate::error::{Error, Result};

/// The files below `root` that differ from the last commit, relative to it, untracked ones among them. `None` where there is no
/// repository, or no Git.
pub fn changed_files(root: &Utf8Path) -> Option<Vec<String>> {
    let prefix = prefix(root)?;
    let output = git(root)
        .args([
            "status",
            "--porcelain=v1",
            "-z",
            "--untracked-files=all",
            "--",
            ".",
        ])
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut entries = text.split('\0').filter(|entry| !entry.is_empty());
    let mut files = Vec::new();
    while let Some(entry) = entries.next() {
        let (state, path) = entry.split_at_checked(3)?;
        // Of a renamed file, the old name follows.
        if state.starts_with(['R', 'C']) {
            entries.next();
        }
        files.push(path.strip_prefix(&prefix).unwrap_or(path).to_owned());
    }
    Some(files)
}

/// The names of all files that any commit known here has below `folder` of `root`, on whatever branch, relative to `root`. Nothing where
/// there is no repository, or no Git.
pub fn names_in_history(root: &Utf8Path, folder: &Utf8Path) -> Vec<String> {
    let Some(prefix) = prefix(root) else {
        return Vec::new();
    };
    let output = git(root)
        // What a partial clone has left out must not be fetched for this.
        .env("GIT_NO_LAZY_FETCH", "1")
        .args(["-c", "core.quotePath=false", "log", "--all", "--format="])
        .args(["--name-only", "--no-renames", "--diff-filter=A", "-z", "--"])
        .arg(folder)
        .output();
    let Some(output) = output.ok().filter(|output| output.status.success()) else {
        return Vec::new();
    };
    let text = String::from_utf8_lossy(&output.stdout);
    let names = text.split('\0').map(|name| name.trim_matches('\n'));
    let mut names: Vec<String> = names
        .filter(|name| !name.is_empty())
        .map(|name| name.strip_prefix(&prefix).unwrap_or(name).to_owned())
        .collect();
    names.sort();
    names.dedup();
    names
}

/// A file that a person has to merge.
#[derive(Debug, Clone, Copy)]
pub struct Unmerged<'a> {
    /// Relative to the root of the project.
    pub path: &'a Utf8Path,
    /// As it was generated before.
    pub base: Option<&'a [u8]>,
    /// As the person had it.
    pub yours: Option<&'a [u8]>,
    /// As it is generated now.
    pub fresh: Option<&'a [u8]>,
}

/// Puts files into the index as unmerged, so that `git status` lists them and merge tools find all three versions. Does nothing where
/// there is no repository.
///
/// # Errors
/// Git refuses.
pub fn mark_unmerged(root: &Utf8Path, files: &[Unmerged<'_>]) -> Result<()> {
    let Some(prefix) = prefix(root).filter(|_| !files.is_empty()) else {
        return Ok(());
    };
    let mut index = String::new();
    for file in files {
        let path = format!("{prefix}{}", file.path);
        let sides = [(1, file.base), (2, file.yours), (3, file.fresh)];
        let mut ids = Vec::new();
        for (stage, bytes) in sides {
            if let Some(bytes) = bytes {
                let id = pipe(root, &["hash-object", "-w", "--stdin"], bytes)?;
                ids.push((stage, id.trim().to_owned()));
            }
        }
        // Mode 0 takes the merged entry out.
        let length = ids.first().map_or(40, |(_, id)| id.len());
        index.push_str(&format!("0 {}\t{path}\0", "0".repeat(length)));
        for (stage, id) in ids {
            index.push_str(&format!("100644 {id} {stage}\t{path}\0"));
        }
    }
    pipe(
        root,
        &["update-index", "-z", "--index-info"],
        index.as_bytes(),
    )
    .map(drop)
}

/// Takes files that are unmerged in the index back to the last commit there; the files themselves stay. Does nothing where there is no
/// repository, or none of them is unmerged.
///
/// # Errors
/// Git refuses.
pub fn forget_unmerged(root: &Utf8Path, paths: &[&Utf8Path]) -> Result<()> {
    let listed = git(root).args(["ls-files", "--unmerged", "-z"]).output();
    let Some(listed) = listed.ok().filter(|listed| listed.status.success()) else {
        return Ok(());
    };
    let text = String::from_utf8_lossy(&listed.stdout);
    let unmerged = text
        .split('\0')
        .filter_map(|entry| Some(entry.split_once('\t')?.1));
    let ours: Vec<_> = unmerged
        .filter(|path| paths.iter().any(|one| *one == *path))
        .collect();
    if ours.is_empty() {
        return Ok(());
    }
    let arguments: Vec<_> = ["reset", "--quiet", "--"].into_iter().chain(ours).collect();
    pipe(root, &arguments, b"").map(drop)
}

/// From the root of the repository to the project: `services/orders/`, or nothing.
fn prefix(root: &Utf8Path) -> Option<String> {
    let output = git(root)
        .args(["rev-parse", "--show-prefix"])
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output
        .status
        .success()
        .then(|| text.trim_end_matches(['\r', '\n']).to_owned())
}

fn git(root: &Utf8Path) -> Command {
    let mut command = command(Vcs::Git, root);
    // Asking must not take the lock that another command waits for.
    command.env("GIT_OPTIONAL_LOCKS", "0");
    command
}

fn pipe(root: &Utf8Path, arguments: &[&str], input: &[u8]) -> Result<String> {
    let shown = format!("git {}", arguments.join(" "));
    let failed =
        |error: std::io::Error| Error::failed(format!("cannot run `{shown}`")).caused_by(error);
    let mut child = command(Vcs::Git, root)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input).map_err(failed)?;
    }
    let output = child.wait_with_output().map_err(failed)?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(Error::failed(format!(
            "`{shown}` failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        ))),
    }
}
