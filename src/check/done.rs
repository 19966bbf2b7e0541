//! KD05: what counts as done, and is not.

use super::diagnostic::Diagnostic;
use super::material::Material;
use super::rule::{KD0501, KD0502};
use crate::baseline::{ANSWERS, Baseline};
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
            "src/docs.rs",
            "tests/service/docs.rs",
            "tests/service/openapi.rs",
            "tests/service/schema.rs",
            "tests/service/documented.rs",
        ],
    ),
    ("performance-check", &["tests/service/performance.rs"]),
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
        let carriers = CARRIERS.iter().filter(|(item, _)| *item == choice.value);
        for path in carriers.flat_map(|(_, paths)| *paths) {
            let old = material.baseline().filter(|old| old.get(path).is_some());
            if old.is_some_and(|old| is_gone(material, old, path)) {
                found.push(lost(material, choice, path));
            }
        }
    }
    found
}

/// Whether neither the file is there nor one that took its place: a file of its name that was not generated, or any other workflow.
fn is_gone(material: &Material<'_>, baseline: &Baseline, path: &str) -> bool {
    let name = |path: &str| path.rsplit('/').next().map(str::to_owned);
    let is_workflow = |path: &str| {
        path.starts_with(".github/workflows/")
            || matches!(path, ".gitlab-ci.yml" | ".circleci/config.yml")
    };
    let mut files = material.project.files.keys();
    !files.any(|other| {
        let moved = name(other) == name(path) && baseline.get(other).is_none();
        other == path || moved || (is_workflow(path) && is_workflow(other))
    })
}

fn not_chosen(material: &Material<'_>, choice: &Choice) -> Diagnostic {
    let message = format!("not part of done: {} (`{}`)", choice.label, choice.value);
    Diagnostic::new(&KD0501, choice.value, message)
        .at(ANSWERS, material.place(ITEMS), "")
        .note(format!("what is missing: {}", choice.does))
        .help("choose it: `cargo kickoff ask done.items`")
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
