//! The questionnaire of `cargo kickoff questions`: Markdown to fill in as a team, and the catalog as JSON.
//!
//! In the Markdown the answers stand in fenced blocks of TOML, as comments. Put one behind the other, the blocks are a
//! `kickoff.toml`: [`toml_of_questionnaire`] takes them out, with every line at its place, so that an error names the line
//! of the Markdown file.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::example::{example, toml_header, toml_line};
use super::{Fallback, Kind, Question, Section, When, catalog};

/// The questionnaire in Markdown.
pub fn questionnaire_markdown() -> String {
    let mut text = String::from(include_str!("questionnaire/head.md"));
    for section in Section::ALL {
        put(&mut text, "");
        put(
            &mut text,
            &format!("## {}. {}", section.number(), section.title()),
        );
        let mut header = Some(section.key());
        for question in in_file_order(section) {
            put_question(&mut text, "###", question.id, question);
            match question.items() {
                Some(_) => put_items(&mut text, question),
                None => {
                    put_answer(&mut text, header.take(), question.id, question);
                }
            }
        }
    }
    text.push('\n');
    text.push_str(include_str!("questionnaire/tail.md"));
    text
}

/// The TOML of a filled-in questionnaire: the lines of its `toml` blocks, and an empty line for every other line.
pub fn toml_of_questionnaire(markdown: &str) -> String {
    let mut inside = false;
    let mut toml = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        let fence = line.trim();
        if inside && fence == "```" {
            inside = false;
        } else if !inside && fence == "```toml" {
            inside = true;
        } else if inside {
            toml.push_str(line);
        }
        toml.push('\n');
    }
    toml
}

/// The catalog as JSON, for programs: `{"format": 1, "sections": [{"key", "number", "title", "questions"}]}`.
pub fn questionnaire_json() -> Value {
    let sections: Vec<Value> = Section::ALL
        .into_iter()
        .map(|section| {
            let questions: Vec<Value> = catalog::questions()
                .iter()
                .filter(|question| question.section == section)
                .map(|question| question_json(question))
                .collect();
            json!({
                "key": section.key(),
                "number": section.number(),
                "title": section.title(),
                "questions": questions,
            })
        })
        .collect();
    json!({ "format": 1, "sections": sections })
}

/// The questions of a section such that no table of an item comes between two keys of the section's own table: lists that
/// do not lead the section go to its end.
fn in_file_order(section: Section) -> Vec<&'static Question> {
    let mut questions: Vec<&Question> = catalog::questions()
        .iter()
        .copied()
        .filter(|question| question.section == section)
        .collect();
    let leading = questions
        .iter()
        .take_while(|question| question.items().is_some())
        .count();
    questions[leading..].sort_by_key(|question| question.items().is_some());
    questions
}

fn put_question(text: &mut String, level: &str, name: &str, question: &Question) {
    put(text, "");
    put(text, &format!("{level} {}", question.ask));
    put(text, "");
    put(text, question.why);
    put(text, "");
    put(text, &format!("`{name}`: {}", question.effect));
    let mut notes = format!("Default: {}.", question.default_in_words());
    if let Some(condition) = question.condition_in_words() {
        write!(notes, " Only {condition}.").expect("a string takes any text");
    }
    put(text, &notes);
    if let Kind::Choice { choices } | Kind::Choices { choices } = question.kind {
        put(text, "");
        for choice in choices {
            put(
                text,
                &format!("- `{}` ({}): {}", choice.value, choice.label, choice.does),
            );
        }
    }
}

fn put_answer(text: &mut String, header: Option<&str>, name: &str, question: &Question) {
    put(text, "");
    put(text, "```toml");
    if let Some(header) = header {
        put(text, &format!("[{header}]"));
    }
    if let Some(line) = example(name, question).and_then(|text| toml_line(question, text)) {
        put(text, &format!("# {line}"));
    }
    put(text, "```");
}

fn put_items(text: &mut String, question: &Question) {
    let Some(schema) = question.items() else {
        return;
    };
    put(text, "");
    put(text, &format!("For each {}:", schema.singular));
    put(text, "");
    for part in schema.parts {
        let condition = part
            .condition_in_words()
            .map_or_else(String::new, |condition| format!(" Only {condition}."));
        put(
            text,
            &format!(
                "- `{}`: {} ({}; default: {}){condition}",
                part.id,
                part.ask,
                part.kind_in_words(),
                part.default_in_words()
            ),
        );
        if let Kind::Choice { choices } | Kind::Choices { choices } = part.kind {
            for choice in choices {
                put(text, &format!("  - `{}`: {}", choice.value, choice.does));
            }
        }
    }
    put(text, "");
    put(text, "```toml");
    put(text, &format!("# [{}]", toml_header(schema)));
    for part in schema.parts {
        let name = format!("{}.{}", schema.table, part.id);
        if let Some(line) = example(&name, part).and_then(|text| toml_line(part, text)) {
            let condition = part
                .condition_in_words()
                .map_or_else(String::new, |condition| format!("  # only {condition}"));
            put(text, &format!("# {line}{condition}"));
        }
    }
    if schema.parts.iter().any(|part| part.kind == Kind::Fields) {
        put(text, "#");
        put(text, &format!("# [{}.fields]", toml_header(schema)));
        put(text, "# number = \"string(1..32) unique\"");
        put(
            text,
            "# note = { type = \"text?\", empty = \"the customer left no note\" }",
        );
    }
    put(text, "```");
}

fn put(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("a string takes any text");
}

fn question_json(question: &Question) -> Value {
    let mut value = json!({
        "id": question.id,
        "ask": question.ask,
        "why": question.why,
        "effect": question.effect,
        "kind": kind_json(&question.kind),
        "default": default_json(&question.default),
        "condition": condition_json(&question.when),
        "asked-from": question.asked_from.key(),
        "core": question.core,
        "record": question.record,
        "awaits": question.awaits,
    });
    if let Some(schema) = question.items() {
        value["parts"] = schema.parts.iter().map(question_json).collect();
    }
    value
}

fn kind_json(kind: &Kind) -> Value {
    match *kind {
        Kind::Choice { choices } => json!({ "type": "choice", "choices": choices }),
        Kind::Choices { choices } => json!({ "type": "choices", "choices": choices }),
        Kind::Flag => json!({ "type": "flag" }),
        Kind::Text { max } => json!({ "type": "text", "max": max }),
        Kind::Texts { max } => json!({ "type": "texts", "max": max }),
        Kind::Number { min, max, unit } => {
            json!({ "type": "number", "min": min, "max": max, "unit": unit })
        }
        Kind::Duration { min_ms, max_ms } => {
            json!({ "type": "duration", "min-ms": min_ms, "max-ms": max_ms })
        }
        Kind::Percent => json!({ "type": "percent" }),
        Kind::Date => json!({ "type": "date" }),
        Kind::Owner => json!({ "type": "owner" }),
        Kind::Fields => json!({ "type": "fields" }),
        Kind::Items { schema } => json!({
            "type": "items",
            "table": schema.table,
            "singular": schema.singular,
            "plural": schema.plural,
            "name": schema.name,
            "example": schema.example,
        }),
    }
}

/// `null`: the question stays open without an answer.
fn default_json(default: &Fallback) -> Value {
    match *default {
        Fallback::Open => Value::Null,
        Fallback::Empty => json!({ "empty": true }),
        Fallback::Fixed(text) => json!({ "always": text }),
        Fallback::ByStakes([nothing, annoyance, money, harm]) => json!({ "by-stakes": {
            "nothing": nothing,
            "annoyance": annoyance,
            "money": money,
            "harm": harm,
        }}),
        Fallback::DaysAfterCreation(days) => json!({ "days-after-creation": days }),
    }
}

/// `null`: the question always makes sense.
fn condition_json(when: &When) -> Value {
    match *when {
        When::Always => Value::Null,
        When::Is(id, values) => json!({ "question": id, "one-of": values }),
        When::Any(id) => json!({ "question": id, "has-items": true }),
        When::Experiment => json!({ "experiment": true }),
        When::All(all) => json!({ "all": all.iter().map(condition_json).collect::<Vec<_>>() }),
        When::Part(key, values) => json!({ "part": key, "one-of": values }),
        When::PartGiven(key) => json!({ "part": key, "given": true }),
        When::PartEmpty(key) => json!({ "part": key, "given": false }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(toml: &str) -> toml_edit::DocumentMut {
        toml.parse()
            .unwrap_or_else(|error| panic!("{error}\n{toml}"))
    }

    /// The questionnaire with every answer filled in: as if a team had taken out the `#`.
    fn filled_in() -> String {
        let mut inside = false;
        questionnaire_markdown()
            .lines()
            .map(|line| {
                match line {
                    "```toml" => inside = true,
                    "```" => inside = false,
                    _ => {}
                }
                let line = match line.strip_prefix('#') {
                    Some(answer) if inside => answer.trim_start(),
                    _ => line,
                };
                format!("{line}\n")
            })
            .collect()
    }

    #[test]
    fn an_empty_questionnaire_is_a_file_without_answers() {
        let toml = parse(&toml_of_questionnaire(&questionnaire_markdown()));
        assert_eq!(toml["format"].as_integer(), Some(1));
        for section in Section::ALL {
            let table = toml[section.key()].as_table();
            assert!(table.is_some_and(|table| table.is_empty()), "{section:?}");
        }
        assert!(!toml.contains_key("entity"));
    }

    #[test]
    fn a_questionnaire_filled_in_holds_every_key() {
        let toml = parse(&toml_of_questionnaire(&filled_in()));
        for question in catalog::questions() {
            match question.items() {
                None => {
                    let table = toml[question.section.key()].as_table();
                    let found = table.is_some_and(|table| table.contains_key(question.key()));
                    assert!(found, "{}", question.id);
                }
                Some(schema) => {
                    let item = toml[schema.table][schema.example].as_table();
                    let item = item.expect(schema.table);
                    for part in schema.parts {
                        assert!(item.contains_key(part.id), "{}.{}", schema.table, part.id);
                    }
                }
            }
        }
        assert!(toml["open"].as_table().is_some_and(|open| open.len() == 1));
    }

    #[test]
    fn lines_keep_their_numbers() {
        let markdown =
            "# Title\n\n```toml\na = 1\n```\r\n~\n  ```toml\n[b]\n  ```\n```rust\nfn\n```\n";
        let toml = toml_of_questionnaire(markdown);
        assert_eq!(toml, "\n\n\na = 1\n\n\n\n[b]\n\n\n\n\n");
    }

    #[test]
    fn the_json_has_every_question() {
        let json = questionnaire_json();
        let sections = json["sections"].as_array().expect("sections");
        let ids: Vec<&str> = sections
            .iter()
            .flat_map(|section| section["questions"].as_array().expect("questions"))
            .filter_map(|question| question["id"].as_str())
            .collect();
        let expect: Vec<&str> = catalog::questions()
            .iter()
            .map(|question| question.id)
            .collect();
        assert_eq!(ids, expect);
        let entities = &sections[1]["questions"][0];
        assert_eq!(entities["parts"][0]["id"], "about");
        assert_eq!(entities["kind"]["table"], "entity");
        assert_eq!(entities["default"], Value::Null);
        assert_eq!(
            sections[2]["questions"][1]["default"]["by-stakes"]["nothing"],
            "1s"
        );
    }
}
