//! KD0321 and KD0322: whether the project is what its answers last led to.

use super::diagnostic::Diagnostic;
use super::material::Material;
use super::rule::{KD0321, KD0322};
use crate::answers::{Answers, file};
use crate::baseline::{self, ANSWERS, Baseline};
use crate::question::catalog;

pub(super) fn check(material: &Material<'_>) -> Option<Diagnostic> {
    match &material.project.baseline {
        Ok(baseline) => answers_ahead(material, baseline),
        Err(why) => Some(
            Diagnostic::new(
                &KD0322,
                "",
                format!("`{}` cannot be used: {why}", baseline::PATH),
            )
            .note("the rules that compare the code with what was generated were not checked")
            .help("get it back from version control")
            .help("or run `cargo kickoff update --rebuild-baseline`"),
        ),
    }
}

fn answers_ahead(material: &Material<'_>, baseline: &Baseline) -> Option<Diagnostic> {
    let old = file::read(baseline.get(ANSWERS)?, ANSWERS).ok()?;
    let changed = changed(&old, &material.answers);
    let first = changed.first()?;
    let shown: Vec<_> = changed.iter().take(5).map(|id| format!("`{id}`")).collect();
    let more = match changed.len() - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!(
        "answered otherwise since the last update, which the code does not know: {}{more}",
        shown.join(", ")
    );
    let place = material.places.of_open(first);
    let place = place.unwrap_or_else(|| material.place(first));
    Some(
        Diagnostic::new(&KD0321, "", message)
            .at(ANSWERS, place, "")
            .help("bring the code there: `cargo kickoff update`")
            .help("or take the change back"),
    )
}

/// The questions that are answered otherwise, in interview order.
fn changed(old: &Answers, new: &Answers) -> Vec<&'static str> {
    let questions = catalog::questions().iter();
    let mut changed: Vec<_> = questions
        .filter(|question| old.entry(question.id) != new.entry(question.id))
        .map(|question| question.id)
        .collect();
    if old.name != new.name {
        changed.insert(0, "service.name");
    }
    changed
}
