//! The smaller fields: number in the front matter, dates, deciders, topic, encoding.

use std::ops::Range;

use super::super::record::{DateMention, Encoding, LineEnding, Number, NumberPlace, Spanned};
use super::front_matter::FrontMatter;
use super::labels::Labelled;
use super::{number, words};

/// A number at one of the usual keys.
pub(super) fn number_in_front_matter(front_matter: Option<&FrontMatter>) -> Option<Number> {
    let entries = &front_matter?.entries;
    let entry = entries.iter().find(|entry| {
        matches!(
            entry.key.as_str(),
            "number" | "adr" | "id" | "adr.number" | "slug"
        )
    })?;
    let value = entry.values.first()?;
    let found = number::in_name(&value.value).filter(|found| found.length == value.value.len())?;
    found.at(NumberPlace::FrontMatter(value.span.clone()))
}

/// Every date that is labelled as one.
pub(super) fn dates(
    text: &str,
    front_matter: Option<&FrontMatter>,
    labels: &[Labelled],
) -> Vec<DateMention> {
    let mut dates = Vec::new();
    for entry in front_matter.map_or(&[][..], |found| &found.entries) {
        let label = entry.key.rsplit('.').next().unwrap_or_default();
        if words::is_date_label(label) {
            dates.extend(entry.values.iter().map(|value| DateMention {
                date: value.clone(),
                label: label.to_owned(),
            }));
        }
    }
    for labelled in labels {
        if words::is_date_label(&labelled.label) && !labelled.value.is_empty() {
            dates.push(DateMention {
                date: spanned(text, labelled.value.clone()),
                label: labelled.label.clone(),
            });
        }
    }
    dates
}

/// Who decided.
pub(super) fn deciders(
    text: &str,
    front_matter: Option<&FrontMatter>,
    labels: &[Labelled],
) -> Vec<Spanned<String>> {
    let mut found: Vec<Spanned<String>> = Vec::new();
    for entry in front_matter.map_or(&[][..], |found| &found.entries) {
        let last = entry.key.rsplit('.').next().unwrap_or_default();
        if words::is_decider_label(&entry.key) || words::is_decider_label(last) {
            match entry.values.as_slice() {
                [one] => found.extend(names(text, one.span.clone())),
                several => found.extend(several.iter().cloned()),
            }
        }
    }
    let named = labels
        .iter()
        .filter(|labelled| words::is_decider_label(&labelled.label));
    found.extend(named.flat_map(|labelled| names(text, labelled.value.clone())));
    found
}

/// The names of a list: `Ada, Grace`.
fn names(text: &str, range: Range<usize>) -> Vec<Spanned<String>> {
    let mut at = range.start;
    let mut names = Vec::new();
    for part in text[range].split(',') {
        let begin = at + part.len() - part.trim_start().len();
        at += part.len() + 1;
        let name = part.trim();
        if !name.is_empty() && !name.starts_with(['{', '[']) {
            names.push(spanned(text, begin..begin + name.len()));
        }
    }
    names
}

fn spanned(text: &str, span: Range<usize>) -> Spanned<String> {
    Spanned {
        value: text[span.clone()].to_owned(),
        span,
    }
}

/// The topic of a stub of ours: the first comment that names one.
pub(super) fn topic(text: &str, comments: &[Range<usize>]) -> Option<Spanned<String>> {
    comments.iter().find_map(|comment| {
        let body = text[comment.clone()].trim_start_matches(['<', '!', '-', '/', ' ']);
        let name = body.strip_prefix("kickoff: topic ")?.trim_start();
        let begin = comment.end - name.len();
        let name = name.trim_end_matches("-->").trim_end();
        (!name.is_empty()).then(|| spanned(text, begin..begin + name.len()))
    })
}

/// What must be kept of the bytes around the text.
pub(super) fn encoding(text: &str) -> Encoding {
    let lf = text.matches('\n').count();
    let crlf = text.matches("\r\n").count();
    let first_is_crlf = text.find('\n').is_some_and(|at| text[..at].ends_with('\r'));
    Encoding {
        bom: text.starts_with('\u{feff}'),
        line_ending: match (crlf, lf - crlf) {
            (0, _) => LineEnding::Lf,
            (_, 0) => LineEnding::CrLf,
            _ => LineEnding::Mixed { first_is_crlf },
        },
        final_newline: text.ends_with('\n'),
    }
}
