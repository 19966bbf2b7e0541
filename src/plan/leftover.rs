//! What runs that were killed leave behind, and how it is told from what other people put there.
//!
//! A staging folder has a name of its own form (`.orders.kickoff-<process>-<random>`) and a marker file in it, written before anything
//! else. Both are asked for, and that the process is gone, before anything is removed.

use std::fs;
use std::io::Write;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use crate::workspace::paths::with_slashes;

/// The folder in a staging folder that holds the tree until it is put in place.
pub(super) const TREE: &str = "tree";
const MARKER: &str = "kickoff-staging.json";
/// A run takes a fraction of a second: after this, another process has got the number.
const LONGEST_RUN: Duration = Duration::from_secs(60 * 60);

/// The marker in a staging folder.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Marker {
    process: u32,
    target: String,
    files: Vec<String>,
}

impl Marker {
    /// The marker of this process for a tree of `files` in `target`.
    pub(super) fn new(target: &Utf8Path, files: Vec<String>) -> Marker {
        Marker {
            process: std::process::id(),
            target: with_slashes(target),
            files,
        }
    }

    /// Writes it, so that it is there before what it tells of.
    pub(super) fn write(&self, staging: &Utf8Path) -> std::io::Result<()> {
        let mut file = fs::File::create_new(staging.join(MARKER))?;
        file.write_all(serde_json::to_string(self)?.as_bytes())?;
        file.flush()
    }
}

/// How the name of a staging folder for `target` begins, before the number of the process.
pub(super) fn name_prefix(target: &Utf8Path) -> String {
    // Names can be 255 bytes long; the beginning is enough to recognise it by.
    let name: String = target
        .file_name()
        .unwrap_or_default()
        .chars()
        .take(40)
        .collect();
    format!(".{name}.kickoff-")
}

/// Whether a run that was killed had already put the whole tree into `target`.
pub(super) fn was_placed(target: &Utf8Path) -> bool {
    of_dead_runs(target).iter().any(|staging| {
        let files = read_marker(staging).map(|marker| marker.files);
        let are_there = |files: Vec<String>| {
            !files.is_empty() && files.iter().all(|path| target.join(path).exists())
        };
        !staging.join(TREE).exists() && files.is_some_and(are_there)
    })
}

/// The staging folder in the target itself, which a killed run left while it was filling the target.
pub(super) fn inside(target: &Utf8Path) -> Option<Utf8PathBuf> {
    candidates(target, target).into_iter().next()
}

/// Whether nothing is in the target but what runs left that were killed before they began to fill it.
pub(super) fn is_only_leftovers(target: &Utf8Path) -> bool {
    let Ok(mut entries) = target.read_dir_utf8() else {
        return false;
    };
    entries.all(|entry| entry.is_ok_and(|entry| is_abandoned(entry.path(), target)))
}

/// Removes what killed runs for this target left. What cannot be removed stays: it is no reason to fail.
pub(super) fn sweep(target: &Utf8Path) {
    for staging in of_dead_runs(target) {
        // In the target, it can hold what is missing there.
        let holds_the_rest = staging.starts_with(target)
            && staging.join(TREE).exists()
            && !is_only_leftovers(target);
        if !holds_the_rest {
            let _ = remove(&staging);
        }
    }
}

/// Removes a staging folder, its marker last, so that it is recognised until nothing is left in it.
pub(super) fn remove(staging: &Utf8Path) -> std::io::Result<()> {
    for entry in staging.read_dir_utf8()? {
        let entry = entry?;
        if entry.file_name() == MARKER {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            false => fs::remove_file(entry.path())?,
        }
    }
    match fs::remove_file(staging.join(MARKER)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => fs::remove_dir(staging),
    }
}

/// The staging folders for this target, in any folder above it (the place depends on the workspace), whose process is gone.
fn of_dead_runs(target: &Utf8Path) -> Vec<Utf8PathBuf> {
    target
        .ancestors()
        .flat_map(|folder| candidates(folder, target))
        .filter(|staging| is_abandoned(staging, target))
        .collect()
}

fn candidates(folder: &Utf8Path, target: &Utf8Path) -> Vec<Utf8PathBuf> {
    let prefix = name_prefix(target);
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_name().starts_with(&prefix))
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter(|entry| process_in_name(entry.file_name(), &prefix).is_some())
        .map(|entry| entry.path().to_owned())
        .collect()
}

fn process_in_name(name: &str, prefix: &str) -> Option<u32> {
    let (process, random) = name.strip_prefix(prefix)?.split_once('-')?;
    (random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        .then(|| process.parse().ok())?
}

fn is_abandoned(staging: &Utf8Path, target: &Utf8Path) -> bool {
    let name = staging.file_name().unwrap_or_default();
    let Some(in_name) = process_in_name(name, &name_prefix(target)) else {
        return false;
    };
    let is_ours = match read_marker(staging) {
        Some(marker) => marker.process == in_name && marker.target == with_slashes(target),
        // Killed before or while the marker was written: nothing else is in it then.
        None => holds_at_most_a_marker(staging),
    };
    is_ours && (!is_running(in_name) || is_old(staging))
}

fn read_marker(staging: &Utf8Path) -> Option<Marker> {
    let text = fs::read_to_string(staging.join(MARKER)).ok()?;
    serde_json::from_str(&text).ok()
}

fn holds_at_most_a_marker(staging: &Utf8Path) -> bool {
    let Ok(mut entries) = staging.read_dir_utf8() else {
        return false;
    };
    entries.all(|entry| entry.is_ok_and(|entry| entry.file_name() == MARKER))
}

fn is_old(staging: &Utf8Path) -> bool {
    let modified = fs::symlink_metadata(staging).and_then(|metadata| metadata.modified());
    modified.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > LONGEST_RUN))
}

/// Best effort: where it cannot be told, it counts as running, and the age decides.
pub(super) fn is_running(process: u32) -> bool {
    if cfg!(target_os = "linux") {
        return Utf8Path::new("/proc").join(process.to_string()).exists();
    }
    let mut command = match cfg!(windows) {
        true => std::process::Command::new("tasklist"),
        false => std::process::Command::new("kill"),
    };
    match cfg!(windows) {
        true => command.args(["/NH", "/FI", &format!("PID eq {process}")]),
        false => command.args(["-0", &process.to_string()]),
    };
    match command.output() {
        Ok(output) if cfg!(windows) => {
            String::from_utf8_lossy(&output.stdout).contains(&process.to_string())
        }
        Ok(output) => output.status.success(),
        Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        (folder, path)
    }

    /// No process has this number: the highest is far lower.
    const GONE: u32 = 4_000_000_000;

    fn leave(folder: &Utf8Path, process: u32, marker: Option<&str>) -> Utf8PathBuf {
        let staging = folder.join(format!(".orders.kickoff-{process}-a1B2c3"));
        fs::create_dir_all(staging.join(TREE)).unwrap();
        fs::write(staging.join(TREE).join("x"), "x").unwrap();
        if let Some(target) = marker {
            let marker = Marker {
                process,
                target: target.to_owned(),
                files: Vec::new(),
            };
            marker.write(&staging).unwrap();
        }
        staging
    }

    #[track_caller]
    fn check(process: u32, target_in_marker: Option<&str>, is_removed: bool) {
        let (_keep, folder) = folder();
        let target = folder.join("orders");
        let in_marker = target_in_marker.map(|name| with_slashes(&folder.join(name)));
        let staging = leave(&folder, process, in_marker.as_deref());
        sweep(&target);
        assert_eq!(!staging.exists(), is_removed);
    }

    #[test]
    fn only_what_is_ours_and_abandoned_is_removed() {
        check(GONE, Some("orders"), true);
        check(GONE, Some("billing"), false);
        check(GONE, None, false);
        check(std::process::id(), Some("orders"), false);
    }

    #[test]
    fn what_only_looks_alike_is_left_alone() {
        let (_keep, folder) = folder();
        for name in [
            ".orders.kickoff-notes",
            ".orders.kickoff-4000000000-toolong",
            ".orders.kickoff-x-a1B2c3",
        ] {
            fs::create_dir(folder.join(name)).unwrap();
        }
        sweep(&folder.join("orders"));
        assert_eq!(folder.read_dir_utf8().unwrap().count(), 3);
    }
}
