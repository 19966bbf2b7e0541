//! Finding and reading a workspace without Cargo, by Cargo's rules.

use std::collections::BTreeSet;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use toml_edit::{Document, Item, TableLike};

use super::inherited::{dependencies, package_keys};
use super::paths::{normalized, relative, with_slashes};
use super::{Workspace, excluded_by, glob};
use crate::error::{Error, Result};

/// Walks up from `dir` to the first manifest that is a workspace and does not exclude it.
pub(super) fn find(dir: &Utf8Path) -> Result<Option<Workspace>> {
    for folder in dir.ancestors() {
        // What Cargo unpacks to verify a package is no part of the workspace around it.
        if folder.ends_with("target/package") {
            return Ok(None);
        }
        let Some((text, document)) = manifest(folder)? else {
            continue;
        };
        if document.contains_table("workspace") || is_inline_workspace(&document) {
            let workspace = workspace(folder, text, &document)?;
            if !excludes(&workspace, dir) {
                return Ok(Some(workspace));
            }
        } else if let Some(root) = root_pointer(folder, &document) {
            return pointed_at(&root, folder).map(Some);
        }
    }
    Ok(None)
}

fn is_inline_workspace(document: &Document<String>) -> bool {
    document.get("workspace").is_some_and(Item::is_table_like)
}

fn excludes(workspace: &Workspace, dir: &Utf8Path) -> bool {
    let exclude: Vec<&str> = workspace.exclude.iter().map(String::as_str).collect();
    let members: Vec<&str> = workspace
        .member_patterns
        .iter()
        .map(String::as_str)
        .collect();
    let path = with_slashes(&relative(&workspace.root, dir));
    excluded_by(&exclude, &members, &path).is_some()
}

fn root_pointer(folder: &Utf8Path, document: &Document<String>) -> Option<Utf8PathBuf> {
    let pointer = document.get("package")?.get("workspace")?.as_str()?;
    Some(normalized(&folder.join(pointer)))
}

fn pointed_at(root: &Utf8Path, from: &Utf8Path) -> Result<Workspace> {
    let broken = || {
        Error::failed(format!(
            "`{}` points to the workspace `{root}`, which is none",
            from.join("Cargo.toml")
        ))
        .hint("correct `package.workspace` there, or choose a path outside of that package")
    };
    let (text, document) = manifest(root)?.ok_or_else(broken)?;
    if !is_inline_workspace(&document) {
        return Err(broken());
    }
    workspace(root, text, &document)
}

fn manifest(folder: &Utf8Path) -> Result<Option<(String, Document<String>)>> {
    let path = folder.join("Cargo.toml");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            return Ok(None);
        }
        Err(error) => return Err(Error::io("read", &path, error)),
    };
    let document = Document::parse(text.clone()).map_err(|error| {
        Error::failed(format!(
            "cannot look for a workspace: `{path}` is not valid TOML"
        ))
        .caused_by(error)
        .hint("correct it, or choose a path outside of that folder")
    })?;
    Ok(Some((text, document)))
}

fn workspace(root: &Utf8Path, text: String, document: &Document<String>) -> Result<Workspace> {
    let table = document
        .get("workspace")
        .and_then(Item::as_table_like)
        .expect("the caller saw the table");
    let member_patterns = strings(table, "members");
    let exclude = strings(table, "exclude");
    let mut workspace = Workspace {
        root: root.to_owned(),
        manifest: text,
        members: Vec::new(),
        member_patterns,
        package: package_keys(table),
        dependencies: dependencies(table),
        has_lints: table.contains_key("lints"),
        resolver: table
            .get("resolver")
            .and_then(Item::as_str)
            .map(str::to_owned),
        exclude,
        default_members: strings(table, "default-members"),
    };
    workspace.members = members(&workspace, document.contains_key("package"));
    Ok(workspace)
}

fn strings(table: &dyn TableLike, key: &str) -> Vec<String> {
    let array = table.get(key).and_then(Item::as_array);
    array
        .into_iter()
        .flatten()
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect()
}

fn members(workspace: &Workspace, root_is_package: bool) -> Vec<Utf8PathBuf> {
    let mut members = BTreeSet::new();
    if root_is_package {
        members.insert(Utf8PathBuf::from("."));
    }
    for pattern in &workspace.member_patterns {
        let parts: Vec<&str> = glob::parts(pattern).collect();
        expand(&workspace.root, Utf8Path::new(""), &parts, &mut members);
    }
    members.retain(|member| !excludes(workspace, &workspace.root.join(member)));
    members.into_iter().collect()
}

/// Follows a pattern part by part through the folders that exist, so that `crates/*` reads one folder only.
fn expand(root: &Utf8Path, at: &Utf8Path, parts: &[&str], found: &mut BTreeSet<Utf8PathBuf>) {
    let Some((part, rest)) = parts.split_first() else {
        if root.join(at).join("Cargo.toml").is_file() {
            let path = normalized(at);
            found.insert(if path.as_str().is_empty() {
                ".".into()
            } else {
                path
            });
        }
        return;
    };
    if !glob::is_pattern(part) {
        return expand(root, &at.join(part), rest, found);
    }
    if *part == "**" {
        expand(root, at, rest, found);
    }
    let entries = root.join(at).read_dir_utf8();
    for entry in entries.into_iter().flatten().flatten() {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if *part == "**" {
            if is_folder {
                expand(root, &at.join(entry.file_name()), parts, found);
            }
        } else if glob::matches(part, entry.file_name()) && entry.path().is_dir() {
            expand(root, &at.join(entry.file_name()), rest, found);
        }
    }
}
