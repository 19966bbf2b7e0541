//! Removes what a file says about a path, and keeps every comment.

use std::ops::Range;

use super::editor::Editor;
use super::layout::{Body, Mention, Statement, indent, line_start, next_line};
use super::{FileError, lexer};

/// A range and what takes its place.
type Change = (Range<usize>, String);

impl Editor {
    /// Removes everything at `path` and below. `instead` takes the place of a line that said it in the table's own body. Comments that
    /// stood in what is removed stay as lines of their own.
    pub(super) fn remove(
        &mut self,
        path: &[String],
        instead: Option<&str>,
    ) -> Result<(), Vec<FileError>> {
        while let Some(changes) = self.entry_changes(path)? {
            self.apply(changes);
        }
        let changes = self.line_changes(path, instead)?;
        self.apply(changes);
        Ok(())
    }

    /// Removes one in a list of tables, counted from 0. Comments stay as in [`Editor::remove`].
    pub(super) fn remove_table(
        &mut self,
        path: &[String],
        number: usize,
    ) -> Result<(), Vec<FileError>> {
        let layout = self.layout()?;
        let mut bodies = layout.bodies.iter().filter(|body| body.path == path);
        let changes = bodies.nth(number).map(|body| self.without_table(body));
        self.apply(changes.unwrap_or_default());
        Ok(())
    }

    fn without_table(&self, body: &Body) -> Vec<Change> {
        let mut changes = vec![self.without_header(body)];
        let statements = body.statements.iter();
        changes.extend(statements.map(|statement| self.without_line(statement)));
        changes
    }

    fn apply(&mut self, mut changes: Vec<Change>) {
        changes.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
        for (range, with) in changes {
            self.replace(range, &with);
        }
    }

    fn line_changes(
        &self,
        path: &[String],
        instead: Option<&str>,
    ) -> Result<Vec<Change>, Vec<FileError>> {
        let layout = self.layout()?;
        let mut changes = Vec::new();
        for mention in layout.mentions(path) {
            match mention {
                Mention::Header(body) => {
                    changes.extend(self.without_table(body));
                }
                Mention::Line(body, statement) => {
                    let (range, mut kept) = self.without_line(statement);
                    if let Some(instead) = instead.filter(|_| {
                        path.starts_with(&body.path) && body.path.len() + 1 == path.len()
                    }) {
                        kept = format!("{}{instead}\n{kept}", indent(&self.text, range.start));
                    }
                    changes.push((range, kept));
                }
                Mention::Entry(..) => {}
            }
        }
        Ok(changes)
    }

    fn without_line(&self, statement: &Statement) -> Change {
        let range =
            line_start(&self.text, statement.key)..next_line(&self.text, statement.value.end);
        let kept = self.comment_lines(&range);
        (range, kept)
    }

    /// With the blank line above it, if no comment would then move to the table before.
    fn without_header(&self, body: &Body) -> Change {
        let mut range =
            line_start(&self.text, body.header.start)..next_line(&self.text, body.header.end);
        let kept = self.comment_lines(&range);
        let has_comments = !lexer::comments(&self.text[body.header.start..body.end]).is_empty();
        if let Some(above) = range.start.checked_sub(1)
            && !has_comments
        {
            let above = line_start(&self.text, above);
            if self.text[above..range.start].trim().is_empty() {
                range.start = above;
            }
        }
        (range, kept)
    }

    fn comment_lines(&self, range: &Range<usize>) -> String {
        let removed = &self.text[range.clone()];
        let indent = indent(&self.text, range.start);
        lexer::comments(removed)
            .into_iter()
            .map(|comment| format!("{indent}{}\n", &removed[comment]))
            .collect()
    }

    /// Removes the first entry of an inline table that says something about `path`.
    fn entry_changes(&self, path: &[String]) -> Result<Option<Vec<Change>>, Vec<FileError>> {
        let layout = self.layout()?;
        let found = layout
            .mentions(path)
            .into_iter()
            .find_map(|mention| match mention {
                Mention::Entry(container, entry) => Some(self.without_entry(container, entry)),
                _ => None,
            });
        Ok(found)
    }

    fn without_entry(&self, container: &Statement, entry: &Statement) -> Vec<Change> {
        let start = self.entry_start(container, entry);
        let value_end = entry.value.end;
        let comments: Vec<String> = lexer::comments(&self.text[start..value_end])
            .into_iter()
            .map(|comment| self.text[start..value_end][comment].to_owned())
            .collect();
        let kept = if comments.is_empty() {
            String::new()
        } else {
            format!("\n{}\n", comments.join("\n"))
        };
        let mut changes = vec![(start..value_end, kept)];
        let behind = skip_trivia(&self.text, value_end);
        if self.text[behind..].starts_with(',') {
            changes.push((behind..skip_blanks(&self.text, behind + 1), String::new()));
        } else if let Some(before) = previous(container, entry) {
            let comma = skip_trivia(&self.text, before.value.end);
            changes.push((comma..skip_blanks(&self.text, comma + 1), String::new()));
        }
        changes
    }

    /// Where the first key of an entry starts.
    pub(super) fn entry_start(&self, container: &Statement, entry: &Statement) -> usize {
        match previous(container, entry) {
            None => skip_trivia(&self.text, container.value.start + 1),
            Some(before) => {
                let comma = skip_trivia(&self.text, before.value.end);
                skip_trivia(&self.text, comma + 1)
            }
        }
    }
}

fn previous<'a>(container: &'a Statement, entry: &Statement) -> Option<&'a Statement> {
    let entries = container.entries.iter().flatten();
    entries.take_while(|other| other.key < entry.key).last()
}

/// The first place at or behind `at` that is neither blank nor comment.
fn skip_trivia(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        let blanks = rest.len() - rest.trim_start().len();
        at += blanks;
        if !text[at..].starts_with('#') {
            return at;
        }
        at = next_line(text, at);
    }
}

fn skip_blanks(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.len() - rest.trim_start_matches([' ', '\t']).len()
}
