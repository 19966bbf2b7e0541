//! The one word in a value that says the status.

use std::ops::Range;

use super::super::record::Status;
use super::words;

/// What a value says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A status, and the word that says it.
    Known(Status, Range<usize>),
    /// A word that we do not know.
    Unknown(Range<usize>),
    /// A choice that nobody has made: `proposed | accepted`, `{status}`.
    Placeholder,
    /// Nothing.
    Nothing,
}

/// A word before a status that takes its meaning away.
const DENIALS: &[&str] = &[
    "not", "no", "if", "until", "when", "once", "be", "un", "before", "after",
];

/// The token of a value that stands behind a label.
pub(super) fn read(masked: &str, value: Range<usize>) -> Token {
    let value = without_struck(masked, value);
    let text = &masked[value.clone()];
    if is_placeholder(text) {
        return Token::Placeholder;
    }
    let value = after_arrow(text).map_or(value.clone(), |at| value.start + at..value.end);
    match at_start(masked, value.clone()) {
        Some((status, span)) => Token::Known(status, span),
        None => inside(masked, value),
    }
}

/// A status that a text begins with, whatever signs stand before it.
pub(super) fn at_start(masked: &str, value: Range<usize>) -> Option<(Status, Range<usize>)> {
    let begin = word_start(masked, value.clone());
    let (status, length) = words::status_prefix(&masked[begin..value.end])?;
    Some((status, begin..begin + length))
}

/// The offset of the first letter, behind emoji, emphasis, shortcodes, brackets and struck-out text.
fn word_start(masked: &str, value: Range<usize>) -> usize {
    let text = &masked[value.clone()];
    let mut at = text.find(char::is_alphanumeric).unwrap_or(text.len());
    // `:white_check_mark: Accepted`.
    if text[..at].ends_with(':')
        && let Some(close) = text[at..].find(':')
        && !text[at..at + close].contains(' ')
    {
        let behind = at + close;
        at = text[behind..]
            .find(char::is_alphanumeric)
            .map_or(text.len(), |next| behind + next);
    }
    value.start + at
}

/// What is behind `~~proposed~~`.
pub(super) fn without_struck(masked: &str, value: Range<usize>) -> Range<usize> {
    let text = &masked[value.clone()];
    let struck = text
        .rfind("~~")
        .filter(|_| text.trim_start().starts_with("~~"));
    match struck {
        Some(at) if !text[at + 2..].trim().is_empty() => value.start + at + 2..value.end,
        _ => value,
    }
}

fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    if text.starts_with('{') || text.starts_with('<') || text.eq_ignore_ascii_case("status") {
        return true;
    }
    let choices = text
        .split(['|', '/', ','])
        .filter(|part| {
            let part = part.trim_start_matches(|c: char| !c.is_alphanumeric());
            words::status_prefix(part).is_some_and(|(_, length)| length + 3 >= part.trim().len())
        })
        .count();
    let unlinked = text.starts_with('[') && !text.contains("](");
    choices >= 2 && (text.contains(['|', '/']) || choices >= 3)
        || unlinked && words::status_prefix(text[1..].trim_end_matches(']')).is_none()
}

/// `proposed → accepted` says accepted.
fn after_arrow(text: &str) -> Option<usize> {
    ["→", "->", "=>"]
        .iter()
        .filter_map(|arrow| text.rfind(arrow).map(|at| at + arrow.len()))
        .max()
        .filter(|at| {
            let rest = text[*at..].trim_start_matches(|c: char| !c.is_alphanumeric());
            words::status_prefix(rest).is_some()
        })
}

/// The only status that the first sentence speaks of: `This has been accepted.`
fn inside(masked: &str, value: Range<usize>) -> Token {
    let text = &masked[value.clone()];
    let clause = text
        .split(['.', '(', ';', '\n', '。'])
        .next()
        .unwrap_or_default();
    let mut found: Vec<(Status, Range<usize>)> = Vec::new();
    let mut denied = false;
    let mut words_seen = 0;
    let mut at = 0;
    while let Some(next) = clause[at..].find(char::is_alphanumeric) {
        let begin = at + next;
        let rest = &clause[begin..];
        let length = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        let prefix = words::status_prefix(rest);
        if let Some((status, length)) = prefix.filter(|_| !denied) {
            found.push((status, value.start + begin..value.start + begin + length));
            at = begin + length;
        } else {
            denied = DENIALS
                .iter()
                .any(|word| rest[..length].eq_ignore_ascii_case(word));
            at = begin + length;
        }
        words_seen += 1;
    }
    match found.as_slice() {
        [(status, span)] => Token::Known(*status, span.clone()),
        [] if words_seen == 0 => Token::Nothing,
        [] if words_seen <= 3 && text.trim().len() <= 40 => {
            let begin = word_start(masked, value.clone());
            let length = clause
                .trim_end_matches(|c: char| !c.is_alphanumeric())
                .len();
            Token::Unknown(begin..(value.start + length).max(begin))
        }
        _ => Token::Nothing,
    }
}
