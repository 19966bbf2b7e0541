//! A reading as text, for snapshots.

use std::fmt::Write;

use cargo_kickoff::adr::folder::Folder;
use cargo_kickoff::adr::{Reading, Record};

/// Everything that was read of a folder.
pub(crate) fn folder(folder: &Folder) -> String {
    let mut text = String::new();
    line(&mut text, format!("folder {}", folder.path));
    line(
        &mut text,
        format!(
            "  house {}, {:?}",
            folder.house.dialect.name(),
            folder.house.naming
        ),
    );
    line(
        &mut text,
        format!("  vocabulary {:?}", folder.house.vocabulary),
    );
    let next = folder.next_number(&[]);
    line(
        &mut text,
        format!(
            "  next {} \"{}\"",
            folder.file_name(next, "Don't panic", "2026-02-28"),
            folder.heading(next, "Don't panic")
        ),
    );
    if let Some(mixed) = &folder.house.mixed {
        line(&mut text, format!("  mixed: {mixed}"));
    }
    if let Some(template) = &folder.template {
        line(&mut text, format!("  template {template}"));
    }
    if let Some(policy) = &folder.policy {
        line(&mut text, format!("  policy {}", policy.sentence));
    }
    for index in &folder.indexes {
        let rows: Vec<_> = index
            .rows
            .iter()
            .map(|row| (&row.target, row.number))
            .collect();
        let markers = index.between_markers.is_some();
        line(
            &mut text,
            format!(
                "  index {} markers {markers} columns {:?} {rows:?}",
                index.path, index.columns
            ),
        );
    }
    for duplicate in folder.duplicates() {
        line(
            &mut text,
            format!("  duplicate {} {:?}", duplicate.number, duplicate.paths),
        );
    }
    for found in folder.records.iter().chain(&folder.others) {
        text.push_str(&record(found));
    }
    text
}

/// Everything that was read of a file.
pub(crate) fn record(record: &Record) -> String {
    let mut text = String::new();
    line(&mut text, format!("{}", record.path));
    let fields = match &record.reading {
        Reading::Record(fields) => fields,
        Reading::Other(other) => {
            line(&mut text, format!("  is {other:?}"));
            return text;
        }
        Reading::Opaque { reason, number } => {
            line(
                &mut text,
                format!(
                    "  opaque: {reason}, {:?}",
                    number.as_ref().map(ToString::to_string)
                ),
            );
            return text;
        }
    };
    line(
        &mut text,
        format!(
            "  {} {:?}",
            fields.dialect.name(),
            record.title().unwrap_or_default()
        ),
    );
    if let Some(number) = &fields.number {
        line(
            &mut text,
            format!(
                "  number {number} = {}{} at {:?}",
                number.value,
                number.letter.map(String::from).unwrap_or_default(),
                number.place
            ),
        );
    }
    line(&mut text, format!("  standing {:?}", fields.standing()));
    for mention in &fields.statuses {
        let place = format!("{:?}", mention.place);
        line(
            &mut text,
            format!(
                "  status {:?} {:?} in {:?}, {place}, line {}",
                mention.status,
                mention.token.value,
                record.text(&mention.whole),
                record.line(mention.token.span.start)
            ),
        );
    }
    for date in &fields.dates {
        line(&mut text, format!("  {} {:?}", date.label, date.date.value));
    }
    if !fields.deciders.is_empty() {
        let names: Vec<&str> = fields
            .deciders
            .iter()
            .map(|name| name.value.as_str())
            .collect();
        line(&mut text, format!("  deciders {names:?}"));
    }
    for link in &fields.links {
        line(
            &mut text,
            format!(
                "  link {:?} {:?} {:?}",
                link.kind,
                link.target,
                record.text(&link.span)
            ),
        );
    }
    if let Some(topic) = &fields.topic {
        line(&mut text, format!("  topic {}", topic.value));
    }
    text
}

fn line(text: &mut String, line: impl AsRef<str>) {
    writeln!(text, "{}", line.as_ref()).expect("writing to a string");
}
