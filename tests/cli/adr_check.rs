//! `cargo kickoff adr check`: everything that is wrong is found, at its place, and nothing else.

use crate::adr_support::{Repository, lines, nygard};

/// The codes with file, line and column of each place.
fn findings(repository: &Repository, arguments: &[&str]) -> Vec<String> {
    let all: Vec<&str> = ["check", "--message-format", "json"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    let ran = repository.adr(&all);
    let mut found = lines(&ran, "diagnostic");
    found.retain(|finding| finding.get("exception").is_none());
    let fails = found.iter().any(|finding| finding["level"] == "error");
    assert_eq!(ran.code, Some(if fails { 4 } else { 0 }), "{ran:?}");
    let line = |finding: &serde_json::Value| {
        let places = finding["spans"].as_array().expect("spans").iter();
        let places = places.map(|place| {
            let file = place["file_name"].as_str().expect("a file");
            format!("{file}:{}:{}", place["line"], place["column_start"])
        });
        assert!(
            !finding["helps"].as_array().expect("helps").is_empty(),
            "{finding}"
        );
        format!(
            "{} {}",
            finding["code"].as_str().expect("a code"),
            places.collect::<Vec<_>>().join(" ")
        )
    };
    found.iter().map(line).collect()
}

#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let repository = Repository::new(files);
    assert_eq!(findings(&repository, &[]), expected);
    assert_eq!(repository.changes(), [""; 0]);
}

const ONE: &str = "docs/adr/0001-one.md";
const TWO: &str = "docs/adr/0002-two.md";

#[test]
fn nothing_is_found_where_nothing_is_wrong() {
    let repository = Repository::with_three();
    let ran = repository.adr(&["check"]).expect(0);
    assert_eq!(
        (ran.stdout.as_str(), ran.stderr.trim()),
        ("", "Checked 3 records: nothing found")
    );
}

#[test]
fn a_finding_shows_both_sides_and_the_way_out() {
    let repository = Repository::with_three();
    repository
        .place
        .write("docs/adr/0002-other.md", &nygard(2, "Other", "Proposed"));
    let ran = repository.adr(&["check"]).expect(4);
    let expected = "\
error[KD0401]: two records have the number `0002`
 --> docs/adr/0002-two.md:1:3
  |
1 | # 2. Two
  |   ^
  |
 ::: docs/adr/0002-other.md:1:3
  |
1 | # 2. Other
  |   -
  |
  = help: let the one that is cited most keep its number, and give the next one to the other, as in `0004-title.md`
";
    assert!(ran.stderr.starts_with(expected), "{}", ran.stderr);
}

#[test]
fn translations_and_series_are_no_duplicates() {
    check(
        &[
            (ONE, &nygard(1, "One", "Accepted")),
            ("docs/adr/0001-one.de.md", &nygard(1, "Eins", "Accepted")),
            (
                "docs/adr/ADR-D-0001-data.md",
                "# ADR-D-0001: Data\n\n## Status\n\nAccepted\n\n## Decision\n\nx\n",
            ),
        ],
        &[],
    );
}

#[test]
fn links_that_lead_nowhere() {
    let context = |text: &str| nygard(1, "One", "Accepted").replace("It is so.", text);
    let two = nygard(2, "Two", "Accepted");
    check(
        &[
            (
                ONE,
                &context("See [two](0002-tow.md) and [two](0002-two.md)."),
            ),
            (TWO, &two),
        ],
        &["KD0403 docs/adr/0001-one.md:11:5"],
    );
    check(
        &[
            (ONE, &nygard(1, "One", "Superseded by ADR-0009")),
            (TWO, &two),
        ],
        &["KD0403 docs/adr/0001-one.md:7:15"],
    );
    let fine = [
        "`[two](0002-tow.md)`",
        "```\n[two](0002-tow.md)\n```",
        "See [theirs](https://example.org/0007-x.md) and [site](/adr/0007-x.md) and [up](../../../other/0007-x.md).",
        "See [two](docs/adr/0002-two.md), [two](0002-two.md#context) and [two](./0002%2Dtwo.md).",
        "This supersedes [ADR-9] of theirs.\n\n[ADR-9]: https://example.org/9",
    ];
    for text in fine {
        check(&[(ONE, &context(text)), (TWO, &two)], &[]);
    }
}

#[test]
fn a_name_that_holds_a_phrase_is_a_name() {
    let one = nygard(1, "One", "Accepted")
        .replace("It is so.", "See [this](0002-slot-replaces-0009-take.md).");
    check(
        &[
            (ONE, &one),
            (
                "docs/adr/0002-slot-replaces-0009-take.md",
                &nygard(2, "Two", "Accepted"),
            ),
        ],
        &[],
    );
}

#[test]
fn one_end_that_the_other_does_not_know() {
    let superseding = nygard(2, "Two", "Accepted\n\nSupersedes [1. One](0001-one.md)");
    check(
        &[(ONE, &nygard(1, "One", "Accepted")), (TWO, &superseding)],
        &["KD0404 docs/adr/0002-two.md:9:12 docs/adr/0001-one.md:1:3"],
    );
    check(
        &[
            (
                ONE,
                &nygard(1, "One", "Superseded by [2. Two](0002-two.md)"),
            ),
            (TWO, &nygard(2, "Two", "Accepted")),
        ],
        &["KD0404 docs/adr/0001-one.md:7:15 docs/adr/0002-two.md:1:3"],
    );
    // What is only proposed supersedes nothing yet, and a story about others is no claim.
    let fine = [
        nygard(2, "Two", "Proposed\n\nSupersedes [1. One](0001-one.md)"),
        nygard(2, "Two", "Accepted").replace(
            "It is so.",
            "Nobody thinks that this partly supersedes [1. One](0001-one.md).",
        ),
        nygard(2, "Two", "Accepted\n\nAmends [1. One](0001-one.md)"),
        nygard(
            2,
            "Two",
            "Accepted\n\nSupersedes [1. One](0001-one.md)'s third part.",
        ),
    ];
    for text in &fine {
        check(&[(ONE, &nygard(1, "One", "Accepted")), (TWO, text)], &[]);
    }
}

#[test]
fn the_help_for_one_end_writes_the_other() {
    let repository = Repository::new(&[
        (ONE, &nygard(1, "One", "Accepted")),
        (
            TWO,
            &nygard(2, "Two", "Accepted\n\nSupersedes [1. One](0001-one.md)"),
        ),
    ]);
    let ran = repository.adr(&["check"]).expect(4);
    let command = ran
        .stderr
        .split("`cargo kickoff ")
        .nth(1)
        .and_then(|rest| rest.split('`').next());
    let words: Vec<&str> = command.expect("a command").split(' ').collect();
    repository.place.run(&words).expect(0);
    assert_eq!(
        repository.changed_lines(),
        ["-Accepted", "+Superseded by [2. Two](0002-two.md)"]
    );
    repository.adr(&["check"]).expect(0);
}

#[test]
fn two_statuses() {
    let text = format!(
        "---\nstatus: accepted\n---\n\n{}",
        nygard(1, "One", "Rejected")
    );
    check(
        &[(ONE, &text)],
        &["KD0405 docs/adr/0001-one.md:2:9 docs/adr/0001-one.md:11:1"],
    );
}

#[test]
fn comments_that_cite_what_is_not_there() {
    let record = nygard(1, "One", "Accepted");
    let source =
        "// See ADR-0001 and ADR-0007.\nfn main() {\n    println!(\"ADR-0008\"); /* ADR-9 */\n}\n";
    check(
        &[
            (ONE, &record),
            ("src/main.rs", source),
            (".gitignore", "/out\n"),
            ("deploy.yml", "a: b # ADR-0006\n"),
        ],
        &[
            "KD0406 deploy.yml:1:8",
            "KD0406 src/main.rs:1:21",
            "KD0406 src/main.rs:3:30",
        ],
    );
    let fine = [
        "// See ADR-00007 and ADR0 and adr_7.",
        "// As Tendermint ADR-0007 says, and ADR-0007 of the SDK.",
        "// [ADR-0007]: https://example.org/adr-0007.md\n// See ADR-0007.",
        "// A record is cited as in, for example, ADR-0007.",
        "// ADR-0001 links to the nonexistent ADR-0007.",
    ];
    for source in fine {
        check(&[(ONE, &record), ("src/main.rs", source)], &[]);
    }
}

#[test]
fn comments_that_cite_files_which_are_not_there() {
    let record = nygard(1, "One", "Accepted");
    let source = "// See [why](docs/adr/0007-gone.md#why), `docs/adr/0001-renamed.md` and docs/adr/0001-one.md.\nfn main() {}\n";
    check(
        &[
            (ONE, &record),
            ("src/main.rs", source),
            ("src/deep/a.rs", "//! ../../docs/adr/0008-eight.adoc\n"),
        ],
        &[
            "KD0406 src/deep/a.rs:1:5",
            "KD0406 src/main.rs:1:14",
            "KD0406 src/main.rs:1:43",
        ],
    );
    let repository = Repository::new(&[(ONE, &record), ("src/main.rs", source)]);
    let ran = repository.adr(&["check"]).expect(4);
    assert!(
        ran.stderr
            .contains("the record with its number is `docs/adr/0001-one.md`"),
        "{}",
        ran.stderr
    );
    let fine = [
        "// https://example.org/docs/adr/0007-gone.md",
        "// docs/adr/*.md and docs/adr/{number}-gone.md and docs/guide/0007-gone.md",
        "// For example docs/adr/0007-gone.md.",
        "fn main() { read(\"docs/adr/0007-gone.md\") }",
        "// ../docs/adr/0001-one.md, /docs/adr/0001-one.md",
    ];
    for source in fine {
        check(&[(ONE, &record), ("src/main.rs", source)], &[]);
    }
}

#[test]
fn what_a_project_is_tested_with_decides_nothing() {
    let repository = Repository::with_three();
    repository.place.write(
        "crates/a/tests/fixtures/adr/0001-a.md",
        &nygard(1, "A", "Superseded by ADR-0008"),
    );
    repository.place.write(
        "crates/a/tests/fixtures/adr/0012-b.md",
        &nygard(12, "B", "Accepted"),
    );
    repository
        .place
        .write("crates/a/tests/a.rs", "// ADR-0012 is accepted.\n");
    assert_eq!(findings(&repository, &[]), [""; 0]);
    assert_eq!(
        findings(&repository, &["--folder", "crates/a/tests/fixtures/adr"]).len(),
        1
    );
}

#[test]
fn what_git_ignores_is_nobodys() {
    let repository = Repository::with_three();
    repository.place.write(".gitignore", "/out/\n");
    repository.place.write("out/a.rs", "// ADR-0009\n");
    repository.place.write(
        "out/docs/adr/0001-a.md",
        &nygard(1, "A", "Superseded by ADR-0008"),
    );
    assert_eq!(findings(&repository, &[]), [""; 0]);
}

#[test]
fn a_number_that_another_branch_took() {
    let repository = Repository::with_three();
    repository.git(&["switch", "--quiet", "-c", "other"]);
    repository
        .place
        .write("docs/adr/0004-theirs.md", &nygard(4, "Theirs", "Proposed"));
    repository.git(&["mv", "docs/adr/0003-three.md", "docs/adr/0003-renamed.md"]);
    repository.commit("theirs");
    repository.git(&["switch", "--quiet", "main"]);
    repository
        .place
        .write("docs/adr/0004-ours.md", &nygard(4, "Ours", "Proposed"));
    assert_eq!(findings(&repository, &[]), [""; 0]);
    assert_eq!(
        findings(&repository, &["--base", "other"]),
        ["KD0402 docs/adr/0004-ours.md:1:3"]
    );
    assert_eq!(findings(&repository, &["--base", "main"]), [""; 0]);
    let ran = repository.adr(&["check", "--base", "other"]).expect(4);
    assert!(
        ran.stderr
            .contains("there it is `docs/adr/0004-theirs.md`: Theirs"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("`0005-title.md`"), "{}", ran.stderr);
    let ran = repository.adr(&["check", "--base", "nowhere"]).expect(2);
    assert!(
        ran.stderr.contains("knows no commit `nowhere`"),
        "{}",
        ran.stderr
    );
}

#[test]
fn names_of_what_is_gone() {
    let record = |decision: &str| nygard(1, "One", "Accepted").replace("We do it.", decision);
    let files = |decision: &str| {
        Repository::new(&[
            (ONE, &record(decision)),
            (
                "Cargo.toml",
                "[package]\nname = \"own\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\nfailure = \"0.1\"\n",
            ),
            ("src/lib.rs", ""),
            ("src/store/mod.rs", ""),
        ])
    };
    let found_after_change = |decision: &str| {
        let repository = files(decision);
        assert_eq!(findings(&repository, &[]), [""; 0], "{decision}");
        repository.place.write(
            "Cargo.toml",
            "[package]\nname = \"own\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
        );
        std::fs::remove_dir_all(repository.place.root.join("src/store")).expect("it was written");
        repository.commit("go on");
        findings(&repository, &[])
    };
    assert_eq!(
        found_after_change("We write errors with `failure`, and keep `serde` out of `src/store/`."),
        [
            "KD0407 docs/adr/0001-one.md:15:23",
            "KD0408 docs/adr/0001-one.md:15:58"
        ]
    );
    // What was never there, or is to go, is not gone.
    assert_eq!(
        found_after_change("We write errors with `thiserror` in `src/errors`."),
        [""; 0]
    );
    assert_eq!(
        found_after_change("We remove `failure` and `src/store`."),
        [""; 0]
    );
}

const ANSWERS: &str = "format = 1\n[service]\nname = \"shop\"\ncreated = \"2026-11-25\"\n";

fn exception(code: &str, subject: &str) -> String {
    format!(
        "[[exception]]\ncode = \"{code}\"\nsubject = \"{subject}\"\nreason = \"Kept for the history.\"\nowner = \"@acme/shop\"\n"
    )
}

#[test]
fn what_the_nearest_answers_except_does_not_count() {
    let twice = nygard(1, "Two", "Accepted");
    let answers = |code: &str, subject: &str| format!("{ANSWERS}{}", exception(code, subject));
    let found = |answers: &[(&str, &str)], arguments: &[&str]| {
        let mut files = vec![
            ("shop/docs/adr/0001-one.md", nygard(1, "One", "Accepted")),
            ("shop/docs/adr/0001-two.md", twice.clone()),
        ];
        files.extend(
            answers
                .iter()
                .map(|(path, text)| (*path, (*text).to_owned())),
        );
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (*path, text.as_str()))
            .collect();
        findings(&Repository::new(&files), arguments)
    };
    let duplicate = "KD0401 shop/docs/adr/0001-two.md:1:3 shop/docs/adr/0001-one.md:1:3";
    let unused = "KD0611 shop/kickoff.toml:5:1";
    let right = answers("KD0401", "docs/adr/0001-two.md");
    let wrong = answers("KD0401", "docs/adr/0001-three.md");
    assert_eq!(found(&[("shop/kickoff.toml", ANSWERS)], &[]), [duplicate]);
    assert_eq!(found(&[("shop/kickoff.toml", &right)], &[]), [""; 0]);
    assert_eq!(
        found(&[("shop/kickoff.toml", &wrong)], &[]),
        [duplicate, unused]
    );
    // Answers above others, or beside the records, say nothing about them.
    let above = answers("KD0401", "shop/docs/adr/0001-two.md");
    assert_eq!(
        found(
            &[("kickoff.toml", &above), ("shop/kickoff.toml", ANSWERS)],
            &[]
        ),
        [duplicate, "KD0611 kickoff.toml:5:1"]
    );
    assert_eq!(found(&[("kickoff.toml", &above)], &[]), [""; 0]);
    assert_eq!(found(&[("other/kickoff.toml", &right)], &[]), [duplicate]);
    // What was not looked at cannot be said to excuse nothing.
    let other = answers("KD0402", "docs/adr/0001-two.md");
    assert_eq!(found(&[("shop/kickoff.toml", &other)], &[]), [duplicate]);
    assert_eq!(
        found(
            &[("shop/kickoff.toml", &wrong)],
            &["--folder", "shop/docs/adr"]
        ),
        [duplicate]
    );
}

#[test]
fn an_exception_is_offered_where_there_are_answers_only() {
    let twice = nygard(1, "Two", "Accepted");
    let one = nygard(1, "One", "Accepted");
    let files = [
        (ONE, one.as_str()),
        ("docs/adr/0001-two.md", twice.as_str()),
    ];
    let offer = "`[[exception]]` with `code = \"KD0401\"`, `subject = \"docs/adr/0001-two.md\"`";
    let ran = Repository::new(&files).adr(&["check"]).expect(4);
    assert!(!ran.stderr.contains("[[exception]]"), "{}", ran.stderr);
    let with = |answers: &'static str| {
        let files = [&files[..], &[("kickoff.toml", answers)]].concat();
        Repository::new(&files).adr(&["check"]).expect(4)
    };
    let ran = with(ANSWERS);
    assert!(ran.stderr.contains(offer), "{}", ran.stderr);
    let ran = with("format = \n");
    assert!(
        ran.stderr
            .contains("`kickoff.toml` cannot be read, so its exceptions do not count"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("KD0401"), "{}", ran.stderr);
}

#[test]
fn code_scanning_gets_paths_from_the_root_of_the_repository() {
    let repository = Repository::new(&[
        (
            "shop/Cargo.toml",
            "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n",
        ),
        ("shop/docs/adr/0001-one.md", &nygard(1, "One", "Accepted")),
        ("shop/docs/adr/0001-two.md", &nygard(1, "Two", "Accepted")),
    ]);
    let ran = repository
        .adr(&[
            "check",
            "--message-format",
            "sarif",
            "--manifest-path",
            "shop/Cargo.toml",
        ])
        .expect(4);
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let result = &document["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "KD0401");
    assert_eq!(
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "shop/docs/adr/0001-two.md"
    );
}
