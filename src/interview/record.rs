//! Writes what was submitted into the answers, with the validator of the flags.

use super::Interview;
use super::menu;
use super::offer;
use super::place::{self, Place};
use super::rows::{deferred_row, row};
use crate::answers::{Item, Value};
use crate::notation::{FieldAnswer, NotationError, parse_field};
use crate::prompt::{Mistake, Row};
use crate::question::{Fallback, Kind, Question, canonical_text, validate_name, validate_value};

/// What a submission led to.
pub(super) enum Recorded {
    /// An answer, how it is shown, and where it leads if not to what follows.
    Answered(Option<Row>, Option<Place>),
    /// A step in a menu.
    Moved(Place),
    /// A menu was left.
    Left,
}

/// Records `text` at the present place.
pub(super) fn record(interview: &mut Interview, text: &str) -> Result<Recorded, Mistake> {
    let text = text.trim();
    match interview.current {
        Place::Question(question) => record_question(interview, question, text),
        Place::Offer { list, item } => offer::record(interview, list, item, text),
        Place::Name { list, item } => record_name(interview, list, item, text),
        Place::Part { list, item, part } => record_part(interview, list, item, part, text),
        Place::Field {
            list,
            item,
            part,
            field,
        } => record_field(interview, list, item, part, field, text),
        Place::Empty {
            list,
            item,
            part,
            field,
        } => record_empty(interview, list, item, part, field, text),
        Place::List(list) => menu::list(interview, list, text),
        Place::Item { list, item } => menu::item(interview, list, item, text),
        Place::Review => menu::review(interview, text),
    }
}

/// Puts the present place off.
pub(super) fn defer(interview: &mut Interview, note: &str) -> Recorded {
    let place = interview.current;
    match place {
        Place::Question(question) => {
            interview.answers.defer(question, note.trim());
            interview.settled.insert(question.id);
        }
        Place::Offer { list, .. } | Place::Name { list, .. } => {
            if place::items(&interview.answers, list).is_empty() {
                interview.answers.defer(list, note.trim());
            }
            interview.settled.insert(list.id);
        }
        Place::Part { list, item, part } => {
            interview.change_items(list, |items| {
                items[item].parts.remove(part.id);
            });
            drop_dependant_parts(interview, list, item);
        }
        Place::Field { .. } | Place::Empty { .. } => {}
        Place::List(_) | Place::Item { .. } | Place::Review => return Recorded::Left,
    }
    let row = deferred_row(interview, place);
    let next = match place {
        // A list of fields that is put off ends there.
        Place::Field {
            list, item, part, ..
        } => Some(interview.part_after(list, item, part)),
        Place::Offer { .. } | Place::Name { .. } => Some(interview.next_question()),
        _ => None,
    };
    Recorded::Answered(row, next)
}

fn record_question(
    interview: &mut Interview,
    question: &'static Question,
    text: &str,
) -> Result<Recorded, Mistake> {
    let default = interview.answers.default_value(question);
    match read(question, default, text)? {
        Some(value) => interview.answers.give(question, value),
        None => interview.answers.forget(question.id),
    }
    interview.settled.insert(question.id);
    let place = Place::Question(question);
    Ok(Recorded::Answered(row(interview, place), None))
}

fn record_name(
    interview: &mut Interview,
    list: &'static Question,
    item: usize,
    text: &str,
) -> Result<Recorded, Mistake> {
    let Some(schema) = list.items() else {
        return Ok(Recorded::Left);
    };
    let known = place::items(&interview.answers, list);
    let place = Place::Name { list, item };
    if text.is_empty() || (known.is_empty() && text == "none") {
        if item < known.len() {
            if matches!(interview.menus.last(), Some((Place::Item { .. }, _))) {
                return Err(Mistake::from(
                    "there is nothing here: write a name, or go back to remove it".to_owned(),
                ));
            }
            return Ok(remove_item(interview, list, item));
        }
        if known.is_empty() {
            if list.default == Fallback::Open && text.is_empty() {
                return Err(Mistake::from(format!(
                    "there is nothing here: name a {}, type `none` when there are none, or decide later",
                    schema.singular
                )));
            }
            interview.answers.give(list, Value::Items(Vec::new()));
        }
        interview.settled.insert(list.id);
        let row = row(interview, place);
        let next = interview.next_question();
        return Ok(Recorded::Answered(row, Some(next)));
    }
    let name = validate_name(schema.name, text)?;
    if known
        .iter()
        .enumerate()
        .any(|(index, other)| index != item && other.name.eq_ignore_ascii_case(&name))
    {
        return Err(Mistake::from(format!(
            "`{name}` is on the list already: choose another name"
        )));
    }
    interview.change_items(list, |items| match items.get_mut(item) {
        Some(known) => known.name = name,
        None => items.push(Item {
            name,
            ..Item::default()
        }),
    });
    Ok(Recorded::Answered(row(interview, place), None))
}

/// Takes an item off its list; the name that moves up is asked next.
pub(super) fn remove_item(
    interview: &mut Interview,
    list: &'static Question,
    item: usize,
) -> Recorded {
    interview.ahead.clear();
    interview.change_items(list, |items| {
        items.remove(item);
    });
    Recorded::Moved(Place::Name { list, item })
}

fn record_part(
    interview: &mut Interview,
    list: &'static Question,
    item: usize,
    part: &'static Question,
    text: &str,
) -> Result<Recorded, Mistake> {
    let value = read(part, interview.answers.default_value(part), text)?;
    interview.change_items(list, |items| {
        let parts = &mut items[item].parts;
        match value {
            Some(value) => parts.insert(part.id.to_owned(), value),
            None => parts.remove(part.id),
        };
    });
    drop_dependant_parts(interview, list, item);
    let place = Place::Part { list, item, part };
    Ok(Recorded::Answered(row(interview, place), None))
}

/// Drops the parts of an item whose condition does not hold any more. One may depend on another that is dropped too.
fn drop_dependant_parts(interview: &mut Interview, list: &'static Question, item: usize) {
    let parts = list.items().map_or(&[][..], |schema| schema.parts);
    for part in parts {
        let known = &place::items(&interview.answers, list)[item];
        if known.parts.contains_key(part.id) && !interview.answers.part_applies(known, part) {
            interview.change_items(list, |items| {
                items[item].parts.remove(part.id);
            });
        }
    }
}

fn record_field(
    interview: &mut Interview,
    list: &'static Question,
    item: usize,
    part: &'static Question,
    field: usize,
    text: &str,
) -> Result<Recorded, Mistake> {
    let place = Place::Field {
        list,
        item,
        part,
        field,
    };
    let known = place::fields(&place::items(&interview.answers, list)[item], part);
    if text.is_empty() {
        if field >= known.len() {
            return Ok(Recorded::Answered(None, None));
        }
        interview.ahead.clear();
        change_fields(interview, list, item, part, |fields| {
            fields.remove(field);
        });
        return Ok(Recorded::Moved(place));
    }
    let (name, spec) = read_field(text)?;
    if let Some(twice) = known
        .iter()
        .enumerate()
        .find(|(index, other)| *index != field && other.name.eq_ignore_ascii_case(&name))
    {
        return Err(Mistake {
            message: format!("there is a field `{}` already", twice.1.name),
            place: Some((text.to_owned(), 0..name.len())),
            hint: Some("choose another name, or go back to change the field".to_owned()),
        });
    }
    change_fields(interview, list, item, part, |fields| {
        match fields.get_mut(field) {
            Some(known) => {
                known.name = name;
                known.spec = spec;
                if !is_optional(known) {
                    known.empty_means = None;
                }
            }
            None => fields.push(FieldAnswer {
                name,
                spec,
                empty_means: None,
            }),
        }
    });
    Ok(Recorded::Answered(row(interview, place), None))
}

fn record_empty(
    interview: &mut Interview,
    list: &'static Question,
    item: usize,
    part: &'static Question,
    field: usize,
    text: &str,
) -> Result<Recorded, Mistake> {
    let place = Place::Empty {
        list,
        item,
        part,
        field,
    };
    let meaning = match text {
        "" => None,
        text => Some(canonical_text(&validate_value(
            &Kind::Text { max: 200 },
            text,
        )?)),
    };
    change_fields(interview, list, item, part, |fields| {
        fields[field].empty_means = meaning;
    });
    Ok(Recorded::Answered(row(interview, place), None))
}

fn change_fields(
    interview: &mut Interview,
    list: &'static Question,
    item: usize,
    part: &'static Question,
    change: impl FnOnce(&mut Vec<FieldAnswer>),
) {
    interview.change_items(list, |items| {
        let mut fields = place::fields(&items[item], part).to_vec();
        change(&mut fields);
        let parts = &mut items[item].parts;
        if fields.is_empty() {
            parts.remove(part.id);
        } else {
            parts.insert(part.id.to_owned(), Value::Fields(fields));
        }
    });
}

/// The value that `text` stands for; nothing stands for the default, which may be nothing too.
fn read(question: &Question, default: Option<Value>, text: &str) -> Result<Option<Value>, Mistake> {
    match (text, &question.kind) {
        // Nothing chosen is a choice of its own.
        ("", Kind::Choices { .. } | Kind::Texts { .. }) => {
            Ok(Some(validate_value(&question.kind, text)?))
        }
        ("", _) if default.is_some() => Ok(default),
        ("", _) if question.default == Fallback::Empty => Ok(None),
        _ => Ok(Some(validate_value(&question.kind, text)?)),
    }
}

/// Reads `name: notation`.
fn read_field(text: &str) -> Result<(String, String), Mistake> {
    parse_field(text).map_err(|error| misread(text, error))?;
    let (name, spec) = text.split_once(':').unwrap_or((text, ""));
    Ok((name.trim().to_owned(), spec.trim().to_owned()))
}

fn misread(text: &str, error: NotationError) -> Mistake {
    Mistake {
        message: error.message,
        place: Some((text.to_owned(), error.span)),
        hint: error.hint,
    }
}

/// Whether a field may be empty.
pub(super) fn is_optional(field: &FieldAnswer) -> bool {
    parse_field(&format!("{}: {}", field.name, field.spec)).is_ok_and(|field| field.optional)
}
