//! What the rules work on: the project, and what its answers mean.

use std::ops::Range;

use super::diagnostic::Diagnostic;
use super::project::Project;
use super::rule::{KD0103, KD0104};
use crate::answers::{Answers, file};
use crate::baseline::{ANSWERS, Baseline};
use crate::blueprint::{Blueprint, Conflict, Setting};
use crate::question::catalog;

/// A project with answers that can be read and go together.
pub(super) struct Material<'a> {
    pub(super) project: &'a Project,
    /// Every answer of the file, those without effect among them.
    pub(super) answers: Answers,
    pub(super) blueprint: Blueprint,
    pub(super) places: file::Places<'a>,
}

impl<'a> Material<'a> {
    /// Reads the answers and draws the blueprint.
    ///
    /// # Errors
    /// The answers cannot be read, or do not go together: nothing can be compared with them.
    pub(super) fn new(project: &'a Project) -> Result<Material<'a>, Vec<Diagnostic>> {
        let text = project.text(ANSWERS).unwrap_or_default();
        let answers = file::read(text, ANSWERS)
            .map_err(|mistakes| mistakes.iter().map(unreadable).collect::<Vec<_>>())?;
        let places = file::Places::read(text).ok_or_else(Vec::new)?;
        let setting = project
            .baseline
            .as_ref()
            .map_or(Setting::Standalone, |baseline| baseline.origin.setting());
        let blueprint = Blueprint::draw(&answers, setting).map_err(|conflicts| {
            let conflicts = conflicts.iter();
            conflicts
                .map(|one| conflict(one, &places))
                .collect::<Vec<_>>()
        })?;
        Ok(Material {
            project,
            answers,
            blueprint,
            places,
        })
    }

    pub(super) fn baseline(&self) -> Option<&Baseline> {
        self.project.baseline.as_ref().ok()
    }

    /// Where an answer stands in `kickoff.toml`. Lists stand in tables of their own.
    pub(super) fn place(&self, answer: &str) -> Range<usize> {
        let items = catalog::question(answer).and_then(|question| question.items());
        let table = items.map(|schema| self.places.of(schema.table));
        let table = table.filter(|place| !place.is_empty());
        table.unwrap_or_else(|| self.places.of(answer))
    }

    /// The value in force of a question with a plain answer.
    pub(super) fn choice(&self, id: &str) -> &str {
        let key = id.replace(['.', '-'], "_");
        self.blueprint.choice.get(&key).map_or("", String::as_str)
    }
}

fn unreadable(mistake: &file::FileError) -> Diagnostic {
    let found =
        Diagnostic::new(&KD0104, "", &mistake.message).at(ANSWERS, mistake.span.clone(), "");
    match &mistake.hint {
        Some(hint) => found.help(hint),
        None => found,
    }
}

fn conflict(conflict: &Conflict, places: &file::Places<'_>) -> Diagnostic {
    let found = Diagnostic::new(&KD0103, "", conflict.to_string()).help(&conflict.hint);
    conflict.answers.iter().fold(found, |found, answer| {
        found.at(ANSWERS, places.of(answer), "")
    })
}
