//! Writes names and values as TOML.

use crate::answers::{Answers, Code, Value};
use crate::notation::FieldAnswer;
use crate::question::Question;

/// What ends the comment that stands for a default.
const DEFAULT_MARK: &str = "# default, nobody decided";
/// A list that would run past this column is written over several lines.
const WIDTH: usize = 100;

/// Text in quotes, on one line whatever it holds, and without escapes where that is possible.
pub(crate) fn quoted(text: &str) -> String {
    let needs_escapes = text.contains(['"', '\\']);
    let is_literal = |character: char| character != '\'' && !character.is_control();
    if needs_escapes && text.chars().all(is_literal) {
        return format!("'{text}'");
    }
    escaped(text)
}

fn escaped(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => {
                quoted += &format!("\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

/// A key, in quotes only where it needs them.
pub(super) fn key(name: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if !name.is_empty() && name.bytes().all(is_bare) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// Keys with dots between them.
pub(super) fn dotted<'a>(path: impl IntoIterator<Item = &'a str>) -> String {
    path.into_iter().map(key).collect::<Vec<_>>().join(".")
}

/// `key = value`.
pub(super) fn assignment(dotted_key: &str, value: &str) -> String {
    format!("{dotted_key} = {value}")
}

/// The value of a key, `before` columns into its line. Fields and items are tables; only empty ones have a value.
pub(super) fn value(value: &Value, before: usize) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::List(list) => {
            let line = list_on_one_line(list);
            if before + line.chars().count() > WIDTH {
                list_over_lines(list, "")
            } else {
                line
            }
        }
        Value::Fields(_) => "{}".to_owned(),
        Value::Items(_) => "[]".to_owned(),
    }
}

fn list_on_one_line(list: &[String]) -> String {
    let texts: Vec<String> = list.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// A list with one element a line, below a line that is indented by `indent`.
pub(super) fn list_over_lines(list: &[String], indent: &str) -> String {
    let texts: String = list
        .iter()
        .map(|text| format!("{indent}    {},\n", quoted(text)))
        .collect();
    format!("[\n{texts}{indent}]")
}

/// The value of a field: its notation, or a table with what empty means.
pub(super) fn field(field: &FieldAnswer) -> String {
    match &field.empty_means {
        None => quoted(&field.spec),
        Some(meaning) => format!(
            "{{ type = {}, empty = {} }}",
            quoted(&field.spec),
            quoted(meaning)
        ),
    }
}

/// The comment that stands for a question that nobody answered: its key, the default in force, and that nobody decided it.
/// `None` where the question does not apply or its default says nothing, which it never does about code that was there before.
pub(super) fn default_line(answers: &Answers, question: &Question) -> Option<String> {
    if answers.code == Code::Existing || !answers.applies(&question.when) {
        return None;
    }
    let default = answers.default_value(question)?;
    let key = question.key();
    let line = assignment(key, &single_line(&default));
    Some(format!("# {line}   {DEFAULT_MARK}"))
}

fn single_line(default: &Value) -> String {
    match default {
        Value::List(list) => list_on_one_line(list),
        other => value(other, 0),
    }
}

/// The key that a comment gives the default of.
pub(super) fn key_of_default_line(line: &str) -> Option<&str> {
    let assignment = line.trim().strip_prefix('#')?.strip_suffix(DEFAULT_MARK)?;
    Some(assignment.split_once('=')?.0.trim())
}
