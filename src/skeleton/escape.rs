//! User text is data: what it becomes in each kind of file.
//!
//! A [`Text`] in a template refuses to be written as it is; a filter says where it lands and makes it safe there.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, Value};
use minijinja::{Environment, Error, ErrorKind};
use serde::{Serialize, Serializer};

mod markdown;

use self::markdown::{cell, code, code_cell, markdown};
use super::layout::is_mark;

/// Text that a person typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Text(Arc<str>);

impl Text {
    /// Wraps what a person typed.
    pub fn new(text: impl AsRef<str>) -> Text {
        Text(Arc::from(text.as_ref()))
    }

    /// The text as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Inside a template context the object survives as it is, elsewhere it becomes a plain string.
        if minijinja::value::serializing_for_value() {
            Value::from_object(UserText(self.0.clone())).serialize(serializer)
        } else {
            serializer.serialize_str(&self.0)
        }
    }
}

/// The form of [`Text`] inside a template.
#[derive(Debug)]
pub(super) struct UserText(Arc<str>);

impl Object for UserText {
    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result
    where
        Self: Sized + 'static,
    {
        f.write_str(&self.0)
    }

    fn is_true(self: &Arc<Self>) -> bool {
        // What shows nothing says nothing.
        !one_line(&self.0).is_empty()
    }
}

/// The text behind a value: of user text, or of a string that the skeleton itself holds.
pub(super) fn text_of(value: &Value) -> Result<Arc<str>, Error> {
    if let Some(text) = value.downcast_object_ref::<UserText>() {
        return Ok(text.0.clone());
    }
    value.as_str().map(Arc::from).ok_or_else(|| {
        Error::new(
            ErrorKind::InvalidOperation,
            format!("a text filter was given {}", value.kind()),
        )
    })
}

/// Text in a paragraph of Markdown, where it says what it says and is nothing else.
pub(crate) fn as_markdown(text: &str) -> String {
    markdown(text)
}

/// The text behind a value, as Markdown that shows it.
pub(super) fn markdown_text(value: &Value) -> Result<String, Error> {
    text_of(value).map(|text| markdown(&text))
}

/// Makes a text safe where it lands.
type MakeSafe = fn(&str) -> String;

/// Where a text lands, by the name of its filter, and what makes it safe there.
const FILTERS: &[(&str, MakeSafe)] = &[
    ("line", one_line),
    ("rust", rust_string),
    // JSON, TOML and YAML read a string in double quotes alike.
    ("toml", json_string),
    ("yaml", json_string),
    ("json", json_string),
    ("sql", sql_string),
    ("codeowner", codeowner),
    ("md", markdown),
    ("cell", cell),
    ("code", code),
    ("code_cell", code_cell),
    ("mermaid", mermaid),
];

/// A string in SQL, on one line.
fn sql_string(text: &str) -> String {
    format!("'{}'", one_line(text).replace('\'', "''"))
}

/// Installs the filters, and the guard that refuses unfiltered user text.
pub(super) fn install(environment: &mut Environment<'_>) {
    environment.set_formatter(|out, state, value| {
        if value.downcast_object_ref::<UserText>().is_some() {
            return Err(Error::new(
                ErrorKind::InvalidOperation,
                format!(
                    "user text reaches `{}` without a filter that makes it safe",
                    state.name()
                ),
            ));
        }
        minijinja::escape_formatter(out, state, value)
    });
    for &(name, make_safe) in FILTERS {
        environment.add_filter(name, move |value: &Value| {
            text_of(value).map(|text| make_safe(&text))
        });
    }
    environment.add_filter("doc", |value: &Value, first: &str, rest: Option<&str>| {
        let rest = next_lines(first, rest)?;
        text_of(value).map(|text| wrap(&markdown(&text), first, rest, true))
    });
    environment.add_filter(
        "comment",
        |value: &Value, first: &str, rest: Option<&str>| {
            let rest = next_lines(first, rest)?;
            text_of(value).map(|text| wrap(&one_line(&text), first, rest, false))
        },
    );
}

/// What starts the lines after the first. Without a comment sign the text would become code there.
fn next_lines<'a>(first: &'a str, rest: Option<&'a str>) -> Result<&'a str, Error> {
    let rest = rest.unwrap_or(first);
    if rest.trim().is_empty() {
        return Err(Error::new(
            ErrorKind::InvalidOperation,
            "a text in a comment may take several lines: say how the next ones start",
        ));
    }
    Ok(rest)
}

/// Folds every kind of white space and line end into single blanks, and drops what has no place on a line.
pub fn one_line(text: &str) -> String {
    let visible = text.chars().map(|c| {
        if c.is_whitespace() || is_line_end(c) {
            ' '
        } else {
            c
        }
    });
    let kept: String = visible
        .filter(|c| !c.is_control() && !is_bidi_control(*c) && !is_mark(*c))
        .collect();
    kept.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Characters that reorder the text around them. rustc refuses them in comments and literals.
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

/// Breaks a text at blanks so that no line passes 100 columns where it can be helped. `first` starts the first line, `rest` the
/// others; in a source file both hold the comment sign, and no text on one line can leave a line comment. With `markdown`, a word
/// that would start a list or heading at the beginning of a line is escaped there.
fn wrap(text: &str, first: &str, rest: &str, markdown: bool) -> String {
    use unicode_width::UnicodeWidthStr as _;
    let mut out = String::from(first);
    let mut column = first.width();
    let mut at_start = true;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !at_start && column + 1 + word.width() > 100 {
            out.push('\n');
            out.push_str(rest);
            column = rest.width();
            at_start = true;
        }
        if !at_start {
            out.push(' ');
            column += 1;
        } else if markdown && starts_a_block(word) {
            out.push('\\');
        }
        out.push_str(word);
        column += word.width();
        at_start = false;
    }
    out
}

/// Whether Markdown reads a word at the start of a line as a list item, heading, rule or table.
fn starts_a_block(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    matches!(word.chars().next(), Some('#' | '+' | '-' | '=' | ':'))
        || (digits.len() < word.len() && matches!(digits, "." | ")"))
}

/// A Rust string literal.
fn rust_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || is_bidi_control(c) || is_line_end(c) || is_mark(c) => {
                out.extend(c.escape_unicode())
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A string in double quotes, as JSON, TOML and YAML all read it.
pub(super) fn json_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if (c.is_control() || is_bidi_control(c) || is_line_end(c) || is_mark(c))
                && (c as u32) < 0x10000 =>
            {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The text where a CODEOWNERS file can name it: a handle, a team or an address. Else nothing.
fn codeowner(text: &str) -> String {
    let plain = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '+'))
    };
    let handle = text
        .strip_prefix('@')
        .is_some_and(|handle| match handle.split_once('/') {
            Some((organisation, team)) => plain(organisation) && plain(team),
            None => plain(handle),
        });
    let address = text
        .split_once('@')
        .is_some_and(|(local, domain)| plain(local) && plain(domain) && domain.contains('.'));
    if handle || address {
        text.to_owned()
    } else {
        String::new()
    }
}

/// The inside of a quoted Mermaid label: entities for what would end or change it.
fn mermaid(text: &str) -> String {
    let mut out = String::new();
    for c in one_line(text).chars() {
        match c {
            '"' | '#' | '<' | '>' | '&' | ';' | '`' | '\\' | '{' | '}' | '[' | ']' | '(' | ')'
            | '|' | '%' | '*' | '_' | '~' | '$' => {
                out.push_str(&format!("#{};", c as u32));
            }
            c => out.push(c),
        }
    }
    if out.is_empty() {
        // A label without text is a syntax error.
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str =
        "a \"quote\" */ \"# {{x}} `b`\n# not a heading\r\n\u{202E}rtl <b> | ; -- ' \\";

    #[test]
    fn unfiltered_user_text_is_refused() {
        let mut environment = Environment::new();
        install(&mut environment);
        let context = minijinja::context! { text => Value::from_object(UserText(Arc::from("x"))) };
        let error = environment.render_str("{{ text }}", &context).unwrap_err();
        assert!(error.to_string().contains("without a filter"), "{error}");
        assert_eq!(
            environment.render_str("{{ text|rust }}", &context).unwrap(),
            "\"x\""
        );
    }

    #[test]
    fn text_survives_serialization_as_an_object_or_a_string() {
        let text = Text::new("x");
        assert!(
            Value::from_serialize(&text)
                .downcast_object_ref::<UserText>()
                .is_some()
        );
        assert_eq!(serde_json::to_string(&text).unwrap(), "\"x\"");
    }

    #[test]
    fn strings_read_back_as_typed() {
        let literal = json_string(HOSTILE);
        assert_eq!(serde_json::from_str::<String>(&literal).unwrap(), HOSTILE);
        let toml: toml_edit::DocumentMut = format!("a = {literal}").parse().unwrap();
        assert_eq!(toml["a"].as_str(), Some(HOSTILE));
    }

    #[test]
    fn comments_and_markdown_stay_on_their_lines() {
        assert_eq!(
            wrap(&markdown(HOSTILE), "/// ", "/// ", true)
                .lines()
                .count(),
            1
        );
        assert!(!markdown(HOSTILE).contains('\n'));
        let long = "word ".repeat(60);
        assert!(
            wrap(&long, "    /// ", "    /// ", true)
                .lines()
                .all(|line| line.len() <= 100 && line.starts_with("    /// "))
        );
    }
}
