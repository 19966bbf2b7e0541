//! When a record exists, when it is accepted, and what it says about what nobody decided.

use cargo_kickoff::answers::{Answers, Value};
use cargo_kickoff::blueprint::Record;
use cargo_kickoff::question::catalog;

use crate::answers::{bare, draw, full, give, item, list, project, put_off, text, tree};

fn record(answers: &Answers, subject: &str) -> Option<Record> {
    let records = draw(answers).records;
    records
        .into_iter()
        .find(|record| record.subjects.iter().any(|slug| slug == subject))
}

fn document(answers: &Answers, subject: &str) -> String {
    let file = record(answers, subject).expect(subject).file;
    tree(answers)
        .get(format!("docs/adr/{file}"))
        .expect("a document")
        .to_owned()
}

#[test]
fn a_record_is_accepted_when_a_person_decided_what_it_is_about() {
    let check = |subject: &str, answers: &[(&str, Value)], expected: Option<bool>| {
        let mut all = project();
        for (id, value) in answers {
            give(&mut all, id, value.clone());
        }
        let found = record(&all, subject).filter(|record| !record.defaults);
        assert_eq!(
            found.map(|record| record.accepted),
            expected,
            "{subject}: {answers:?}"
        );
    };
    check("responsibility", &[], Some(true));
    check("data-model", &[], Some(true));
    check("database", &[], None);
    check(
        "database",
        &[("ownership.database", text("sqlite"))],
        Some(true),
    );
    // Who decides is no decision.
    check(
        "database",
        &[("ownership.database-owner", text("Ada"))],
        None,
    );
    // A part that holds by default does not keep it from being accepted, and does not make it so.
    check(
        "load-limits",
        &[("load.peak-rps", Value::Number(5))],
        Some(true),
    );
    check("load-limits", &[("load.p99", text("100ms"))], Some(false));
    check(
        "access",
        &[("communication.access", text("jwt"))],
        Some(false),
    );
    check(
        "access",
        &[
            ("communication.access", text("jwt")),
            ("communication.issuer", text("https://login.example.com/")),
        ],
        Some(true),
    );
    check("experiment", &[], None);
    check(
        "experiment",
        &[("reality.kind", text("project"))],
        Some(true),
    );
    check(
        "experiment",
        &[("reality.kind", text("experiment"))],
        Some(true),
    );
    check(
        "dependencies",
        &[(
            "load.dependencies",
            Value::Items(vec![item("payments", vec![])]),
        )],
        Some(true),
    );
}

#[test]
fn nothing_that_was_put_off_is_accepted() {
    for record in draw(&put_off("not now")).records {
        assert!(!record.accepted, "{}", record.file);
        assert!(record.deciders.is_empty(), "{}", record.file);
    }
    let mut answers = project();
    give(&mut answers, "load.peak-rps", Value::Number(5));
    answers.defer(catalog::question("load.p99").expect("p99"), "");
    assert!(!record(&answers, "load-limits").expect("a record").accepted);
}

#[test]
fn an_experiment_is_called_one_however_it_became_one() {
    let check = |answers: &Answers, expected: &str, accepted: bool| {
        let text = document(answers, "experiment");
        assert!(text.contains(expected), "{text}");
        assert!(!text.contains("a project\", by default"), "{text}");
        assert_eq!(text.contains("status: accepted"), accepted, "{text}");
    };
    check(&bare(), "Nobody declared it one.", false);
    let mut declared = bare();
    give(&mut declared, "reality.kind", text("project"));
    check(&declared, "It was declared a project.", false);
    let mut declared = project();
    give(&mut declared, "reality.kind", text("experiment"));
    check(&declared, "Chosen option: \"An experiment\"", true);
    let mut declared = project();
    give(&mut declared, "reality.kind", text("project"));
    check(&declared, "# This is a project\n", true);
}

#[test]
fn reasons_and_deciders_are_never_made_up() {
    let mut answers = project();
    give(&mut answers, "ownership.database", text("sqlite"));
    let check = |answers: &Answers, parts: &[&str], absent: &[&str]| {
        let text = document(answers, "database");
        for part in parts {
            assert!(text.contains(part), "{part}\n{text}");
        }
        for part in absent {
            assert!(!text.contains(part), "{part}\n{text}");
        }
    };
    check(
        &answers,
        &[
            "# Keep records in SQLite\n",
            "Chosen option: \"SQLite, embedded\". The reasons were not recorded.",
        ],
        &["because", "decision-makers", "does not do this yet"],
    );
    give(&mut answers, "ownership.database-owner", text("Ada"));
    check(&answers, &["decision-makers: [\"Ada\"]"], &[]);
    answers.defer(
        catalog::question("ownership.database").expect("a question"),
        "Ada asks operations",
    );
    check(
        &answers,
        &[
            "status: proposed",
            "# Which database it keeps its records in\n",
            "No option was chosen: the decision was put off.",
            "\"SQLite, embedded\" is in force, by default. Noted: Ada asks operations",
        ],
        &["Chosen option"],
    );
    give(&mut answers, "ownership.database", text("postgresql"));
    check(
        &answers,
        &[
            "* `src/database.rs` is the only place that opens it.",
            "* `clippy.toml` refuses `sqlx::Pool::connect`",
        ],
        &["does not do this yet", "sqlx::Pool::begin"],
    );
}

#[test]
fn what_is_in_force_and_not_generated_is_said_once_and_for_that_alone() {
    let mut answers = project();
    give(&mut answers, "ownership.error-pattern", text("single"));
    let record = document(&answers, "error-handling");
    assert_eq!(
        record.matches("does not do this yet").count(),
        1,
        "{record}"
    );
    assert!(
        record.contains("kind of problem. The generated code does not do this yet."),
        "{record}"
    );
    let readme = tree(&answers).get("README.md").expect("README").to_owned();
    let row = readme
        .lines()
        .find(|line| line.starts_with("| What do the error types look like"))
        .expect("a row");
    assert!(row.contains("| one for the service |"), "{row}");
}

#[test]
fn what_is_not_part_of_done_is_a_debt() {
    let mut answers = project();
    give(&mut answers, "done.items", list(&["validation"]));
    let text = document(&answers, "definition-of-done");
    assert!(
        text.contains("A debt, not part of done: errors have one shape;"),
        "{text}"
    );
    assert!(!text.contains("does not do this yet"), "{text}");
}

#[test]
fn every_subject_is_in_one_record_and_numbers_have_no_gap() {
    for (name, answers) in crate::answers::sets() {
        let blueprint = draw(&answers);
        let numbers: Vec<usize> = blueprint
            .records
            .iter()
            .map(|record| record.number)
            .collect();
        assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>(), "{name}");
        let carried: usize = blueprint
            .records
            .iter()
            .map(|record| record.subjects.len())
            .sum();
        assert_eq!(carried, blueprint.record_of.len(), "{name}");
        for question in catalog::questions() {
            if answers.applies(&question.when) {
                assert!(
                    blueprint.record_of.contains_key(question.record),
                    "{name}: {}",
                    question.id
                );
            }
        }
    }
}

#[test]
fn numbers_read_as_people_write_them() {
    let answers = full("Plain words", "madr");
    let readme = tree(&answers).get("README.md").expect("README").to_owned();
    for part in [
        "| Plain words | 1,500/s, 4,500/s with its 3 attempts | 2 s |",
        "| `APP_REQUEST_TIMEOUT` | 1.6 s |",
        "the service is sized for 2,000.",
    ] {
        assert!(readme.contains(part), "{part}\n{readme}");
    }
    assert!(!readme.contains("1600"), "{readme}");
}
