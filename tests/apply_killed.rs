//! A run that is killed or fails at any moment leaves the old disk or the new one, and the next run completes it.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod apply_support;

use std::io;
use std::process::Command;

use apply_support::{Disk, Picture, options, paths, picture, plan, tree};
use camino::{Utf8Path, Utf8PathBuf};
use cargo_kickoff::plan::{Edit, Plan, Step, apply};

const LISTED: &str = "[workspace]\nresolver = \"3\"\nmembers = [\n    \"a\", # the a\n]\n";
const BY_PATTERN: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n";
const A: &str = "[package]\nname = \"a\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";

/// What is on the disk before, and where the tree goes.
struct Scene {
    files: &'static [(&'static str, &'static str)],
    target: &'static str,
    /// Whether the person stands in the target.
    stands_in_target: bool,
}

const SCENES: [Scene; 8] = [
    Scene {
        files: &[],
        target: "orders",
        stands_in_target: false,
    },
    Scene {
        files: &[("x/y/orders/", "")],
        target: "x/y/orders",
        stands_in_target: false,
    },
    Scene {
        files: &[("keep", "keep")],
        target: "new/folder/orders",
        stands_in_target: false,
    },
    Scene {
        files: &[
            ("Cargo.toml", LISTED),
            ("a/Cargo.toml", A),
            ("a/src/lib.rs", ""),
        ],
        target: "services/orders",
        stands_in_target: false,
    },
    Scene {
        files: &[
            ("Cargo.toml", BY_PATTERN),
            ("crates/a/Cargo.toml", A),
            ("crates/a/src/lib.rs", ""),
        ],
        target: "crates/orders",
        stands_in_target: false,
    },
    Scene {
        files: &[("orders/", "")],
        target: "orders",
        stands_in_target: true,
    },
    Scene {
        files: &[
            ("Cargo.toml", LISTED),
            ("a/Cargo.toml", A),
            ("a/src/lib.rs", ""),
            ("orders/", ""),
        ],
        target: "orders",
        stands_in_target: false,
    },
    Scene {
        files: &[
            ("Cargo.toml", LISTED),
            ("a/Cargo.toml", A),
            ("a/src/lib.rs", ""),
            ("orders/", ""),
        ],
        target: "orders",
        stands_in_target: true,
    },
];

impl Scene {
    fn disk(&self) -> Disk {
        Disk::new(self.files)
    }

    fn current_dir(&self, target: &Utf8Path) -> Option<Utf8PathBuf> {
        self.stands_in_target.then(|| target.to_owned())
    }

    /// The whole disk after a run that nobody disturbs.
    fn done(&self) -> Picture {
        let disk = self.disk();
        self.run(&disk.root, |_| Ok(())).expect("nobody disturbs");
        disk.picture()
    }

    fn run(
        &self,
        root: &Utf8Path,
        fault: impl FnMut(&Step<'_>) -> io::Result<()>,
    ) -> cargo_kickoff::error::Result<()> {
        let target = root.join(self.target);
        let current_dir = self.current_dir(&target);
        apply(&plan(&target)?, &options(current_dir.as_deref()), fault).map(drop)
    }
}

#[test]
fn an_error_at_any_step_leaves_the_disk_as_it_was() {
    for scene in SCENES {
        let done = scene.done();
        let mut at = 0;
        loop {
            let disk = scene.disk();
            let before = disk.picture();
            let mut steps = 0;
            let mut failed = String::new();
            let result = scene.run(&disk.root, |step| {
                steps += 1;
                if steps == at + 1 {
                    failed = format!("{step:?}");
                    return Err(io::Error::other("the disk is full"));
                }
                Ok(())
            });
            if failed.is_empty() {
                assert!(at >= 10, "all {at} steps failed once");
                break;
            }
            match result {
                Err(_) => assert_eq!(disk.picture(), before, "{failed}"),
                // Everything was in place already: a folder too many is no reason to undo it.
                Ok(()) => {
                    assert_eq!(failed, "RemoveStaging");
                    let found = disk.picture();
                    assert!(
                        done.iter()
                            .all(|(path, entry)| found.get(path) == Some(entry))
                    );
                }
            }
            at += 1;
        }
    }
}

#[test]
fn an_error_after_a_file_was_replaced_puts_its_text_back() {
    let disk = Disk::new(&[("one.toml", "one"), ("two.toml", "two")]);
    let before = disk.picture();
    let edit = |path: &str, old: &str| Edit {
        path: disk.root.join(path),
        old: old.to_owned(),
        new: "new".to_owned(),
    };
    let edits = vec![edit("one.toml", "one"), edit("two.toml", "two")];
    let plan = Plan::new(&disk.root.join("orders"), &tree(), edits).unwrap();
    let error = apply(&plan, &options(None), |step| match step {
        Step::CommitEdit(path) if path.ends_with("two.toml") => {
            assert_eq!(std::fs::read_to_string(disk.root.join("one.toml"))?, "new");
            Err(io::Error::other("the disk is full"))
        }
        _ => Ok(()),
    })
    .expect_err("the second fails");
    assert_eq!(error.hints, [""; 0], "undoing worked");
    assert_eq!(disk.picture(), before);
}

#[test]
fn killed_at_any_step_it_leaves_the_old_or_the_new_and_is_completed() {
    for (number, scene) in SCENES.iter().enumerate() {
        let done = scene.done();
        for at in 0.. {
            let disk = scene.disk();
            let before = disk.picture();
            if run_and_kill(number, &disk.root, at) {
                assert!(at >= 10, "killed at all {at} steps");
                assert_eq!(disk.picture(), done);
                break;
            }
            check_old_or_new(scene, &disk, &before, &done, at);
            scene
                .run(&disk.root, |_| Ok(()))
                .expect("the next run completes it");
            assert_eq!(disk.picture(), done, "scene {number} killed at step {at}");
        }
    }
}

/// Killed while it filled the folder in which the person stands: nothing is guessed, nothing is removed.
#[test]
fn a_folder_that_was_being_filled_is_refused() {
    let scene = &SCENES[5];
    let disk = scene.disk();
    let at = step_number(scene, "PutInPlace");
    assert!(!run_and_kill(5, &disk.root, at));
    let target = disk.root.join(scene.target);
    let staging = target.read_dir_utf8().unwrap().next().unwrap().unwrap();
    let staged = staging.path().join("tree/Cargo.toml");
    std::fs::rename(staged, target.join("Cargo.toml")).unwrap();
    let before = disk.picture();
    let error = plan(&target).expect_err("half a tree");
    assert!(
        error.hints[0].contains("an earlier run was killed"),
        "{error:?}"
    );
    assert_eq!(disk.picture(), before);
}

/// A pattern keeps the staging folder out of `crates`, which lies on another file system here.
#[cfg(target_os = "linux")]
#[test]
fn a_tree_can_be_staged_on_another_file_system() {
    use std::os::unix::fs::MetadataExt;
    let Ok(memory) = tempfile::tempdir_in("/dev/shm") else {
        return;
    };
    let disk = Disk::new(&[("Cargo.toml", BY_PATTERN)]);
    if memory.path().metadata().unwrap().dev() == disk.root.metadata().unwrap().dev() {
        return;
    }
    std::os::unix::fs::symlink(memory.path(), disk.root.join("crates")).unwrap();
    let edit = Edit {
        path: disk.root.join("Cargo.toml"),
        old: BY_PATTERN.to_owned(),
        new: LISTED.to_owned(),
    };
    let target = disk.root.join("crates/orders");
    let plan = Plan::new(&target, &tree(), vec![edit]).unwrap();
    let before = disk.picture();
    let fails = |step: &Step<'_>| match step {
        Step::CommitEdit(_) => Err(io::Error::other("the disk is full")),
        _ => Ok(()),
    };
    apply(&plan, &options(None), fails).expect_err("the edit fails");
    assert_eq!(disk.picture(), before);
    assert_eq!(memory.path().read_dir().unwrap().count(), 0);
    apply(&plan, &options(None), |_| Ok(())).unwrap();
    let alone = Disk::new(&[]);
    SCENES[0].run(&alone.root, |_| Ok(())).unwrap();
    assert_eq!(picture(&target), picture(&alone.root.join("orders")));
    let names: Vec<_> = disk.picture().into_keys().collect();
    assert_eq!(names, ["Cargo.toml", "crates"], "no staging folder is left");
}

/// At which step of an undisturbed run something happens.
fn step_number(scene: &Scene, name: &str) -> usize {
    let mut names = Vec::new();
    scene
        .run(&scene.disk().root, |step| {
            names.push(format!("{step:?}"));
            Ok(())
        })
        .unwrap();
    names
        .iter()
        .position(|step| step.starts_with(name))
        .unwrap()
}

/// Every visible file is as before or as after, the tree is whole or not there, and Cargo can read the workspace.
#[track_caller]
fn check_old_or_new(scene: &Scene, disk: &Disk, before: &Picture, done: &Picture, at: usize) {
    let visible: Picture = disk
        .picture()
        .into_iter()
        .filter(|(path, _)| !path.contains(".kickoff-"))
        .collect();
    let is_in_tree = |path: &str| Utf8Path::new(path).starts_with(scene.target);
    let tree = |picture: &Picture| -> Picture {
        let entries = picture.iter().filter(|(path, _)| is_in_tree(path));
        entries
            .map(|(path, entry)| (path.clone(), entry.clone()))
            .collect()
    };
    let found = tree(&visible);
    assert!(
        found == tree(before) || found == tree(done),
        "half a tree at step {at}"
    );
    for (path, entry) in visible.iter().filter(|(path, _)| !is_in_tree(path)) {
        let known = [before.get(path), done.get(path)];
        assert!(known.contains(&Some(entry)), "{path} at step {at}");
    }
    let manifest = disk.root.join("Cargo.toml");
    if manifest.exists() {
        let output = Command::new(env!("CARGO"))
            .args([
                "metadata",
                "--no-deps",
                "--offline",
                "--format-version",
                "1",
            ])
            .current_dir(&disk.root)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "the workspace is broken at step {at}: {said}"
        );
    }
}

/// A process of its own, which kills itself before step `at`. Whether it came to the end before.
fn run_and_kill(scene: usize, root: &Utf8Path, at: usize) -> bool {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "helper_that_is_killed", "--nocapture"])
        .env("KICKOFF_TEST_KILL", format!("{scene} {at} {root}"))
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap();
    status.success()
}

/// No test by itself: the process that `run_and_kill` starts.
#[test]
fn helper_that_is_killed() {
    let Ok(order) = std::env::var("KICKOFF_TEST_KILL") else {
        return;
    };
    let mut words = order.splitn(3, ' ');
    let scene: usize = words.next().unwrap().parse().unwrap();
    let at: usize = words.next().unwrap().parse().unwrap();
    let root = Utf8PathBuf::from(words.next().unwrap());
    let mut steps = 0;
    let result = SCENES[scene].run(&root, |_| {
        if steps == at {
            std::process::abort();
        }
        steps += 1;
        Ok(())
    });
    result.expect("it comes to the end");
}

/// The tree is there, the membership is not: the next run adds it and keeps what a person has changed since.
#[test]
fn completing_keeps_what_a_person_has_written_since() {
    let scene = &SCENES[3];
    let disk = scene.disk();
    let at = step_number(scene, "CommitEdit");
    assert!(!run_and_kill(3, &disk.root, at));
    let target = disk.root.join(scene.target);
    disk.write("services/orders/src/main.rs", "fn main() { mine(); }\n");
    disk.write("services/orders/mine.rs", "fn mine() {}\n");
    let before = picture(&target);
    let plan = plan(&target).unwrap();
    assert!(plan.completes_an_earlier_run());
    let words: Vec<_> = plan
        .files()
        .iter()
        .map(|file| file.verdict.word())
        .collect();
    assert_eq!(
        words,
        [
            "unchanged",
            "unchanged",
            "unchanged",
            "kept",
            "unchanged",
            "edit"
        ]
    );
    apply(&plan, &options(None), |_| Ok(())).unwrap();
    assert_eq!(picture(&target), before);
    let manifest = std::fs::read_to_string(disk.root.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("\"services/orders\""), "{manifest}");
    let picture = disk.picture();
    assert!(
        !paths(&picture)
            .iter()
            .any(|path| path.contains(".kickoff-"))
    );
}
