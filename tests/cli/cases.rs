//! The real binary against `tests/cases/<command>/<case>/`.
//!
//! A case is a folder: `case.toml` (what is run, and how it has to end), `in/` (what is there before), and what is expected:
//! `stdout.txt`, `stderr.txt`, `files.txt` (*everything* that is there afterwards: `+` new, `~` changed, `-` gone) and `out/`
//! (files whose text is compared). What is not there is expected to be empty. A run that fails, or that is told to write nothing,
//! must leave the disk as it was, times included. `SNAPSHOTS=overwrite cargo test --test cli` writes the expectations anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use snapbox::{Assert, Data};

use crate::support::{Entry, Place, Ran, snapshot};

/// What `case.toml` says.
struct Case {
    folder: PathBuf,
    /// The command line, without the program.
    args: Vec<String>,
    /// The exit code; 0 where it is not given.
    status: i32,
    /// Where it is run, below the root.
    dir: String,
    /// Variables.
    env: Vec<(String, String)>,
    /// The root is a Git repository.
    git: bool,
    /// The folder of the new member, which Cargo itself has to find.
    member: Option<String>,
}

impl Case {
    fn read(folder: &Path) -> Case {
        let text = std::fs::read_to_string(folder.join("case.toml")).expect("case.toml");
        let table: toml_edit::DocumentMut = text.parse().expect("case.toml is TOML");
        for (key, _) in table.iter() {
            assert!(
                ["args", "status", "dir", "env", "git", "member"].contains(&key),
                "{}: unknown key {key}",
                folder.display()
            );
        }
        let text = |item: &toml_edit::Item| item.as_str().expect("a string").to_owned();
        Case {
            folder: folder.to_owned(),
            args: table["args"]
                .as_array()
                .expect("args are an array")
                .iter()
                .map(|word| word.as_str().expect("a string").to_owned())
                .collect(),
            status: table
                .get("status")
                .and_then(toml_edit::Item::as_integer)
                .map_or(0, |code| i32::try_from(code).expect("an exit code")),
            dir: table.get("dir").map(text).unwrap_or_default(),
            env: table
                .get("env")
                .and_then(toml_edit::Item::as_table_like)
                .map(|variables| {
                    variables
                        .iter()
                        .map(|(name, value)| (name.to_owned(), text(value)))
                        .collect()
                })
                .unwrap_or_default(),
            git: table
                .get("git")
                .and_then(toml_edit::Item::as_bool)
                .unwrap_or_default(),
            member: table.get("member").map(text),
        }
    }

    /// Runs it; what is not as expected.
    fn check(&self) -> Vec<String> {
        let place = Place::new();
        let before = self.folder.join("in");
        if before.is_dir() {
            copy(&before, &place.root);
        }
        if self.git {
            std::fs::create_dir(place.root.join(".git")).expect("a folder");
        }
        let words: Vec<_> = self.args.iter().map(String::as_str).collect();
        let before = place.snapshot();
        let mut command = place.command(&words);
        command.current_dir(place.root.join(&self.dir));
        for (name, value) in &self.env {
            command.env(name, value);
        }
        let ran = Ran::of(command);
        let after = place.snapshot();

        let mut faults = Vec::new();
        if ran.code != Some(self.status) {
            faults.push(format!(
                "exit code {:?}, expected {}:\n{}",
                ran.code, self.status, ran.stderr
            ));
        }
        let writes = self.status == 0 && !words.contains(&"--dry-run") && !words.contains(&"-n");
        if !writes && before != after {
            faults.push("the disk is not as it was".to_owned());
        }
        self.compare("stdout.txt", &place.redact(&ran.stdout), &mut faults);
        self.compare("stderr.txt", &place.redact(&ran.stderr), &mut faults);
        self.compare("files.txt", &listing(&before, &after), &mut faults);
        self.compare_contents(&after, &mut faults);
        if let Some(member) = &self.member
            && ran.code == Some(0)
        {
            faults.extend(place.fault_of_member(member));
            if place.snapshot().keys().ne(after.keys()) {
                faults.push("Cargo had to add something".to_owned());
            }
        }
        faults
    }

    /// Compares with a file of the case; one that is not there is empty.
    fn compare(&self, name: &str, actual: &str, faults: &mut Vec<String>) {
        let assert = Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
        let path = self.folder.join(name);
        if actual.is_empty() && !path.exists() {
            return;
        }
        let overwrites = std::env::var_os(snapbox::assert::DEFAULT_ACTION_ENV)
            .is_some_and(|action| action == "overwrite");
        if actual.is_empty() && overwrites {
            std::fs::remove_file(path).expect("it exists");
            return;
        }
        let expected = Data::read_from(&path, Some(snapbox::data::DataFormat::Text));
        if let Err(error) = assert.try_eq(Some(&name), Data::text(actual), expected) {
            faults.push(error.to_string());
        }
    }

    fn compare_contents(&self, after: &BTreeMap<String, Entry>, faults: &mut Vec<String>) {
        let expected = self.folder.join("out");
        if !expected.is_dir() {
            return;
        }
        for path in snapshot(&expected).keys() {
            if path.is_empty() || path.ends_with('/') {
                continue;
            }
            match after.get(path).and_then(|entry| entry.bytes.clone()) {
                None => faults.push(format!("`{path}` is not there")),
                Some(bytes) => self.compare(
                    &format!("out/{path}"),
                    &String::from_utf8(bytes).expect("text"),
                    faults,
                ),
            }
        }
    }
}

/// All that is there, one a line, with what became of it.
fn listing(before: &BTreeMap<String, Entry>, after: &BTreeMap<String, Entry>) -> String {
    let mut lines = BTreeMap::new();
    for (path, entry) in after {
        let mark = match before.get(path) {
            None => '+',
            Some(old) if old.bytes != entry.bytes => '~',
            Some(_) => ' ',
        };
        // A folder is shown by what is in it, unless nothing is.
        let shown_by_others = path.is_empty()
            || path.ends_with('/')
                && after
                    .keys()
                    .any(|other| other != path && other.starts_with(path));
        if !shown_by_others {
            lines.insert(path, mark);
        }
    }
    for path in before.keys().filter(|path| !after.contains_key(*path)) {
        lines.insert(path, '-');
    }
    let mut text = String::new();
    for (path, mark) in lines {
        writeln!(text, "{mark} {path}").expect("memory");
    }
    text
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("a folder can be read");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            std::fs::create_dir_all(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<_> = std::fs::read_dir(path)
        .expect("a folder")
        .map(|entry| entry.expect("a folder can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

#[track_caller]
fn check(command: &str) {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut faults = Vec::new();
    for folder in folders(&cases.join(command)) {
        let name = folder.strip_prefix(&cases).expect("below").display();
        for fault in Case::read(&folder).check() {
            faults.push(format!("--- {name}\n{fault}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn new() {
    check("new");
}

#[test]
fn answers() {
    check("answers");
}

#[test]
fn workspace() {
    check("workspace");
}

#[test]
fn skeleton() {
    check("skeleton");
}

#[test]
fn other_commands() {
    check("other");
}

#[test]
fn no_case_is_forgotten() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let names: Vec<_> = folders(&cases)
        .iter()
        .map(|path| path.file_name().expect("a name").to_owned())
        .collect();
    assert_eq!(names, ["answers", "new", "other", "skeleton", "workspace"]);
}
