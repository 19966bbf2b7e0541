//! The keys of a front matter with the places of their values: enough YAML and TOML to find a token, never to write one.

use std::ops::Range;

use super::super::record::Spanned;
use super::mask::lines;

/// A front matter.
#[derive(Debug, Default, PartialEq)]
pub(super) struct FrontMatter {
    /// What lies between the marker lines.
    pub(super) span: Range<usize>,
    /// Where the text after it begins.
    pub(super) end: usize,
    /// The keys in the order of the file.
    pub(super) entries: Vec<Entry>,
}

/// A key and its scalars.
#[derive(Debug, PartialEq)]
pub(super) struct Entry {
    /// The keys that lead to it, with `.` between, in lower case.
    pub(super) key: String,
    /// The scalar, or those of a sequence; none for a mapping.
    pub(super) values: Vec<Spanned<String>>,
}

/// The front matter at `start`, if the first line there opens one that is closed.
pub(super) fn read(text: &str, start: usize) -> Option<FrontMatter> {
    let mut all = lines(text, start);
    let first = all.next()?;
    let marker = text[first].trim_end();
    let (separator, closing): (char, &[&str]) = match marker {
        "---" => (':', &["---", "..."]),
        "+++" => ('=', &["+++"]),
        _ => return None,
    };
    let mut inside = Vec::new();
    let closed = all.find(|line| {
        let is_end = closing.contains(&text[line.clone()].trim_end());
        if !is_end {
            inside.push(line.clone());
        }
        is_end
    })?;
    let span = inside.first().map_or(closed.start, |line| line.start)..closed.start;
    let reader = Reader {
        text,
        separator,
        lines: &inside,
    };
    Some(FrontMatter {
        span,
        end: closed.end,
        entries: reader.entries(),
    })
}

struct Reader<'a> {
    text: &'a str,
    separator: char,
    lines: &'a [Range<usize>],
}

impl Reader<'_> {
    fn entries(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut open: Vec<(usize, String)> = Vec::new();
        let mut block: Option<usize> = None;
        for line in self.lines {
            let body = self.text[line.clone()].trim_start();
            let mut indent = line.len() - body.len();
            if body.is_empty() || body.starts_with('#') {
                continue;
            }
            let mut at = line.start + indent;
            if let Some(of) = block {
                if indent > of {
                    push(&mut entries, self.scalar(at..line.end, true));
                    continue;
                }
                block = None;
            }
            if let Some(dash) = body
                .strip_prefix("- ")
                .map(|rest| body.len() - rest.trim_start().len())
            {
                at += dash;
                indent += dash;
                if self.key(at..line.end).is_none() {
                    push(&mut entries, self.scalar(at..line.end, false));
                    continue;
                }
            }
            let Some((key, value)) = self.key(at..line.end) else {
                continue;
            };
            open.retain(|(outer, _)| *outer < indent);
            open.push((indent, key));
            let path: Vec<&str> = open.iter().map(|(_, key)| key.as_str()).collect();
            let scalar = &self.text[value.clone()];
            let is_block = scalar.starts_with(['|', '>']) && scalar.len() <= 3;
            block = is_block.then_some(indent);
            entries.push(Entry {
                key: path.join("."),
                values: if is_block {
                    Vec::new()
                } else {
                    self.values(value)
                },
            });
        }
        entries
    }

    /// The key at the beginning of a line and the rest after its separator.
    fn key(&self, line: Range<usize>) -> Option<(String, Range<usize>)> {
        let body = &self.text[line.clone()];
        let at = body.find(self.separator)?;
        let key = body[..at].trim().trim_matches(['"', '\'']);
        let after = &body[at + 1..];
        let fits = !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.'));
        if !fits || !(after.is_empty() || self.separator == '=' || after.starts_with([' ', '\t'])) {
            return None;
        }
        let value = line.end - after.trim_start().len();
        Some((
            key.to_lowercase(),
            value..line.start + body.trim_end().len().max(value - line.start),
        ))
    }

    fn values(&self, span: Range<usize>) -> Vec<Spanned<String>> {
        let text = &self.text[span.clone()];
        if let Some(inner) = text.strip_prefix('[')
            && let Some(close) = inner.find(']')
            // A link is not a sequence: `[ADR-0005](0005-x.md)`.
            && !inner[close + 1..].starts_with('(')
        {
            let mut at = span.start + 1;
            return inner[..close]
                .split(',')
                .filter_map(|part| {
                    let begin = at;
                    at += part.len() + 1;
                    self.scalar(begin..begin + part.len(), false)
                })
                .collect();
        }
        self.scalar(span, false).into_iter().collect()
    }

    /// A scalar without quotes, comment and blanks around it; nothing for an empty one and for `null`.
    fn scalar(&self, span: Range<usize>, literal: bool) -> Option<Spanned<String>> {
        let text = &self.text[span.clone()];
        let begin = span.start + text.len() - text.trim_start().len();
        let body = text.trim();
        let quoted = body
            .chars()
            .next()
            .filter(|sign| matches!(sign, '"' | '\'') && !literal)
            .and_then(|sign| body[1..].find(sign).map(|length| 1..1 + length));
        let inner = quoted.unwrap_or_else(|| {
            let end = body.find(" #").filter(|_| !literal);
            0..body[..end.unwrap_or(body.len())].trim_end().len()
        });
        let value = &body[inner.clone()];
        if value.is_empty() || matches!(value, "null" | "~") || value.starts_with('#') {
            return None;
        }
        Some(Spanned {
            value: value.to_owned(),
            span: begin + inner.start..begin + inner.end,
        })
    }
}

fn push(entries: &mut [Entry], value: Option<Spanned<String>>) {
    if let (Some(entry), Some(value)) = (entries.last_mut(), value) {
        entry.values.push(value);
    }
}
