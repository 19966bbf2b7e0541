//! The reference of `kickoff.toml`, written from the catalog: `docs/reference.md`.

use std::fmt::Write as _;

use super::example::{example, toml_header, toml_line};
use crate::answers::exception;

use super::{Kind, Question, Section, catalog};

/// The reference of `kickoff.toml` in Markdown: every table and key with its question, type, default, condition, choices
/// and an example.
pub fn markdown() -> String {
    let mut text = String::from(include_str!("reference/head.md"));
    for section in Section::ALL {
        write_section(&mut text, section);
    }
    write_exceptions(&mut text);
    text.push('\n');
    text.push_str(include_str!("reference/fields.md"));
    text
}

/// What the check is not to report.
fn write_exceptions(text: &mut String) {
    line(text, "");
    line(text, "## Exceptions");
    line(text, "");
    line(
        text,
        "What `cargo kickoff check` would report, and somebody has decided to live with. A rule that is not excepted counts, and an",
    );
    line(
        text,
        "exception that excuses nothing, or whose day has passed, is reported. The codes and subjects are listed in",
    );
    line(text, "[diagnostics.md](diagnostics.md).");
    line(text, "");
    line(text, "```toml");
    line(text, &format!("[[{}]]", exception::TABLE));
    for part in exception::PARTS {
        line(text, &format!("{} = \"{}\"", part.key, part.example));
    }
    line(text, "```");
    line(text, "");
    line(text, "| key | value | meaning |");
    line(text, "|---|---|---|");
    for part in exception::PARTS {
        let needed = if part.required { "" } else { ", may be absent" };
        let row = format!(
            "| `{}` | {}{needed} | {} |",
            part.key,
            part.kind.in_words(),
            part.meaning
        );
        line(text, &row);
    }
}

fn write_section(text: &mut String, section: Section) {
    line(text, "");
    let heading = format!("## {}. {}", section.number(), section.title());
    line(text, &heading);
    for question in catalog::questions()
        .iter()
        .filter(|question| question.section == section)
    {
        write_question(text, "###", question.id, question);
        match question.items() {
            Some(schema) => {
                write_toml(text, &toml_header(schema), None);
                for part in schema.parts {
                    let name = format!("{}.{}", schema.table, part.id);
                    write_question(text, "####", &name, part);
                    if part.kind == Kind::Fields {
                        fields_example(text, &toml_header(schema));
                    } else {
                        let example = example(&name, part).and_then(|text| toml_line(part, text));
                        write_toml(text, &toml_header(schema), example.as_deref());
                    }
                }
            }
            None => {
                let example =
                    example(question.id, question).and_then(|text| toml_line(question, text));
                write_toml(text, section.key(), example.as_deref());
            }
        }
    }
}

/// Heading, question, reason, effect, facts and choices.
fn write_question(text: &mut String, level: &str, name: &str, question: &Question) {
    line(text, "");
    line(text, &format!("{level} `{name}`"));
    line(text, "");
    line(text, &format!("**{}**", question.ask));
    line(text, "");
    line(text, question.why);
    line(text, "");
    line(text, question.effect);
    line(text, "");
    line(text, &format!("- Value: {}.", question.kind_in_words()));
    line(
        text,
        &format!("- Default: {}.", question.default_in_words()),
    );
    if let Some(condition) = question.condition_in_words() {
        line(text, &format!("- Condition: {condition}."));
    }
    line(text, &format!("- Asked: {}.", question.asked_in_words()));
    if question.core {
        line(
            text,
            "- Core: while it is open, the service is an experiment.",
        );
    }
    line(text, &format!("- Decision record: {}.", question.record));
    if let Some(awaits) = question.awaits {
        let note = format!("- Recorded, not yet generated: awaits {awaits}.");
        line(text, &note);
    }
    if let Kind::Choice { choices } | Kind::Choices { choices } = question.kind {
        line(text, "");
        line(text, "| value | means | does |");
        line(text, "|---|---|---|");
        for choice in choices {
            let row = format!(
                "| `{}` | {} | {} |",
                choice.value, choice.label, choice.does
            );
            line(text, &row);
        }
    }
}

fn write_toml(text: &mut String, header: &str, key: Option<&str>) {
    line(text, "");
    line(text, "```toml");
    line(text, &format!("[{header}]"));
    if let Some(key) = key {
        line(text, key);
    }
    line(text, "```");
}

fn fields_example(text: &mut String, header: &str) {
    line(text, "");
    line(text, "```toml");
    line(text, &format!("[{header}.fields]"));
    line(text, "number = \"string(1..32) unique\"");
    line(text, "customer = \"-> Customer\"");
    line(text, "status = \"draft | placed | paid = draft\"");
    line(
        text,
        "note = { type = \"text?\", empty = \"the customer left no note\" }",
    );
    line(text, "```");
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("a string takes any text");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every fenced block of TOML in the reference.
    fn blocks(text: &str) -> Vec<String> {
        text.split("```toml\n")
            .skip(1)
            .map(|rest| rest.split("```").next().unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn the_reference_in_docs_is_the_one_of_the_catalog() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reference.md");
        if std::env::var_os("KICKOFF_OVERWRITE").is_some() {
            std::fs::write(path, markdown()).expect("docs/ is writable");
        }
        let found = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            found.replace("\r\n", "\n") == markdown(),
            "docs/reference.md is stale: run `KICKOFF_OVERWRITE=1 cargo test --lib reference`"
        );
    }

    #[test]
    fn every_key_has_its_heading_and_every_block_is_toml() {
        let text = markdown();
        for question in catalog::questions() {
            assert!(text.contains(&format!("\n### `{}`\n", question.id)));
        }
        for block in blocks(&text) {
            if let Err(error) = block.parse::<toml_edit::DocumentMut>() {
                panic!("{error}\n{block}");
            }
        }
    }

    #[test]
    fn tables_keep_their_columns() {
        for row in markdown().lines().filter(|line| line.starts_with("| `")) {
            assert_eq!(row.matches('|').count(), 4, "{row}");
        }
    }
}
