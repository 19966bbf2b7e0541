//! One question in a record: what was said, what holds, what follows.

use serde::Serialize;

use super::super::Limits;
use super::statements;
use crate::answers::{Answer, Answers, Value};
use crate::question::{
    Choice, Fallback, Kind, Question, canonical_text, catalog, parse_duration_ms,
};
use crate::skeleton::{Text, span, thousands};

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
    /// The record is about this question.
    pub main: bool,
    /// It asks for any number of choices.
    pub several: bool,
    /// It asks who decides.
    pub owner: bool,
    /// How the answer came about.
    pub origin: Origin,
    /// The value in force on one line, if there is one.
    pub value: Option<Text>,
    /// What could be chosen.
    pub options: Vec<RecordOption>,
    /// What is true of this service while the value holds, a sentence each.
    pub states: Vec<String>,
    /// The value in force is one that generated code does not honour yet.
    pub pending: bool,
    /// What the person who put it off noted.
    pub note: Option<Text>,
}

/// One of the answers to a choice.
#[derive(Debug, Clone, Serialize)]
pub struct RecordOption {
    /// The word in `kickoff.toml`.
    pub value: &'static str,
    /// A few words.
    pub label: &'static str,
    /// The same with a capital letter.
    pub title: String,
    /// What it does.
    pub does: &'static str,
    /// It is in force.
    pub chosen: bool,
    /// It is in force, and generated code does not honour it yet.
    pub pending: bool,
}

/// The question as a record tells it.
pub(super) fn record_answer(
    answers: &Answers,
    limits: &Limits,
    question: &'static Question,
    main: bool,
) -> RecordAnswer {
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
        main,
        several: matches!(question.kind, Kind::Choices { .. }),
        owner: question.kind == Kind::Owner,
        origin,
        options: options(question, value.as_ref()),
        states: value.as_ref().map_or_else(Vec::new, |value| {
            statements::statements(question, value, limits, answers)
        }),
        pending: value
            .as_ref()
            .is_some_and(|value| statements::waits(question, value)),
        value: value.map(|value| Text::new(display(question, &value))),
        note,
    }
}

/// What a question offers; nothing for those that are no choice.
pub(super) fn choices_of(question: &Question) -> &'static [Choice] {
    match question.kind {
        Kind::Choice { choices } | Kind::Choices { choices } => choices,
        _ => &[],
    }
}

/// Whether a choice is in force.
pub(super) fn is_chosen(choice: &Choice, value: &Value) -> bool {
    match value {
        Value::Text(text) => text == choice.value,
        Value::List(list) => list.iter().any(|text| text == choice.value),
        _ => false,
    }
}

fn options(question: &Question, value: Option<&Value>) -> Vec<RecordOption> {
    choices_of(question)
        .iter()
        .map(|choice| {
            let chosen = value.is_some_and(|value| is_chosen(choice, value));
            RecordOption {
                value: choice.value,
                label: choice.label,
                title: capital(choice.label),
                does: choice.does,
                chosen,
                pending: chosen
                    && question.awaits.is_some()
                    && !question.honours.contains(&choice.value),
            }
        })
        .collect()
}

/// Capital first, except in words that are names of files.
fn capital(label: &str) -> String {
    let mut chars = label.chars();
    match chars.next() {
        Some(first) if !label.ends_with(".toml") => first.to_uppercase().chain(chars).collect(),
        _ => label.to_owned(),
    }
}

/// The value of a question on one line, as people write it: choices by their labels, numbers with their unit.
pub(in super::super) fn display(question: &Question, value: &Value) -> String {
    let label = |word: &str| {
        let choice = choices_of(question)
            .iter()
            .find(|choice| choice.value == word);
        choice.map_or_else(|| word.to_owned(), |choice| choice.label.to_owned())
    };
    let listed = |names: Vec<String>| match names.is_empty() {
        true => "none".to_owned(),
        // A comma inside of one would make two of it.
        false if names.iter().any(|name| name.contains(',')) => names.join("; "),
        false => names.join(", "),
    };
    match (question.kind, value) {
        (_, Value::Items(items)) => listed(items.iter().map(|item| item.name.clone()).collect()),
        (_, Value::List(list)) => listed(list.iter().map(|word| label(word)).collect()),
        (Kind::Number { unit, .. }, Value::Number(number)) => {
            format!("{} {unit}", thousands(*number))
        }
        (Kind::Duration { .. }, Value::Text(text)) => {
            parse_duration_ms(text).map_or_else(|| text.clone(), span)
        }
        (Kind::Percent, Value::Text(text)) => format!("{text} %"),
        (_, Value::Text(text)) => label(text),
        (_, other) => canonical_text(other),
    }
}

/// Whether somebody said anything that a record has to tell. An owner alone is no decision: it makes somebody the decider.
pub(super) fn was_said(answers: &Answers, id: &str) -> bool {
    let owner = catalog::question(id).is_some_and(|question| question.kind == Kind::Owner);
    match answers.entry(id) {
        Some(Answer::Given(_)) => !owner,
        Some(Answer::Open { .. }) => true,
        None => false,
    }
}
