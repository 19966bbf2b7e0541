//! A place in the text that moves forward over tokens; blanks between tokens never matter.

use std::ops::Range;

/// Where the parser stands.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// Stands at byte `at`, which is the start of a character.
    pub(super) fn new(text: &'a str, at: usize) -> Cursor<'a> {
        Cursor { text, at }
    }

    /// What is left behind the blanks; empty at the end.
    pub(super) fn rest(&mut self) -> &'a str {
        let rest = self.text[self.at..].trim_start();
        self.at = self.text.len() - rest.len();
        rest
    }

    /// The byte the next token starts at.
    pub(super) fn position(&mut self) -> usize {
        self.rest();
        self.at
    }

    /// The byte behind the last token.
    pub(super) fn consumed(&self) -> usize {
        self.text[..self.at].trim_end().len()
    }

    /// The next character, blanks skipped.
    pub(super) fn peek(&mut self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Goes past `token` if it is next.
    pub(super) fn eat(&mut self, token: &str) -> bool {
        let is_next = self.rest().starts_with(token);
        if is_next {
            self.at += token.len();
        }
        is_next
    }

    /// Goes past the next `length` bytes, which are whole characters.
    pub(super) fn take(&mut self, length: usize) -> (&'a str, Range<usize>) {
        let start = self.position();
        self.at += length;
        (&self.text[start..self.at], start..self.at)
    }

    /// Goes past a word: a letter, then letters, digits, `_` and `-` (but not the one of an arrow).
    pub(super) fn word(&mut self) -> Option<(&'a str, Range<usize>)> {
        let rest = self.rest();
        if !rest.starts_with(char::is_alphabetic) {
            return None;
        }
        let length = rest
            .char_indices()
            .find(|(at, character)| !is_word(*character) || rest[*at..].starts_with("->"))
            .map_or(rest.len(), |(at, _)| at);
        Some(self.take(length))
    }

    /// Goes past a number: a sign, digits and `_`, and decimals behind one point.
    pub(super) fn number(&mut self) -> Option<(&'a str, Range<usize>)> {
        let rest = self.rest();
        let unsigned = rest.strip_prefix(['-', '+']).unwrap_or(rest);
        if !unsigned.starts_with(|character: char| character.is_ascii_digit()) {
            return None;
        }
        let mut length = rest.len() - unsigned.len() + digits(unsigned);
        // `0..5` is a range and not the number `0.`.
        if let Some(decimals) = rest[length..].strip_prefix('.')
            && decimals.starts_with(|character: char| character.is_ascii_digit())
        {
            length += 1 + digits(decimals);
        }
        Some(self.take(length))
    }

    /// Everything up to the next blank; an empty range at the end.
    pub(super) fn token(&mut self) -> (&'a str, Range<usize>) {
        let rest = self.rest();
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        self.take(length)
    }

    /// The range of the next token, without going past it: of a whole word, else of one character.
    pub(super) fn next_span(&mut self) -> Range<usize> {
        let mut ahead = self.clone();
        if let Some((_, span)) = ahead.word().or_else(|| ahead.number()) {
            return span;
        }
        let start = self.position();
        start..start + self.peek().map_or(0, char::len_utf8)
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '-'
}

fn digits(text: &str) -> usize {
    text.find(|character: char| !character.is_ascii_digit() && character != '_')
        .unwrap_or(text.len())
}
