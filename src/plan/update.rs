//! What an update is going to do: what was generated, what a person made of it and what is generated now, file by file.
//!
//! A function of its arguments. The verdicts:
//!
//! | generated before | yours | generated now | verdict |
//! |---|---|---|---|
//! | A | A | A | unchanged |
//! | A | A | B | update |
//! | A | C | A | kept |
//! | A | C | B | merge, or conflict |
//! | A | gone | A | kept: it stays gone |
//! | A | gone | B | conflict, or a merge where it was moved to |
//! | A | A | none | delete |
//! | A | C | none | conflict |
//! | none | none | B | create |
//! | none | C | B | conflict |

mod moved;
mod settle;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

pub use self::moved::most_alike;
use self::settle::{Settled, settle};
use super::snapshot::{Entry, Snapshot};
use crate::baseline::{self, Baseline, migration_name};
use crate::merge::Clash;
use crate::skeleton::tree::Tree;

/// What happens to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It is written; there was none.
    Create,
    /// It is already as it should be.
    Unchanged,
    /// Nobody changed it: it gets the new text.
    Update,
    /// Both sides changed it, at different places: it gets the changes of both.
    Merge,
    /// Only a person changed it: it stays.
    Kept,
    /// It is no longer generated, and nobody changed it.
    Delete,
    /// A person has to decide.
    Conflict(Conflict),
}

impl Outcome {
    /// The word for it in the output for programs; part of a stable format.
    pub fn word(&self) -> &'static str {
        match self {
            Outcome::Create => "create",
            Outcome::Unchanged => "unchanged",
            Outcome::Update => "update",
            Outcome::Merge => "merge",
            Outcome::Kept => "kept",
            Outcome::Delete => "delete",
            Outcome::Conflict(_) => "conflict",
        }
    }
}

/// Why a person has to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// In words, as the end of a sentence about the file.
    pub reason: String,
    /// The places in the text, where it is a text.
    pub clashes: Vec<Clash>,
    /// The text with markers, where there is one.
    pub marked: Option<String>,
}

/// A file and what happens to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Relative to the root of the project.
    pub path: Utf8PathBuf,
    /// Where it was generated, if a person moved it from there.
    pub moved_from: Option<Utf8PathBuf>,
    /// What happens.
    pub outcome: Outcome,
    /// As it was generated last time.
    pub base: Option<String>,
    /// As it is.
    pub old: Option<Vec<u8>>,
    /// As it will be.
    pub new: Option<Vec<u8>>,
    /// As it is generated now.
    pub fresh: Option<String>,
}

/// What a person decided about conflicts beforehand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decided {
    /// Files that stay as they are.
    pub keep: BTreeSet<Utf8PathBuf>,
    /// Files that are taken as they are generated.
    pub take: BTreeSet<Utf8PathBuf>,
}

/// What an update is going to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// Every file, in path order.
    pub changes: Vec<Change>,
}

/// The paths that have to be looked at.
pub fn paths<'a>(baseline: &'a Baseline, fresh: &'a Tree) -> BTreeSet<&'a Utf8Path> {
    let old = baseline.iter().map(|(path, _)| path);
    old.chain(fresh.iter().map(|(path, _)| path)).collect()
}

/// The extensions of files that changed and are gone: a person can have moved them.
pub fn extensions_of_missing<'a>(
    baseline: &'a Baseline,
    fresh: &Tree,
    snapshot: &Snapshot,
) -> Vec<&'a str> {
    let missing = baseline
        .iter()
        .filter(|(path, text)| snapshot.get(path).is_none() && fresh.get(path) != Some(*text));
    let extensions = missing.filter_map(|(path, _)| path.extension());
    extensions.collect::<BTreeSet<_>>().into_iter().collect()
}

impl Update {
    /// Plans it.
    pub fn new(
        baseline: &Baseline,
        fresh: &Tree,
        snapshot: &Snapshot,
        decided: &Decided,
    ) -> Update {
        let moved = moved::find(baseline, fresh, snapshot);
        let changes = paths(baseline, fresh)
            .into_iter()
            .filter_map(|path| change(path, baseline, fresh, snapshot, &moved))
            .map(|change| decide(change, decided))
            .collect();
        Update { changes }
    }

    /// Those that a person has to decide on.
    pub fn conflicts(&self) -> impl Iterator<Item = (&Change, &Conflict)> {
        self.changes
            .iter()
            .filter_map(|change| match &change.outcome {
                Outcome::Conflict(conflict) => Some((change, conflict)),
                _ => None,
            })
    }

    /// Those that write or remove a file.
    pub fn writes(&self) -> impl Iterator<Item = &Change> {
        let changes = self.changes.iter();
        changes.filter(|change| change.old != change.new)
    }

    /// How many files have this outcome, by its word.
    pub fn count(&self, word: &str) -> usize {
        let changes = self.changes.iter();
        changes
            .filter(|change| change.outcome.word() == word)
            .count()
    }

    /// Lets every conflict with markers be written with them; the rest stay as they are.
    pub fn mark_conflicts(&mut self) {
        for change in &mut self.changes {
            if let Outcome::Conflict(Conflict {
                marked: Some(marked),
                ..
            }) = &change.outcome
            {
                change.new = Some(marked.clone().into_bytes());
            }
        }
    }
}

fn change(
    path: &Utf8Path,
    baseline: &Baseline,
    fresh: &Tree,
    snapshot: &Snapshot,
    moved: &BTreeMap<Utf8PathBuf, Utf8PathBuf>,
) -> Option<Change> {
    let (base, new) = (baseline.get(path), fresh.get(path));
    let place = moved.get(path);
    let entry = snapshot.get(place.map_or(path, Utf8PathBuf::as_path));
    let old = match entry {
        Some(Entry::File(bytes)) => Some(bytes.clone()),
        _ => None,
    };
    let settled = match entry {
        Some(Entry::Other(what)) => match base == new {
            true => Settled::kept(None),
            false => Settled::conflict(None, format!("is {what}, and stays")),
        },
        _ if path == baseline::ANSWERS => Settled::answers(old.as_deref(), new?),
        // What was run somewhere never changes; and whoever took it away has a reason.
        _ if base.is_some() && migration_name(path).is_some() => Settled::migration(old.clone()),
        _ => settle(path, base, old.as_deref(), new)?,
    };
    Some(Change {
        path: place.cloned().unwrap_or_else(|| path.to_owned()),
        moved_from: place.map(|_| path.to_owned()),
        outcome: settled.outcome,
        base: base.map(str::to_owned),
        new: settled.new,
        old,
        fresh: new.map(str::to_owned),
    })
}

/// Lets a decision stand in for a conflict.
fn decide(mut change: Change, decided: &Decided) -> Change {
    if !matches!(change.outcome, Outcome::Conflict(_)) {
        return change;
    }
    let is_named = |names: &BTreeSet<Utf8PathBuf>| {
        names.contains(&change.path)
            || change
                .moved_from
                .as_ref()
                .is_some_and(|path| names.contains(path))
    };
    if is_named(&decided.keep) {
        change.outcome = Outcome::Kept;
        change.new.clone_from(&change.old);
    } else if is_named(&decided.take) {
        change.outcome = match (&change.old, &change.fresh) {
            (_, None) => Outcome::Delete,
            (None, Some(_)) => Outcome::Create,
            (Some(_), Some(_)) => Outcome::Update,
        };
        change.new = change.fresh.clone().map(String::into_bytes);
    }
    change
}
