//! Which files of a workspace speak for one package.

use std::collections::BTreeSet;

use toml_edit::{Document, Item, TableLike};

use crate::evidence::{Source, SourceFile};

/// A package and the members of its workspace that it is built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// What `description` says, with its line in the manifest.
    pub description: Option<(String, usize)>,
    /// Its folder relative to the root of what was gathered, with `/` between the parts; empty for the root itself.
    pub folder: String,
    /// The folders that it is built from, its own first.
    built_from: Vec<String>,
    /// The folders of all packages.
    all: Vec<String>,
}

impl Package {
    /// The package whose manifest stands in `folder`, relative to the root of `source`. `None` where that manifest names no package.
    pub fn in_folder(source: &Source, folder: &str) -> Option<Package> {
        let manifest = manifest(source, folder)?;
        let document = Document::parse(manifest.text.as_str()).ok()?;
        let package = document.get("package")?.as_table_like()?;
        let description = package
            .get_key_value("description")
            .and_then(|(key, item)| {
                let at = key.span()?.start;
                let line = manifest.text[..at].matches('\n').count() + 1;
                Some((item.as_str()?.trim().to_owned(), line))
            });
        Some(Package {
            name: package.get("name")?.as_str()?.to_owned(),
            description: description.filter(|(text, _)| !text.is_empty()),
            folder: folder.to_owned(),
            built_from: built_from(source, folder),
            all: folders(source),
        })
    }

    /// Every package of the workspace, in the order of the source.
    pub fn all(source: &Source) -> Vec<Package> {
        let folders = folders(source);
        let packages = folders
            .iter()
            .filter_map(|folder| Package::in_folder(source, folder));
        packages.collect()
    }

    /// The manifest of the package, relative to the root.
    pub fn manifest(&self) -> String {
        join(&self.folder, "Cargo.toml")
    }

    /// Whether a file speaks for this package: it stands in one that it is built from, or in none at all.
    pub fn is_about(&self, path: &str) -> bool {
        let stands_in = |folder: &&String| is_below(path, folder);
        let innermost = self
            .all
            .iter()
            .filter(stands_in)
            .max_by_key(|one| one.len());
        match innermost {
            Some(folder) if self.built_from.contains(folder) => true,
            // What stands at the root of a workspace is there for all, but its manifest is that of a package of its own.
            Some(folder) if folder.is_empty() => !path.ends_with("Cargo.toml"),
            Some(_) => false,
            None => true,
        }
    }
}

fn folders(source: &Source) -> Vec<String> {
    let folders = source
        .manifests
        .iter()
        .map(|manifest| folder_of(&manifest.path).to_owned());
    folders.collect()
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn join(folder: &str, name: &str) -> String {
    match folder {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    }
}

fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
}

fn manifest<'a>(source: &'a Source, folder: &str) -> Option<&'a SourceFile> {
    let path = join(folder, "Cargo.toml");
    source
        .manifests
        .iter()
        .find(|manifest| manifest.path == path)
}

/// The folders of the packages that one depends on by path, with its own.
fn built_from(source: &Source, folder: &str) -> Vec<String> {
    let shared = source.manifests.iter().find_map(|root| {
        let document = Document::parse(root.text.as_str()).ok()?;
        let table = document
            .get("workspace")?
            .as_table_like()?
            .get("dependencies")?;
        Some((folder_of(&root.path).to_owned(), table.clone()))
    });
    let mut known = BTreeSet::from([folder.to_owned()]);
    let mut found = vec![folder.to_owned()];
    let mut next = 0;
    while let Some(at) = found.get(next).cloned() {
        next += 1;
        for path in paths(source, &at, shared.as_ref()) {
            if known.insert(path.clone()) && manifest(source, &path).is_some() {
                found.push(path);
            }
        }
    }
    found
}

/// The folders that the dependencies of a package point to; those for tests do not count.
fn paths(source: &Source, folder: &str, shared: Option<&(String, Item)>) -> Vec<String> {
    let Some(document) =
        manifest(source, folder).and_then(|file| Document::parse(file.text.as_str()).ok())
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let table = document.get("dependencies").and_then(Item::as_table_like);
    for (name, item) in table.into_iter().flat_map(TableLike::iter) {
        let Some(entry) = item.as_table_like() else {
            continue;
        };
        let inherits = entry.get("workspace").and_then(Item::as_bool) == Some(true);
        let (base, path) = match shared {
            Some((root, shared)) if inherits => {
                let shared = shared.as_table_like().and_then(|table| table.get(name));
                (root.as_str(), shared.and_then(path_of))
            }
            _ => (folder, path_of(item)),
        };
        found.extend(path.map(|path| resolved(base, &path)));
    }
    found
}

fn path_of(item: &Item) -> Option<String> {
    let path = item.as_table_like()?.get("path")?.as_str()?;
    Some(path.replace('\\', "/"))
}

/// `server` and `../db` are `db`.
fn resolved(base: &str, path: &str) -> String {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
