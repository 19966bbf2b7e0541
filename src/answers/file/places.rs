//! Where answers stand in a file, for whoever has something to say about them.

use std::collections::BTreeMap;
use std::ops::Range;

use toml_edit::Key;

use super::BOM;
use super::editor::default_lines;
use super::layout::{Layout, Mention};
use crate::answers::exception::TABLE;
use crate::question::Section;

/// The places of a file's answers.
pub struct Places {
    layout: Layout,
    /// The comments with a default, by the id of the question.
    defaults: BTreeMap<String, Range<usize>>,
    /// The length of the byte order mark.
    shift: usize,
}

impl Places {
    /// Reads `text`; `None` where it is no TOML.
    pub fn read(text: &str) -> Option<Places> {
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
            vec!["open".to_owned(), id.to_owned()],
            std::iter::once("open".to_owned()).chain(dotted).collect(),
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
}
