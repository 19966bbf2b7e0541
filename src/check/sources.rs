//! The Rust files that are not as they were generated, on both sides. What is untouched cannot have drifted, and is not read.

use std::collections::BTreeMap;

use super::diagnostic::Diagnostic;
use super::material::Material;
use super::project::File;
use super::rule::KD0318;
use super::rust::{self, Source};
use crate::baseline::Baseline;

/// Files by path.
pub(super) struct Sources {
    /// As they are, where they differ from what was generated.
    pub(super) now: BTreeMap<String, Source>,
    /// As they were generated, where they are different or gone now.
    pub(super) generated: BTreeMap<String, Source>,
    /// Those that cannot be read.
    pub(super) unreadable: Vec<String>,
}

impl Sources {
    pub(super) fn new(material: &Material<'_>, baseline: &Baseline) -> Sources {
        let mut sources = Sources {
            now: BTreeMap::new(),
            generated: BTreeMap::new(),
            unreadable: Vec::new(),
        };
        let files = material.project.files.iter();
        for (path, file) in files.filter(|(path, _)| is_source(path)) {
            let text = match file {
                File::Text(text) => text,
                File::Foreign => {
                    sources.unreadable.push(path.clone());
                    continue;
                }
                File::Unread => continue,
            };
            if baseline.get(path).is_some_and(|old| same(old, text)) {
                continue;
            }
            match rust::read(text) {
                Some(source) => drop(sources.now.insert(path.clone(), source)),
                None => sources.unreadable.push(path.clone()),
            }
        }
        for (path, text) in baseline.iter().filter(|(path, _)| is_source(path.as_str())) {
            let is_same = material
                .project
                .text(path.as_str())
                .is_some_and(|now| same(text, now));
            if let Some(source) = rust::read(text).filter(|_| !is_same) {
                sources.generated.insert(path.to_string(), source);
            }
        }
        sources
    }

    pub(super) fn check(&self) -> Vec<Diagnostic> {
        let unreadable = self.unreadable.iter();
        unreadable
            .map(|path| {
                let message = format!("`{path}` cannot be read, and was not checked");
                Diagnostic::new(&KD0318, path, message)
                    .at(path, 0..0, "")
                    .help("mend it: `cargo check` names the place")
            })
            .collect()
    }
}

fn is_source(path: &str) -> bool {
    // A module of tests is often a file of its own.
    let name = path.rsplit('/').next().unwrap_or_default();
    path.starts_with("src/") && path.ends_with(".rs") && name != "tests.rs"
}

/// Git may write other line ends than we did.
fn same(generated: &str, now: &str) -> bool {
    generated == now || (now.contains('\r') && generated == now.replace("\r\n", "\n"))
}
