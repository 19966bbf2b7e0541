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
mod lay;
mod layers;
mod layout;
mod lock;
mod render;
pub mod tree;
mod words;

pub(crate) use escape::as_markdown;
pub use escape::{Text, one_line};
pub use lay::{Skeleton, layer_of};
pub use layers::{Each, LAYERS, Layer};
pub use layout::is_mark;
pub use lock::prune as prune_lock_file;
pub use words::{span, thousands};

use self::tree::Tree;
use crate::blueprint::Blueprint;
use crate::error::{Error, Result};

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
/// As [`Skeleton::new`] and [`Skeleton::lay`].
pub fn lay(blueprint: &Blueprint, own: &OwnSkeleton) -> Result<Tree> {
    Skeleton::new(own)?.lay(blueprint, &|_| true)
}
