//! Decision records over time: a record keeps its number, and a decision that changed is superseded by a new one.
//!
//! A new service numbers its records from 1. Later, each subject keeps the number it has; one that gets a record for the first time takes
//! the next number. Where somebody had decided and decides otherwise, the accepted record stays as it is but for its status, and a new one
//! says what holds now.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use crate::adr::{self, LinkKind, Record, Standing, Status};
use crate::answers::{Answers, Value};
use crate::baseline::Baseline;
use crate::blueprint::Blueprint;
use crate::error::{Error, Result};
use crate::question::{Question, catalog};
use crate::skeleton::tree::Tree;

/// The folder of decision records, from the root of the project.
pub const FOLDER: &str = "docs/adr";

/// What becomes of the records of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// The files of each subject by number; the last one is in force.
    files: BTreeMap<String, BTreeMap<usize, Utf8PathBuf>>,
    /// The subjects that get a new record in the place of an accepted one.
    changed: BTreeSet<String>,
    next: usize,
}

impl Succession {
    /// Of a project that was generated from `old` and is brought to `new`. `taken` are the names of all files in the folder of records,
    /// a person's own among them.
    pub fn new<'a>(
        baseline: &Baseline,
        old: &Answers,
        new: &Answers,
        taken: impl IntoIterator<Item = &'a str>,
    ) -> Succession {
        let mut files: BTreeMap<String, BTreeMap<usize, Utf8PathBuf>> = BTreeMap::new();
        for (path, _) in baseline
            .iter()
            .filter(|(path, _)| path.parent() == Some(FOLDER.into()))
        {
            if let Some((number, slug)) = path.file_stem().and_then(number_and_slug) {
                let of_subject = files.entry(slug.to_owned()).or_default();
                of_subject.insert(number, path.to_owned());
            }
        }
        let on_disk = taken.into_iter().filter_map(number_and_slug);
        let known = files.values().flat_map(|numbers| numbers.keys().copied());
        let highest = on_disk.map(|(number, _)| number).chain(known).max();
        let changed = changed_subjects(old, new)
            .into_iter()
            .filter(|slug| {
                let in_force = files.get(*slug).and_then(BTreeMap::last_key_value);
                in_force.is_some_and(|(_, path)| is_accepted(baseline, path))
            })
            .map(str::to_owned)
            .collect();
        Succession {
            files,
            changed,
            next: highest.unwrap_or_default() + 1,
        }
    }

    /// Gives the records of a blueprint their numbers.
    pub fn number(&self, blueprint: &mut Blueprint) {
        let mut next = self.next;
        blueprint.number_records(|slug| {
            let known = self.files.get(slug).and_then(BTreeMap::last_key_value);
            match known.filter(|_| !self.changed.contains(slug)) {
                Some((number, _)) => *number,
                None => {
                    next += 1;
                    next - 1
                }
            }
        });
    }

    /// Brings the records of a tree that was laid from the numbered blueprint in line with those before it: what was superseded stays in
    /// the tree, both ends are linked, and a record has the day on which it was written. `today` is that of a new one.
    ///
    /// # Errors
    /// A record cannot be changed: a team's own layer writes records that say no status.
    pub fn settle(
        &self,
        baseline: &Baseline,
        blueprint: &Blueprint,
        tree: &mut Tree,
        today: &str,
    ) -> Result<()> {
        for record in &blueprint.records {
            let path = Utf8Path::new(FOLDER).join(&record.file);
            let Some(text) = tree.get(&path) else {
                continue;
            };
            let created = &blueprint.service.created;
            let before = baseline.get(&path);
            let day = before
                .filter(|before| is_accepted_text(&path, before) || !record.accepted)
                .and_then(day_of)
                .unwrap_or(today);
            let mut text = dated(text, created, day);
            let earlier = self.files.get(record.subject);
            let earlier = earlier.into_iter().flatten();
            let mut last: Option<&Utf8PathBuf> = None;
            for (_, old) in earlier.filter(|(number, _)| **number < record.number) {
                let kept = baseline.get(old).unwrap_or_default();
                insert(tree, old, kept.to_owned())?;
                last = Some(old);
            }
            if let Some(old) = last {
                text = supersede(tree, old, &path, text)?;
            }
            insert(tree, &path, text)?;
        }
        self.keep_history(baseline, blueprint, tree)
    }

    /// A subject that is no longer decided on keeps what was superseded, and what superseded it.
    fn keep_history(
        &self,
        baseline: &Baseline,
        blueprint: &Blueprint,
        tree: &mut Tree,
    ) -> Result<()> {
        let is_gone = |slug: &String| blueprint.records.iter().all(|one| one.subject != slug);
        let histories = self.files.iter();
        for (_, files) in histories.filter(|(slug, files)| files.len() > 1 && is_gone(slug)) {
            for path in files.values() {
                let kept = baseline.get(path).unwrap_or_default();
                insert(tree, path, kept.to_owned())?;
            }
        }
        Ok(())
    }
}

/// Links both ends; the text of the new one.
fn supersede(tree: &mut Tree, old: &Utf8Path, new: &Utf8Path, text: String) -> Result<String> {
    let failed = |error: adr::edit::EditError| Error::failed(error.to_string());
    let old_text = tree.get(old).unwrap_or_default().to_owned();
    let old_record = adr::read(old, old_text.into_bytes());
    let new_record = adr::read(new, text.into_bytes());
    if says(&old_record, Status::Superseded) {
        let linked =
            adr::edit::add_link(&new_record, LinkKind::Supersedes, &old_record).map_err(failed)?;
        return Ok(String::from_utf8_lossy(&linked.record.bytes).into_owned());
    }
    let (replaced, replacing) =
        adr::edit::supersede(&old_record, &new_record, &[]).map_err(failed)?;
    let replaced = String::from_utf8_lossy(&replaced.record.bytes).into_owned();
    insert(tree, old, replaced)?;
    Ok(String::from_utf8_lossy(&replacing.record.bytes).into_owned())
}

fn insert(tree: &mut Tree, path: &Utf8Path, text: String) -> Result<()> {
    tree.insert(path, text)
        .map_err(|outside| Error::failed(outside.to_string()))
}

/// `0003-conflicts` is number 3, about `conflicts`.
pub(crate) fn number_and_slug(stem: &str) -> Option<(usize, &str)> {
    let (number, slug) = stem.split_once('-')?;
    Some((number.parse().ok()?, slug))
}

fn is_accepted(baseline: &Baseline, path: &Utf8Path) -> bool {
    baseline
        .get(path)
        .is_some_and(|text| is_accepted_text(path, text))
}

fn is_accepted_text(path: &Utf8Path, text: &str) -> bool {
    let record = adr::read(path, text.as_bytes().to_vec());
    says(&record, Status::Accepted)
}

fn says(record: &Record, status: Status) -> bool {
    record
        .fields()
        .is_some_and(|fields| fields.standing() == Standing::Said(status))
}

/// The subjects of questions that somebody had answered and answers otherwise now. Lists are told as they grow, not decided anew.
fn changed_subjects(old: &Answers, new: &Answers) -> BTreeSet<&'static str> {
    let is_decision = |value: &Value| !matches!(value, Value::Items(_));
    let is_changed =
        |question: &&&'static Question| match (old.given(question.id), new.given(question.id)) {
            (Some(before), Some(after)) => before != after && is_decision(before),
            _ => false,
        };
    let questions = catalog::questions().iter();
    questions
        .filter(is_changed)
        .map(|question| question.record)
        .collect()
}

const DAYS: [&str; 2] = ["date: ", "Date: "];

fn day_of(text: &str) -> Option<&str> {
    let mut lines = text.lines();
    lines.find_map(|line| DAYS.iter().find_map(|key| line.strip_prefix(key)))
}

fn dated(text: &str, created: &str, day: &str) -> String {
    DAYS.iter().fold(text.to_owned(), |text, key| {
        text.replacen(&format!("{key}{created}\n"), &format!("{key}{day}\n"), 1)
    })
}
