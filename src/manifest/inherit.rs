//! What a new member takes over from its workspace.

use toml_edit::{Array, Decor, DocumentMut, InlineTable, Item, Key, Table, Value};

use crate::error::{Error, Result};
use crate::workspace::{Workspace, WorkspaceDependency};

const DEPENDENCY_TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Keys that say something about this very package: its own value stands, where it has one.
const OWN_KEYS: [&str; 7] = [
    "description",
    "readme",
    "publish",
    "keywords",
    "categories",
    "include",
    "exclude",
];

/// Tables that Cargo reads in the root of a workspace only.
const ROOT_TABLES: [&str; 4] = ["workspace", "profile", "patch", "replace"];

/// Lets the manifest of a new member inherit what the workspace offers and what fits.
///
/// From `[workspace.package]` all keys as `cargo new` does, except those that say something about this very package, an older
/// edition and an older `rust-version` than the code needs. A dependency only where it is the same crate, in versions that the code
/// was made for, and without default features that the code does not want; features that are missing there are added. `[lints]` where
/// the workspace has them. Tables that count in the root only are dropped.
///
/// # Errors
/// The manifest is not valid TOML or has no `[package]`.
pub fn inherit(package_manifest: &str, workspace: &Workspace) -> Result<String> {
    let mut document: DocumentMut = package_manifest.parse().map_err(|error| {
        Error::failed("the manifest of the new package is not valid TOML").caused_by(error)
    })?;
    let package = document
        .get_mut("package")
        .and_then(Item::as_table_mut)
        .ok_or_else(|| Error::failed("the manifest of the new package has no `[package]`"))?;
    package.remove("resolver");
    inherit_package_keys(package, workspace);
    inherit_dependencies(document.as_table_mut(), workspace);
    if let Some(targets) = document.get_mut("target").and_then(Item::as_table_mut) {
        for (_, target) in targets.iter_mut() {
            if let Some(target) = target.as_table_mut() {
                inherit_dependencies(target, workspace);
            }
        }
    }
    for name in ROOT_TABLES {
        document.remove(name);
    }
    if workspace.has_lints {
        inherit_lints(&mut document);
    }
    Ok(document.to_string())
}

fn inherit_package_keys(package: &mut Table, workspace: &Workspace) {
    for key in &workspace.package {
        let own = package.get(&key.name);
        let keeps_own = match (
            key.name.as_str(),
            own.and_then(Item::as_str),
            key.value.as_deref(),
        ) {
            ("edition" | "rust-version", Some(own), Some(theirs)) => numbers(theirs) < numbers(own),
            (name, _, _) => own.is_some() && OWN_KEYS.contains(&name),
        };
        if keeps_own {
            continue;
        }
        point_to_workspace(package, &key.name);
    }
}

/// Writes `name.workspace = true` in the place of what is there, with the comments above and behind it.
fn point_to_workspace(table: &mut Table, name: &str) {
    let old = table.get(name).and_then(Item::as_value);
    let mut value = Value::from(true);
    if let Some(suffix) = old.and_then(|value| value.decor().suffix()) {
        *value.decor_mut() = Decor::new(" ", suffix.clone());
    }
    let above = table.key(name).and_then(|key| key.leaf_decor().prefix());
    // A dotted key is written with what belongs to its last part.
    let decor = Decor::new(above.cloned().unwrap_or_default(), " ");
    let mut dotted = Table::new();
    dotted.set_dotted(true);
    dotted.insert_formatted(
        &Key::new("workspace").with_leaf_decor(decor),
        Item::Value(value),
    );
    match table.get_mut(name) {
        Some(item) => *item = Item::Table(dotted),
        None => {
            table.insert(name, Item::Table(dotted));
        }
    }
    if let Some(mut key) = table.key_mut(name) {
        key.leaf_decor_mut().clear();
        key.dotted_decor_mut().clear();
    }
}

/// `1.88` as numbers, to be compared; missing ones are zero.
fn numbers(version: &str) -> [u64; 3] {
    let mut numbers = version.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| numbers.next().unwrap_or(0))
}

fn inherit_dependencies(table: &mut Table, workspace: &Workspace) {
    for name in DEPENDENCY_TABLES {
        let Some(dependencies) = table.get_mut(name).and_then(Item::as_table_mut) else {
            continue;
        };
        let names: Vec<String> = dependencies
            .iter()
            .map(|(name, _)| name.to_owned())
            .collect();
        for name in names {
            let (Some(theirs), Some(item)) =
                (workspace.dependency(&name), dependencies.get_mut(&name))
            else {
                continue;
            };
            let own = WorkspaceDependency::read(&name, item);
            if theirs.can_stand_for(&own) {
                match additions(&own, theirs, item) {
                    additions if additions.is_empty() => point_to_workspace(dependencies, &name),
                    additions => *item = inherited(additions, item),
                }
            }
        }
    }
}

/// What a member asks for on top of the workspace's entry.
fn additions(own: &WorkspaceDependency, theirs: &WorkspaceDependency, item: &Item) -> InlineTable {
    let missing: Array = own
        .features
        .iter()
        .filter(|feature| !theirs.features.contains(feature))
        .map(String::as_str)
        .collect();
    let mut additions = InlineTable::new();
    if own.default_features && !theirs.default_features {
        additions.insert("default-features", Value::from(true));
    }
    if !missing.is_empty() {
        additions.insert("features", Value::from(missing));
    }
    let is_optional = item
        .as_table_like()
        .and_then(|table| table.get("optional"))
        .and_then(Item::as_bool);
    if is_optional == Some(true) {
        additions.insert("optional", Value::from(true));
    }
    additions
}

fn inherited(additions: InlineTable, item: &Item) -> Item {
    let mut table = InlineTable::new();
    table.insert("workspace", Value::from(true));
    table.extend(additions);
    // A comment at the end of the line stays.
    if let Some(suffix) = item.as_value().and_then(|value| value.decor().suffix()) {
        *table.decor_mut() = Decor::new(" ", suffix.clone());
    }
    Item::Value(Value::InlineTable(table))
}

fn inherit_lints(document: &mut DocumentMut) {
    let mut lints = Table::new();
    if let Some(Item::Table(own)) = document.get("lints") {
        lints.set_position(own.position().or_else(|| first_position(own)));
        *lints.decor_mut() = own.decor().clone();
    }
    lints.insert("workspace", toml_edit::value(true));
    document.insert("lints", Item::Table(lints));
}

fn first_position(table: &Table) -> Option<isize> {
    let tables = table.iter().filter_map(|(_, item)| item.as_table());
    tables.filter_map(Table::position).min()
}
