//! The lists of records in a README or an index.

use std::ops::Range;

use super::super::read::{number, visible};
use super::super::record::{Other, Reading, Record, Span};
use super::{Index, IndexRow};

/// All files that list records, those with markers first.
pub(super) fn of(others: &[Record]) -> Vec<Index> {
    let mut indexes: Vec<Index> = others.iter().filter_map(index).collect();
    indexes.sort_by_key(|index| index.between_markers.is_none());
    indexes
}

fn index(record: &Record) -> Option<Index> {
    if record.reading == Reading::Other(Other::Template) {
        return None;
    }
    let text = std::str::from_utf8(&record.bytes).ok()?;
    let masked = visible(&record.path, text);
    let all: Vec<Range<usize>> = lines(&masked).collect();
    let rows: Vec<IndexRow> = all
        .iter()
        .filter_map(|line| row(&masked, line.clone()))
        .collect();
    let between_markers = markers(text);
    if rows.is_empty() && between_markers.is_none() {
        return None;
    }
    Some(Index {
        path: record.path.clone(),
        columns: columns(&masked, &all, rows.first()),
        between_markers,
        rows,
    })
}

fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let begin = at;
        at += line.len();
        begin..begin + line.trim_end_matches(['\n', '\r']).len()
    })
}

/// A table row or list entry that names a record.
fn row(masked: &str, line: Range<usize>) -> Option<IndexRow> {
    let text = masked[line.clone()].trim_start();
    if !text.starts_with(['|', '-', '*', '+']) && !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let target = text.split("](").skip(1).find_map(|rest| {
        let path = rest.split([')', '#', ' ']).next().unwrap_or_default();
        let name = path
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default();
        let is_record = number::in_name(name).is_some() || number::date_length(name).is_some();
        is_record.then(|| (path.to_owned(), number::in_name(name)))
    });
    let by_text = || {
        let (_, found) = number::mentions(text).into_iter().next()?;
        Some(found)
    };
    let (target, found) = match target {
        Some((path, found)) => (Some(path), found.or_else(by_text)),
        None if text.starts_with('|') => (None, Some(by_text().or_else(|| first_cell(text))?)),
        None => return None,
    };
    Some(IndexRow {
        span: line,
        target,
        number: found.and_then(|found| found.digits.parse().ok()),
    })
}

/// `| 0012 | Use a queue |` without a link.
fn first_cell(text: &str) -> Option<number::Found> {
    let cell = text.trim_matches('|').split('|').next()?.trim();
    number::in_name(cell).filter(|found| found.length == cell.len() && found.digits.len() >= 3)
}

/// The head of the table that a row is in.
fn columns(masked: &str, all: &[Range<usize>], row: Option<&IndexRow>) -> Option<Vec<String>> {
    let row = row.filter(|row| masked[row.span.clone()].trim_start().starts_with('|'))?;
    let at = all.iter().position(|line| *line == row.span)?;
    let head = all[..at]
        .iter()
        .rev()
        .take_while(|line| masked[(*line).clone()].trim_start().starts_with('|'))
        .last()?;
    let cells = masked[head.clone()].trim().trim_matches('|').split('|');
    Some(cells.map(|cell| cell.trim().to_owned()).collect())
}

/// What lies between two comments that say that a list of records begins and ends.
fn markers(text: &str) -> Option<Span> {
    let mut open: Option<usize> = None;
    let mut at = 0;
    while let Some(begin) = text[at..].find("<!--").map(|offset| at + offset) {
        let close = begin + text[begin..].find("-->")?;
        at = close + 3;
        let words = text[begin + 4..close].trim().to_lowercase();
        let says = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));
        if says(&["end", "stop"]) || words.starts_with('/') {
            if let Some(open) = open {
                return Some(open..begin);
            }
        } else if words == "adrlog"
            || says(&["start", "begin"]) && says(&["adr", "decision", "index", "toc", "record"])
        {
            open = Some(at);
        }
    }
    None
}
