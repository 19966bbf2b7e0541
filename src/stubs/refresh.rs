//! A stub that is there: pieces that nobody touched get their new text, and not a byte more.

use super::state::Known;
use crate::adr::{Record, Standing, Status, read, visible};

/// What became of a stub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refreshed {
    /// The whole file after it.
    pub bytes: Vec<u8>,
    /// The pieces as they stand in the file now: those that could not be refreshed as they were written before.
    pub pieces: Vec<(String, String)>,
    /// What could not be refreshed.
    pub left: Vec<Left>,
    /// Why nothing was refreshed at all, as a phrase.
    pub closed: Option<String>,
}

/// A piece that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Its name.
    pub name: String,
    /// As it was written before; nothing where it is new.
    pub old: String,
    /// As it would be now; nothing where it is gone.
    pub new: String,
}

/// Replaces the pieces of `record` that are as `known` has them by those of `fresh`.
pub fn refresh(record: &Record, known: &Known, fresh: &[(String, String)]) -> Refreshed {
    let mut refreshed = Refreshed {
        bytes: record.bytes.clone(),
        pieces: known.pieces.clone(),
        left: Vec::new(),
        closed: closed(record),
    };
    for (name, new) in fresh {
        let old = known.pieces.iter().find(|(known, _)| known == name);
        let old = old.map(|(_, text)| text.as_str()).unwrap_or_default();
        if old == new {
            continue;
        }
        let now = read(&record.path, refreshed.bytes.clone());
        if refreshed.closed.is_none()
            && let Some(bytes) = replaced(&now, name, old, new)
        {
            refreshed.bytes = bytes;
            remember(&mut refreshed.pieces, name, new);
        } else if has(&now, name, new) {
            // Somebody took over what was offered.
            remember(&mut refreshed.pieces, name, new);
        } else {
            refreshed.left.push(Left {
                name: name.clone(),
                old: old.to_owned(),
                new: new.clone(),
            });
        }
    }
    for (name, old) in &known.pieces {
        if fresh.iter().all(|(known, _)| known != name) {
            refreshed.left.push(Left {
                name: name.clone(),
                old: old.clone(),
                new: String::new(),
            });
        }
    }
    refreshed
}

fn remember(pieces: &mut Vec<(String, String)>, name: &str, text: &str) {
    match pieces.iter_mut().find(|(known, _)| known == name) {
        Some((_, old)) => text.clone_into(old),
        None => pieces.push((name.to_owned(), text.to_owned())),
    }
}

/// What somebody decided says what was true when they did.
fn closed(record: &Record) -> Option<String> {
    let Some(fields) = record.fields() else {
        return Some("it cannot be read".to_owned());
    };
    match fields.standing() {
        Standing::Said(Status::Proposed | Status::Draft) => None,
        Standing::Said(Status::Other) => Some("it has a status of its own".to_owned()),
        Standing::Said(status) => Some(format!("it is {status}")),
        Standing::Disagrees => Some("it gives two statuses".to_owned()),
        Standing::Unsaid => Some("it gives no status".to_owned()),
    }
}

/// The file with one piece replaced, if that piece stands in it once as it was written.
fn replaced(record: &Record, name: &str, old: &str, new: &str) -> Option<Vec<u8>> {
    let fields = record.fields()?;
    let text = std::str::from_utf8(&record.bytes).ok()?;
    let bytes = if name == "title" {
        let title = fields.title.as_ref().filter(|title| title.value == old)?;
        let is_plain = text.get(title.span.clone()) == Some(old);
        is_plain.then(|| spliced(text, title.span.clone(), new))?
    } else {
        let (span, form) = find(text, old)?;
        // In a block of code or a comment it is somebody's quotation.
        let shown = visible(&record.path, text);
        if shown.get(..span.start + 1)?.as_bytes().last() != text.as_bytes().get(span.start) {
            return None;
        }
        spliced(text, span, &form.of(new))
    };
    let after = read(&record.path, bytes);
    let said = after.fields()?;
    let is_same = said.standing() == fields.standing()
        && said.number == fields.number
        && said.topic.as_ref().map(|topic| &topic.value)
            == fields.topic.as_ref().map(|topic| &topic.value)
        && said.sections.len() == fields.sections.len();
    is_same.then_some(after.bytes)
}

fn has(record: &Record, name: &str, piece: &str) -> bool {
    let Ok(text) = std::str::from_utf8(&record.bytes) else {
        return false;
    };
    match name {
        "title" => record.title() == Some(piece),
        _ => find(text, piece).is_some(),
    }
}

fn spliced(text: &str, span: std::ops::Range<usize>, by: &str) -> Vec<u8> {
    let mut new = text[..span.start].to_owned();
    new.push_str(by);
    new.push_str(&text[span.end..]);
    new.into_bytes()
}

/// How a piece stands in a file: its line ends and the sign of its list entries.
#[derive(Debug, Clone, Copy)]
struct Form {
    line_end: &'static str,
    bullet: char,
}

impl Form {
    fn of(self, piece: &str) -> String {
        let lines = piece.split('\n').map(|line| match line.strip_prefix("* ") {
            Some(item) => format!("{} {item}", self.bullet),
            None => line.to_owned(),
        });
        lines.collect::<Vec<_>>().join(self.line_end)
    }
}

/// The one place where a piece stands as whole lines, between empty lines or at an end.
fn find(text: &str, piece: &str) -> Option<(std::ops::Range<usize>, Form)> {
    if piece.is_empty() {
        return None;
    }
    let mut found = None;
    let bullets: &[char] = match piece.starts_with("* ") {
        true => &['*', '-', '+'],
        false => &['*'],
    };
    for line_end in ["\n", "\r\n"] {
        for bullet in bullets {
            let form = Form {
                line_end,
                bullet: *bullet,
            };
            let written = form.of(piece);
            for (at, _) in text.match_indices(&written) {
                let span = at..at + written.len();
                if !stands_alone(text, &span) {
                    continue;
                }
                match &found {
                    None => found = Some((span, form)),
                    Some((known, _)) if *known == span => {}
                    Some(_) => return None,
                }
            }
        }
    }
    // Of a single line, the line ends are those around it.
    found.map(|(span, form): (std::ops::Range<usize>, Form)| {
        let line_end = match text[span.end..].starts_with("\r\n") {
            true => "\r\n",
            false => form.line_end,
        };
        (span, Form { line_end, ..form })
    })
}

fn stands_alone(text: &str, span: &std::ops::Range<usize>) -> bool {
    let before = &text[..span.start];
    let behind = &text[span.end..];
    let before = before.trim_start_matches('\u{feff}').replace('\r', "");
    let behind = behind.replace('\r', "");
    (before.is_empty() || before.ends_with("\n\n"))
        && (behind.is_empty() || behind == "\n" || behind.starts_with("\n\n"))
}
