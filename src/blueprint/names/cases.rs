//! The spellings of a name.

use super::words::words;

/// `order_line`.
pub fn snake(text: &str) -> String {
    ascii(text).join("_")
}

/// `order-line`.
pub fn kebab(text: &str) -> String {
    ascii(text).join("-")
}

/// `OrderLine`.
pub fn upper_camel(text: &str) -> String {
    ascii(text).iter().map(|word| capital(word)).collect()
}

/// `ORDER_LINE`.
pub fn screaming(text: &str) -> String {
    snake(text).to_ascii_uppercase()
}

/// In prose: `order line`. Letters of other scripts stay.
pub fn label(text: &str) -> String {
    spoken(text).join(" ")
}

/// In a heading: `Order Line`. Letters of other scripts stay.
pub fn title(text: &str) -> String {
    let words: Vec<String> = spoken(text).iter().map(|word| capital(word)).collect();
    words.join(" ")
}

fn ascii(text: &str) -> Vec<String> {
    words(text)
        .into_iter()
        .map(|word| word.ascii)
        .filter(|word| !word.is_empty())
        .collect()
}

fn spoken(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.spoken).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}
