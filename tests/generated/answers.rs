//! Answers made by hand.

use cargo_kickoff::answers::{Answers, Item, Value};
use cargo_kickoff::notation::FieldAnswer;
use cargo_kickoff::question::{catalog, validate_value};

/// The day on which all of them are given.
pub(crate) const DAY: &str = "2026-11-25";

/// Gives an answer in the form in which it would be typed.
pub(crate) fn give(answers: &mut Answers, id: &str, text: &str) {
    let question = catalog::question(id).expect("a question of the catalog");
    let value = validate_value(&question.kind, text)
        .unwrap_or_else(|error| panic!("{id}: `{text}`: {error}"));
    answers.give(question, value);
}

/// Gives a list of items.
pub(crate) fn give_items(answers: &mut Answers, id: &str, items: Vec<Item>) {
    let question = catalog::question(id).expect("a question of the catalog");
    answers.give(question, Value::Items(items));
}

/// An item with parts of text; `same-when`, `names` and `entities` are lists with commas.
pub(crate) fn item(name: &str, parts: &[(&str, &str)]) -> Item {
    let value = |key: &str, text: &str| match key {
        "same-when" | "names" | "entities" => {
            Value::List(text.split(',').map(|word| word.trim().to_owned()).collect())
        }
        "rate" | "attempts" | "concurrency" => Value::Number(text.parse().expect("a number")),
        "critical" | "twice-safe" | "breaker" => Value::Flag(text == "yes"),
        _ => Value::Text(text.to_owned()),
    };
    let parts = parts
        .iter()
        .map(|(key, text)| ((*key).to_owned(), value(key, text)));
    Item {
        name: name.to_owned(),
        parts: parts.collect(),
    }
}

/// An entity; one field a line, in the notation, with the meaning of empty behind `//`.
pub(crate) fn entity(name: &str, parts: &[(&str, &str)], fields: &str) -> Item {
    let mut item = item(name, parts);
    let fields: Vec<FieldAnswer> = fields
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(field)
        .collect();
    if !fields.is_empty() {
        item.parts
            .insert("fields".to_owned(), Value::Fields(fields));
    }
    item
}

/// Services to be called, of which no two are answered about alike.
pub(crate) fn dependencies() -> Vec<Item> {
    vec![
        item(
            "payments",
            &[
                ("for", "charging cards"),
                ("breaker", "yes"),
                ("attempts", "3"),
            ],
        ),
        item(
            "rates",
            &[
                ("critical", "no"),
                ("twice-safe", "yes"),
                ("attempts", "5"),
                ("backoff", "60s"),
                ("when-down", "fallback"),
                ("fallback", "the last good answer"),
            ],
        ),
        item(
            "match",
            &[
                ("for", "finding \"pairs\" */ {{ quickly }}"),
                ("twice-safe", "yes"),
                ("attempts", "1"),
                ("when-down", "fallback"),
                (
                    "fallback",
                    "a \"quoted\" */ {{ text }} that does not fit on the line behind the constant, and more",
                ),
                ("concurrency", "100000"),
            ],
        ),
        item(
            "straßen-dienst",
            &[
                ("critical", "no"),
                ("when-down", "queue"),
                ("timeout", "1234ms"),
            ],
        ),
        item(
            &"a".repeat(40),
            &[("when-down", "fallback"), ("fallback", "4.90 EUR")],
        ),
    ]
}

/// One field in the notation.
pub(crate) fn field(line: &str) -> FieldAnswer {
    let (name, spec) = line.split_once(':').expect("a colon behind the name");
    let (spec, meaning) = match spec.split_once(" //") {
        Some((spec, meaning)) => (spec, Some(meaning.trim().to_owned())),
        None => (spec, None),
    };
    FieldAnswer {
        name: name.trim().to_owned(),
        spec: spec.trim().to_owned(),
        empty_means: meaning,
    }
}

/// Answers about a service with these entities.
pub(crate) fn service(name: &str, entities: Vec<Item>) -> Answers {
    let mut answers = Answers::new(name, DAY);
    give(
        &mut answers,
        "responsibility.purpose",
        "Keeps what it is asked to keep.",
    );
    give_items(
        &mut answers,
        "responsibility.owns",
        vec![item("keeping records", &[])],
    );
    give_items(&mut answers, "data.entities", entities);
    answers
}
