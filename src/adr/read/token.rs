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

/// Words that take its meaning away from a status behind them.
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
        .split(['.', '(', '[', ';', '\n', '。'])
        .next()
        .unwrap_or_default();
    let words = words_of(clause);
    let is_denied = |begin: usize| {
        let denies = |word: &Range<usize>| is_one_of(&clause[word.clone()], DENIALS);
        words.iter().any(|word| word.end <= begin && denies(word))
    };
    let mut found: Vec<(Status, Range<usize>)> = Vec::new();
    for word in &words {
        let is_behind = found.last().is_none_or(|(_, last)| last.end <= word.start);
        if let Some((status, length)) = words::status_prefix(&clause[word.start..])
            && is_behind
            && !is_denied(word.start)
        {
            found.push((status, word.start..word.start + length));
        }
    }
    let in_file = |span: Range<usize>| value.start + span.start..value.start + span.end;
    match found.as_slice() {
        [(status, span)] => match qualifier(clause, &words, span.start) {
            // Partly replaced is partly in force.
            Some(begin) if matches!(status, Status::Superseded | Status::Deprecated) => {
                Token::Unknown(in_file(begin..span.end))
            }
            begin => Token::Known(*status, in_file(begin.unwrap_or(span.start)..span.end)),
        },
        [] if (1..=3).contains(&words.len())
            && text.trim().len() <= 40
            && text.len() == clause.len() =>
        {
            Token::Unknown(in_file(words[0].start..words[words.len() - 1].end))
        }
        _ => Token::Nothing,
    }
}

/// Words that belong to the status behind them.
const QUALIFIERS: &[&str] = &[
    "partly",
    "partially",
    "mostly",
    "conditionally",
    "provisionally",
    "tentatively",
];

/// Where the qualifier before the word at `at` begins, if there is one: `partly` in `partly superseded`.
fn qualifier(clause: &str, words: &[Range<usize>], at: usize) -> Option<usize> {
    let before = words.iter().rfind(|word| word.end <= at)?;
    is_one_of(&clause[before.clone()], QUALIFIERS).then_some(before.start)
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

fn words_of(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                words.push(begin..at);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|begin| begin..text.len()));
    words
}

#[cfg(test)]
mod tests {
    use super::super::super::record::Status::{
        self, Accepted, Draft, Proposed, Rejected, Superseded,
    };
    use super::{Token, read};

    #[track_caller]
    fn check(value: &str, expected: Option<(Status, &str)>) {
        let found = match read(value, 0..value.len()) {
            Token::Known(status, span) => Some((status, &value[span])),
            Token::Unknown(span) => Some((Status::Other, &value[span])),
            Token::Placeholder | Token::Nothing => None,
        };
        assert_eq!(found, expected, "{value}");
    }

    #[test]
    fn the_word_that_says_it_is_found() {
        check("Accepted", Some((Accepted, "Accepted")));
        check("✅ **accepted** (by vote)", Some((Accepted, "accepted")));
        check(":white_check_mark: Accepted", Some((Accepted, "Accepted")));
        check("~~Proposed~~ Accepted", Some((Accepted, "Accepted")));
        check("proposed → accepted", Some((Accepted, "accepted")));
        check("[Accepted]", Some((Accepted, "Accepted")));
        check("This was rejected.", Some((Rejected, "rejected")));
        check(
            "Superseded by [ADR 7](/adr/7)",
            Some((Superseded, "Superseded")),
        );
        check(
            "This is superseded by [2. X](0002-x.md)",
            Some((Superseded, "superseded")),
        );
        check(
            "Partially implemented.",
            Some((Accepted, "Partially implemented")),
        );
        check("Work in Progress", Some((Draft, "Work in Progress")));
        check("In review", Some((Proposed, "In review")));
        check("承認済み", Some((Accepted, "承認済み")));
        check("Überholt", Some((Status::Other, "Überholt")));
    }

    #[test]
    fn what_says_none_is_not_read_as_one() {
        check("", None);
        check("🎉", None);
        check("proposed | accepted | rejected", None);
        check("{proposed}", None);
        check("<status>", None);
        check("STATUS", None);
        check("Proposed/Accepted", None);
        check("Supersedes [1. X](0001-x.md)", None);
        check(
            "Not yet accepted",
            Some((Status::Other, "Not yet accepted")),
        );
        check(
            "Partly superseded",
            Some((Status::Other, "Partly superseded")),
        );
        check("It was proposed and then accepted", None);
        check("Acceptedness", Some((Status::Other, "Acceptedness")));
    }
}
