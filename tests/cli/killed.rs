//! An update that is killed at any of its writes: the next command goes on, whichever write it was.
//!
//! What the update writes is taken from the journal that a real one leaves behind; each run that is killed is a process of its own.

use std::path::Path;
use std::process::{Command, Stdio};

use camino::Utf8PathBuf;
use cargo_kickoff::plan::exchange::{Exchange, exchange};

use crate::project::Project;
use crate::support::{Place, snapshot};

/// The variable that tells the helper what to do: at which step it is killed, and three folders.
const ORDER: &str = "KICKOFF_TEST_KILL_UPDATE";

/// A change that creates a migration, updates files and merges one.
const CHANGE: (&str, &str) = ("title = \"string(80)\"", "title = \"string(90)\"");

fn changed() -> Project {
    let project = Project::new();
    project.edit(
        "src/domain/item.rs",
        "impl From<Item>",
        "impl Item {\n    pub fn mine(&self) {}\n}\n\nimpl From<Item>",
    );
    project.commit();
    project.edit("kickoff.toml", CHANGE.0, CHANGE.1);
    project
}

/// The files of a project as a person sees them.
fn seen(root: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = snapshot(root).into_iter();
    let files = entries.filter_map(|(path, entry)| Some((path, entry.bytes?)));
    let is_inside = |path: &str| path.starts_with(".kickoff/") && path != ".kickoff/baseline";
    files.filter(|(path, _)| !is_inside(path)).collect()
}

#[test]
fn killed_at_any_write_the_next_update_goes_on() {
    let [before, after] = [changed(), changed()];
    after.update(&[], 0);
    let folders = [&before, &after].map(|project| project.place.root.join("shop"));
    let [old, new] = [seen(&folders[0]), seen(&folders[1])];
    assert_ne!(old, new);
    let mut finished = 0;
    for step in 0.. {
        let place = Place::new();
        let root = place.root.join("shop");
        for (path, bytes) in &old {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
            std::fs::write(path, bytes).expect("it is written");
        }
        if is_done_before(step, &root, &folders) {
            assert!(step > 20, "killed at all {step} steps");
            assert!(
                finished > 5,
                "the journal was written in {finished} of them"
            );
            assert_eq!(seen(&root), new);
            break;
        }
        let ran = place.run(&["update", "--manifest-path", "shop"]).expect(0);
        finished += usize::from(ran.stderr.contains("Finished an earlier update"));
        assert_eq!(seen(&root), new, "killed at step {step}");
        let left = std::fs::read_dir(root.join(".kickoff")).expect("a folder");
        let mut left: Vec<_> = left
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        left.sort();
        assert_eq!(left, ["backup", "baseline"], "killed at step {step}");
    }
}

/// Lets a process of its own update `root`, and kill itself before a step. Whether it came to the end before.
fn is_done_before(step: usize, root: &Path, folders: &[std::path::PathBuf; 2]) -> bool {
    let paths = [root, &folders[0], &folders[1]].map(|path| path.to_str().expect("Unicode"));
    let status = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "killed::helper_that_is_killed", "--nocapture"])
        .env(ORDER, format!("{step}\n{}", paths.join("\n")))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("it runs");
    status.success()
}

/// No test by itself: the process that is killed.
#[test]
fn helper_that_is_killed() {
    let Ok(order) = std::env::var(ORDER) else {
        return;
    };
    let words: Vec<&str> = order.split('\n').collect();
    let at: usize = words[0].parse().expect("a number");
    let [root, before, after] = [words[1], words[2], words[3]].map(Utf8PathBuf::from);
    let journal = std::fs::read_to_string(after.join(".kickoff/backup/journal.json"));
    let journal: serde_json::Value =
        serde_json::from_str(&journal.expect("a journal")).expect("JSON");
    let files: Vec<Exchange> = journal["files"]
        .as_array()
        .expect("files")
        .iter()
        .map(|line| {
            let path = Utf8PathBuf::from(line["path"].as_str().expect("a path"));
            Exchange {
                old: std::fs::read(before.join(&path)).ok(),
                new: std::fs::read(after.join(&path)).ok(),
                path,
            }
        })
        .collect();
    let mut steps = 0;
    exchange(&root, &files, |_| {
        if steps == at {
            std::process::abort();
        }
        steps += 1;
        Ok(())
    })
    .expect("it comes to the end");
}
