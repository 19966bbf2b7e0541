//! An exchange of files that is killed or fails at any moment leaves the old files or the new ones, and the next run goes on.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[expect(dead_code, reason = "the other tests use the rest")]
mod apply_support;

use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use apply_support::{Disk, Picture};
use camino::Utf8Path;
use cargo_kickoff::plan::exchange::{
    Exchange, Recovered, exchange, exchange_without_backup, recover, way_back,
};

const BEFORE: [(&str, &str); 5] = [
    (".kickoff/baseline", "before"),
    ("src/changed.rs", "old\n"),
    ("src/gone/only.rs", "dropped\n"),
    ("src/kept.rs", "kept\n"),
    ("crlf.txt", "a\r\n"),
];

fn files() -> Vec<Exchange> {
    let file = |path: &str, old: Option<&str>, new: Option<&str>| Exchange {
        path: path.into(),
        old: old.map(|text| text.as_bytes().to_vec()),
        new: new.map(|text| text.as_bytes().to_vec()),
    };
    vec![
        file("src/changed.rs", Some("old\n"), Some("new\n")),
        file("src/gone/only.rs", Some("dropped\n"), None),
        file("src/deep/er/made.rs", None, Some("made\n")),
        file("crlf.txt", Some("a\r\n"), Some("b\r\n")),
        file(".kickoff/baseline", Some("before"), Some("after")),
    ]
}

/// What a person sees: the files, without the folder in which exchanges are prepared and kept.
fn seen(disk: &Disk) -> Picture {
    let mut picture = disk.picture();
    picture.retain(|path, _| {
        let inside = path.strip_prefix(".kickoff/");
        inside.is_none_or(|path| path == "baseline")
    });
    picture
}

fn leftovers(disk: &Disk) -> Vec<String> {
    let paths = disk.picture().into_keys();
    paths
        .filter(|path| path.starts_with(".kickoff/staging-") || path.starts_with(".kickoff/update"))
        .collect()
}

/// The old and the new files.
fn pictures() -> (Picture, Picture) {
    let disk = Disk::new(&BEFORE);
    let old = seen(&disk);
    exchange(&disk.root, &files(), |_| Ok(())).unwrap();
    (old, seen(&disk))
}

fn steps() -> usize {
    let disk = Disk::new(&BEFORE);
    let count = Cell::new(0);
    exchange(&disk.root, &files(), |_| {
        count.set(count.get() + 1);
        Ok(())
    })
    .unwrap();
    count.get()
}

#[test]
fn all_of_it_is_exchanged() {
    let (old, new) = pictures();
    assert_ne!(old, new);
    let disk = Disk::new(&BEFORE);
    exchange(&disk.root, &files(), |_| Ok(())).unwrap();
    let read = |path: &str| std::fs::read_to_string(disk.root.join(path)).ok();
    assert_eq!(read("src/changed.rs").as_deref(), Some("new\n"));
    assert_eq!(read("src/deep/er/made.rs").as_deref(), Some("made\n"));
    assert_eq!(read("crlf.txt").as_deref(), Some("b\r\n"));
    assert_eq!(read("src/kept.rs").as_deref(), Some("kept\n"));
    assert!(!disk.root.join("src/gone").exists());
    assert_eq!(leftovers(&disk), [""; 0]);
    assert_eq!(read(".kickoff/backup/.gitignore").as_deref(), Some("*\n"));
}

#[test]
fn a_failure_at_any_step_leaves_everything_as_it_was() {
    let (old, new) = pictures();
    for failing in 0..steps() {
        let disk = Disk::new(&BEFORE);
        let count = Cell::new(0);
        let result = exchange(&disk.root, &files(), |_| {
            count.set(count.get() + 1);
            match count.get() > failing {
                true => Err(io::Error::other("no more space")),
                false => Ok(()),
            }
        });
        assert!(result.is_err());
        let found = seen(&disk);
        // The last two steps only tidy up.
        let expected = if failing + 2 < steps() { &old } else { &new };
        assert_eq!(&found, expected, "step {failing}");
        recover(&disk.root).unwrap();
        assert_eq!(leftovers(&disk), [""; 0], "step {failing}");
        assert_eq!(&seen(&disk), expected);
    }
}

/// A panic in a step ends the run as a signal would: nothing is tidied up.
fn kill_at(root: &Utf8Path, files: &[Exchange], step: usize) {
    let count = Cell::new(0);
    let run = AssertUnwindSafe(|| {
        exchange(root, files, |_| {
            count.set(count.get() + 1);
            assert!(count.get() <= step, "killed");
            Ok(())
        })
    });
    assert!(catch_unwind(run).is_err(), "step {step}");
}

#[test]
fn killed_at_any_step_the_next_run_goes_on() {
    let (old, new) = pictures();
    for step in 0..steps() {
        let disk = Disk::new(&BEFORE);
        kill_at(&disk.root, &files(), step);
        let recovered = recover(&disk.root).unwrap();
        let found = seen(&disk);
        match recovered {
            None => assert_eq!(found, old, "step {step}"),
            Some(Recovered::Finished) => assert_eq!(found, new, "step {step}"),
            Some(Recovered::GoneBack) => panic!("nobody changed anything"),
        }
        assert_eq!(leftovers(&disk), [""; 0], "step {step}");
        if recovered.is_none() {
            exchange(&disk.root, &files(), |_| Ok(())).unwrap();
            assert_eq!(seen(&disk), new, "step {step}");
        }
        assert_eq!(recover(&disk.root).unwrap(), None);
    }
}

#[test]
fn what_somebody_changed_after_a_kill_is_theirs() {
    let (old, _) = pictures();
    for step in 0..steps() {
        let disk = Disk::new(&BEFORE);
        kill_at(&disk.root, &files(), step);
        disk.write("crlf.txt", "mine");
        let recovered = recover(&disk.root).unwrap();
        assert_ne!(recovered, Some(Recovered::Finished), "step {step}");
        let mut expected = old.clone();
        let mode = expected["crlf.txt"].0;
        expected.insert("crlf.txt".to_owned(), (mode, b"mine".to_vec()));
        assert_eq!(seen(&disk), expected, "step {step}");
        assert_eq!(leftovers(&disk), [""; 0], "step {step}");
    }
}

#[test]
fn it_is_undone_and_done_again() {
    let (old, new) = pictures();
    let disk = Disk::new(&BEFORE);
    exchange(&disk.root, &files(), |_| Ok(())).unwrap();
    for expected in [&old, &new, &old] {
        let back = way_back(&disk.root).unwrap();
        exchange(&disk.root, &back, |_| Ok(())).unwrap();
        assert_eq!(&seen(&disk), expected);
    }
}

#[test]
fn what_was_changed_since_is_not_undone() {
    let disk = Disk::new(&BEFORE);
    let error = way_back(&disk.root).unwrap_err();
    assert_eq!(error.message, "there is no update to undo");
    exchange(&disk.root, &files(), |_| Ok(())).unwrap();
    disk.write("src/changed.rs", "mine\n");
    let before = disk.picture();
    let error = way_back(&disk.root).unwrap_err();
    assert!(error.message.contains("`src/changed.rs`"), "{error}");
    assert_eq!(disk.picture(), before);
}

#[test]
fn a_file_that_changed_since_it_was_read_stops_all_of_it() {
    let disk = Disk::new(&BEFORE);
    disk.write("src/deep/er/made.rs", "somebody's\n");
    let before = disk.picture();
    let error = exchange(&disk.root, &files(), |_| Ok(())).unwrap_err();
    assert_eq!(error.code, cargo_kickoff::error::exit::CONFLICT);
    assert_eq!(disk.picture(), before);
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_links_are_not_followed() {
    use std::os::unix::fs::PermissionsExt as _;
    let disk = Disk::new(&BEFORE);
    let script = disk.root.join("src/changed.rs");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    exchange(&disk.root, &files(), |_| Ok(())).unwrap();
    assert_eq!(
        script.metadata().unwrap().permissions().mode() & 0o777,
        0o755
    );

    let disk = Disk::new(&BEFORE);
    disk.write("outside/kept.rs", "old\n");
    std::fs::remove_file(disk.root.join("src/changed.rs")).unwrap();
    std::os::unix::fs::symlink("../outside/kept.rs", disk.root.join("src/changed.rs")).unwrap();
    let before = disk.picture();
    exchange(&disk.root, &files(), |_| Ok(())).unwrap_err();
    assert_eq!(disk.picture(), before);
}

#[test]
fn a_journal_that_leads_out_of_the_project_is_refused() {
    let disk = Disk::new(&BEFORE);
    disk.write(
        ".kickoff/update/journal.json",
        "{\"process\":4000000000,\"files\":[{\"path\":\"../x\",\"old\":null,\"new\":null}]}",
    );
    let error = recover(&disk.root).unwrap_err();
    assert!(error.message.contains("`../x`"), "{error}");
}

#[test]
fn without_a_backup_nothing_of_ours_is_left() {
    // A repository of others has no folder of ours.
    let (before, files) = (&BEFORE[1..], &files()[..4]);
    let disk = Disk::new(before);
    let old = disk.picture();
    exchange_without_backup(&disk.root, files, |_| Ok(())).unwrap();
    let new = disk.picture();
    assert_ne!(old, new);
    for step in 0.. {
        let disk = Disk::new(before);
        let count = Cell::new(0);
        let run = AssertUnwindSafe(|| {
            exchange_without_backup(&disk.root, files, |_| {
                count.set(count.get() + 1);
                assert!(count.get() <= step, "killed");
                Ok(())
            })
        });
        let is_done = catch_unwind(run).is_ok();
        recover(&disk.root).unwrap();
        let found = disk.picture();
        assert!(found == new || found == old && !is_done, "step {step}");
        if is_done {
            break;
        }
    }
}
