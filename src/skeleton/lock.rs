//! The lock file that a generated package starts with: the tested one, less what it does not use.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use crate::error::{Error, Result};

/// Cuts a lock file down to what the manifest's dependencies can reach, and adds the package itself. Which features are on is not
/// known here, so some entries more than needed stay; Cargo drops them at the first build and keeps the versions of the rest.
///
/// # Errors
/// Either text is not what it should be: a mistake in a skeleton.
pub fn prune(lock: &str, manifest: &str) -> Result<String> {
    let broken = |what: &str| Error::failed(format!("skeleton `Cargo.lock.in`: {what}"));
    let mut lock: DocumentMut = lock
        .parse()
        .map_err(|error: toml_edit::TomlError| broken(error.message()))?;
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

    let Some(packages) = lock.get("package").and_then(Item::as_array_of_tables) else {
        return Err(broken("it lists no packages"));
    };
    let entries: Vec<Entry> = packages.iter().filter_map(Entry::read).collect();
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        by_name.entry(&entry.name).or_default().push(index);
    }

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
    let mut queue: Vec<usize> = Vec::new();
    let mut own_dependencies = Vec::new();
    for dependency in &direct {
        // The skeleton's own package used one version of each direct dependency; with several the tested root says which.
        let Some(found) = resolve(dependency, &by_name, &entries, Some(&entries)) else {
            continue;
        };
        queue.push(found);
        let entry = &entries[found];
        let several = by_name[entry.name.as_str()].len() > 1;
        own_dependencies.push(if several {
            format!("{} {}", entry.name, entry.version)
        } else {
            entry.name.clone()
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

    let mut root = Table::new();
    root["name"] = value(name.as_str());
    root["version"] = value(version);
    let mut list = toml_edit::Array::new();
    for dependency in own_dependencies {
        list.push(dependency);
    }
    list.iter_mut()
        .for_each(|item| item.decor_mut().set_prefix("\n "));
    list.set_trailing_comma(true);
    list.set_trailing("\n");
    root["dependencies"] = value(list);

    let mut tables: Vec<(String, String, Table)> = packages
        .iter()
        .enumerate()
        .filter(|(index, _)| kept.contains(index))
        .map(|(index, table)| {
            (
                entries[index].name.clone(),
                entries[index].version.clone(),
                table.clone(),
            )
        })
        .collect();
    tables.push((name, String::new(), root));
    tables.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    let mut sorted = ArrayOfTables::new();
    for (position, (_, _, mut table)) in tables.into_iter().enumerate() {
        table.set_position(Some(position as isize));
        table.decor_mut().set_prefix("\n");
        sorted.push(table);
    }
    lock["package"] = Item::ArrayOfTables(sorted);
    Ok(lock.to_string())
}

struct Entry {
    name: String,
    version: String,
    source: bool,
    dependencies: Vec<String>,
}

impl Entry {
    fn read(table: &Table) -> Option<Entry> {
        let dependencies = table.get("dependencies").and_then(Item::as_array);
        Some(Entry {
            name: table.get("name")?.as_str()?.to_owned(),
            version: table.get("version")?.as_str()?.to_owned(),
            source: table.contains_key("source"),
            dependencies: dependencies
                .map(|list| {
                    list.iter()
                        .filter_map(|item| item.as_str().map(str::to_owned))
                        .collect()
                })
                .unwrap_or_default(),
        })
    }
}

/// The entry that a dependency line (`name` or `name version`) means. For a direct dependency with several versions, the version
/// that the skeleton's own package (the entry without a source) used.
fn resolve(
    text: &str,
    by_name: &BTreeMap<&str, Vec<usize>>,
    entries: &[Entry],
    root: Option<&[Entry]>,
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
