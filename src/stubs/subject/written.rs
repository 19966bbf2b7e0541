//! Records that are made from answers, as those of a new service.

use camino::Utf8Path;

use super::Subject;
use crate::adr::folder::Folder;
use crate::adr::{Fields, Record, read};

/// The text under each heading but that for the status, by the name of the heading.
pub(super) fn pieces(text: &str) -> Vec<(String, String)> {
    let record = as_record(text);
    let Some(fields) = record.fields() else {
        return Vec::new();
    };
    let mut pieces = Vec::new();
    for (at, section) in fields.sections.iter().enumerate() {
        let end = fields
            .sections
            .get(at + 1)
            .map_or(section.body.end, |next| next.heading.start);
        let body = record.text(&(section.body.start..end)).trim();
        let name = section.name.value.to_lowercase();
        if section.level > 1 && name != "status" && !body.is_empty() {
            pieces.push((name.replace(' ', "-"), body.to_owned()));
        }
    }
    pieces
}

/// The whole file.
pub(super) fn marked(
    folder: &Folder,
    path: &Utf8Path,
    subject: &Subject,
    text: &str,
    number: Option<u64>,
) -> Vec<u8> {
    let record = as_record(text);
    let heading = record.fields().and_then(Fields::heading_of_title);
    let mut text = text.trim_end().to_owned();
    if let Some(span) = heading {
        let heading = folder.heading(number, &subject.title);
        text.replace_range(span, &format!("# {heading}\n"));
    }
    let mark = match path.extension() {
        Some("adoc" | "asciidoc" | "asc") => format!("// kickoff: topic {}", subject.topic),
        _ => format!("<!-- kickoff: topic {} -->", subject.topic),
    };
    let text = format!("{text}\n\n{mark}\n").replace('\n', folder.house.line_ending.text());
    let bom = if folder.house.bom { "\u{feff}" } else { "" };
    format!("{bom}{text}").into_bytes()
}

fn as_record(text: &str) -> Record {
    read("docs/adr/0001-record.md".into(), text.as_bytes().to_vec())
}
