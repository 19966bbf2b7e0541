//! Reads named items and their fields.

use std::collections::BTreeMap;
use std::ops::Range;

use toml_edit::{Item as TomlItem, TableLike, Value as Toml};

use super::error::FileError;
use super::read::{Reader, span_of, span_of_key};
use super::{lexer, value};
use crate::answers::{Item, Value};
use crate::notation::{self, FieldAnswer};
use crate::question::{ItemSchema, Kind, Question, validate_name};

/// Longest notation of a field, and longest text about what empty means, in characters.
const LONGEST_NOTATION: usize = 1000;
const LONGEST_MEANING: usize = 400;

/// Reads a list whose items have tables.
pub(super) fn read_list(
    reader: &mut Reader<'_>,
    root: &dyn TableLike,
    question: &'static Question,
) {
    let Some(schema) = question.items() else {
        return;
    };
    if let Some(TomlItem::ArrayOfTables(tables)) = root.get(schema.table) {
        let span = tables.span().unwrap_or(0..0);
        let message = format!("`{}` is not a list of tables", schema.table);
        reader.report(FileError::new(span, message).hint(format!(
            "write `[{}.NAME]` with single brackets",
            schema.table
        )));
        return;
    }
    let Some(table) = reader.table(root, schema.table) else {
        return;
    };
    let items = read_items(reader, schema, table);
    if items.is_empty() {
        return;
    }
    if reader.answers.given(question.id).is_some() {
        let section = root
            .get(question.section.key())
            .and_then(TomlItem::as_table_like);
        let span = section.map_or(0..0, |section| span_of(section, question.key()));
        let message = format!(
            "`{}` says that there are no {}, and there are",
            question.key(),
            schema.plural
        );
        reader.report(FileError::new(span, message).hint("remove the line, or the tables"));
    }
    reader.answers.give(question, Value::Items(items));
}

/// Reads `owns = []` in the table of a section: somebody decided that there are none.
pub(super) fn read_no_items(
    reader: &mut Reader<'_>,
    section: &dyn TableLike,
    question: &Question,
) -> Option<Value> {
    let key = question.key();
    let schema = question.items()?;
    match section.get(key) {
        Some(TomlItem::Value(Toml::Array(array))) if array.is_empty() => {
            Some(Value::Items(Vec::new()))
        }
        _ => {
            let message =
                format!("`{key}` can only be the empty list `[]`, which says that there are none");
            reader.report(FileError::new(span_of(section, key), message).hint(format!(
                "write one table `[{}.NAME]` for each {}",
                schema.table, schema.singular
            )));
            None
        }
    }
}

/// Reads the items in the table of a list.
fn read_items(
    reader: &mut Reader<'_>,
    schema: &'static ItemSchema,
    table: &dyn TableLike,
) -> Vec<Item> {
    let names = keys_in_file_order(table);
    report_same_but_for_case(reader, table, &names, schema.singular);
    let parts: Vec<&str> = schema.parts.iter().map(|part| part.id).collect();
    let mut items = Vec::new();
    for name in names {
        match validate_name(schema.name, name) {
            Ok(valid) if valid == name => {}
            Ok(valid) => reader.report(
                FileError::new(
                    span_of_key(table, name),
                    format!("the name `{name}` has blanks around it"),
                )
                .hint(format!("write `{valid}`")),
            ),
            Err(message) => reader.report(FileError::new(span_of_key(table, name), message)),
        }
        let Some(inner) = table.get(name).and_then(TomlItem::as_table_like) else {
            let found = table.get(name).map_or("nothing", value::type_in_words);
            let message = format!("`{name}` is not a table but {found}");
            reader.report(
                FileError::new(span_of(table, name), message).hint(item_hint(schema, &parts, name)),
            );
            continue;
        };
        reader.unknown_keys(inner, &super::encode::dotted([schema.table, name]), &parts);
        let mut item = Item {
            name: name.to_owned(),
            ..Item::default()
        };
        for part in schema
            .parts
            .iter()
            .filter(|part| inner.contains_key(part.id))
        {
            let read = match part.kind {
                Kind::Fields => {
                    let header = super::encode::dotted([schema.table, name, part.id]);
                    read_fields(reader, inner, part.id, &header).map(Value::Fields)
                }
                kind => reader.value(&kind, inner, part.id),
            };
            if let Some(read) = read {
                item.parts.insert(part.id.to_owned(), read);
            }
        }
        items.push(item);
    }
    items
}

/// A key directly below `[entity]` is an item that was meant as a part, or the other way round.
fn item_hint(schema: &ItemSchema, parts: &[&str], name: &str) -> String {
    if parts.contains(&name) {
        format!(
            "`{name}` belongs below the table of one {}: `[{}.NAME]`",
            schema.singular, schema.table
        )
    } else {
        let header = super::encode::dotted([schema.table, name]);
        format!("write `[{header}]` in a line of its own")
    }
}

fn read_fields(
    reader: &mut Reader<'_>,
    item: &dyn TableLike,
    key: &str,
    header: &str,
) -> Option<Vec<FieldAnswer>> {
    let Some(table) = item.get(key).and_then(TomlItem::as_table_like) else {
        // Says that it is no table.
        reader.value(&Kind::Fields, item, key);
        return None;
    };
    let names = keys_in_file_order(table);
    report_same_but_for_case(reader, table, &names, "field");
    let mut fields = Vec::new();
    for name in names {
        fields.extend(read_field(reader, table, name, header));
    }
    Some(fields)
}

fn read_field(
    reader: &mut Reader<'_>,
    table: &dyn TableLike,
    name: &str,
    header: &str,
) -> Option<FieldAnswer> {
    let item = table.get(name)?;
    let name_span = span_of_key(table, name);
    if let Some(field) = item.as_table_like() {
        let header = format!("{header}.{}", super::encode::key(name));
        reader.unknown_keys(field, &header, &["type", "empty"]);
        let Some(spec) = field.get("type") else {
            reader.report(
                FileError::new(
                    span_of(table, name),
                    format!("the field `{name}` has no `type`"),
                )
                .hint(format!(
                    "write `{name} = {{ type = \"text?\", empty = \"…\" }}`"
                )),
            );
            return None;
        };
        let spec = read_spec(reader, name, spec, name_span);
        let empty_means = match field.get("empty").map(|empty| (empty, empty.as_str())) {
            None => None,
            Some((_, Some(text))) => {
                reader.text_value(LONGEST_MEANING, "empty", text, span_of(field, "empty"))
            }
            Some((other, None)) => {
                let found = value::type_in_words(other);
                let message = format!("`empty`: expected text in quotes, found {found}");
                reader.report(FileError::new(span_of(field, "empty"), message));
                None
            }
        };
        return Some(FieldAnswer {
            name: name.to_owned(),
            spec: spec?,
            empty_means,
        });
    }
    Some(FieldAnswer {
        name: name.to_owned(),
        spec: read_spec(reader, name, item, name_span)?,
        empty_means: None,
    })
}

/// Reads the notation of a field; a mistake in it is shown inside the string.
fn read_spec(
    reader: &mut Reader<'_>,
    name: &str,
    item: &TomlItem,
    name_span: Range<usize>,
) -> Option<String> {
    let span = item.span().unwrap_or_else(|| name_span.clone());
    let TomlItem::Value(Toml::String(string)) = item else {
        let found = value::type_in_words(item);
        let message =
            format!("`{name}`: expected the notation of a field in quotes, found {found}");
        reader.report(FileError::new(span, message).hint("for example `\"string(1..32) unique\"`"));
        return None;
    };
    let spec = string.value();
    let source = reader.text.get(span.clone()).unwrap_or_default();
    match notation::parse_spec(name, spec) {
        Ok(_) => reader.text_value(LONGEST_NOTATION, name, spec, span),
        Err(mistake) => {
            // An empty range is a mistake in the name, unless there is nothing else it could be in.
            let place = if mistake.span == (0..0) && !spec.trim().is_empty() {
                name_span
            } else {
                let within = |at| span.start + lexer::source_position(source, at);
                within(mistake.span.start)..within(mistake.span.end)
            };
            reader.report(FileError {
                span: place,
                message: mistake.message,
                hint: mistake.hint,
            });
            None
        }
    }
}

fn report_same_but_for_case(
    reader: &mut Reader<'_>,
    table: &dyn TableLike,
    names: &[&str],
    singular: &str,
) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for name in names {
        let folded = name.trim().to_lowercase();
        match seen.get(&folded) {
            Some(other) => reader.report(
                FileError::new(
                    span_of_key(table, name),
                    format!("`{name}` differs from the {singular} `{other}` in case only"),
                )
                .hint("rename one of them, or merge them"),
            ),
            None => {
                seen.insert(folded, name);
            }
        }
    }
}

/// The keys of a table in the order in which the file first says something about each. Headers like `[entity.Order.fields]` may
/// stand apart from `[entity.Order]`, so the parser's own order is not the file's.
fn keys_in_file_order(table: &dyn TableLike) -> Vec<&str> {
    let mut keys: Vec<(usize, &str)> = table
        .iter()
        .map(|(key, item)| {
            let own = span_of_key(table, key).start;
            (first_place(item).map_or(own, |place| place.min(own)), key)
        })
        .collect();
    keys.sort();
    keys.into_iter().map(|(_, key)| key).collect()
}

fn first_place(item: &TomlItem) -> Option<usize> {
    let own = item.span().map(|span| span.start);
    let inner = item.as_table_like().and_then(|table| {
        table
            .iter()
            .filter_map(|(key, inner)| {
                let key = table.key(key).and_then(toml_edit::Key::span);
                first_place(inner)
                    .into_iter()
                    .chain(key.map(|span| span.start))
                    .min()
            })
            .min()
    });
    own.into_iter().chain(inner).min()
}
