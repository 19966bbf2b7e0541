//! Texts as words, and words in ASCII.

use heck::ToSnakeCase;

/// A word of a name, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As people write it: `märkte`.
    pub(super) spoken: String,
    /// In ASCII letters and digits: `maerkte`. Empty where no letter has a spelling.
    pub(super) ascii: String,
}

/// Splits any spelling (camelCase, snake, kebab, blanks, acronyms) into words.
pub(super) fn words(text: &str) -> Vec<Word> {
    plain_acronyms(&composed(text))
        .to_snake_case()
        .split('_')
        .filter(|word| !word.is_empty())
        .map(|word| Word {
            spoken: word.to_owned(),
            ascii: word.chars().flat_map(spelling).collect(),
        })
        .collect()
}

/// The first letter whose script has no spelling in ASCII that its readers would agree on.
pub(super) fn letter_without_spelling(text: &str) -> Option<char> {
    text.chars()
        .find(|letter| letter.is_alphanumeric() && !has_spelling(*letter))
}

/// Scripts with letters for sounds and a usual romanisation: Latin, Greek, Cyrillic, Armenian, Georgian.
fn has_spelling(letter: char) -> bool {
    matches!(letter, '\0'..='\u{58f}' | '\u{10a0}'..='\u{10ff}' | '\u{1c80}'..='\u{1cbf}' | '\u{1e00}'..='\u{1fff}' | '\u{2c60}'..='\u{2c7f}')
}

fn spelling(letter: char) -> impl Iterator<Item = char> {
    let ascii = match letter {
        // As in passports (ICAO 9303): `größe` is not `große`.
        'ä' => "ae",
        'ö' => "oe",
        'ü' => "ue",
        other => deunicode::deunicode_char(other).unwrap_or(""),
    };
    ascii
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
}

/// Puts a letter and the dots over it together, and drops other loose marks and apostrophes, which would split words.
fn composed(text: &str) -> String {
    let mut composed = String::new();
    for character in text.chars() {
        match (character, composed.chars().next_back()) {
            ('\u{308}', Some(base)) => {
                let whole = match base {
                    'a' => 'ä',
                    'o' => 'ö',
                    'u' => 'ü',
                    'A' => 'Ä',
                    'O' => 'Ö',
                    'U' => 'Ü',
                    other => other,
                };
                composed.pop();
                composed.push(whole);
            }
            ('\u{300}'..='\u{36f}' | '\'' | '’' | '\u{2bc}', _) => {}
            (other, _) => composed.push(other),
        }
    }
    composed
}

/// `customerIDs` has the words `customer` and `ids`: the `s` belongs to the acronym before it.
fn plain_acronyms(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let upper = |at: usize| characters.get(at).is_some_and(|c| c.is_uppercase());
    let ends_acronym = |at: usize| {
        characters[at] == 's'
            && at >= 2
            && upper(at - 1)
            && upper(at - 2)
            && !characters
                .get(at + 1)
                .is_some_and(|next| next.is_lowercase())
    };
    let mut plain = characters.clone();
    for at in (0..characters.len()).filter(|at| ends_acronym(*at)) {
        for before in (0..at).rev().take_while(|before| upper(*before)) {
            let starts = before == 0 || !upper(before - 1);
            if !starts {
                plain[before] = characters[before]
                    .to_lowercase()
                    .next()
                    .unwrap_or(characters[before]);
            }
        }
    }
    plain.into_iter().collect()
}
