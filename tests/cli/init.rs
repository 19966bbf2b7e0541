//! `init`: answers about code that is there, and not a byte of it changed.

mod changes;
mod refusals;

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
