//! Where answers stand in a file, and which answer stands at a line, for whoever has something to say about them.

use std::collections::BTreeMap;
use std::ops::Range;

use toml_edit::Key;

use super::BOM;
use super::editor::default_lines;
use super::layout::{Layout, Mention, Path, Statement, line_start, next_line};
use crate::answers::exception::TABLE;
use crate::answers::path;
use crate::question::Section;

/// The table of what was put off.
const OPEN: &str = "open";

/// The places of a file's answers.
pub struct Places<'a> {
    /// Without a byte order mark.
    text: &'a str,
    layout: Layout,
    /// The comments with a default, by the id of the question.
    defaults: BTreeMap<String, Range<usize>>,
    /// The length of the byte order mark.
    shift: usize,
}

impl<'a> Places<'a> {
    /// Reads `text`; `None` where it is no TOML.
    pub fn read(text: &'a str) -> Option<Places<'a>> {
        let without_mark = text.strip_prefix(BOM).unwrap_or(text);
        let layout = Layout::of(without_mark).ok()?;
        let defaults = Section::ALL.iter().flat_map(|section| {
            let lines = default_lines(without_mark, &layout, section.key());
            lines
                .into_iter()
                .map(|(key, range)| (format!("{}.{key}", section.key()), range))
        });
        Some(Places {
            defaults: defaults.collect(),
            shift: text.len() - without_mark.len(),
            text: without_mark,
            layout,
        })
    }

    /// The place of an answer, by its path as [`crate::blueprint::Conflict`] has it: the line that gives it, else the comment with its
    /// default, else what is said about the item or section it belongs to. The beginning of the file where nothing is.
    pub fn of(&self, path: &str) -> Range<usize> {
        let keys: Vec<String> = match Key::parse(path) {
            Ok(keys) => keys.iter().map(|key| key.get().to_owned()).collect(),
            Err(_) => vec![path.to_owned()],
        };
        let lengths = (1..=keys.len()).rev();
        let found = lengths
            .map(|length| &keys[..length])
            .find_map(|keys| self.mention(keys));
        self.shifted(found.unwrap_or(0..0))
    }

    /// The line that puts a question off, by its id.
    pub fn of_open(&self, id: &str) -> Option<Range<usize>> {
        let dotted = id.split('.').map(str::to_owned);
        let paths = [
            vec![OPEN.to_owned(), id.to_owned()],
            std::iter::once(OPEN.to_owned()).chain(dotted).collect(),
        ];
        let found = paths.iter().find_map(|path| self.layout.statement(path))?;
        Some(self.shifted(found.key..found.value.end))
    }

    /// The header of an exception, counted from 0.
    pub fn of_exception(&self, number: usize) -> Range<usize> {
        let bodies = self.layout.bodies.iter();
        let mut headers = bodies.filter(|body| body.path == [TABLE]);
        let header = headers.nth(number).map(|body| body.header.clone());
        self.shifted(header.unwrap_or(0..0))
    }

    /// The line (counted from 1) that speaks of an answer, by its id as `--set` takes it. `None` where nothing in the file does.
    pub fn line_of(&self, id: &str) -> Option<usize> {
        let mention = self.layout.first_mention(&path::keys(id).ok()?);
        let position = mention.map(|mention| mention.position());
        let put_off = || Some(self.of_open(id)?.start - self.shift);
        Some(self.line(position.or_else(put_off)?))
    }

    /// The keys from the root of the file to what stands at a line (counted from 1): the header of a table, or an entry with all the
    /// lines of its value. Nothing for comments and empty lines.
    pub fn keys_at(&self, line: usize) -> Option<Vec<String>> {
        let mut found: Option<&Path> = None;
        for body in &self.layout.bodies {
            if !body.path.is_empty() && self.line(body.header.start) == line {
                return Some(body.path.clone());
            }
            let mut statements: Vec<&Statement> = body.statements.iter().collect();
            while let Some(statement) = statements.pop() {
                // The innermost of several wins: they come after those that hold them.
                let first = self.line(statement.key);
                let last = self.line(statement.value.end.saturating_sub(1));
                if (first..=last).contains(&line) {
                    let is_deeper = found.is_none_or(|found| statement.path.len() > found.len());
                    let starts_here = first == line || found.is_none();
                    if is_deeper && starts_here && !self.is_shared(statement) {
                        found = Some(&statement.path);
                    }
                    statements.extend(statement.entries.iter().flatten());
                }
            }
        }
        match found?.as_slice() {
            [open, id] if open == OPEN => path::keys(id).ok(),
            keys => Some(keys.to_vec()),
        }
    }

    /// Whether other entries of the same inline table stand on its line.
    fn is_shared(&self, statement: &Statement) -> bool {
        let line = line_start(self.text, statement.key)..next_line(self.text, statement.key);
        let parent = &statement.path[..statement.path.len() - 1];
        let siblings = self.layout.statement(parent);
        let mut siblings = siblings.iter().filter_map(|parent| parent.entries.as_ref());
        siblings.any(|siblings| {
            let mut others = siblings.iter().filter(|other| other.path != statement.path);
            others.any(|other| line.contains(&other.key))
        })
    }

    fn line(&self, position: usize) -> usize {
        self.text[..position].matches('\n').count() + 1
    }

    fn mention(&self, keys: &[String]) -> Option<Range<usize>> {
        match self.layout.first_mention(keys) {
            Some(Mention::Header(body)) => Some(body.header.clone()),
            Some(Mention::Line(_, statement) | Mention::Entry(_, statement)) => {
                Some(statement.key..statement.value.end)
            }
            None => self.defaults.get(&keys.join(".")).cloned(),
        }
    }

    fn shifted(&self, range: Range<usize>) -> Range<usize> {
        range.start + self.shift..range.end + self.shift
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\u{feff}format = 1\n\
        [load]\n# p99 = \"500ms\" # default, nobody decided\npeak-rps = 5\n\
        [caller.\"web shop\"]\ntimeout = \"2s\"\n\
        [entity.Order.fields]\nnote = \"text?\"\n\
        [open]\n\"data.records\" = \"ask Ann\"\n\
        [[exception]]\ncode = \"KD0301\"\n[[exception]] # second\ncode = \"KD0302\"\n";

    #[track_caller]
    fn check(path: &str, expect: &str) {
        let places = Places::read(TEXT).expect("TOML");
        assert_eq!(&TEXT[places.of(path)], expect, "{path}");
    }

    #[test]
    fn an_answer_is_found_or_what_it_belongs_to() {
        check("load.peak-rps", "peak-rps = 5");
        check("load.p99", "# p99 = \"500ms\" # default, nobody decided");
        check("load.availability", "[load]");
        check("caller.\"web shop\".timeout", "timeout = \"2s\"");
        check("caller.\"web shop\".attempts", "[caller.\"web shop\"]");
        check("entity.Order", "[entity.Order.fields]");
        check("entity.Order.deletion", "[entity.Order.fields]");
        check("ownership.database", "");
        let places = Places::read(TEXT).expect("TOML");
        let open = places.of_open("data.records").expect("it is put off");
        assert_eq!(&TEXT[open], "\"data.records\" = \"ask Ann\"");
        assert_eq!(places.of_open("load.p99"), None);
        let second = places.of_exception(1);
        assert!(TEXT[second.start..].starts_with("[[exception]] # second"));
    }

    const LINES: &str = "\
format = 1
[load]
peak-rps = 60
# A comment.
[entity.Order]
about = \"An order.\"
same-when = [
  \"number\",
]
[entity.Order.fields]
number = \"string(9)\"
note = { type = \"text?\", empty = \"nothing\" }
[open]
\"data.growth\" = \"ask Ada\"
";

    #[test]
    fn an_answer_is_found_at_its_line_and_back() {
        let places = Places::read(LINES).expect("TOML");
        for (id, line) in [
            ("load.peak-rps", 3),
            ("entity.Order", 5),
            ("entity.Order.about", 6),
            ("entity.Order.same-when", 7),
            ("entity.Order.fields.number", 11),
            ("entity.Order.fields.note", 12),
            ("data.growth", 14),
        ] {
            assert_eq!(places.line_of(id), Some(line), "{id}");
            let keys = places.keys_at(line).unwrap_or_default();
            assert_eq!(keys.join("."), id);
        }
        assert_eq!(
            places.keys_at(8).unwrap_or_default().join("."),
            "entity.Order.same-when"
        );
        assert_eq!(places.keys_at(4), None);
        assert_eq!(places.line_of("load.p99"), None);
        let marked = format!("\u{feff}{LINES}");
        let marked = Places::read(&marked).expect("TOML");
        assert_eq!(marked.line_of("load.peak-rps"), Some(3));
        assert_eq!(marked.line_of("data.growth"), Some(14));
        assert_eq!(marked.keys_at(3), places.keys_at(3));
    }
}
