//! What was written last time, kept in the project: `.kickoff/records.toml`.
//!
//! Small, readable and committed. For each stub its topic, where it was seen last, and its pieces of text as they were written. A stub that
//! is listed here and nowhere to be found was deleted on purpose. If the file is lost, every stub counts as a person's own.

use camino::Utf8PathBuf;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

/// Where it is kept, from the root.
pub const PATH: &str = ".kickoff/records.toml";

const HEAD: &str = "\
# What `cargo kickoff adr` wrote, so that it can tell your words from its own. To be committed, and not edited.
# A record that is listed here and that you delete stays deleted.
";

/// All that is remembered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// The folder that was chosen.
    pub folder: Option<Utf8PathBuf>,
    /// The stubs, by topic.
    pub stubs: Vec<Known>,
}

/// A stub as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its identity.
    pub topic: String,
    /// Where it was seen last.
    pub path: Utf8PathBuf,
    /// Its pieces of text by name, in their order; none where all of it is a person's.
    pub pieces: Vec<(String, String)>,
}

/// Why the file says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(String);

impl State {
    /// Reads the text of the file.
    ///
    /// # Errors
    /// It is not what [`State::write`] gives.
    pub fn read(text: &str) -> Result<State, Unreadable> {
        let document: DocumentMut = text
            .parse()
            .map_err(|error: toml_edit::TomlError| Unreadable(error.to_string()))?;
        let wrong = |what: &str| Unreadable(format!("{what} is not as kickoff writes it"));
        let folder = match document.get("folder") {
            Some(item) => Some(item.as_str().ok_or_else(|| wrong("`folder`"))?.into()),
            None => None,
        };
        let tables = match document.get("stub") {
            Some(item) => item.as_array_of_tables().ok_or_else(|| wrong("`stub`"))?,
            None => &ArrayOfTables::new(),
        };
        let mut stubs = Vec::new();
        for table in tables {
            let text = |key: &str| {
                let item = table.get(key).and_then(Item::as_str);
                item.map(str::to_owned)
                    .ok_or_else(|| wrong(&format!("`stub.{key}`")))
            };
            let mut pieces = Vec::new();
            for (name, item) in table
                .get("text")
                .and_then(Item::as_table)
                .into_iter()
                .flat_map(Table::iter)
            {
                let text = item.as_str().ok_or_else(|| wrong("`stub.text`"))?;
                pieces.push((name.to_owned(), text.to_owned()));
            }
            stubs.push(Known {
                topic: text("topic")?,
                path: text("path")?.into(),
                pieces,
            });
        }
        Ok(State { folder, stubs })
    }

    /// The text of the file.
    pub fn write(&self) -> String {
        let mut document = DocumentMut::new();
        if let Some(folder) = &self.folder {
            document["folder"] = value(folder.as_str());
        }
        let mut tables = ArrayOfTables::new();
        for stub in &self.stubs {
            let mut table = Table::new();
            table["topic"] = value(&stub.topic);
            table["path"] = value(stub.path.as_str());
            if !stub.pieces.is_empty() {
                let mut text = Table::new();
                for (name, piece) in &stub.pieces {
                    text.insert(name, value(piece));
                }
                table.insert("text", Item::Table(text));
            }
            tables.push(table);
        }
        if !tables.is_empty() {
            document.insert("stub", Item::ArrayOfTables(tables));
        }
        format!("{HEAD}{document}")
    }

    /// Whether the same is remembered of the same stubs, but for where they were seen.
    pub fn differs_in_paths_alone(&self, other: &State) -> bool {
        let of_place = |known: &Known| (known.topic.clone(), known.pieces.clone());
        self.folder == other.folder
            && self
                .stubs
                .iter()
                .map(of_place)
                .eq(other.stubs.iter().map(of_place))
    }

    /// What is remembered of a topic.
    pub fn get(&self, topic: &str) -> Option<&Known> {
        self.stubs.iter().find(|stub| stub.topic == topic)
    }

    /// Remembers a stub, in the place of what was known of its topic.
    pub fn set(&mut self, known: Known) {
        match self.stubs.iter_mut().find(|stub| stub.topic == known.topic) {
            Some(stub) => *stub = known,
            None => self.stubs.push(known),
        }
        self.stubs.sort_by(|one, other| one.topic.cmp(&other.topic));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_comes_back_as_it_was() {
        let mut state = State {
            folder: Some("docs/adr".into()),
            stubs: Vec::new(),
        };
        for topic in ["database", "caching"] {
            state.set(Known {
                topic: topic.to_owned(),
                path: format!("docs/adr/0001-{topic}.md").into(),
                pieces: vec![
                    ("title".to_owned(), "A \"title\" with ''' in it".to_owned()),
                    ("evidence".to_owned(), "* one\n* `two`\n\"\"\"".to_owned()),
                ],
            });
        }
        let text = state.write();
        assert_eq!(State::read(&text).expect("as written"), state, "{text}");
        assert_eq!(State::read(&text).expect("as written").write(), text);
        assert_eq!(state.stubs[0].topic, "caching");
        assert!(State::read("<<<<<<< ours\n").is_err());
        assert!(State::read("stub = 1").is_err());
        assert_eq!(State::read(HEAD).expect("a head alone"), State::default());
    }
}
