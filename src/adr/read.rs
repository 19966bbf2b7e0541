//! One file of a decision folder, in any dialect.

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

use std::ops::Range;

use camino::Utf8Path;

use self::front_matter::FrontMatter;
use self::labels::Labelled;
use self::mask::Markup;
use super::record::{
    DateMention, Encoding, Fields, LineEnding, Other, Reading, Record, Section, Spanned,
};

/// Reads a file. Never fails: what cannot be read is [`Reading::Opaque`], what is no decision is [`Reading::Other`].
///
/// `path` is relative to the root of the workspace, with `/` between the parts; it decides the number and whether the file is a
/// template or a README.
pub fn read(path: &Utf8Path, bytes: Vec<u8>) -> Record {
    let reading = match std::str::from_utf8(&bytes) {
        Ok(text) => read_text(path, text),
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

/// The fields of a file that is not a record itself but shows how one is written.
pub(super) fn fields_of_template(path: &Utf8Path, bytes: &[u8]) -> Option<Fields> {
    let (fields, _) = gather(path, std::str::from_utf8(bytes).ok()?);
    Some(fields)
}

/// A text with everything hidden that is code, comment or quote; offsets stay.
pub(super) fn visible(path: &Utf8Path, text: &str) -> String {
    mask::mask(text, bom_length(text), markup(path)).text
}

fn read_text(path: &Utf8Path, text: &str) -> Reading {
    let (fields, other) = gather(path, text);
    other.map_or_else(|| Reading::Record(Box::new(fields)), Reading::Other)
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
fn gather(path: &Utf8Path, text: &str) -> (Fields, Option<Other>) {
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
    let topic = topic(text, &comments);
    let number = number::of_path(path)
        .or_else(|| title.number.clone())
        .or_else(|| number_in_front_matter(front_matter.as_ref()));
    let evidence = kind::Evidence {
        path,
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
    let other = evidence.other();
    let fields = Fields {
        dialect: evidence.dialect(),
        number,
        number_in_title: title.number,
        statuses: statuses.mentions,
        dates: dates(text, front_matter.as_ref(), &labels),
        deciders: deciders(text, front_matter.as_ref(), &labels),
        links: links::read(text, &masked, front_matter.as_ref()),
        topic,
        title: title.title,
        sections,
        front_matter: front_matter.map(|found| found.span),
        encoding: encoding(text),
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
        .find(|mention| mention.status != super::record::Status::Other);
    status::Statuses {
        mentions: known.into_iter().collect(),
        is_placeholder: found.is_placeholder || anywhere.is_placeholder,
    }
}

fn number_in_front_matter(front_matter: Option<&FrontMatter>) -> Option<super::record::Number> {
    let entries = &front_matter?.entries;
    let entry = entries.iter().find(|entry| {
        matches!(
            entry.key.as_str(),
            "number" | "adr" | "id" | "adr.number" | "slug"
        )
    })?;
    let value = entry.values.first()?;
    let found = number::in_name(&value.value).filter(|found| found.length == value.value.len())?;
    found.at(super::record::NumberPlace::FrontMatter(value.span.clone()))
}

fn dates(text: &str, front_matter: Option<&FrontMatter>, labels: &[Labelled]) -> Vec<DateMention> {
    let mut dates = Vec::new();
    for entry in front_matter.map_or(&[][..], |found| &found.entries) {
        let label = entry.key.rsplit('.').next().unwrap_or_default();
        if words::is_date_label(label) {
            dates.extend(entry.values.iter().map(|value| DateMention {
                date: value.clone(),
                label: label.to_owned(),
            }));
        }
    }
    for labelled in labels {
        if words::is_date_label(&labelled.label) && !labelled.value.is_empty() {
            dates.push(DateMention {
                date: spanned(text, labelled.value.clone()),
                label: labelled.label.clone(),
            });
        }
    }
    dates
}

fn deciders(
    text: &str,
    front_matter: Option<&FrontMatter>,
    labels: &[Labelled],
) -> Vec<Spanned<String>> {
    let mut found: Vec<Spanned<String>> = Vec::new();
    for entry in front_matter.map_or(&[][..], |found| &found.entries) {
        let last = entry.key.rsplit('.').next().unwrap_or_default();
        if words::is_decider_label(&entry.key) || words::is_decider_label(last) {
            match entry.values.as_slice() {
                [one] => found.extend(names(text, one.span.clone())),
                several => found.extend(several.iter().cloned()),
            }
        }
    }
    let named = labels
        .iter()
        .filter(|labelled| words::is_decider_label(&labelled.label));
    found.extend(named.flat_map(|labelled| names(text, labelled.value.clone())));
    found
}

/// The names of a list: `Ada, Grace`.
fn names(text: &str, range: Range<usize>) -> Vec<Spanned<String>> {
    let mut at = range.start;
    let mut names = Vec::new();
    for part in text[range].split(',') {
        let begin = at + part.len() - part.trim_start().len();
        at += part.len() + 1;
        let name = part.trim();
        if !name.is_empty() && !name.starts_with(['{', '[']) {
            names.push(spanned(text, begin..begin + name.len()));
        }
    }
    names
}

fn spanned(text: &str, span: Range<usize>) -> Spanned<String> {
    Spanned {
        value: text[span.clone()].to_owned(),
        span,
    }
}

/// The topic of a stub of ours: the first comment that names one.
fn topic(text: &str, comments: &[Range<usize>]) -> Option<Spanned<String>> {
    comments.iter().find_map(|comment| {
        let body = text[comment.clone()].trim_start_matches(['<', '!', '-', '/', ' ']);
        let name = body.strip_prefix("kickoff: topic ")?.trim_start();
        let begin = comment.end - name.len();
        let name = name.trim_end_matches("-->").trim_end();
        (!name.is_empty()).then(|| spanned(text, begin..begin + name.len()))
    })
}

fn encoding(text: &str) -> Encoding {
    let lf = text.matches('\n').count();
    let crlf = text.matches("\r\n").count();
    let first_is_crlf = text.find('\n').is_some_and(|at| text[..at].ends_with('\r'));
    Encoding {
        bom: text.starts_with('\u{feff}'),
        line_ending: match (crlf, lf - crlf) {
            (0, _) => LineEnding::Lf,
            (_, 0) => LineEnding::CrLf,
            _ => LineEnding::Mixed { first_is_crlf },
        },
        final_newline: text.ends_with('\n'),
    }
}
