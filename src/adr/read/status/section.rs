//! The lines of a section that is about the status.

use std::ops::Range;

use super::super::super::record::{Status, StatusPlace};
use super::super::labels::{cells, is_table_rule, undecorated};
use super::super::mask::{item_marker, lines};
use super::super::token::{self, Token};
use super::super::words;

/// What the section says.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The lines that begin with a status, in their order.
    pub(super) entries: Vec<Entry>,
    /// There is a choice that nobody has made.
    pub(super) is_placeholder: bool,
}

/// A line that begins with a status.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) status: Status,
    pub(super) token: Range<usize>,
    pub(super) whole: Range<usize>,
    date: Option<String>,
}

/// The lines of a section that begin with a status.
pub(super) fn read(masked: &str, body: Range<usize>) -> Found {
    let mut found = Found::default();
    let mut is_paragraph_start = true;
    for line in lines(&masked[..body.end], body.start) {
        let text = masked[line.clone()].trim_start();
        if text.trim().is_empty() {
            is_paragraph_start = true;
            continue;
        }
        if text.starts_with('|') {
            found.entries.extend(row(masked, &line));
            continue;
        }
        let marker = item_marker(text.trim_end()).unwrap_or(0);
        let value = undecorated(masked, line.end - text.len() + marker..line.end);
        found.is_placeholder |= matches!(token::read(masked, value.clone()), Token::Placeholder);
        // A line in the middle of a paragraph says nothing of its own, unless it tells what became of the record.
        let is_own = is_paragraph_start || marker > 0;
        is_paragraph_start = false;
        let is_capital =
            |entry: &Entry| masked[entry.token.start..].starts_with(char::is_uppercase);
        found.entries.extend(entry(masked, value).filter(|entry| {
            is_own || entry.date.is_some() || entry.tells_successor(masked) && is_capital(entry)
        }));
    }
    found
}

/// The first line of a section.
pub(super) fn first_line(masked: &str, body: Range<usize>) -> Option<Range<usize>> {
    let first = lines(&masked[..body.end], body.start)
        .find(|line| !masked[line.clone()].trim().is_empty())?;
    let text = masked[first.clone()].trim_start();
    let marker = item_marker(text).unwrap_or(0);
    let value = undecorated(masked, first.end - text.len() + marker..first.end);
    (!masked[value.clone()].starts_with('|')).then_some(value)
}

impl Found {
    /// Those that hold now: what became of the record, else the first of each word, else the latest of a log.
    pub(super) fn current(&self, masked: &str) -> Vec<(&Entry, StatusPlace)> {
        let undated = || self.entries.iter().filter(|entry| entry.date.is_none());
        if let Some(entry) = undated().rfind(|entry| entry.tells_successor(masked)) {
            return Vec::from([(entry, StatusPlace::Section)]);
        }
        if let Some(first) = undated().next() {
            let different = undated().find(|entry| entry.status != first.status);
            return std::iter::once(first)
                .chain(different)
                .map(|entry| (entry, StatusPlace::Section))
                .collect();
        }
        let place = if self.entries.len() > 1 {
            StatusPlace::Log
        } else {
            StatusPlace::Section
        };
        let latest = self.entries.iter().max_by(|a, b| a.date.cmp(&b.date));
        latest
            .into_iter()
            .map(|entry| (entry, place.clone()))
            .collect()
    }
}

impl Entry {
    /// Whether it says by what the record was replaced.
    fn tells_successor(&self, masked: &str) -> bool {
        let behind = masked[self.token.end..].trim_start_matches([' ', '*', '_', ':']);
        let is_by = behind
            .get(..2)
            .is_some_and(|by| by.eq_ignore_ascii_case("by"));
        self.status == Status::Superseded
            && is_by
            && !behind[2..].starts_with(char::is_alphanumeric)
    }
}

/// The status that a line begins with, behind a box, a date or a label.
fn entry(masked: &str, line: Range<usize>) -> Option<Entry> {
    let text = &masked[line.clone()];
    let text = match text.get(..3) {
        Some("[ ]") => return None,
        Some("[x]" | "[X]") => &text[3..],
        _ => text,
    };
    let date = date_in(text);
    let value = line.end - text.len() + introduction(text, date.clone())..line.end;
    let value = undecorated(masked, token::without_struck(masked, value));
    // An arrow is followed to what holds now.
    let (status, token) = match token::read(masked, value.clone()) {
        Token::Placeholder => return None,
        Token::Known(status, token) if masked[value.start..token.start].contains(['→', '>']) => {
            (status, token)
        }
        _ => token::at_start(masked, value.clone())?,
    };
    Some(Entry {
        status,
        token,
        whole: value,
        date: date.map(|date| text[date].to_owned()),
    })
}

/// How much of a line is a date or the label of the status.
fn introduction(text: &str, date: Option<Range<usize>>) -> usize {
    let is_first = |date: &Range<usize>| !text[..date.start].contains(char::is_alphanumeric);
    if let Some(date) = date.filter(is_first) {
        return date.end;
    }
    let colon = text.find(':').filter(|colon| {
        let label = text[..*colon].trim_matches(|c: char| !c.is_alphanumeric());
        words::is_status_label(&label.to_lowercase())
    });
    colon.map_or(0, |colon| colon + 1)
}

fn row(masked: &str, line: &Range<usize>) -> Option<Entry> {
    if is_table_rule(&masked[line.clone()]) {
        return None;
    }
    let row = cells(masked, line);
    let date = row.iter().find_map(|cell| {
        let text = &masked[cell.clone()];
        date_in(text).map(|date| text[date].to_owned())
    });
    row.into_iter().find_map(|cell| {
        let (status, token) = token::at_start(masked, cell.clone())?;
        Some(Entry {
            status,
            token,
            whole: cell,
            date: date.clone(),
        })
    })
}

/// Where the first `2026-01-31` of a text is.
fn date_in(text: &str) -> Option<Range<usize>> {
    let is_date = |window: &[u8]| {
        window.iter().enumerate().all(|(place, byte)| match place {
            4 | 7 => matches!(byte, b'-' | b'/' | b'.'),
            _ => byte.is_ascii_digit(),
        })
    };
    let at = text.as_bytes().windows(10).position(is_date)?;
    Some(at..at + 10)
}
