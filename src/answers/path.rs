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

use super::{Answer, Answers, Item, Value};
use crate::error::did_you_mean;
use crate::notation::{self, FieldAnswer};
use crate::question::{
    Fallback, ItemSchema, Kind, Question, Section, catalog, validate_name, validate_value,
};

/// Sets one answer from text.
///
/// # Errors
/// In plain text, and always with the id: there is no such question, or the value is not an answer to it. Nothing is changed then.
pub fn set(answers: &mut Answers, id: &str, value: &str) -> Result<(), String> {
    match target(id)? {
        Target::Name => {
            answers.name = one_line(id, 64, value)?;
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

/// What an id names.
enum Target {
    Name,
    Created,
    Question(&'static Question),
    Item {
        list: &'static Question,
        schema: &'static ItemSchema,
        name: String,
    },
    Part {
        list: &'static Question,
        schema: &'static ItemSchema,
        name: String,
        part: &'static Question,
        field: Option<FieldTarget>,
    },
}

struct FieldTarget {
    name: String,
    what: FieldPart,
}

enum FieldPart {
    Type,
    Empty,
}

fn target(id: &str) -> Result<Target, String> {
    let keys = keys(id)?;
    let words: Vec<&str> = keys.iter().map(String::as_str).collect();
    match words[..] {
        ["service", "name"] => return Ok(Target::Name),
        ["service", "created"] => return Ok(Target::Created),
        _ => {}
    }
    let list = catalog::questions().iter().copied().find(|question| {
        question
            .items()
            .is_some_and(|schema| schema.table == words[0])
    });
    let Some((list, schema)) = list.and_then(|list| Some((list, list.items()?))) else {
        return match words[..] {
            [section, key] if Section::ALL.iter().any(|other| other.key() == section) => {
                let plain = format!("{section}.{key}");
                catalog::question(&plain)
                    .map(Target::Question)
                    .ok_or_else(|| unknown(id, &plain))
            }
            _ => Err(unknown(id, &words.join("."))),
        };
    };
    let (name, below) = match &words[1..] {
        [] => {
            return Err(format!(
                "`{id}` needs a name: write `{}`",
                example_part(schema, schema.example)
            ));
        }
        [name, below @ ..] => ((*name).to_owned(), below),
    };
    let Some((key, below)) = below.split_first() else {
        return Ok(Target::Item { list, schema, name });
    };
    let Some(part) = schema.parts.iter().find(|part| part.id == *key) else {
        let keys = schema.parts.iter().map(|part| part.id);
        let near = did_you_mean(key, keys.clone());
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "there are {}",
                keys.map(|key| format!("`{key}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        };
        return Err(format!(
            "`{id}`: {} {} has no `{key}`; {help}",
            article(schema.singular),
            schema.singular
        ));
    };
    let field = match (part.kind, below) {
        (_, []) => None,
        (Kind::Fields, [field]) | (Kind::Fields, [field, "type"]) => Some((field, FieldPart::Type)),
        (Kind::Fields, [field, "empty"]) => Some((field, FieldPart::Empty)),
        _ => {
            return Err(format!(
                "`{id}` goes too deep: there is nothing below `{key}`"
            ));
        }
    };
    let field = field.map(|(name, what)| FieldTarget {
        name: (*name).to_owned(),
        what,
    });
    Ok(Target::Part {
        list,
        schema,
        name,
        part,
        field,
    })
}

/// Divides an id at its dots; keys in quotes may contain some.
fn keys(id: &str) -> Result<Vec<String>, String> {
    let mut keys = Vec::new();
    let mut rest = id;
    loop {
        let quote = rest
            .chars()
            .next()
            .filter(|first| matches!(first, '"' | '\''));
        let (key, after) = match quote {
            Some(quote) => rest[1..].split_once(quote).ok_or_else(|| {
                format!("`{id}`: the quote before `{}` is never closed", &rest[1..])
            })?,
            None => rest.split_at(rest.find('.').unwrap_or(rest.len())),
        };
        if key.trim().is_empty() {
            return Err(format!(
                "`{id}` is not an id: there is nothing before or behind a dot"
            ));
        }
        keys.push(key.trim().to_owned());
        match after.strip_prefix('.') {
            Some(after) => rest = after,
            None if after.is_empty() => return Ok(keys),
            None => return Err(format!("`{id}`: there is no dot before `{after}`")),
        }
    }
}

fn unknown(id: &str, plain: &str) -> String {
    let questions = catalog::questions();
    let ids = questions
        .iter()
        .map(|question| question.id)
        .chain(["service.name", "service.created"]);
    let tables = questions.iter().filter_map(|question| question.items());
    let first = plain.split('.').next().unwrap_or_default();
    let table = did_you_mean(first, tables.map(|schema| schema.table));
    let by_key = questions.iter().find(|question| question.key() == plain);
    let near = by_key
        .map(|question| question.id)
        .or(did_you_mean(plain, ids));
    match (near, table) {
        (Some(near), _) => format!("there is no question `{id}`; did you mean `{near}`?"),
        (None, Some(table)) => format!("there is no question `{id}`; did you mean `{table}.NAME`?"),
        (None, None) => {
            format!("there is no question `{id}`; `cargo kickoff questions` lists all of them")
        }
    }
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

/// An id below an item, with its name in quotes where needed.
fn example_part(schema: &ItemSchema, name: &str) -> String {
    let part = schema.parts.first().map_or("", |part| part.id);
    let name = if name.contains(['.', ' ', '"', '\'']) {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    };
    format!("{}.{name}.{part}=…", schema.table)
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}

#[cfg(test)]
mod tests;
