//! `init`: answers about code that is there, and not a byte of it changed.

use std::collections::BTreeMap;

use snapbox::str;

use crate::support::{Place, Ran};

const MANIFEST: &str = "\
[package]
name = \"shop-orders\"
version = \"0.3.0\"
edition = \"2024\"
description = \"Takes the orders of the shop.\"

[dependencies]
axum = \"0.8\"
sqlx = { version = \"0.8\", features = [\"postgres\"] }
";

const MIGRATION: &str = "\
CREATE TABLE customers (
    id BIGSERIAL PRIMARY KEY,
    email VARCHAR(254) NOT NULL UNIQUE,
    note VARCHAR(500)
);
CREATE TABLE orders (
    id BIGSERIAL PRIMARY KEY,
    customer_id BIGINT NOT NULL REFERENCES customers (id),
    status VARCHAR(10) NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'paid')),
    weight REAL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
";

/// A package that somebody wrote.
fn package() -> Place {
    let place = Place::new();
    write_package(&place, "");
    place
}

fn write_package(place: &Place, folder: &str) {
    place.write(&format!("{folder}Cargo.toml"), MANIFEST);
    place.write(&format!("{folder}src/main.rs"), "fn main() {}\r\n");
    place.write(&format!("{folder}migrations/0001_init.sql"), MIGRATION);
}

/// Every file with its bytes.
fn files(place: &Place) -> BTreeMap<String, Option<Vec<u8>>> {
    let entries = place.snapshot().into_iter();
    entries.map(|(path, entry)| (path, entry.bytes)).collect()
}

/// Whether a path is that of a record, or of what is remembered about records.
fn is_record(path: &str) -> bool {
    path.starts_with("docs/") || path == ".kickoff/" || path == ".kickoff/records.toml"
}

/// Runs a command that adds the answers and stubs in `folder` (with a slash at its end), and changes nothing that was there.
#[track_caller]
fn init(place: &Place, arguments: &[&str], folder: &str) -> Ran {
    let before = files(place);
    let ran = place.run(&[&["init"], arguments].concat()).expect(0);
    let mut after = files(place);
    let answers = format!("{folder}kickoff.toml");
    assert!(after.remove(&answers).is_some(), "{after:?}");
    after.retain(|path, _| {
        before.contains_key(path) || !path.strip_prefix(folder).is_some_and(is_record)
    });
    let changed: Vec<&String> = before
        .iter()
        .filter(|(path, bytes)| after.get(*path) != Some(*bytes))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(changed, [] as [&String; 0]);
    let added: Vec<&String> = after
        .keys()
        .filter(|path| !before.contains_key(*path))
        .collect();
    assert_eq!(added, [] as [&String; 0]);
    // What was written is what would be written.
    let manifest = format!("{folder}Cargo.toml");
    place
        .run(&["adr", "--check", "--manifest-path", &manifest])
        .expect(0);
    ran
}

#[track_caller]
fn refused(place: &Place, arguments: &[&str], code: i32, words: &[&str]) {
    let before = place.snapshot();
    let ran = place.run(arguments).expect(code);
    for word in words {
        assert!(
            place.redact(&ran.stderr).contains(word),
            "no {word} in {}",
            ran.stderr
        );
    }
    assert_eq!(place.snapshot(), before);
}

#[test]
fn what_was_found_is_written_down_and_is_no_answer() {
    let place = package();
    let ran = init(&place, &["--yes"], "");
    snapbox::assert_data_eq!(
        place.redact(&ran.stderr),
        str![[r#"
     Created kickoff.toml
     Created docs/adr/0001-keep-data-in-postgresql.md
     Created docs/adr/0002-reach-the-database-through-sqlx.md
     Created docs/adr/0003-change-the-schema-with-sql-files.md
     Created docs/adr/0004-serve-http-with-axum.md
       Total 4 files were written in `docs/adr`
note: something was found about 4 questions that nobody has answered: [open] quotes it
note: 9 questions are open: `cargo kickoff ask --open` asks, in `[ROOT]`

"#]]
    );
    snapbox::assert_data_eq!(
        place.read("kickoff.toml"),
        str![[r##"
#:schema https://raw.githubusercontent.com/cargo-kickoff/cargo-kickoff/v0.1.0/docs/kickoff.schema.json
# What was decided about this service. Its code was there before: `cargo kickoff` generates none into it.
# Edit the answers here, or with `cargo kickoff ask`; comments are kept.
# A key that is absent was decided by nobody (`cargo kickoff questions` lists them all); [open] lists what was put off, and
# what was found and nobody confirmed.
format = 1

[service]
name = "shop-orders"
created = "2026-11-25"
code = "existing"

[open]
"responsibility.purpose" = "found, confirmed by nobody: Takes the orders of the shop. (`description` in `Cargo.toml`, line 5)"
"responsibility.owns" = ""
"data.entities" = "found, confirmed by nobody: Customer, Order (the table `customers` in `migrations/0001_init.sql`, line 1; the table `orders` in `migrations/0001_init.sql`, line 6)"
"communication.styles" = "found, confirmed by nobody: rest (`axum` in `Cargo.toml`, line 8)"
"ownership.database" = "found, confirmed by nobody: postgresql (`sqlx` with `postgres` in `Cargo.toml`, line 9)"

# Entities that were found, and confirmed by nobody. One becomes an answer when the marks before it are taken away, and the
# line "data.entities" below [open] with them; `cargo kickoff ask data.entities` offers them one by one.
#
# Found: the table `customers` in `migrations/0001_init.sql`, line 1
# [entity.Customer.fields]
# email = "string(254) unique"
# note = "string(500)?"
#
# Found: the table `orders` in `migrations/0001_init.sql`, line 6
# Note: `weight` is left out: `REAL` is not exact: `decimal(12, 2)`, or an `int` in a smaller unit?
# Note: `created_at` left out: every record keeps that by itself
# [entity.Order.fields]
# customer = "-> Customer"
# status = "draft | paid = draft"

"##]]
    );
}

/// What the comment says is true: without the marks it is an answer.
#[test]
fn a_proposal_becomes_an_answer_when_its_marks_are_taken_away() {
    let place = package();
    init(&place, &["--yes"], "");
    let text = place.read("kickoff.toml");
    let (answers, comments) = text.split_once("\n# Entities").expect("proposals");
    let confirmed: Vec<&str> = comments
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .filter(|line| line.starts_with('[') || line.contains(" = \""))
        .collect();
    let answers: Vec<&str> = answers
        .lines()
        .filter(|line| !line.contains("data.entities"))
        .collect();
    place.write(
        "kickoff.toml",
        &format!("{}\n{}\n", answers.join("\n"), confirmed.join("\n")),
    );
    let ran = place
        .run(&["ask", "--set", "load.peak-rps=5", "--diff"])
        .expect(0);
    assert!(ran.stdout.contains("+peak-rps = 5"), "{}", ran.stdout);
    assert!(
        place
            .read("kickoff.toml")
            .contains("[entity.Order.fields]\ncustomer = \"-> Customer\"")
    );
}

#[test]
fn a_workspace_names_its_packages() {
    let place = Place::new();
    place.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"services/*\"]\n",
    );
    write_package(&place, "services/orders/");
    place.write(
        "services/mails/Cargo.toml",
        "[package]\nname = \"mails\"\nversion = \"0.1.0\"\n",
    );
    place.write("services/mails/src/lib.rs", "");
    refused(
        &place,
        &["init", "--yes"],
        2,
        &[
            "workspace of 2 packages",
            "mails       services/mails",
            "`--package NAME`",
        ],
    );
    refused(
        &place,
        &["init", "--package", "mail", "--yes"],
        2,
        &["did you mean `mails`?"],
    );
    init(
        &place,
        &["--package", "shop-orders", "--yes"],
        "services/orders/",
    );
    init(&place, &["services/mails", "--yes"], "services/mails/");
    let mails = place.read("services/mails/kickoff.toml");
    assert!(!mails.contains("found, confirmed"), "{mails}");
}

#[test]
fn where_there_is_no_package_the_way_out_is_named() {
    let place = Place::new();
    refused(
        &place,
        &["init", "--yes"],
        2,
        &["no Cargo.toml in `[ROOT]`", "`cargo kickoff new PATH`"],
    );
    write_package(&place, "one/");
    refused(
        &place,
        &["init", "one/src", "--yes"],
        2,
        &["`cargo kickoff init [ROOT]/one`"],
    );
    place.write("broken/Cargo.toml", "[package\n");
    refused(
        &place,
        &["init", "broken", "--yes"],
        101,
        &["[ROOT]/broken/Cargo.toml", "not valid TOML"],
    );
    place.write("empty/Cargo.toml", "[workspace]\n");
    refused(
        &place,
        &["init", "empty", "--yes"],
        2,
        &["names no package"],
    );
}

#[test]
fn answers_that_are_there_are_not_overwritten() {
    let place = package();
    init(&place, &["--yes"], "");
    refused(
        &place,
        &["init", "--yes"],
        5,
        &[
            "stand in `[ROOT]/kickoff.toml` already",
            "`cargo kickoff ask`",
            "`cargo kickoff update`",
        ],
    );
    let place = Place::new();
    place.run(&["new", "orders", "--yes"]).expect(0);
    refused(
        &place,
        &["init", "orders", "--yes"],
        5,
        &["`cargo kickoff update`"],
    );
    std::fs::remove_file(place.root.join("orders/kickoff.toml")).expect("it is there");
    refused(
        &place,
        &["init", "orders", "--yes"],
        5,
        &["was generated", "version control"],
    );
}

/// Cargo cannot say who the members are, and the manifests are read instead.
#[test]
fn a_pinned_toolchain_that_is_missing_stops_nobody() {
    let place = package();
    place.write(
        "rust-toolchain.toml",
        "[toolchain]\nchannel = \"nightly-2015-05-15\"\n",
    );
    let mut command = place.command(&["init", "--yes"]);
    command.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
    Ran::of(command).expect(0);
    assert!(
        place
            .read("kickoff.toml")
            .contains("confirmed by nobody: postgresql")
    );
}

#[test]
fn without_a_terminal_missing_answers_are_listed() {
    let place = package();
    refused(
        &place,
        &["init"],
        2,
        &["responsibility.purpose", "data.entities", "`--yes`"],
    );
}

#[test]
fn an_answers_file_is_taken_with_its_comments() {
    let place = package();
    place
        .run(&["new", "example", "--example", "orders", "--vcs", "none"])
        .expect(0);
    let text = place.read("example/kickoff.toml");
    let text = text.replace("[load]\n", "# Measured in May.\n[load]\n");
    place.write("answers.toml", &text);
    // Its records would be taken for those of the house.
    std::fs::remove_dir_all(place.root.join("example")).expect("it is there");
    init(
        &place,
        &[
            "--answers",
            "answers.toml",
            "--set",
            "ownership.database=postgresql",
        ],
        "",
    );
    let written = place.read("kickoff.toml");
    assert!(
        written.contains("# Measured in May.\n[load]\n"),
        "{written}"
    );
    assert!(written.contains("name = \"shop-orders\""), "{written}");
    assert!(written.contains("code = \"existing\""), "{written}");
    assert!(written.contains("database = \"postgresql\""), "{written}");
    assert!(!written.contains("default, nobody decided"), "{written}");
    assert!(!written.contains("Entities that were found"), "{written}");
}

#[test]
fn a_dry_run_writes_nothing_and_shows_everything() {
    let place = package();
    let before = place.snapshot();
    let ran = place
        .run(&["init", "--yes", "--dry-run", "--diff"])
        .expect(0);
    assert!(ran.stderr.contains("Create kickoff.toml"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("Create docs/adr/0001"),
        "{}",
        ran.stderr
    );
    assert!(ran.stdout.contains("+++ b/docs/adr/0001"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("+code = \"existing\""),
        "{}",
        ran.stdout
    );
    let ran = place
        .run(&["init", "--yes", "--dry-run", "--message-format", "json"])
        .expect(0);
    assert_eq!(place.snapshot(), before);
    let lines: Vec<serde_json::Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let of = |question: &str| {
        lines
            .iter()
            .find(|line| line["question"] == question)
            .expect("a proposal")
    };
    let database = of("ownership.database");
    assert_eq!(database["reason"], "proposal");
    assert_eq!(database["value"], "postgresql");
    assert_eq!(
        database["found"][0],
        "`sqlx` with `postgres` in `Cargo.toml`, line 9"
    );
    assert_eq!(database["answered"], false);
    let tables = of("data.entities")["tables"].as_str().expect("text");
    assert!(tables.starts_with("[entity.Customer.fields]\n"), "{tables}");
    assert_eq!(lines.last().expect("a line")["reason"], "plan");
}

#[test]
fn answers_change_and_no_code_is_generated() {
    let place = package();
    init(&place, &["--yes"], "");
    let before = files(&place);
    for arguments in [
        &["ask", "--set", "ownership.database=postgresql"][..],
        &[
            "add",
            "entity",
            "Coupon",
            "--field",
            "code: string(20) unique",
        ],
        &["add", "dependency", "payments", "--set", "timeout=2s"],
        &["remove", "dependency", "payments"],
    ] {
        let ran = place.run(arguments).expect(0);
        assert!(ran.stderr.contains("none is generated"), "{}", ran.stderr);
        let mut after = files(&place);
        after.retain(|path, _| path != "kickoff.toml" && !is_record(path));
        let mut before = before.clone();
        before.retain(|path, _| path != "kickoff.toml" && !is_record(path));
        assert_eq!(after, before);
        place.run(&["adr", "--check"]).expect(0);
    }
    let text = place.read("kickoff.toml");
    assert!(text.contains("database = \"postgresql\""), "{text}");
    assert!(!text.contains("\"ownership.database\""), "{text}");
    assert!(
        text.contains("[entity.Coupon.fields]\ncode = \"string(20) unique\""),
        "{text}"
    );
    refused(
        &place,
        &["ask", "--set", "ownership.database=sqlite", "--dry-run"],
        0,
        &["Edit kickoff.toml"],
    );
    for arguments in [
        &["update"][..],
        &["update", "--check"],
        &["update", "--rebuild-baseline"],
    ] {
        refused(
            &place,
            arguments,
            2,
            &[
                "was not generated by kickoff",
                "`cargo kickoff new OTHER-PATH",
            ],
        );
    }
}

#[test]
fn a_service_can_be_generated_from_the_answers() {
    let place = package();
    init(&place, &["--yes"], "");
    place
        .run(&[
            "new",
            "next/orders",
            "--answers",
            "kickoff.toml",
            "--yes",
            "--vcs",
            "none",
        ])
        .expect(0);
    let text = place.read("next/orders/kickoff.toml");
    assert!(!text.contains("code = "), "{text}");
    place
        .run(&[
            "update",
            "--manifest-path",
            "next/orders/Cargo.toml",
            "--check",
        ])
        .expect(0);
}

/// A stub quotes the answer and the files, and says what nobody has written down.
#[test]
fn what_was_answered_stands_in_its_record() {
    let place = package();
    init(
        &place,
        &["--yes", "--set", "ownership.database=postgresql"],
        "",
    );
    let entries = std::fs::read_dir(place.root.join("docs/adr")).expect("a folder");
    let names = entries.map(|entry| {
        entry
            .expect("a file")
            .file_name()
            .into_string()
            .expect("Unicode")
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    snapbox::assert_data_eq!(
        names.join("\n"),
        str![[r#"
0001-keep-data-in-postgresql.md
0002-reach-the-database-through-sqlx.md
0003-change-the-schema-with-sql-files.md
0004-serve-http-with-axum.md
"#]]
    );
    snapbox::assert_data_eq!(
        place.read(&format!("docs/adr/{}", names[0])),
        str![[r#"
# 1. Keep data in PostgreSQL

Date: 2026-11-25

## Status

Proposed

## Context

Which database holds the data, and what is expected of it?

The answers and the files tell what holds, and not why:

* `ownership.database` in `kickoff.toml`: postgresql
* `sqlx` with `postgres` in `Cargo.toml`

## Decision

As it was answered. In use: PostgreSQL. Who decided that and for which reason is not written down yet.

## Consequences

Not written down yet.

<!-- kickoff: topic database -->

"#]]
    );
}

/// The records of the house are followed, and a member of a workspace with records writes beside them.
#[test]
fn stubs_of_a_member_stand_where_the_records_of_the_repository_are() {
    let place = Place::new();
    place.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"api\"]\n",
    );
    write_package(&place, "api/");
    place.write(
        "doc/adr/0007-use-rust.md",
        "# 7. Use Rust\n\nDate: 2026-01-31\n\n## Status\n\nAccepted\n\n## Context\n\nx\n\n## Decision\n\nx\n\n## Consequences\n\nx\n",
    );
    std::fs::create_dir(place.root.join(".git")).expect("a new folder");
    let before = files(&place);
    let ran = place.run(&["init", "api", "--yes"]).expect(0);
    assert!(
        ran.stderr.contains("Created api/kickoff.toml"),
        "{}",
        ran.stderr
    );
    let mut after = files(&place);
    after.retain(|path, _| before.contains_key(path));
    assert_eq!(after, before);
    assert!(
        ran.stderr.contains("Created doc/adr/0008-"),
        "{}",
        ran.stderr
    );
    assert!(place.root.join(".kickoff/records.toml").exists());
    place
        .run(&["adr", "--check", "--manifest-path", "api/Cargo.toml"])
        .expect(0);
}
