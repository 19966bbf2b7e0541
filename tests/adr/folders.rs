//! Which folders are found, which record a person means, and which number is next.

use camino::Utf8PathBuf;
use cargo_kickoff::adr::folder::{Folder, LookupError, discover};
use cargo_kickoff::adr::walk::File;

const RECORD: &str = "# Title\n\n## Status\n\nAccepted\n\n## Decision\n\nYes.\n";

fn folders(files: &[(&str, &str)]) -> Vec<Folder> {
    discover(
        files
            .iter()
            .map(|(path, text)| File {
                path: Utf8PathBuf::from(*path),
                bytes: text.as_bytes().to_vec(),
            })
            .collect(),
    )
}

/// Each folder with the number of its records, for records at these paths.
#[track_caller]
fn check(paths: &[&str], expected: &[(&str, usize)]) {
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (*path, RECORD)).collect();
    let found = folders(&files);
    let found: Vec<(&str, usize)> = found
        .iter()
        .map(|folder| (folder.path.as_str(), folder.records.len()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn folders_are_found_by_what_is_in_them() {
    check(&["docs/adr/0001-a.md"], &[("docs/adr", 1)]);
    check(&["0001-a.md", "0002-b.md"], &[("", 2)]);
    check(&["notes/0001-a.md"], &[]);
    check(&["notes/0001-a.md", "notes/0002-b.md"], &[("notes", 2)]);
    check(&["rfcs/0001-a.md", "rfcs/0002-b.md"], &[]);
    check(
        &[
            "docs/decisions/data/0001-a.md",
            "docs/decisions/api/0002-b.md",
        ],
        &[("docs/decisions", 2)],
    );
    check(
        &[
            "docs/decisions/data/0001-a.md",
            "docs/decisions/api/0001-b.md",
        ],
        &[("docs/decisions/api", 1), ("docs/decisions/data", 1)],
    );
    check(
        &[
            "docs/adr/0001-a.md",
            "docs/adr/old/0001-b.md",
            "crates/x/docs/ADR/0001-c.md",
        ],
        &[("crates/x/docs/ADR", 1), ("docs/adr", 2)],
    );
}

#[test]
fn a_folder_may_be_named_in_a_file() {
    let found = folders(&[(".adr-dir", "design\n"), ("design/0001-a.md", RECORD)]);
    assert_eq!(found[0].path, "design");
    let found = folders(&[
        (
            "web/.log4brains.yml",
            "project:\n  packages:\n    - name: x\n      adrFolder: ../design/log\n",
        ),
        ("design/log/20260131-a.md", RECORD),
    ]);
    assert_eq!(found[0].path, "design/log");
    assert_eq!(found[0].next_number(&[]), None);
    assert_eq!(folders(&[(".adr-dir", "../outside\n")]), []);
}

#[test]
fn a_reference_names_one_record_or_is_an_error() {
    let topic = format!("<!-- kickoff: topic data.store -->\n{RECORD}");
    let found = folders(&[
        ("docs/adr/ADR-D-0001-a.md", RECORD),
        ("docs/adr/ADR-I-0001-b.md", RECORD),
        ("docs/adr/ADR-D-0002-c.md", RECORD),
        ("docs/adr/ADR-D-0040a-d.md", topic.as_str()),
    ]);
    let named = |reference: &str| {
        found[0]
            .find(reference)
            .map(|record| record.path.file_name().unwrap_or_default())
    };
    assert_eq!(named("2"), Ok("ADR-D-0002-c.md"));
    assert_eq!(named("ADR-2"), Ok("ADR-D-0002-c.md"));
    assert_eq!(named("adr-d-1"), Ok("ADR-D-0001-a.md"));
    assert_eq!(named("0040a"), Ok("ADR-D-0040a-d.md"));
    assert_eq!(named("ADR-I-0001-b"), Ok("ADR-I-0001-b.md"));
    assert_eq!(named("docs/adr/ADR-I-0001-b.md"), Ok("ADR-I-0001-b.md"));
    assert_eq!(named("data.store"), Ok("ADR-D-0040a-d.md"));
    let ambiguous = named("1").expect_err("two of them");
    assert_eq!(
        ambiguous.to_string(),
        "`1` names several decision records: `docs/adr/ADR-D-0001-a.md`, `docs/adr/ADR-I-0001-b.md`"
    );
    assert!(matches!(named("7"), Err(LookupError::Unknown { .. })));
    assert!(matches!(
        named("2024 was good"),
        Err(LookupError::Unknown { .. })
    ));
    assert_eq!(found[0].duplicates(), [], "two tracks count apart");
}

#[test]
fn the_next_number_is_above_all_that_were_ever_taken() {
    let found = folders(&[
        ("docs/adr/0001-a.md", RECORD),
        ("docs/adr/0003-b.md", RECORD),
        (
            "docs/adr/README.md",
            "# Decisions\n\n| No | Title |\n|--|--|\n| [0005](0005-gone.md) | Gone |\n",
        ),
    ]);
    assert_eq!(found[0].next_number(&[]), Some(6));
    assert_eq!(found[0].next_number(&[2, 9]), Some(10));
    assert_eq!(
        found[0].indexes[0].columns,
        Some(Vec::from(["No".to_owned(), "Title".to_owned()]))
    );
    let found = discover(Vec::from([
        File {
            path: "docs/adr/0001-a.md".into(),
            bytes: RECORD.as_bytes().to_vec(),
        },
        File {
            path: "docs/adr/0008-latin.md".into(),
            bytes: Vec::from(*b"# Caf\xe9\n"),
        },
    ]));
    assert_eq!(
        found[0].next_number(&[]),
        Some(9),
        "a file that cannot be read counts"
    );
}

#[test]
fn names_follow_the_house() {
    let name = |path: &str| {
        let folder = folders(&[(path, RECORD)]).remove(0);
        let next = folder.next_number(&[]);
        folder
            .file_name(next, "Use `sqlx` & Größe", "2026-01-31")
            .into_string()
    };
    assert_eq!(name("docs/adr/0009-old-one.md"), "0010-use-sqlx-grosse.md");
    assert_eq!(
        name("docs/adr/adr_009_old_one.md"),
        "adr_010_use_sqlx_grosse.md"
    );
    assert_eq!(
        name("docs/adr/ADR 0009 Old One.md"),
        "ADR 0010 Use sqlx Grosse.md"
    );
    assert_eq!(name("docs/adr/ADR-9.md"), "ADR-10.md");
    assert_eq!(
        name("docs/adr/00009-old/README.md"),
        "00010-use-sqlx-grosse/README.md"
    );
    assert_eq!(
        name("docs/adr/2025-12-01-old.md"),
        "2026-01-31-use-sqlx-grosse.md"
    );
    assert_eq!(name("docs/adr/0009-old.adoc"), "0010-use-sqlx-grosse.adoc");
}
