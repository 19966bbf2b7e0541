//! Single answers by id: `--set load.peak-rps=50`.
//!
//! | id | what it is |
//! |---|---|
//! | `load.peak-rps` | the answer to a question |
//! | `data.entities` | the names of a list, separated by commas |
//! | `entity.Order` | an item; setting it to nothing creates it |
//! | `entity.Order.about` | a part of an item |
//! | `entity.Order.fields.number` | the notation of a field; below it `.type` is the same, `.empty` what empty means |
//! | `service.name`, `service.created` | what the file says of the service |
//!
//! A name with a dot or a blank stands in quotes: `capability."taking orders".entities`. An item or field that is not there yet is
//! created. The value `later`, or `later: ` and a note, puts a question off.

mod target;
#[cfg(test)]
mod tests;

use super::{Answer, Answers, Item, Value};
use crate::notation::{self, FieldAnswer};
use crate::question::{Fallback, ItemSchema, Kind, Question, validate_name, validate_value};
pub(super) use target::keys;
use target::{FieldPart, FieldTarget, Target, article, example_part, target};

/// Sets one answer from text.
///
/// # Errors
/// In plain text, and always with the id: there is no such question, or the value is not an answer to it. Nothing is changed then.
pub fn set(answers: &mut Answers, id: &str, value: &str) -> Result<(), String> {
    match target(id)? {
        Target::Name => {
            let name = one_line(id, 64, value)?;
            if let Some(other) = super::file::foreign_character(&name) {
                return Err(format!(
                    "`{id}`: `{name}` contains `{other}`: use letters, digits, `-` and `_`"
                ));
            }
            answers.name = name;
        }
        Target::Created => {
            answers.created = text(validate_value(&Kind::Date, value).map_err(named(id))?);
        }
        Target::Question(question) => match later(value) {
            Some(note) => answers.defer(question, note),
            None => {
                let value = validate_value(&question.kind, value).map_err(named(id))?;
                let value = match value {
                    Value::Items(items) => Value::Items(with_old_parts(answers, question, items)),
                    value => value,
                };
                answers.give(question, value);
            }
        },
        Target::Item { list, schema, name } => {
            let mut items = items(answers, list).to_vec();
            let item = find_or_create(&mut items, schema, &name, id)?;
            if !value.trim().is_empty() {
                return Err(format!(
                    "`{id}` is {} {}: set one of its parts, for example `{}`, or set it to nothing to create it",
                    article(schema.singular),
                    schema.singular,
                    example_part(schema, &item.name)
                ));
            }
            answers.give(list, Value::Items(items));
        }
        Target::Part {
            list,
            schema,
            name,
            part,
            field,
        } => {
            if later(value).is_some() {
                return Err(format!(
                    "`{id}` cannot be put off alone: put off `{}`, or leave it out",
                    list.id
                ));
            }
            let mut items = items(answers, list).to_vec();
            let item = find_or_create(&mut items, schema, &name, id)?;
            match field {
                Some(field) => set_field(item, part, &field, value, id)?,
                None => set_part(item, part, value, id)?,
            }
            answers.give(list, Value::Items(items));
        }
    }
    Ok(())
}

/// The value in force: what somebody decided, else the default. Of an item it is a list with that item alone, of a field the text of
/// its notation. `None` where there is no value.
///
/// # Errors
/// In plain text: there is no such question.
pub fn get(answers: &Answers, id: &str) -> Result<Option<Value>, String> {
    Ok(match target(id)? {
        Target::Name => Some(Value::Text(answers.name.clone())),
        Target::Created => Some(Value::Text(answers.created.clone())),
        Target::Question(question) => answers.value(question),
        Target::Item { list, name, .. } => {
            let item = items(answers, list).iter().find(|item| item.name == name);
            item.map(|item| Value::Items(vec![item.clone()]))
        }
        Target::Part {
            list,
            name,
            part,
            field,
            ..
        } => {
            let Some(item) = items(answers, list).iter().find(|item| item.name == name) else {
                return Ok(None);
            };
            match (answers.part(item, part), field) {
                (Some(Value::Fields(fields)), Some(wanted)) => fields
                    .into_iter()
                    .find(|field| field.name == wanted.name)
                    .and_then(|field| match wanted.what {
                        FieldPart::Type => Some(field.spec),
                        FieldPart::Empty => field.empty_means,
                    })
                    .map(Value::Text),
                (value, _) => value,
            }
        }
    })
}

/// The note of `later` and `later: note`.
fn later(value: &str) -> Option<&str> {
    let rest = value.trim().strip_prefix("later")?;
    match rest.trim_start().strip_prefix(':') {
        Some(note) => Some(note.trim()),
        None => rest.is_empty().then_some(""),
    }
}

fn items<'a>(answers: &'a Answers, list: &Question) -> &'a [Item] {
    match answers.entry(list.id) {
        Some(Answer::Given(Value::Items(items))) => items,
        _ => &[],
    }
}

/// Naming an item again does not lose what was said about it.
fn with_old_parts(answers: &Answers, list: &Question, named: Vec<Item>) -> Vec<Item> {
    let old = items(answers, list);
    let known = |item: Item| {
        old.iter()
            .find(|old| old.name == item.name)
            .cloned()
            .unwrap_or(item)
    };
    named.into_iter().map(known).collect()
}

fn find_or_create<'a>(
    items: &'a mut Vec<Item>,
    schema: &ItemSchema,
    name: &str,
    id: &str,
) -> Result<&'a mut Item, String> {
    let name = validate_name(schema.name, name).map_err(named(id))?;
    let at = match items.iter().position(|item| item.name == name) {
        Some(at) => at,
        None => {
            let folded = name.to_lowercase();
            if let Some(other) = items.iter().find(|item| item.name.to_lowercase() == folded) {
                return Err(format!(
                    "`{id}`: there is {} {} `{}` already; write its name the same way",
                    article(schema.singular),
                    schema.singular,
                    other.name
                ));
            }
            items.push(Item {
                name,
                ..Item::default()
            });
            items.len() - 1
        }
    };
    Ok(&mut items[at])
}

fn set_part(item: &mut Item, part: &Question, value: &str, id: &str) -> Result<(), String> {
    if value.trim().is_empty() && part.default == Fallback::Empty && !takes_nothing(&part.kind) {
        item.parts.remove(part.id);
        return Ok(());
    }
    let mut value = validate_value(&part.kind, value).map_err(named(id))?;
    if let Value::Fields(fields) = &mut value {
        for field in fields.iter_mut() {
            notation::parse_spec(&field.name, &field.spec)
                .map_err(|mistake| explain(id, &field.spec, &mistake))?;
            // What empty means is not part of the notation, and stays.
            field.empty_means =
                field_of(item, part, &field.name).and_then(|old| old.empty_means.clone());
        }
    }
    item.parts.insert(part.id.to_owned(), value);
    Ok(())
}

/// Nothing is an answer to what takes a list.
fn takes_nothing(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Choices { .. } | Kind::Texts { .. } | Kind::Fields | Kind::Items { .. }
    )
}

fn field_of<'a>(item: &'a Item, part: &Question, name: &str) -> Option<&'a FieldAnswer> {
    match item.parts.get(part.id) {
        Some(Value::Fields(fields)) => fields.iter().find(|field| field.name == name),
        _ => None,
    }
}

fn set_field(
    item: &mut Item,
    part: &Question,
    target: &FieldTarget,
    value: &str,
    id: &str,
) -> Result<(), String> {
    let mut field = field_of(item, part, &target.name).cloned();
    match target.what {
        FieldPart::Type => {
            notation::parse_spec(&target.name, value)
                .map_err(|mistake| explain(id, value, &mistake))?;
            let field = field.get_or_insert_with(|| FieldAnswer {
                name: target.name.clone(),
                ..FieldAnswer::default()
            });
            field.spec = one_line(id, 1000, value)?;
        }
        FieldPart::Empty => {
            let meaning = match value.trim() {
                "" => None,
                meaning => Some(one_line(id, 400, meaning)?),
            };
            let Some(field) = &mut field else {
                return Err(format!(
                    "`{id}`: there is no field `{}` yet; set its type first",
                    target.name
                ));
            };
            field.empty_means = meaning;
        }
    }
    let Some(field) = field else {
        return Ok(());
    };
    let fields = item
        .parts
        .entry(part.id.to_owned())
        .or_insert_with(|| Value::Fields(Vec::new()));
    if let Value::Fields(fields) = fields {
        match fields.iter_mut().find(|other| other.name == field.name) {
            Some(other) => *other = field,
            None => fields.push(field),
        }
    }
    Ok(())
}

/// The mistake under the notation, with the id above.
fn explain(id: &str, spec: &str, mistake: &notation::NotationError) -> String {
    format!("`{id}`: {}", mistake.render(spec))
}

fn named(id: &str) -> impl Fn(String) -> String {
    let id = id.to_owned();
    move |message| format!("`{id}`: {message}")
}

fn one_line(id: &str, max: usize, value: &str) -> Result<String, String> {
    validate_value(&Kind::Text { max }, value)
        .map(text)
        .map_err(named(id))
}

fn text(value: Value) -> String {
    crate::question::canonical_text(&value)
}
