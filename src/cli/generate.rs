//! From answers to the files that should exist: the same for a new project and for one that is brought up to date.

use camino::Utf8Path;

use crate::answers::Answers;
use crate::baseline::{self, ANSWERS, Baseline, Origin};
use crate::blueprint::{Blueprint, Conflict};
use crate::error::{Error, Result};
use crate::manifest;
use crate::migration::Scripts;
use crate::package_name;
use crate::skeleton::tree::{PathOutside, Tree};
use crate::skeleton::{OwnSkeleton, Skeleton};
use crate::vcs;
use crate::workspace::Workspace;

/// What is generated from.
pub(super) struct Request<'a> {
    pub(super) answers: &'a Answers,
    /// The file that holds them.
    pub(super) answers_text: &'a str,
    pub(super) origin: Origin,
    /// The workspace that it is a member of.
    pub(super) workspace: Option<&'a Workspace>,
    pub(super) own: &'a OwnSkeleton,
}

/// What the answers become.
pub(super) struct Generated {
    pub(super) tree: Tree,
    pub(super) blueprint: Blueprint,
}

impl Request<'_> {
    /// Draws the blueprint and lays the files, all but the baseline. `adapt` has the last word on the blueprint: a service that is there
    /// has migrations and numbers of records.
    pub(super) fn generate(&self, adapt: impl FnOnce(&mut Blueprint)) -> Result<Generated> {
        let generated = self.generate_some(&mut Skeleton::new(self.own)?, &|_| true, adapt)?;
        let manifest = generated.tree.get("Cargo.toml").unwrap_or_default();
        let names = manifest::dependency_names(manifest);
        package_name::check_against(&self.answers.name, names.iter().map(String::as_str))?;
        Ok(generated)
    }

    /// The same for the wanted files alone, and with templates that are compiled already.
    pub(super) fn generate_some(
        &self,
        skeleton: &mut Skeleton<'_>,
        is_wanted: &dyn Fn(&Utf8Path) -> bool,
        adapt: impl FnOnce(&mut Blueprint),
    ) -> Result<Generated> {
        let mut blueprint = Blueprint::draw(self.answers, self.origin.setting())
            .map_err(|conflicts| conflicts_error(&conflicts))?;
        adapt(&mut blueprint);
        let mut tree = skeleton.lay(&blueprint, is_wanted)?;
        if let Some(workspace) = self.workspace
            && let Some(package) = tree.get("Cargo.toml")
        {
            let package = manifest::inherit(package, workspace)?;
            tree.insert("Cargo.toml", package).map_err(outside)?;
        }
        tree.insert(ANSWERS, self.answers_text).map_err(outside)?;
        vcs::adapt_ignore_file(&mut tree, self.origin.vcs());
        Ok(Generated { tree, blueprint })
    }

    /// Adds what an update will need. `schema` is what the answers ask for, where the migrations lead there in steps.
    pub(super) fn add_baseline(
        &self,
        tree: &mut Tree,
        schema: Option<&Scripts>,
    ) -> Result<Baseline> {
        let baseline = Baseline::new(self.origin.clone(), tree, schema);
        tree.insert_binary(baseline::PATH, baseline.encode())
            .map_err(outside)?;
        Ok(baseline)
    }
}

pub(super) fn outside(outside: PathOutside) -> Error {
    Error::failed(outside.to_string())
}

fn conflicts_error(conflicts: &[Conflict]) -> Error {
    let lines: Vec<_> = conflicts
        .iter()
        .map(|conflict| format!("  {conflict}\n    {}", conflict.hint))
        .collect();
    Error::usage(format!(
        "these answers do not go together, so nothing was generated:\n{}",
        lines.join("\n")
    ))
}
