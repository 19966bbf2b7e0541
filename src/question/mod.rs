//! Questions as data.
//!
//! A [`Question`] says what is asked, why, what each choice does, which default holds when nobody answers, and when it is
//! asked at all. The prompts, `--set`, `kickoff.toml`, the JSON Schema, the reference and the decision records all read the
//! same definition, so they cannot disagree. The questions themselves stand in [`catalog`], one file per section.

pub mod catalog;
mod describe;
mod example;
mod questionnaire;
pub mod reference;
mod validate;

pub use questionnaire::{questionnaire_json, questionnaire_markdown, toml_of_questionnaire};
pub use validate::{canonical_text, parse_duration_ms, validate_name, validate_value};

use serde::Serialize;

/// The seven sections of the interview, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// What exactly is this backend responsible for?
    Responsibility,
    /// What does the data really look like?
    Data,
    /// How much load, and how does it fail?
    Load,
    /// How do services talk?
    Communication,
    /// Who owns the technical decisions?
    Ownership,
    /// What does "done" mean?
    Done,
    /// Project or experiment?
    Reality,
}

impl Section {
    /// All sections in interview order.
    pub const ALL: [Section; 7] = [
        Section::Responsibility,
        Section::Data,
        Section::Load,
        Section::Communication,
        Section::Ownership,
        Section::Done,
        Section::Reality,
    ];

    /// The table in `kickoff.toml` and the first part of a question's id.
    pub fn key(self) -> &'static str {
        match self {
            Section::Responsibility => "responsibility",
            Section::Data => "data",
            Section::Load => "load",
            Section::Communication => "communication",
            Section::Ownership => "ownership",
            Section::Done => "done",
            Section::Reality => "reality",
        }
    }

    /// The heading a person reads.
    pub fn title(self) -> &'static str {
        match self {
            Section::Responsibility => "Responsibility",
            Section::Data => "Data",
            Section::Load => "Load and failure",
            Section::Communication => "Communication",
            Section::Ownership => "Ownership",
            Section::Done => "Done",
            Section::Reality => "Reality check",
        }
    }

    /// Position in the interview, counted from 1.
    pub fn number(self) -> usize {
        self as usize + 1
    }
}

/// What an hour of being down or wrong costs: the answer that sets the depth of all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stakes {
    /// Nobody would notice.
    Nothing,
    /// People would grumble.
    Annoyance,
    /// Money would be lost.
    Money,
    /// People would be harmed.
    Harm,
}

impl Stakes {
    /// All levels, lowest first.
    pub const ALL: [Stakes; 4] = [
        Stakes::Nothing,
        Stakes::Annoyance,
        Stakes::Money,
        Stakes::Harm,
    ];

    /// The word used in answers.
    pub fn key(self) -> &'static str {
        match self {
            Stakes::Nothing => "nothing",
            Stakes::Annoyance => "annoyance",
            Stakes::Money => "money",
            Stakes::Harm => "harm",
        }
    }

    /// The level that `word` names.
    pub fn from_key(word: &str) -> Option<Stakes> {
        Stakes::ALL.into_iter().find(|stakes| stakes.key() == word)
    }
}

/// One of the answers to a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The word used in `kickoff.toml` and with `--set`.
    pub value: &'static str,
    /// A few words for the list in the terminal.
    pub label: &'static str,
    /// What choosing it does to the generated project, in one sentence.
    pub does: &'static str,
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Kind {
    /// One of several.
    Choice {
        /// What can be chosen.
        choices: &'static [Choice],
    },
    /// Any number of several.
    Choices {
        /// What can be chosen.
        choices: &'static [Choice],
    },
    /// Yes or no.
    Flag,
    /// Free text on one line.
    Text {
        /// Longest answer, in characters.
        max: usize,
    },
    /// A list of free texts.
    Texts {
        /// Longest item, in characters.
        max: usize,
    },
    /// A whole number.
    Number {
        /// Smallest answer.
        min: u64,
        /// Largest answer.
        max: u64,
        /// What is counted, for example `requests per second`.
        unit: &'static str,
    },
    /// A length of time, written `800ms`, `2s`, `5m`, `1h` or `30d`.
    Duration {
        /// Shortest answer, in milliseconds.
        min_ms: u64,
        /// Longest answer, in milliseconds.
        max_ms: u64,
    },
    /// A percentage below 100 with up to four decimals, written `99.9`.
    Percent,
    /// A date, written `2026-11-25`.
    Date,
    /// A person or team: a GitHub handle (`@name`, `@org/team`) or a name.
    Owner,
    /// The fields of an entity, each `name = "notation"`; see [`crate::notation`].
    Fields,
    /// Named items with answers of their own, each a table in `kickoff.toml`.
    Items {
        /// What one item looks like.
        schema: &'static ItemSchema,
    },
}

/// The shape of a named item: an entity, a dependency, a caller.
#[derive(Debug, PartialEq, Serialize)]
pub struct ItemSchema {
    /// The table in `kickoff.toml`: `entity` makes `[entity.Order]`.
    pub table: &'static str,
    /// What one is called in prose.
    pub singular: &'static str,
    /// What several are called in prose.
    pub plural: &'static str,
    /// What a name may look like.
    pub name: NameRule,
    /// An example of a name, shown at the prompt.
    pub example: &'static str,
    /// The questions asked about each item. Their `id` is the key alone (`timeout`).
    pub parts: &'static [Question],
}

/// Which names an item may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameRule {
    /// A singular noun that becomes a type: letters and digits of any script, starting with a letter.
    Entity,
    /// A short name that becomes a module or a label: letters, digits, `-`, `_` and blanks.
    Slug,
    /// Any text on one line.
    Phrase,
}

/// Which value holds when nobody answered.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fallback {
    /// There is no honest default: the question stays open.
    Open,
    /// Nothing: an empty list, or no text.
    Empty,
    /// Always the same, in canonical text.
    Fixed(&'static str),
    /// By what is at stake: nothing, annoyance, money, harm.
    ByStakes([&'static str; 4]),
    /// So many days after the day the service was created.
    DaysAfterCreation(u16),
}

/// When a question makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// Always.
    Always,
    /// When an earlier question has one of these values (for several choices: contains one of them).
    Is(&'static str, &'static [&'static str]),
    /// When an earlier list has at least one item.
    Any(&'static str),
    /// When at least one core question is open, or the answer to `reality.kind` is `experiment`.
    Experiment,
    /// When all of these hold.
    All(&'static [When]),
    /// For a part of an item: when another part of the same item has one of these values.
    Part(&'static str, &'static [&'static str]),
    /// For a part of an item: when another part of the same item was given.
    PartGiven(&'static str),
    /// For a part of an item: when another part of the same item was left empty.
    PartEmpty(&'static str),
}

/// One question.
#[derive(Debug, PartialEq, Serialize)]
pub struct Question {
    /// `section.key`; for a part of an item the key alone. Part of the public format: never renamed.
    pub id: &'static str,
    /// The section that asks it.
    pub section: Section,
    /// The question in words.
    pub ask: &'static str,
    /// Why it is asked: what really goes wrong without an answer. One or two sentences.
    pub why: &'static str,
    /// What the answer does to the generated project, in one sentence.
    pub effect: &'static str,
    /// The kind of answer.
    #[serde(flatten)]
    pub kind: Kind,
    /// The value that holds when nobody answered.
    pub default: Fallback,
    /// When the question makes sense.
    pub when: When,
    /// Asked in the interview from these stakes upward; below them the default holds (it can still be set).
    pub asked_from: Stakes,
    /// Left open, the service is an experiment.
    pub core: bool,
    /// The decision record that carries the answer.
    pub record: &'static str,
    /// Why no generated code reads the answer yet, where that is so.
    pub awaits: Option<&'static str>,
    /// With [`Question::awaits`]: the choices that generated code honours already.
    pub honours: &'static [&'static str],
}

impl Question {
    /// The key inside its table: `peak-rps` of `load.peak-rps`.
    pub fn key(&self) -> &'static str {
        self.id.split_once('.').map_or(self.id, |(_, key)| key)
    }

    /// The item schema, for a question that asks for named items.
    pub fn items(&self) -> Option<&'static ItemSchema> {
        match self.kind {
            Kind::Items { schema } => Some(schema),
            _ => None,
        }
    }
}
