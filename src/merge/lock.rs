//! Cargo.lock: entries are added, and Cargo takes out what it does not need. What a person updated stays.

use std::collections::BTreeMap;

const ENTRY: &str = "[[package]]\n";

/// The person's lock file with the entries that are new in the generated one.
pub(super) fn merge(base: &str, yours: &str, fresh: &str) -> String {
    let (head, mut merged) = entries(yours);
    let (_, base) = entries(base);
    let (_, fresh) = entries(fresh);
    for (id, entry) in &fresh {
        match merged.get(id) {
            None if !base.contains_key(id) => {
                merged.insert(*id, entry.clone());
            }
            Some(mine) if !entry.contains("\nsource = ") => {
                let old = base.get(id).map(String::as_str).unwrap_or_default();
                let entry = merge_root(old, mine, entry);
                merged.insert(*id, entry);
            }
            _ => {}
        }
    }
    let mut text = format!("{}\n", head.trim_end());
    for entry in merged.values() {
        text.push_str(&format!("\n{ENTRY}{}\n", entry.trim_end()));
    }
    text
}

/// The head, and the entries by name, version and source.
fn entries(lock: &str) -> (&str, BTreeMap<(&str, &str, &str), String>) {
    let mut parts = lock.split(ENTRY);
    let head = parts.next().unwrap_or_default();
    let entries = parts.map(|entry| {
        let value = |key: &str| {
            let line = entry.lines().find_map(|line| line.strip_prefix(key));
            line.unwrap_or_default()
        };
        let source = value("source = ");
        // The version of the package itself is a person's to raise.
        let version = if source.is_empty() {
            ""
        } else {
            value("version = ")
        };
        ((value("name = "), version, source), entry.to_owned())
    });
    (head, entries.collect())
}

/// The entry of the package itself: its list of dependencies is merged.
fn merge_root(base: &str, yours: &str, fresh: &str) -> String {
    let list = |entry: &str| -> Vec<String> {
        let lines = entry.lines().filter(|line| line.starts_with(" \""));
        lines.map(str::to_owned).collect()
    };
    let (base, fresh, mut merged) = (list(base), list(fresh), list(yours));
    merged.retain(|line| fresh.contains(line) || !base.contains(line));
    let known = merged.clone();
    let added = fresh
        .into_iter()
        .filter(|line| !base.contains(line) && !known.contains(line));
    merged.extend(added);
    merged.sort();
    let Some((before, _)) = yours.split_once("dependencies = [\n") else {
        return yours.to_owned();
    };
    format!("{before}dependencies = [\n{}\n]\n", merged.join("\n"))
}
