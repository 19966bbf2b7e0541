//! What Git knows about other moments and other branches. Only asked, never changed.

use std::io::Write as _;
use std::process::Stdio;

use camino::{Utf8Path, Utf8PathBuf};

use super::git;
use crate::error::{Error, Result};

/// A commit that changed a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Commit {
    /// The whole id.
    pub id: String,
    /// As short as it can be.
    pub short: String,
    /// Its day: `2026-01-31`.
    pub day: String,
}

/// The folder that holds the repository around `folder`; `None` where there is none, or no Git.
pub fn top_level(folder: &Utf8Path) -> Option<Utf8PathBuf> {
    let text = ask(folder, &["rev-parse", "--show-toplevel"])?;
    let path = text.trim_end_matches(['\r', '\n']);
    (!path.is_empty()).then(|| Utf8PathBuf::from(path))
}

/// The id of the commit that `name` stands for.
///
/// # Errors
/// There is none.
pub fn commit(root: &Utf8Path, name: &str) -> Result<String> {
    let wanted = format!("{name}^{{commit}}");
    ask(
        root,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &wanted,
        ],
    )
    .map(|id| id.trim().to_owned())
    .ok_or_else(|| {
        Error::usage(format!("Git knows no commit `{name}` in `{root}`")).hint(
            "name a branch, a tag or an id; in CI, fetch the branch first: `git fetch origin main`",
        )
    })
}

/// The last commit that the checked out branch and `commit` have in common.
///
/// # Errors
/// There is none, which is so in a clone without history.
pub fn common_ancestor(root: &Utf8Path, commit: &str) -> Result<String> {
    let found = ask(root, &["merge-base", "HEAD", commit]);
    found.map(|id| id.trim().to_owned()).ok_or_else(|| {
        Error::failed(format!(
            "Git does not know where `{commit}` and this branch parted"
        ))
        .hint(
            "fetch the history: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout",
        )
    })
}

/// The last commit that changed a file, `path` from `root`; `None` where there is none, as before the first commit.
pub fn last_change(root: &Utf8Path, path: &Utf8Path) -> Option<Commit> {
    let text = ask(
        root,
        &["log", "-1", "--format=%H %h %cs", "--", &literal(path)],
    )?;
    let mut words = text.split_whitespace().map(str::to_owned);
    Some(Commit {
        id: words.next()?,
        short: words.next()?,
        day: words.next()?,
    })
}

/// The paths of all files below `root` at a commit, from there.
pub fn paths_at(root: &Utf8Path, commit: &str) -> Vec<Utf8PathBuf> {
    entries_at(root, commit)
        .into_iter()
        .map(|(path, _)| path)
        .collect()
}

/// The files below `root` at a commit whose paths are wanted, with their bytes.
///
/// # Errors
/// Git fails.
pub fn files_at(
    root: &Utf8Path,
    commit: &str,
    is_wanted: impl Fn(&Utf8Path) -> bool,
) -> Result<Vec<(Utf8PathBuf, Vec<u8>)>> {
    let mut entries = entries_at(root, commit);
    entries.retain(|(path, _)| is_wanted(path));
    let ids: Vec<&str> = entries.iter().map(|(_, id)| id.as_str()).collect();
    let contents = contents(root, &ids)?;
    let paths = entries.iter().map(|(path, _)| path.clone());
    Ok(paths.zip(contents).collect())
}

/// The files below `root` that are tracked, or are new and not ignored. `None` where there is no repository, or no Git.
pub fn files_that_count(root: &Utf8Path) -> Option<Vec<Utf8PathBuf>> {
    let text = ask(
        root,
        &[
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ],
    )?;
    let paths = text.split('\0').filter(|path| !path.is_empty());
    Some(paths.map(Utf8PathBuf::from).collect())
}

/// Which of some files, as paths from `root`, are tracked and differ from the last commit. Nothing where there is no repository.
pub fn changed_among(root: &Utf8Path, paths: &[&Utf8Path]) -> Vec<Utf8PathBuf> {
    let literals: Vec<String> = paths.iter().map(|path| literal(path)).collect();
    let mut arguments = vec![
        "diff",
        "--name-only",
        "--relative",
        "-z",
        "--diff-filter=a",
        "HEAD",
        "--",
    ];
    arguments.extend(literals.iter().map(String::as_str));
    let text = ask(root, &arguments).unwrap_or_default();
    let paths = text.split('\0').filter(|path| !path.is_empty());
    paths.map(Utf8PathBuf::from).collect()
}

/// A path as Git takes it without looking for patterns in it.
fn literal(path: &Utf8Path) -> String {
    format!(":(literal){path}")
}

/// Files with the ids of their contents; links and submodules are none.
fn entries_at(root: &Utf8Path, commit: &str) -> Vec<(Utf8PathBuf, String)> {
    let text = ask(root, &["ls-tree", "-r", "-z", commit]).unwrap_or_default();
    let entry = |entry: &str| {
        let (head, path) = entry.split_once('\t')?;
        let mut words = head.split(' ');
        let is_file = words.next()?.starts_with("100") && words.next()? == "blob";
        is_file.then_some((Utf8PathBuf::from(path), words.next()?.to_owned()))
    };
    text.split('\0').filter_map(entry).collect()
}

/// The contents with these ids, in their order.
fn contents(root: &Utf8Path, ids: &[&str]) -> Result<Vec<Vec<u8>>> {
    let failed = |why: &str| Error::failed(format!("`git cat-file --batch` failed: {why}"));
    let mut child = git(root)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed("it cannot be run").caused_by(error))?;
    let asked: String = ids.iter().map(|id| format!("{id}\n")).collect();
    let stdin = child.stdin.take();
    // Git answers while it is asked: who only asks first waits for ever.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(asked.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(|error| failed("it broke off").caused_by(error))?;
    let mut rest = output.stdout.as_slice();
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        // `ID blob SIZE`, the bytes, a line end.
        let end = rest.iter().position(|byte| *byte == b'\n');
        let head = end.map(|end| String::from_utf8_lossy(&rest[..end]).into_owned());
        let size = head
            .as_deref()
            .and_then(|head| head.rsplit(' ').next()?.parse::<usize>().ok());
        let start = end.map_or(0, |end| end + 1);
        let bytes = size.and_then(|size| rest.get(start..start + size));
        let bytes = bytes.ok_or_else(|| failed(&format!("it does not know `{id}`")))?;
        found.push(bytes.to_vec());
        rest = &rest[(start + bytes.len() + 1).min(rest.len())..];
    }
    Ok(found)
}

/// What Git says, if it does.
fn ask(root: &Utf8Path, arguments: &[&str]) -> Option<String> {
    let output = git(root)
        // What a partial clone has left out must not be fetched for a question.
        .env("GIT_NO_LAZY_FETCH", "1")
        .args(arguments)
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}
