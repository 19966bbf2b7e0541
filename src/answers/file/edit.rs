//! Brings an existing file to other answers.

use super::editor::Editor;
use super::insert::Entry;
use super::layout::{Body, Path};
use super::{EXISTING, FileError, encode, read};
use crate::answers::{Answer, Answers, Code, Item, Value};
use crate::question::{Question, Section, catalog};

/// Why a file was not edited. Nothing was lost: the text is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The file has mistakes.
    #[error("`kickoff.toml` cannot be read, so it was not changed")]
    Unreadable(Vec<FileError>),
    /// The file says something else than the answers that were to be changed: somebody edited it in between.
    #[error("`kickoff.toml` was changed in the meantime")]
    Changed,
    /// The file would not say what it should. The answers break a rule of the format, or the file has a form that cannot be edited.
    #[error("`kickoff.toml` cannot hold these answers")]
    Refused {
        /// The file as it would have become.
        text: String,
        /// Its mistakes; none where it can be read but says something else.
        errors: Vec<FileError>,
    },
}

pub(super) type Edited = Result<(), Vec<FileError>>;

/// Changes `text`, which says `before`, so that it says `after`. Only what differs between the two changes: comments, order, white
/// space, line ends and a byte order mark stay. Comments in what is removed stay as lines of their own. A comment that gives a default
/// is replaced when its question is answered, follows the default when that changes, and takes the place of a line that is removed.
///
/// # Errors
/// See [`EditError`].
pub fn edit(text: &str, before: &Answers, after: &Answers) -> Result<String, EditError> {
    let origin = "kickoff.toml";
    if read(text, origin).map_err(EditError::Unreadable)? != *before {
        return Err(EditError::Changed);
    }
    if before == after {
        return Ok(text.to_owned());
    }
    let mut editor = Editor::new(text);
    let edited = apply(&mut editor, before, after);
    let text = editor.finish();
    let errors = match edited {
        Ok(()) => match read(&text, origin) {
            Ok(said) if said == *after => return Ok(text),
            Ok(_) => Vec::new(),
            Err(errors) => errors,
        },
        Err(errors) => errors,
    };
    Err(EditError::Refused { text, errors })
}

fn apply(editor: &mut Editor, before: &Answers, after: &Answers) -> Edited {
    for (key, old, new) in [
        ("name", &before.name, &after.name),
        ("created", &before.created, &after.created),
    ] {
        if old != new {
            editor.set(&path(["service", key]), &Value::Text(new.clone()))?;
        }
    }
    let code = path(["service", "code"]);
    match (before.code, after.code) {
        (Code::Generated, Code::Existing) => {
            let entry = Entry::key(code, encode::quoted(EXISTING));
            editor.insert(&entry, Some(&path(["service", "created"])), None)?;
        }
        (Code::Existing, Code::Generated) => editor.remove(&code, None)?,
        _ => {}
    }
    for section in Section::ALL {
        let questions = || {
            catalog::questions()
                .iter()
                .filter(|question| question.section == section)
        };
        for question in questions() {
            editor.edit_key(question, before, after)?;
        }
        for question in questions() {
            if let Some(schema) = question.items() {
                let items = |answers| items(answers, question);
                editor.edit_items(schema, items(before), items(after))?;
            }
        }
    }
    editor.edit_open(before, after)?;
    editor.edit_exceptions(&before.exceptions, &after.exceptions)
}

pub(super) fn path<const N: usize>(keys: [&str; N]) -> Path {
    keys.map(str::to_owned).to_vec()
}

fn items<'a>(answers: &'a Answers, question: &Question) -> &'a [Item] {
    match answers.given(question.id) {
        Some(Value::Items(items)) => items,
        _ => &[],
    }
}

/// What stands at the key of a question itself: of items only that there are none.
fn key_value<'a>(answers: &'a Answers, question: &Question) -> Option<&'a Value> {
    answers
        .given(question.id)
        .filter(|value| !matches!(value, Value::Items(items) if !items.is_empty()))
}

impl Editor {
    fn edit_key(&mut self, question: &Question, before: &Answers, after: &Answers) -> Edited {
        let key = path([question.section.key(), question.key()]);
        let default =
            encode::default_line(after, question).filter(|_| after.given(question.id).is_none());
        match (key_value(before, question), key_value(after, question)) {
            (Some(old), Some(new)) if old == new => Ok(()),
            (Some(_), Some(new)) => self.set(&key, new),
            (Some(_), None) => self.remove(&key, default.as_deref()),
            (None, Some(new)) => self.answer(question, key, new),
            (None, None) => {
                let is_answered = after.given(question.id).is_some();
                self.follow_default(question, before, default.as_deref(), is_answered)
            }
        }
    }

    /// Adds the answer in the place of the comment with the default, or between its neighbours in the interview.
    fn answer(&mut self, question: &Question, key: Path, value: &Value) -> Edited {
        let toml = encode::value(value, question.key().len() + 3);
        if let Some(line) = self.default_line(question)? {
            self.replace(line, &encode::assignment(question.key(), &toml));
            return Ok(());
        }
        let lines = self.default_lines(question.section.key())?;
        let layout = self.layout()?;
        let siblings: Vec<&Question> = catalog::questions()
            .iter()
            .copied()
            .filter(|other| other.section == question.section)
            .collect();
        let at = siblings
            .iter()
            .position(|other| other.id == question.id)
            .unwrap_or(0);
        let (earlier, later) = siblings.split_at(at);
        let stands = |other: &&&Question| {
            layout
                .statement(&path([other.section.key(), other.key()]))
                .is_some()
        };
        let comment_of = |other: &Question| {
            lines
                .iter()
                .find(|(key, _)| key == other.key())
                .map(|(_, line)| line.end)
        };
        let previous = earlier
            .iter()
            .rfind(|other| stands(other) || comment_of(other).is_some());
        if let Some(end) = previous.and_then(|previous| comment_of(previous)) {
            let at = super::layout::next_line(&self.text, end);
            self.insert_lines(at, &encode::assignment(question.key(), &toml));
            return Ok(());
        }
        let path_of = |other: &&Question| path([other.section.key(), other.key()]);
        let previous = previous.map(path_of);
        let next = later
            .iter()
            .skip(1)
            .find(stands)
            .map(path_of)
            .filter(|_| previous.is_none());
        self.insert(&Entry::key(key, toml), previous.as_deref(), next.as_deref())
    }

    /// A comment with a default that is another one now, or that somebody's answer took the place of.
    fn follow_default(
        &mut self,
        question: &Question,
        before: &Answers,
        now: Option<&str>,
        is_answered: bool,
    ) -> Edited {
        let old = encode::default_line(before, question);
        if old.as_deref() == now {
            return Ok(());
        }
        let Some(line) = self.default_line(question)? else {
            return Ok(());
        };
        let is_ours = old.as_deref() == Some(&self.text[line.clone()]);
        match now {
            Some(now) if is_ours => self.replace(line, now),
            None if is_ours || is_answered => self.remove_line(&line),
            // A comment that says something else was written by somebody.
            _ => {}
        }
        Ok(())
    }

    fn edit_open(&mut self, before: &Answers, after: &Answers) -> Edited {
        let mut previous: Option<Path> = None;
        for (at, question) in catalog::questions().iter().enumerate() {
            let (old, new) = (note(before, question), note(after, question));
            if old.is_none() && new.is_none() {
                continue;
            }
            let own = self.open_path(question)?;
            match (old, new) {
                (old, new) if old == new => {}
                (Some(_), Some(new)) => self.set_toml(&own, &encode::quoted(new))?,
                (None, Some(new)) => {
                    let is_there = |other: &&&Question| note(before, other).is_some();
                    let next = catalog::questions()[at..].iter().find(is_there);
                    let next = next.map(|next| self.open_path(next)).transpose()?;
                    let next = next.filter(|_| previous.is_none());
                    let entry = Entry::key(own.clone(), encode::quoted(new));
                    self.insert(&entry, previous.as_deref(), next.as_deref())?;
                }
                (_, None) => self.remove(&own, None)?,
            }
            if new.is_some() {
                previous = Some(own);
            }
        }
        let open = path(["open"]);
        let layout = self.layout()?;
        let is_bare = |body: &Body| {
            body.statements.is_empty() && !self.text[body.header.start..body.end].contains('#')
        };
        if layout.body(&open).is_some_and(is_bare) {
            self.remove(&open, None)?;
        }
        Ok(())
    }

    /// The id of a question below `[open]`: in quotes, or where the file has it so, as dotted keys.
    fn open_path(&self, question: &Question) -> Result<Path, Vec<FileError>> {
        let dotted = path(["open", question.section.key(), question.key()]);
        Ok(match self.layout()?.statement(&dotted) {
            Some(_) => dotted,
            None => path(["open", question.id]),
        })
    }
}

fn note<'a>(answers: &'a Answers, question: &Question) -> Option<&'a str> {
    match answers.entry(question.id) {
        Some(Answer::Open { note }) => Some(note),
        _ => None,
    }
}
