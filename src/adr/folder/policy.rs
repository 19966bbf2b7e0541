//! A README that lets in accepted decisions only.

use super::super::record::{Other, Reading, Record};
use super::Policy;

/// How many words may stand between "only" and "accepted".
const BETWEEN: usize = 3;

/// The first sentence that lets in accepted decisions only.
pub(super) fn of(others: &[Record]) -> Option<Policy> {
    others
        .iter()
        .filter(|record| matches!(record.reading, Reading::Other(Other::Readme | Other::Index)))
        .find_map(|record| {
            let text = std::str::from_utf8(&record.bytes).ok()?;
            let sentence = sentences(text).find(|sentence| is_accepted_only(sentence))?;
            Some(Policy {
                path: record.path.clone(),
                sentence,
            })
        })
}

/// The sentences of a text, each in one line.
fn sentences(text: &str) -> impl Iterator<Item = String> {
    let text = text.replace('\r', "");
    let paragraphs: Vec<String> = text
        .split("\n\n")
        .flat_map(|paragraph| {
            let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
            line.split_inclusive(". ")
                .map(|part| part.trim().to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    paragraphs.into_iter()
}

fn is_accepted_only(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let speaks_of_records = words.iter().any(|word| {
        word.starts_with("decision") || word.starts_with("adr") || word.starts_with("record")
    });
    let near = words.iter().enumerate().any(|(at, word)| {
        *word == "only"
            && words[at.saturating_sub(BETWEEN)..(at + BETWEEN + 1).min(words.len())]
                .contains(&"accepted")
    });
    speaks_of_records && near
}
