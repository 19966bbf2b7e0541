//! What stands above the sections of a new record: front matter, labels, tables.

use std::ops::Range;

use super::super::folder::Folder;
use super::super::record::{Dialect, Fields, Record, StatusMention, StatusPlace};
use super::outline::Model;
use super::{Content, open_word};

/// The head of a new record.
pub(super) struct Head {
    /// With its marker lines.
    pub(super) front_matter: Option<String>,
    /// The title stands in a heading.
    pub(super) has_heading: bool,
    /// Blocks between the title and the first section.
    pub(super) lines: Vec<String>,
    /// What stands under a heading for the status.
    pub(super) status_line: String,
}

impl Head {
    /// Nygard's.
    pub(super) fn plain(date: &str) -> Head {
        Head {
            front_matter: None,
            has_heading: true,
            lines: vec![format!("Date: {date}")],
            status_line: "Proposed".to_owned(),
        }
    }
}

/// The head of the model with another title, status and date; without a model, that of the dialect.
pub(super) fn of(folder: &Folder, model: Option<&Model<'_>>, content: &Content<'_>) -> Head {
    match model {
        Some(model) => Mirror {
            folder,
            model,
            content,
        }
        .head(),
        None => of_dialect(folder, content),
    }
}

fn of_dialect(folder: &Folder, content: &Content<'_>) -> Head {
    let word = open_word(folder, "");
    let date = content.date;
    let plain = Head {
        status_line: word.clone(),
        ..Head::plain(date)
    };
    match folder.house.dialect {
        Dialect::Madr3 | Dialect::Madr4 => Head {
            front_matter: Some(format!("---\nstatus: {word}\ndate: {date}\n---")),
            lines: Vec::new(),
            ..plain
        },
        Dialect::Madr2 | Dialect::Log4brains => {
            let sign = folder.house.bullet;
            Head {
                lines: vec![format!("{sign} Status: {word}\n{sign} Date: {date}")],
                ..plain
            }
        }
        _ => match folder.house.status_place {
            Some(StatusPlace::Section | StatusPlace::Heading | StatusPlace::Log) => plain,
            _ => Head {
                lines: vec![format!("Status: {word}  \nDate: {date}")],
                ..plain
            },
        },
    }
}

struct Mirror<'a> {
    folder: &'a Folder,
    model: &'a Model<'a>,
    content: &'a Content<'a>,
}

/// Labels of people, and of moments that have not come.
const UNSAID: &[&str] = &[
    "accept",
    "decid",
    "decision",
    "approv",
    "review",
    "consult",
    "inform",
    "owner",
    "author",
    "sign",
    "person",
    "people",
    "team",
    "stakeholder",
    "supersed",
    "replace",
    "amend",
    "expir",
    "deadline",
];

impl Mirror<'_> {
    fn fields(&self) -> &Fields {
        self.model.fields
    }

    fn record(&self) -> &Record {
        self.model.record
    }

    fn text(&self, span: Range<usize>) -> &str {
        self.record().text(&span)
    }

    fn head(&self) -> Head {
        let fields = self.fields();
        let title = fields.title.as_ref();
        let front = fields.front_matter.as_ref();
        let title_in_front = title
            .zip(front)
            .is_some_and(|(title, front)| front.contains(&title.span.start));
        Head {
            front_matter: front.and_then(|span| self.front_matter(span.clone())),
            has_heading: !title_in_front,
            lines: self.lines(),
            status_line: self.status_line(),
        }
    }

    fn word(&self, mention: &StatusMention) -> String {
        open_word(self.folder, &mention.token.value)
    }

    fn front_matter(&self, span: Range<usize>) -> Option<String> {
        let mut kept: Vec<String> = Vec::new();
        for line in self.lines_of(span.clone()) {
            kept.extend(self.front_matter_line(line));
        }
        drop_empty_parents(&mut kept);
        if kept.is_empty() {
            return None;
        }
        let marker = match self.text(0..span.start).trim_end().ends_with("+++") {
            true => "+++",
            false => "---",
        };
        Some(format!("{marker}\n{}\n{marker}", kept.join("\n")))
    }

    fn front_matter_line(&self, line: Range<usize>) -> Option<String> {
        let fields = self.fields();
        let text = self.text(line.clone()).to_owned();
        let within = |span: &Range<usize>| line.start <= span.start && span.end <= line.end;
        let replaced = |span: &Range<usize>, by: &str| {
            let before = self.text(line.start..span.start);
            // What follows the value is about that value: a comment, an end of a quote.
            let behind = self.text(span.end..line.end);
            let quote: String = behind
                .chars()
                .take_while(|c| matches!(c, '"' | '\''))
                .collect();
            format!("{before}{by}{quote}")
        };
        let (key, _) = text.split_once([':', '=']).unwrap_or((&text, ""));
        let key = key.trim().to_lowercase();
        if let Some(mention) = fields.statuses.iter().find(|one| within(&one.token.span)) {
            let word = self.word(mention);
            return match mention.place {
                StatusPlace::Tag => {
                    let (before, _) = text.split_once('[')?;
                    Some(format!("{before}[{word}]"))
                }
                _ => Some(replaced(&mention.whole, &word)),
            };
        }
        let title = fields.title.as_ref().filter(|title| within(&title.span));
        if key == "title" && title.is_some() {
            let heading = self.folder.heading(self.content.number, self.content.title);
            let quoted = format!("{:?}", heading.replace(['"', '\\'], "'"));
            let at = text.find([':', '='])? + 1;
            return Some(format!("{} {quoted}", &text[..at]));
        }
        if let Some(mention) = fields.dates.iter().find(|one| within(&one.date.span)) {
            let is_unsaid = UNSAID.iter().any(|word| mention.label.contains(word));
            return (!is_unsaid).then(|| replaced(&mention.date.span, self.content.date));
        }
        // `title: |`, with the title in the next line.
        if title.is_some() {
            let indent = &text[..text.len() - text.trim_start().len()];
            let heading = self.folder.heading(self.content.number, self.content.title);
            return Some(format!("{indent}{heading}"));
        }
        if key == "title" && text.trim_end().ends_with(['|', '>']) {
            return Some(text);
        }
        let is_parent = text.trim_end().ends_with(':');
        if !is_parent && matches!(key.as_str(), "number" | "adr" | "id" | "slug") {
            let (old, new) = fields.number.as_ref().zip(self.content.number)?;
            let at = text.rfind(&old.digits)?;
            let behind = &text[at + old.digits.len()..];
            let width = old.width();
            let is_whole = behind.trim_matches(['"', '\'', ' ']).is_empty();
            return is_whole.then(|| format!("{}{new:0width$}{behind}", &text[..at]));
        }
        // An entry of a list that all of them have is about what they are about.
        if text.trim_start().starts_with("- ") {
            return None;
        }
        // Of mappings, those without parts are dropped in the end.
        let is_kept = is_parent || self.is_in_all(&text);
        (is_kept && !self.is_of_people(line, &key)).then_some(text)
    }

    /// Blocks between the title and the first section.
    fn lines(&self) -> Vec<String> {
        let fields = self.fields();
        let title_end = fields.heading_of_title().map(|heading| heading.end);
        let start = title_end
            .or_else(|| Some(fields.front_matter.as_ref()?.end + "---\n".len()))
            .unwrap_or_default();
        let sections = fields.sections.iter();
        let end = sections
            .map(|section| section.heading.start)
            .find(|at| *at >= start)
            .unwrap_or(self.record().bytes.len());
        let mut blocks: Vec<Vec<String>> = vec![Vec::new()];
        let lines: Vec<Range<usize>> = self.lines_of(start..end).collect();
        for (at, line) in lines.iter().enumerate() {
            if self.text(line.clone()).trim().is_empty() {
                blocks.push(Vec::new());
            } else if let Some(kept) = self.label_line(&lines, at)
                && let Some(block) = blocks.last_mut()
            {
                block.push(kept);
            }
        }
        let said = |place: &StatusPlace| {
            matches!(
                place,
                StatusPlace::Section
                    | StatusPlace::Heading
                    | StatusPlace::Log
                    | StatusPlace::FrontMatter { .. }
                    | StatusPlace::Tag
            )
        };
        let stands_here =
            |mention: &StatusMention| (start..end).contains(&mention.token.span.start);
        let is_said = fields
            .statuses
            .iter()
            .any(|one| said(&one.place) || stands_here(one));
        let mut blocks: Vec<String> = blocks
            .into_iter()
            .filter(|block| !block.is_empty() && !is_bare_table(block))
            .map(|block| block.join("\n").trim_end().to_owned())
            .collect();
        if !is_said {
            blocks.push(format!("Status: {}", open_word(self.folder, "")));
        }
        blocks
    }

    fn label_line(&self, lines: &[Range<usize>], at: usize) -> Option<String> {
        let fields = self.fields();
        let line = lines[at].clone();
        let text = self.text(line.clone()).to_owned();
        let within = |span: &Range<usize>| line.contains(&span.start);
        let is_of_people = fields.deciders.iter().any(|one| within(&one.span));
        let status = fields.statuses.iter().find(|one| within(&one.token.span));
        let date = fields.dates.iter().find(|one| within(&one.date.span));
        let is_unsaid = |label: &str| UNSAID.iter().any(|word| label.contains(word));
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        if let Some(mention) = status {
            edits.push((mention.whole.clone(), self.word(mention)));
        }
        if let Some(mention) = date.filter(|one| !is_unsaid(&one.label)) {
            edits.push((mention.date.span.clone(), self.content.date.to_owned()));
        }
        edits.sort_by_key(|(span, _)| span.start);
        if edits.is_empty() {
            let is_label_of_status = fields.statuses.iter().any(|one| {
                lines
                    .get(at + 1)
                    .is_some_and(|next| next.contains(&one.token.span.start))
            }) && text.trim_end_matches([' ', '*', '_']).ends_with(':');
            let is_frame = is_rule(&text)
                || lines
                    .get(at + 1)
                    .is_some_and(|next| is_rule(self.text(next.clone())));
            let label = text.split([':', '|']).find(|part| !part.trim().is_empty());
            let is_person =
                is_of_people || label.is_some_and(|label| is_unsaid(&label.to_lowercase()));
            let is_kept = date.is_none()
                && (is_label_of_status || is_frame || self.is_in_all(&text) && !is_person);
            return is_kept.then_some(text);
        }
        let mut written = String::new();
        let mut from = line.start;
        for (span, by) in &edits {
            written.push_str(self.text(from..span.start));
            written.push_str(by);
            from = span.end;
        }
        let behind = self.text(from..line.end);
        // Another label in the same line is nobody's to fill in.
        let is_markup = behind.chars().all(|c| !c.is_alphanumeric());
        if is_markup {
            written.push_str(behind);
        }
        Some(written)
    }

    /// The line under the heading for the status, with the markup that the model has around its word.
    fn status_line(&self) -> String {
        let in_section = |one: &&StatusMention| one.place == StatusPlace::Section;
        let Some(mention) = self.fields().statuses.iter().find(in_section) else {
            return open_word(self.folder, "");
        };
        let word = self.word(mention);
        let line = self
            .lines_of(0..self.record().bytes.len())
            .find(|line| line.contains(&mention.token.span.start))
            .unwrap_or_else(|| mention.token.span.clone());
        // What is struck out or marked before the word is no form, and emphasis that ends further on ends with the word.
        let before = self.text(line.start..mention.token.span.start);
        let (bullet, before) = match before.split_at_checked(2) {
            Some((bullet @ ("- " | "* " | "+ "), rest)) => (bullet, rest),
            _ => ("", before),
        };
        let emphasis: String = before
            .chars()
            .rev()
            .take_while(|c| matches!(c, '*' | '_' | '`'))
            .collect();
        format!("{bullet}{emphasis}{word}{emphasis}")
    }

    fn is_of_people(&self, line: Range<usize>, key: &str) -> bool {
        let people = self.fields().deciders.iter();
        UNSAID.iter().any(|word| key.contains(word))
            || people.into_iter().any(|one| line.contains(&one.span.start))
    }

    /// Whether all newest records have the line, so that it is the form and not what somebody said.
    fn is_in_all(&self, text: &str) -> bool {
        let others = &self.model.others;
        !others.is_empty()
            && others.iter().all(|(record, _)| {
                let bytes = String::from_utf8_lossy(&record.bytes).into_owned();
                bytes.lines().any(|line| line == text)
            })
    }

    /// The lines of a span, without their ends.
    fn lines_of(&self, span: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let mut at = span.start;
        self.text(span).split_inclusive('\n').map(move |line| {
            let start = at;
            at += line.len();
            start..start + line.trim_end_matches(['\n', '\r']).len()
        })
    }
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') && line.contains('-') && line.chars().all(|c| "|-: \t".contains(c))
}

/// A table of which only the head is left.
fn is_bare_table(block: &[String]) -> bool {
    block.last().is_some_and(|line| is_rule(line)) && !block[0].to_lowercase().contains("status")
}

/// `adr:` without anything below it.
fn drop_empty_parents(lines: &mut Vec<String>) {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut at = 0;
    while at < lines.len() {
        let is_parent = lines[at].trim_end().ends_with(':');
        let has_parts = lines.get(at + 1).is_some_and(|next| {
            indent(next) > indent(&lines[at]) || next.trim_start().starts_with("- ")
        });
        if is_parent && !has_parts {
            lines.remove(at);
            at = 0;
        } else {
            at += 1;
        }
    }
}
