//! What holds the code to the decisions: what each of them rules out, and which tool refuses it.
//!
//! A rule belongs to the subject of a decision record, so that its message can name the record. Rules are there only while the
//! decision behind them is in force, and only for the tools that were chosen.

mod code;
mod crates;

use serde::Serialize;

use super::entities::Model;
use super::{list, text};
use crate::answers::Answers;

/// What holds the code to the decisions.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Enforcement {
    /// Tests for layers and for words that were given away.
    pub tests: bool,
    /// `clippy.toml`.
    pub clippy: bool,
    /// `deny.toml`.
    pub deny: bool,
    /// Functions for `clippy.toml`.
    pub methods: Vec<Rule>,
    /// Types for `clippy.toml`.
    pub types: Vec<Rule>,
    /// Macros for `clippy.toml`.
    pub macros: Vec<Rule>,
    /// Crates for `deny.toml`.
    pub crates: Vec<Rule>,
}

/// Something that a decision ruled out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// The path in Rust, or the name of the crate.
    pub path: &'static str,
    /// The subject of the decision record.
    pub subject: &'static str,
    /// Why not, and what to do instead. Without a full stop.
    pub reason: &'static str,
    /// It is there only with a feature that the service does not use today.
    pub absent: bool,
}

/// Why nothing that calls others is there.
const CALLS_NOBODY: &str = "it calls no other service: name the dependency in `kickoff.toml` first";

/// A list of what one sentence rules out.
struct Group {
    subject: &'static str,
    reason: &'static str,
    when: fn(&Given) -> bool,
    paths: &'static [&'static str],
    absent: bool,
}

impl Group {
    const fn new(
        subject: &'static str,
        reason: &'static str,
        when: fn(&Given) -> bool,
        paths: &'static [&'static str],
    ) -> Group {
        Group {
            subject,
            reason,
            when,
            paths,
            absent: false,
        }
    }

    /// Of things behind a feature that is off.
    const fn absent(mut self) -> Group {
        self.absent = true;
        self
    }
}

/// The decisions in force, as far as rules depend on them.
struct Given {
    entities: bool,
    calls: bool,
    database: String,
    caching: String,
    broker: Option<String>,
    asynchronous: bool,
    logging: bool,
    monitoring: bool,
}

impl Given {
    fn of(answers: &Answers, model: &Model, calls: bool) -> Given {
        let done = list(answers, "done.items");
        let styles = list(answers, "communication.styles");
        Given {
            entities: !model.entities.is_empty(),
            calls,
            database: text(answers, "ownership.database").unwrap_or_default(),
            caching: text(answers, "ownership.caching").unwrap_or_default(),
            broker: text(answers, "communication.broker"),
            asynchronous: styles.iter().any(|style| style != "rest"),
            logging: done.iter().any(|item| item == "logging"),
            monitoring: done.iter().any(|item| item == "monitoring"),
        }
    }
}

/// The rules that follow from the answers; `calls` says whether it calls another service.
pub(super) fn enforcement(answers: &Answers, model: &Model, calls: bool) -> Enforcement {
    let chosen = list(answers, "ownership.enforcement");
    let chosen = |tool: &str| chosen.iter().any(|choice| choice == tool);
    let given = Given::of(answers, model, calls);
    let rules = |tool: &str, groups: &[Group]| match chosen(tool) {
        true => expand(groups, &given),
        false => Vec::new(),
    };
    Enforcement {
        tests: chosen("tests"),
        clippy: chosen("clippy"),
        deny: chosen("deny"),
        methods: rules("clippy", code::METHODS),
        types: rules("clippy", code::TYPES),
        macros: rules("clippy", code::MACROS),
        crates: rules("deny", crates::CRATES),
    }
}

fn expand(groups: &[Group], given: &Given) -> Vec<Rule> {
    let groups = groups.iter().filter(|group| (group.when)(given));
    groups
        .flat_map(|group| {
            group.paths.iter().map(|path| Rule {
                path,
                subject: group.subject,
                reason: group.reason,
                absent: group.absent,
            })
        })
        .collect()
}

impl Enforcement {
    /// The files whose rules carry the record of one of these subjects, and what each does, as the rest of a sentence.
    pub(super) fn guards(&self, subjects: &[String]) -> Vec<(&'static str, String)> {
        let mut guards = Vec::new();
        let code = [&self.methods, &self.types, &self.macros];
        let code = code.into_iter().flatten();
        if let Some(names) = named(code, subjects) {
            guards.push((
                "clippy.toml",
                format!("refuses {names}, and names this record."),
            ));
        }
        if let Some(names) = named(self.crates.iter(), subjects) {
            guards.push((
                "deny.toml",
                format!("bans the crates {names}, and names this record."),
            ));
        }
        guards
    }
}

/// What the rules of these subjects rule out, as a list in words.
fn named<'a>(rules: impl Iterator<Item = &'a Rule>, subjects: &[String]) -> Option<String> {
    let paths: Vec<String> = rules
        .filter(|rule| subjects.iter().any(|subject| subject == rule.subject))
        .map(|rule| format!("`{}`", rule.path))
        .collect();
    let (last, before) = paths.split_last()?;
    Some(match before {
        [] => last.clone(),
        _ => format!("{} and {last}", before.join(", ")),
    })
}

#[cfg(test)]
mod tests;
