//! Labelled values in the text: `- **Status:** accepted`, `Date: 2026-01-31`, `| Status | Accepted |`.

use std::ops::Range;

use super::super::record::StatusPlace;
use super::mask::{item_marker, lines};
use super::words;

/// A value with its label.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Labelled {
    /// Lower case.
    pub(super) label: String,
    /// To the end of the line or cell, without blanks and emphasis at its ends; empty if there is none.
    pub(super) value: Range<usize>,
    pub(super) place: StatusPlace,
}

/// All labelled values of a stretch of the masked text whose label belongs to the head of a record.
pub(super) fn read(masked: &str, stretch: Range<usize>) -> Vec<Labelled> {
    let all: Vec<Range<usize>> = lines(&masked[..stretch.end], stretch.start).collect();
    let mut found = Vec::new();
    for (at, line) in all.iter().enumerate() {
        let body = masked[line.clone()].trim_start();
        if body.starts_with('|') {
            found.extend(in_table(masked, &all, at));
        } else if !body.starts_with('#') && !body.is_empty() {
            in_line(masked, line.clone(), all.get(at + 1), &mut found);
        }
    }
    found.retain(|labelled| words::is_label(&labelled.label));
    found
}

/// The cells of a table row.
pub(super) fn cells(masked: &str, line: &Range<usize>) -> Vec<Range<usize>> {
    let text = masked[line.clone()].trim_end();
    let begin = line.start + text.len() - text.trim_start().len();
    let inner = text.trim_start().trim_start_matches('|');
    let mut at = begin + usize::from(text.trim_start().starts_with('|'));
    let mut cells = Vec::new();
    let mut start = at;
    let mut escaped = false;
    for c in inner.chars() {
        if c == '|' && !escaped {
            cells.push(start..at);
            start = at + 1;
        }
        escaped = c == '\\' && !escaped;
        at += c.len_utf8();
    }
    if start < at {
        cells.push(start..at);
    }
    cells
        .into_iter()
        .map(|cell| undecorated(masked, cell))
        .collect()
}

/// Whether a line is the rule between the head and the rows of a table.
pub(super) fn is_table_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') && line.contains('-') && line.chars().all(|c| "|-: \t".contains(c))
}

fn in_table(masked: &str, all: &[Range<usize>], at: usize) -> Vec<Labelled> {
    let cell_label = |cell: &Range<usize>| label(&masked[cell.clone()]);
    let row = cells(masked, &all[at]);
    let text_of = |line: usize| all.get(line).map_or("", |line| masked[line.clone()].trim());
    let is_head = is_table_rule(text_of(at + 1));
    let is_single_row = text_of(at + 2).starts_with('|') && !text_of(at + 3).starts_with('|');
    let is_pair = row.len() == 2
        && row
            .first()
            .is_some_and(|cell| words::is_label(&cell_label(cell)));
    // `| Status | Accepted |` as a head is a label with its value, although `accepted` may be the label of a date.
    let under_words = is_head
        && is_single_row
        && is_pair
        && row.get(1).is_some_and(|cell| {
            let label = cell_label(cell);
            words::is_label(&label) && words::status(&label).is_none()
        });
    if under_words || is_head && is_single_row && row.len() > 2 {
        let values = cells(masked, &all[at + 2]);
        return row
            .iter()
            .zip(values)
            .map(|(head, value)| Labelled {
                label: cell_label(head),
                value,
                place: StatusPlace::TableCell,
            })
            .collect();
    }
    if !is_pair {
        return Vec::new();
    }
    Vec::from([Labelled {
        label: cell_label(&row[0]),
        value: row[1].clone(),
        place: StatusPlace::TableCell,
    }])
}

fn in_line(
    masked: &str,
    line: Range<usize>,
    next: Option<&Range<usize>>,
    found: &mut Vec<Labelled>,
) {
    let text = masked[line.clone()].trim_end();
    let mut begin = line.start + text.len() - text.trim_start().len();
    let end = line.start + text.len();
    let mut place = StatusPlace::Line;
    if let Some(marker) = item_marker(&masked[begin..end]) {
        begin += marker;
        place = StatusPlace::Bullet;
    }
    for part in parts(&masked[begin..end]) {
        let part = begin + part.start..begin + part.end;
        let Some((label, value)) = labelled(masked, part) else {
            continue;
        };
        let value = if value.is_empty() {
            next.and_then(|next| continuation(masked, next))
                .unwrap_or(value)
        } else {
            value
        };
        found.push(Labelled {
            label,
            value,
            place: place.clone(),
        });
    }
}

/// Several labels may share a line: `**Status:** accepted | **Date:** 2026-01-31`.
fn parts(line: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, sign) in line.match_indices(['|', '·', '•', ';']) {
        let rest = &line[at + sign.len()..];
        let head = rest.split([':', '：']).next().unwrap_or_default();
        if rest.len() > head.len() && words::is_label(&label(head)) {
            parts.push(start..at);
            start = at + sign.len();
        }
    }
    parts.push(start..line.len());
    parts
}

/// The label of a stretch and the range of its value.
fn labelled(masked: &str, part: Range<usize>) -> Option<(String, Range<usize>)> {
    let text = &masked[part.clone()];
    // AsciiDoc writes `:status: accepted`.
    let attribute = usize::from(text.starts_with(':'));
    let colon = text[attribute..]
        .char_indices()
        .find(|(_, c)| matches!(c, ':' | '：'))
        .map(|(at, c)| (at + attribute, c.len_utf8()));
    if let Some((at, width)) = colon
        && words::is_label(&label(&text[attribute..at]))
    {
        let value = part.start + at + width..part.end;
        return Some((label(&text[attribute..at]), undecorated(masked, value)));
    }
    // `**Status** accepted`, without a colon.
    let inner = text.trim_start().strip_prefix("**")?;
    let close = inner.find("**")?;
    let value = part.end - inner.len() + close + 2..part.end;
    let name = label(&inner[..close]);
    words::is_label(&name).then(|| (name, undecorated(masked, value)))
}

/// The label in a stretch of text, without signs around it.
fn label(text: &str) -> String {
    text.trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase()
}

/// The value of a label may stand in the next line: `- Status:` and `  accepted`.
fn continuation(masked: &str, next: &Range<usize>) -> Option<Range<usize>> {
    let body = masked[next.clone()].trim();
    let starts_something =
        body.is_empty() || body.starts_with(['#', '|']) || item_marker(body).is_some();
    let is_labelled = labelled(masked, next.clone()).is_some();
    (!starts_something && !is_labelled).then(|| undecorated(masked, next.clone()))
}

/// A range without blanks and emphasis at its ends.
pub(super) fn undecorated(masked: &str, range: Range<usize>) -> Range<usize> {
    let text = &masked[range.clone()];
    let front = text.trim_start_matches([' ', '\t', '*', '_', ':']);
    let begin = range.end - front.len();
    let decoration: &[char] = &[' ', '\t', '*', '_', '\r', '\n', '\\'];
    begin..begin + front.trim_end_matches(decoration).len()
}
