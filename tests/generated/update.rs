//! Services that were worked on and then brought to other answers: they build, their tests pass, and what was stored survives.

use std::io::Write as _;
use std::process::{Command, Stdio};

use cargo_kickoff::answers::{Answers, file, path};
use cargo_kickoff::blueprint::{Blueprint, Setting};
use cargo_kickoff::migration::{self, Scripts};
use cargo_kickoff::skeleton::{OwnSkeleton, lay};

use crate::project::{Project, migrations};
use crate::running::is_wanted;

const ANSWERS: &str = "\
format = 1
[service]
name = \"updated-shop\"
created = \"2026-11-25\"
[entity.Tag.fields]
name = \"string(40) unique\"
[entity.Item.fields]
title = \"string(80) unique\"
note = \"text(200)?\"
state = \"new | old\"
amount = \"int 1..9\"
tag = \"-> Tag\"
";

/// Rows of the first schema.
const ROWS: &str = "\
INSERT INTO tags (id, name, version, created_at, updated_at) VALUES (x'01', 'red', 1, '2026', '2026');
INSERT INTO items (id, title, note, state, amount, tag_id, version, created_at, updated_at)
VALUES (x'02', 'a chair', NULL, 'new', 3, x'01', 1, '2026', '2026'),
       (x'03', 'a table', 'of wood', 'old', 9, x'01', 2, '2026', '2026');
";

/// Changes that lose nothing, alone and together.
const CHANGES: [(&str, &str); 9] = [
    ("entity.Item.fields.colour", "string(20)?"),
    ("entity.Item.fields.size", "int 1..5 = 2"),
    ("entity.Item.fields.title", "string(120) unique"),
    ("entity.Item.fields.note", "text(500)?"),
    ("entity.Item.fields.state", "new | used | old"),
    ("entity.Item.fields.amount", "int 0..99"),
    ("entity.Item.fields.tag", "-> Tag?"),
    ("entity.Item.fields.other_tag", "-> Tag?"),
    ("entity.Coupon.fields.item", "-> Item"),
];

/// Migrates a database with rows in it, and compares its columns with those of a new one. Order and defaults may differ.
const RUN: &str = "
import json, sqlite3, sys
def columns(database):
    tables = database.execute(\"SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name\")
    return {table: sorted((name, kind, notnull, key) for _, name, kind, notnull, _, key in
                          database.execute(f'PRAGMA table_info({table})')) for table, in tables.fetchall()}
def indexes(database):
    return sorted(database.execute(\"SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL\"))
def rows(database):
    return (sorted(database.execute('SELECT id, title, note, state, amount, tag_id, version FROM items')),
            sorted(database.execute('SELECT id, name FROM tags')))
for old, insert, added, new in json.load(sys.stdin):
    database = sqlite3.connect(':memory:', isolation_level=None)
    database.execute('PRAGMA foreign_keys = on')
    for script in old: database.executescript(script)
    database.executescript(insert)
    before = rows(database)
    for script in added:
        database.executescript('BEGIN;' + script + 'COMMIT;')
    assert rows(database) == before, (added, before, rows(database))
    assert not database.execute('PRAGMA foreign_key_check').fetchall(), added
    fresh = sqlite3.connect(':memory:')
    for script in new: fresh.executescript(script)
    assert columns(database) == columns(fresh), (added, columns(database), columns(fresh))
    assert indexes(database) == indexes(fresh), (added, indexes(database), indexes(fresh))
";

fn answers(changes: &[(&str, &str)]) -> Answers {
    let mut answers = file::read(ANSWERS, "kickoff.toml").expect("answers");
    for (id, value) in changes {
        path::set(&mut answers, id, value).expect("an answer");
    }
    answers
}

fn scripts(answers: &Answers) -> (Blueprint, Scripts) {
    let blueprint = Blueprint::draw(answers, Setting::Standalone).expect("they go together");
    let tree = lay(&blueprint, &OwnSkeleton::default()).expect("it is laid");
    let scripts = migrations(&tree)
        .into_iter()
        .filter_map(|(path, text)| Some((path.file_name()?.to_owned(), text.to_owned())))
        .collect();
    (blueprint, scripts)
}

#[test]
fn what_was_stored_survives() {
    if !is_wanted() {
        return;
    }
    let mut cases: Vec<Vec<(&str, &str)>> = CHANGES.iter().map(|change| vec![*change]).collect();
    cases.push(CHANGES.to_vec());
    let (_, old) = scripts(&answers(&[]));
    let runs: Vec<_> = cases
        .iter()
        .map(|changes| {
            let (blueprint, new) = scripts(&answers(changes));
            let defaults = migration::defaults(&blueprint);
            let added = migration::plan(&old, &new, &defaults, 3, false).expect("nothing is lost");
            assert!(!added.is_empty(), "{changes:?}");
            let added: Vec<_> = added.into_iter().map(|script| script.text).collect();
            let texts = |scripts: &Scripts| scripts.values().cloned().collect::<Vec<_>>();
            (texts(&old), ROWS, added, texts(&new))
        })
        .collect();
    let mut python = Command::new("python3")
        .args(["-c", RUN])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python3 runs");
    let json = serde_json::to_string(&runs).expect("JSON");
    let mut input = python.stdin.take().expect("a pipe");
    let _ = input.write_all(json.as_bytes());
    drop(input);
    let output = python.wait_with_output().expect("it ends");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn kickoff(project: &Project, arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-kickoff"))
        .args(arguments)
        .current_dir(project.folder())
        .stdin(Stdio::null())
        .env("SOURCE_DATE_EPOCH", "1795564800")
        .output()
        .expect("the binary runs");
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_merged_project_builds_and_passes_its_tests() {
    if !is_wanted() {
        return;
    }
    let project = Project::empty("updated-shop");
    let home = project.folder();
    let answers = home.with_extension("toml");
    std::fs::write(&answers, ANSWERS).expect("the answers are written");
    let answers = answers.to_str().expect("Unicode");
    kickoff(
        &project,
        &[
            "new",
            ".",
            "--name",
            "updated-shop",
            "--answers",
            answers,
            "--yes",
            "--vcs",
            "none",
        ],
    );
    let edit = |path: &str, from: &str, to: &str| {
        let path = home.join(path);
        let text = std::fs::read_to_string(&path).expect("it was generated");
        assert!(text.contains(from), "{from} in {text}");
        std::fs::write(path, text.replacen(from, to, 1)).expect("it is written");
    };
    edit(
        "src/domain/item.rs",
        "impl From<Item>",
        "impl Item {\n    /// The title, loud.\n    pub fn shout(&self) -> String {\n        self.title.to_uppercase()\n    }\n}\n\nimpl From<Item>",
    );
    edit("src/lib.rs", "pub mod ", "pub mod discount;\npub mod ");
    std::fs::write(
        home.join("src/discount.rs"),
        "//! Discounts.\n\npub const HALF: u8 = 50;\n",
    )
    .expect("written");
    for (id, value) in CHANGES {
        let arguments = ["ask", "--set", &format!("{id}={value}")];
        kickoff(&project, &arguments);
    }
    project.cargo(&["test", "--locked", "--test", "service"]);
    let text = std::fs::read_to_string(home.join("src/domain/item.rs")).expect("it is there");
    assert!(text.contains("pub fn shout"), "{text}");
    kickoff(&project, &["update", "--check"]);
}
