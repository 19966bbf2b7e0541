//! Adds something to a file in the form that the file has there: tables with headers, dotted keys, or inline tables.

use super::FileError;
use super::editor::Editor;
use super::encode;
use super::layout::{Body, Layout, Mention, Path, Statement, indent, next_line};

/// What is added: something that the file does not speak of yet.
pub(super) struct Entry {
    /// Where it belongs.
    pub(super) path: Path,
    /// What it says, by keys below `path`; no keys for a value of its own. Without any it is an empty table.
    pub(super) values: Vec<(Path, String)>,
    /// The tables with headers that say the same.
    pub(super) tables: String,
    /// The same beside others that have tables of their own; differs for a field only.
    pub(super) own_table: Option<String>,
}

impl Entry {
    /// A key with a value, as a line in a table with a header.
    pub(super) fn key(path: Path, toml: String) -> Entry {
        let (key, table) = path
            .split_last()
            .map_or(("", &[][..]), |(key, table)| (key.as_str(), table));
        let header = encode::dotted(table.iter().map(String::as_str));
        let tables = format!(
            "[{header}]\n{}",
            encode::assignment(&encode::key(key), &toml)
        );
        Entry {
            path,
            values: vec![(Path::new(), toml)],
            tables,
            own_table: None,
        }
    }

    fn is_key(&self) -> bool {
        matches!(&self.values[..], [(below, _)] if below.is_empty())
    }

    /// `key = value` for each value, with keys from behind the first `from` of the path.
    fn assignments(&self, from: usize) -> Vec<String> {
        let above = || self.path.iter().skip(from).map(String::as_str);
        if self.values.is_empty() {
            return vec![encode::assignment(&encode::dotted(above()), "{}")];
        }
        self.values
            .iter()
            .map(|(below, toml)| {
                let path = above().chain(below.iter().map(String::as_str));
                encode::assignment(&encode::dotted(path), toml)
            })
            .collect()
    }
}

/// A place for an entry.
enum Spot {
    /// Tables with headers, in front of the line that starts here, and set off from what is around.
    Tables(usize),
    /// The same, beside others of its kind.
    OwnTable(usize),
    /// Lines in front of the line that starts here, in a body whose path has so many keys.
    Lines {
        at: usize,
        depth: usize,
        indent: String,
    },
    /// In an inline table, whose path has so many keys.
    Entries {
        at: usize,
        depth: usize,
        before: &'static str,
        after: &'static str,
    },
}

impl Editor {
    /// Adds an entry between two others; where it has none beside it, to the table it belongs to, and if there is none, where a fresh
    /// file would have it.
    pub(super) fn insert(
        &mut self,
        entry: &Entry,
        previous: Option<&[String]>,
        next: Option<&[String]>,
    ) -> Result<(), Vec<FileError>> {
        let layout = self.layout()?;
        let before = next.and_then(|next| layout.first_mention(next));
        let after =
            previous.and_then(|previous| layout.first_mention(previous).zip(Some(previous)));
        let spot = match (before, after) {
            (Some(mention), _) => self.before(&mention),
            (None, Some((mention, path))) => self.after(&layout, &mention, path),
            (None, None) => self.in_table(&layout, entry),
        };
        self.put(entry, spot);
        Ok(())
    }

    fn put(&mut self, entry: &Entry, spot: Spot) {
        match spot {
            Spot::Lines { at, depth, indent } => {
                let lines: Vec<String> = entry
                    .assignments(depth)
                    .iter()
                    .map(|line| format!("{indent}{line}"))
                    .collect();
                self.insert_lines(at, &lines.join("\n"));
            }
            Spot::Entries {
                at,
                depth,
                before,
                after,
            } => {
                let entries = entry.assignments(depth).join(", ").replace('\n', " ");
                self.replace(at..at, &format!("{before}{entries}{after}"));
            }
            Spot::Tables(at) => self.put_tables(at, &entry.tables),
            Spot::OwnTable(at) => {
                self.put_tables(at, entry.own_table.as_ref().unwrap_or(&entry.tables));
            }
        }
    }

    /// With an empty line above and below, where there is none yet.
    fn put_tables(&mut self, at: usize, tables: &str) {
        let is_blank = |line: &str| line.trim().is_empty();
        let line_above = self.text[..at].lines().next_back();
        let line_below = self.text[at..].lines().next();
        let gap = |line: Option<&str>| if line.is_none_or(is_blank) { "" } else { "\n" };
        let (lead, tail) = (gap(line_above), gap(line_below));
        self.insert_lines(
            at,
            &format!("{lead}{}{tail}", tables.trim_end_matches('\n')),
        );
    }

    fn before(&self, mention: &Mention<'_>) -> Spot {
        match mention {
            Mention::Header(body) => Spot::OwnTable(self.above(body.header.start, 0)),
            Mention::Line(body, statement) => {
                let limit = next_line(&self.text, body.header.end);
                let limit = if body.path.is_empty() { 0 } else { limit };
                Spot::Lines {
                    at: self.above(statement.key, limit),
                    depth: body.path.len(),
                    indent: indent(&self.text, statement.key).to_owned(),
                }
            }
            Mention::Entry(container, statement) => Spot::Entries {
                at: self.entry_start(container, statement),
                depth: container.path.len(),
                before: "",
                after: ", ",
            },
        }
    }

    /// Behind everything that is said about `path` in the place that speaks of it first.
    fn after(&self, layout: &Layout, mention: &Mention<'_>, path: &[String]) -> Spot {
        match mention {
            Mention::Header(_) => Spot::OwnTable(self.behind_tables(layout, path)),
            Mention::Line(body, _) => self.behind_lines(body, path),
            Mention::Entry(container, _) => {
                let of_path = |entry: &&Statement| entry.path.starts_with(path);
                let mut entries = container.entries.iter().flatten();
                behind_entry(container, entries.rfind(of_path))
            }
        }
    }

    fn behind_lines(&self, body: &Body, path: &[String]) -> Spot {
        let of_path = |statement: &&Statement| statement.path.starts_with(path);
        let last = body.statements.iter().rfind(of_path);
        let end = last.map_or(body.header.end, |last| last.value.end);
        Spot::Lines {
            at: next_line(&self.text, end),
            depth: body.path.len(),
            indent: last
                .map_or("", |last| indent(&self.text, last.key))
                .to_owned(),
        }
    }

    /// Behind the last table at `path` or below it.
    fn behind_tables(&self, layout: &Layout, path: &[String]) -> usize {
        let last = layout
            .bodies
            .iter()
            .rfind(|body| body.path.starts_with(path));
        last.map_or(self.text.len(), |last| self.end_of(last))
    }

    /// Behind the last line of a body, and behind the comments that follow it directly, if they do not belong to the next header.
    fn end_of(&self, body: &Body) -> usize {
        let mut end = next_line(&self.text, body.last_end());
        let mut at = end;
        while at < body.end {
            let next = next_line(&self.text, at);
            let line = self.text[at..next].trim();
            if !line.starts_with('#') {
                return at;
            }
            if encode::key_of_default_line(line).is_some() {
                end = next;
            }
            at = next;
        }
        if body.end == self.text.len() { at } else { end }
    }

    /// In the table the entry belongs to, or in the nearest one around it that the file has.
    fn in_table(&self, layout: &Layout, entry: &Entry) -> Spot {
        let table_depth = entry.path.len() - 1;
        for depth in (1..=table_depth).rev() {
            let path = &entry.path[..depth];
            if let Some(container) = layout.statement(path)
                && let Some(entries) = &container.entries
            {
                return behind_entry(container, entries.last());
            }
            match layout.first_mention(path) {
                Some(Mention::Header(_)) => return self.among_tables(layout, entry, path),
                Some(Mention::Line(body, _)) => return self.behind_lines(body, path),
                Some(Mention::Entry(container, _)) => {
                    let of_path = |entry: &&Statement| entry.path.starts_with(path);
                    let mut entries = container.entries.iter().flatten();
                    return behind_entry(container, entries.rfind(of_path));
                }
                None => {}
            }
        }
        Spot::Tables(self.place_of_table(layout, &entry.path[0]))
    }

    /// `path` has tables with headers: its own, or only some below it.
    fn among_tables(&self, layout: &Layout, entry: &Entry, path: &[String]) -> Spot {
        let is_its_table = path.len() + 1 == entry.path.len();
        match layout.body(path) {
            Some(body) if is_its_table && entry.is_key() => {
                let last = body.statements.last();
                Spot::Lines {
                    at: next_line(&self.text, body.last_end()),
                    depth: body.path.len(),
                    indent: last
                        .map_or("", |last| indent(&self.text, last.key))
                        .to_owned(),
                }
            }
            // `[entity.Order]` in front of `[entity.Order.fields]`.
            None if is_its_table && entry.is_key() => {
                let first = layout
                    .bodies
                    .iter()
                    .find(|body| body.path.starts_with(path));
                Spot::Tables(first.map_or(0, |first| self.above(first.header.start, 0)))
            }
            _ => Spot::Tables(self.behind_tables(layout, path)),
        }
    }

    /// Where a fresh file would have the first table of this name.
    fn place_of_table(&self, layout: &Layout, name: &str) -> usize {
        let order: Vec<&str> = super::tables_in_order().collect();
        let rank = |name: &str| order.iter().position(|other| *other == name);
        let rank_of = |body: &Body| body.path.first().and_then(|first| rank(first));
        let tables = || layout.bodies.iter().filter(|body| !body.path.is_empty());
        let earlier = tables().rfind(|body| rank_of(body) < rank(name));
        if let Some(earlier) = earlier {
            return self.end_of(earlier);
        }
        match tables().next() {
            Some(first) => self.above(first.header.start, 0),
            None => self.text.len(),
        }
    }
}

fn behind_entry(container: &Statement, last: Option<&Statement>) -> Spot {
    let depth = container.path.len();
    match last {
        Some(last) => Spot::Entries {
            at: last.value.end,
            depth,
            before: ", ",
            after: "",
        },
        None => Spot::Entries {
            at: container.value.start + 1,
            depth,
            before: " ",
            after: " ",
        },
    }
}
