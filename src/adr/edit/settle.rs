//! A draft that gets its place among the records: a path, a number, and what links to it follows.

use camino::Utf8Path;

use super::super::folder::{Folder, Seat};
use super::super::paths::{decoded, join, relative};
use super::super::read::visible;
use super::super::record::{Dialect, Record, Span, Target};
use super::splice::Splice;
use super::{EditError, Edited, fields};

/// `record` at its seat: with its number before the title where the headings of the house give it. Links of its own still lead where
/// they led.
///
/// # Errors
/// It would not be read as the same record with that number.
pub fn settle(record: &Record, folder: &Folder, seat: &Seat) -> Result<Edited, EditError> {
    let before = fields(record)?;
    let mut splice = Splice::of(record);
    if before.number_in_title.is_none()
        && before.heading_of_title().is_some()
        && let Some(title) = &before.title
    {
        splice.insert(title.span.start, folder.heading(seat.number, ""));
    }
    for (span, link) in followed(record, &seat.path, record) {
        splice.replace(span, link);
    }
    let wanted = seat.number.map_or_else(
        || "the same record".to_owned(),
        |number| format!("number {number}"),
    );
    splice.verified_at(&seat.path, &wanted, |after| {
        let value = after.number.as_ref().map(|number| number.value);
        after.standing() == before.standing()
            && after.statuses.len() == before.statuses.len()
            && (seat.number.is_none() || value == seat.number)
    })
}

/// `record` with its links to `moved`, which goes to `path`; nothing where it has none.
///
/// # Errors
/// It would not be read as the same record.
pub fn follow(
    record: &Record,
    moved: &Record,
    path: &Utf8Path,
) -> Result<Option<Edited>, EditError> {
    let mut splice = Splice::of(record);
    let links = followed(record, path, moved);
    if links.is_empty() {
        return Ok(None);
    }
    for (span, link) in links {
        splice.replace(span, link);
    }
    let wanted = format!("linked to `{path}`");
    splice.verified(&wanted, |_| true).map(Some)
}

/// The links of `record` that have to be written otherwise when `moved`, which may be itself, goes to `path`.
fn followed(record: &Record, path: &Utf8Path, moved: &Record) -> Vec<(Span, String)> {
    let folder = |path: &Utf8Path| path.parent().unwrap_or(Utf8Path::new("")).to_owned();
    let from = folder(&record.path);
    let to = match record.path == moved.path {
        true => folder(path),
        false => from.clone(),
    };
    let mut links = Vec::new();
    for span in destinations(record) {
        let written = decoded(record.text(&span));
        let Some(meant) = join(&from, &written) else {
            continue;
        };
        let meant = match meant == moved.path {
            true => path.to_owned(),
            false => meant,
        };
        if join(&to, &written).as_ref() != Some(&meant) {
            links.push((span, relative(&to, &meant).replace(' ', "%20")));
        }
    }
    links
}

/// Where the paths of links stand, without fragment, in the order of the file.
fn destinations(record: &Record) -> Vec<Span> {
    let Ok(text) = std::str::from_utf8(&record.bytes) else {
        return Vec::new();
    };
    let shown = visible(&record.path, text);
    let mut spans: Vec<Span> = Vec::new();
    let mut take = |start: usize| {
        let rest = &shown[start..];
        let end = rest.find([')', ' ', '#', '[', '\t', '\r', '\n']);
        spans.push(start..start + end.unwrap_or(rest.len()));
    };
    let dialect = record.fields().map(|fields| fields.dialect);
    let signs: &[&str] = match dialect == Some(Dialect::AsciiDoc) {
        true => &["xref:", "link:"],
        // An inline link or image, and the definition of a reference.
        false => &["](", "]: "],
    };
    for sign in signs {
        for (at, _) in shown.match_indices(sign) {
            let line = shown[..at].rfind('\n').map_or(0, |at| at + 1);
            let defines = shown[line..at].trim_start().starts_with('[');
            if *sign != "]: " || defines && !shown[line..at].contains(']') {
                take(at + sign.len());
            }
        }
    }
    let of_record = record.fields().map_or(&[][..], |fields| &fields.links);
    for link in of_record {
        // In front matter a path stands alone.
        if let Target::Path(written) = &link.target
            && let Some(at) = record.text(&link.span).rfind(written.as_str())
        {
            let start = link.span.start + at;
            spans.push(start..start + written.len());
        }
    }
    spans.sort_by_key(|span| span.start);
    spans.dedup_by_key(|span| span.start);
    spans.retain(|span| {
        let written = record.text(span);
        !written.is_empty() && !written.starts_with('/') && !written.contains([':', '<'])
    });
    spans
}
