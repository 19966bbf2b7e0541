//! The words that people use for a status, in the languages that records were found in.

mod lists;

use self::lists::{DATE_LABELS, DECIDER_LABELS, DECISION_SECTIONS, STATUS_LABELS, WORDS};
use super::super::record::Status;

/// The status that a whole word or phrase stands for.
pub(crate) fn status(word: &str) -> Option<Status> {
    let word = word.trim().to_lowercase();
    WORDS
        .iter()
        .find(|(_, words)| words.contains(&word.as_str()))
        .map(|(status, _)| *status)
}

/// The status at the beginning of a text, and how many bytes of it say so; the longest that fits.
pub(super) fn status_prefix(text: &str) -> Option<(Status, usize)> {
    let mut best: Option<(Status, usize)> = None;
    for (status, words) in WORDS {
        for word in *words {
            let Some(length) = begins_with(text, word) else {
                continue;
            };
            if best.is_none_or(|(_, longest)| length > longest) {
                best = Some((*status, length));
            }
        }
    }
    best
}

/// How many bytes of `text` are the lower-case `word`, in any case and not as the beginning of a longer word.
fn begins_with(text: &str, word: &str) -> Option<usize> {
    let mut rest = text.char_indices();
    for wanted in word.chars() {
        let (_, found) = rest.next()?;
        if found != wanted && !found.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
    }
    let end = text.len() - rest.as_str().len();
    let joined = |next: char| next.is_alphanumeric() && !is_unspaced(next);
    let ends_here = word.chars().next_back().is_some_and(is_unspaced)
        || !rest.as_str().chars().next().is_some_and(joined);
    ends_here.then_some(end)
}

/// Whether words of this script follow one another without a space.
fn is_unspaced(letter: char) -> bool {
    ('\u{3040}'..='\u{9fff}').contains(&letter) || ('\u{ac00}'..='\u{d7af}').contains(&letter)
}

/// Whether a label announces a status.
pub(super) fn is_status_label(label: &str) -> bool {
    STATUS_LABELS.contains(&label)
}

/// Whether a label announces a date.
pub(super) fn is_date_label(label: &str) -> bool {
    DATE_LABELS.contains(&label)
}

/// Whether a label announces who decided.
pub(super) fn is_decider_label(label: &str) -> bool {
    DECIDER_LABELS.contains(&label)
}

/// Whether a label belongs to the head of a record.
pub(super) fn is_label(label: &str) -> bool {
    is_status_label(label) || is_date_label(label) || is_decider_label(label)
}

/// What follows the name for the status in a heading; `None` if the heading is about something else.
pub(super) fn after_status_label(heading: &str) -> Option<usize> {
    STATUS_LABELS
        .iter()
        .filter(|label| **label != "state")
        .filter_map(|label| begins_with(heading, label))
        .max()
}

/// Whether a section of this name, in lower case, weighs or takes a decision.
pub(crate) fn is_decision_section(name: &str) -> bool {
    DECISION_SECTIONS
        .iter()
        .any(|section| name.starts_with(section))
}

/// The series that a prefix names: what is left without the words that only say "decision record".
pub(crate) fn track(prefix: &str) -> String {
    prefix
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty() && !is_record_word(part))
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join("-")
}

/// Whether a word in a file name or title says "decision record".
pub(super) fn is_record_word(word: &str) -> bool {
    [
        "adr",
        "adrs",
        "dr",
        "ad",
        "madr",
        "decision",
        "record",
        "no",
        "architecture",
        "architectural",
    ]
    .iter()
    .any(|known| word.eq_ignore_ascii_case(known))
}
