//! `cargo kickoff adr accept` and `supersede --by`: only what has to change changes.

use crate::adr_support::{Repository, lines, nygard};

#[test]
fn one_word_and_the_day_change() {
    let repository = Repository::with_three();
    let ran = repository.adr(&["accept", "2"]).expect(0);
    assert_eq!(ran.stderr.trim(), "Accepted docs/adr/0002-two.md");
    assert_eq!(repository.changes(), [" M docs/adr/0002-two.md"]);
    assert_eq!(
        repository.changed_lines(),
        [
            "-Date: 2026-01-31",
            "+Date: 2026-11-25",
            "-Proposed",
            "+Accepted"
        ]
    );
    assert!(!repository.place.root.join(".kickoff").exists());
}

#[test]
fn the_day_stays_where_that_is_wanted() {
    let repository = Repository::with_three();
    repository
        .adr(&["accept", "ADR-0003", "--keep-date"])
        .expect(0);
    assert_eq!(repository.changed_lines(), ["-Proposed", "+Accepted"]);
}

#[test]
fn what_was_decided_is_not_accepted_again() {
    let repository = Repository::with_three();
    let ran = repository.adr(&["accept", "1"]).expect(2);
    assert!(
        ran.stderr.contains("`docs/adr/0001-one.md` is `Accepted`"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr
            .contains("adr supersede docs/adr/0001-one.md TITLE"),
        "{}",
        ran.stderr
    );
    assert_eq!(repository.changes(), [""; 0]);
}

#[test]
fn a_preview_writes_nothing() {
    let repository = Repository::with_three();
    let ran = repository
        .adr(&["accept", "2", "--dry-run", "--diff"])
        .expect(0);
    assert!(
        ran.stderr.contains("Edit docs/adr/0002-two.md"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stdout.contains("-Proposed\n+Accepted\n"),
        "{}",
        ran.stdout
    );
    let ran = repository
        .adr(&[
            "supersede",
            "1",
            "--by",
            "2",
            "-n",
            "--message-format",
            "json",
        ])
        .expect(0);
    let files = lines(&ran, "adr-file");
    let verdicts: Vec<_> = files
        .iter()
        .map(|file| (&file["path"], &file["verdict"]))
        .collect();
    assert_eq!(
        serde_json::json!(verdicts),
        serde_json::json!([
            ["docs/adr/0001-one.md", "edit"],
            ["docs/adr/0002-two.md", "edit"]
        ])
    );
    assert_eq!(lines(&ran, "adr-change")[0]["dry-run"], true);
    assert_eq!(repository.changes(), [""; 0]);
}

#[test]
fn uncommitted_work_stops_a_change() {
    let repository = Repository::with_three();
    let text = repository
        .place
        .read("docs/adr/0002-two.md")
        .replace("It is so.", "It is mine.");
    repository.place.write("docs/adr/0002-two.md", &text);
    let ran = repository.adr(&["accept", "2"]).expect(5);
    assert!(
        ran.stderr.contains("not committed\n  docs/adr/0002-two.md"),
        "{}",
        ran.stderr
    );
    assert_eq!(repository.place.read("docs/adr/0002-two.md"), text);
    repository.adr(&["accept", "2", "--allow-dirty"]).expect(0);
    assert!(
        repository
            .place
            .read("docs/adr/0002-two.md")
            .contains("It is mine.")
    );
    // A file that was never committed is a draft of theirs.
    repository
        .place
        .write("docs/adr/0004-four.md", &nygard(4, "Four", "Proposed"));
    repository.adr(&["accept", "4"]).expect(0);
}

#[test]
fn both_ends_say_it() {
    let repository = Repository::with_three();
    let ran = repository.adr(&["supersede", "1", "--by", "2"]).expect(0);
    assert_eq!(
        ran.stderr.trim(),
        "Superseded docs/adr/0001-one.md by docs/adr/0002-two.md"
    );
    assert_eq!(
        repository.changed_lines(),
        [
            "-Accepted",
            "+Superseded by [2. Two](0002-two.md)",
            "+Supersedes [1. One](0001-one.md)",
            "+",
        ]
    );
    repository.adr(&["check"]).expect(0);
    repository.commit("supersede");
    let ran = repository.adr(&["supersede", "1", "--by", "2"]).expect(0);
    assert_eq!(ran.stderr.trim(), "Unchanged everything says so already");
    assert_eq!(repository.changes(), [""; 0]);
}

#[test]
fn both_ends_or_neither() {
    let repository = Repository::new(&[
        (
            "docs/adr/0001-one.md",
            &nygard(1, "One", "Accepted by the board"),
        ),
        ("docs/adr/0002-two.md", &nygard(2, "Two", "Accepted")),
        ("docs/adr/0003-three.md", &nygard(3, "Three", "Rejected")),
        (
            "docs/adr/0004-four.md",
            &nygard(4, "Four", "Superseded by [2. Two](0002-two.md)"),
        ),
        ("docs/adr/0006-six.md", &nygard(6, "Six", "Accepted")),
        (
            "docs/adr/0005-five.md",
            "# 5. Five\n\n## Context\n\nx\n\n## Decision\n\ny\n",
        ),
    ]);
    let refused = |arguments: &[&str], why: &str| {
        let all: Vec<&str> = ["supersede"].iter().chain(arguments).copied().collect();
        let ran = repository.adr(&all).expect(2);
        assert!(ran.stderr.contains(why), "{why}: {}", ran.stderr);
        assert!(ran.stderr.contains("help: "), "{}", ran.stderr);
        assert_eq!(repository.changes(), [""; 0]);
    };
    refused(&["1", "--by", "2"], "the phrase `Accepted by the board`");
    refused(&["2", "--by", "3"], "`docs/adr/0003-three.md` is rejected");
    refused(&["3", "--by", "2"], "never in force");
    refused(
        &["4", "--by", "1"],
        "superseded already: by [2. Two](0002-two.md)",
    );
    refused(&["2", "--by", "2"], "itself");
    refused(&["5", "--by", "2"], "does not say its status anywhere");
    refused(
        &["6", "--by", "4"],
        "is superseded: it cannot take the place",
    );
}
