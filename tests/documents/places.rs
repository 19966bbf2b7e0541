//! What documents point at is there.

use camino::{Utf8Path, Utf8PathBuf};
use cargo_kickoff::skeleton::tree::Tree;

use crate::answers::{documents, sets, tree};
use crate::markdown::parse;

/// Whether a code span names a file or folder rather than a value, route or setting.
fn names_a_file(code: &str) -> bool {
    let plain = code
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c));
    let known = [".rs", ".toml", ".md", ".sql", ".yml", ".lock"];
    plain
        && !code.starts_with('/')
        && (code.contains('/') || known.iter().any(|end| code.ends_with(end)))
}

fn exists(tree: &Tree, path: &Utf8Path) -> bool {
    let folder = format!("{}/", path.as_str().trim_end_matches('/'));
    // The answers are written beside the tree.
    path == "kickoff.toml"
        || tree.get(path).is_some()
        || tree
            .iter()
            .any(|(other, _)| other.as_str().starts_with(&folder))
}

#[test]
fn every_file_that_a_document_names_is_generated() {
    let mut named = 0;
    for (name, answers) in sets() {
        let tree = tree(&answers);
        for (path, text) in documents(&tree) {
            for code in parse(text).code.iter().filter(|code| names_a_file(code)) {
                named += 1;
                assert!(
                    exists(&tree, Utf8Path::new(code)),
                    "{name}: {path}: `{code}`"
                );
            }
        }
    }
    assert!(named > 100, "{named}");
}

#[test]
fn every_link_leads_somewhere() {
    let mut followed = 0;
    for (name, answers) in sets() {
        let tree = tree(&answers);
        for (path, text) in documents(&tree) {
            for link in parse(text).links {
                if link.starts_with("http://127.0.0.1:") {
                    continue;
                }
                followed += 1;
                if let Some(anchor) = link.strip_prefix('#') {
                    let heading = format!("# {}", anchor.replace('-', " "));
                    assert!(
                        text.to_lowercase().contains(&heading),
                        "{name}: {path}: {link}"
                    );
                    continue;
                }
                let folder = Utf8Path::new(path).parent().expect("a folder");
                let target: Utf8PathBuf = folder.join(&link);
                assert!(tree.get(&target).is_some(), "{name}: {path}: {link}");
            }
        }
    }
    assert!(followed > 50, "{followed}");
}

#[test]
fn code_owners_own_files_that_exist() {
    let check = |owner: &str, expected: &str| {
        let mut answers = crate::answers::project();
        for id in ["ownership.errors-owner", "ownership.schema-owner"] {
            crate::answers::give(&mut answers, id, crate::answers::text(owner));
        }
        let tree = tree(&answers);
        let file = tree.get(".github/CODEOWNERS").expect("owners");
        let rows: Vec<&str> = file.lines().filter(|line| !line.starts_with('#')).collect();
        if expected.is_empty() {
            assert!(rows.is_empty(), "{rows:?}");
            return;
        }
        assert!(rows.len() >= 4, "{file}");
        for row in rows {
            let (path, handle) = row.split_once(' ').expect("a path and a handle");
            assert_eq!(handle, expected);
            let path = Utf8Path::new(path.strip_prefix('/').expect("from the root"));
            assert!(exists(&tree, path), "{path}");
        }
    };
    check("@acme/orders", "@acme/orders");
    check("@ada", "@ada");
    check("ada@example.com", "ada@example.com");
    check("Ada Lovelace", "");
    check("@acme/orders/x", "");
    check("@acme @other", "");
    check("* @evil", "");
}

#[test]
fn without_a_file_to_own_there_are_no_code_owners() {
    let mut answers = crate::answers::project();
    crate::answers::give(
        &mut answers,
        "ownership.caching-owner",
        crate::answers::text("@ada"),
    );
    assert!(tree(&answers).get(".github/CODEOWNERS").is_none());
}
