//! What a record says about other records.

use std::ops::Range;

use super::super::record::{Link, LinkKind, Target};
use super::front_matter::FrontMatter;
use super::number;

/// Phrases before a target, in lower case; `_` is any space.
const PHRASES: &[(&str, LinkKind)] = &[
    ("superseded_by", LinkKind::SupersededBy),
    ("superceded_by", LinkKind::SupersededBy),
    ("replaced_by", LinkKind::SupersededBy),
    ("supersedes", LinkKind::Supersedes),
    ("supercedes", LinkKind::Supersedes),
    ("replaces", LinkKind::Supersedes),
    ("amended_by", LinkKind::AmendedBy),
    ("amends", LinkKind::Amends),
];

/// All links of a document, in the order of the file.
pub(super) fn read(text: &str, masked: &str, front_matter: Option<&FrontMatter>) -> Vec<Link> {
    let mut links = Vec::new();
    if let Some(front_matter) = front_matter {
        in_front_matter(text, front_matter, &mut links);
    }
    let lower = masked.to_ascii_lowercase();
    for (phrase, kind) in PHRASES {
        for at in phrase_ends(&lower, phrase) {
            targets(masked, at, *kind, false, &mut links);
        }
    }
    others(masked, &mut links);
    links.sort_by_key(|link| link.span.start);
    links.dedup_by_key(|link| link.span.start);
    links
}

fn in_front_matter(text: &str, front_matter: &FrontMatter, links: &mut Vec<Link>) {
    for entry in &front_matter.entries {
        let key = entry.key.rsplit('.').next().unwrap_or_default();
        let key = key.replace(['-', '_', ' '], "_");
        let kind = PHRASES
            .iter()
            .find(|(phrase, _)| *phrase == key)
            .map(|(_, kind)| *kind);
        for value in &entry.values {
            // Beyond the value nothing belongs to it.
            let masked = &text[..value.span.end];
            if let Some(kind) = kind {
                targets(masked, value.span.start, kind, true, links);
                continue;
            }
            let lower = value.value.to_ascii_lowercase();
            for (phrase, kind) in PHRASES {
                for at in phrase_ends(&lower, phrase) {
                    targets(masked, value.span.start + at, *kind, true, links);
                }
            }
        }
    }
}

/// The offsets behind each place where a phrase stands as whole words.
fn phrase_ends<'a>(lower: &'a str, phrase: &'a str) -> impl Iterator<Item = usize> + 'a {
    let (first, second) = phrase.split_once('_').unwrap_or((phrase, ""));
    lower.match_indices(first).filter_map(move |(at, _)| {
        if is_within_word(&lower[..at]) {
            return None;
        }
        let mut rest = &lower[at + first.len()..];
        if !second.is_empty() {
            let decoration: &[char] = &[' ', '\t', '\r', '\n', '*', '_', '-'];
            rest = rest.trim_start_matches(decoration).strip_prefix(second)?;
        }
        let is_name = rest
            .strip_prefix(['-', '_'])
            .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        let goes_on = rest.starts_with(char::is_alphanumeric) || is_name;
        (!goes_on).then_some(lower.len() - rest.len())
    })
}

/// Whether what follows belongs to a word or to a name such as `0046-slot-replaces-take.md`.
fn is_within_word(before: &str) -> bool {
    let mut letters = before.chars().rev();
    match letters.next() {
        Some('-' | '_' | '/') => letters.next().is_some_and(char::is_alphanumeric),
        Some(letter) => letter.is_alphanumeric(),
        None => false,
    }
}

/// The targets that follow one another at `at`.
fn targets(masked: &str, at: usize, kind: LinkKind, bare: bool, links: &mut Vec<Link>) {
    let mut at = at;
    loop {
        // Signs that stand between the words and the target, the border of a cell among them.
        let signs: &[char] = &[
            ' ', '\t', '\r', ':', '*', '_', '(', ',', '&', '"', '\'', '|',
        ];
        let body = masked[at..].trim_start_matches(signs);
        let body = body.strip_prefix('\n').map_or(body, str::trim_start);
        let body = body.strip_prefix("and ").unwrap_or(body);
        let begin = masked.len() - body.len();
        let Some((target, length)) = target(body, bare) else {
            return;
        };
        links.push(Link {
            kind,
            target,
            span: begin..begin + length,
        });
        at = begin + length;
        let more = masked[at..].trim_start_matches(['*', '_', '"', '\'']);
        if !more.starts_with([',', '&']) && !more.starts_with(" and ") && !more.starts_with(" &") {
            return;
        }
    }
}

/// A link, a number or a path at the beginning of a text, and its length.
fn target(text: &str, bare: bool) -> Option<(Target, usize)> {
    if text.starts_with('[')
        || text.starts_with("<<")
        || text.starts_with("xref:")
        || text.starts_with("link:")
    {
        let (label, destination, length) = link(text)?;
        return Some((target_of_link(label, destination)?, length));
    }
    let word = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ')' | ';' | '"' | '\'' | '*' | '`'))
        .next()
        .unwrap_or_default()
        .trim_end_matches('.');
    if is_record_path(word) {
        return Some((Target::Path(word.to_owned()), word.len()));
    }
    if let Some((0, found)) = number::mentions(&text[..text.len().min(line_length(text))])
        .into_iter()
        .next()
    {
        let length = found.length;
        return Some((number_target(&text[..length], &found)?, length));
    }
    // A bare number means a record only where nothing else can stand.
    let digits = word.strip_prefix('#').unwrap_or(word);
    let is_plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_padded = digits.len() >= 3 && digits.starts_with('0');
    if is_plain && (bare || is_padded) && digits.len() <= 6 {
        let value = digits.parse().ok()?;
        let target = Target::Number {
            value,
            letter: None,
            text: word.to_owned(),
        };
        return Some((target, word.len()));
    }
    // `0002-collapse-traits`, the name of a file without its extension.
    let found = number::in_name(word).filter(|found| found.digits.len() >= 3)?;
    Some((number_target(word, &found)?, word.len()))
}

fn line_length(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

fn number_target(text: &str, found: &number::Found) -> Option<Target> {
    Some(Target::Number {
        value: found.digits.parse().ok()?,
        letter: found.letter,
        text: text.to_owned(),
    })
}

/// The label and destination of the link at the beginning of a text, and its length.
fn link(text: &str) -> Option<(&str, &str, usize)> {
    if let Some(inner) = text.strip_prefix("<<") {
        let end = inner.find(">>")?;
        let (destination, label) = inner[..end].split_once(',').unwrap_or((&inner[..end], ""));
        return Some((label, destination, end + 4));
    }
    if text.starts_with("xref:") || text.starts_with("link:") {
        let open = text.find('[')?;
        let close = open + text[open..].find(']')?;
        return Some((&text[open + 1..close], &text[5..open], close + 1));
    }
    if let Some(inner) = text.strip_prefix("[[") {
        let end = inner.find("]]")?;
        let (destination, label) = inner[..end].split_once('|').unwrap_or((&inner[..end], ""));
        return Some((label, destination, end + 4));
    }
    let close = closing(text, '[', ']')?;
    let after = &text[close + 1..];
    if !after.starts_with('(') {
        // `[ADR-0005]` by reference.
        return Some((&text[1..close], "", close + 1));
    }
    let end = closing(after, '(', ')')?;
    let destination = after[1..end].trim();
    let destination = destination.split_whitespace().next().unwrap_or_default();
    Some((
        &text[1..close],
        destination.trim_start_matches('<').trim_end_matches('>'),
        close + 1 + end + 1,
    ))
}

/// Where the bracket that a text begins with is closed.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().take(600) {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

fn target_of_link(label: &str, destination: &str) -> Option<Target> {
    let path = destination.split('#').next().unwrap_or_default();
    if destination.contains("://") {
        return None;
    }
    if is_record_path(path) {
        return Some(Target::Path(path.to_owned()));
    }
    let by_label = number::mentions(label)
        .into_iter()
        .next()
        .and_then(|(at, found)| number_target(&label[at..at + found.length], &found))
        .or_else(|| {
            let found = number::in_title(label).or_else(|| number::in_name(label))?;
            number_target(&label[..found.length], &found)
        });
    by_label.or_else(|| {
        let name = path.trim_end_matches('/').rsplit('/').next()?;
        number_target(name, &number::in_name(name)?)
    })
}

/// Whether a word is the path of a document.
fn is_record_path(word: &str) -> bool {
    let path = word.split('#').next().unwrap_or_default();
    [".md", ".mdx", ".adoc", ".markdown"]
        .iter()
        .any(|extension| path.ends_with(extension))
        && !path.contains("://")
        && path.len() > 4
}

/// Links to files that are named like records, wherever they stand.
fn others(masked: &str, links: &mut Vec<Link>) {
    let known: Vec<Range<usize>> = links.iter().map(|link| link.span.clone()).collect();
    for (at, _) in masked.match_indices("](") {
        let rest = &masked[at + 2..];
        let Some(end) = rest.find([')', '\n']) else {
            continue;
        };
        let destination = rest[..end].split([' ', '#']).next().unwrap_or_default();
        let name = destination.rsplit('/').next().unwrap_or_default();
        let is_record = is_record_path(destination)
            && (number::in_name(name).is_some() || number::date_length(name).is_some());
        let Some(begin) = masked[..at].rfind('[').filter(|_| is_record) else {
            continue;
        };
        if !known.iter().any(|span| span.contains(&at)) {
            links.push(Link {
                kind: LinkKind::Other,
                target: Target::Path(destination.to_owned()),
                span: begin..at + 2 + end + 1,
            });
        }
    }
}
