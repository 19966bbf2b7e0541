//! The word for a status as the house would write it.

use super::super::record::Status;

/// The house's word for `status` in the case of the token that it replaces.
pub(in crate::adr) fn word(
    status: Status,
    vocabulary: &[(Status, String)],
    replaced: &str,
) -> String {
    let known = vocabulary
        .iter()
        .find(|(known, _)| *known == status)
        .map_or(status.word(), |(_, word)| word.as_str());
    in_case_of(known, replaced)
}

/// Lower case, capitals, or the first letter as a capital; a word of another script keeps its own.
fn in_case_of(word: &str, like: &str) -> String {
    let letters = || like.chars().filter(|c| c.is_alphabetic());
    let is_cased = letters().any(|c| c.is_lowercase() || c.is_uppercase());
    if !is_cased {
        return word.to_owned();
    }
    if letters().all(char::is_lowercase) {
        return word.to_lowercase();
    }
    if letters().count() > 1 && letters().all(char::is_uppercase) {
        return word.to_uppercase();
    }
    let mut rest = word.chars();
    match rest.next() {
        Some(first) => first
            .to_uppercase()
            .chain(rest.flat_map(char::to_lowercase))
            .collect(),
        None => String::new(),
    }
}
