//! What skeletons call: lists of imports, columns and assignments, laid out as rustfmt would.

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error, ErrorKind};

use super::layout;
use crate::blueprint::names::version_sort_key;

/// rustfmt's `max_width`.
const MAX_WIDTH: usize = 100;

/// Installs the functions.
pub(super) fn install(environment: &mut Environment<'_>) {
    environment.add_function("use_line", |prefix: &str, names: Vec<String>| {
        use_line(prefix, names)
    });
    environment.add_function(
        "columns",
        |names: Vec<String>, indent: usize, first: Option<usize>| {
            inside_literal(&wrapped(&names, indent, first.unwrap_or(indent)))
        },
    );
    environment.add_function("assignments", assignments);
    environment.add_function(
        "field_of",
        |entity: &Value, name: &str| -> Result<Value, Error> {
            let mut fields = entity.get_attr("fields")?.try_iter()?;
            fields
                .find(|field| {
                    field
                        .get_attr("name")
                        .is_ok_and(|found| found.as_str() == Some(name))
                })
                .ok_or_else(|| {
                    Error::new(
                        ErrorKind::InvalidOperation,
                        format!("there is no field `{name}`"),
                    )
                })
        },
    );
    environment.add_function("by_module", by_module);
    environment.add_function("query_sample", query_sample);
    environment.add_filter("duration", |milliseconds: u64| match milliseconds % 1_000 {
        0 => format!("Duration::from_secs({})", grouped(milliseconds / 1_000)),
        _ => format!("Duration::from_millis({})", grouped(milliseconds)),
    });
    environment.add_filter("setting", |milliseconds: u64| match milliseconds % 1_000 {
        0 => format!("{}s", milliseconds / 1_000),
        _ => format!("{milliseconds}ms"),
    });
    environment.add_filter("marked", |attribute: &str| marked(attribute));
    environment.add_filter("grouped", grouped);
    environment.add_filter("upfirst", |text: &str| upfirst(text));
    environment.add_filter("in_literal", |text: &str| inside_literal(text));
}

/// `use prefix::{a, b};` as rustfmt writes it: sorted, without braces around one, packed where it is too long.
fn use_line(prefix: &str, mut names: Vec<String>) -> String {
    names.sort_by_key(|name| version_sort_key(name));
    names.dedup();
    if let [only] = names.as_slice() {
        return format!("use {prefix}::{only};");
    }
    let flat = format!("use {prefix}::{{{}}};", names.join(", "));
    // rustfmt keeps two columns free here.
    if flat.len() + 2 <= MAX_WIDTH {
        return flat;
    }
    format!("use {prefix}::{{\n    {},\n}};", wrapped(&names, 4, 4))
}

/// A comma list over as many lines as it needs; the first starts at column `first`, the others at `indent`.
fn wrapped(names: &[String], indent: usize, first: usize) -> String {
    let mut out = String::new();
    let mut column = first;
    for (index, name) in names.iter().enumerate() {
        // A comma follows every name but the last, which in an import has one too.
        let needed = name.chars().count() + 1;
        if index > 0 {
            if column + 1 + needed > MAX_WIDTH {
                out.push_str(",\n");
                out.extend(std::iter::repeat_n(' ', indent));
                column = indent;
            } else {
                out.push_str(", ");
                column += 1;
            }
        }
        out.push_str(name);
        column += needed;
    }
    out
}

/// `column = $n` for every field, counted from a number, or `column = source.column`.
fn assignments(fields: Vec<Value>, from: &Value, kwargs: Kwargs) -> Result<Vec<String>, Error> {
    kwargs.assert_all_used()?;
    let start = from.as_i64();
    fields
        .iter()
        .enumerate()
        .map(|(index, field)| {
            let column = field.get_attr("column")?;
            Ok(match start {
                Some(start) => format!("{column} = ${}", start + index as i64),
                None => format!("{column} = {from}.{column}"),
            })
        })
        .collect()
}

/// Things with a `module_ident`, each once, in the order in which rustfmt keeps their imports.
fn by_module(things: Vec<Value>) -> Result<Vec<Value>, Error> {
    let mut keyed: Vec<(String, Value)> = things
        .into_iter()
        .map(|thing| Ok((thing.get_attr("module_ident")?.to_string(), thing)))
        .collect::<Result<_, Error>>()?;
    keyed.sort_by_key(|(module, _)| version_sort_key(module));
    keyed.dedup_by(|a, b| a.0 == b.0);
    Ok(keyed.into_iter().map(|(_, thing)| thing).collect())
}

/// A value for a filter, as the inside of `json!(…)`.
fn query_sample(field: &Value) -> Result<String, Error> {
    let kind = field.get_attr("kind")?;
    let text_id = field
        .get_attr("target")?
        .get_attr("text_id")
        .is_ok_and(|text_id| text_id.is_true());
    Ok(match kind.as_str().unwrap_or_default() {
        "reference" if !text_id => "NOBODY".to_owned(),
        "uuid" => "NOBODY".to_owned(),
        "enum" => format!(
            "{:?}",
            field
                .get_attr("values")?
                .get_item_by_index(0)?
                .get_attr("word")?
                .to_string()
        ),
        "int" | "money" => "1".to_owned(),
        "decimal" => "\"1\"".to_owned(),
        "bool" => "true".to_owned(),
        "date" => "\"2026-01-02\"".to_owned(),
        "instant" => "\"2026-01-02T03:04:05Z\"".to_owned(),
        _ => "\"a\"".to_owned(),
    })
}

/// A number with `_` between groups of three digits, as people write large literals.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

/// The text with a capital first letter; the rest stays.
fn upfirst(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// An attribute with the marks that let its list be broken.
fn marked(attribute: &str) -> String {
    match attribute
        .strip_suffix(")]")
        .and_then(|rest| rest.split_once('('))
    {
        Some((head, list)) => layout::encode_marks(&format!("{head}(⟦{list}⟧)]")),
        None => attribute.to_owned(),
    }
}

/// SQL inside a Rust string literal: quotes around keywords escaped.
fn inside_literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
