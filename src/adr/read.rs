//! One file of a decision folder, in any dialect.

mod details;
mod front_matter;
mod headings;
pub(super) mod kind;
mod labels;
mod links;
mod mask;
pub(super) mod number;
mod status;
mod title;
mod token;
pub(super) mod words;

use camino::Utf8Path;

pub(super) use self::headings::plain_name;
use self::labels::Labelled;
use self::mask::Markup;
use super::record::{Fields, Other, Reading, Record, Section, Status};

/// Reads a file. Never fails: what cannot be read is [`Reading::Opaque`], what is no decision is [`Reading::Other`].
///
/// `path` is relative to the root of the workspace, with `/` between the parts; it decides the number and whether the file is a
/// template or a README.
pub fn read(path: &Utf8Path, bytes: Vec<u8>) -> Record {
    read_as(path, bytes, Place::Anywhere)
}

/// As [`read()`], for a file of a folder that somebody named as one of decisions, whatever it is called.
pub fn read_declared(path: &Utf8Path, bytes: Vec<u8>) -> Record {
    read_as(path, bytes, Place::AmongRecords)
}

/// As [`read()`], for a file that is known to be a record.
pub(super) fn read_known(path: &Utf8Path, bytes: Vec<u8>) -> Record {
    read_as(path, bytes, Place::OfRecord)
}

/// What is known of a file before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    AmongRecords,
    OfRecord,
}

fn read_as(path: &Utf8Path, bytes: Vec<u8>, place: Place) -> Record {
    let reading = match std::str::from_utf8(&bytes) {
        Ok(text) => {
            let (fields, other) = gather(path, text, place);
            other.map_or_else(|| Reading::Record(Box::new(fields)), Reading::Other)
        }
        Err(_) => Reading::Opaque {
            reason: "it is not UTF-8".to_owned(),
            number: number::of_path(path),
        },
    };
    Record {
        path: path.to_owned(),
        bytes,
        reading,
    }
}

/// Whether a section is the one about the status.
pub(super) fn is_status_section(section: &Section) -> bool {
    status::section_of_status(section).is_some()
}

/// The fields of a file that is not a record itself but shows how one is written.
pub(super) fn fields_of_template(path: &Utf8Path, bytes: &[u8]) -> Option<Fields> {
    let (fields, _) = gather(path, std::str::from_utf8(bytes).ok()?, Place::OfRecord);
    Some(fields)
}

/// A text with everything hidden that is code, comment or quote; offsets stay.
pub(crate) fn visible(path: &Utf8Path, text: &str) -> String {
    mask::mask(text, bom_length(text), markup(path)).text
}

fn bom_length(text: &str) -> usize {
    if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    }
}

fn markup(path: &Utf8Path) -> Markup {
    match path.extension() {
        Some("adoc" | "asciidoc" | "asc") => Markup::AsciiDoc,
        _ => Markup::Markdown,
    }
}

/// The fields of a text, and what it is if it is not a record.
fn gather(path: &Utf8Path, text: &str, place: Place) -> (Fields, Option<Other>) {
    let start = bom_length(text);
    let markup = markup(path);
    let front_matter = front_matter::read(text, start);
    let body = front_matter.as_ref().map_or(start, |found| found.end);
    let mask::Masked {
        text: masked,
        comments,
    } = mask::mask(text, body, markup);
    let sections = headings::read(text, &masked, body, markup);
    let title = title::read(&masked, body, front_matter.as_ref(), &sections);
    let labels = head_labels(&masked, body, &sections);
    let mut statuses = status::read(text, &masked, front_matter.as_ref(), &sections, &labels);
    if statuses.mentions.is_empty() && !statuses.is_placeholder {
        statuses = status_anywhere(text, &masked, body, statuses);
    }
    let topic = details::topic(text, &comments);
    let number = number::of_path(path)
        .or_else(|| title.number.clone())
        .or_else(|| details::number_in_front_matter(front_matter.as_ref()));
    let evidence = kind::Evidence {
        path,
        is_among_records: place != Place::Anywhere || kind::is_in_telling_folder(path),
        masked: &masked,
        front_matter: front_matter.as_ref(),
        sections: &sections,
        statuses: &statuses.mentions,
        status_is_placeholder: statuses.is_placeholder,
        title: title.title.as_ref().map(|title| title.value.as_str()),
        number_in_title: title.number.is_some(),
        title_says_record: says_record(title.number.as_ref().map(|number| number.prefix.as_str()))
            || says_record(number.as_ref().map(|number| number.prefix.as_str())),
        has_topic: topic.is_some(),
    };
    let other = if place == Place::OfRecord {
        None
    } else {
        evidence.other()
    };
    let fields = Fields {
        dialect: evidence.dialect(),
        number,
        number_in_title: title.number,
        statuses: statuses.mentions,
        dates: details::dates(text, front_matter.as_ref(), &labels),
        deciders: details::deciders(text, front_matter.as_ref(), &labels),
        links: links::read(text, &masked, front_matter.as_ref()),
        topic,
        title: title.title,
        sections,
        front_matter: front_matter.map(|found| found.span),
        encoding: details::encoding(text),
    };
    (fields, other)
}

fn says_record(prefix: Option<&str>) -> bool {
    prefix.is_some_and(|prefix| {
        prefix
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| words::is_record_word(word) && !word.eq_ignore_ascii_case("no"))
    })
}

/// The labels in the head of the record: before the first section that weighs anything, and in sections that only hold labels.
fn head_labels(masked: &str, body: usize, sections: &[Section]) -> Vec<Labelled> {
    let is_head = |section: &Section| {
        let name = headings::plain_name(section);
        [
            "metadata",
            "meta",
            "info",
            "information",
            "document information",
            "details",
            "record",
        ]
        .contains(&name.as_str())
            || (section.level == 1 && status::section_of_status(section).is_none())
    };
    let first = sections
        .first()
        .map_or(masked.len(), |section| section.heading.start);
    let mut labels = labels::read(masked, body..first);
    let mut is_in_head = true;
    for (at, section) in sections.iter().enumerate() {
        let about_status = status::section_of_status(section).is_some();
        is_in_head &= at == 0 || is_head(section) || about_status;
        if about_status {
            // What it says about the status was read with the section.
            let stretch = headings::own_body(sections, at);
            let others = labels::read(masked, stretch).into_iter();
            labels.extend(others.filter(|labelled| !words::is_status_label(&labelled.label)));
        } else if is_in_head || is_head(section) {
            labels.extend(labels::read(masked, headings::own_body(sections, at)));
        }
    }
    labels
}

/// Where the head says nothing, a labelled line further down is better than nothing; but only with a word that we know.
fn status_anywhere(
    text: &str,
    masked: &str,
    body: usize,
    found: status::Statuses,
) -> status::Statuses {
    let labels = labels::read(masked, body..masked.len());
    let anywhere = status::read(text, masked, None, &[], &labels);
    let known = anywhere
        .mentions
        .into_iter()
        .find(|mention| mention.status != Status::Other);
    status::Statuses {
        mentions: known.into_iter().collect(),
        is_placeholder: found.is_placeholder || anywhere.is_placeholder,
    }
}
