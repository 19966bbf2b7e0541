//! Reads a file, and reports all of its mistakes at once.

use std::ops::Range;

use toml_edit::{Item as TomlItem, TableLike};

use super::error::FileError;
use super::{BOM, EXISTING, FORMAT, exceptions, items, syntax, value};
use crate::answers::{Answer, Answers, Code, Value};
use crate::error::did_you_mean;
use crate::question::{Kind, Question, Section, catalog, validate_value};

/// Reads the answers in `text`; `origin` is what the file is called in messages. A byte order mark and line ends of either kind are
/// accepted. Items and fields have the order of the file. An answer whose condition does not hold is read like any other.
///
/// # Errors
/// Every mistake in the file, in its order.
pub fn read(text: &str, origin: &str) -> Result<Answers, Vec<FileError>> {
    let without_mark = text.strip_prefix(BOM).unwrap_or(text);
    let shift = text.len() - without_mark.len();
    read_unmarked(without_mark, origin).map_err(|mut errors| {
        for error in &mut errors {
            error.span = error.span.start + shift..error.span.end + shift;
        }
        errors.sort_by_key(|error| error.span.start);
        errors
    })
}

fn read_unmarked(text: &str, origin: &str) -> Result<Answers, Vec<FileError>> {
    let parsed = syntax::parse(text)?;
    let root = parsed.document.as_table();
    // What is missing may have stood in the lines that could not be read.
    let whole = parsed.errors.is_empty();
    let mut reader = Reader {
        text,
        origin,
        whole,
        answers: Answers::default(),
        errors: parsed.errors,
    };
    reader.format(root)?;
    reader.unknown_tables(root);
    reader.service(root);
    for section in Section::ALL {
        reader.section(root, section);
    }
    for question in catalog::questions() {
        items::read_list(&mut reader, root, question);
    }
    reader.open(root);
    reader.answers.exceptions = exceptions::read(&mut reader, root);
    if reader.errors.is_empty() {
        Ok(reader.answers)
    } else {
        Err(reader.errors)
    }
}

/// A file half read.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    origin: &'a str,
    whole: bool,
    pub(super) answers: Answers,
    errors: Vec<FileError>,
}

impl Reader<'_> {
    pub(super) fn report(&mut self, error: FileError) {
        self.errors.push(error);
    }

    /// Of a file in another format nothing but that is said.
    fn format(&mut self, root: &dyn TableLike) -> Result<(), Vec<FileError>> {
        let Some(item) = root.get("format") else {
            if self.whole {
                let message = format!("`{}` does not say its `format`", self.origin);
                self.report(
                    FileError::new(0..0, message)
                        .hint(format!("write `format = {FORMAT}` in the first line")),
                );
            }
            return Ok(());
        };
        let span = span_of(root, "format");
        match item.as_integer() {
            Some(FORMAT) => Ok(()),
            Some(newer) if newer > FORMAT => Err(vec![
                FileError::new(
                    span,
                    format!(
                        "`{}` has format {newer}, and this version of the tool reads format {FORMAT}",
                        self.origin
                    ),
                )
                .hint("update the tool: `cargo install cargo-kickoff`"),
            ]),
            _ => {
                self.report(
                    FileError::new(span, "there is no such format")
                        .hint(format!("write `format = {FORMAT}`")),
                );
                Ok(())
            }
        }
    }

    fn unknown_tables(&mut self, root: &dyn TableLike) {
        let known: Vec<&str> = std::iter::once("format")
            .chain(super::tables_in_order())
            .collect();
        for (key, _) in root.iter().filter(|(key, _)| !known.contains(key)) {
            let error = FileError::new(span_of_key(root, key), format!("unknown key `{key}`"));
            self.report(hinted(
                error,
                place_of_key(key),
                did_you_mean(key, known.iter().copied()),
            ));
        }
    }

    /// The table `name`, if it is there and one.
    pub(super) fn table<'t>(
        &mut self,
        root: &'t dyn TableLike,
        name: &str,
    ) -> Option<&'t dyn TableLike> {
        let item = root.get(name)?;
        let table = item.as_table_like();
        if table.is_none() {
            let found = value::type_in_words(item);
            self.report(
                FileError::new(
                    span_of(root, name),
                    format!("`{name}` is a table, and this is {found}"),
                )
                .hint(format!("write `[{name}]` in a line of its own")),
            );
        }
        table
    }

    fn service(&mut self, root: &dyn TableLike) {
        let (name, created) = match self.table(root, "service") {
            Some(service) => {
                self.unknown_keys(service, "service", &["name", "created", "code"]);
                self.code(service);
                (
                    self.service_key(root, service, "name", &Kind::Text { max: 64 }),
                    self.service_key(root, service, "created", &Kind::Date),
                )
            }
            None => {
                if self.whole && !root.contains_key("service") {
                    let message = format!("`{}` does not say which service it is of", self.origin);
                    self.report(FileError::new(0..0, message).hint(
                        "write `[service]` with `name = \"orders\"` and `created = \"2026-11-25\"`",
                    ));
                }
                return;
            }
        };
        if let Some(name) = &name
            && let Some(other) = super::foreign_character(name)
        {
            let table = root.get("service").and_then(TomlItem::as_table_like);
            let span = table.map_or(0..0, |table| span_of(table, "name"));
            self.report(
                FileError::new(span, format!("`name`: `{name}` contains `{other}`"))
                    .hint("a package's name has letters, digits, `-` and `_`"),
            );
        }
        self.answers.name = name.unwrap_or_default();
        self.answers.created = created.unwrap_or_default();
    }

    fn code(&mut self, service: &dyn TableLike) {
        let Some(item) = service.get("code") else {
            return;
        };
        match item.as_str() {
            Some(EXISTING) => self.answers.code = Code::Existing,
            _ => self.report(
                FileError::new(
                    span_of(service, "code"),
                    "`code` says only that the code was there before the answers",
                )
                .hint(format!(
                    "write `code = \"{EXISTING}\"`, or remove the line where the code is generated"
                )),
            ),
        }
    }

    fn service_key(
        &mut self,
        root: &dyn TableLike,
        service: &dyn TableLike,
        key: &str,
        kind: &Kind,
    ) -> Option<String> {
        if !service.contains_key(key) {
            if self.whole {
                let example = if key == "name" {
                    "orders"
                } else {
                    "2026-11-25"
                };
                let error = FileError::new(
                    span_of(root, "service"),
                    format!("`{key}` of the service is missing"),
                );
                self.report(error.hint(format!("write `{key} = \"{example}\"` below `[service]`")));
            }
            return None;
        }
        match self.value(kind, service, key) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn section(&mut self, root: &dyn TableLike, section: Section) {
        let Some(table) = self.table(root, section.key()) else {
            return;
        };
        let questions: Vec<&'static Question> = catalog::questions()
            .iter()
            .copied()
            .filter(|question| question.section == section)
            .collect();
        let keys: Vec<&str> = questions.iter().map(|question| question.key()).collect();
        self.unknown_keys(table, section.key(), &keys);
        for question in questions {
            if !table.contains_key(question.key()) {
                continue;
            }
            let read = match question.kind {
                Kind::Items { .. } => items::read_no_items(self, table, question),
                _ => self.value(&question.kind, table, question.key()),
            };
            if let Some(value) = read {
                self.answers.give(question, value);
            }
        }
    }

    fn open(&mut self, root: &dyn TableLike) {
        let Some(table) = self.table(root, "open") else {
            return;
        };
        for (key, item) in table.iter() {
            // Without quotes TOML reads an id as a key in a table.
            match item.as_table_like() {
                Some(inner) => {
                    for (inner_key, note) in inner.iter() {
                        let id = format!("{key}.{inner_key}");
                        self.put_off(&id, note, span_of_key(inner, inner_key));
                    }
                }
                None => self.put_off(key, item, span_of_key(table, key)),
            }
        }
    }

    fn put_off(&mut self, id: &str, note: &TomlItem, span: Range<usize>) {
        let Some(question) = catalog::question(id) else {
            let ids = catalog::questions().iter().map(|question| question.id);
            let error = FileError::new(span, format!("there is no question `{id}` to put off"));
            self.report(hinted(error, None, did_you_mean(id, ids)));
            return;
        };
        let Some(note) = note.as_str() else {
            let found = value::type_in_words(note);
            self.report(
                FileError::new(
                    note.span().unwrap_or(span),
                    format!("`{id}`: expected a note in quotes, found {found}"),
                )
                .hint("write who decides, by when, or what is missing; `\"\"` is enough"),
            );
            return;
        };
        if self.answers.given(id).is_some() {
            self.report(
                FileError::new(
                    span,
                    format!("`{id}` is put off here, but it is answered too"),
                )
                .hint("remove this line, or the answer"),
            );
            return;
        }
        self.answers.entries.insert(
            question.id,
            Answer::Open {
                note: note.to_owned(),
            },
        );
    }

    /// Reads the value of a key that is there.
    pub(super) fn value(&mut self, kind: &Kind, table: &dyn TableLike, key: &str) -> Option<Value> {
        let item = table.get(key)?;
        match value::read_value(kind, key, item, span_of(table, key), self.text) {
            Ok(value) => Some(value),
            Err(errors) => {
                self.errors.extend(errors);
                None
            }
        }
    }

    /// Reads text that is part of a value.
    pub(super) fn text_value(
        &mut self,
        max: usize,
        name: &str,
        text: &str,
        span: Range<usize>,
    ) -> Option<String> {
        match validate_value(&Kind::Text { max }, text) {
            Ok(Value::Text(text)) => Some(text),
            Ok(_) => None,
            Err(message) => {
                self.report(FileError::new(span, format!("`{name}`: {message}")));
                None
            }
        }
    }

    /// Reports the keys of `[name]` that the format does not have.
    pub(super) fn unknown_keys(&mut self, table: &dyn TableLike, name: &str, known: &[&str]) {
        for (key, _) in table.iter().filter(|(key, _)| !known.contains(key)) {
            let error = FileError::new(
                span_of_key(table, key),
                format!("unknown key `{key}` in `[{name}]`"),
            );
            let near = did_you_mean(key, known.iter().copied());
            let place = place_of_key(key).filter(|_| near.is_none());
            let all = || format!("known are `{}`", known.join("`, `"));
            let place = place.or_else(|| near.is_none().then(all));
            self.report(hinted(error, place, near));
        }
    }
}

fn hinted(error: FileError, place: Option<String>, near: Option<&str>) -> FileError {
    match (place, near) {
        (Some(place), _) => error.hint(place),
        (None, Some(near)) => error.hint(format!("did you mean `{near}`?")),
        (None, None) => error,
    }
}

/// Where a key of a section belongs.
fn place_of_key(key: &str) -> Option<String> {
    let mut questions = catalog::questions().iter();
    let question = questions.find(|question| question.key() == key)?;
    Some(match question.items() {
        Some(schema) => format!(
            "write one table `[{}.NAME]` for each {}",
            schema.table, schema.singular
        ),
        None => format!("`{key}` belongs below `[{}]`", question.section.key()),
    })
}

/// Where a key with its value stands: the key, or for a table its header.
pub(super) fn span_of(table: &dyn TableLike, key: &str) -> Range<usize> {
    match table.get(key) {
        Some(TomlItem::Value(value)) if value.span().is_some() => value.span().unwrap_or(0..0),
        Some(TomlItem::Table(inner)) if inner.span().is_some() => inner.span().unwrap_or(0..0),
        _ => span_of_key(table, key),
    }
}

/// Where a key itself stands.
pub(super) fn span_of_key(table: &dyn TableLike, key: &str) -> Range<usize> {
    table
        .key(key)
        .and_then(toml_edit::Key::span)
        .unwrap_or(0..0)
}
