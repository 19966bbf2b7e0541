//! The template of the house, filled in as far as it can be: title, number, date and status. What it asks stays for a person to answer.

use camino::Utf8Path;

use super::super::folder::Folder;
use super::super::read::{fields_of_template, is_status_section, read};
use super::super::record::{Fields, Record, Span, Standing, Status};
use super::{Content, open_word};

/// The bytes of a new record at `path` from the folder's template; `None` where there is none, or what comes of it does not read as it
/// should.
pub fn from_template(folder: &Folder, path: &Utf8Path, content: &Content<'_>) -> Option<Vec<u8>> {
    let is_template = |record: &&Record| Some(&record.path) == folder.template.as_ref();
    let template = folder.others.iter().find(is_template)?;
    let text = std::str::from_utf8(&template.bytes).ok()?;
    let filled = match is_of_adr_tools(text) {
        true => filled_words(text, folder, content),
        false => {
            let fields = fields_of_template(&template.path, &template.bytes)?;
            filled_places(template, text, &fields, folder, content)?
        }
    };
    let record = read(path, filled.into_bytes());
    let fields = record.fields()?;
    let is_open = matches!(
        fields.standing(),
        Standing::Said(Status::Proposed | Status::Draft)
    );
    let number = fields.number.as_ref().map(|number| number.value);
    let says = is_open
        && record.title() == Some(content.title)
        && (content.number.is_none() || number == content.number);
    says.then_some(record.bytes)
}

/// `# NUMBER. TITLE`: words that adr-tools replaces wherever they stand.
fn is_of_adr_tools(text: &str) -> bool {
    let mut headings = text.lines().filter(|line| line.starts_with('#'));
    headings.any(|line| line.contains("NUMBER") && line.contains("TITLE"))
}

fn filled_words(text: &str, folder: &Folder, content: &Content<'_>) -> String {
    let number = content
        .number
        .map_or_else(String::new, |number| number.to_string());
    text.replace("NUMBER", &number)
        .replace("TITLE", content.title)
        .replace("DATE", content.date)
        .replace("STATUS", &open_word(folder, ""))
}

fn filled_places(
    template: &Record,
    text: &str,
    fields: &Fields,
    folder: &Folder,
    content: &Content<'_>,
) -> Option<String> {
    let title = fields.title.as_ref()?;
    let heading = fields
        .sections
        .iter()
        .find(|section| section.heading.contains(&title.span.start))?;
    let mut edits: Vec<(Span, String)> = vec![(
        heading.name.span.clone(),
        folder.heading(content.number, content.title),
    )];
    for mention in &fields.statuses {
        let word = open_word(folder, &mention.token.value);
        edits.push((mention.whole.clone(), word));
    }
    if fields.statuses.is_empty() {
        let place = labelled(text, "status").or_else(|| under_status(template, fields))?;
        edits.push((place, open_word(folder, "")));
    }
    let date = || content.date.to_owned();
    let dates = fields.dates.iter().map(|mention| mention.date.span.clone());
    edits.extend(dates.map(|span| (span, date())));
    if fields.dates.is_empty() {
        edits.extend(labelled(text, "date").map(|span| (span, date())));
    }
    edits.sort_by_key(|(span, _)| span.start);
    let mut filled = String::with_capacity(text.len() + 80);
    let mut at = 0;
    for (span, new) in edits {
        if span.start < at {
            return None;
        }
        filled.push_str(&text[at..span.start]);
        filled.push_str(&new);
        at = span.end;
    }
    filled.push_str(&text[at..]);
    Some(filled)
}

/// What stands behind a label, quotes and all: `{proposed | rejected}` in `* Status: {proposed | rejected}`.
fn labelled(text: &str, label: &str) -> Option<Span> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start_matches(['*', '-', '+', ' ', '_', '#']);
        let begins = body
            .get(..label.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(label));
        let behind = body.get(label.len()..).unwrap_or_default();
        let value = behind
            .trim_start_matches(['*', '_', ' '])
            .strip_prefix(':')
            .map(|rest| rest.trim_start_matches(['*', '_', ' ']));
        if let Some(value) = value.filter(|_| begins) {
            let from = start + line.len() - value.len();
            // What stands behind it as a comment is the template's word on it.
            let kept = value.split("<!--").next().unwrap_or_default();
            let kept = kept.split(" # ").next().unwrap_or_default();
            return Some(from..from + kept.trim_end().len());
        }
        start += line.len();
    }
    None
}

/// The first line under the heading for the status.
fn under_status(template: &Record, fields: &Fields) -> Option<Span> {
    let section = fields
        .sections
        .iter()
        .find(|section| is_status_section(section))?;
    let body = template.text(&section.body);
    let line = body.lines().find(|line| !line.trim().is_empty())?;
    let from = section.body.start + body.find(line)?;
    Some(from..from + line.trim_end().len())
}
