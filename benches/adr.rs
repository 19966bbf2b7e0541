//! Ten thousand decision records in all forms: read, gathered into folders, checked, numbered, and stubs planned
//! in each folder. It must stay well under a second.
//!
//! `cargo bench --bench adr`.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "support/median.rs"]
mod median;

use std::collections::HashSet;
use std::hint::black_box;
use std::time::Instant;

use camino::Utf8PathBuf;
use cargo_kickoff::adr::Status;
use cargo_kickoff::adr::check::{Citation, CitedPath, Facts, check, citations, cited_paths};
use cargo_kickoff::adr::edit::set_status;
use cargo_kickoff::adr::folder::{Folder, discover};
use cargo_kickoff::adr::walk::File;
use cargo_kickoff::evidence::{self, Source, SourceFile};
use cargo_kickoff::stubs::{self, Place, State, Subject};

const RECORDS: usize = 10_000;
const RUNS: usize = 7;

/// The beginnings of records in the forms that people use.
const HEADS: [&str; 4] = [
    "# NUMBER. A title of usual length\n\nDate: 2026-01-31\n\n## Status\n\nAccepted\n\nAmends [1. A](0001-a.md)\n",
    "---\nstatus: accepted\ndate: 2026-01-31\ndecision-makers: [Ada, Grace]\n---\n\n# A title of usual length\n",
    "# A title of usual length\n\n* Status: superseded by [ADR-0002](0002-b.md)\n* Deciders: Ada, Grace\n* Date: 2026-01-31\n",
    "# ADR-NUMBER: A title of usual length\n\n| Status | Accepted |\n|---|---|\n| Date | 2026-01-31 |\n",
];

fn main() {
    let files = files();
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    println!(
        "{RECORDS} records of {} bytes each in the mean",
        bytes / RECORDS
    );
    println!("step                     median, ms");
    report("read and gather", || {
        black_box(discover(files.clone())).len()
    });
    let folders = discover(files.clone());
    let found: usize = folders.iter().map(|folder| folder.records.len()).sum();
    assert_eq!(found, RECORDS, "every record is found");
    report("number", || folders.iter().map(number).sum());
    let paths: HashSet<Utf8PathBuf> = files.iter().map(|file| file.path.clone()).collect();
    let sources = sources();
    report("check", || {
        let citations: Vec<Citation> = sources
            .iter()
            .flat_map(|(path, text)| citations(path, text))
            .collect();
        let cited: Vec<CitedPath> = sources
            .iter()
            .flat_map(|(path, text)| cited_paths(path, text))
            .collect();
        let facts = Facts {
            exists: &|path| paths.contains(path),
            fixtures: &[],
            citations: &citations,
            cited_paths: &cited,
            gone: &[],
            base: None,
        };
        check(&folders, &facts).len()
    });
    let subjects = subjects();
    report("plan the stubs", || {
        let plans = folders.iter().map(|folder| planned(folder, &subjects));
        plans.sum()
    });
    report("deprecate each", || folders.iter().map(deprecate).sum());
}

/// A hundred folders of a hundred records, one form in each.
fn files() -> Vec<File> {
    let body: String = ["Context", "Decision", "Consequences"]
        .iter()
        .map(|name| {
            format!(
                "\n## {name}\n\n{}\n\n```rust\nfn main() {{}}\n```\n",
                "Words that say why. ".repeat(40)
            )
        })
        .collect();
    (0..RECORDS)
        .map(|at| {
            let (folder, number) = (at / 100, at % 100);
            let head = HEADS[folder % HEADS.len()].replace("NUMBER", &number.to_string());
            File {
                path: Utf8PathBuf::from(format!("crates/c{folder}/docs/adr/{number:04}-a.md")),
                bytes: format!("{head}{body}").into_bytes(),
            }
        })
        .collect()
}

/// A thousand source files, each with a comment that cites a record.
fn sources() -> Vec<(Utf8PathBuf, String)> {
    let code = "/// What it is for.\nfn f(a: &str) -> String { format!(\"{a}\") }\n".repeat(40);
    (0..1_000)
        .map(|at| {
            let path = Utf8PathBuf::from(format!("crates/c{}/src/f{at}.rs", at % 100));
            (path, format!("{code}// See ADR-{:04}.\n{code}", at % 150))
        })
        .collect()
}

fn number(folder: &Folder) -> usize {
    folder.duplicates().len() + usize::from(folder.next_number(&[]).is_some())
}

/// What a service with a dozen libraries shows.
fn subjects() -> Vec<Subject> {
    let packages = [
        "axum",
        "diesel",
        "moka",
        "tokio",
        "reqwest",
        "thiserror",
        "serde_json",
        "tracing",
        "clap",
        "proptest",
        "lapin",
        "rustls",
    ];
    let dependencies: String = packages
        .iter()
        .map(|package| format!("{package} = \"1\"\n"))
        .collect();
    let source = Source {
        manifests: vec![SourceFile {
            path: "Cargo.toml".to_owned(),
            text: format!("[package]\nname = \"a\"\n[dependencies]\n{dependencies}"),
        }],
        ..Source::default()
    };
    let decisions = evidence::decisions(&source);
    decisions.iter().map(Subject::of_evidence).collect()
}

fn planned(folder: &Folder, subjects: &[Subject]) -> usize {
    let place = Place {
        folder,
        marked: &[],
        history: &[],
        today: "2026-01-31",
        exists: &|_| false,
    };
    let plan = stubs::plan(subjects, &State::default(), &[], &place);
    plan.expect("stubs in every form").items.len()
}

fn deprecate(folder: &Folder) -> usize {
    folder
        .records
        .iter()
        .filter(|record| set_status(record, Status::Deprecated, &folder.house.vocabulary).is_ok())
        .count()
}

fn report(step: &str, run: impl Fn() -> usize) {
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    println!("{step:<24} {:>10.1}", median::median(&mut times));
}
