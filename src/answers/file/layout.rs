//! Where everything stands in an existing file: bodies of tables, the statements in them, and the entries of inline tables.

use std::ops::Range;

use toml_edit::{Document, Item, Key, Table, TableLike, TomlError, Value};

use super::encode;

/// Keys from the root of the file.
pub(super) type Path = Vec<String>;

/// A file's bodies in its order; the first is the root's.
pub(super) struct Layout {
    pub(super) bodies: Vec<Body>,
}

/// The lines of a table below its header.
pub(super) struct Body {
    pub(super) path: Path,
    /// `[entity.Order]`; empty for the root.
    pub(super) header: Range<usize>,
    /// Where the next header or the end of the text is.
    pub(super) end: usize,
    pub(super) statements: Vec<Statement>,
}

/// `key = value` in a body or in an inline table.
pub(super) struct Statement {
    /// From the root of the file, dotted keys included.
    pub(super) path: Path,
    /// Where the last of its keys starts.
    pub(super) key: usize,
    pub(super) value: Range<usize>,
    /// The entries of an inline table.
    pub(super) entries: Option<Vec<Statement>>,
    /// The elements of a list.
    pub(super) elements: Vec<Range<usize>>,
}

/// Where the first word about a path stands.
pub(super) enum Mention<'a> {
    /// It has a table with a header, or something below it has.
    Header(&'a Body),
    /// A line in a body.
    Line(&'a Body, &'a Statement),
    /// An entry of the inline table that is the value of the first statement.
    Entry(&'a Statement, &'a Statement),
}

impl Mention<'_> {
    pub(super) fn position(&self) -> usize {
        match self {
            Mention::Header(body) => body.header.start,
            Mention::Line(_, statement) | Mention::Entry(_, statement) => statement.key,
        }
    }
}

impl Layout {
    pub(super) fn of(text: &str) -> Result<Layout, TomlError> {
        let document = Document::parse(text)?;
        let mut bodies = vec![Body {
            path: Path::new(),
            header: 0..0,
            end: 0,
            statements: statements(&[], document.as_table()),
        }];
        collect_bodies(document.as_table(), &mut Path::new(), &mut bodies);
        bodies.sort_by_key(|body| (!body.path.is_empty(), body.header.start));
        let mut end = text.len();
        for body in bodies.iter_mut().rev() {
            body.end = end;
            end = body.header.start;
        }
        Ok(Layout { bodies })
    }

    /// The body of the table with exactly this path, or the first in a list of tables.
    pub(super) fn body(&self, path: &[String]) -> Option<&Body> {
        self.bodies.iter().find(|body| body.path == path)
    }

    /// The statement or entry of an inline table with exactly this path.
    pub(super) fn statement(&self, path: &[String]) -> Option<&Statement> {
        let statements = self.bodies.iter().flat_map(|body| &body.statements);
        find(statements, path)
    }

    /// Everything the file says about a path or what is below it, each at its outermost place, in no order.
    pub(super) fn mentions(&self, path: &[String]) -> Vec<Mention<'_>> {
        let mut mentions = Vec::new();
        for body in &self.bodies {
            if body.path.starts_with(path) {
                mentions.push(Mention::Header(body));
                continue;
            }
            for statement in &body.statements {
                if statement.path.starts_with(path) {
                    mentions.push(Mention::Line(body, statement));
                } else {
                    entries_of(statement, path, &mut mentions);
                }
            }
        }
        mentions
    }

    /// The first place that speaks of a path.
    pub(super) fn first_mention(&self, path: &[String]) -> Option<Mention<'_>> {
        self.mentions(path)
            .into_iter()
            .min_by_key(Mention::position)
    }
}

impl Body {
    /// Where the lines below the header may start, seen from the end of the header or the start of the text.
    pub(super) fn last_end(&self) -> usize {
        self.statements
            .iter()
            .map(|statement| statement.value.end)
            .max()
            .unwrap_or(self.header.end)
    }
}

fn find<'a>(
    mut statements: impl Iterator<Item = &'a Statement>,
    path: &[String],
) -> Option<&'a Statement> {
    statements.find_map(|statement| {
        if statement.path == path {
            Some(statement)
        } else if path.starts_with(&statement.path) {
            find(statement.entries.iter().flatten(), path)
        } else {
            None
        }
    })
}

fn entries_of<'a>(statement: &'a Statement, path: &[String], mentions: &mut Vec<Mention<'a>>) {
    if !path.starts_with(&statement.path) {
        return;
    }
    for entry in statement.entries.iter().flatten() {
        if entry.path.starts_with(path) {
            mentions.push(Mention::Entry(statement, entry));
        } else {
            entries_of(entry, path, mentions);
        }
    }
}

fn collect_bodies(table: &Table, path: &mut Path, bodies: &mut Vec<Body>) {
    for (key, item) in table.iter() {
        let inner = match item {
            Item::Table(inner) => inner,
            Item::ArrayOfTables(tables) => {
                path.push(key.to_owned());
                bodies.extend(tables.iter().filter_map(|inner| {
                    Some(Body {
                        path: path.clone(),
                        header: inner.span()?,
                        end: 0,
                        statements: statements(path, inner),
                    })
                }));
                path.pop();
                continue;
            }
            _ => continue,
        };
        path.push(key.to_owned());
        if let Some(header) = inner
            .span()
            .filter(|_| !inner.is_implicit() && !inner.is_dotted())
        {
            bodies.push(Body {
                path: path.clone(),
                header,
                end: 0,
                statements: statements(path, inner),
            });
        }
        collect_bodies(inner, path, bodies);
        path.pop();
    }
}

fn statements(path: &[String], table: &dyn TableLike) -> Vec<Statement> {
    let mut statements: Vec<Statement> = table
        .get_values()
        .into_iter()
        .filter_map(|(keys, value)| statement(path, &keys, value))
        .collect();
    statements.sort_by_key(|statement| statement.key);
    statements
}

fn statement(path: &[String], keys: &[&Key], value: &Value) -> Option<Statement> {
    let path: Path = path
        .iter()
        .cloned()
        .chain(keys.iter().map(|key| key.get().to_owned()))
        .collect();
    let entries = value
        .as_inline_table()
        .map(|table| statements(&path, table));
    let elements = value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::span);
    Some(Statement {
        key: keys.last()?.span()?.start,
        value: value.span()?,
        elements: elements.collect(),
        entries,
        path,
    })
}

/// The start of the line that `at` is in.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Where the line behind the one that `at` is in starts, or the end of the text.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline + 1)
}

/// The blanks at the start of the line that `at` is in.
pub(super) fn indent(text: &str, at: usize) -> &str {
    let line = &text[line_start(text, at)..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// Where the comment lines start that stand directly above the line starting at `line`; comments that give a default belong to
/// nothing below them. Not before `limit`.
pub(super) fn above_comments(text: &str, line: usize, limit: usize) -> usize {
    let mut start = line;
    while start > limit {
        let above = line_start(text, start - 1);
        let words = text[above..start].trim();
        if above < limit || !words.starts_with('#') || encode::key_of_default_line(words).is_some()
        {
            break;
        }
        start = above;
    }
    start
}
