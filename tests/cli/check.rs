//! `cargo kickoff check`: each rule is broken in a generated project, and none is in a fresh one.

mod broken;
mod exceptions;
mod sarif;
mod shown;

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::support::{Place, Ran};

/// The answers of a small service with records. It has no open question and owes nothing but what nobody chose.
const ANSWERS: &str = "\
format = 1

[service]
name = \"shop\"
created = \"2026-11-25\"

[responsibility]
purpose = \"Sell things\"

[capability.\"selling things\"]
entities = [\"Tag\", \"Item\"]

[entity.Tag]
deletion = \"never\"

[entity.Tag.fields]
name = \"string(40) unique\"

[entity.Item.fields]
title = \"string(80)\"
tag = \"-> Tag\"

[ownership]
database-owner = \"@acme/data\"
schema-owner = \"@acme/data\"
caching-owner = \"@acme/data\"
caching = \"none\"
errors-owner = \"@acme/data\"
";

/// A project of its own for each test, copied from one that was generated once.
pub(crate) struct Shop {
    place: Place,
}

/// What was found, as JSON has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    pub(crate) code: String,
    pub(crate) level: String,
    pub(crate) subject: String,
    /// The files of its places.
    pub(crate) files: Vec<String>,
    pub(crate) helps: usize,
}

impl Shop {
    pub(crate) fn new() -> Shop {
        static FRESH: OnceLock<Place> = OnceLock::new();
        let fresh = FRESH.get_or_init(|| {
            let place = Place::new();
            place.write("answers.toml", ANSWERS);
            let arguments = [
                "new",
                "shop",
                "--answers",
                "answers.toml",
                "--yes",
                "--vcs",
                "none",
            ];
            place.run(&arguments).expect(0);
            place
        });
        let place = Place::new();
        copy(&fresh.root.join("shop"), &place.root.join("shop"));
        Shop { place }
    }

    pub(crate) fn read(&self, path: &str) -> String {
        self.place.read(&format!("shop/{path}"))
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        self.place.write(&format!("shop/{path}"), text);
    }

    pub(crate) fn append(&self, path: &str, text: &str) {
        self.write(path, &(self.read(path) + text));
    }

    #[track_caller]
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replacen(from, to, 1));
    }

    pub(crate) fn remove(&self, path: &str) {
        std::fs::remove_file(self.place.root.join("shop").join(path)).expect("it is there");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.place.command(arguments);
        command.current_dir(self.place.root.join("shop"));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments))
    }

    /// On the day of `epoch`, if one is given.
    pub(crate) fn check(&self, arguments: &[&str], epoch: Option<&str>) -> Ran {
        let all: Vec<_> = ["check"].iter().chain(arguments).copied().collect();
        let mut command = self.command(&all);
        if let Some(epoch) = epoch {
            command.env("SOURCE_DATE_EPOCH", epoch);
        }
        Ran::of(command)
    }

    pub(crate) fn found(&self, epoch: Option<&str>) -> Vec<Found> {
        found(&self.check(&["--message-format", "json"], epoch))
    }
}

/// Reads what `--message-format json` printed.
#[track_caller]
pub(crate) fn found(ran: &Ran) -> Vec<Found> {
    let lines: Vec<Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let (last, all) = lines.split_last().expect("a sum");
    assert_eq!(
        last["reason"], "check-finished",
        "{}{}",
        ran.stdout, ran.stderr
    );
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let excepted = all.iter().filter(|line| line["exception"].is_object());
    assert_eq!(last["excepted"], excepted.count(), "{}", ran.stdout);
    let found: Vec<_> = all
        .iter()
        .filter(|line| line["exception"].is_null())
        .map(|line| Found {
            code: text(&line["code"]),
            level: text(&line["level"]),
            subject: text(&line["subject"]),
            files: line["spans"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|span| text(&span["file_name"]))
                .collect(),
            helps: line["helps"].as_array().expect("a list").len(),
        })
        .collect();
    let errors = found.iter().filter(|one| one.level == "error").count();
    assert_eq!(last["errors"], errors, "{}", ran.stdout);
    assert_eq!(last["warnings"], found.len() - errors, "{}", ran.stdout);
    assert_eq!(ran.code, Some(if errors > 0 { 4 } else { 0 }));
    found
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).expect("a file")),
        }
    }
}

/// The codes and subjects that a fresh example has: all of them true.
#[track_caller]
fn check_example(name: &str, expect: &[(&str, &str)]) {
    let place = Place::new();
    place
        .run(&["new", "it", "--example", name, "--vcs", "none"])
        .expect(0);
    let before = place.snapshot();
    let mut command = place.command(&["check", "--message-format", "json"]);
    command.current_dir(place.root.join("it"));
    let found = found(&Ran::of(command));
    let found: Vec<_> = found
        .iter()
        .map(|one| (one.code.as_str(), one.subject.as_str()))
        .collect();
    assert_eq!(found, expect, "{name}");
    assert_eq!(place.snapshot(), before);
}

#[test]
fn fresh_examples_have_no_false_alarms() {
    let performance = "performance-check";
    check_example(
        "links",
        &[("KD0501", "monitoring"), ("KD0501", performance)],
    );
    check_example("orders", &[]);
    check_example("tickets", &[("KD0501", performance)]);
}

#[test]
fn nothing_is_found_in_untouched_code_with_other_line_ends() {
    let shop = Shop::new();
    let before = shop.found(None);
    for path in [
        "src/config.rs",
        "src/api/item.rs",
        "migrations/0001_create_tags.sql",
        "Cargo.toml",
    ] {
        shop.write(path, &shop.read(path).replace('\n', "\r\n"));
    }
    assert_eq!(shop.found(None), before);
}
