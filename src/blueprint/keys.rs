//! Which operations can be repeated by sending the same key.

use serde::Serialize;

use super::entities::Model;
use super::names::Claim;
use super::{Migration, milliseconds, text};
use crate::answers::Answers;

const TABLE: &str = "idempotency";

/// Which operations can be repeated by sending the same key. Without entities there are none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Keys {
    /// Creations require a key.
    pub creates: bool,
    /// All other writes do as well.
    pub changes: bool,
    /// How long a key is remembered.
    pub lifetime_ms: u64,
}

impl Keys {
    /// The migration behind all others that creates their table, if there is one.
    pub(super) fn migration(self, others: usize) -> Option<Migration> {
        let file = format!("{:04}_create_{TABLE}.sql", others + 1);
        self.creates.then(|| Migration::of_file(file)).flatten()
    }
}

/// The keys of a service with these entities.
pub(super) fn keys(answers: &Answers, model: &Model) -> Keys {
    let operations = text(answers, "communication.idempotency").unwrap_or_default();
    let changes = operations == "all-writes";
    let creates = changes || operations == "creates";
    if !creates || model.entities.is_empty() {
        return Keys::default();
    }
    Keys {
        creates,
        changes,
        lifetime_ms: milliseconds(answers, "communication.key-lifetime").unwrap_or_default(),
    }
}

/// The names that no entity can have then.
pub(super) fn claims(answers: &Answers) -> Vec<Claim> {
    let operations = text(answers, "communication.idempotency").unwrap_or_default();
    if !["creates", "all-writes"].contains(&operations.as_str()) {
        return Vec::new();
    }
    ["module", "table"]
        .map(|space| Claim {
            space: space.to_owned(),
            name: TABLE.to_owned(),
            origin: "communication.idempotency".to_owned(),
        })
        .to_vec()
}

#[cfg(test)]
mod tests {
    use crate::answers::{Answers, Item, Value};
    use crate::blueprint::{Blueprint, Setting};
    use crate::notation::FieldAnswer;
    use crate::question::catalog;

    fn answers(entity: &str, operations: &str) -> Answers {
        let mut answers = Answers::new("orders", "2026-11-25");
        let field = FieldAnswer {
            name: "note".to_owned(),
            spec: "text".to_owned(),
            empty_means: None,
        };
        let parts = [("fields".to_owned(), Value::Fields(vec![field]))];
        let item = Item {
            name: entity.to_owned(),
            parts: parts.into_iter().collect(),
        };
        let mut give = |id, value| answers.give(catalog::question(id).unwrap(), value);
        give("data.entities", Value::Items(vec![item]));
        give(
            "communication.idempotency",
            Value::Text(operations.to_owned()),
        );
        answers
    }

    #[test]
    fn keys_have_a_table_behind_those_of_the_entities() {
        for (operations, tables) in [
            ("none", vec!["0001_create_notes.sql"]),
            (
                "creates",
                vec!["0001_create_notes.sql", "0002_create_idempotency.sql"],
            ),
            (
                "all-writes",
                vec!["0001_create_notes.sql", "0002_create_idempotency.sql"],
            ),
        ] {
            let blueprint = Blueprint::draw(&answers("Note", operations), Setting::Standalone);
            let blueprint = blueprint.unwrap();
            let found: Vec<_> = blueprint
                .migrations
                .iter()
                .map(|migration| migration.file.as_str())
                .collect();
            assert_eq!(found, tables);
            assert_eq!(blueprint.keys.changes, operations == "all-writes");
        }
    }

    #[test]
    fn an_entity_cannot_take_the_name_of_their_table() {
        let conflicts =
            |operations| Blueprint::draw(&answers("Idempotency", operations), Setting::Standalone);
        assert!(conflicts("none").is_ok());
        let found = conflicts("creates").unwrap_err();
        let said: Vec<_> = found.iter().map(|found| found.answers.join(" ")).collect();
        assert!(
            said.contains(&"entity.Idempotency communication.idempotency".to_owned()),
            "{said:?}"
        );
    }
}
