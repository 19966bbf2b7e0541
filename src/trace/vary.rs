//! What else could have been answered.

use super::place::{Place, What};
use crate::answers::{Answer, Answers, Item, Value};
use crate::notation::{FieldKind, parse_spec};
use crate::question::{Fallback, Kind, Question, catalog, parse_duration_ms, validate_value};

/// The same answers, but for one place: each of them has another answer there. What refers to something that is left out goes with it.
///
/// They need not go together: whoever draws a blueprint from them finds out.
pub fn others(answers: &Answers, place: &Place) -> Vec<Answers> {
    let with = |change: &dyn Fn(&mut Answers)| {
        let mut other = answers.clone();
        change(&mut other);
        other
    };
    match &place.what {
        What::Name => vec![with(&|other| "another-name".clone_into(&mut other.name))],
        What::Created => vec![with(&|other| "2019-08-17".clone_into(&mut other.created))],
        What::Question(question) => of_question(answers, question),
        What::Item(list, name) => vec![with(&|other| leave_out(other, list, name))],
        What::Part(list, name, part) => {
            let item = items(answers, list)
                .into_iter()
                .find(|item| item.name == *name);
            let present = item.and_then(|item| answers.part(&item, part));
            let given = |value: Option<Value>| {
                with(&|other| {
                    edit_item(other, list, name, |item| match &value {
                        Some(value) => drop(item.parts.insert(part.id.to_owned(), value.clone())),
                        None => drop(item.parts.remove(part.id)),
                    });
                })
            };
            let values = other_values(&part.kind, present.as_ref()).into_iter();
            let mut others: Vec<_> = values.map(|value| given(Some(value))).collect();
            if part.default == Fallback::Empty {
                others.push(given(None));
            }
            others
        }
        What::Field(list, name, part, field) => vec![with(&|other| {
            edit_item(other, list, name, |item| {
                if let Some(Value::Fields(fields)) = item.parts.get_mut(part.id) {
                    fields.retain(|one| one.name != *field);
                }
                forget_word(item, field);
            });
        })],
    }
}

fn of_question(answers: &Answers, question: &'static Question) -> Vec<Answers> {
    if let (Kind::Items { .. }, Some(Value::Items(all))) = (question.kind, answers.value(question))
    {
        // Its items have places of their own; what any of them brings is gone only when none is left.
        let mut other = answers.clone();
        for item in &all {
            leave_out(&mut other, question, &item.name);
        }
        return match all.is_empty() {
            true => Vec::new(),
            false => vec![other],
        };
    }
    let present = answers.value(question);
    let mut values = other_values(&question.kind, present.as_ref());
    if !matches!(answers.entry(question.id), Some(Answer::Given(_))) {
        // Somebody could have decided on what holds anyway.
        values.extend(present);
    }
    let mut others: Vec<_> = values
        .into_iter()
        .map(|value| {
            let mut other = answers.clone();
            other.give(question, value);
            other
        })
        .collect();
    if question.default == Fallback::Empty && answers.given(question.id).is_some() {
        let mut other = answers.clone();
        other.forget(question.id);
        others.push(other);
    }
    others
}

/// Other values than the present one.
fn other_values(kind: &Kind, present: Option<&Value>) -> Vec<Value> {
    let texts: Vec<String> = match (*kind, present) {
        (Kind::Choice { choices }, _) => choices
            .iter()
            .map(|choice| choice.value.to_owned())
            .collect(),
        (Kind::Choices { choices }, Some(Value::List(list))) => {
            let words = choices.iter().map(|choice| choice.value);
            return words.map(|word| toggled(list, word)).collect();
        }
        (Kind::Texts { .. }, Some(Value::List(list))) => {
            let words = list.iter().map(String::as_str).chain(["another"]);
            return words.map(|word| toggled(list, word)).collect();
        }
        (Kind::Choices { .. } | Kind::Texts { .. }, _) => Vec::new(),
        (Kind::Flag, _) => vec!["yes".to_owned(), "no".to_owned()],
        (Kind::Text { .. }, _) => vec!["something else".to_owned()],
        (Kind::Number { min, max, .. }, Some(Value::Number(number))) => [
            number.saturating_mul(2).saturating_add(1),
            number / 2,
            min,
            max,
        ]
        .map(|number| number.to_string())
        .to_vec(),
        (Kind::Number { min, max, .. }, _) => [min, max].map(|number| number.to_string()).to_vec(),
        (Kind::Duration { .. }, Some(Value::Text(text))) => {
            let ms = parse_duration_ms(text).unwrap_or(1000);
            [ms.saturating_mul(2), ms / 2]
                .map(|ms| format!("{ms}ms"))
                .to_vec()
        }
        (Kind::Duration { .. }, _) => vec!["1234ms".to_owned(), "36h".to_owned()],
        (Kind::Percent, _) => vec!["97.5".to_owned()],
        (Kind::Date, _) => vec!["2029-03-04".to_owned()],
        (Kind::Owner, _) => vec!["@another/team".to_owned()],
        (Kind::Fields | Kind::Items { .. }, _) => Vec::new(),
    };
    let values = texts
        .iter()
        .filter_map(|text| validate_value(kind, text).ok());
    values.filter(|value| Some(value) != present).collect()
}

/// The list without the word, or with it.
fn toggled(list: &[String], word: &str) -> Value {
    let mut list = list.to_vec();
    match list.iter().position(|one| one == word) {
        Some(at) => drop(list.remove(at)),
        None => list.push(word.to_owned()),
    }
    Value::List(list)
}

fn items(answers: &Answers, list: &Question) -> Vec<Item> {
    match answers.value(list) {
        Some(Value::Items(items)) => items,
        _ => Vec::new(),
    }
}

fn edit_item(answers: &mut Answers, list: &'static Question, name: &str, edit: impl Fn(&mut Item)) {
    let mut all = items(answers, list);
    all.iter_mut()
        .filter(|item| item.name == name)
        .for_each(edit);
    answers.give(list, Value::Items(all));
}

/// The list whose items others refer to.
const ENTITIES: &str = "data.entities";

/// Takes an item out of its list, and what refers to it out of all others.
fn leave_out(answers: &mut Answers, list: &'static Question, name: &str) {
    let mut all = items(answers, list);
    all.retain(|item| item.name != name);
    answers.give(list, Value::Items(all));
    if list.id != ENTITIES {
        return;
    }
    for other in catalog::questions().iter().copied() {
        if !matches!(
            answers.entry(other.id),
            Some(Answer::Given(Value::Items(_)))
        ) {
            continue;
        }
        let mut all = items(answers, other);
        for item in &mut all {
            let mut gone = Vec::new();
            for value in item.parts.values_mut() {
                if let Value::Fields(fields) = value {
                    let (left, refers): (Vec<_>, Vec<_>) = std::mem::take(fields)
                        .into_iter()
                        .partition(|field| !refers_to(&field.name, &field.spec, name));
                    *fields = left;
                    gone.extend(refers.into_iter().map(|field| field.name));
                }
            }
            for word in gone.iter().map(String::as_str).chain([name]) {
                forget_word(item, word);
            }
        }
        answers.give(other, Value::Items(all));
    }
}

fn refers_to(field: &str, spec: &str, name: &str) -> bool {
    let parsed = parse_spec(field, spec).ok();
    parsed.is_some_and(|field| match field.kind {
        FieldKind::One { to, .. } | FieldKind::Many { to } => to == name,
        _ => false,
    })
}

/// Takes a word out of the lists of an item; one that is left with nothing, or was that word, is no longer answered.
fn forget_word(item: &mut Item, word: &str) {
    item.parts.retain(|_, value| match value {
        Value::List(list) => {
            let before = list.len();
            list.retain(|one| one != word);
            before == list.len() || !list.is_empty()
        }
        Value::Text(text) => text != word,
        _ => true,
    });
}
