//! A text being edited: every change replaces a range of bytes, and everything else stays as it is.

use std::ops::Range;

use super::layout::{Layout, Statement, above_comments, line_start, next_line};
use super::{BOM, FileError, encode, syntax};
use crate::answers::Value;
use crate::question::Question;

/// A file that is being edited.
pub(super) struct Editor {
    /// Without byte order mark.
    pub(super) text: String,
    has_mark: bool,
    newline: &'static str,
}

impl Editor {
    pub(super) fn new(text: &str) -> Editor {
        let without_mark = text.strip_prefix(BOM).unwrap_or(text);
        let breaks = without_mark.matches('\n').count();
        let with_return = without_mark.matches("\r\n").count();
        Editor {
            text: without_mark.to_owned(),
            has_mark: without_mark.len() != text.len(),
            newline: if with_return * 2 > breaks {
                "\r\n"
            } else {
                "\n"
            },
        }
    }

    pub(super) fn finish(self) -> String {
        let mark = if self.has_mark { BOM } else { "" };
        format!("{mark}{}", self.text)
    }

    pub(super) fn layout(&self) -> Result<Layout, Vec<FileError>> {
        Layout::of(&self.text).map_err(|_| syntax::parse(&self.text).err().unwrap_or_default())
    }

    /// Replaces a range; line breaks become those of the file.
    pub(super) fn replace(&mut self, range: Range<usize>, with: &str) {
        self.text
            .replace_range(range, &with.replace('\n', self.newline));
    }

    /// Puts whole lines in front of the line that starts at `at`.
    pub(super) fn insert_lines(&mut self, at: usize, lines: &str) {
        let unfinished =
            at == self.text.len() && !self.text.is_empty() && !self.text.ends_with('\n');
        let lead = if unfinished { "\n" } else { "" };
        self.replace(at..at, &format!("{lead}{lines}\n"));
    }

    /// Gives the key at `path` another value. Comments inside a list stay.
    pub(super) fn set(&mut self, path: &[String], value: &Value) -> Result<(), Vec<FileError>> {
        let layout = self.layout()?;
        let Some(statement) = layout.statement(path) else {
            return Ok(());
        };
        let new = match value {
            Value::List(list) => self.list(statement, list),
            other => encode::value(other, 0),
        };
        let range = statement.value.clone();
        self.replace(range, &new);
        Ok(())
    }

    /// Replaces the value at `path` by TOML.
    pub(super) fn set_toml(&mut self, path: &[String], toml: &str) -> Result<(), Vec<FileError>> {
        if let Some(statement) = self.layout()?.statement(path) {
            self.replace(statement.value.clone(), toml);
        }
        Ok(())
    }

    fn list(&self, statement: &Statement, list: &[String]) -> String {
        let old = &self.text[statement.value.clone()];
        let indent = super::layout::indent(&self.text, statement.value.start);
        let before = statement.value.start - line_start(&self.text, statement.value.start);
        if !super::lexer::comments(old).is_empty() {
            let elements = statement.elements.iter().map(|element| {
                element.start - statement.value.start..element.end - statement.value.start
            });
            super::array::merge(old, &elements.collect::<Vec<_>>(), list, indent)
        } else if old.contains('\n') && !list.is_empty() {
            encode::list_over_lines(list, indent)
        } else {
            encode::value(&Value::List(list.to_vec()), before)
        }
    }

    /// The range of the comment line that gives the default of a question, without its indentation and line break.
    pub(super) fn default_line(
        &self,
        question: &Question,
    ) -> Result<Option<Range<usize>>, Vec<FileError>> {
        let lines = self.default_lines(question.section.key())?;
        let of_question = lines.into_iter().find(|(key, _)| key == question.key());
        Ok(of_question.map(|(_, range)| range))
    }

    /// The comment lines that give defaults in the body of a section, with their keys.
    pub(super) fn default_lines(
        &self,
        section: &str,
    ) -> Result<Vec<(String, Range<usize>)>, Vec<FileError>> {
        Ok(default_lines(&self.text, &self.layout()?, section))
    }

    /// Removes the line that `range` is in.
    pub(super) fn remove_line(&mut self, range: &Range<usize>) {
        let start = line_start(&self.text, range.start);
        let end = next_line(&self.text, range.end);
        self.replace(start..end, "");
    }

    /// Where lines go that shall stand before the line with `at`: above the comments that belong to it.
    pub(super) fn above(&self, at: usize, limit: usize) -> usize {
        above_comments(&self.text, line_start(&self.text, at), limit)
    }
}

/// The comment lines of `text` that give defaults in the body of a section, with their keys.
pub(super) fn default_lines(
    text: &str,
    layout: &Layout,
    section: &str,
) -> Vec<(String, Range<usize>)> {
    let Some(body) = layout.body(&[section.to_owned()]) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut at = next_line(text, body.header.end);
    while at < body.end {
        let next = next_line(text, at);
        let line = &text[at..next];
        let is_value =
            |statement: &Statement| statement.value.start < next && statement.value.end > at;
        if let Some(key) = encode::key_of_default_line(line)
            && !body.statements.iter().any(is_value)
        {
            let start = at + line.len() - line.trim_start().len();
            found.push((key.to_owned(), start..start + line.trim().len()));
        }
        at = next;
    }
    found
}
