//! Answers that changed: written into `kickoff.toml`, comments kept, and carried out in the same plan.

use super::project::Project;
use super::update::{How, Prepared, carry_out};
use super::{Session, existing};
use crate::answers::{Answer, Answers, Code, Item, Value, file, path};
use crate::error::{Error, Result, did_you_mean};
use crate::question::{Question, catalog};

/// Brings a project to other answers.
pub(super) fn change(
    project: &Project,
    answers: &Answers,
    how: &How,
    session: &Session,
) -> Result<u8> {
    if answers.code == Code::Existing {
        return existing::change(project, answers, how, session);
    }
    let text = file::edit(&project.text, &project.answers, answers)
        .map_err(|error| Error::failed(error.to_string()).caused_by(error))?;
    let prepared = Prepared::new(project, &text, answers, how, session)?;
    carry_out(project, prepared, how, session)
}

/// Gives one answer.
pub(super) fn set(answers: &mut Answers, id: &str, value: &str) -> Result<()> {
    path::set(answers, id, value).map_err(Error::usage)
}

/// The question that asks for a list.
pub(super) fn list(id: &str) -> &'static Question {
    catalog::question(id).expect("the catalog has this list")
}

/// What was said of a list.
pub(super) fn items(answers: &Answers, list: &Question) -> Vec<Item> {
    match answers.entry(list.id) {
        Some(Answer::Given(Value::Items(items))) => items.clone(),
        _ => Vec::new(),
    }
}

/// The place of an item in its list.
pub(super) fn find(items: &[Item], kind: &str, name: &str) -> Result<usize> {
    let found = items.iter().position(|item| item.name == name);
    found.ok_or_else(|| {
        let error = Error::usage(format!("there is no {kind} `{name}`"));
        let names: Vec<_> = items.iter().map(|item| item.name.as_str()).collect();
        match did_you_mean(name, names.iter().copied()) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None if names.is_empty() => error.hint("there is none at all yet"),
            None => error.hint(format!("there are: {}", names.join(", "))),
        }
    })
}
