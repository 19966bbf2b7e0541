//! Laying layers: which files, for what, from which template.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use minijinja::value::{Value, merge_maps};

use super::render::Renderer;
use super::tree::Tree;
use super::{EMBEDDED, Each, LAYERS, Layer, OwnSkeleton, SHARED, json, lock};
use crate::blueprint::Blueprint;
use crate::error::{Error, Result};
use crate::manifest;

/// The layers, ready to be laid any number of times: a template is compiled once.
pub struct Skeleton<'a> {
    own: &'a OwnSkeleton,
    renderer: Renderer<'static>,
    compiled: BTreeSet<String>,
}

impl<'a> Skeleton<'a> {
    /// Our layers with those of a team laid over them.
    ///
    /// # Errors
    /// As [`OwnSkeleton::check`], or a shared part that is no template.
    pub fn new(own: &'a OwnSkeleton) -> Result<Skeleton<'a>> {
        own.check()?;
        let mut renderer = Renderer::new();
        for (path, text) in shared(own) {
            renderer.add(path, text)?;
        }
        Ok(Skeleton {
            own,
            renderer,
            compiled: BTreeSet::new(),
        })
    }

    /// Lays the layers that the blueprint asks for, as far as their files are wanted.
    ///
    /// # Errors
    /// A skeleton file that does not render (a team's own; ours are tested), or one whose path leads out of the project.
    pub fn lay(
        &mut self,
        blueprint: &Blueprint,
        is_wanted: &dyn Fn(&Utf8Path) -> bool,
    ) -> Result<Tree> {
        // The lock file follows from the manifest.
        let wants_lock = is_wanted("Cargo.lock".into());
        let wants_manifest = wants_lock || is_wanted("Cargo.toml".into());
        let base = Value::from_serialize(blueprint);
        let mut manifests = Vec::new();
        let mut tree = Tree::default();
        for layer in LAYERS.iter().filter(|layer| (layer.when)(blueprint)) {
            let subjects = subjects(layer.each, &base)?;
            for (origin, path, text) in files_of(layer, self.own) {
                for subject in &subjects {
                    let target = subject.path(path);
                    let is_manifest = target == "Cargo.toml";
                    if !(is_manifest && wants_manifest || is_wanted(&target)) {
                        continue;
                    }
                    let rendered = self.render(&origin, text, subject, &target)?;
                    if is_manifest {
                        manifests.push(rendered);
                    } else if !rendered.trim().is_empty() {
                        // A file that renders to nothing is one that these answers do not need.
                        tree.insert(target, rendered).map_err(|outside| {
                            Error::usage(format!("skeleton file `{origin}`: {outside}"))
                        })?;
                    }
                }
            }
        }
        if wants_manifest {
            let texts: Vec<_> = manifests.iter().map(String::as_str).collect();
            let manifest = manifest::merge_manifests(&texts)?;
            if let Some(lock) = tree.remove("Cargo.lock") {
                let lock = lock::prune(&lock, &manifest)?;
                insert(&mut tree, "Cargo.lock", lock);
            }
            insert(&mut tree, "Cargo.toml", manifest);
        }
        Ok(tree)
    }

    /// One file for one subject.
    fn render(
        &mut self,
        origin: &str,
        text: &str,
        subject: &Subject,
        target: &Utf8Path,
    ) -> Result<String> {
        let is_template = ["<%", "<{", "<#", "⟦"]
            .iter()
            .any(|mark| text.contains(mark));
        let rendered = if is_template {
            if self.compiled.insert(origin.to_owned()) {
                self.renderer.add(origin, text)?;
            }
            self.renderer.render(origin, &subject.context)?
        } else {
            text.to_owned()
        };
        match target.extension() {
            Some("json") => json::pretty(origin, &rendered),
            _ => Ok(rendered),
        }
    }
}

/// The layer that a file of this blueprint comes from: of several the last, which replaces the others.
///
/// # Errors
/// The blueprint cannot be read by templates.
pub fn layer_of(
    path: &Utf8Path,
    blueprint: &Blueprint,
    own: &OwnSkeleton,
) -> Result<Option<&'static Layer>> {
    let base = Value::from_serialize(blueprint);
    for layer in LAYERS.iter().rev().filter(|layer| (layer.when)(blueprint)) {
        let subjects = subjects(layer.each, &base)?;
        let is_of_layer = files_of(layer, own)
            .any(|(_, below, _)| subjects.iter().any(|subject| subject.path(below) == path));
        if is_of_layer {
            return Ok(Some(layer));
        }
    }
    Ok(None)
}

fn insert(tree: &mut Tree, path: &str, text: String) {
    tree.insert(path, text)
        .expect("a plain file name is inside");
}

/// Parts that files of several layers include.
fn shared(own: &OwnSkeleton) -> impl Iterator<Item = (&str, &str)> {
    let ours = EMBEDDED
        .iter()
        .copied()
        .filter(|(path, _)| own.files.iter().all(|(other, _)| other != path));
    ours.chain(
        own.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    )
    .filter(|(path, _)| path.starts_with(SHARED))
}

/// The files of one layer: origin for errors, path below the layer, text. Own files stand in for embedded ones of the same path.
fn files_of<'a>(
    layer: &'a Layer,
    own: &'a OwnSkeleton,
) -> impl Iterator<Item = (String, &'a str, &'a str)> {
    let below = |path: &'a str| {
        path.strip_prefix(layer.name)
            .and_then(|rest| rest.strip_prefix('/'))
    };
    let own_files = own.files.iter().filter_map(move |(path, text)| {
        Some((format!("{path} (yours)"), below(path)?, text.as_str()))
    });
    let ours = EMBEDDED.iter().filter_map(move |(path, text)| {
        let below = below(path)?;
        let replaced = own.files.iter().any(|(other, _)| other == path);
        (!replaced).then(|| ((*path).to_owned(), below, *text))
    });
    ours.chain(own_files)
}

/// One thing that a layer is laid for: the context its files see, and what its names put in their paths.
struct Subject {
    context: Value,
    names: Vec<(String, String)>,
}

impl Subject {
    fn path(&self, path: &str) -> Utf8PathBuf {
        let mut path = path.to_owned();
        for (mark, name) in &self.names {
            path = path.replace(mark, name);
        }
        let path = path.strip_suffix(".in").map(str::to_owned).unwrap_or(path);
        let path = Utf8Path::new(&path);
        match path.file_name() {
            Some("gitignore") => path.with_file_name(".gitignore"),
            _ => path.to_owned(),
        }
    }
}

fn subjects(each: Each, base: &Value) -> Result<Vec<Subject>> {
    let (list, name, marks): (&str, &str, &[(&str, &str)]) = match each {
        Each::Once => {
            return Ok(vec![Subject {
                context: base.clone(),
                names: migrations(base)?,
            }]);
        }
        Each::Entity => (
            "entities",
            "entity",
            &[
                ("__number__", "number"),
                ("__entities__", "plural"),
                ("__entity__", "module"),
            ],
        ),
        Each::Referenced => ("referenced", "entity", &[("__entity__", "module")]),
        Each::Join => (
            "joins",
            "join",
            &[("__number__", "number"), ("__join__", "module")],
        ),
        Each::Dependency => (
            "dependencies",
            "dependency",
            &[("__dependency__", "module")],
        ),
        Each::Record => ("records", "record", &[("__record__", "stem")]),
    };
    let items = base
        .get_attr(list)
        .and_then(|items| items.try_iter())
        .map_err(|error| Error::failed(error.to_string()))?;
    items
        .map(|item| {
            let names = marks
                .iter()
                .map(|(mark, attribute)| {
                    item.get_attr(attribute)
                        .map(|value| ((*mark).to_owned(), value.to_string()))
                })
                .collect::<Result<Vec<_>, _>>()
                .map_err(|error| Error::failed(error.to_string()))?;
            let own = Value::from_iter([(name, item)]);
            Ok(Subject {
                context: merge_maps([own, base.clone()]),
                names,
            })
        })
        .collect()
}

/// The names of migrations that are laid once: as the layer has them, and with their numbers.
fn migrations(base: &Value) -> Result<Vec<(String, String)>> {
    let numbers = || -> Result<Vec<(String, String)>, minijinja::Error> {
        let migrations = base.get_attr("migrations")?.try_iter()?;
        migrations
            .map(|migration| {
                let file = migration.get_attr("file")?.to_string();
                let (_, rest) = file.split_once('_').unwrap_or_default();
                Ok((format!("__number___{rest}"), file))
            })
            .collect()
    };
    numbers().map_err(|error| Error::failed(error.to_string()))
}
