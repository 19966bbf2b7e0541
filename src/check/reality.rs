//! KD0601: experiments end.

use super::diagnostic::Diagnostic;
use super::material::Material;
use super::rule::KD0601;
use crate::baseline::ANSWERS;

pub(super) fn check(material: &Material<'_>) -> Option<Diagnostic> {
    let experiment = material.blueprint.experiment.as_ref()?;
    let today = &material.project.today;
    // Both are written year first, so that the order of the texts is that of the days.
    if *today <= experiment.ends_on {
        return None;
    }
    let message = format!(
        "the experiment ended on {}, and today is {today}",
        experiment.ends_on
    );
    let found =
        Diagnostic::new(&KD0601, "", message).at(ANSWERS, material.place("reality.ends-on"), "");
    let found = match &experiment.ends_when {
        Some(when) => found.note(format!("it was to end earlier if: {}", when.as_str())),
        None => found,
    };
    let found = match experiment.declared {
        true => found.help("make it a project: `cargo kickoff ask reality.kind`"),
        false => {
            found.help("make it a project by answering what is open: `cargo kickoff ask --open`")
        }
    };
    Some(found.help("or end it; or answer for another day: `cargo kickoff ask reality.ends-on`"))
}
