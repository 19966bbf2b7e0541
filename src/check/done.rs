//! KD05: what counts as done, and is not.

use super::diagnostic::Diagnostic;
use super::material::Material;
use super::rule::{KD0501, KD0502, KD0503};
use crate::baseline::ANSWERS;
use crate::question::{Choice, Kind, catalog};

const ITEMS: &str = "done.items";

/// Which of the generated files carry an item.
const CARRIERS: &[(&str, &[&str])] = &[
    (
        "validation",
        &["src/validate.rs", "tests/service/extract.rs"],
    ),
    (
        "error-handling",
        &["src/problem.rs", "tests/service/contract.rs"],
    ),
    (
        "logging",
        &["src/telemetry.rs", "tests/service/telemetry.rs"],
    ),
    (
        "monitoring",
        &[
            "src/metrics.rs",
            "tests/service/metrics.rs",
            "tests/service/health.rs",
        ],
    ),
    (
        "documentation",
        &[
            "openapi.json",
            "tests/service/openapi.rs",
            "tests/service/schema.rs",
            "tests/service/documented.rs",
        ],
    ),
    ("ci", &[".github/workflows/ci.yml"]),
];

pub(super) fn check(material: &Material<'_>) -> Vec<Diagnostic> {
    let Some(question) = catalog::question(ITEMS) else {
        return Vec::new();
    };
    let Kind::Choices { choices } = question.kind else {
        return Vec::new();
    };
    let chosen = |choice: &&Choice| {
        material
            .blueprint
            .done
            .iter()
            .any(|item| item == choice.value)
    };
    let mut found: Vec<_> = choices
        .iter()
        .filter(|choice| !chosen(choice))
        .map(|choice| not_chosen(material, choice))
        .collect();
    for choice in choices.iter().filter(chosen) {
        if question.awaits.is_some() && !question.honours.contains(&choice.value) {
            found.push(awaited(material, choice));
        }
        let carriers = CARRIERS.iter().filter(|(item, _)| *item == choice.value);
        for path in carriers.flat_map(|(_, paths)| *paths) {
            let was_there = material
                .baseline()
                .is_some_and(|old| old.get(path).is_some());
            if was_there && !material.project.has(path) {
                found.push(lost(material, choice, path));
            }
        }
    }
    found
}

fn not_chosen(material: &Material<'_>, choice: &Choice) -> Diagnostic {
    let message = format!("not part of done: {} (`{}`)", choice.label, choice.value);
    Diagnostic::new(&KD0501, choice.value, message)
        .at(ANSWERS, material.place(ITEMS), "")
        .note(format!("what is missing: {}", choice.does))
        .help("choose it: `cargo kickoff ask done.items`")
}

fn awaited(material: &Material<'_>, choice: &Choice) -> Diagnostic {
    let message = format!(
        "`{}` counts as part of done, and this version of kickoff generates nothing that carries it",
        choice.value
    );
    Diagnostic::new(&KD0503, choice.value, message)
        .at(ANSWERS, material.place(ITEMS), "")
        .note(format!("what it would be: {}", choice.does))
        .help("take it out of `done.items` until it is there")
}

fn lost(material: &Material<'_>, choice: &Choice, path: &str) -> Diagnostic {
    let message = format!(
        "`{}` counts as part of done, and `{path}`, which carries it, is gone",
        choice.value
    );
    Diagnostic::new(&KD0502, path, message)
        .at(
            ANSWERS,
            material.place(ITEMS),
            format!("`{}` is chosen here", choice.value),
        )
        .note(format!("what is lost: {}", choice.does))
        .help("put it back from version control")
        .help(format!("or take `{}` out of `done.items`", choice.value))
}
