//! What is kept in the outbox until it has left.

use super::arithmetic::{Finding, Severity};
use super::names::Claim;
use super::{Dependency, Migration};
use crate::answers::Answers;

const TABLE: &str = "outbox";

/// The migration behind all others that creates its table, if there is one.
pub(super) fn migration(is_used: bool, others: usize) -> Option<Migration> {
    let file = format!("{:04}_create_{TABLE}.sql", others + 1);
    is_used.then(|| Migration::of_file(file)).flatten()
}

/// The names that no entity can have where calls are queued.
pub(super) fn claims(answers: &Answers) -> Vec<Claim> {
    let Some(queued) = super::dependencies::first_queued(answers) else {
        return Vec::new();
    };
    ["module", "table"]
        .map(|space| Claim {
            space: space.to_owned(),
            name: TABLE.to_owned(),
            origin: format!("{queued}.when-down"),
        })
        .to_vec()
}

/// Calls that are to be kept, where nothing can be kept.
pub(super) fn without_store(dependencies: &[Dependency]) -> Vec<Finding> {
    let unkept = |dependency: &&Dependency| dependency.when_down == "queue" && !dependency.queued;
    dependencies
        .iter()
        .filter(unkept)
        .map(|dependency| Finding {
            code: "queue-without-store",
            answers: vec![
                format!("{}.when-down", dependency.path),
                "data.entities".to_owned(),
            ],
            message: format!(
                "when `{}` is down calls to it are done later, but a service without an entity has no database to keep them in",
                dependency.name.as_str()
            ),
            fix: "name what this service keeps (`data.entities`), or let `when-down` be `fail`: until then it is answered with 503"
                .to_owned(),
            severity: Severity::Impossible,
        })
        .collect()
}

/// Calls that are kept for later by an instance that gets no requests then.
pub(super) fn kept_by_nobody(dependencies: &[Dependency]) -> Vec<Finding> {
    dependencies
        .iter()
        .filter(|dependency| dependency.queued && dependency.critical)
        .map(|dependency| Finding {
            code: "queued-and-critical",
            answers: ["when-down", "critical"]
                .map(|part| format!("{}.{part}", dependency.path))
                .to_vec(),
            message: format!(
                "when `{}` is down calls to it are done later, yet it counts as critical: no instance is ready then, so none gets a \
                 request to do later",
                dependency.name.as_str()
            ),
            fix: "answer `critical` with no, so that requests go on without it".to_owned(),
            severity: Severity::Risky,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::answers::{Answers, Item, Value, path};
    use crate::blueprint::{Blueprint, Conflict, Setting};
    use crate::notation::FieldAnswer;
    use crate::question::catalog;

    fn drawn(entity: Option<&str>, answers: &[(&str, &str)]) -> Result<Blueprint, Vec<Conflict>> {
        let mut all = Answers::new("orders", "2026-11-25");
        let entities = entity.map(|name| {
            let field = FieldAnswer {
                name: "note".to_owned(),
                spec: "text".to_owned(),
                empty_means: None,
            };
            let parts = [("fields".to_owned(), Value::Fields(vec![field]))];
            Item {
                name: name.to_owned(),
                parts: parts.into_iter().collect(),
            }
        });
        let question = catalog::question("data.entities").unwrap();
        all.give(question, Value::Items(entities.into_iter().collect()));
        for (place, value) in answers {
            path::set(&mut all, place, value).unwrap();
        }
        Blueprint::draw(&all, Setting::Standalone)
    }

    const QUEUE: (&str, &str) = ("dependency.ledger.when-down", "queue");
    const OPTIONAL: (&str, &str) = ("dependency.ledger.critical", "no");

    #[test]
    fn a_queued_call_has_a_table_behind_all_others() {
        let files = |answers: &[(&str, &str)]| -> Vec<String> {
            let blueprint = drawn(Some("Note"), answers).unwrap();
            let migrations = blueprint.migrations.into_iter();
            migrations.map(|migration| migration.file).collect()
        };
        assert_eq!(
            files(&[("dependency.ledger.when-down", "fail")]),
            ["0001_create_notes.sql"]
        );
        assert_eq!(
            files(&[QUEUE, ("communication.idempotency", "creates")]),
            [
                "0001_create_notes.sql",
                "0002_create_idempotency.sql",
                "0003_create_outbox.sql"
            ]
        );
    }

    #[test]
    fn an_entity_cannot_take_the_name_of_the_table() {
        assert!(drawn(Some("Outbox"), &[]).is_ok());
        let found = drawn(Some("Outbox"), &[QUEUE]).unwrap_err();
        let said: Vec<_> = found.iter().map(|found| found.answers.join(" ")).collect();
        assert!(
            said.contains(&"entity.Outbox dependency.ledger.when-down".to_owned()),
            "{said:?}"
        );
    }

    #[test]
    fn what_is_to_be_kept_needs_a_place_and_somebody_who_keeps_it() {
        let findings = |entity, answers: &[(&str, &str)]| -> Vec<_> {
            let blueprint = drawn(entity, answers).unwrap();
            let findings = blueprint.findings.into_iter();
            findings
                .map(|finding| (finding.code, finding.answers.join(" ")))
                .collect()
        };
        let places =
            |code, second: &str| vec![(code, format!("dependency.ledger.when-down {second}"))];
        assert_eq!(findings(Some("Note"), &[QUEUE, OPTIONAL]), []);
        assert_eq!(
            findings(None, &[QUEUE, OPTIONAL]),
            places("queue-without-store", "data.entities")
        );
        assert_eq!(
            findings(Some("Note"), &[QUEUE]),
            places("queued-and-critical", "dependency.ledger.critical")
        );
    }
}
