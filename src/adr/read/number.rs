//! Numbers in names and titles.

use camino::Utf8Path;

use super::super::record::{Number, NumberPlace};
use super::kind::is_telling_name;
use super::words;

/// A number at the beginning of a text, and how many bytes it takes with its prefix.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) prefix: String,
    pub(crate) digits: String,
    pub(crate) letter: Option<char>,
    pub(crate) length: usize,
}

impl Found {
    pub(crate) fn at(self, place: NumberPlace) -> Option<Number> {
        Some(Number {
            value: self.digits.parse().ok()?,
            digits: self.digits,
            prefix: self.prefix,
            letter: self.letter,
            place,
        })
    }
}

/// More digits than this are a date or a time.
const MOST_DIGITS: usize = 6;

/// The number in the name of a file, or of the folder that it is the one record of.
pub(crate) fn of_path(path: &Utf8Path) -> Option<Number> {
    let stem = stem(path);
    if let Some(found) = in_name(stem) {
        return found.at(NumberPlace::FileName);
    }
    if is_name_in_folder(stem) {
        return in_folder_name(path)?.at(NumberPlace::FolderName);
    }
    None
}

/// The number of the folder of a record that has one of its own; `09_architecture_decisions` is the chapter of a book.
pub(crate) fn in_folder_name(path: &Utf8Path) -> Option<Found> {
    let folder = path.parent()?.file_name()?;
    in_name(folder).filter(|_| !is_telling_name(folder))
}

/// The name of a file without its extension.
pub(crate) fn stem(path: &Utf8Path) -> &str {
    path.file_stem().unwrap_or_default()
}

/// Whether a record that has a folder of its own may be called so in it.
pub(crate) fn is_name_in_folder(stem: &str) -> bool {
    ["readme", "index", "adr", "decision", "record"]
        .iter()
        .any(|name| stem.eq_ignore_ascii_case(name))
}

/// The number at the beginning of a file or folder name.
pub(crate) fn in_name(name: &str) -> Option<Found> {
    if date_length(name).is_some() {
        return None;
    }
    let found = number(name, |prefix| prefix.is_empty() || is_record_prefix(prefix))?;
    let next = name[found.length..].chars().next();
    next.is_none_or(|next| matches!(next, '-' | '_' | '.' | ' '))
        .then_some(found)
}

/// How many bytes of a name are a date: `20260131` or `2026-01-31`.
pub(crate) fn date_length(name: &str) -> Option<usize> {
    let bytes = name.as_bytes();
    let digits = |from: usize, count: usize| {
        bytes
            .get(from..from + count)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let ends = |at: usize| !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let separated = |sign: u8| {
        digits(0, 4)
            && bytes.get(4) == Some(&sign)
            && digits(5, 2)
            && bytes.get(7) == Some(&sign)
            && digits(8, 2)
            && ends(10)
    };
    if separated(b'-') || separated(b'_') {
        Some(10)
    } else {
        (digits(0, 8) && ends(8)).then_some(8)
    }
}

/// The number at the beginning of a title, and how many bytes belong to it with the sign behind: `ADR 012: `, `[ADR-3] `, `2. `.
pub(crate) fn in_title(title: &str) -> Option<Found> {
    let bracket = usize::from(title.starts_with('['));
    let mut found = number(&title[bracket..], is_title_prefix)?;
    found.length += bracket;
    let rest = &title[found.length..];
    let body =
        rest.trim_start_matches([']', ')', '.', ':', '：', '-', '–', '—', ' ', '\u{a0}', '|']);
    let sign = &rest[..rest.len() - body.len()];
    // `3 replicas` is a title, `3. Replicas` and `ADR 3 Replicas` begin with a number, and so does `0003 Replicas`.
    let is_number = !found.prefix.is_empty()
        || sign
            .trim()
            .chars()
            .next()
            .is_some_and(|c| c != '-' || sign.starts_with(' '))
        || (found.digits.len() >= 3 && found.digits.starts_with('0') && !sign.is_empty());
    let is_version = sign == "." && body.starts_with(|c: char| c.is_ascii_digit());
    if !is_number || is_version || (sign.is_empty() && !rest.is_empty()) {
        return None;
    }
    found.length += sign.len();
    Some(found)
}

fn is_title_prefix(prefix: &str) -> bool {
    if prefix.is_empty() {
        return true;
    }
    is_record_prefix(prefix) || prefix.trim_end_matches(' ').eq_ignore_ascii_case("rfc")
}

/// `adr-`, `Decision `, and with the name of a project before or a series behind: `ODH-ADR-`, `ADR-D-`.
fn is_record_prefix(prefix: &str) -> bool {
    let mut parts = prefix
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty());
    let begins = parts.clone().next().is_some_and(words::is_record_word);
    begins || parts.any(|part| part.eq_ignore_ascii_case("adr"))
}

/// The number that a whole reference names: `12`, `0012`, `ADR-D-12`, `#040a`.
pub(crate) fn in_reference(reference: &str) -> Option<Number> {
    let found = number(reference.trim_start_matches('#'), is_title_prefix)?;
    let is_whole = found.length == reference.trim_start_matches('#').len();
    found.at(NumberPlace::FileName).filter(|_| is_whole)
}

/// A prefix of letters and signs, digits, and a letter behind that is not the beginning of a word.
fn number(text: &str, is_prefix: impl Fn(&str) -> bool) -> Option<Found> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let prefix = &text[..start];
    let fits = prefix
        .chars()
        .all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_' | ' ' | '#' | '.' | ':'));
    if !fits || prefix.len() > 40 || !is_prefix(prefix) {
        return None;
    }
    let digits = &text[start..];
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    if count > MOST_DIGITS {
        return None;
    }
    let mut rest = digits[count..].chars();
    let letter = rest.next().filter(char::is_ascii_lowercase);
    let letter = letter.filter(|_| !rest.next().is_some_and(char::is_alphanumeric));
    Some(Found {
        prefix: prefix.to_owned(),
        digits: digits[..count].to_owned(),
        letter,
        length: start + count + usize::from(letter.is_some()),
    })
}

/// Numbers of records in running text, such as `ADR-0012` and `ADR 12`: where each begins and ends, and what it is.
pub(crate) fn mentions(text: &str) -> Vec<(usize, Found)> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(offset) = find_record_word(&text[at..]) {
        let begin = at + offset;
        at = begin + 3;
        if let Some(found) = number(&text[begin..], |prefix| {
            prefix.len() <= 12
                && prefix
                    .split(['-', '_', ' ', '#'])
                    .next()
                    .is_some_and(|word| word.eq_ignore_ascii_case("adr"))
                && prefix.split(' ').count() <= 2
        }) {
            at = begin + found.length;
            all.push((begin, found));
        }
    }
    all
}

fn find_record_word(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(3)).find(|&at| {
        bytes[at..at + 3].eq_ignore_ascii_case(b"adr")
            && !(at > 0 && bytes[at - 1].is_ascii_alphanumeric())
    })
}
