//! `[[exception]]`: reading, writing and editing.

use toml_edit::{Item as TomlItem, Table, TableLike};

use super::editor::Editor;
use super::error::FileError;
use super::read::{Reader, span_of, span_of_key};
use super::{encode, value};
use crate::answers::exception::{PARTS, TABLE};
use crate::answers::{Exception, Value};

/// Reads the exceptions of a file.
pub(super) fn read(reader: &mut Reader<'_>, root: &dyn TableLike) -> Vec<Exception> {
    match root.get(TABLE) {
        None => Vec::new(),
        Some(TomlItem::ArrayOfTables(tables)) => tables
            .iter()
            .filter_map(|table| read_one(reader, table))
            .collect(),
        Some(other) => {
            let found = value::type_in_words(other);
            reader.report(
                FileError::new(
                    span_of_key(root, TABLE),
                    format!("`{TABLE}` is a list of tables, and this is {found}"),
                )
                .hint(format!(
                    "write `[[{TABLE}]]` with double brackets above each"
                )),
            );
            Vec::new()
        }
    }
}

fn read_one(reader: &mut Reader<'_>, table: &Table) -> Option<Exception> {
    let known: Vec<&str> = PARTS.iter().map(|part| part.key).collect();
    reader.unknown_keys(table, &format!("[{TABLE}]"), &known);
    let mut exception = Exception::default();
    let mut is_whole = true;
    for part in PARTS {
        let text = match reader.value(&part.kind, table, part.key) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        };
        if text.is_none() && part.required {
            is_whole = false;
            if !table.contains_key(part.key) {
                let message = format!("an exception has no `{}`", part.key);
                let hint = format!(
                    "write {}: `{} = \"{}\"`",
                    part.meaning, part.key, part.example
                );
                reader.report(FileError::new(table.span().unwrap_or(0..0), message).hint(hint));
            }
        }
        match (part.key, text) {
            ("subject", text) => exception.subject = text,
            ("until", text) => exception.until = text,
            ("code", Some(code)) => exception.code = code,
            ("reason", Some(reason)) => exception.reason = reason,
            (_, Some(owner)) => exception.owner = owner,
            (_, None) => {}
        }
    }
    let code = &exception.code;
    let is_code = code
        .strip_prefix("KD")
        .is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|c| c.is_ascii_digit()));
    if is_whole && !is_code {
        reader.report(
            FileError::new(
                span_of(table, "code"),
                format!("`{code}` is not the code of a rule"),
            )
            .hint("write the code that `cargo kickoff check` shows: `KD0301`"),
        );
        is_whole = false;
    }
    is_whole.then_some(exception)
}

/// The lines of one.
pub(super) fn block(exception: &Exception) -> String {
    let mut text = format!("[[{TABLE}]]\n");
    for part in PARTS {
        if let Some(value) = exception.part(part.key) {
            text += &encode::assignment(part.key, &encode::quoted(value));
            text.push('\n');
        }
    }
    text
}

impl Editor {
    /// Brings the exceptions from `before` to `after`: those that go are removed, comments kept, and new ones stand at the end.
    pub(super) fn edit_exceptions(
        &mut self,
        before: &[Exception],
        after: &[Exception],
    ) -> Result<(), Vec<FileError>> {
        let mut left = after.iter().peekable();
        let mut removed = Vec::new();
        for (at, exception) in before.iter().enumerate() {
            if left.next_if_eq(&exception).is_none() {
                removed.push(at);
            }
        }
        for at in removed.into_iter().rev() {
            self.remove_table(&[TABLE.to_owned()], at)?;
        }
        for exception in left {
            let gap = if self.text.is_empty() { "" } else { "\n" };
            let lines = format!("{gap}{}", block(exception));
            self.insert_lines(self.text.len(), lines.trim_end_matches('\n'));
        }
        Ok(())
    }
}
