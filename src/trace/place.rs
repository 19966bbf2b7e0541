//! Places in the answers.

use crate::answers::{Answer, Answers, Item, Value, path_segment};
use crate::blueprint::Origin;
use crate::question::{Fallback, Kind, Question, canonical_text, catalog};

/// The record that carries what the whole service is called.
const RESPONSIBILITY: &str = "responsibility";

/// A place in the answers that something can stand at.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// As `--set` takes it: `load.peak-rps`, `entity.Order`, `entity.Order.fields.total`.
    pub id: String,
    /// What is asked there.
    pub ask: &'static str,
    /// The value in force on one line, if there is one.
    pub value: Option<String>,
    /// Who is behind the value.
    pub origin: Origin,
    /// The subject of the decision record that carries it.
    pub subject: &'static str,
    /// What stands there.
    pub(super) what: What,
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    /// The name of the service.
    Name,
    /// The day it was begun.
    Created,
    /// The answer to a question.
    Question(&'static Question),
    /// An item of the list that the question asks for.
    Item(&'static Question, String),
    /// A part of such an item.
    Part(&'static Question, String, &'static Question),
    /// A field of such an item.
    Field(&'static Question, String, &'static Question, String),
}

/// Every place that has a value or is open, in the order of the interview.
pub fn places(answers: &Answers) -> Vec<Place> {
    let mut places = vec![
        of_service(
            "service.name",
            "What is it called?",
            &answers.name,
            What::Name,
        ),
        of_service(
            "service.created",
            "When was it begun?",
            &answers.created,
            What::Created,
        ),
    ];
    let questions = catalog::questions().iter().copied();
    for question in questions.filter(|question| answers.applies(&question.when)) {
        let value = answers.value(question);
        places.push(Place {
            id: question.id.to_owned(),
            ask: question.ask,
            value: value.as_ref().map(one_line),
            origin: match answers.entry(question.id) {
                Some(Answer::Given(_)) => Origin::Decided,
                Some(Answer::Open { .. }) => Origin::Open,
                None if question.default == Fallback::Open => Origin::Open,
                None => Origin::Default,
            },
            subject: question.record,
            what: What::Question(question),
        });
        if let Some(Value::Items(items)) = value {
            for item in &items {
                of_item(answers, question, item, &mut places);
            }
        }
    }
    places
}

/// The place with this id, however it is written: `data.entities.Order` is `entity.Order`.
pub fn find(places: &[Place], id: &str) -> Option<Place> {
    let of_list = || {
        catalog::questions().iter().find_map(|question| {
            let rest = id.strip_prefix(question.id)?.strip_prefix('.')?;
            Some(format!("{}.{rest}", question.items()?.table))
        })
    };
    let exact = |id: &str| places.iter().find(|place| place.id == id).cloned();
    exact(id).or_else(|| exact(&of_list()?))
}

fn of_service(id: &str, ask: &'static str, value: &str, what: What) -> Place {
    Place {
        id: id.to_owned(),
        ask,
        value: Some(value.to_owned()),
        origin: Origin::Decided,
        subject: RESPONSIBILITY,
        what,
    }
}

fn of_item(answers: &Answers, list: &'static Question, item: &Item, places: &mut Vec<Place>) {
    let Some(schema) = list.items() else { return };
    let id = format!("{}.{}", schema.table, path_segment(&item.name));
    places.push(Place {
        id: id.clone(),
        ask: list.ask,
        value: None,
        origin: Origin::Decided,
        subject: list.record,
        what: What::Item(list, item.name.clone()),
    });
    for part in schema.parts {
        let Some(value) = answers.part(item, part) else {
            continue;
        };
        let id = format!("{id}.{}", part.id);
        let subject = match part.record {
            "" => list.record,
            own => own,
        };
        if let Value::Fields(fields) = value {
            places.extend(fields.into_iter().map(|field| Place {
                id: format!("{id}.{}", path_segment(&field.name)),
                ask: part.ask,
                value: Some(field.spec),
                origin: Origin::Decided,
                subject,
                what: What::Field(list, item.name.clone(), part, field.name),
            }));
            continue;
        }
        places.push(Place {
            id,
            ask: part.ask,
            value: Some(one_line(&value)),
            origin: match item.parts.contains_key(part.id) {
                true => Origin::Decided,
                false => Origin::Default,
            },
            subject,
            what: What::Part(list, item.name.clone(), part),
        });
    }
}

fn one_line(value: &Value) -> String {
    match value {
        Value::List(list) if list.is_empty() => "none".to_owned(),
        Value::Items(items) if items.is_empty() => "none".to_owned(),
        value => canonical_text(value),
    }
}

impl Place {
    /// Whether it asks for a list whose items have places of their own.
    pub fn is_list(&self) -> bool {
        matches!(self.what, What::Question(question) if matches!(question.kind, Kind::Items { .. }))
    }

    /// How deep in the answers it stands: a field is deeper than its entity.
    pub fn depth(&self) -> usize {
        match self.what {
            What::Name | What::Created | What::Question(_) => 0,
            What::Item(..) => 1,
            What::Part(..) => 2,
            What::Field(..) => 3,
        }
    }
}
