//! New records in the form of each house.
//!
//! `SNAPSHOTS=overwrite cargo test --test adr drafts` writes `tests/adr/drafts/<name>.txt` anew.

use camino::{Utf8Path, Utf8PathBuf};
use cargo_kickoff::adr::draft::{Content, draft};
use cargo_kickoff::adr::folder::{Folder, discover, named};
use cargo_kickoff::adr::walk::{File, walk};
use cargo_kickoff::adr::{Dialect, Record, Standing, Status, read};
use proptest::prelude::*;
use snapbox::prelude::*;

use crate::corpus::corpus;

const DATE: &str = "2026-11-25";

fn path_of(folder: &Folder, title: &str) -> (Option<u64>, Utf8PathBuf) {
    let number = folder.next_number(&[]);
    let name = folder.file_name(number, title, DATE);
    let path = match folder.path.as_str() {
        "" => name,
        path => format!("{path}/{name}").into(),
    };
    (number, path)
}

fn written(folder: &Folder, title: &str) -> (Utf8PathBuf, Vec<u8>) {
    let (number, path) = path_of(folder, title);
    let content = Content {
        title,
        number,
        date: DATE,
        topic: Some("database"),
        context: &["Which database holds the data?".to_owned()],
        evidence: &[
            "`sqlx` in `Cargo.toml`".to_owned(),
            "a migration in `migrations/0001.sql`".to_owned(),
        ],
        decision: "In use: PostgreSQL.",
        open: "Not written down yet.",
    };
    let bytes = draft(folder, &path, &content).expect("a draft");
    (path, bytes)
}

#[test]
fn drafts_look_like_the_house() {
    for workspace in corpus() {
        let folders = discover(walk(&workspace).expect("readable files"));
        let text: String = folders
            .iter()
            .map(|folder| {
                let (path, bytes) = written(folder, "Keep data in PostgreSQL");
                let text = String::from_utf8(bytes).expect("UTF-8");
                format!("==> {path} <==\n{text}\n")
            })
            .collect();
        let name = workspace.file_name().expect("a name");
        let expected = workspace
            .with_file_name("../drafts")
            .join(format!("{name}.txt"));
        let expected = snapbox::Data::read_from(expected.as_std_path(), None);
        snapbox::Assert::new()
            .action_env("SNAPSHOTS")
            .eq(text.into_data().raw(), expected.raw());
    }
}

/// What a stub cannot be written in: one sentence cannot be made of what only files show, and arc42's alternatives are told apart by what
/// stands under them. MADR 3 differs from MADR 4 in the name for those who decided, and a stub names nobody. A free form gets sections.
const NOT_IMITATED: [Dialect; 4] = [
    Dialect::YStatement,
    Dialect::Arc42,
    Dialect::Madr3,
    Dialect::Free,
];

#[test]
fn a_draft_is_read_in_the_dialect_of_its_house() {
    for workspace in corpus() {
        let files = walk(&workspace).expect("readable files");
        for folder in discover(files.clone()) {
            let (path, bytes) = written(&folder, "Keep data in PostgreSQL");
            assert!(files.iter().all(|file| file.path != path), "{path}");
            let record = read(&path, bytes);
            let fields = record.fields().expect("a record");
            if !NOT_IMITATED.contains(&folder.house.dialect) && !folder.records.is_empty() {
                assert_eq!(fields.dialect, folder.house.dialect, "{path}");
            }
            assert_eq!(
                fields.encoding.line_ending.text(),
                folder.house.line_ending.text()
            );
            assert_eq!(fields.deciders, [], "{path}");
        }
    }
}

#[test]
fn a_house_with_another_encoding_gets_it() {
    let text = "\u{feff}# 1. One\r\n\r\nDate: 2020-01-01\r\n\r\n## Status\r\n\r\nACCEPTED\r\n\r\n## Context\r\n\r\nSome.\r\n\r\n## Decision\r\n\r\nYes.\r\n";
    let folder = one_folder(text);
    let (_, bytes) = written(&folder, "Two");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(text.starts_with(
        "\u{feff}# 2. Two\r\n\r\nDate: 2026-11-25\r\n\r\n## Status\r\n\r\nPROPOSED\r\n"
    ));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
}

#[test]
fn nobody_is_named_who_decided_something_else() {
    let head = "---\nstatus: accepted\ndate: 2020-01-01\ndecision-makers: [Ada]\nconsulted: Grace\ninformed: all\nlayout: adr\n---\n\n# One\n";
    let body = "\n## Context and Problem Statement\n\nSome.\n\n## Decision Outcome\n\nYes.\n";
    let files = ["0001-one", "0002-two"].map(|name| File {
        path: format!("docs/decisions/{name}.md").into(),
        bytes: format!("{head}{body}").into_bytes(),
    });
    let folders = discover(files.to_vec());
    let (_, bytes) = written(&folders[0], "Three");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(
        text.starts_with("---\nstatus: proposed\ndate: 2026-11-25\nlayout: adr\n---\n\n# Three\n"),
        "{text}"
    );
}

#[test]
fn a_folder_that_has_nothing_gets_nygards_form() {
    let folder = named(Utf8Path::new("docs/adr"), &[]);
    let (path, bytes) = written(&folder, "One");
    assert_eq!(path, "docs/adr/0001-one.md");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(
        headings,
        [
            "# 1. One",
            "## Status",
            "## Context",
            "## Decision",
            "## Consequences"
        ]
    );
}

fn one_folder(text: &str) -> Folder {
    let file = File {
        path: "docs/adr/0001-one.md".into(),
        bytes: text.as_bytes().to_vec(),
    };
    discover(vec![file]).remove(0)
}

fn is_open(record: &Record) -> bool {
    record.fields().is_some_and(|fields| {
        matches!(
            fields.standing(),
            Standing::Said(Status::Proposed | Status::Draft)
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever the records of a house look like, a draft in it is read as proposed, with its own title and number.
    #[test]
    fn a_draft_is_read_as_it_is_meant(
        document in crate::properties::document(),
        title in "[A-Z][a-z]{1,8}( [a-z]{1,8}){0,4}",
    ) {
        let folder = one_folder(&document.text);
        let (number, _) = path_of(&folder, &title);
        let (path, bytes) = written(&folder, &title);
        let record = read(&path, bytes);
        prop_assert!(is_open(&record), "{}", String::from_utf8_lossy(&record.bytes));
        prop_assert_eq!(record.title(), Some(title.as_str()));
        prop_assert_eq!(record.number().map(|number| number.value), number);
        prop_assert_eq!(number, Some(2));
    }
}
