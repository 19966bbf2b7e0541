//! KD01: questions that are open, and answers without effect.

use super::diagnostic::Diagnostic;
use super::material::Material;
use super::rule::{KD0101, KD0102, KD0105};
use crate::baseline::ANSWERS;
use crate::blueprint::OpenQuestion;
use crate::question::catalog;

pub(super) fn check(material: &Material<'_>) -> Vec<Diagnostic> {
    let open = material.blueprint.open.iter();
    let mut found: Vec<_> = open.map(|question| is_open(material, question)).collect();
    let mut kept = material.answers.clone();
    for id in kept.drop_stale() {
        found.push(without_effect(material, id));
    }
    found
}

fn is_open(material: &Material<'_>, question: &OpenQuestion) -> Diagnostic {
    let rule = match question.core {
        true => &KD0102,
        false => &KD0101,
    };
    let found = Diagnostic::new(
        rule,
        question.id,
        format!("nobody has answered: {}", question.ask),
    );
    let found = match material.places.of_open(question.id) {
        Some(place) => found.at(ANSWERS, place, "put off here"),
        None => found.at(ANSWERS, material.place(question.id), "not answered here"),
    };
    let found = found.note(question.why);
    let found = match &question.meanwhile {
        Some(value) => found.note(format!(
            "meanwhile the default holds, and nobody decided it: {}",
            value.as_str()
        )),
        None => found,
    };
    found.help(format!("answer it: `cargo kickoff ask {}`", question.id))
}

fn without_effect(material: &Material<'_>, id: &str) -> Diagnostic {
    let condition = catalog::question(id).and_then(|question| question.condition_in_words());
    let found = Diagnostic::new(&KD0105, id, format!("the answer to `{id}` has no effect"));
    let place = material.places.of_open(id);
    let place = place.unwrap_or_else(|| material.place(id));
    let found = found.at(ANSWERS, place, "");
    let found = match condition {
        Some(condition) => found.note(format!("it counts only {condition}")),
        None => found,
    };
    found.help("remove it, or give the answer that makes it count")
}
