//! The JSON Schema of `kickoff.toml`, for editors; written from the catalog and published as `docs/kickoff.schema.json`.
//!
//! It asks for the canonical form, which is narrower than what [`read`](super::file::read) accepts (`"2s"`, not `"2 seconds"`), and cannot
//! see everything that reading sees: the notation of fields above all.

use serde_json::{Map, Value, json};

use super::{exception, file};
use crate::question::{
    Choice, Fallback, ItemSchema, Kind, NameRule, Question, Section, canonical_text, catalog,
    validate_value,
};

/// The schema, draft 2020-12.
pub fn json_schema() -> Value {
    let mut properties = Map::new();
    properties.insert(
        "format".to_owned(),
        json!({ "description": "The version of this format.", "const": file::FORMAT }),
    );
    properties.insert("service".to_owned(), service());
    for section in Section::ALL {
        properties.insert(section.key().to_owned(), section_table(section));
        for question in of_section(section) {
            if let Some(schema) = question.items() {
                properties.insert(schema.table.to_owned(), item_tables(question, schema));
            }
        }
    }
    properties.insert("open".to_owned(), open());
    properties.insert(exception::TABLE.to_owned(), exceptions());
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": concat!(
            "https://raw.githubusercontent.com/cargo-kickoff/cargo-kickoff/v",
            env!("CARGO_PKG_VERSION"),
            "/docs/kickoff.schema.json"
        ),
        "title": "kickoff.toml",
        "description": "The answers behind a service. A key that is absent has its default, and nobody decided it.",
        "type": "object",
        "required": ["format", "service"],
        "additionalProperties": false,
        "properties": properties,
    })
}

fn of_section(section: Section) -> impl Iterator<Item = &'static Question> {
    catalog::questions()
        .iter()
        .copied()
        .filter(move |question| question.section == section)
}

fn table(description: &str, properties: Map<String, Value>) -> Value {
    json!({
        "description": description,
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

fn service() -> Value {
    json!({
        "description": "Which service these answers are about.",
        "type": "object",
        "required": ["name", "created"],
        "additionalProperties": false,
        "properties": {
            "name": {
                "description": "The name of the package.",
                "type": "string",
                "minLength": 1,
                "maxLength": 64,
            },
            "created": {
                "description": "The day of the first answers. Every date that is generated is derived from it.",
                "type": "string",
                "format": "date",
                "pattern": DATE,
            },
            "code": {
                "description": "`existing`: the code was there before the answers, and nothing is generated into it. Absent where it is generated.",
                "const": file::EXISTING,
            },
        },
    })
}

fn section_table(section: Section) -> Value {
    let properties = of_section(section).map(|question| {
        let schema = match question.items() {
            Some(schema) => no_items(question, schema),
            None => described(question, value(&question.kind)),
        };
        (question.key().to_owned(), schema)
    });
    table(section.title(), properties.collect())
}

/// Below the section itself a list can only be said to be empty.
fn no_items(question: &Question, schema: &ItemSchema) -> Value {
    json!({
        "description": format!(
            "{} An empty list says that there are none; else write one table `[{}.NAME]` for each {}.",
            question.ask, schema.table, schema.singular
        ),
        "type": "array",
        "maxItems": 0,
    })
}

fn item_tables(question: &Question, schema: &ItemSchema) -> Value {
    let parts = schema
        .parts
        .iter()
        .map(|part| (part.id.to_owned(), described(part, value(&part.kind))));
    json!({
        "description": description(question),
        "type": "object",
        "propertyNames": names(schema.name),
        "additionalProperties": table(
            &format!("{} {}.", if schema.singular.starts_with(['a', 'e', 'i', 'o', 'u']) { "An" } else { "A" }, schema.singular),
            parts.collect(),
        ),
    })
}

/// Letters of every script are allowed, and regular expressions of editors disagree about what those are: the patterns rule out what is
/// certainly wrong.
fn names(rule: NameRule) -> Value {
    match rule {
        NameRule::Entity => json!({ "pattern": r"^[^\s0-9_.-][^\s_.-]*$", "maxLength": 60 }),
        NameRule::Slug => json!({ "pattern": r"^[^\s0-9_.-][^\t\r\n.]*$", "maxLength": 60 }),
        NameRule::Phrase => json!({ "pattern": r"^\S([^\r\n]*\S)?$", "maxLength": 200 }),
    }
}

const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const ONE_LINE: &str = r"^[^\r\n]*\S[^\r\n]*$";

fn one_line(max: usize) -> Value {
    json!({ "type": "string", "pattern": ONE_LINE, "maxLength": max })
}

fn value(kind: &Kind) -> Value {
    match *kind {
        Kind::Choice { choices } => json!({ "enum": words(choices) }),
        Kind::Choices { choices } => json!({
            "type": "array",
            "items": { "enum": words(choices) },
            "uniqueItems": true,
        }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Text { max } => one_line(max),
        Kind::Texts { max } => json!({ "type": "array", "items": one_line(max) }),
        Kind::Number { min, max, .. } => {
            json!({ "type": "integer", "minimum": min, "maximum": max })
        }
        Kind::Duration { .. } => json!({ "type": "string", "pattern": "^[0-9]+(ms|s|m|h|d)$" }),
        Kind::Percent => json!({
            "type": ["string", "number"],
            "pattern": r"^[0-9]{1,2}(\.[0-9]{1,4})?$",
            "exclusiveMinimum": 0,
            "exclusiveMaximum": 100,
        }),
        Kind::Date => json!({ "type": "string", "format": "date", "pattern": DATE }),
        Kind::Owner => one_line(100),
        Kind::Fields => fields(),
        Kind::Items { .. } => json!({ "type": "array", "maxItems": 0 }),
    }
}

fn fields() -> Value {
    let spec = json!({
        "description": "The notation of the field, for example `string(1..32) unique`, `text?`, `draft | placed = draft` or `-> Customer`.",
        "type": "string",
        "minLength": 1,
        "maxLength": 1000,
    });
    json!({
        "type": "object",
        "propertyNames": { "pattern": r"^[^\s0-9_.-][^\s.]*$", "maxLength": 60 },
        "additionalProperties": {
            "anyOf": [
                spec,
                {
                    "type": "object",
                    "required": ["type"],
                    "additionalProperties": false,
                    "properties": {
                        "type": spec,
                        "empty": {
                            "description": "What it means when an optional field is empty.",
                            "type": "string",
                            "pattern": ONE_LINE,
                            "maxLength": 400,
                        },
                    },
                },
            ],
        },
    })
}

fn words(choices: &[Choice]) -> Vec<&'static str> {
    choices.iter().map(|choice| choice.value).collect()
}

fn described(question: &Question, mut schema: Value) -> Value {
    schema["description"] = Value::String(description(question));
    if let Fallback::Fixed(text) = question.default
        && let Ok(default) = validate_value(&question.kind, text)
    {
        schema["default"] = json_value(&default);
    }
    schema
}

fn json_value(value: &super::Value) -> Value {
    match value {
        super::Value::List(list) => json!(list),
        super::Value::Number(number) => json!(number),
        super::Value::Flag(flag) => json!(flag),
        other => json!(canonical_text(other)),
    }
}

/// What an editor shows: the question, what the answer does, each choice, the default, and when it counts.
fn description(question: &Question) -> String {
    let mut text = format!("{}\n\n{}", question.ask, question.effect);
    if let Kind::Choice { choices } | Kind::Choices { choices } = question.kind {
        text.push('\n');
        for choice in choices {
            text += &format!("\n- `{}`: {}", choice.value, choice.does);
        }
    }
    text += &format!("\n\nDefault: {}.", question.default_in_words());
    if let Some(condition) = question.condition_in_words() {
        text += &format!(" Only {condition}.");
    }
    text
}

fn open() -> Value {
    let note = |question: &Question| {
        json!({
            "description": format!("Put off: {} Say who decides, by when, or what is missing.", question.ask),
            "type": "string",
        })
    };
    let mut properties = Map::new();
    for section in Section::ALL {
        for question in of_section(section) {
            properties.insert(question.id.to_owned(), note(question));
        }
    }
    // Without quotes an id is a key in a table.
    for section in Section::ALL {
        let keys = of_section(section).map(|question| (question.key().to_owned(), note(question)));
        properties.insert(
            section.key().to_owned(),
            table(section.title(), keys.collect()),
        );
    }
    table("Questions that were put off on purpose, by id.", properties)
}

fn exceptions() -> Value {
    let properties = exception::PARTS.iter().map(|part| {
        let mut schema = value(&part.kind);
        if part.key == "code" {
            schema = json!({ "type": "string", "pattern": "^KD[0-9]{4}$" });
        }
        schema["description"] = json!(part.meaning);
        (part.key.to_owned(), schema)
    });
    let required = exception::PARTS.iter().filter(|part| part.required);
    let required: Vec<_> = required.map(|part| part.key).collect();
    let mut item = table("One exception.", properties.collect());
    item["required"] = json!(required);
    json!({
        "description": "What `cargo kickoff check` would report, and somebody has decided to live with.",
        "type": "array",
        "items": item,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pointer: &str, expect: &Value) {
        assert_eq!(json_schema().pointer(pointer), Some(expect), "{pointer}");
    }

    #[test]
    fn every_question_and_part_has_a_place() {
        let schema = json_schema();
        for question in catalog::questions() {
            let section = &schema["properties"][question.section.key()]["properties"];
            assert!(
                section[question.key()]["description"].is_string(),
                "{}",
                question.id
            );
            assert!(schema["properties"]["open"]["properties"][question.id].is_object());
            for part in question.items().map_or(&[][..], |schema| schema.parts) {
                let table = question.items().map_or("", |schema| schema.table);
                let item = &schema["properties"][table]["additionalProperties"];
                assert_eq!(item["additionalProperties"], json!(false));
                assert!(
                    item["properties"][part.id]["description"].is_string(),
                    "{table}.{}",
                    part.id
                );
            }
        }
    }

    #[test]
    fn kinds_become_types() {
        check(
            "/properties/load/properties/peak-rps/maximum",
            &json!(1_000_000),
        );
        check("/properties/load/properties/peak-rps/default", &json!(50));
        check(
            "/properties/data/properties/deletion/enum",
            &json!(["hard", "soft", "never"]),
        );
        check(
            "/properties/communication/properties/styles/default",
            &json!(["rest"]),
        );
        check(
            "/properties/dependency/additionalProperties/properties/critical/default",
            &json!(true),
        );
        check("/properties/data/properties/entities/maxItems", &json!(0));
    }
}
