//! Names of items.

use crate::question::NameRule;

/// Longest name of an entity or a slug, in characters.
const LONGEST_NAME: usize = 60;
/// Longest phrase, in characters.
const LONGEST_PHRASE: usize = 200;

/// Reads the name of an item: blanks around it are removed.
///
/// # Errors
/// Says what is wrong and what to write.
pub fn validate_name(rule: NameRule, text: &str) -> Result<String, String> {
    match rule {
        NameRule::Phrase => super::one_line(text, LONGEST_PHRASE),
        NameRule::Slug => {
            let name = super::one_line(text, LONGEST_NAME)?;
            check_letters(&name, "-_ ", "letters, digits, `-`, `_` and blanks")?;
            Ok(name)
        }
        NameRule::Entity => {
            let name = super::one_line(text, LONGEST_NAME)?;
            check_letters(&name, "", "letters and digits only")
                .map_err(|message| message + &suggestion(&name))?;
            Ok(name)
        }
    }
}

fn check_letters(name: &str, also: &str, allowed: &str) -> Result<(), String> {
    if let Some(first) = name.chars().next()
        && !first.is_alphabetic()
    {
        return Err(format!(
            "`{name}` starts with `{first}`: start with a letter"
        ));
    }
    let is_allowed = |character: char| {
        character.is_alphabetic() || character.is_ascii_digit() || also.contains(character)
    };
    match name.chars().find(|character| !is_allowed(*character)) {
        Some(other) => Err(format!("`{name}` contains `{other}`: use {allowed}")),
        None => Ok(()),
    }
}

/// `, for example `OrderItem`` for `order-item`.
fn suggestion(name: &str) -> String {
    let mut words = String::new();
    let mut at_start = true;
    for character in name.chars() {
        if character.is_alphabetic() || (character.is_ascii_digit() && !words.is_empty()) {
            if at_start {
                words.extend(character.to_uppercase());
            } else {
                words.push(character);
            }
            at_start = false;
        } else {
            at_start = true;
        }
    }
    if words.is_empty() {
        String::new()
    } else {
        format!(", for example `{words}`")
    }
}
