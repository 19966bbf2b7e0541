//! Reads one value by the kind of its question.

use std::ops::Range;

use toml_edit::{Item, Value as Toml};

use super::error::FileError;
use crate::answers::Value;
use crate::question::{Kind, canonical_text, validate_value};

/// Reads the value of `key`. `fallback` is shown where the value has no place of its own.
///
/// # Errors
/// Every mistake in it.
pub(super) fn read_value(
    kind: &Kind,
    key: &str,
    item: &Item,
    fallback: Range<usize>,
    text: &str,
) -> Result<Value, Vec<FileError>> {
    let span = item.span().unwrap_or(fallback);
    match (kind, item) {
        (Kind::Choices { .. } | Kind::Texts { .. }, Item::Value(Toml::Array(array))) => {
            read_list(kind, key, array, span)
        }
        _ => match plain_text(kind, item, &span, text) {
            Some(plain) => validate_value(kind, &plain)
                .map_err(|message| vec![FileError::new(span, format!("`{key}`: {message}"))]),
            None => Err(vec![mismatch(kind, key, item, span)]),
        },
    }
}

/// The text that stands for a value, if it has a type that the kind takes.
fn plain_text(kind: &Kind, item: &Item, span: &Range<usize>, text: &str) -> Option<String> {
    let source = || text.get(span.clone()).unwrap_or_default().to_owned();
    match (kind, item.as_value()?) {
        (
            Kind::Choice { .. }
            | Kind::Text { .. }
            | Kind::Duration { .. }
            | Kind::Percent
            | Kind::Date
            | Kind::Owner,
            Toml::String(string),
        ) => Some(string.value().clone()),
        (Kind::Number { .. }, Toml::Integer(number)) => Some(number.value().to_string()),
        (Kind::Flag, Toml::Boolean(flag)) => {
            Some(if *flag.value() { "yes" } else { "no" }.to_owned())
        }
        // As it was written: a percentage must not become 99.90000000000001.
        (Kind::Percent, Toml::Integer(_) | Toml::Float(_)) => Some(source()),
        (Kind::Date, Toml::Datetime(date)) if date.value().time.is_none() => Some(source()),
        _ => None,
    }
}

fn read_list(
    kind: &Kind,
    key: &str,
    array: &toml_edit::Array,
    fallback: Range<usize>,
) -> Result<Value, Vec<FileError>> {
    let mut list: Vec<String> = Vec::new();
    let mut errors = Vec::new();
    for element in array {
        let span = element.span().unwrap_or_else(|| fallback.clone());
        let Some(word) = element.as_str() else {
            let found = type_in_words(&Item::Value(element.clone()));
            errors.push(FileError::new(
                span,
                format!("`{key}` is a list of texts in quotes, and this is {found}"),
            ));
            continue;
        };
        // One element at a time, in the form of a list, so that commas in it do not divide it.
        let one = canonical_text(&Value::List(vec![word.to_owned()]));
        match validate_value(kind, &one) {
            Ok(Value::List(words)) if words.len() == 1 => {
                list.extend(
                    words
                        .into_iter()
                        .filter(|word| !list.contains(word))
                        .collect::<Vec<_>>(),
                );
            }
            Ok(_) => errors.push(FileError::new(
                span,
                format!("`{key}`: there is nothing to read here: take it out of the list"),
            )),
            Err(message) => errors.push(FileError::new(span, format!("`{key}`: {message}"))),
        }
    }
    if errors.is_empty() {
        Ok(Value::List(list))
    } else {
        Err(errors)
    }
}

fn mismatch(kind: &Kind, key: &str, item: &Item, span: Range<usize>) -> FileError {
    let found = type_in_words(item);
    let error = FileError::new(
        span,
        format!("`{key}`: expected {}, found {found}", expected(kind)),
    );
    match (kind, item.as_value()) {
        (Kind::Duration { .. }, Some(Toml::Integer(number))) => error.hint(format!(
            "say the unit: `\"{0}s\"` or `\"{0}ms\"`",
            number.value()
        )),
        (Kind::Number { .. } | Kind::Flag, Some(Toml::String(text))) => {
            match validate_value(kind, text.value()) {
                Ok(meant) => error.hint(format!("write `{}`", super::encode::value(&meant, 0))),
                Err(_) => error,
            }
        }
        (Kind::Choices { .. } | Kind::Texts { .. }, Some(Toml::String(text))) => {
            error.hint(format!("write `[{}]`", super::encode::quoted(text.value())))
        }
        _ => error,
    }
}

fn expected(kind: &Kind) -> String {
    match kind {
        Kind::Choice { choices } => {
            let words: Vec<String> = choices
                .iter()
                .map(|choice| format!("`\"{}\"`", choice.value))
                .collect();
            format!("one of {}", words.join(", "))
        }
        Kind::Choices { choices } => format!(
            "a list of words like `[\"{}\"]`",
            choices.first().map_or("", |choice| choice.value)
        ),
        Kind::Flag => "`true` or `false`".to_owned(),
        Kind::Text { .. } => "text in quotes".to_owned(),
        Kind::Texts { .. } => "a list of texts like `[\"…\"]`".to_owned(),
        Kind::Number { .. } => "a whole number like `50`".to_owned(),
        Kind::Duration { .. } => "a duration like `\"2s\"`".to_owned(),
        Kind::Percent => "a percentage like `\"99.9\"`".to_owned(),
        Kind::Date => "a date like `\"2026-11-25\"`".to_owned(),
        Kind::Owner => "a handle like `\"@acme/orders\"` or a name".to_owned(),
        Kind::Fields => "a table of fields like `{ number = \"string(32)\" }`".to_owned(),
        Kind::Items { schema } => {
            format!(
                "one table `[{}.NAME]` for each {}",
                schema.table, schema.singular
            )
        }
    }
}

/// What a value is, with its article.
pub(super) fn type_in_words(item: &Item) -> &'static str {
    match item {
        Item::None => "nothing",
        Item::Table(_) | Item::Value(Toml::InlineTable(_)) => "a table",
        Item::ArrayOfTables(_) => "a list of tables",
        Item::Value(Toml::String(_)) => "text",
        Item::Value(Toml::Integer(_)) => "a whole number",
        Item::Value(Toml::Float(_)) => "a number with a fraction",
        Item::Value(Toml::Boolean(_)) => "a boolean",
        Item::Value(Toml::Datetime(_)) => "a date or time",
        Item::Value(Toml::Array(_)) => "a list",
    }
}
