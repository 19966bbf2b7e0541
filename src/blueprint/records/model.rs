//! The entities as the data-model record tells them: in the notation of the answers.

use serde::Serialize;

use crate::answers::{Answers, Item, Value};
use crate::notation::{self, FieldAnswer, FieldKind};
use crate::question::catalog;
use crate::skeleton::Text;

/// An entity in the words of the answers.
#[derive(Debug, Clone, Serialize)]
pub struct RecordEntity {
    /// Its name.
    pub name: Text,
    /// What it is.
    pub about: Option<Text>,
    /// The service that owns it, if not this one.
    pub of: Option<Text>,
    /// The fields that together make two records the same.
    pub same_when: Vec<Text>,
    /// Its fields.
    pub fields: Vec<RecordField>,
}

/// A field in the words of the answers.
#[derive(Debug, Clone, Serialize)]
pub struct RecordField {
    /// `total: money(EUR) >= 0`.
    pub notation: Text,
    /// It may be empty.
    pub optional: bool,
    /// It holds any number of others.
    pub many: bool,
    /// What empty means.
    pub meaning: Option<Text>,
}

/// The entities that somebody named.
pub(super) fn entities(answers: &Answers) -> Vec<RecordEntity> {
    items(answers).iter().map(entity).collect()
}

/// Whether somebody answered one of these parts for some entity.
pub(super) fn any_part(answers: &Answers, keys: &[&str]) -> bool {
    items(answers)
        .iter()
        .any(|item| keys.iter().any(|key| item.parts.contains_key(*key)))
}

fn items(answers: &Answers) -> Vec<Item> {
    let question = catalog::question("data.entities");
    match question.and_then(|question| answers.value(question)) {
        Some(Value::Items(items)) => items,
        _ => Vec::new(),
    }
}

fn entity(item: &Item) -> RecordEntity {
    let text = |key: &str| match item.parts.get(key) {
        Some(Value::Text(text)) if !text.is_empty() => Some(Text::new(text)),
        _ => None,
    };
    RecordEntity {
        name: Text::new(&item.name),
        about: text("about"),
        of: text("of"),
        same_when: match item.parts.get("same-when") {
            Some(Value::List(names)) => names.iter().map(Text::new).collect(),
            _ => Vec::new(),
        },
        fields: match item.parts.get("fields") {
            Some(Value::Fields(fields)) => fields.iter().map(field).collect(),
            _ => Vec::new(),
        },
    }
}

fn field(answer: &FieldAnswer) -> RecordField {
    let parsed = notation::parse_spec(&answer.name, &answer.spec).ok();
    RecordField {
        notation: Text::new(format!("{}: {}", answer.name, answer.spec)),
        optional: parsed.as_ref().is_some_and(|field| field.optional),
        many: parsed
            .as_ref()
            .is_some_and(|field| matches!(field.kind, FieldKind::Many { .. })),
        meaning: answer
            .empty_means
            .as_ref()
            .filter(|meaning| !meaning.is_empty())
            .map(Text::new),
    }
}
