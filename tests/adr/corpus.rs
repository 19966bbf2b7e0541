//! Folders shaped like those of real repositories, each with the reading that is right for it.
//!
//! `SNAPSHOTS=overwrite cargo test --test adr corpus` writes `tests/adr/expected/<name>.txt` anew.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use cargo_kickoff::adr::folder::discover;
use cargo_kickoff::adr::walk::walk;
use cargo_kickoff::adr::{Reading, read};
use snapbox::assert_data_eq;
use snapbox::prelude::*;

use crate::describe;

pub(crate) fn corpus() -> Vec<Utf8PathBuf> {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/adr/corpus");
    let mut folders: Vec<Utf8PathBuf> = root
        .read_dir_utf8()
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").into_path())
        .collect();
    folders.sort();
    folders
}

#[test]
fn corpus_reads_as_expected() {
    for workspace in corpus() {
        let folders = discover(walk(&workspace).expect("readable files"));
        let text: String = folders.iter().map(describe::folder).collect();
        let name = workspace.file_name().expect("a name");
        let expected = workspace
            .with_file_name("../expected")
            .join(format!("{name}.txt"));
        let expected = snapbox::Data::read_from(expected.as_std_path(), None);
        snapbox::Assert::new()
            .action_env("SNAPSHOTS")
            .eq(text.into_data().raw(), expected.raw());
    }
}

#[test]
fn spans_hold_the_bytes_they_name() {
    for workspace in corpus() {
        for file in walk(&workspace).expect("readable files") {
            let record = read(&file.path, file.bytes.clone());
            assert_eq!(record.bytes, file.bytes, "{}", file.path);
            let Reading::Record(fields) = &record.reading else {
                continue;
            };
            for mention in &fields.statuses {
                assert_eq!(record.text(&mention.token.span), mention.token.value);
                assert!(record.text(&mention.whole).contains(&mention.token.value));
            }
            for name in &fields.deciders {
                assert_eq!(record.text(&name.span), name.value);
            }
            for section in &fields.sections {
                assert_eq!(record.text(&section.name.span), section.name.value);
            }
        }
    }
}

#[test]
fn a_file_that_is_not_utf8_still_takes_its_number() {
    assert_data_eq!(
        describe::record(&read(
            "docs/adr/0007-latin.md".into(),
            b"# 7. Caf\xe9\n".to_vec()
        )),
        "docs/adr/0007-latin.md\n  opaque: it is not UTF-8, Some(\"0007\")\n"
    );
}

#[test]
fn the_same_is_read_with_other_line_ends() {
    for workspace in corpus() {
        for file in walk(&workspace).expect("readable files") {
            let text = String::from_utf8(file.bytes).expect("UTF-8");
            let crlf = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            let plain = read(&file.path, text.into_bytes());
            let other = read(&file.path, crlf.into_bytes());
            let words = |text: String| {
                text.lines()
                    .filter(|line| !line.contains("number"))
                    .collect::<Vec<_>>()
                    .join("\n")
            };
            let other = words(describe::record(&other)).replace("\\r\\n", "\\n");
            assert_eq!(other, words(describe::record(&plain)));
        }
    }
}

#[test]
fn folders_are_left_out() {
    let root = tempfile::tempdir().expect("a folder");
    let root = Utf8Path::from_path(root.path()).expect("UTF-8");
    let record = "# 1. One\n\n## Status\n\nAccepted\n";
    for folder in [
        "target/doc/adr",
        "node_modules/x/docs/adr",
        ".git/adr",
        ".cache/adr",
        "docs/adr",
        ".github/adr",
    ] {
        fs::create_dir_all(root.join(folder)).expect("a folder");
        fs::write(root.join(folder).join("0001-one.md"), record).expect("a file");
    }
    fs::write(root.join("Cargo.toml"), "[workspace]\n").expect("a file");
    let paths: Vec<String> = walk(root)
        .expect("readable files")
        .into_iter()
        .map(|file| file.path.into_string())
        .collect();
    assert_eq!(paths, [".github/adr/0001-one.md", "docs/adr/0001-one.md"]);
}
