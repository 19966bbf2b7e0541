//! Decision records: one per decision, honest about what was not decided.
//!
//! A subject whose questions somebody answered, or put off, or that has no honest default, gets a record of its own. Subjects
//! that nobody was asked about share one record that lists the defaults in force.

use std::collections::BTreeMap;

use serde::Serialize;

use super::text;
use crate::answers::{Answer, Answers, Item, Value};
use crate::question::{Choice, Fallback, Kind, Question, canonical_text, catalog};
use crate::skeleton::Text;

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
    /// It lists the defaults that nobody chose.
    pub defaults: bool,
    /// Everything in it was decided by somebody.
    pub accepted: bool,
    /// Who decided, as far as anybody said.
    pub deciders: Vec<Text>,
    /// The subjects it carries.
    pub subjects: Vec<String>,
    /// The questions it answers.
    pub answers: Vec<RecordAnswer>,
    /// What holds the project to it: files of the generated project.
    pub confirmation: Vec<&'static str>,
}

/// How an answer came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Somebody decided.
    Decided,
    /// Somebody put it off, or nobody could answer.
    Open,
    /// Nobody was asked: the default holds.
    Default,
}

/// One question in a record.
#[derive(Debug, Clone, Serialize)]
pub struct RecordAnswer {
    /// Its id.
    pub id: &'static str,
    /// The question in words.
    pub ask: &'static str,
    /// What goes wrong without an answer.
    pub why: &'static str,
    /// What the answer does.
    pub effect: &'static str,
    /// How the answer came about.
    pub origin: Origin,
    /// The value in force on one line, if there is one.
    pub value: Option<Text>,
    /// What each item of a list says.
    pub items: Vec<RecordItem>,
    /// What could be chosen.
    pub options: Vec<RecordOption>,
    /// What the person who put it off noted.
    pub note: Option<Text>,
    /// Why no generated code reads it yet.
    pub awaits: Option<&'static str>,
}

/// One item of a list.
#[derive(Debug, Clone, Serialize)]
pub struct RecordItem {
    /// Its name.
    pub name: Text,
    /// What was said about it, `key: value`.
    pub facts: Vec<Fact>,
}

/// One fact about an item.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// The key in `kickoff.toml`.
    pub key: String,
    /// The value.
    pub value: Text,
}

/// One of the answers to a choice.
#[derive(Debug, Clone, Serialize)]
pub struct RecordOption {
    /// A few words.
    pub label: &'static str,
    /// What it does.
    pub does: &'static str,
    /// It is in force.
    pub chosen: bool,
}

/// Subject, title, question of the owner, and what holds the project to it.
type Subject = (
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static [&'static str],
);

const DEFAULTS: &str = "defaults";

/// Every subject in the order of its records.
const SUBJECTS: &[Subject] = &[
    (
        "responsibility",
        "What this service is responsible for",
        None,
        &["tests/service/boundary.rs"],
    ),
    (
        "data-model",
        "What the records are and mean",
        Some("ownership.schema-owner"),
        &["migrations", "tests/service/statements.rs"],
    ),
    (
        "duplicates",
        "What happens when a record exists already",
        Some("ownership.schema-owner"),
        &["migrations"],
    ),
    (
        "conflicts",
        "What happens when two change one record",
        Some("ownership.schema-owner"),
        &["src/store"],
    ),
    (
        "deletion",
        "What deleting a record means",
        Some("ownership.schema-owner"),
        &["src/store"],
    ),
    (
        "load-limits",
        "How much load it takes, and what it refuses",
        None,
        &["src/config.rs", "tests/service/overload.rs"],
    ),
    (
        "dependencies",
        "Which services it calls, and what happens without them",
        None,
        &[],
    ),
    ("communication", "How it talks to other services", None, &[]),
    (
        "error-propagation",
        "How errors of others reach its callers",
        Some("ownership.errors-owner"),
        &["src/problem.rs"],
    ),
    (
        "idempotency",
        "How repeated requests stay harmless",
        None,
        &[],
    ),
    ("access", "Who may call it", None, &[]),
    (
        "database",
        "Which database it keeps its records in",
        Some("ownership.database-owner"),
        &["Cargo.toml"],
    ),
    (
        "schema-changes",
        "How the schema changes",
        Some("ownership.schema-owner"),
        &["migrations"],
    ),
    (
        "caching",
        "What is cached",
        Some("ownership.caching-owner"),
        &[],
    ),
    (
        "error-handling",
        "How errors are handled",
        Some("ownership.errors-owner"),
        &["src/problem.rs"],
    ),
    ("enforcement", "How decisions are enforced", None, &[]),
    ("definition-of-done", "What done means", None, &[".github"]),
    (
        "record-format",
        "How decisions are recorded",
        None,
        &["docs/adr"],
    ),
    ("experiment", "This is an experiment", None, &["README.md"]),
];

/// The records of a service.
pub(super) fn records(answers: &Answers) -> Vec<Record> {
    let mut by_subject: BTreeMap<&str, Vec<RecordAnswer>> = BTreeMap::new();
    for question in catalog::questions()
        .iter()
        .filter(|question| answers.applies(&question.when))
    {
        // Stakes stand in the record of responsibility whoever chose them; they do not make it decided by themselves.
        by_subject
            .entry(question.record)
            .or_default()
            .push(record_answer(answers, question));
    }
    let mut records = Vec::new();
    let mut defaults = Vec::new();
    let mut default_subjects = Vec::new();
    for (subject, title, owner, confirmation) in SUBJECTS {
        let Some(list) = by_subject.remove(subject) else {
            continue;
        };
        let said = |answer: &RecordAnswer| answers.entry(answer.id).is_some();
        let core = |answer: &RecordAnswer| {
            catalog::question(answer.id).is_some_and(|question| question.core)
        };
        if *subject != "experiment" && !list.iter().any(|answer| said(answer) || core(answer)) {
            defaults.extend(list);
            default_subjects.push((*subject).to_owned());
            continue;
        }
        let accepted = list.iter().all(|answer| {
            answer.origin == Origin::Decided
                || (answer.origin == Origin::Default && answer.value.is_none())
        });
        records.push(Record {
            deciders: owner
                .and_then(|owner| text(answers, owner))
                .map(Text::new)
                .into_iter()
                .collect(),
            ..record(
                records.len() + 1,
                subject,
                title,
                accepted,
                vec![(*subject).to_owned()],
                list,
                confirmation,
            )
        });
    }
    if !defaults.is_empty() {
        let number = records.len() + 1;
        records.push(record(
            number,
            DEFAULTS,
            "Defaults in force that nobody chose",
            false,
            default_subjects,
            defaults,
            &[],
        ));
    }
    debug_assert!(
        by_subject.is_empty(),
        "every subject of the catalog has a row in SUBJECTS"
    );
    records
}

fn record(
    number: usize,
    slug: &str,
    title: &str,
    accepted: bool,
    subjects: Vec<String>,
    answers: Vec<RecordAnswer>,
    confirmation: &[&'static str],
) -> Record {
    let stem = format!("{number:04}-{slug}");
    Record {
        number,
        file: format!("{stem}.md"),
        stem,
        title: title.to_owned(),
        defaults: slug == DEFAULTS,
        accepted,
        deciders: Vec::new(),
        subjects,
        answers,
        confirmation: confirmation.to_vec(),
    }
}

fn record_answer(answers: &Answers, question: &'static Question) -> RecordAnswer {
    let value = answers.value(question);
    let (origin, note) = match answers.entry(question.id) {
        Some(Answer::Given(_)) => (Origin::Decided, None),
        Some(Answer::Open { note }) => (Origin::Open, (!note.is_empty()).then(|| Text::new(note))),
        None if question.default == Fallback::Open => (Origin::Open, None),
        None => (Origin::Default, None),
    };
    RecordAnswer {
        id: question.id,
        ask: question.ask,
        why: question.why,
        effect: question.effect,
        origin,
        items: items(&value),
        options: options(question, &value),
        value: value
            .filter(|value| !matches!(value, Value::Items(_)))
            .map(|value| Text::new(display_for(question, &value))),
        note,
        awaits: question.awaits,
    }
}

fn items(value: &Option<Value>) -> Vec<RecordItem> {
    let Some(Value::Items(items)) = value else {
        return Vec::new();
    };
    items
        .iter()
        .map(|item| RecordItem {
            name: Text::new(&item.name),
            facts: facts(item),
        })
        .collect()
}

fn facts(item: &Item) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (key, value) in &item.parts {
        match value {
            Value::Fields(fields) => facts.extend(fields.iter().map(|field| Fact {
                key: format!("field {}", field.name),
                value: Text::new(match &field.empty_means {
                    Some(meaning) if !meaning.is_empty() => {
                        format!("{} (empty: {meaning})", field.spec)
                    }
                    _ => field.spec.clone(),
                }),
            })),
            other => facts.push(Fact {
                key: key.clone(),
                value: Text::new(display(other)),
            }),
        }
    }
    facts
}

fn options(question: &Question, value: &Option<Value>) -> Vec<RecordOption> {
    let choices: &[Choice] = match question.kind {
        Kind::Choice { choices } | Kind::Choices { choices } => choices,
        _ => &[],
    };
    let chosen = |choice: &Choice| match value {
        Some(Value::Text(text)) => text == choice.value,
        Some(Value::List(list)) => list.iter().any(|text| text == choice.value),
        _ => false,
    };
    choices
        .iter()
        .map(|choice| RecordOption {
            label: choice.label,
            does: choice.does,
            chosen: chosen(choice),
        })
        .collect()
}

/// A value on one line, choices by their labels.
fn display_for(question: &Question, value: &Value) -> String {
    let choices: &[Choice] = match question.kind {
        Kind::Choice { choices } | Kind::Choices { choices } => choices,
        _ => &[],
    };
    let label = |word: &str| {
        choices
            .iter()
            .find(|choice| choice.value == word)
            .map_or(word.to_owned(), |choice| choice.label.to_owned())
    };
    match (question.kind, value) {
        (_, Value::Text(text)) => label(text),
        (_, Value::List(list)) if list.is_empty() => "none".to_owned(),
        (_, Value::List(list)) => list
            .iter()
            .map(|word| label(word))
            .collect::<Vec<_>>()
            .join(", "),
        (Kind::Number { unit, .. }, Value::Number(number)) => format!("{number} {unit}"),
        _ => display(value),
    }
}

/// A value on one line.
pub(super) fn display(value: &Value) -> String {
    match value {
        Value::Items(items) if items.is_empty() => "none".to_owned(),
        Value::Items(items) => items
            .iter()
            .map(|item| item.name.as_str())
            .collect::<Vec<_>>()
            .join(", "),
        Value::List(list) if list.is_empty() => "none".to_owned(),
        other => canonical_text(other),
    }
}
