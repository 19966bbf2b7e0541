//! Answers: what was said, what was left open, and what holds by default.
//!
//! [`Answers`] holds only what somebody said. A question without an entry has its default in force, and nobody decided it;
//! an entry that is [`Answer::Open`] was put off on purpose. The file form is `kickoff.toml`, see [`mod@file`].

pub mod examples;
pub(crate) mod exception;
pub mod file;
pub mod path;
#[cfg(test)]
pub(crate) mod samples;
pub mod schema;

use std::collections::BTreeMap;

pub use self::exception::Exception;
use crate::notation::FieldAnswer;
use crate::question::{Fallback, Kind, Question, Stakes, When, catalog};

/// The value of an answer, in canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, one choice, a duration (`800ms`), a percentage (`99.9`), a date, an owner.
    Text(String),
    /// Several choices or texts, in the order given.
    List(Vec<String>),
    /// A whole number.
    Number(u64),
    /// Yes or no.
    Flag(bool),
    /// The fields of an entity, in the order given.
    Fields(Vec<FieldAnswer>),
    /// Named items, in the order given.
    Items(Vec<Item>),
}

/// A named item of a list: an entity, a dependency, a caller.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// The name as given.
    pub name: String,
    /// The answers about it, by key.
    pub parts: BTreeMap<String, Value>,
}

/// One entry of [`Answers`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Somebody decided.
    Given(Value),
    /// Somebody said "later"; the note is theirs and may be empty.
    Open {
        /// Who decides, by when, what is missing: the person's words.
        note: String,
    },
}

/// Where an answer came from, shown in the review and on the command line. `kickoff.toml` does not keep it: an answer in the file
/// is a decision, whoever typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Given on the command line.
    Flag,
    /// Read from a file.
    File,
    /// Asked and answered.
    Asked,
    /// Put off on purpose.
    Deferred,
    /// Nobody was asked: the default holds.
    Default,
}

/// A name as a segment of a path into the answers: bare where TOML takes it bare, else in quotes.
pub fn path_segment(name: &str) -> String {
    let bare = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if bare {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// Whose code the answers are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Code {
    /// Generated from them, and brought up to date with them.
    #[default]
    Generated,
    /// There before them: nothing is generated into it.
    Existing,
}

/// All answers about one service.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// The name of the package.
    pub name: String,
    /// The day the answers were first given, `2026-11-25`. Dates in what is generated come from here, never from a clock.
    pub created: String,
    /// What the check would report, and somebody answers for. Nothing that is generated depends on it.
    pub exceptions: Vec<Exception>,
    /// Whose code they are about.
    pub code: Code,
    /// Entries by question id.
    entries: BTreeMap<&'static str, Answer>,
}

impl Answers {
    /// No answers yet about the service `name`, first asked on `created`.
    pub fn new(name: impl Into<String>, created: impl Into<String>) -> Answers {
        Answers {
            name: name.into(),
            created: created.into(),
            exceptions: Vec::new(),
            code: Code::default(),
            entries: BTreeMap::new(),
        }
    }

    /// The entry of a question, if somebody said anything.
    pub fn entry(&self, id: &str) -> Option<&Answer> {
        self.entries.get(id)
    }

    /// What somebody decided, without defaults.
    pub fn given(&self, id: &str) -> Option<&Value> {
        match self.entries.get(id) {
            Some(Answer::Given(value)) => Some(value),
            _ => None,
        }
    }

    /// Records a decision. The id must be of the catalog.
    pub fn give(&mut self, question: &'static Question, value: Value) {
        self.entries.insert(question.id, Answer::Given(value));
    }

    /// Puts a question off.
    pub fn defer(&mut self, question: &'static Question, note: impl Into<String>) {
        self.entries
            .insert(question.id, Answer::Open { note: note.into() });
    }

    /// Forgets what was said: the default holds again.
    pub fn forget(&mut self, id: &str) {
        self.entries.remove(id);
    }

    /// The value in force: the decision, else the default, else `None` (open without a default, or empty text).
    /// A question whose condition does not hold has no value, whatever was said before.
    pub fn value(&self, question: &Question) -> Option<Value> {
        if !self.applies(&question.when) {
            return None;
        }
        match self.entries.get(question.id) {
            Some(Answer::Given(value)) => Some(value.clone()),
            _ => self.default_value(question),
        }
    }

    /// The default of a question under the present stakes.
    pub fn default_value(&self, question: &Question) -> Option<Value> {
        let text = match question.default {
            Fallback::Open => return None,
            Fallback::Empty => {
                return match question.kind {
                    Kind::Choices { .. } | Kind::Texts { .. } => Some(Value::List(Vec::new())),
                    Kind::Items { .. } => Some(Value::Items(Vec::new())),
                    Kind::Fields => Some(Value::Fields(Vec::new())),
                    _ => None,
                };
            }
            Fallback::Fixed(text) => text.to_owned(),
            Fallback::ByStakes(texts) => texts[self.stakes() as usize].to_owned(),
            Fallback::DaysAfterCreation(days) => {
                let created: jiff::civil::Date = self.created.parse().ok()?;
                created
                    .checked_add(jiff::Span::new().days(i64::from(days)))
                    .ok()?
                    .to_string()
            }
        };
        crate::question::validate_value(&question.kind, &text).ok()
    }

    /// The value of an item's part in force.
    pub fn part(&self, item: &Item, part: &Question) -> Option<Value> {
        if !self.part_applies(item, part) {
            return None;
        }
        item.parts
            .get(part.id)
            .cloned()
            .or_else(|| self.default_value(part))
    }

    /// Whether the condition of an item's part holds for this item.
    pub fn part_applies(&self, item: &Item, part: &Question) -> bool {
        let text_of = |key| match self.part(item, self.sibling(part, key)?) {
            Some(Value::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        };
        match part.when {
            When::Part(key, values) => {
                text_of(key).is_some_and(|text| values.contains(&text.as_str()))
            }
            When::PartGiven(key) => text_of(key).is_some(),
            When::PartEmpty(key) => text_of(key).is_none(),
            when => self.applies(&when),
        }
    }

    /// The part of the same item that has this key.
    fn sibling(&self, part: &Question, key: &str) -> Option<&'static Question> {
        catalog::questions()
            .iter()
            .filter_map(|question| question.items())
            .find(|schema| schema.parts.iter().any(|other| std::ptr::eq(other, part)))?
            .parts
            .iter()
            .find(|sibling| sibling.id == key)
    }

    /// Whether a condition holds.
    pub fn applies(&self, when: &When) -> bool {
        match when {
            When::Always | When::Part(..) | When::PartGiven(_) | When::PartEmpty(_) => true,
            When::Is(id, values) => match catalog::question(id)
                .and_then(|question| self.value(question))
            {
                Some(Value::Text(text)) => values.contains(&text.as_str()),
                Some(Value::List(list)) => list.iter().any(|text| values.contains(&text.as_str())),
                Some(Value::Flag(flag)) => values.contains(&if flag { "yes" } else { "no" }),
                _ => false,
            },
            When::Any(id) => match self.given(id) {
                Some(Value::Items(items)) => !items.is_empty(),
                Some(Value::List(list)) => !list.is_empty(),
                _ => false,
            },
            When::Experiment => self.is_experiment(),
            When::All(all) => all.iter().all(|when| self.applies(when)),
        }
    }

    /// What is at stake; its own default when nobody said.
    pub fn stakes(&self) -> Stakes {
        match self.given(catalog::STAKES) {
            Some(Value::Text(text)) => Stakes::from_key(text).unwrap_or(Stakes::Annoyance),
            _ => Stakes::Annoyance,
        }
    }

    /// Core questions that nobody answered.
    pub fn open_core(&self) -> Vec<&'static Question> {
        catalog::questions()
            .iter()
            .copied()
            .filter(|question| {
                question.core && self.applies(&question.when) && self.given(question.id).is_none()
            })
            .collect()
    }

    /// Every question that applies and is open: put off, or without an honest default and not answered.
    pub fn open(&self) -> Vec<&'static Question> {
        catalog::questions()
            .iter()
            .copied()
            .filter(|question| self.applies(&question.when))
            .filter(|question| match self.entries.get(question.id) {
                Some(Answer::Open { .. }) => true,
                Some(Answer::Given(_)) => false,
                None => question.default == Fallback::Open,
            })
            .collect()
    }

    /// Whether this is an experiment: it was said so, or a core question is open.
    pub fn is_experiment(&self) -> bool {
        matches!(self.given(catalog::REALITY_KIND), Some(Value::Text(text)) if text == "experiment")
            || !self.open_core().is_empty()
    }

    /// Drops entries whose condition no longer holds, so that a stale answer never reaches the blueprint. Returns their ids.
    pub fn drop_stale(&mut self) -> Vec<&'static str> {
        let mut dropped = Vec::new();
        // Conditions look at earlier questions only, so one pass in interview order settles all of them.
        for question in catalog::questions() {
            if self.entries.contains_key(question.id) && !self.applies(&question.when) {
                self.entries.remove(question.id);
                dropped.push(question.id);
            }
        }
        dropped
    }
}
