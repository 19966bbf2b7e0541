//! The headings of a new record.

mod count;

use std::collections::BTreeSet;

use super::super::folder::Folder;
use super::super::folder::house::newest_first;
use super::super::read::kind::is_open_title;
use super::super::read::{fields_of_template, is_status_section, plain_name, words};

use super::super::record::{Dialect, Fields, Other, Reading, Record, Section, StatusPlace};
use super::open_word;

/// A heading, and what stands under it.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub(super) level: u8,
    /// As it is written, with its signs.
    pub(super) raw: String,
    pub(super) role: Role,
}

/// What stands under a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Status,
    /// The heading itself says it.
    StatusInHeading,
    Context,
    Decision,
    Changelog,
    Part,
}

/// The record that is imitated.
pub(super) struct Model<'a> {
    pub(super) record: &'a Record,
    pub(super) fields: &'a Fields,
    /// The newest others, newest first.
    pub(super) others: Vec<(&'a Record, &'a Fields)>,
}

/// So many of the newest records show what all of them have.
const WITNESSES: usize = 4;

/// The model of a folder, if it has a record that can be read.
pub(super) fn model(folder: &Folder) -> Option<Model<'_>> {
    let newest = newest_first(&folder.records);
    let path = folder.house.model.as_ref()?;
    let (record, fields) = newest.iter().find(|(record, _)| record.path == *path)?;
    let alike = |(_, other): &&(&Record, &Fields)| other.dialect == fields.dialect;
    Some(Model {
        record,
        fields,
        others: newest
            .iter()
            .filter(|(other, _)| other.path != *path)
            .filter(alike)
            .take(WITNESSES)
            .copied()
            .collect(),
    })
}

/// The headings of a new record in this folder; `sign` is that of a heading.
pub(super) fn of(folder: &Folder, model: Option<&Model<'_>>, sign: char) -> Vec<Heading> {
    let of_template = || {
        let template = folder
            .others
            .iter()
            .find(|record| record.reading == Reading::Other(Other::Template))?;
        let fields = fields_of_template(&template.path, &template.bytes)?;
        let headings = kept(template, &fields, &|section| !is_open(&section.name.value));
        let is_same_form = model.is_none_or(|model| model.fields.dialect == fields.dialect);
        (headings.len() > 1 && is_same_form).then_some(headings)
    };
    let of_records = || {
        let model = model?;
        let shared = |section: &Section| is_shared(section, model);
        Some(kept(model.record, model.fields, &shared))
    };
    let mut headings = match of_template().or_else(of_records) {
        Some(headings) => headings,
        None if folder.house.dialect == Dialect::Nygard => nygard(sign),
        None => Vec::new(),
    };
    settle(&mut headings, folder, sign);
    count::count(&mut headings);
    if let Some(model) = model {
        say_status_in_heading(&mut headings, folder, model);
    }
    headings
}

/// `## Status - DRAFT`: the word stands in the heading itself.
fn say_status_in_heading(headings: &mut [Heading], folder: &Folder, model: &Model<'_>) {
    let mentions = model.fields.statuses.iter();
    let mut in_heading = mentions
        .rev()
        .filter(|mention| mention.place == StatusPlace::Heading)
        .map(|mention| mention.token.value.as_str());
    let status = headings
        .iter_mut()
        .find(|heading| heading.role == Role::Status);
    if let Some((token, heading)) = in_heading.next().zip(status) {
        let word = open_word(folder, token);
        if let Some(at) = heading.raw.rfind(token) {
            heading.raw.truncate(at);
            heading.raw.push_str(&word);
            heading.role = Role::StatusInHeading;
        }
    }
}

/// Status, Context, Decision, Consequences.
pub(super) fn nygard(sign: char) -> Vec<Heading> {
    [
        ("Status", Role::Status),
        ("Context", Role::Context),
        ("Decision", Role::Decision),
        ("Consequences", Role::Part),
    ]
    .into_iter()
    .map(|(name, role)| Heading {
        level: 2,
        raw: format!("{sign}{sign} {name}"),
        role,
    })
    .collect()
}

/// Sections that only some records need.
const OPTIONAL: &[&str] = &[
    "link",
    "reference",
    "related",
    "more information",
    "note",
    "appendix",
    "see also",
    "further",
    "discussion",
    "comment",
    "pros and cons",
    "table of contents",
    "contents",
    "todo",
    "参考",
    "関連",
    "verweise",
    "referenc",
    "référence",
];

fn kept(record: &Record, fields: &Fields, is_wanted: &dyn Fn(&Section) -> bool) -> Vec<Heading> {
    let title = fields.title.as_ref().map(|title| title.span.start);
    let mut headings: Vec<Heading> = Vec::new();
    let mut skipped_below: Option<u8> = None;
    let mut names = BTreeSet::new();
    for section in &fields.sections {
        let name = plain_name(section);
        let is_first = section.heading.start == fields.sections[0].heading.start;
        let is_title = is_first
            && section.level == 1
            && !words::is_decision_section(&name)
            && !is_status_section(section);
        // In a template the help comes first, and the heading to be filled in behind it.
        let is_place_of_title = section.level == 1 && is_open_title(&section.name.value);
        let is_its_own = title.is_some_and(|at| section.heading.contains(&at));
        if is_title || is_place_of_title || is_its_own {
            continue;
        }
        let is_below = skipped_below.is_some_and(|level| section.level > level);
        let is_optional = OPTIONAL.iter().any(|word| name.starts_with(word));
        if is_below || is_optional || !is_wanted(section) || !names.insert(name.clone()) {
            if !is_below {
                skipped_below = Some(section.level);
            }
            continue;
        }
        skipped_below = None;
        headings.push(Heading {
            level: section.level,
            raw: without_comment(record.text(&section.heading).trim_end()),
            role: role(section, &name, &headings),
        });
    }
    headings
}

fn without_comment(raw: &str) -> String {
    let lines = raw.replace('\r', "");
    match lines.split_once("<!--") {
        Some((before, _)) => before.trim_end().to_owned(),
        None => lines,
    }
}

/// A heading that the one who fills in the template replaces.
fn is_open(name: &str) -> bool {
    name.contains(['{', '<']) || name.starts_with('[') || name.to_lowercase().contains("option 1")
}

fn is_shared(section: &Section, model: &Model<'_>) -> bool {
    let name = plain_name(section);
    if model.others.is_empty() {
        return is_status_section(section)
            || section.level <= 2 && words::is_decision_section(&name);
    }
    let having = model.others.iter().filter(|(_, fields)| {
        let sections = fields.sections.iter();
        sections
            .filter(|other| other.level == section.level)
            .any(|other| {
                plain_name(other) == name || is_status_section(section) && is_status_section(other)
            })
    });
    having.count() * 2 >= model.others.len().max(2)
}

const CONTEXT: &[&str] = &[
    "context",
    "problem",
    "issue",
    "background",
    "motivation",
    "kontext",
    "hintergrund",
    "contexte",
    "contexto",
    "контекст",
    "背景",
    "コンテキスト",
    "文脈",
    "컨텍스트",
    "问题",
];
const DECISION: &[&str] = &[
    "decision",
    "outcome",
    "chosen",
    "entscheidung",
    "décision",
    "decisión",
    "decisão",
    "решение",
    "結論",
    "決定",
    "决策",
    "决定",
    "结论",
    "결정",
];

fn role(section: &Section, name: &str, before: &[Heading]) -> Role {
    let has = |role: Role| before.iter().any(|heading| heading.role == role);
    let begins = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    if is_status_section(section) && !has(Role::Status) {
        Role::Status
    } else if begins(CONTEXT) && !has(Role::Context) {
        Role::Context
    } else if begins(DECISION) && !name.contains("driver") && !has(Role::Decision) {
        Role::Decision
    } else if name.starts_with("change") && name.contains("log") {
        Role::Changelog
    } else {
        Role::Part
    }
}

/// What is weighed before it is decided.
const WEIGHED: &[&str] = &[
    "option",
    "considered",
    "alternative",
    "decision driver",
    "driver",
];

/// Adds what a stub cannot do without: a place for the context and one for the decision.
fn settle(headings: &mut Vec<Heading>, folder: &Folder, sign: char) {
    let level = headings
        .iter()
        .map(|heading| heading.level)
        .min()
        .unwrap_or(2);
    let signs = sign.to_string().repeat(usize::from(level));
    let heading = |name: &str, role: Role| Heading {
        level,
        raw: format!("{signs} {name}"),
        role,
    };
    let has =
        |headings: &[Heading], role: Role| headings.iter().any(|heading| heading.role == role);
    let is_madr = matches!(
        folder.house.dialect,
        Dialect::Madr2 | Dialect::Madr3 | Dialect::Madr4 | Dialect::Log4brains
    );
    let in_section = matches!(
        folder.house.status_place,
        Some(StatusPlace::Section | StatusPlace::Log)
    );
    let status = headings
        .iter()
        .position(|heading| heading.role == Role::Status);
    if in_section && status.is_none() {
        headings.insert(0, heading("Status", Role::Status));
    }
    if !has(headings, Role::Context) {
        let name = if is_madr {
            "Context and Problem Statement"
        } else {
            "Context"
        };
        let at = headings
            .iter()
            .position(|heading| heading.role != Role::Status && heading.role != Role::Changelog)
            .unwrap_or(headings.len());
        headings.insert(at, heading(name, Role::Context));
    }
    if !has(headings, Role::Decision) {
        let name = if is_madr {
            "Decision Outcome"
        } else {
            "Decision"
        };
        let context = headings
            .iter()
            .position(|heading| heading.role == Role::Context)
            .unwrap_or_default();
        let is_weighed = |heading: &Heading| {
            let name = heading.raw.trim_start_matches(|c: char| !c.is_alphabetic());
            let name = name.to_lowercase();
            WEIGHED.iter().any(|word| name.starts_with(word))
        };
        let after = headings[context + 1..]
            .iter()
            .position(|heading| heading.level <= level && !is_weighed(heading))
            .map_or(headings.len(), |offset| context + 1 + offset);
        headings.insert(after, heading(name, Role::Decision));
    }
}
