//! A fresh file.

use super::encode;
use crate::answers::{Answer, Answers, Code, Item, Value};
use crate::question::{ItemSchema, Section, catalog};

/// Writes a fresh file: the sections in interview order, each followed by the items of the lists it asks for, and at the end what was
/// put off and what is excepted. The same answers give the same bytes, and [`read`](super::read) gives the same answers back.
pub fn write(answers: &Answers) -> String {
    let mut blocks = vec![head(answers.code), service(answers)];
    for section in Section::ALL {
        blocks.extend(section_block(answers, section));
        for question in catalog::questions() {
            if question.section == section
                && let Some(schema) = question.items()
                && let Some(Value::Items(items)) = answers.given(question.id)
            {
                blocks.extend(items.iter().map(|item| item_tables(schema, item)));
            }
        }
    }
    blocks.extend(open_block(answers));
    blocks.extend(answers.exceptions.iter().map(super::exceptions::block));
    blocks.join("\n")
}

fn head(code: Code) -> String {
    let words = match code {
        Code::Generated => {
            "\
             # The answers behind this service: its code, its tests and its decision records follow from them.\n\
             # Edit them here; `cargo kickoff new OTHER-PATH --answers kickoff.toml` generates from them, and keeps every comment.\n\
             # A key that is absent has its default, and nobody decided it; [open] lists what was put off.\n"
        }
        Code::Existing => {
            "\
             # What was decided about this service. Its code was there before: `cargo kickoff` generates none into it.\n\
             # Edit the answers here, or with `cargo kickoff ask`; comments are kept.\n\
             # A key that is absent was decided by nobody (`cargo kickoff questions` lists them all); [open] lists what was put off, and\n\
             # what was found and nobody confirmed.\n"
        }
    };
    format!(
        "#:schema https://raw.githubusercontent.com/cargo-kickoff/cargo-kickoff/v{}/docs/kickoff.schema.json\n{words}format = {}\n",
        env!("CARGO_PKG_VERSION"),
        super::FORMAT
    )
}

fn service(answers: &Answers) -> String {
    let mut lines = vec![
        encode::assignment("name", &encode::quoted(&answers.name)),
        encode::assignment("created", &encode::quoted(&answers.created)),
    ];
    if answers.code == Code::Existing {
        lines.push(encode::assignment("code", &encode::quoted(super::EXISTING)));
    }
    format!("[service]\n{}\n", lines.join("\n"))
}

fn section_block(answers: &Answers, section: Section) -> Option<String> {
    let lines: Vec<String> = catalog::questions()
        .iter()
        .filter(|question| question.section == section)
        .filter_map(|question| match answers.given(question.id) {
            // Items are tables behind the section.
            Some(Value::Items(items)) if !items.is_empty() => None,
            Some(value) => Some(key_line(question.key(), value)),
            None => encode::default_line(answers, question),
        })
        .collect();
    if lines.is_empty() {
        return None;
    }
    Some(format!("[{}]\n{}\n", section.key(), lines.join("\n")))
}

fn key_line(key: &str, value: &Value) -> String {
    encode::assignment(key, &encode::value(value, key.len() + 3))
}

/// The tables of an item: its own, and one for its fields.
pub fn item_tables(schema: &ItemSchema, item: &Item) -> String {
    let header = encode::dotted([schema.table, &item.name]);
    let mut lines = Vec::new();
    let mut tables = Vec::new();
    for part in schema.parts {
        match item.parts.get(part.id) {
            None => {}
            Some(Value::Fields(fields)) => {
                let fields: String = fields
                    .iter()
                    .map(|field| {
                        encode::assignment(&encode::key(&field.name), &encode::field(field)) + "\n"
                    })
                    .collect();
                tables.push(format!("[{header}.{}]\n{fields}", part.id));
            }
            Some(value) => lines.push(key_line(part.id, value) + "\n"),
        }
    }
    // The table of the fields alone says that there is an item.
    if !lines.is_empty() || tables.is_empty() {
        tables.insert(0, format!("[{header}]\n{}", lines.concat()));
    }
    tables.join("\n")
}

fn open_block(answers: &Answers) -> Option<String> {
    let lines: String = catalog::questions()
        .iter()
        .filter_map(|question| match answers.entry(question.id) {
            Some(Answer::Open { note }) => Some(format!(
                "{} = {}\n",
                encode::key(question.id),
                encode::quoted(note)
            )),
            _ => None,
        })
        .collect();
    (!lines.is_empty()).then(|| format!("[open]\n{lines}"))
}
