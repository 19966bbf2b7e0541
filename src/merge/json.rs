//! JSON: members of objects and elements of lists are told apart where each starts on a line of its own. What comes out is JSON.

use serde::Serialize as _;
use serde_json::Value;
use serde_json::ser::{PrettyFormatter, Serializer};

use super::align::{self, Element};
use super::lines;
use super::pieces::{Piece, Pieces, is_clean};

pub(super) fn merge(base: &str, yours: &str, fresh: &str) -> Vec<Piece> {
    // Whoever formats a file anew changes no value by that: it is merged in the new form. What is generated is brought to it, and not a
    // byte of theirs.
    let generated = form(yours).and_then(|indent| {
        let [base, fresh] = [base, fresh].map(|text| formatted(text, indent));
        base.zip(fresh)
    });
    match generated {
        Some((base, fresh)) => merge_texts(&base, yours, &fresh),
        None => merge_texts(base, yours, fresh),
    }
}

/// The indentation of a text that has the form in which the usual tools write JSON: `jq`, `JSON.stringify`, `json.dumps`.
fn form(text: &str) -> Option<&'static str> {
    let mut indents = ["  ", "    ", "\t"].into_iter();
    indents.find(|indent| formatted(text, indent).is_some_and(|formatted| formatted == text))
}

/// The same values in that form.
fn formatted(text: &str, indent: &str) -> Option<String> {
    let value: Value = serde_json::from_str(text).ok()?;
    let mut bytes = Vec::new();
    let formatter = PrettyFormatter::with_indent(indent.as_bytes());
    value
        .serialize(&mut Serializer::with_formatter(&mut bytes, formatter))
        .ok()?;
    let mut formatted = String::from_utf8(bytes).ok()?;
    formatted.push_str(if text.ends_with('\n') { "\n" } else { "" });
    Some(formatted)
}

fn merge_texts(base: &str, yours: &str, fresh: &str) -> Vec<Piece> {
    let pieces = lines::merge(base, yours, fresh, &resolve);
    if !is_clean(&pieces) {
        return pieces;
    }
    let merged = Pieces::new(pieces.clone()).clean().unwrap_or_default();
    // A comma too many or too few is nobody's wish.
    match is_json(&merged) || !is_json(yours) || !is_json(fresh) {
        true => pieces,
        false => vec![Piece::conflict(base, yours, fresh)],
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok()
}

fn resolve(base: &str, yours: &str, fresh: &str) -> Option<Vec<Piece>> {
    let [(base, _), (yours, yours_end), (fresh, fresh_end)] =
        [elements_of(base)?, elements_of(yours)?, elements_of(fresh)?];
    // At the end of an object or list the last one has no comma, on whichever side it stands.
    let ends = match (yours.is_empty(), fresh.is_empty()) {
        (true, _) => fresh_end,
        (_, true) => yours_end,
        _ if yours_end == fresh_end => yours_end,
        _ => return None,
    };
    let conflict = |_: Option<&str>, base: &str, yours: &str, fresh: &str| {
        vec![Piece::conflict(base, yours, fresh)]
    };
    let pieces = align::merge(&base, &yours, &fresh, &conflict)?;
    let mut text = Pieces::new(pieces).clean()?;
    if ends && let Some(before) = text.strip_suffix(",\n") {
        text = format!("{before}\n");
    }
    Some(vec![Piece::Text(text)])
}

/// Whole members or elements, each with a comma behind it, and whether the last one had none. `None` for parts of some.
fn elements_of(text: &str) -> Option<(Vec<Element>, bool)> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let outermost = text.lines().map(indent).min().unwrap_or_default();
    let mut found: Vec<String> = Vec::new();
    for line in text.lines() {
        let begins = indent(line) == outermost && !line.trim_start().starts_with(['}', ']']);
        match found.last_mut() {
            Some(last) if !begins => last.push_str(line),
            _ => found.push(line.to_owned()),
        }
        if let Some(last) = found.last_mut() {
            last.push('\n');
        }
    }
    let ends = found.last().is_some_and(|last| !last.ends_with(",\n"));
    let elements = found.into_iter().map(|text| {
        let text = text.trim_end().trim_end_matches(',');
        Some(Element {
            key: Some(key(text)?),
            blank: 0,
            lead: String::new(),
            text: format!("{text},\n"),
            sorted: false,
        })
    });
    Some((elements.collect::<Option<_>>()?, ends))
}

/// The name of a member, or the element itself.
fn key(text: &str) -> Option<String> {
    if let Ok(Value::Object(members)) = serde_json::from_str(&format!("{{{text}}}")) {
        return members.keys().next().cloned();
    }
    match serde_json::from_str(&format!("[{text}]")) {
        Ok(Value::Array(elements)) => elements.first().map(Value::to_string),
        _ => None,
    }
}
