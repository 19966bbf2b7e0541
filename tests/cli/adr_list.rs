//! `cargo kickoff adr list` and `show`.

use crate::adr_support::{Repository, lines, nygard};

fn workspace() -> Repository {
    let madr = "---\nstatus: rejected\ndate: 2026-02-03\ndecision-makers: [Ada Lovelace, \"team:platform\"]\n---\n\n# No queue\n\n\
                ## Context and Problem Statement\n\nWhy?\n\n## Decision Outcome\n\nChosen option: \"None\".\n";
    Repository::new(&[
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"3\"\n",
        ),
        (
            "crates/orders/Cargo.toml",
            "[package]\nname = \"acme-orders\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
        ),
        ("crates/orders/src/lib.rs", ""),
        (
            "crates/orders/docs/adr/0001-queue.md",
            &nygard(1, "Queue | 注文", "Proposed"),
        ),
        ("docs/decisions/0001-no-queue.md", madr),
        (
            "docs/decisions/0002-silent.md",
            "# Silent\n\n## Context and Problem Statement\n\nx\n\n## Decision Outcome\n\ny\n",
        ),
        ("docs/decisions/0003-latin.md", "x"),
    ])
}

#[test]
fn a_table_for_each_folder() {
    let repository = workspace();
    std::fs::write(
        repository.place.root.join("docs/decisions/0003-latin.md"),
        b"caf\xe9",
    )
    .expect("a file");
    let ran = repository.adr(&["list"]).expect(0);
    assert_eq!(
        ran.stdout,
        "crates/orders/docs/adr\n\
         0001  proposed  2026-01-31  Queue | 注文\n\
         \n\
         docs/decisions\n\
         0001  rejected  2026-02-03  No queue\n\
         0002  -                     Silent\n\
         0003  ?                     docs/decisions/0003-latin.md (it is not UTF-8)\n"
    );
    assert_eq!(repository.changes(), [" M docs/decisions/0003-latin.md"]);
}

#[test]
fn what_is_asked_for_is_listed() {
    let repository = workspace();
    let titles = |arguments: &[&str]| {
        let all: Vec<&str> = ["list", "--message-format", "json"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        let ran = repository.adr(&all).expect(0);
        let records = lines(&ran, "adr-record");
        let titles = records
            .iter()
            .map(|record| record["title"].as_str().unwrap_or("?").to_owned());
        titles.collect::<Vec<_>>()
    };
    assert_eq!(titles(&["--status", "Rejected"]), ["No queue"]);
    assert_eq!(
        titles(&["--status", "none", "--status", "proposed"])[..2],
        ["Queue | 注文", "Silent"]
    );
    assert_eq!(titles(&["--owner", "lovelace"]), ["No queue"]);
    assert_eq!(titles(&["--owner", "grace"]), [""; 0]);
    for member in [
        "acme-orders",
        "orders",
        "crates/orders",
        "crates/orders/docs/adr",
    ] {
        assert_eq!(titles(&["--member", member]), ["Queue | 注文"], "{member}");
    }
    assert_eq!(
        titles(&["--folder", "docs/decisions", "--status", "rejected"]),
        ["No queue"]
    );
}

#[test]
fn a_record_as_json() {
    let repository = workspace();
    let ran = repository
        .adr(&["show", "decisions/1", "--message-format", "json"])
        .expect(0);
    let record = &lines(&ran, "adr-record")[0];
    assert_eq!(record["path"], "docs/decisions/0001-no-queue.md");
    assert_eq!(record["number"], "0001");
    assert_eq!(record["value"], 1);
    assert_eq!(record["status"], "rejected");
    assert_eq!(record["statuses"][0]["line"], 2);
    assert_eq!(
        record["deciders"],
        serde_json::json!(["Ada Lovelace", "team:platform"])
    );
    assert_eq!(record["dialect"], "MADR 4");
    assert!(
        record["text"]
            .as_str()
            .expect("text")
            .starts_with("---\nstatus: rejected\n")
    );
}

#[test]
fn a_mistyped_question_is_answered_with_what_there_is() {
    let repository = workspace();
    let ran = repository.adr(&["list", "--status", "acepted"]).expect(2);
    assert!(
        ran.stderr.contains("did you mean `accepted`?"),
        "{}",
        ran.stderr
    );
    let ran = repository.adr(&["list", "--member", "payments"]).expect(2);
    assert!(
        ran.stderr
            .contains("acme-orders, crates/orders/docs/adr, docs/decisions"),
        "{}",
        ran.stderr
    );
    let ran = repository.adr(&["show", "9"]).expect(2);
    assert!(
        ran.stderr.contains("no decision record `9`"),
        "{}",
        ran.stderr
    );
    let empty = Repository::new(&[("README.md", "# Nothing\n")]);
    let ran = empty.adr(&["list"]).expect(2);
    assert!(
        ran.stderr.contains("there are no decision records in"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_record_is_named_in_many_ways() {
    let repository = Repository::with_three();
    let expected = nygard(2, "Two", "Proposed");
    for name in [
        "2",
        "0002",
        "ADR-2",
        "adr-0002",
        "#2",
        "0002-two.md",
        "0002-two",
        "docs/adr/0002-two.md",
        "adr/2",
    ] {
        let ran = repository.adr(&["show", name]).expect(0);
        assert_eq!(ran.stdout, expected, "{name}");
    }
    let repository = workspace();
    for name in ["orders/1", "acme-orders/1", "crates/orders/0001"] {
        let ran = repository.adr(&["show", name]).expect(0);
        assert!(ran.stdout.starts_with("# 1. Queue"), "{name}");
    }
    let ran = repository.adr(&["show", "1"]).expect(2);
    assert!(
        ran.stderr
            .contains("`crates/orders/docs/adr/0001-queue.md`, `docs/decisions/0001-no-queue.md`"),
        "{}",
        ran.stderr
    );
}
