//! Dependencies, with the line they stand in.

use std::collections::BTreeMap;

use toml_edit::{Document, Item, TableLike};

use super::topics::{Sign, Topic};
use super::{Piece, Source, SourceFile, Standing};

/// A dependency of a package.
#[derive(Debug)]
pub(super) struct Dependency {
    /// The package on the registry, also where the manifest gives it another name.
    package: String,
    /// Those the package asks for, and those the workspace asks for on its behalf.
    features: Vec<String>,
    file: String,
    line: Option<usize>,
    standing: Standing,
}

/// Every dependency of every package. A manifest that is no TOML says nothing.
pub(super) fn dependencies(source: &Source) -> Vec<Dependency> {
    let inherited = source.root_manifest().map(shared).unwrap_or_default();
    source
        .manifests
        .iter()
        .flat_map(|manifest| of_manifest(manifest, &inherited))
        .collect()
}

/// What an entry of `[workspace.dependencies]` gives to those who inherit it.
#[derive(Debug, Clone, Default)]
struct Shared {
    package: String,
    features: Vec<String>,
}

fn shared(manifest: &SourceFile) -> BTreeMap<String, Shared> {
    let Ok(document) = Document::parse(manifest.text.as_str()) else {
        return BTreeMap::new();
    };
    let table = document
        .get("workspace")
        .and_then(Item::as_table_like)
        .and_then(|workspace| workspace.get("dependencies"))
        .and_then(Item::as_table_like);
    let entries = table.into_iter().flat_map(TableLike::iter);
    entries
        .map(|(name, item)| {
            let shared = Shared {
                package: text(item, "package").unwrap_or(name).to_owned(),
                features: features(item),
            };
            (name.to_owned(), shared)
        })
        .collect()
}

const TABLES: [(&str, Standing); 5] = [
    ("dependencies", Standing::Direct),
    ("dev-dependencies", Standing::Development),
    ("dev_dependencies", Standing::Development),
    ("build-dependencies", Standing::Build),
    ("build_dependencies", Standing::Build),
];

fn of_manifest(manifest: &SourceFile, inherited: &BTreeMap<String, Shared>) -> Vec<Dependency> {
    let Ok(document) = Document::parse(manifest.text.as_str()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut read = |table: &dyn TableLike, on_some_platforms: bool| {
        for (key, kind) in TABLES {
            let entries = table.get(key).and_then(Item::as_table_like);
            let Some(entries) = entries else { continue };
            for (name, item) in entries.iter() {
                let standing = match kind {
                    _ if is_helper(&manifest.path) => Standing::Example,
                    Standing::Direct if flag(item, "optional") => Standing::Optional,
                    Standing::Direct if on_some_platforms => Standing::Platform,
                    kind => kind,
                };
                let key = entries.get_key_value(name).and_then(|(key, _)| key.span());
                let mut dependency = Dependency {
                    package: text(item, "package").unwrap_or(name).to_owned(),
                    features: features(item),
                    file: manifest.path.clone(),
                    line: key.map(|span| line(&manifest.text, span.start)),
                    standing,
                };
                if let Some(shared) = inherited.get(name).filter(|_| flag(item, "workspace")) {
                    dependency.package.clone_from(&shared.package);
                    dependency.features.extend(shared.features.iter().cloned());
                }
                found.push(dependency);
            }
        }
    };
    read(document.as_table(), false);
    let targets = document.get("target").and_then(Item::as_table_like);
    for (_, target) in targets.into_iter().flat_map(TableLike::iter) {
        if let Some(table) = target.as_table_like() {
            read(table, true);
        }
    }
    found
}

/// A package that nobody ships: `examples/shop`, `crates/integration-test`, `xtask`.
fn is_helper(path: &str) -> bool {
    let words = [
        "example", "examples", "test", "tests", "bench", "benches", "fuzz", "xtask", "demo",
        "demos",
    ];
    let is_one = |folder: &str| {
        let mut parts = folder.split(['-', '_']);
        let (first, last) = (parts.next(), parts.next_back());
        [first, last]
            .iter()
            .flatten()
            .any(|part| words.contains(part))
    };
    path.split('/').rev().skip(1).any(is_one)
}

fn text<'a>(item: &'a Item, key: &str) -> Option<&'a str> {
    item.as_table_like()?.get(key)?.as_str()
}

fn flag(item: &Item, key: &str) -> bool {
    let value = item.as_table_like().and_then(|table| table.get(key));
    value.and_then(Item::as_bool).unwrap_or_default()
}

fn features(item: &Item) -> Vec<String> {
    let features = item.as_table_like().and_then(|table| table.get("features"));
    let features = features.and_then(Item::as_array).into_iter().flatten();
    features
        .filter_map(|feature| feature.as_str().map(str::to_owned))
        .collect()
}

/// The line of a byte, from 1.
pub(super) fn line(text: &str, at: usize) -> usize {
    text.as_bytes()[..at]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}

/// What the dependencies say about a topic.
pub(super) fn pieces(topic: &Topic, dependencies: &[Dependency]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for sign in topic.signs {
        let signs = dependencies
            .iter()
            .filter(|dependency| dependency.package == sign.package);
        pieces.extend(signs.filter_map(|dependency| piece(sign, dependency)));
    }
    pieces
}

fn piece(sign: &Sign, dependency: &Dependency) -> Option<Piece> {
    let feature = sign
        .features
        .iter()
        .find(|feature| dependency.features.iter().any(|other| other == *feature));
    if feature.is_none() && !sign.features.is_empty() {
        return None;
    }
    let what = match feature {
        Some(feature) => format!("`{}` with `{feature}`", sign.package),
        None => format!("`{}`", sign.package),
    };
    Some(Piece {
        name: sign.name.to_owned(),
        what,
        file: dependency.file.clone(),
        line: dependency.line,
        standing: dependency.standing,
    })
}
