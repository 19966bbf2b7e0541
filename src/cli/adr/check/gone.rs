//! What records name and the history shows to be gone.

use std::collections::{HashMap, HashSet};

use camino::{Utf8Path, Utf8PathBuf};
use toml_edit::{Document, TableLike};

use crate::adr::check::{Mention, Named, Then, mentions};
use crate::adr::walk::walk_for;
use crate::cli::adr::survey::Survey;
use crate::error::Result;
use crate::vcs::git::revision::{self, Commit};

/// The crates and paths that were there when a record was last changed, and are not there any more. Nothing without a history.
pub(super) fn find(survey: &Survey) -> Result<Vec<Named>> {
    let words = words_of_manifests(survey)?;
    let exists = |path: &Utf8Path| survey.root.join(path).exists();
    let is_crate = |name: &str| words.contains(&normal(name));
    let mut past = Past {
        root: &survey.root,
        paths: HashMap::new(),
        crates: HashMap::new(),
    };
    let mut gone = Vec::new();
    for record in survey.records() {
        let named = mentions(record, &exists, &is_crate);
        if named.is_empty() {
            continue;
        }
        let Some(commit) = revision::last_change(&survey.root, &record.path) else {
            continue;
        };
        for mention in named {
            if let Some(then) = past.then(&commit, &mention)? {
                gone.push(Named { mention, then });
            }
        }
    }
    Ok(gone)
}

/// Every word of every manifest: what one of them names in any way is not gone.
fn words_of_manifests(survey: &Survey) -> Result<HashSet<String>> {
    let manifests = walk_for(&survey.root, &|path| {
        path.file_name() == Some("Cargo.toml") && survey.counts(path)
    })?;
    let mut words = HashSet::new();
    for file in manifests {
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        words.extend(text.split(|c: char| !is_part(c)).map(normal));
    }
    Ok(words)
}

/// Cargo takes `-` and `_` in names for the same.
fn normal(name: &str) -> String {
    name.replace('_', "-")
}

/// The workspace as it was, a commit at a time.
struct Past<'a> {
    root: &'a Utf8Path,
    paths: HashMap<String, HashSet<Utf8PathBuf>>,
    /// The crates that manifests named, each with a manifest that did.
    crates: HashMap<String, HashMap<String, Utf8PathBuf>>,
}

impl Past<'_> {
    fn then(&mut self, commit: &Commit, mention: &Mention) -> Result<Option<Then>> {
        let manifest = match mention.is_path {
            true => match self.had_path(commit, &mention.named) {
                true => None,
                false => return Ok(None),
            },
            false => match self.manifest_of(commit, &mention.named)? {
                Some(manifest) => Some(manifest),
                None => return Ok(None),
            },
        };
        Ok(Some(Then {
            commit: commit.short.clone(),
            day: commit.day.clone(),
            manifest,
        }))
    }

    fn had_path(&mut self, commit: &Commit, path: &str) -> bool {
        let root = self.root;
        let known = self.paths.entry(commit.id.clone()).or_insert_with(|| {
            let files = revision::paths_at(root, &commit.id);
            let all = files.iter().flat_map(|file| file.ancestors());
            all.map(Utf8Path::to_owned).collect()
        });
        known.contains(Utf8Path::new(path))
    }

    fn manifest_of(&mut self, commit: &Commit, name: &str) -> Result<Option<Utf8PathBuf>> {
        if !self.crates.contains_key(&commit.id) {
            let is_manifest = |path: &Utf8Path| path.file_name() == Some("Cargo.toml");
            let mut crates = HashMap::new();
            for (path, bytes) in revision::files_at(self.root, &commit.id, is_manifest)? {
                for name in crates_of(&String::from_utf8_lossy(&bytes)) {
                    crates.entry(normal(&name)).or_insert_with(|| path.clone());
                }
            }
            self.crates.insert(commit.id.clone(), crates);
        }
        let crates = self.crates.get(&commit.id);
        Ok(crates.and_then(|crates| crates.get(&normal(name)).cloned()))
    }
}

/// The package of a manifest and its dependencies.
fn crates_of(manifest: &str) -> Vec<String> {
    let Ok(document) = Document::parse(manifest) else {
        return Vec::new();
    };
    let mut names = Vec::new();
    let package = document.get("package").and_then(|item| item.get("name"));
    names.extend(package.and_then(|item| item.as_str()).map(str::to_owned));
    dependencies(document.as_table(), &mut names);
    names
}

fn dependencies(table: &dyn TableLike, names: &mut Vec<String>) {
    for (key, item) in table.iter() {
        let Some(inner) = item.as_table_like() else {
            continue;
        };
        if key.ends_with("dependencies") {
            for (name, entry) in inner.iter() {
                let renamed = entry.get("package").and_then(|item| item.as_str());
                names.push(renamed.unwrap_or(name).to_owned());
            }
        } else if matches!(key, "workspace" | "target") || key.starts_with("cfg(") {
            dependencies(inner, names);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::crates_of;

    #[test]
    fn crates_of_a_manifest() {
        let manifest = "[package]\nname = \"own\"\n[dependencies]\nserde = \"1\"\nlog4 = { package = \"log\", version = \"0.4\" }\n\
                        [target.'cfg(unix)'.dev-dependencies]\nnix = \"0.29\"\n[workspace.dependencies]\ntokio = \"1\"\n\
                        [features]\nfast = []\n";
        assert_eq!(crates_of(manifest), ["own", "serde", "log", "nix", "tokio"]);
        assert!(crates_of("[").is_empty());
    }
}
