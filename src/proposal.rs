//! What the code that is there suggests for an answer.
//!
//! [`evidence`](crate::evidence) tells what was chosen and where that stands; here it becomes an answer that can be offered. A proposal is
//! never an answer: a person confirms it, or it is written down as found and confirmed by nobody.

mod choices;
mod entities;
mod package;
mod schema;

use std::collections::BTreeMap;

use crate::answers::{Answers, Item, Value};
use crate::evidence::Source;
use crate::question::{Question, canonical_text, catalog};

pub use package::Package;

/// How many places a note names.
const PLACES: usize = 3;

/// What was found about a question with one answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposal {
    /// The answer to offer; none where what was found tells something, and no answer.
    pub value: Option<Value>,
    /// What was found, with its places.
    pub found: Vec<String>,
}

/// An item of a list that can be offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedItem {
    /// The item, with as much of it as could be read.
    pub item: Item,
    /// What it was read from, with its place.
    pub found: String,
    /// What could not be read, or was read as something else.
    pub remarks: Vec<String>,
}

/// All that can be offered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposals {
    answers: BTreeMap<&'static str, Proposal>,
    items: BTreeMap<&'static str, Vec<OfferedItem>>,
}

impl Proposals {
    /// What was found about a question with one answer.
    pub fn of(&self, question: &Question) -> Option<&Proposal> {
        self.answers.get(question.id)
    }

    /// The items that can be offered for a list.
    pub fn items(&self, list: &Question) -> &[OfferedItem] {
        self.items.get(list.id).map_or(&[], Vec::as_slice)
    }

    /// Whether anything was found about a question.
    pub fn has(&self, question: &Question) -> bool {
        self.of(question).is_some() || !self.items(question).is_empty()
    }

    /// Adds what was found about the question `id`, which the catalog has.
    fn add(&mut self, id: &'static str, value: Option<Value>, found: Vec<String>) {
        self.answers.insert(id, Proposal { value, found });
    }

    /// What is found and answered by nobody is put off, with the evidence in the note: a default says nothing about code that is there.
    pub fn put_off(&self, answers: &mut Answers) {
        for question in catalog::questions().iter().copied() {
            if answers.entry(question.id).is_none()
                && answers.applies(&question.when)
                && let Some(note) = self.note(question)
            {
                answers.defer(question, note);
            }
        }
    }

    /// What was found, for the note of a question that is open.
    pub fn note(&self, question: &Question) -> Option<String> {
        let items = self.items(question);
        if !items.is_empty() {
            let names: Vec<&str> = items.iter().map(|one| one.item.name.as_str()).collect();
            let found: Vec<String> = items.iter().map(|one| one.found.clone()).collect();
            let note = unconfirmed(&names.join(", "), &found);
            return Some(match self.of(question) {
                Some(other) => format!("{note}; {}", places(&other.found)),
                None => note,
            });
        }
        let proposal = self.of(question)?;
        Some(match &proposal.value {
            Some(value) => unconfirmed(&canonical_text(value), &proposal.found),
            None => format!("found: {}", places(&proposal.found)),
        })
    }
}

fn unconfirmed(what: &str, found: &[String]) -> String {
    format!("found, confirmed by nobody: {what} ({})", places(found))
}

fn places(found: &[String]) -> String {
    let shown = found.len().min(PLACES);
    let more = match found.len() - shown {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    format!("{}{more}", found[..shown].join("; "))
}

/// What can be offered about `package`, given what was gathered from its workspace.
pub fn propose(source: &Source, package: &Package) -> Proposals {
    let mut proposals = Proposals::default();
    choices::propose(source, package, &mut proposals);
    let schema = schema::read(
        source
            .files
            .iter()
            .filter(|file| package.is_about(&file.path)),
    );
    entities::propose(&schema, &mut proposals);
    proposals
}

#[cfg(test)]
mod tests;
