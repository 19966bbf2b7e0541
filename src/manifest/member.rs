//! A new member in a workspace's root manifest.

use std::ops::Range;

use toml_edit::{Array, Document, Item, Key, TableLike, Value};

use crate::error::{Error, Result};
use crate::workspace::{excluded_by, lists};

/// Adds the package in `path` (relative to the manifest, `/` between the parts) to the members of a workspace.
///
/// The entry stands where the order of the list wants it, and looks as the others do: one a line or all in one, comma at the end or
/// not, indented like its neighbours. Comments stay beside what they stood beside. `None` where the list covers the path already.
///
/// # Errors
/// The text is no workspace manifest, or excludes the path.
pub fn add_member(text: &str, path: &str) -> Result<Option<String>> {
    let document = Document::parse(text).map_err(|error| {
        Error::failed("the workspace's Cargo.toml is not valid TOML").caused_by(error)
    })?;
    let workspace = document.get("workspace").ok_or_else(|| {
        Error::failed("the Cargo.toml has no `[workspace]`: it cannot have members")
            .hint("add `[workspace]` to it, or choose a path outside of that folder")
    })?;
    let table = workspace.as_table_like().ok_or_else(|| {
        Error::failed(format!(
            "`workspace` in Cargo.toml is a {}, not a table",
            workspace.type_name()
        ))
    })?;
    let members = strings(table, "members")?;
    let exclude = strings(table, "exclude")?;
    if let Some(entry) = excluded_by(&exclude, &members, path) {
        return Err(Error::usage(format!(
            "the workspace excludes `{path}` by `exclude = [\"{entry}\"]`"
        ))
        .hint(format!(
            "choose another path, or take `{entry}` out of `exclude`"
        )));
    }
    if lists(&members, path) {
        return Ok(None);
    }
    let insertion = match table.get("members").and_then(Item::as_array) {
        Some(array) => into_array(text, array, path)?,
        None => new_list(text, &document, workspace, path)?,
    };
    let mut edited = text.to_owned();
    for (at, insert) in insertion.into_iter().rev() {
        edited.insert_str(at, &insert);
    }
    verify(&edited, &members, path)?;
    Ok(Some(edited))
}

/// What is inserted, at which byte, in ascending order.
type Insertions = Vec<(usize, String)>;

fn strings<'a>(table: &'a dyn TableLike, key: &str) -> Result<Vec<&'a str>> {
    let Some(item) = table.get(key) else {
        return Ok(Vec::new());
    };
    let wrong = || {
        Error::failed(format!(
            "`workspace.{key}` in Cargo.toml is not a list of paths"
        ))
    };
    let array = item.as_array().ok_or_else(wrong)?;
    array
        .iter()
        .map(|value| value.as_str().ok_or_else(wrong))
        .collect()
}

/// The edit was made on bytes; this makes sure that it means what it should.
fn verify(edited: &str, before: &[&str], path: &str) -> Result<()> {
    let after = Document::parse(edited).ok();
    let table = after
        .as_ref()
        .and_then(|document| document.get("workspace"))
        .and_then(Item::as_table_like);
    let members = table.map(|table| strings(table, "members"));
    let added = match members {
        Some(Ok(mut members)) => {
            let at = members.iter().position(|member| *member == path);
            at.map(|at| members.remove(at));
            at.is_some() && members == before
        }
        _ => false,
    };
    if added {
        return Ok(());
    }
    Err(
        Error::failed(format!("cannot add `{path}` to the members in Cargo.toml"))
            .hint(format!("add \"{path}\" to `workspace.members` by hand")),
    )
}

fn unreadable() -> Error {
    Error::failed("cannot find the place of `workspace.members` in Cargo.toml")
        .hint("add the path to the list by hand")
}

fn into_array(text: &str, array: &Array, path: &str) -> Result<Insertions> {
    let span = array.span().ok_or_else(unreadable)?;
    let values: Vec<Range<usize>> = array
        .iter()
        .map(Value::span)
        .collect::<Option<_>>()
        .ok_or_else(unreadable)?;
    let entry = quoted(path, text, &values);
    let list = List {
        text,
        span,
        values,
        trailing_comma: array.trailing_comma(),
    };
    let texts: Vec<_> = array.iter().filter_map(Value::as_str).collect();
    let at = match texts.is_sorted() {
        true => texts.partition_point(|member| *member < path),
        false => texts.len(),
    };
    Ok(list.insert(at, &entry))
}

/// Quotes as the others are quoted.
fn quoted(path: &str, text: &str, values: &[Range<usize>]) -> String {
    let all_literal = values
        .iter()
        .all(|span| text[span.clone()].starts_with('\''));
    let is_plain = !path.contains(['\'', '"', '\\']) && !path.contains(char::is_control);
    match (all_literal && !values.is_empty(), is_plain) {
        (true, true) => format!("'{path}'"),
        (false, true) => format!("\"{path}\""),
        (_, false) => Value::from(path).to_string(),
    }
}

/// The list as it stands in the text.
struct List<'a> {
    text: &'a str,
    /// From `[` to after `]`.
    span: Range<usize>,
    values: Vec<Range<usize>>,
    trailing_comma: bool,
}

impl List<'_> {
    fn insert(&self, at: usize, entry: &str) -> Insertions {
        let starts_line = |value: &Range<usize>| self.indentation(value.start).is_some();
        match (at.checked_sub(1), self.values.get(at)) {
            (None, None) => self.first(entry),
            // Before the first: on the line after the bracket, or straight after it.
            (None, Some(next)) => match self.indentation(next.start) {
                Some(indent) => vec![(
                    self.line_end(self.span.start + 1),
                    self.line(indent, entry, true),
                )],
                None => vec![(next.start, format!("{entry}, "))],
            },
            (Some(previous), Some(next)) if starts_line(next) => {
                let indent = self.indentation(next.start).unwrap_or_default();
                let comma = self.comma_after(previous);
                vec![(self.line_end(comma), self.line(indent, entry, true))]
            }
            (Some(_), Some(next)) => vec![(next.start, format!("{entry}, "))],
            (Some(last), None) => self.last(last, entry),
        }
    }

    fn first(&self, entry: &str) -> Insertions {
        let inner = &self.text[self.span.start + 1..self.span.end - 1];
        if !inner.contains('\n') {
            return vec![(self.span.start + 1, entry.to_owned())];
        }
        // Only comments in it: below them, indented as they are.
        let bracket = self.span.end - 1;
        let line_start = self.text[..bracket].rfind('\n').map_or(0, |at| at + 1);
        let comment = inner.lines().skip(1).find(|line| !line.trim().is_empty());
        let comment = comment.filter(|line| line.trim_start().starts_with('#'));
        let indent = comment.map_or("    ", |line| &line[..line.len() - line.trim_start().len()]);
        let newline = self.newline();
        vec![(line_start, format!("{indent}{entry},{newline}"))]
    }

    fn last(&self, last: usize, entry: &str) -> Insertions {
        let value = &self.values[last];
        let after = if self.trailing_comma {
            self.comma_after(last)
        } else {
            value.end
        };
        // In a line of its own only where the one before is, and where the bracket does not close on its line.
        let own_line = self.indentation(value.start);
        match own_line.filter(|_| last > 0 || self.text[after..self.span.end].contains('\n')) {
            Some(indent) => {
                let bracket_follows = !self.text[after..self.span.end].contains('\n');
                let newline = self.newline();
                let added = match self.trailing_comma {
                    true => format!("{newline}{indent}{entry},"),
                    false => format!("{newline}{indent}{entry}"),
                };
                let end = match bracket_follows {
                    true => after,
                    false => self.content_end(after),
                };
                match self.trailing_comma {
                    true => vec![(end, added)],
                    false if end == after => vec![(after, format!(",{added}"))],
                    false => vec![(after, ",".to_owned()), (end, added)],
                }
            }
            None if self.trailing_comma => vec![(after, format!(" {entry},"))],
            None => vec![(after, format!(", {entry}"))],
        }
    }

    fn line(&self, indent: &str, entry: &str, comma: bool) -> String {
        let comma = if comma { "," } else { "" };
        format!("{indent}{entry}{comma}{}", self.newline())
    }

    /// The white space before `at`, if there is nothing else on its line.
    fn indentation(&self, at: usize) -> Option<&str> {
        let line_start = self.text[..at].rfind('\n')? + 1;
        let before = &self.text[line_start..at];
        before.trim().is_empty().then_some(before)
    }

    /// After the comma that follows a value. Between the two there can be comments.
    fn comma_after(&self, value: usize) -> usize {
        let mut at = self.values[value].end;
        let mut in_comment = false;
        for character in self.text[at..self.span.end].chars() {
            at += character.len_utf8();
            match character {
                '\n' => in_comment = false,
                '#' => in_comment = true,
                ',' if !in_comment => return at,
                _ => {}
            }
        }
        self.values[value].end
    }

    /// After the line break of the line in which `at` is.
    fn line_end(&self, at: usize) -> usize {
        self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |offset| at + offset + 1)
    }

    /// Before the line break of the line in which `at` is.
    fn content_end(&self, at: usize) -> usize {
        let line = &self.text[at..];
        let line = &line[..line.find('\n').unwrap_or(line.len())];
        at + line.trim_end().len()
    }

    fn newline(&self) -> &'static str {
        newline(self.text)
    }
}

fn newline(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// A list where there is none, in whatever form the workspace is written.
fn new_list(
    text: &str,
    document: &Document<&str>,
    workspace: &Item,
    path: &str,
) -> Result<Insertions> {
    let newline = newline(text);
    let list = format!("members = [{}]", quoted(path, text, &[]));
    if let Some(inline) = workspace.as_inline_table() {
        let span = inline.span().ok_or_else(unreadable)?;
        let insert = match inline.is_empty() {
            true => format!(" {list} "),
            false => format!(" {list},"),
        };
        return Ok(vec![(span.start + 1, insert)]);
    }
    let table = workspace.as_table().ok_or_else(unreadable)?;
    if table.is_dotted() {
        let (key, _) = document
            .as_table()
            .get_key_value("workspace")
            .ok_or_else(unreadable)?;
        let at = line_start(text, key.span().ok_or_else(unreadable)?.start);
        return Ok(vec![(at, format!("workspace.{list}{newline}"))]);
    }
    if !table.is_implicit() {
        let header = table.span().ok_or_else(unreadable)?;
        let end = text[header.start..]
            .find('\n')
            .map(|offset| header.start + offset + 1);
        return Ok(match end {
            Some(end) => vec![(end, format!("{list}{newline}"))],
            None => vec![(text.len(), format!("{newline}{list}{newline}"))],
        });
    }
    // Only `[workspace.package]` or the like: the header goes above the first of them and the comments that belong to it.
    let first = first_key_below(workspace).ok_or_else(unreadable)?;
    let mut at = line_start(text, first);
    while let Some(before) = text[..at].strip_suffix('\n') {
        let line = line_start(text, before.len());
        if !text[line..before.len()].trim_start().starts_with('#') {
            break;
        }
        at = line;
    }
    Ok(vec![(
        at,
        format!("[workspace]{newline}{list}{newline}{newline}"),
    )])
}

fn first_key_below(workspace: &Item) -> Option<usize> {
    let table = workspace.as_table()?;
    let keys = table.iter().filter_map(|(name, _)| table.key(name));
    keys.filter_map(Key::span).map(|span| span.start).min()
}

fn line_start(text: &str, at: usize) -> usize {
    let first = text.find(|character| character != '\u{feff}').unwrap_or(0);
    text[..at].rfind('\n').map_or(first, |newline| newline + 1)
}
