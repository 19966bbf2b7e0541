//! The same services on PostgreSQL: on a real server, as `tests/engines/run` starts one.

use std::process::Command;

use cargo_kickoff::answers::{Answers, Value};

use crate::answers::{give, give_items};
use crate::convert::case;
use crate::hostile::hostile;
use crate::running::{assert_works, is_wanted};

/// The server that tests may make databases on, if there is one.
pub(crate) fn server() -> Option<String> {
    std::env::var("KICKOFF_POSTGRESQL_URL").ok()
}

/// A new database on the server, and its URL.
pub(crate) fn new_database(server: &str, name: &str) -> String {
    let name = format!("{}_{}", name.replace('-', "_"), std::process::id());
    for statement in [
        format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        format!("CREATE DATABASE {name}"),
    ] {
        let output = Command::new("psql")
            .args(["--no-psqlrc", "--quiet", "--command", &statement, server])
            .output()
            .expect("psql is there where PostgreSQL is");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let (server, _) = server.rsplit_once('/').expect("a URL with a database");
    format!("{server}/{name}")
}

/// The same answers, but for where records are kept.
pub(crate) fn on_postgresql(mut answers: Answers) -> Answers {
    answers.name.push_str("-on-postgresql");
    give(&mut answers, "ownership.database", "postgresql");
    answers
}

/// Whether there is a server; says it where there is none.
pub(crate) fn is_here(what: &str) -> bool {
    if server().is_none() {
        // As where nothing is built: said on the way that the harness shows.
        let skipped = format!(
            "skipped: `tests/engines/run start postgresql` gives the KICKOFF_POSTGRESQL_URL that `{what}` needs\n"
        );
        let _ = std::io::Write::write_all(&mut std::io::stderr(), skipped.as_bytes());
    }
    server().is_some()
}

#[track_caller]
fn check(answers: Answers) {
    if !is_wanted() || is_here(&answers.name) {
        assert_works(&on_postgresql(answers));
    }
}

#[test]
fn todo_backend_works() {
    check(case("todo-backend"));
}

#[test]
fn conduit_works() {
    check(case("conduit"));
}

#[test]
fn northwind_works() {
    check(case("northwind"));
}

#[test]
fn hostile_names_work() {
    let mut answers = hostile();
    let Some(Value::Items(entities)) = answers.given("data.entities") else {
        panic!("entities");
    };
    let mut entities = entities.clone();
    // Words of SQL, and every field and relation; what is only a word of Rust is the same on every engine.
    let (words, others) = (0..10, entities.len() - 5..);
    let mut at = 0..;
    entities.retain(|_| {
        at.next()
            .is_some_and(|at| words.contains(&at) || others.contains(&at))
    });
    give_items(&mut answers, "data.entities", entities);
    check(answers);
}

#[test]
fn the_example_with_every_layer_works() {
    check(crate::faults::example("orders"));
}
