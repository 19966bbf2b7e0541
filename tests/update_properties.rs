//! Random answers, random edits by a person, other random answers: nothing a person wrote is lost, and what goes there comes back.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use camino::Utf8PathBuf;
use cargo_kickoff::answers::{Answers, examples, file, path};
use cargo_kickoff::baseline::{Baseline, Origin, migration_name};
use cargo_kickoff::blueprint::{Blueprint, Setting};
use cargo_kickoff::plan::snapshot::Snapshot;
use cargo_kickoff::plan::update::{Decided, Outcome, Update};
use cargo_kickoff::skeleton::tree::Tree;
use cargo_kickoff::skeleton::{OwnSkeleton, lay};
use cargo_kickoff::vcs::Vcs;
use proptest::prelude::*;

/// Changes of single answers; each goes with all others.
const CHANGES: [(&str, &str); 14] = [
    ("entity.Order.fields.colour", "string(20)?"),
    ("entity.Customer.fields.level", "int 1..9 = 1"),
    ("entity.Customer.fields.name", "string(250) personal"),
    ("entity.Coupon.fields.code", "string(20) unique"),
    ("entity.Coupon.fields.order", "-> Order?"),
    ("load.peak-rps", "900"),
    ("ownership.record-format", "nygard"),
    ("data.deletion", "hard"),
    ("data.conflicts", "last-write-wins"),
    ("done.items", "logging"),
    ("responsibility.purpose", "Take \"orders\"\\and more"),
    ("dependency.rates.for", "exchange rates"),
    ("ownership.schema-owner", "@org/data"),
    ("reality.kind", "project"),
];

fn answers(changes: &[usize]) -> Answers {
    let text = examples::get("orders").unwrap();
    let mut answers = file::read(text, "kickoff.toml").unwrap();
    for change in changes {
        let (id, value) = CHANGES[*change];
        path::set(&mut answers, id, value).unwrap();
    }
    answers
}

/// What is generated, but for migrations, which only ever grow. `None` where the answers do not go together.
fn tree(answers: &Answers) -> Option<Tree> {
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

type Files = std::collections::BTreeMap<Utf8PathBuf, String>;

fn files(tree: &Tree) -> Files {
    let files = tree.iter();
    files
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect()
}

fn plan(base: &Tree, files: &Files, fresh: &Tree) -> Update {
    let files = files.iter();
    let bytes = files.map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    Update::new(
        &baseline(base),
        fresh,
        &Snapshot::of(bytes),
        &Decided::default(),
    )
}

fn apply(update: &Update, files: &mut Files) {
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

/// An edit of a person: in which file, at which line, what.
#[derive(Debug, Clone)]
enum Edit {
    Insert(usize, usize),
    Change(usize, usize),
    Remove(usize, usize),
    Delete(usize),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let at = || (0..200_usize, 0..400_usize);
    let edit = prop_oneof![
        6 => at().prop_map(|(file, line)| Edit::Insert(file, line)),
        4 => at().prop_map(|(file, line)| Edit::Change(file, line)),
        2 => at().prop_map(|(file, line)| Edit::Remove(file, line)),
        1 => (0..200_usize).prop_map(Edit::Delete),
    ];
    prop::collection::vec(edit, 0..30)
}

/// Makes the edits; every line of the person's own has a number that is found again.
fn edit(files: &mut Files, edits: &[Edit]) {
    for (number, edit) in edits.iter().enumerate() {
        let (Edit::Insert(file, _)
        | Edit::Change(file, _)
        | Edit::Remove(file, _)
        | Edit::Delete(file)) = edit;
        let paths: Vec<_> = files.keys().cloned().collect();
        let path = &paths[file % paths.len()];
        if let Edit::Delete(_) = edit {
            files.remove(path);
            continue;
        }
        let mut lines: Vec<String> = files[path]
            .split_inclusive('\n')
            .map(str::to_owned)
            .collect();
        let mine = format!("mine {number} of {path}\n");
        match edit {
            Edit::Insert(_, line) => lines.insert(line % (lines.len() + 1), mine),
            Edit::Change(_, line) if !lines.is_empty() => {
                let at = line % lines.len();
                lines[at] = mine;
            }
            Edit::Remove(_, line) if !lines.is_empty() => drop(lines.remove(line % lines.len())),
            _ => {}
        }
        files.insert(path.clone(), lines.concat());
    }
}

fn changes() -> impl Strategy<Value = Vec<usize>> {
    prop::sample::subsequence((0..CHANGES.len()).collect::<Vec<_>>(), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn without_edits_an_update_is_a_fresh_generation(one in changes(), other in changes()) {
        let (Some(a), Some(b)) = (tree(&answers(&one)), tree(&answers(&other))) else {
            return Ok(());
        };
        let mut on_disk = files(&a);
        let update = plan(&a, &on_disk, &b);
        prop_assert_eq!(update.conflicts().count(), 0);
        apply(&update, &mut on_disk);
        prop_assert_eq!(&on_disk, &files(&b));
        prop_assert_eq!(plan(&b, &on_disk, &b).writes().count(), 0);
        let update = plan(&b, &on_disk, &a);
        apply(&update, &mut on_disk);
        prop_assert_eq!(on_disk, files(&a));
    }

    #[test]
    fn no_line_of_a_person_disappears(one in changes(), other in changes(), edits in edits()) {
        let (Some(a), Some(b)) = (tree(&answers(&one)), tree(&answers(&other))) else {
            return Ok(());
        };
        let mut on_disk = files(&a);
        edit(&mut on_disk, &edits);
        let before = on_disk.clone();
        let mut update = plan(&a, &on_disk, &b);
        for (change, _) in update.conflicts() {
            prop_assert_eq!(&change.new, &change.old, "a conflict writes nothing");
        }
        apply(&update, &mut on_disk);
        for (path, text) in &before {
            let after = on_disk.get(path).map(String::as_str).unwrap_or_default();
            for line in text.lines().filter(|line| line.starts_with("mine ")) {
                prop_assert!(after.lines().any(|other| other == line), "{}: {} is gone from\n{}", path, line, after);
            }
        }
        // With markers nothing is lost either.
        let mut marked = before.clone();
        update.mark_conflicts();
        apply(&update, &mut marked);
        for (path, text) in &before {
            let after = marked.get(path).map(String::as_str).unwrap_or_default();
            for line in text.lines().filter(|line| line.starts_with("mine ")) {
                prop_assert!(after.lines().any(|other| other == line), "{}: {} is gone", path, line);
            }
        }
        // What was settled is settled: the next update has nothing to write in it.
        let settled: Vec<_> = update
            .changes
            .iter()
            .filter(|change| !matches!(change.outcome, Outcome::Conflict(_)))
            .map(|change| change.path.clone())
            .collect();
        let next = plan(&b, &on_disk, &b);
        for change in next.writes() {
            prop_assert!(!settled.contains(&change.path), "{} is written again", change.path);
        }
    }
}
