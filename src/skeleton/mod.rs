//! From the blueprint to the files that should exist.
//!
//! A layer is a folder of `skeletons/`; [`LAYERS`] says which answers bring it. Every file is a template; `.in` at the end of a
//! name is cut off, and `gitignore.in` becomes `.gitignore`. In a layer that is laid once per entity, `__entity__` and the like in
//! a path become names. The `Cargo.toml.in` of several layers are merged structurally; any other file replaces one of the same
//! path from an earlier layer.

mod contract;
mod escape;
mod functions;
mod json;
mod layers;
mod layout;
mod lock;
mod render;
pub mod tree;
mod words;

use camino::{Utf8Path, Utf8PathBuf};
use minijinja::value::{Value, merge_maps};

pub use escape::{Text, one_line};
pub use layers::{Each, LAYERS, Layer};
pub use layout::is_mark;
pub use lock::prune as prune_lock_file;
pub use words::{span, thousands};

use self::render::Renderer;
use self::tree::Tree;
use crate::blueprint::Blueprint;
use crate::error::{Error, Result};
use crate::manifest;

/// The skeletons that the binary carries: path below `skeletons/` and text.
const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/skeletons.rs"));

/// The folder of parts that files of several layers include.
const SHARED: &str = "shared/";

/// A team's own layers, read from a folder: laid over ours by the same rules.
#[derive(Debug, Clone, Default)]
pub struct OwnSkeleton {
    /// Path below the folder, with `/` between the parts, and text.
    pub files: Vec<(String, String)>,
}

impl OwnSkeleton {
    /// Refuses folders that name no layer: their files would never be laid.
    ///
    /// # Errors
    /// Names the folder and the nearest layer.
    pub fn check(&self) -> Result<()> {
        for (path, _) in &self.files {
            let folder = path.split('/').next().unwrap_or_default();
            if path.starts_with(SHARED)
                || path.contains('/') && LAYERS.iter().any(|layer| layer.name == folder)
            {
                continue;
            }
            let names: Vec<_> = LAYERS.iter().map(|layer| layer.name).collect();
            let error = Error::usage(format!("`{path}` belongs to no layer"));
            return Err(
                match crate::error::did_you_mean(folder, names.iter().copied()) {
                    Some(near) => error.hint(format!("did you mean `{near}/…`?")),
                    None => error.hint(format!("the layers are {}", names.join(", "))),
                },
            );
        }
        Ok(())
    }
}

/// Lays all layers that the blueprint asks for.
///
/// # Errors
/// A skeleton file that does not render (a team's own; ours are tested), or one whose path leads out of the project.
pub fn lay(blueprint: &Blueprint, own: &OwnSkeleton) -> Result<Tree> {
    own.check()?;
    let base = Value::from_serialize(blueprint);
    let mut renderer = Renderer::new();
    let mut manifests = Vec::new();
    let mut tree = Tree::default();
    for (path, text) in shared(own) {
        renderer.add(path, text)?;
    }
    for layer in LAYERS.iter().filter(|layer| (layer.when)(blueprint)) {
        let subjects = subjects(layer.each, &base)?;
        for (origin, path, text) in files_of(layer, own) {
            let needs_rendering = text.contains("<%")
                || text.contains("<{")
                || text.contains("<#")
                || text.contains('⟦');
            if needs_rendering && !subjects.is_empty() {
                renderer.add(&origin, text)?;
            }
            for subject in &subjects {
                let rendered = if needs_rendering {
                    renderer.render(&origin, &subject.context)?
                } else {
                    text.to_owned()
                };
                let target = subject.path(path);
                let rendered = match target.extension() {
                    Some("json") => json::pretty(&origin, &rendered)?,
                    _ => rendered,
                };
                if target == "Cargo.toml" {
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
    let manifest =
        manifest::merge_manifests(&manifests.iter().map(String::as_str).collect::<Vec<_>>())?;
    if let Some(lock) = tree.remove("Cargo.lock") {
        let lock = lock::prune(&lock, &manifest)?;
        insert(&mut tree, "Cargo.lock", lock);
    }
    insert(&mut tree, "Cargo.toml", manifest);
    Ok(tree)
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
