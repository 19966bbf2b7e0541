//! Words from a fixed list: choices and flags.

use crate::question::Choice;

/// One choice, whatever the case it was written in.
pub(super) fn choice(choices: &[Choice], text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err(format!("nothing is chosen: write one of {}", all(choices)));
    }
    let word = text.to_lowercase();
    if let Some(choice) = choices.iter().find(|choice| choice.value == word) {
        return Ok(choice.value.to_owned());
    }
    let values = choices.iter().map(|choice| choice.value);
    Err(match nearest(&word, values) {
        Some(near) => format!(
            "`{text}` is not a choice, did you mean `{near}`? write one of {}",
            all(choices)
        ),
        None => format!("`{text}` is not a choice: write one of {}", all(choices)),
    })
}

/// Several choices, each once, in the order given. `none` stands for no choice where no choice has that name.
pub(super) fn choices(choices: &[Choice], text: &str) -> Result<Vec<String>, String> {
    if text.eq_ignore_ascii_case("none") && !choices.iter().any(|choice| choice.value == "none") {
        return Ok(Vec::new());
    }
    let mut chosen = Vec::new();
    for word in super::list::split(text)? {
        let value = choice(choices, &word)?;
        if !chosen.contains(&value) {
            chosen.push(value);
        }
    }
    Ok(chosen)
}

/// Yes or no.
pub(super) fn flag(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "on" => Ok(true),
        "no" | "n" | "false" | "off" => Ok(false),
        _ => Err(format!("`{text}` is neither: write `yes` or `no`")),
    }
}

fn all(choices: &[Choice]) -> String {
    choices
        .iter()
        .map(|choice| format!("`{}`", choice.value))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The word that was probably meant.
pub(super) fn nearest<'a>(word: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    words
        .map(|other| (strsim::jaro_winkler(word, other), other))
        .filter(|(similarity, _)| *similarity > 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, other)| other)
}
