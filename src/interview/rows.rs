//! How answers are shown, one line each.

use super::Interview;
use super::offer;
use super::place::{self, Place};
use crate::answers::Value;
use crate::prompt::Row;
use crate::question::canonical_text;

/// How an answer that is nothing is shown.
pub(super) const NOTHING: &str = "—";

/// How the answer at a place is shown.
pub(super) fn row(interview: &Interview, place: Place) -> Option<Row> {
    let question = place.question()?;
    let items = place::items(&interview.answers, question);
    let (depth, label, answer) = match place {
        Place::Question(_) | Place::List(_) => return Some(interview.summary(question)),
        Place::Offer { list, item } => return offer::row(interview, list, item),
        Place::Name { item, .. } => match items.get(item) {
            Some(item) => (0, question.items()?.singular.to_owned(), item.name.clone()),
            None if items.is_empty() => return Some(interview.summary(question)),
            None => return None,
        },
        Place::Part { item, part, .. } => {
            // What was left empty about an item would only be noise.
            let value = items.get(item)?.parts.get(part.id)?;
            let answer = Some(canonical_text(value)).filter(|text| !text.is_empty())?;
            (1, part.id.to_owned(), answer)
        }
        Place::Field {
            item, part, field, ..
        } => {
            let field = place::fields(items.get(item)?, part).get(field)?;
            (1, field.name.clone(), field.spec.clone())
        }
        Place::Empty {
            item, part, field, ..
        } => {
            let field = place::fields(items.get(item)?, part).get(field)?;
            (2, "empty means".to_owned(), field.empty_means.clone()?)
        }
        Place::Item { .. } | Place::Review => return None,
    };
    Some(Row {
        heading: question.section.title().to_owned(),
        depth,
        label,
        answer,
        ..Row::default()
    })
}

pub(super) fn deferred_row(interview: &Interview, place: Place) -> Option<Row> {
    match place {
        Place::Question(_) => row(interview, place),
        Place::Offer { list, .. } | Place::Name { list, .. } => {
            place::items(&interview.answers, list)
                .is_empty()
                .then(|| interview.summary(list))
        }
        Place::Part { part, .. } | Place::Field { part, .. } => Some(Row {
            heading: place.question()?.section.title().to_owned(),
            depth: 1,
            label: part.id.to_owned(),
            answer: open(""),
            ..Row::default()
        }),
        Place::Empty { .. } => Some(Row {
            heading: place.question()?.section.title().to_owned(),
            depth: 2,
            label: "empty means".to_owned(),
            answer: open(""),
            ..Row::default()
        }),
        _ => None,
    }
}

/// A value on one line.
pub(super) fn shown(value: &Value) -> String {
    let text = match value {
        Value::Fields(fields) => fields
            .iter()
            .map(|field| field.name.as_str())
            .collect::<Vec<_>>()
            .join(", "),
        value => canonical_text(value),
    };
    match text.as_str() {
        "" => "none".to_owned(),
        _ => text,
    }
}

/// How a question that was put off is shown.
pub(super) fn open(note: &str) -> String {
    match note {
        "" => "— open".to_owned(),
        note => format!("— open: {note}"),
    }
}
