//! The status of a record in each place that tells it.

mod section;

use std::ops::Range;

use super::super::record::{Section, Spanned, Status, StatusMention, StatusPlace};
use super::front_matter::FrontMatter;
use super::headings::own_body;
use super::labels::{Labelled, undecorated};
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
        let signs: &[char] = &[' ', '-', '–', '—', ':', '('];
        let text = self.masked[rest.clone()].trim_start_matches(signs);
        let value = rest.end - text.len()..rest.end;
        let in_heading = token::at_start(self.masked, value.clone());
        let is_said = in_heading.is_some();
        if let Some((status, span)) = in_heading {
            self.push(status, span, value, StatusPlace::Heading);
        }
        let found = section::read(self.masked, body.clone());
        self.found.is_placeholder |= found.is_placeholder;
        for (entry, place) in found.current(self.masked) {
            self.push(
                entry.status,
                entry.token.clone(),
                entry.whole.clone(),
                place,
            );
        }
        if found.entries.is_empty()
            && !is_said
            && let Some(first) = section::first_line(self.masked, body)
        {
            self.value(first, StatusPlace::Section);
        }
    }
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
