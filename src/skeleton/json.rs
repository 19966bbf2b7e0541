//! JSON that was written with templates: laid out anew.

use serde_json::Value;

use super::escape::json_string;
use crate::error::{Error, Result};

/// The longest line, as far as lists and objects decide it.
const WIDTH: usize = 100;

/// Lays out a JSON text as Prettier would: what fits stays on one line. A comma behind the last member of a list, which templates find
/// easier to write, goes.
///
/// # Errors
/// The text is no JSON: a mistake in a skeleton.
pub(super) fn pretty(origin: &str, text: &str) -> Result<String> {
    let text = without_last_commas(text);
    let value: Value = serde_json::from_str(&text).map_err(|error| {
        let line = text.lines().nth(error.line().saturating_sub(1));
        let line = line.unwrap_or_default().trim();
        Error::failed(format!("skeleton file `{origin}`: {error}: {line}"))
    })?;
    let mut out = String::with_capacity(text.len());
    lay_out(&value, 0, 0, &mut out);
    out.push('\n');
    Ok(out)
}

/// Writes a value that begins at column `column` of a line indented by `indent`.
fn lay_out(value: &Value, indent: usize, column: usize, out: &mut String) {
    let start = out.len();
    // A comma may follow.
    if flat(value, WIDTH.saturating_sub(column + 1), out) {
        return;
    }
    out.truncate(start);
    let inner = indent + 2;
    match value {
        Value::Object(members) => {
            let members = members.iter();
            broken(out, indent, ['{', '}'], members, |(name, member), out| {
                let name = format!("{}: ", json_string(name));
                out.push_str(&name);
                lay_out(member, inner, inner + name.chars().count(), out);
            });
        }
        Value::Array(items) => {
            broken(out, indent, ['[', ']'], items.iter(), |item, out| {
                lay_out(item, inner, inner, out);
            });
        }
        // However long: there is no place to break it.
        _ => _ = flat(value, usize::MAX, out),
    }
}

fn broken<T>(
    out: &mut String,
    indent: usize,
    [start, end]: [char; 2],
    items: impl Iterator<Item = T>,
    write: impl Fn(T, &mut String),
) {
    out.push(start);
    for (at, item) in items.enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.extend(std::iter::repeat_n(' ', indent + 2));
        write(item, out);
    }
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
    out.push(end);
}

/// Writes the value on one line, and gives up where that takes more than `room` characters.
fn flat(value: &Value, room: usize, out: &mut String) -> bool {
    let start = out.len();
    let [open, close] = match value {
        Value::Object(members) if !members.is_empty() => ["{ ", " }"],
        Value::Array(_) => ["[", "]"],
        Value::String(text) => [&json_string(text), ""],
        other => [&other.to_string(), ""],
    };
    out.push_str(open);
    let left = |out: &str| room.checked_sub(out[start..].chars().count());
    let members = value.as_object().into_iter().flatten();
    let members = members.map(|(name, member)| (Some(name), member));
    let items = value.as_array().into_iter().flatten();
    for (at, (name, item)) in members.chain(items.map(|item| (None, item))).enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        if let Some(name) = name {
            out.push_str(&format!("{}: ", json_string(name)));
        }
        if !left(out).is_some_and(|left| flat(item, left, out)) {
            return false;
        }
    }
    out.push_str(close);
    left(out).is_some()
}

fn without_last_commas(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['"', ',']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if rest.starts_with('"') {
            string_length(rest)
        } else {
            1
        };
        let (token, behind) = rest.split_at(length);
        if token != "," || !behind.trim_start().starts_with(['}', ']']) {
            out.push_str(token);
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// How many bytes the string at the beginning of a text takes, its quotes among them.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let laid = pretty("a.json", text).ok();
        assert_eq!(laid.as_deref(), expected, "{text}");
        if let Some(laid) = laid {
            assert_eq!(pretty("a.json", &laid).ok().as_ref(), Some(&laid));
        }
    }

    #[test]
    fn what_fits_stays_on_a_line() {
        check("{}", Some("{}\n"));
        check("[ 1,2 , ]", Some("[1, 2]\n"));
        check(
            r#"{"b":{"a" : [],}, "a":  null,}"#,
            Some("{ \"b\": { \"a\": [] }, \"a\": null }\n"),
        );
        check(
            r#"["\",]\\", "}", "\u202e"]"#,
            Some("[\"\\\",]\\\\\", \"}\", \"\\u202e\"]\n"),
        );
    }

    #[test]
    fn what_does_not_fit_is_broken() {
        let long = "x".repeat(60);
        check(
            &format!("{{\"a\": \"{long}\", \"b\": [\"{long}\", {{\"c\": 1}}]}}"),
            Some(&format!(
                "{{\n  \"a\": \"{long}\",\n  \"b\": [\"{long}\", {{ \"c\": 1 }}]\n}}\n"
            )),
        );
        check(
            &format!("[[\"{long}\", \"{long}\"]]"),
            Some(&format!(
                "[\n  [\n    \"{long}\",\n    \"{long}\"\n  ]\n]\n"
            )),
        );
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in ["", "{", "[1 2]", "{,,}", "[1,,]", "\"", "{\"a\"}"] {
            check(text, None);
        }
    }
}
