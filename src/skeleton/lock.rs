//! The lock file that a generated package starts with: the tested one, less what it does not use.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use toml_edit::{DocumentMut, Item};

use crate::error::{Error, Result};

/// What each entry begins with. Cargo writes lock files in one form, so they are cut at it: reading them as TOML would cost as much
/// as everything else that a small service needs.
const ENTRY: &str = "[[package]]\n";

/// Cuts a lock file down to what the manifest's dependencies can reach, and adds the package itself. Which features are on is not
/// known here, so some entries more than needed stay; Cargo drops them at the first build and keeps the versions of the rest.
///
/// # Errors
/// Either text is not what it should be: a mistake in a skeleton.
pub fn prune(lock: &str, manifest: &str) -> Result<String> {
    let broken = |what: &str| Error::failed(format!("skeleton `Cargo.lock.in`: {what}"));
    let manifest: DocumentMut = manifest
        .parse()
        .map_err(|error: toml_edit::TomlError| broken(error.message()))?;
    let package = manifest
        .get("package")
        .ok_or_else(|| broken("the manifest has no package"))?;
    let text = |key: &str| {
        package
            .get(key)
            .and_then(Item::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let (name, version) = (text("name"), text("version"));

    let mut direct = BTreeSet::new();
    for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
        if let Some(table) = manifest.get(section).and_then(Item::as_table_like) {
            direct.extend(table.iter().map(|(key, item)| {
                item.get("package")
                    .and_then(Item::as_str)
                    .unwrap_or(key)
                    .to_owned()
            }));
        }
    }

    let lock = with_conditions(&lock.replace("\r\n", "\n"), &direct);
    let mut parts = lock.split(ENTRY);
    let head = parts.next().unwrap_or_default();
    let entries: Vec<Entry<'_>> = parts
        .map(|part| Entry::read(part).ok_or_else(|| broken("an entry has no name or version")))
        .collect::<Result<_>>()?;
    if entries.is_empty() {
        return Err(broken("it lists no packages"));
    }
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        by_name.entry(entry.name).or_default().push(index);
    }

    let mut queue: Vec<usize> = Vec::new();
    let mut own_dependencies = Vec::new();
    for dependency in &direct {
        // The skeleton's own package used one version of each direct dependency; with several the tested root says which.
        let Some(found) = resolve(dependency, &by_name, &entries, Some(&entries)) else {
            continue;
        };
        queue.push(found);
        let entry = &entries[found];
        let several = by_name[entry.name].len() > 1;
        own_dependencies.push(if several {
            format!("{} {}", entry.name, entry.version)
        } else {
            entry.name.to_owned()
        });
    }
    let mut kept = BTreeSet::new();
    while let Some(index) = queue.pop() {
        if kept.insert(index) {
            let reached = entries[index]
                .dependencies
                .iter()
                .filter_map(|text| resolve(text, &by_name, &entries, None));
            queue.extend(reached);
        }
    }

    let mut root = format!("name = \"{name}\"\nversion = \"{version}\"\ndependencies = [\n");
    for dependency in own_dependencies {
        writeln!(root, " \"{dependency}\",").expect("writing to a String");
    }
    root.push_str("]\n");
    let mut sorted: Vec<(&str, &str, &str)> = kept
        .iter()
        .map(|index| &entries[*index])
        .map(|entry| (entry.name, entry.version, entry.text))
        .collect();
    sorted.push((&name, "", &root));
    sorted.sort();
    // Cargo names the version of a dependency only where there are several.
    let mut versions: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, ..) in &sorted {
        *versions.entry(name).or_default() += 1;
    }
    let mut pruned = format!("{}\n", head.trim_end());
    for (_, _, text) in &sorted {
        write!(pruned, "\n{ENTRY}").expect("writing to a String");
        for line in text.trim_end().lines() {
            let needless = line
                .strip_prefix(" \"")
                .and_then(|line| line.split_once(' '))
                .filter(|(name, _)| versions.get(name) == Some(&1));
            match needless {
                Some((name, _)) => writeln!(pruned, " \"{name}\","),
                None => writeln!(pruned, "{line}"),
            }
            .expect("writing to a String");
        }
    }
    Ok(pruned)
}

/// Settles the lines that end in `# where CRATE`: a feature that only that direct dependency asks for brings them.
fn with_conditions(lock: &str, direct: &BTreeSet<String>) -> String {
    let lines = lock.lines().filter_map(|line| {
        let Some((line, name)) = line.split_once(" # where ") else {
            return Some(line);
        };
        direct.contains(name).then_some(line)
    });
    lines.fold(String::new(), |text, line| text + line + "\n")
}

struct Entry<'a> {
    name: &'a str,
    version: &'a str,
    source: bool,
    dependencies: Vec<&'a str>,
    /// All of it, without the line it begins with.
    text: &'a str,
}

impl<'a> Entry<'a> {
    fn read(text: &'a str) -> Option<Entry<'a>> {
        let value = |key: &str| {
            text.lines().find_map(|line| {
                line.strip_prefix(key)?
                    .strip_prefix(" = \"")?
                    .strip_suffix('"')
            })
        };
        let dependencies = text
            .lines()
            .filter_map(|line| line.strip_prefix(" \"")?.strip_suffix("\","));
        Some(Entry {
            name: value("name")?,
            version: value("version")?,
            source: value("source").is_some(),
            dependencies: dependencies.collect(),
            text,
        })
    }
}

/// The entry that a dependency line (`name` or `name version`) means. For a direct dependency with several versions, the version
/// that the skeleton's own package (the entry without a source) used.
fn resolve(
    text: &str,
    by_name: &BTreeMap<&str, Vec<usize>>,
    entries: &[Entry<'_>],
    root: Option<&[Entry<'_>]>,
) -> Option<usize> {
    let (name, version) = text
        .split_once(' ')
        .map_or((text, None), |(name, rest)| (name, rest.split(' ').next()));
    let candidates: Vec<usize> = by_name
        .get(name)?
        .iter()
        .copied()
        .filter(|index| entries[*index].source)
        .collect();
    if let Some(version) = version {
        return candidates
            .into_iter()
            .find(|index| entries[*index].version == version);
    }
    if candidates.len() > 1
        && let Some(root) = root.and_then(|entries| entries.iter().find(|entry| !entry.source))
        && let Some(line) = root
            .dependencies
            .iter()
            .find(|line| line.split(' ').next() == Some(name) && line.contains(' '))
    {
        return resolve(line, by_name, entries, None);
    }
    candidates.first().copied()
}
