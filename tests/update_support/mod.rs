//! Updates without a disk: a tree of answers, a person's files, and what becomes of them.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use camino::Utf8PathBuf;
use cargo_kickoff::answers::{Answers, examples, file, path};
use cargo_kickoff::baseline::{Baseline, Origin, migration_name};
use cargo_kickoff::blueprint::{Blueprint, Setting};
use cargo_kickoff::plan::snapshot::Snapshot;
use cargo_kickoff::plan::update::{Decided, Update};
use cargo_kickoff::skeleton::tree::Tree;
use cargo_kickoff::skeleton::{OwnSkeleton, lay};
use cargo_kickoff::vcs::Vcs;

/// The answers of the fullest example, with some of them changed.
pub(crate) fn orders(changes: &[(&str, &str)]) -> Answers {
    let text = examples::get("orders").unwrap();
    let mut answers = file::read(text, "kickoff.toml").unwrap();
    for (id, value) in changes {
        path::set(&mut answers, id, value).unwrap();
    }
    answers
}

/// What is generated, but for migrations, which only ever grow. `None` where the answers do not go together.
pub(crate) fn tree(answers: &Answers) -> Option<Tree> {
    let blueprint = Blueprint::draw(answers, Setting::Standalone).ok()?;
    let mut tree = lay(&blueprint, &OwnSkeleton::default()).unwrap();
    let scripts: Vec<_> = tree
        .iter()
        .filter(|(path, _)| migration_name(path).is_some())
        .map(|(path, _)| path.to_owned())
        .collect();
    for script in scripts {
        tree.remove(script);
    }
    Some(tree)
}

fn baseline(tree: &Tree) -> Baseline {
    Baseline::new(
        Origin::new(Setting::Standalone, Vcs::Git, false),
        tree,
        None,
    )
}

pub(crate) type Files = std::collections::BTreeMap<Utf8PathBuf, String>;

pub(crate) fn files(tree: &Tree) -> Files {
    let files = tree.iter();
    files
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect()
}

pub(crate) fn plan(base: &Tree, files: &Files, fresh: &Tree) -> Update {
    let files = files.iter();
    let bytes = files.map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    Update::new(
        &baseline(base),
        fresh,
        &Snapshot::of(bytes),
        &Decided::default(),
    )
}

pub(crate) fn apply(update: &Update, files: &mut Files) {
    for change in update.writes() {
        match &change.new {
            Some(bytes) => {
                let text = String::from_utf8(bytes.clone()).unwrap();
                files.insert(change.path.clone(), text);
            }
            None => drop(files.remove(&change.path)),
        }
    }
}
