//! Whether a file is a decision record, and in which form it is written.

use camino::Utf8Path;

use super::super::record::{Dialect, Other, Section, StatusMention, StatusPlace};
use super::front_matter::FrontMatter;
use super::headings::plain_name;
use super::mask::lines;
use super::{number, words};

/// What was seen of a file.
pub(super) struct Evidence<'a> {
    pub(super) path: &'a Utf8Path,
    pub(super) is_among_records: bool,
    pub(super) masked: &'a str,
    pub(super) front_matter: Option<&'a FrontMatter>,
    pub(super) sections: &'a [Section],
    pub(super) statuses: &'a [StatusMention],
    pub(super) status_is_placeholder: bool,
    pub(super) title: Option<&'a str>,
    pub(super) number_in_title: bool,
    pub(super) title_says_record: bool,
    pub(super) has_topic: bool,
}

/// Names of files that introduce or list others.
const LISTS: &[&str] = &[
    "index",
    "_index",
    "summary",
    "toc",
    "adr-log",
    "adrlog",
    "adr-index",
    "adr_index",
    "decision-log",
    "decisions",
    "adrs",
];

impl Evidence<'_> {
    /// What the file is if it is not a record.
    pub(super) fn other(&self) -> Option<Other> {
        let stem = number::stem(self.path).to_lowercase();
        if self.has_topic {
            return None;
        }
        if self.is_template(&stem) {
            return Some(Other::Template);
        }
        let is_alone =
            number::is_name_in_folder(&stem) && number::in_folder_name(self.path).is_some();
        if !is_alone {
            if stem == "readme" {
                return Some(Other::Readme);
            }
            let is_named = number::in_name(&stem).is_some();
            if LISTS.contains(&stem.as_str())
                || (!is_named && self.linked_rows() >= 3 && self.statuses.is_empty())
            {
                return Some(Other::Index);
            }
        }
        (!self.is_record()).then_some(Other::Prose)
    }

    fn is_template(&self, stem: &str) -> bool {
        let is_folder = |name: &str| {
            matches!(
                name.to_lowercase().as_str(),
                "template" | "templates" | "_templates"
            )
        };
        let in_folder = self
            .path
            .parent()
            .is_some_and(|parent| parent.components().any(|part| is_folder(part.as_str())));
        let is_title_open = self.title.is_some_and(is_open_title);
        // `0039-use-a-template-engine` is about templates, `0000-template` is one.
        let is_named = match number::in_name(stem) {
            Some(found) => stem[found.length..].trim_start_matches(['-', '_', ' ']) == "template",
            None => stem.contains("template"),
        };
        is_named
            || in_folder
            || is_title_open
                && (self.status_is_placeholder
                    || self.statuses.is_empty()
                    || stem.starts_with("nnn")
                    || stem.starts_with("xxx"))
    }

    fn is_record(&self) -> bool {
        let numbered = number::of_path(self.path).is_some();
        let named = numbered || number::date_length(number::stem(self.path)).is_some();
        let says_status = !self.statuses.is_empty();
        let mut names: Vec<String> = self
            .sections
            .iter()
            .map(plain_name)
            .filter(|name| words::is_decision_section(name))
            .collect();
        let decides = names.iter().any(|name| decides(name));
        names.sort();
        names.dedup();
        let weighs = names.len() >= 2 || self.is_y_statement();
        let known = self.title_says_record && (numbered || self.number_in_title);
        if self.is_among_records {
            // Beside records people keep plans and notes: these have neither number, status nor decision.
            return numbered
                || named && (says_status || !names.is_empty())
                || says_status && (self.number_in_title || !names.is_empty())
                || weighs && (decides || self.is_y_statement());
        }
        known && (says_status || !names.is_empty())
            || weighs && decides && (named || says_status)
            || decides && named && says_status
            || self.is_y_statement() && named
    }

    /// The rows and entries that link to files named like records.
    fn linked_rows(&self) -> usize {
        lines(self.masked, 0)
            .filter(|line| {
                let text = self.masked[line.clone()].trim_start();
                let is_row = text.starts_with(['|', '-', '*', '+']);
                is_row
                    && text.split("](").skip(1).any(|rest| {
                        let destination = rest.split(')').next().unwrap_or_default();
                        let name = destination.rsplit('/').next().unwrap_or_default();
                        number::in_name(name).is_some() || number::date_length(name).is_some()
                    })
            })
            .count()
    }

    fn is_y_statement(&self) -> bool {
        // Most records are told apart by the first phrase, without a copy of the text.
        let Some(at) = find_ignoring_case(self.masked, "in the context of") else {
            return false;
        };
        let lower = self.masked[at..].to_ascii_lowercase();
        lower.contains("facing")
            && ["we decided", "decided for", "decided to"]
                .iter()
                .any(|phrase| lower.contains(phrase))
            && lower.contains("to achieve")
    }

    /// The form of the record.
    pub(super) fn dialect(&self) -> Dialect {
        if self
            .path
            .extension()
            .is_some_and(|extension| matches!(extension, "adoc" | "asciidoc" | "asc"))
        {
            return Dialect::AsciiDoc;
        }
        let names: Vec<String> = self.sections.iter().map(plain_name).collect();
        let has = |name: &str| names.iter().any(|found| found == name);
        let begins = |name: &str| names.iter().any(|found| found.starts_with(name));
        let has_key = |key: &str| {
            self.front_matter.is_some_and(|front_matter| {
                front_matter.entries.iter().any(|entry| entry.key == key)
            })
        };
        let in_key = self
            .statuses
            .iter()
            .any(|mention| matches!(&mention.place, StatusPlace::FrontMatter { .. }));
        if begins("context and problem statement")
            || has("decision outcome")
            || has("considered options") && has("decision drivers")
        {
            return if number::date_length(number::stem(self.path)).is_some() {
                Dialect::Log4brains
            } else if has_key("decision-makers") {
                Dialect::Madr4
            } else if has_key("deciders") || in_key && has("validation") {
                Dialect::Madr3
            } else if in_key {
                Dialect::Madr4
            } else {
                Dialect::Madr2
            };
        }
        let in_bullet = self
            .statuses
            .iter()
            .any(|mention| mention.place == StatusPlace::Bullet);
        if in_bullet && number::date_length(number::stem(self.path)).is_some() {
            return Dialect::Log4brains;
        }
        let nygard = has("context") && has("decision");
        if has("changelog") && (has("context") || has("decision")) {
            Dialect::Cosmos
        } else if has("positions") && (has("argument") || has("implications") || has("assumptions"))
        {
            Dialect::TyreeAkerman
        } else if begins("considered alternatives")
            && (has("decision criteria") || has("constraints"))
        {
            Dialect::Arc42
        } else if nygard || has("decision") && begins("consequences") {
            Dialect::Nygard
        } else if self.is_y_statement() {
            Dialect::YStatement
        } else {
            Dialect::Free
        }
    }
}

/// Where an ASCII phrase in lower case begins.
fn find_ignoring_case(text: &str, phrase: &str) -> Option<usize> {
    text.as_bytes()
        .windows(phrase.len())
        .position(|window| window.eq_ignore_ascii_case(phrase.as_bytes()))
}

/// Whether a section of this name takes a decision.
fn decides(name: &str) -> bool {
    [
        "decision",
        "outcome",
        "entscheidung",
        "décision",
        "decisión",
        "decisão",
        "решение",
        "結論",
        "決定",
        "结论",
        "决策",
        "决定",
        "결정",
    ]
    .iter()
    .any(|word| name.starts_with(word))
}

/// Whether a folder on the way is called as people call folders of decisions.
pub(crate) fn is_in_telling_folder(path: &Utf8Path) -> bool {
    path.parent().is_some_and(|parent| {
        parent
            .components()
            .any(|part| is_telling_name(part.as_str()))
    })
}

/// Whether a folder of this name is for decisions.
pub(crate) fn is_telling_name(name: &str) -> bool {
    let name = name.to_lowercase();
    let name = name.strip_suffix("-drafts").unwrap_or(&name);
    let name =
        name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.'));
    matches!(name, "adr" | "adrs" | "madr" | "dr") || name.contains("decision")
}

/// A title that nobody has filled in.
pub(crate) fn is_open_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    title.starts_with(['{', '<'])
        || lower.starts_with('[') && lower.contains("title")
        || [
            "title",
            "number. title",
            "adr template",
            "adr title",
            "short title",
            "template",
        ]
        .contains(&lower.as_str())
        || ["nnnn", "nnn:", "xxxx", "xxx:", "short title of"]
            .iter()
            .any(|sign| lower.contains(sign))
}
