//! Decision records: one per decision, honest about what was not decided.
//!
//! A subject that somebody said something about, or that has no honest default, gets a record of its own. Subjects that nobody was
//! asked about share one record that lists the defaults in force. Naming who decides is no decision: it puts a decider into the
//! records of the subject, and into the list of the defaults.
//!
//! A record is accepted when a person decided every question it is about (its main questions, [`subjects::SUBJECTS`]) and nobody put
//! off another part of it. Parts that hold by default do not keep it from being accepted; it says of each that nobody decided it.
//! Neither a decider nor a reason is ever made up.

mod answer;
mod model;
mod statements;
mod subjects;
mod titles;

use std::collections::BTreeMap;

use serde::Serialize;

pub(super) use self::answer::display;
pub use self::answer::{Origin, RecordAnswer, RecordOption};
pub use self::model::{RecordEntity, RecordField};
use self::subjects::{EXPERIMENT, OWNERS, Presence, SUBJECTS, Subject};
use super::{Enforcement, Entity, Limits, user_text};
use crate::answers::Answers;
use crate::question::catalog;
use crate::skeleton::Text;

/// The heading of the record about a subject while nobody decided; none for what is no subject.
pub fn record_title(subject: &str) -> Option<&'static str> {
    let found = SUBJECTS.iter().find(|one| one.slug == subject);
    found.map(|subject| subject.title)
}

/// A decision record.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    /// Counted from 1.
    pub number: usize,
    /// File name without `.md`: `0003-conflicts`.
    pub stem: String,
    /// File name: `0003-conflicts.md`.
    pub file: String,
    /// The heading.
    pub title: String,
    /// What it is about: `conflicts`, or `defaults`.
    pub subject: &'static str,
    /// It lists the defaults that nobody chose.
    pub defaults: bool,
    /// A person decided what it is about.
    pub accepted: bool,
    /// Who decides, as far as anybody said.
    pub deciders: Vec<Text>,
    /// The subjects it carries.
    pub subjects: Vec<String>,
    /// The questions it answers, those it is about first.
    pub answers: Vec<RecordAnswer>,
    /// Who decides about what, in the list of defaults.
    pub owners: Vec<RecordOwner>,
    /// The entities, in the record of the data model.
    pub entities: Vec<RecordEntity>,
    /// What holds the project to it.
    pub confirmation: Vec<Confirmation>,
}

impl Record {
    /// Gives it another number, and the names of its file that go with it.
    pub(super) fn set_number(&mut self, number: usize) {
        self.number = number;
        self.stem = format!("{number:04}-{}", self.subject);
        self.file = format!("{}.md", self.stem);
    }
}

/// Who decides about something.
#[derive(Debug, Clone, Serialize)]
pub struct RecordOwner {
    /// `the database`.
    pub about: &'static str,
    /// Who, if anybody said.
    pub who: Option<Text>,
}

/// A file of the generated project that holds it to a decision.
#[derive(Debug, Clone, Serialize)]
pub struct Confirmation {
    /// Relative to the project's root; a folder ends in `/`.
    pub path: &'static str,
    /// What it does, as the rest of a sentence that begins with the path.
    pub how: String,
}

/// What the records need to know beside the answers.
pub(super) struct Facts<'a> {
    /// The limits that follow from the answers.
    pub(super) limits: &'a Limits,
    /// The entities of its own.
    pub(super) entities: &'a [Entity],
    /// Some operation requires a key, and there is a record to test it with.
    pub(super) keys_are_tested: bool,
    /// Some word may not be carried by any name.
    pub(super) has_boundary_test: bool,
    /// What holds the code to the decisions.
    pub(super) enforcement: &'a Enforcement,
    /// The p99 that was promised is measured.
    pub(super) is_measured: bool,
    /// Every change is checked by a workflow of its own.
    pub(super) has_workflow: bool,
    /// It calls other services.
    pub(super) calls_others: bool,
    /// Some calls are done later.
    pub(super) queues: bool,
    /// Its callers have to be known.
    pub(super) knows_callers: bool,
    /// A test holds migrations to what the release before needs.
    pub(super) expand_contract: bool,
}

const DEFAULTS: &str = "defaults";

/// The records of a service.
pub(super) fn records(answers: &Answers, facts: &Facts<'_>) -> Vec<Record> {
    let mut by_subject = answers_by_subject(answers, facts);
    let mut records = Vec::new();
    let mut defaults = Vec::new();
    let mut default_subjects = Vec::new();
    for subject in SUBJECTS {
        let Some(list) = by_subject.remove(subject.slug) else {
            continue;
        };
        if has_record(answers, subject, &list) {
            records.push(record_of(answers, facts, subject, list, records.len() + 1));
        } else {
            defaults.extend(list);
            default_subjects.push(subject.slug.to_owned());
        }
    }
    if !defaults.is_empty() {
        records.push(record_of_defaults(
            answers,
            facts,
            defaults,
            default_subjects,
            records.len() + 1,
        ));
    }
    debug_assert!(
        by_subject.is_empty(),
        "every subject of the catalog has a row in SUBJECTS"
    );
    records
}

fn answers_by_subject(
    answers: &Answers,
    facts: &Facts<'_>,
) -> BTreeMap<&'static str, Vec<RecordAnswer>> {
    let mut by_subject: BTreeMap<&str, Vec<RecordAnswer>> = BTreeMap::new();
    for question in catalog::questions()
        .iter()
        .filter(|question| answers.applies(&question.when))
    {
        let main = SUBJECTS
            .iter()
            .any(|subject| subject.slug == question.record && subject.main.contains(&question.id));
        by_subject
            .entry(question.record)
            .or_default()
            .push(answer::record_answer(answers, facts.limits, question, main));
    }
    for list in by_subject.values_mut() {
        list.sort_by_key(|answer| !answer.main);
    }
    by_subject
}

/// Whether a subject gets a record of its own.
fn has_record(answers: &Answers, subject: &Subject, list: &[RecordAnswer]) -> bool {
    let core = |id: &str| catalog::question(id).is_some_and(|question| question.core);
    let parts: &[&str] = match subject.slug {
        "duplicates" => &["duplicates", "same-when"],
        "conflicts" => &["conflicts"],
        "deletion" => &["deletion"],
        _ => &[],
    };
    list.iter()
        .any(|answer| answer::was_said(answers, answer.id) || core(answer.id))
        || model::any_part(answers, parts)
        || (subject.slug == EXPERIMENT && answers.is_experiment())
}

fn record_of(
    answers: &Answers,
    facts: &Facts<'_>,
    subject: &Subject,
    mut list: Vec<RecordAnswer>,
    number: usize,
) -> Record {
    // Whoever decides is named as the decider; that it is open has to be said only where somebody put it off.
    list.retain(|answer| !answer.owner || answer::was_said(answers, answer.id));
    let decided = list
        .iter()
        .all(|answer| !answer.main || answer.origin == Origin::Decided);
    let put_off = list
        .iter()
        .any(|answer| !answer.owner && answer.origin == Origin::Open);
    // Declared a project with core questions open, it is an experiment all the same.
    let overruled = subject.slug == EXPERIMENT
        && answers.is_experiment()
        && super::text(answers, catalog::REALITY_KIND).as_deref() != Some("experiment");
    let decider = subject.owner.and_then(|owner| user_text(answers, owner));
    Record {
        deciders: decider.into_iter().collect(),
        subjects: vec![subject.slug.to_owned()],
        entities: match subject.slug {
            "data-model" => model::entities(answers),
            _ => Vec::new(),
        },
        confirmation: confirmation(answers, facts, subject),
        accepted: decided && !put_off && !overruled,
        ..empty_record(
            number,
            subject.slug,
            subject.heading(answers, decided),
            list,
        )
    }
}

fn record_of_defaults(
    answers: &Answers,
    facts: &Facts<'_>,
    mut list: Vec<RecordAnswer>,
    subjects: Vec<String>,
    number: usize,
) -> Record {
    list.retain(|answer| !answer.owner && answer.value.is_some());
    let owned: Vec<&str> = SUBJECTS
        .iter()
        .filter(|subject| subjects.iter().any(|slug| slug == subject.slug))
        .filter_map(|subject| subject.owner)
        .collect();
    Record {
        owners: OWNERS
            .iter()
            .filter(|(id, _)| owned.contains(id))
            .map(|(id, about)| RecordOwner {
                about,
                who: user_text(answers, id),
            })
            .collect(),
        confirmation: rules(facts, &subjects),
        subjects,
        ..empty_record(
            number,
            DEFAULTS,
            "Defaults in force that nobody chose",
            list,
        )
    }
}

fn empty_record(
    number: usize,
    slug: &'static str,
    title: &str,
    answers: Vec<RecordAnswer>,
) -> Record {
    let stem = format!("{number:04}-{slug}");
    Record {
        number,
        file: format!("{stem}.md"),
        stem,
        title: title.to_owned(),
        subject: slug,
        defaults: slug == DEFAULTS,
        accepted: false,
        deciders: Vec::new(),
        subjects: Vec::new(),
        answers,
        owners: Vec::new(),
        entities: Vec::new(),
        confirmation: Vec::new(),
    }
}

/// The files that hold the project to what is in force. A value that no generated code honours has none.
fn confirmation(answers: &Answers, facts: &Facts<'_>, subject: &Subject) -> Vec<Confirmation> {
    let waits = subject.main.iter().any(|id| {
        catalog::question(id).is_some_and(|question| {
            answers
                .value(question)
                .is_some_and(|value| statements::waits(question, &value))
        })
    });
    let present = |presence: Presence| match presence {
        Presence::Always => true,
        Presence::Entities => !facts.entities.is_empty(),
        Presence::Layers => !facts.entities.is_empty() && facts.enforcement.tests,
        Presence::Boundaries => facts.has_boundary_test,
        Presence::Performance => facts.is_measured,
        Presence::Clippy => facts.enforcement.clippy,
        Presence::Deny => facts.enforcement.deny,
        Presence::Workflow => {
            facts.has_workflow && (facts.enforcement.clippy || facts.enforcement.deny)
        }
        Presence::Keys => facts.keys_are_tested,
        Presence::Versions => facts.entities.iter().any(|entity| entity.versioned),
        Presence::Uniques => facts
            .entities
            .iter()
            .any(|entity| !entity.uniques.is_empty()),
        Presence::Dependencies => facts.calls_others,
        Presence::Queues => facts.queues,
        Presence::Access => facts.knows_callers,
        Presence::ExpandContract => facts.expand_contract,
    };
    let is_project = subject.slug == EXPERIMENT && !answers.is_experiment();
    let guards = subject
        .confirmation
        .iter()
        .filter(|guard| !waits && !is_project && present(guard.when))
        .map(|guard| Confirmation {
            path: guard.path,
            how: guard.how.to_owned(),
        });
    guards
        .chain(rules(facts, &[subject.slug.to_owned()]))
        .collect()
}

/// The rules of tools that follow from what is in force, whether generated code does it already or not.
fn rules(facts: &Facts<'_>, subjects: &[String]) -> Vec<Confirmation> {
    let guards = facts.enforcement.guards(subjects);
    guards
        .into_iter()
        .map(|(path, how)| Confirmation { path, how })
        .collect()
}
