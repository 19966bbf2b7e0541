//! Every migration runs in SQLite, and what it makes is as strict as the answers.

use std::io::Write as _;
use std::process::{Command, Stdio};

use cargo_kickoff::answers::Answers;

use crate::answers::service;
use crate::convert::{CASES, case};
use crate::hostile::hostile;
use crate::project::{generate, migrations};
use crate::running::is_wanted;
use crate::shapes::{Names, all_fields, all_relations};

/// Runs scripts, each in a database of its own; Python has SQLite in it, and needs no compiler.
const RUN: &str = "
import json, sqlite3, sys
for name, scripts in json.load(sys.stdin):
    database = sqlite3.connect(':memory:')
    database.execute('PRAGMA foreign_keys = on')
    for path, script in scripts:
        try:
            database.executescript(script)
        except sqlite3.Error as error:
            sys.exit(f'{name}/{path}: {error}\\n{script}')
    broken = database.execute('PRAGMA foreign_key_check').fetchall()
    tables = database.execute(\"SELECT sql FROM sqlite_schema WHERE type = 'table'\").fetchall()
    if broken or not tables or not all('STRICT' in sql for sql, in tables):
        sys.exit(f'{name}: {broken} {tables}')
";

fn shapes(length: usize) -> Answers {
    let names = Names { length };
    let mut entities = all_fields(&names, &[("deletion", "soft")]);
    entities.extend(all_relations(&names, entities.len()));
    service(&"p".repeat(length), entities)
}

#[test]
fn every_migration_runs() {
    if !is_wanted() {
        return;
    }
    let mut all: Vec<Answers> = CASES.iter().map(|name| case(name)).collect();
    all.push(hostile());
    all.extend([1, 10, 40].map(shapes));
    let scripts: Vec<_> = all
        .iter()
        .map(|answers| {
            let (_, tree) = generate(answers);
            let scripts = migrations(&tree);
            assert!(!scripts.is_empty(), "{}", answers.name);
            let scripts = scripts.into_iter();
            let scripts: Vec<_> = scripts
                .map(|(path, text)| (path.to_string(), text.to_owned()))
                .collect();
            (answers.name.clone(), scripts)
        })
        .collect();
    let mut python = Command::new("python3")
        .args(["-c", RUN])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python3 runs");
    let json = serde_json::to_string(&scripts).expect("JSON");
    let mut input = python.stdin.take().expect("a pipe");
    // A script that fails reads no further, and its message says more than the broken pipe.
    let _ = input.write_all(json.as_bytes());
    drop(input);
    let output = python.wait_with_output().expect("it ends");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
