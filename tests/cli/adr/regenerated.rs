//! What becomes of stubs that people have worked on.

use super::{MANIFEST, adr, files, git, package};
use crate::support::Place;

const STUB: &str = "docs/adr/0001-keep-data-in-postgresql.md";

fn with_stubs() -> Place {
    let place = package();
    adr(&place, &[]).expect(0);
    place
}

/// Makes another database evident.
fn change_evidence(place: &Place) {
    place.write(
        "Cargo.toml",
        &MANIFEST.replace("[\"postgres\"]", "[\"sqlite\"]"),
    );
}

fn rename(place: &Place, from: &str, to: &str) {
    let text = place.read(from);
    place.write(to, &text);
    std::fs::remove_file(place.root.join(from)).expect("it is there");
}

#[test]
fn pieces_that_nobody_touched_are_refreshed() {
    let place = with_stubs();
    let before = place.read(STUB);
    change_evidence(&place);
    adr(&place, &["--check"]).expect(4);
    let ran = adr(&place, &[]).expect(0);
    assert!(
        ran.stderr.contains(&format!("Refreshed {STUB}")),
        "{}",
        ran.stderr
    );
    let expected = before
        .replace("PostgreSQL", "SQLite")
        .replace("`postgres`", "`sqlite`");
    assert_eq!(place.read(STUB), expected, "the file keeps its name");
    let after = files(&place);
    adr(&place, &[]).expect(0);
    assert_eq!(files(&place), after);
}

#[test]
fn a_stub_is_followed_and_its_words_stay() {
    let place = with_stubs();
    let moved = "docs/adr/sub/0042-unsere-datenbank.md";
    rename(&place, STUB, moved);
    let text = place
        .read(moved)
        .replace("# 1. Keep data in PostgreSQL", "# 42. Unsere Datenbank")
        .replace("## Context", "## Kontext")
        .replace(
            "Which database holds the data, and what is expected of it?",
            "Wo stehen die Daten? 🎉",
        )
        .replace(
            "## Consequences\n\nNot written down yet.",
            "## Consequences\n\nBackups.",
        )
        .replace('\n', "\r\n");
    place.write(moved, &text);
    adr(&place, &[]).expect(0);
    assert_eq!(place.read(moved), text, "nothing else is evident");
    change_evidence(&place);
    let ran = adr(&place, &[]).expect(0);
    assert!(
        ran.stderr.contains("but for what you edited"),
        "{}",
        ran.stderr
    );
    let expected = text
        .replace("`sqlx` with `postgres`", "`sqlx` with `sqlite`")
        .replace("In use: PostgreSQL", "In use: SQLite");
    assert_eq!(place.read(moved), expected);
    assert!(!place.root.join(STUB).exists());
    let diff = adr(&place, &["--dry-run", "--diff"]).expect(0).stdout;
    assert!(
        diff.contains("+Keep data in SQLite"),
        "what was not refreshed is offered: {diff}"
    );
}

#[test]
fn a_renamed_stub_is_nothing_to_write() {
    let place = with_stubs();
    rename(&place, STUB, "docs/adr/0042-keep.md");
    let before = files(&place);
    adr(&place, &["--check"]).expect(0);
    adr(&place, &[]).expect(0);
    assert_eq!(files(&place), before);
    // Where it went is remembered as soon as something is written.
    change_evidence(&place);
    adr(&place, &[]).expect(0);
    let memory = place.read(".kickoff/records.toml");
    assert!(memory.contains("0042-keep.md"), "{memory}");
}

#[test]
fn what_was_accepted_says_what_was_true_then() {
    let place = with_stubs();
    let text = place.read(STUB).replace("\nProposed\n", "\nAccepted\n");
    place.write(STUB, &text);
    change_evidence(&place);
    let ran = adr(&place, &["--diff"]).expect(0);
    assert_eq!(place.read(STUB), text);
    assert!(ran.stderr.contains("it is accepted"), "{}", ran.stderr);
    assert!(
        ran.stdout
            .contains("+* `sqlx` with `sqlite` in `Cargo.toml`"),
        "{}",
        ran.stdout
    );
    adr(&place, &["--check"]).expect(0);
}

#[test]
fn a_deleted_stub_stays_deleted_until_it_is_wanted_back() {
    let place = with_stubs();
    std::fs::remove_file(place.root.join(STUB)).expect("it is there");
    let before = files(&place);
    let ran = adr(&place, &[]).expect(0);
    assert_eq!(files(&place), before);
    assert!(ran.stderr.contains("--restore database"), "{}", ran.stderr);
    let ran = adr(&place, &["--restore", "datenbank"]).expect(2);
    assert!(ran.stderr.contains("database-access"), "{}", ran.stderr);
    let ran = adr(&place, &["--restore", "database"]).expect(0);
    assert!(
        ran.stderr
            .contains("Created docs/adr/0004-keep-data-in-postgresql.md"),
        "{}",
        ran.stderr
    );
}

#[test]
fn without_memory_everything_is_theirs() {
    let place = with_stubs();
    std::fs::remove_file(place.root.join(".kickoff/records.toml")).expect("it is there");
    let before = place.read(STUB);
    change_evidence(&place);
    adr(&place, &[]).expect(0);
    assert_eq!(place.read(STUB), before);
    let after = files(&place);
    adr(&place, &[]).expect(0);
    assert_eq!(files(&place), after);
    place.write(".kickoff/records.toml", "<<<<<<< ours\n");
    let ran = adr(&place, &[]).expect(101);
    assert!(ran.stderr.contains("records.toml"), "{}", ran.stderr);
}

#[test]
fn a_copy_of_a_stub_is_not_taken_for_it() {
    let place = with_stubs();
    let text = place.read(STUB);
    place.write("docs/adr/0009-copy.md", &text);
    change_evidence(&place);
    adr(&place, &[]).expect(0);
    assert_eq!(place.read("docs/adr/0009-copy.md"), text);
    assert!(place.read(STUB).contains("SQLite"));
    rename(&place, STUB, "docs/adr/0010-other.md");
    let before = files(&place);
    let ran = adr(&place, &[]).expect(0);
    assert!(
        ran.stderr.contains("several files carry its mark"),
        "{}",
        ran.stderr
    );
    assert_eq!(files(&place), before);
}

#[test]
fn uncommitted_work_in_a_stub_stops_its_refresh() {
    let place = package();
    git(&place, &["init", "--quiet"]);
    adr(&place, &[]).expect(0);
    git(&place, &["add", "--all"]);
    git(&place, &["commit", "--quiet", "--message", "Stubs"]);
    let text = place
        .read(STUB)
        .replace("Not written down yet.", "Backups.");
    place.write(STUB, &text);
    change_evidence(&place);
    let before = files(&place);
    let ran = adr(&place, &[]).expect(5);
    assert!(ran.stderr.contains(STUB), "{}", ran.stderr);
    assert_eq!(files(&place), before);
    adr(&place, &["--allow-dirty"]).expect(0);
    assert!(place.read(STUB).contains("Backups."));
    assert!(place.read(STUB).contains("SQLite"));
}

#[test]
fn what_nothing_speaks_for_any_more_stays() {
    let place = with_stubs();
    let before = place.read(STUB);
    place.write(
        "Cargo.toml",
        &MANIFEST.replace(
            "sqlx = { version = \"0.8\", features = [\"postgres\"] }\n",
            "",
        ),
    );
    let ran = adr(&place, &[]).expect(0);
    assert!(
        ran.stderr.contains("no file speaks for it any more"),
        "{}",
        ran.stderr
    );
    assert_eq!(place.read(STUB), before);
}
