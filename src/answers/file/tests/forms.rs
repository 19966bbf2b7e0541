//! The same answers in the many forms that TOML has for them.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::{encode, exceptions, write};
use crate::answers::{Answer, Answers, Code, Item, Value};
use crate::question::catalog;

/// How tables are written.
#[derive(Debug, Clone, Copy)]
enum Style {
    /// As a fresh file has them.
    Fresh,
    /// `responsibility.stakes = "money"` at the root.
    DottedAtRoot,
    /// `responsibility = { stakes = "money" }` at the root.
    InlineAtRoot,
    /// Below `[entity]`: `Order.about = "…"`.
    DottedBelowList,
    /// Below `[entity]`: `Order = { about = "…" }`.
    InlineBelowList,
    /// Below `[entity.Order]`: `fields = { … }`.
    InlineFields,
    /// Below `[entity.Order]`: `fields.number = "…"`.
    DottedFields,
    /// `[entity.Order.fields.number]` in front of `[entity.Order]`.
    Apart,
}

/// A style with decoration.
#[derive(Debug, Clone)]
pub(super) struct Form {
    style: Style,
    returns: bool,
    mark: bool,
    indent: bool,
    end: bool,
    /// Above which lines there are comments, and beside which.
    above: Vec<bool>,
    beside: Vec<bool>,
}

pub(super) fn form() -> impl Strategy<Value = Form> {
    let style = prop_oneof![
        Just(Style::Fresh),
        Just(Style::DottedAtRoot),
        Just(Style::InlineAtRoot),
        Just(Style::DottedBelowList),
        Just(Style::InlineBelowList),
        Just(Style::InlineFields),
        Just(Style::DottedFields),
        Just(Style::Apart),
    ];
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (style, flags, vec(any::<bool>(), 7), vec(any::<bool>(), 5)).prop_map(
        |(style, (returns, mark, indent, end), above, beside)| Form {
            style,
            returns,
            mark,
            indent,
            end,
            above,
            beside,
        },
    )
}

impl Form {
    pub(super) fn write(&self, answers: &Answers) -> String {
        let plain = match self.style {
            Style::Fresh => write(answers),
            style => in_style(answers, style),
        };
        let mut lines = Vec::new();
        for (number, line) in plain.lines().enumerate() {
            let indent = if self.indent { "  " } else { "" };
            if self.above[number % self.above.len()] {
                lines.push(format!("{indent}# above {number}"));
            }
            // Below an open bracket a comment stands beside a line as well.
            let beside = self.beside[number % self.beside.len()]
                && !line.starts_with('#')
                && !line.is_empty();
            let beside = if beside {
                format!(" # beside {number}")
            } else {
                String::new()
            };
            lines.push(format!("{indent}{line}{beside}"));
        }
        let mut text = lines.join(if self.returns { "\r\n" } else { "\n" });
        if self.end {
            text.push_str(if self.returns { "\r\n" } else { "\n" });
        }
        if self.mark {
            text.insert(0, '\u{feff}');
        }
        text
    }
}

/// Values of an item by dotted keys below it.
fn values(item: &Item) -> Vec<(Vec<String>, String)> {
    let mut values = Vec::new();
    for (key, value) in &item.parts {
        match value {
            Value::Fields(fields) if !fields.is_empty() => values.extend(
                fields
                    .iter()
                    .map(|field| (vec![key.clone(), field.name.clone()], encode::field(field))),
            ),
            value => values.push((vec![key.clone()], encode::value(value, 0))),
        }
    }
    values
}

fn joined(path: &[String]) -> String {
    encode::dotted(path.iter().map(String::as_str))
}

fn inline(entries: &[String]) -> String {
    if entries.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{ {} }}", entries.join(", "))
    }
}

fn assign((path, value): &(Vec<String>, String)) -> String {
    format!("{} = {value}", joined(path))
}

fn in_style(answers: &Answers, style: Style) -> String {
    let mut root = vec!["format = 1".to_owned()];
    let mut tables: Vec<String> = Vec::new();
    // Lines without a table are tables already.
    let mut put = |table: &str, lines: Vec<String>| {
        if table.is_empty() {
            tables.extend(lines);
        } else if matches!(style, Style::DottedAtRoot) {
            root.extend(lines.iter().map(|line| format!("{table}.{line}")));
        } else if matches!(style, Style::InlineAtRoot) {
            root.push(format!("{table} = {}", inline(&lines)));
        } else {
            tables.push(format!("[{table}]\n{}", lines.join("\n")));
        }
    };
    let mut service = vec![
        format!("name = {}", encode::quoted(&answers.name)),
        format!("created = {}", encode::quoted(&answers.created)),
    ];
    if answers.code == Code::Existing {
        service.push(r#"code = "existing""#.to_owned());
    }
    put("service", service);
    for section in crate::question::Section::ALL {
        let lines: Vec<String> = catalog::questions()
            .iter()
            .filter(|question| question.section == section)
            .filter_map(|question| match answers.given(question.id) {
                Some(Value::Items(items)) if !items.is_empty() => None,
                value => {
                    value.map(|value| format!("{} = {}", question.key(), encode::value(value, 0)))
                }
            })
            .collect();
        if !lines.is_empty() {
            put(section.key(), lines);
        }
    }
    let open: Vec<String> = catalog::questions()
        .iter()
        .filter_map(|question| match answers.entry(question.id) {
            // Both with and without quotes.
            Some(Answer::Open { note }) if question.core => {
                Some(format!("{} = {}", question.id, encode::quoted(note)))
            }
            Some(Answer::Open { note }) => {
                Some(format!("\"{}\" = {}", question.id, encode::quoted(note)))
            }
            _ => None,
        })
        .collect();
    if !open.is_empty() {
        put("open", open);
    }
    for question in catalog::questions() {
        if let Some(schema) = question.items()
            && let Some(Value::Items(items)) = answers.given(question.id)
            && !items.is_empty()
        {
            match style {
                Style::InlineFields | Style::DottedFields | Style::Apart => {
                    for item in items {
                        put("", vec![item_tables(schema.table, item, style)]);
                    }
                }
                _ => {
                    let lines = items.iter().flat_map(|item| item_lines(item, style));
                    put(schema.table, lines.collect());
                }
            }
        }
    }
    root.extend(tables.into_iter().map(|table| format!("\n{table}")));
    let exceptions = answers.exceptions.iter();
    root.extend(exceptions.map(|one| format!("\n{}", exceptions::block(one))));
    root.join("\n")
}

/// `Order.about = "…"` or `Order = { about = "…" }`.
fn item_lines(item: &Item, style: Style) -> Vec<String> {
    let name = encode::key(&item.name);
    let values = values(item);
    let dotted = matches!(style, Style::DottedAtRoot | Style::DottedBelowList);
    if dotted && !values.is_empty() {
        values
            .iter()
            .map(|value| format!("{name}.{}", assign(value)))
            .collect()
    } else {
        vec![format!(
            "{name} = {}",
            inline(&values.iter().map(assign).collect::<Vec<_>>())
        )]
    }
}

fn item_tables(table: &str, item: &Item, style: Style) -> String {
    let header = encode::dotted([table, &item.name]);
    let (fields, mut parts): (Vec<_>, Vec<_>) = values(item)
        .into_iter()
        .partition(|(path, _)| path.len() == 2);
    let mut before = String::new();
    match style {
        Style::DottedFields => parts.extend(fields),
        Style::InlineFields if !fields.is_empty() => {
            let entries: Vec<String> = fields
                .iter()
                .map(|(path, value)| assign(&(path[1..].to_vec(), value.clone())))
                .collect();
            parts.push((vec!["fields".to_owned()], inline(&entries)));
        }
        _ => {
            for (path, value) in &fields {
                // A field in quotes becomes a table of its own, with its notation as `type`.
                before += &match value.strip_prefix('{') {
                    Some(_) => {
                        let table = value.trim_matches(['{', '}', ' ']);
                        let (spec, empty) = table.split_once(", empty = ").expect("two entries");
                        format!("[{header}.{}]\n{spec}\nempty = {empty}\n\n", joined(path))
                    }
                    None => format!("[{header}.{}]\ntype = {value}\n\n", joined(path)),
                };
            }
        }
    }
    let lines: Vec<String> = parts.iter().map(assign).collect();
    format!("{before}[{header}]\n{}", lines.join("\n"))
}
