//! The status of a record in each place that tells it.

use std::ops::Range;

use super::super::record::{Section, Spanned, Status, StatusMention, StatusPlace};
use super::front_matter::FrontMatter;
use super::headings::own_body;
use super::labels::{Labelled, cells, is_table_rule, undecorated};
use super::mask::{item_marker, lines};
use super::token::{self, Token};
use super::words;

/// The statuses of a document.
#[derive(Debug, Default)]
pub(super) struct Statuses {
    pub(super) mentions: Vec<StatusMention>,
    /// A place has a choice that nobody has made.
    pub(super) is_placeholder: bool,
}

/// A section about the status: which one, and how much of its heading says so.
pub(super) fn section_of_status(section: &Section) -> Option<usize> {
    let name = &section.name.value;
    let body = name.trim_start_matches(|c: char| !c.is_alphabetic());
    let length = words::after_status_label(body)?;
    Some(section.name.span.start + name.len() - body.len() + length)
}

/// Gathers them from front matter, sections and labels.
pub(super) fn read(
    text: &str,
    masked: &str,
    front_matter: Option<&FrontMatter>,
    sections: &[Section],
    labels: &[Labelled],
) -> Statuses {
    let mut reader = Reader {
        text,
        masked,
        found: Statuses::default(),
    };
    if let Some(front_matter) = front_matter {
        reader.front_matter(front_matter);
    }
    for (at, section) in sections.iter().enumerate() {
        if let Some(label_end) = section_of_status(section) {
            reader.section(label_end..section.name.span.end, own_body(sections, at));
        }
    }
    for labelled in labels {
        if words::is_status_label(&labelled.label) {
            reader.value(labelled.value.clone(), labelled.place.clone());
        }
    }
    reader
        .found
        .mentions
        .sort_by_key(|mention| mention.token.span.start);
    // A place may be found in two ways: the first that was found of it counts.
    reader
        .found
        .mentions
        .dedup_by(|later, first| later.token.span.start < first.token.span.end);
    reader.found
}

struct Reader<'a> {
    text: &'a str,
    masked: &'a str,
    found: Statuses,
}

impl Reader<'_> {
    fn front_matter(&mut self, front_matter: &FrontMatter) {
        for entry in &front_matter.entries {
            let last = entry.key.rsplit('.').next().unwrap_or_default();
            if words::is_status_label(last) || matches!(last, "adr-status" | "adr_status") {
                for value in &entry.values {
                    let place = StatusPlace::FrontMatter {
                        key: entry.key.clone(),
                    };
                    self.value_in(self.text, value.span.clone(), place);
                }
            } else if last == "tags" {
                for tag in &entry.values {
                    // A tag such as `review` or `done` is about the page, not about the decision.
                    let status = words::status(&tag.value).filter(|_| is_plain_status(&tag.value));
                    if let Some(status) = status {
                        self.push(status, tag.span.clone(), tag.span.clone(), StatusPlace::Tag);
                    }
                }
            }
        }
    }

    fn value(&mut self, value: Range<usize>, place: StatusPlace) {
        self.value_in(self.masked, value, place);
    }

    fn value_in(&mut self, text: &str, value: Range<usize>, place: StatusPlace) {
        match token::read(text, value.clone()) {
            Token::Known(status, span) => self.push(status, span, value, place),
            Token::Unknown(span) => self.push(Status::Other, span, value, place),
            Token::Placeholder => self.found.is_placeholder = true,
            Token::Nothing => {}
        }
    }

    fn push(
        &mut self,
        status: Status,
        span: Range<usize>,
        whole: Range<usize>,
        place: StatusPlace,
    ) {
        self.found.mentions.push(StatusMention {
            status,
            token: Spanned {
                value: self.text[span.clone()].to_owned(),
                span,
            },
            whole,
            place,
        });
    }

    fn section(&mut self, rest_of_heading: Range<usize>, body: Range<usize>) {
        let rest = undecorated(self.masked, rest_of_heading);
        let rest_text =
            self.masked[rest.clone()].trim_start_matches([' ', '-', '–', '—', ':', '(']);
        let value = rest.end - rest_text.len()..rest.end;
        let in_heading = token::at_start(self.masked, value.clone());
        let is_said = in_heading.is_some();
        if let Some((status, span)) = in_heading {
            self.push(status, span, value, StatusPlace::Heading);
        }
        let entries = self.entries(body.clone());
        for entry in self.current(&entries) {
            let place = if entry.date.is_some() && entries.len() > 1 {
                StatusPlace::Log
            } else {
                StatusPlace::Section
            };
            self.push(
                entry.status,
                entry.token.clone(),
                entry.whole.clone(),
                place,
            );
        }
        if entries.is_empty()
            && !is_said
            && let Some(first) = self.first_paragraph(body)
        {
            self.value(first, StatusPlace::Section);
        }
    }

    /// The lines of a section that begin with a status.
    fn entries(&mut self, body: Range<usize>) -> Vec<Entry> {
        let mut entries = Vec::new();
        let masked = self.masked;
        let mut is_paragraph_start = true;
        for line in lines(&masked[..body.end], body.start) {
            let text = masked[line.clone()].trim();
            if text.is_empty() {
                is_paragraph_start = true;
                continue;
            }
            if text.starts_with('|') {
                entries.extend(self.row(&line));
                continue;
            }
            let begin =
                line.start + masked[line.clone()].len() - masked[line.clone()].trim_start().len();
            let marker = item_marker(text).unwrap_or(0);
            // A line in the middle of a paragraph says nothing of its own, unless it tells what became of the record.
            let is_own = is_paragraph_start || marker > 0;
            is_paragraph_start = false;
            let entry = self.entry(begin + marker..line.end);
            entries.extend(entry.filter(|entry| {
                is_own
                    || entry.date.is_some()
                    || self.tells_successor(entry) && is_capital(masked, entry)
            }));
        }
        entries
    }

    fn entry(&mut self, value: Range<usize>) -> Option<Entry> {
        let masked = self.masked;
        let whole = undecorated(masked, value.clone());
        let text = &masked[whole.clone()];
        let text = match text.get(..3) {
            Some("[ ]") => return None,
            Some("[x]" | "[X]") => &text[3..],
            _ => text,
        };
        let mut start = whole.end - text.len();
        let date = date_in(text);
        if let Some((at, length)) = date.filter(|(at, _)| {
            masked[start..start + at]
                .chars()
                .all(|c| !c.is_alphanumeric())
        }) {
            start += at + length;
        } else if let Some(colon) = text.find(':') {
            let label = text[..colon]
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase();
            if words::is_status_label(&label) {
                start += colon + 1;
            }
        }
        match token::read(masked, start..whole.end) {
            Token::Placeholder => {
                self.found.is_placeholder = true;
                None
            }
            _ => {
                let value = token::without_struck(masked, start..whole.end);
                let value = undecorated(masked, value);
                // An arrow is followed to what holds now.
                let (status, token) = match token::read(masked, value.clone()) {
                    Token::Known(status, token)
                        if masked[value.start..token.start].contains(['→', '>']) =>
                    {
                        (status, token)
                    }
                    _ => token::at_start(masked, value.clone())?,
                };
                let date = date.map(|(at, length)| text[at..at + length].to_owned());
                Some(Entry {
                    status,
                    token,
                    whole: value,
                    date,
                })
            }
        }
    }

    /// Those that hold now: the latest of a log, what became of a record, else the first of each word.
    fn current<'e>(&self, entries: &'e [Entry]) -> Vec<&'e Entry> {
        let undated: Vec<&Entry> = entries
            .iter()
            .filter(|entry| entry.date.is_none())
            .collect();
        if let Some(entry) = undated
            .iter()
            .rev()
            .find(|entry| self.tells_successor(entry))
        {
            return Vec::from([*entry]);
        }
        if let Some(first) = undated.first() {
            let different = undated.iter().find(|entry| entry.status != first.status);
            return std::iter::once(*first).chain(different.copied()).collect();
        }
        let latest = entries.iter().max_by(|a, b| a.date.cmp(&b.date));
        latest.into_iter().collect()
    }

    /// Whether it says by what the record was replaced.
    fn tells_successor(&self, entry: &Entry) -> bool {
        let behind = self.masked[entry.token.end..].trim_start_matches([' ', '*', '_', ':']);
        entry.status == Status::Superseded
            && behind
                .get(..3)
                .is_some_and(|by| by.eq_ignore_ascii_case("by "))
    }

    fn row(&self, line: &Range<usize>) -> Option<Entry> {
        if is_table_rule(&self.masked[line.clone()]) {
            return None;
        }
        let row = cells(self.masked, line);
        let date = row.iter().find_map(|cell| {
            let text = &self.masked[cell.clone()];
            date_in(text).map(|(at, length)| text[at..at + length].to_owned())
        });
        row.into_iter().find_map(|cell| {
            let (status, token) = token::at_start(self.masked, cell.clone())?;
            Some(Entry {
                status,
                token,
                whole: cell,
                date: date.clone(),
            })
        })
    }

    fn first_paragraph(&self, body: Range<usize>) -> Option<Range<usize>> {
        let first = lines(&self.masked[..body.end], body.start)
            .find(|line| !self.masked[line.clone()].trim().is_empty())?;
        let text = self.masked[first.clone()].trim_start();
        let marker = item_marker(text).unwrap_or(0);
        let value = undecorated(self.masked, first.end - text.len() + marker..first.end);
        // A line about another record says nothing of this one.
        let text = &self.masked[value.clone()];
        let is_other = text.starts_with('|') || text.contains("](") || text.contains("xref:");
        (!is_other).then_some(value)
    }
}

/// A line that begins with a status.
#[derive(Debug, Clone)]
struct Entry {
    status: Status,
    token: Range<usize>,
    whole: Range<usize>,
    date: Option<String>,
}

fn is_capital(masked: &str, entry: &Entry) -> bool {
    masked[entry.token.start..].starts_with(char::is_uppercase)
}

/// Where the first `2026-01-31` of a text is.
fn date_in(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(9)).find_map(|at| {
        let fits = bytes[at..at + 10]
            .iter()
            .enumerate()
            .all(|(place, byte)| match place {
                4 | 7 => matches!(byte, b'-' | b'/' | b'.'),
                _ => byte.is_ascii_digit(),
            });
        fits.then_some((at, 10))
    })
}

/// One of the words that the common forms use; others are too common as tags.
fn is_plain_status(word: &str) -> bool {
    [
        "accepted",
        "proposed",
        "rejected",
        "deprecated",
        "superseded",
        "draft",
    ]
    .iter()
    .any(|known| word.eq_ignore_ascii_case(known))
}
