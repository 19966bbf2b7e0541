//! What an id names.

use crate::error::did_you_mean;
use crate::question::{ItemSchema, Kind, Question, Section, catalog};

/// What an id names.
pub(super) enum Target {
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

/// A field of an item.
pub(super) struct FieldTarget {
    pub(super) name: String,
    pub(super) what: FieldPart,
}

/// What of a field is meant.
pub(super) enum FieldPart {
    Type,
    Empty,
}

/// Finds out what an id names.
///
/// # Errors
/// With the id, and what was probably meant.
pub(super) fn target(id: &str) -> Result<Target, String> {
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
///
/// # Errors
/// With the id: it is none.
pub(in crate::answers) fn keys(id: &str) -> Result<Vec<String>, String> {
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

/// An id below an item, with its name in quotes where needed.
pub(super) fn example_part(schema: &ItemSchema, name: &str) -> String {
    let part = schema.parts.first().map_or("", |part| part.id);
    let name = if name.contains(['.', ' ', '"', '\'']) {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    };
    format!("{}.{name}.{part}=…", schema.table)
}

pub(super) fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}
