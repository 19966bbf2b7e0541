//! Headings that say what was decided.

/// The heading of a record whose question was answered with this value, if one answer is all of the decision.
pub(super) fn title(question: &str, value: &str) -> Option<&'static str> {
    TITLES
        .iter()
        .find(|(id, word, _)| *id == question && *word == value)
        .map(|(_, _, title)| *title)
}

/// By question and value.
const TITLES: &[(&str, &str, &str)] = &[
    (
        "data.duplicates",
        "reject",
        "Refuse a record that exists already",
    ),
    (
        "data.duplicates",
        "return-existing",
        "Answer a repeated creation with the record that exists",
    ),
    (
        "data.duplicates",
        "update",
        "Let a repeated creation update the record that exists",
    ),
    (
        "data.conflicts",
        "version",
        "Tell the second of two who change one record",
    ),
    (
        "data.conflicts",
        "last-write-wins",
        "Let the last change of a record win",
    ),
    ("data.deletion", "hard", "Delete records for good"),
    (
        "data.deletion",
        "soft",
        "Hide deleted records, but keep them",
    ),
    ("data.deletion", "never", "Never delete a record"),
    (
        "communication.errors",
        "translate",
        "Translate the errors of dependencies",
    ),
    (
        "communication.errors",
        "pass",
        "Pass on what dependencies refuse",
    ),
    (
        "communication.errors",
        "hide",
        "Hide the errors of dependencies",
    ),
    (
        "communication.idempotency",
        "none",
        "Take no idempotency keys",
    ),
    (
        "communication.idempotency",
        "creates",
        "Take an idempotency key for creations",
    ),
    (
        "communication.idempotency",
        "all-writes",
        "Take an idempotency key for every write",
    ),
    (
        "communication.access",
        "open",
        "Let anybody call who can reach the service",
    ),
    (
        "communication.access",
        "service-token",
        "Let services call with a token",
    ),
    (
        "communication.access",
        "jwt",
        "Let users of an issuer call with its tokens",
    ),
    ("ownership.database", "sqlite", "Keep records in SQLite"),
    (
        "ownership.database",
        "postgresql",
        "Keep records in PostgreSQL",
    ),
    (
        "ownership.schema-changes",
        "direct",
        "Change the schema in one step",
    ),
    (
        "ownership.schema-changes",
        "expand-contract",
        "Add to the schema first, remove from it later",
    ),
    ("ownership.caching", "none", "Cache nothing"),
    (
        "ownership.caching",
        "in-process",
        "Cache reads in the process",
    ),
    ("ownership.caching", "redis", "Cache reads in Redis"),
    (
        "ownership.error-pattern",
        "per-layer",
        "Give each layer its own error type",
    ),
    (
        "ownership.error-pattern",
        "single",
        "Use one error type for the whole service",
    ),
    (
        "ownership.record-format",
        "madr",
        "Record decisions in MADR form",
    ),
    (
        "ownership.record-format",
        "nygard",
        "Record decisions in Nygard's form",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::{Kind, catalog};

    #[test]
    fn titles_belong_to_choices_and_a_question_has_one_for_each() {
        for (id, ..) in TITLES {
            let question = catalog::question(id).expect(id);
            let Kind::Choice { choices } = question.kind else {
                panic!("{id} is no choice");
            };
            for choice in choices {
                assert!(title(id, choice.value).is_some(), "{id}: {}", choice.value);
            }
            let titles = TITLES.iter().filter(|(other, ..)| other == id);
            assert_eq!(titles.count(), choices.len(), "{id}");
        }
    }
}
