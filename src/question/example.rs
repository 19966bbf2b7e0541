//! An example of every answer, as it stands in `kickoff.toml`.

use super::{Fallback, ItemSchema, Kind, NameRule, Question};

/// Answers that cannot be taken from a default or a list of choices, by `section.key` or `table.part`.
const EXAMPLES: [(&str, &str); 30] = [
    (
        "responsibility.purpose",
        "Takes orders from the web shop and tells their state until they are delivered.",
    ),
    ("capability.entities", "Order, OrderLine"),
    ("boundary.whose", "the payment service"),
    ("boundary.names", "card, payment"),
    ("caller.rate", "20"),
    ("caller.timeout", "2s"),
    ("caller.attempts", "2"),
    (
        "entity.about",
        "What a customer ordered, from the basket to the delivery.",
    ),
    ("entity.of", "accounts"),
    ("entity.same-when", "number"),
    ("entity.duplicates", "return-existing"),
    ("entity.conflicts", "last-write-wins"),
    ("entity.deletion", "never"),
    ("entity.plural", "orders"),
    ("dependency.for", "charging the customer's card"),
    ("dependency.fallback", "an empty list"),
    ("communication.styles", "rest, publish-events"),
    ("communication.broker", "nats"),
    ("event.entity", "Order"),
    ("event.from", "payments"),
    ("event.key", "number"),
    ("communication.access", "jwt"),
    ("communication.issuer", "https://login.example.com/"),
    ("ownership.database-owner", "@acme/platform"),
    ("ownership.schema-owner", "@acme/orders"),
    ("ownership.caching-owner", "@acme/orders"),
    ("ownership.errors-owner", "Ada Lovelace"),
    ("ownership.caching", "in-process"),
    ("reality.ends-on", "2027-02-23"),
    (
        "reality.ends-when",
        "Fewer than ten orders a day after two months.",
    ),
];

/// An answer in canonical text; `name` is `section.key` or `table.part`. `None` where an answer has no form on one line.
pub(super) fn example(name: &str, question: &Question) -> Option<&'static str> {
    if let Some((_, text)) = EXAMPLES.iter().find(|(id, _)| *id == name) {
        return Some(text);
    }
    match question.default {
        Fallback::Fixed(text) => Some(text),
        // The level of most services.
        Fallback::ByStakes([_, text, ..]) => Some(text),
        Fallback::Open | Fallback::Empty | Fallback::DaysAfterCreation(_) => None,
    }
}

/// `key = value` in TOML; `None` for fields and items, which are tables.
pub(super) fn toml_line(question: &Question, text: &str) -> Option<String> {
    let value = match question.kind {
        Kind::Fields | Kind::Items { .. } => return None,
        Kind::Number { .. } => text.to_owned(),
        Kind::Flag => (text == "yes").to_string(),
        Kind::Choices { .. } | Kind::Texts { .. } => {
            let items: Vec<String> = text.split(", ").map(quoted).collect();
            format!("[{}]", items.join(", "))
        }
        _ => quoted(text),
    };
    Some(format!("{} = {value}", question.key()))
}

/// `[entity.Order]`, with the name of the schema's example.
pub(super) fn toml_header(schema: &ItemSchema) -> String {
    let name = match schema.name {
        NameRule::Phrase => quoted(schema.example),
        NameRule::Entity | NameRule::Slug => schema.example.to_owned(),
    };
    format!("{}.{name}", schema.table)
}

fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::{canonical_text, catalog, validate_value};

    /// Questions and parts by the names that examples use.
    fn named() -> Vec<(String, &'static Question)> {
        let mut named = Vec::new();
        for question in catalog::questions() {
            named.push((question.id.to_owned(), *question));
            if let Some(schema) = question.items() {
                for part in schema.parts {
                    named.push((format!("{}.{}", schema.table, part.id), part));
                }
            }
        }
        named
    }

    #[test]
    fn every_answer_on_one_line_has_a_valid_example() {
        for (name, question) in named() {
            if matches!(question.kind, Kind::Fields | Kind::Items { .. }) {
                continue;
            }
            let text = example(&name, question).unwrap_or_else(|| panic!("{name}: no example"));
            let value = validate_value(&question.kind, text)
                .unwrap_or_else(|message| panic!("{name}: {message}"));
            assert_eq!(canonical_text(&value), text, "{name}");
            let line = toml_line(question, text).expect("a line");
            assert!(line.parse::<toml_edit::DocumentMut>().is_ok(), "{line}");
        }
    }

    #[test]
    fn examples_belong_to_questions() {
        let named = named();
        for (name, _) in EXAMPLES {
            assert!(named.iter().any(|(other, _)| other == name), "{name}");
        }
    }
}
