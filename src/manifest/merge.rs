//! One manifest from the fragments that the skeleton layers bring.

use toml_edit::{
    Array, ArrayOfTables, DocumentMut, InlineTable, Item, Key, RawString, Table, Value,
};

use crate::error::{Error, Result};

/// The order of the tables in a manifest, as it is usual; others follow.
const ORDER: [&str; 14] = [
    "package",
    "workspace",
    "lib",
    "bin",
    "example",
    "test",
    "bench",
    "features",
    "dependencies",
    "target",
    "dev-dependencies",
    "build-dependencies",
    "lints",
    "profile",
];

/// Puts the fragments together: tables are merged, of two values the later stands, lists are united.
///
/// Dependencies are sorted by name; `serde = "1"` and `serde = { version = "1", features = […] }` become one entry with the features
/// of both. Targets of the same name become one. Comments stay above what they belong to.
///
/// # Errors
/// A fragment is not valid TOML, or two of them use one key for different kinds of things.
pub fn merge_manifests(layers: &[&str]) -> Result<String> {
    let mut merged = DocumentMut::new();
    let mut trailing = String::new();
    for (number, layer) in layers.iter().enumerate() {
        let layer: DocumentMut = layer.parse().map_err(|error| {
            Error::failed(format!(
                "fragment {} of Cargo.toml is not valid TOML",
                number + 1
            ))
            .caused_by(error)
        })?;
        trailing = joined(Some(&RawString::from(trailing)), Some(layer.trailing()));
        merge_tables(merged.as_table_mut(), layer.into_table(), &mut Vec::new())?;
    }
    let mut position = 0;
    let mut names: Vec<String> = merged.iter().map(|(name, _)| name.to_owned()).collect();
    names.sort_by_key(|name| {
        let known = ORDER.iter().position(|known| known == name);
        known.unwrap_or(ORDER.len())
    });
    for name in names {
        if let Some(item) = merged.get_mut(&name) {
            arrange(&name, item, &mut position);
        }
    }
    merged.set_trailing(trailing.trim_start_matches('\n'));
    // Only the edges are trimmed: an empty line inside can belong to somebody's text.
    Ok(format!("{}\n", merged.to_string().trim()))
}

fn merge_tables(into: &mut Table, from: Table, path: &mut Vec<String>) -> Result<()> {
    let header = joined(into.decor().prefix(), from.decor().prefix());
    into.decor_mut().set_prefix(header);
    into.set_implicit(into.is_implicit() && from.is_implicit());
    let keys: Vec<Key> = from
        .iter()
        .filter_map(|(name, _)| from.key(name).cloned())
        .collect();
    let mut from = from;
    for key in keys {
        let Some(item) = from.remove(key.get()) else {
            continue;
        };
        match into.get_mut(key.get()) {
            None => {
                into.insert_formatted(&key, item);
            }
            Some(existing) => {
                path.push(key.get().to_owned());
                merge_items(existing, item, path)?;
                path.pop();
                keep_comment(into, &key);
            }
        }
    }
    Ok(())
}

fn keep_comment(into: &mut Table, key: &Key) {
    if let Some(mut existing) = into.key_mut(key.get()) {
        let comment = joined(existing.leaf_decor().prefix(), key.leaf_decor().prefix());
        existing.leaf_decor_mut().set_prefix(comment);
    }
}

fn joined(first: Option<&RawString>, second: Option<&RawString>) -> String {
    let text = |raw: Option<&RawString>| {
        raw.and_then(RawString::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let (mut first, second) = (text(first), text(second));
    let addition = second.trim_matches('\n').trim_start();
    if !addition.is_empty() && !first.contains(addition.trim_end()) {
        if !first.is_empty() && !first.ends_with('\n') {
            first.push('\n');
        }
        first.push_str(addition);
        first.push('\n');
    }
    first
}

fn merge_items(into: &mut Item, from: Item, path: &mut Vec<String>) -> Result<()> {
    if is_dependency(path) && !(into.is_table() && from.is_table()) {
        return merge_dependency(into, from, path);
    }
    match (&mut *into, from) {
        (Item::Table(into), Item::Table(from)) => merge_tables(into, from, path),
        (Item::ArrayOfTables(into), Item::ArrayOfTables(from)) => merge_targets(into, from, path),
        (Item::Value(Value::Array(into)), Item::Value(Value::Array(from))) => {
            unite(into, &from);
            Ok(())
        }
        (Item::Value(Value::InlineTable(into)), Item::Value(Value::InlineTable(from))) => {
            merge_inline(into, from);
            Ok(())
        }
        (Item::Value(into), Item::Value(from)) => {
            *into = from;
            Ok(())
        }
        (into, from) => Err(Error::failed(format!(
            "two fragments of Cargo.toml do not go together: `{}` is a {} in one and a {} in another",
            path.join("."),
            into.type_name(),
            from.type_name()
        ))),
    }
}

/// Whether the path is that of an entry in a dependency table, of a target too.
fn is_dependency(path: &[String]) -> bool {
    let [.., table, _] = path else {
        return false;
    };
    let is_table = matches!(
        table.as_str(),
        "dependencies" | "dev-dependencies" | "build-dependencies"
    );
    let is_place = match path.len() {
        2 => true,
        3 => path[0] == "workspace",
        4 => path[0] == "target",
        _ => false,
    };
    is_table && is_place
}

fn merge_dependency(into: &mut Item, from: Item, path: &[String]) -> Result<()> {
    if into.is_str() && from.is_str() {
        *into = from;
        return Ok(());
    }
    let prefix = decor_prefix(into);
    let (Some(mut merged), Some(addition)) = (as_inline(into), as_inline(&from)) else {
        return Err(Error::failed(format!(
            "`{}` in a fragment of Cargo.toml is neither a version nor a table",
            path.join(".")
        )));
    };
    merge_inline(&mut merged, addition);
    merged.fmt();
    merged.decor_mut().set_prefix(prefix);
    *into = Item::Value(Value::InlineTable(merged));
    Ok(())
}

fn decor_prefix(item: &Item) -> String {
    let prefix = item.as_value().and_then(|value| value.decor().prefix());
    prefix.and_then(RawString::as_str).unwrap_or(" ").to_owned()
}

/// A dependency as a table, in whatever form it is written.
pub(super) fn as_inline(item: &Item) -> Option<InlineTable> {
    if let Some(version) = item.as_str() {
        return Some(InlineTable::from_iter([("version", Value::from(version))]));
    }
    match item.clone().into_value() {
        Ok(Value::InlineTable(table)) => Some(table),
        _ => None,
    }
}

fn merge_inline(into: &mut InlineTable, from: InlineTable) {
    for (name, value) in from {
        match (into.get_mut(&name), value) {
            (Some(Value::Array(into)), Value::Array(from)) => unite(into, &from),
            (Some(Value::InlineTable(into)), Value::InlineTable(from)) => merge_inline(into, from),
            (Some(into), from) => *into = from,
            (None, from) => {
                into.insert(name, from);
            }
        }
    }
}

/// Adds what is new, in order where the list is, each on a line of its own where the list is written so.
pub(super) fn unite(into: &mut Array, from: &Array) {
    let is_multi_line = into.iter().last().is_some_and(|last| {
        let prefix = last.decor().prefix().and_then(RawString::as_str);
        prefix.is_some_and(|prefix| prefix.contains('\n'))
    });
    let was_sorted = is_sorted(into);
    for value in from {
        let is_known = into.iter().any(|known| same(known, value));
        if is_known {
            continue;
        }
        let mut value = value.clone();
        match is_multi_line {
            true => value.decor_mut().set_prefix("\n    "),
            false => value.decor_mut().clear(),
        }
        into.push_formatted(value);
    }
    if !is_multi_line {
        if was_sorted {
            into.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
        }
        into.fmt();
    }
}

/// Whether these are texts in order.
fn is_sorted(array: &Array) -> bool {
    array.iter().all(Value::is_str) && array.iter().map(Value::as_str).is_sorted()
}

pub(super) fn same(one: &Value, other: &Value) -> bool {
    match (one.as_str(), other.as_str()) {
        (Some(one), Some(other)) => one == other,
        _ => one.to_string().trim() == other.to_string().trim(),
    }
}

fn merge_targets(
    into: &mut ArrayOfTables,
    from: ArrayOfTables,
    path: &mut Vec<String>,
) -> Result<()> {
    let name = |table: &Table| table.get("name").and_then(Item::as_str).map(str::to_owned);
    for table in from {
        let wanted = name(&table);
        let existing = into
            .iter_mut()
            .find(|known| wanted.is_some() && name(known) == wanted);
        match existing {
            Some(existing) => merge_tables(existing, table, path)?,
            None => into.push(table),
        }
    }
    Ok(())
}

/// Gives the tables their order in the text, sorts the dependencies, and puts an empty line before each table.
fn arrange(name: &str, item: &mut Item, position: &mut isize) {
    match item {
        Item::Table(table) => arrange_table(name, table, position),
        Item::ArrayOfTables(tables) => {
            for table in tables.iter_mut() {
                arrange_table(name, table, position);
            }
        }
        _ => {}
    }
}

fn arrange_table(name: &str, table: &mut Table, position: &mut isize) {
    if table.is_dotted() {
        return;
    }
    if name.ends_with("dependencies") {
        table.sort_values();
    }
    let comment = table
        .decor()
        .prefix()
        .and_then(RawString::as_str)
        .unwrap_or_default();
    let comment = comment.trim_matches('\n').to_owned();
    let blank = if *position == 0 { "" } else { "\n" };
    let ending = if comment.is_empty() { "" } else { "\n" };
    table
        .decor_mut()
        .set_prefix(format!("{blank}{comment}{ending}"));
    table.set_position(Some(*position));
    *position += 1;
    for (key, item) in table.iter_mut() {
        let key = key.get().to_owned();
        arrange(&key, item, position);
    }
}
