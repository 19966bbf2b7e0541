//! What happens to each topic, decided before anything is written.

use camino::{Utf8Path, Utf8PathBuf};

use super::covered;
use super::refresh::{Left, refresh};
use super::state::{Known, State};
use super::subject::{OPEN, Subject, marked};
use crate::adr::Record;
use crate::adr::draft::{Content, DraftError, draft};
use crate::adr::folder::Folder;

/// What is known of the place that stubs are written to.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The folder of records.
    pub folder: &'a Folder,
    /// Every file of the workspace that carries a topic of ours, those of `folder` among them.
    pub marked: &'a [Record],
    /// The names of files that any commit has below the folder, relative to the root.
    pub history: &'a [String],
    /// Today: `2026-01-31`.
    pub today: &'a str,
    /// Whether there is a file at a path that is relative to the root.
    pub exists: &'a dyn Fn(&Utf8Path) -> bool,
}

/// What happens to all topics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// An entry for each topic, in the order of the subjects; then those that nothing speaks for any more.
    pub items: Vec<Item>,
    /// What will be remembered.
    pub state: State,
}

/// A topic, and what happens to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The topic.
    pub topic: String,
    /// The title that a stub about it has now.
    pub title: String,
    /// The file, relative to the root.
    pub path: Utf8PathBuf,
    /// What happens.
    pub verdict: Verdict,
}

/// What happens to a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// A stub is written.
    Create {
        /// The whole file.
        new: Vec<u8>,
    },
    /// Pieces that nobody touched get their new text.
    Refresh {
        /// The file before.
        old: Vec<u8>,
        /// The file after.
        new: Vec<u8>,
        /// What could not be refreshed beside them.
        left: Vec<Left>,
    },
    /// It says what it would say now, as far as it is ours.
    Unchanged,
    /// Something else is evident now, and the words in its place are somebody's.
    Kept {
        /// Why, as a phrase.
        because: String,
        /// What it would say.
        left: Vec<Left>,
    },
    /// A record of the house is about it.
    Covered {
        /// Its title.
        by: String,
    },
    /// Somebody deleted it.
    Deleted,
    /// Nothing speaks for it any more.
    Gone,
}

impl Verdict {
    /// The word for it in the output for programs; part of a stable format.
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Create { .. } => "create",
            Verdict::Refresh { .. } => "refresh",
            Verdict::Unchanged => "unchanged",
            Verdict::Kept { .. } => "kept",
            Verdict::Covered { .. } => "covered",
            Verdict::Deleted => "deleted",
            Verdict::Gone => "gone",
        }
    }
}

/// Decides. `restored` are topics whose stub was deleted and is wanted back.
///
/// # Errors
/// A stub cannot be written in the form of the house.
pub fn plan(
    subjects: &[Subject],
    state: &State,
    restored: &[String],
    place: &Place<'_>,
) -> Result<Plan, DraftError> {
    let mut planning = Planning {
        place,
        next: next_number(place),
        taken: Vec::new(),
        state: state.clone(),
    };
    let mut items = Vec::new();
    for subject in subjects {
        let is_restored = restored.contains(&subject.topic);
        items.push(planning.item(subject, is_restored)?);
    }
    for known in &state.stubs {
        if subjects.iter().all(|subject| subject.topic != known.topic) {
            items.extend(planning.without_evidence(known));
        }
    }
    Ok(Plan {
        items,
        state: planning.state,
    })
}

/// The number of the first new stub: behind all that is or ever was in the folder, on whatever branch.
pub fn next_number(place: &Place<'_>) -> Option<u64> {
    place.folder.next_number_after(place.history)
}

struct Planning<'a> {
    place: &'a Place<'a>,
    next: Option<u64>,
    /// Paths of stubs that are about to be written.
    taken: Vec<Utf8PathBuf>,
    state: State,
}

impl<'a> Planning<'a> {
    fn item(&mut self, subject: &Subject, is_restored: bool) -> Result<Item, DraftError> {
        let known = self.state.get(&subject.topic).cloned();
        let (path, verdict) = match (self.locate(&subject.topic, known.as_ref()), known) {
            (Located::One(record), Some(known)) => {
                let (pieces, verdict) = refreshed(record, &known, subject);
                let path = record.path.clone();
                self.remember(&subject.topic, &path, pieces);
                (path, verdict)
            }
            (Located::One(record), None) => {
                // Our mark, and no memory of what we wrote: all of it is theirs.
                let path = record.path.clone();
                self.remember(&subject.topic, &path, Vec::new());
                (path, Verdict::Unchanged)
            }
            (Located::Several(records), _) => {
                let paths: Vec<_> = records
                    .iter()
                    .map(|record| format!("`{}`", record.path))
                    .collect();
                let because = format!("several files carry its mark: {}", paths.join(", "));
                (
                    records[0].path.clone(),
                    Verdict::Kept {
                        because,
                        left: Vec::new(),
                    },
                )
            }
            (Located::None, Some(known)) if (self.place.exists)(&known.path) => {
                (known.path, Verdict::Unchanged)
            }
            (Located::None, Some(known)) if !is_restored => (known.path, Verdict::Deleted),
            (Located::None, _) => match covered::by(subject, self.place.folder.records.iter()) {
                Some(record) if !is_restored => {
                    let by = record.title().unwrap_or_default().to_owned();
                    (record.path.clone(), Verdict::Covered { by })
                }
                _ => self.created(subject)?,
            },
        };
        Ok(Item {
            topic: subject.topic.clone(),
            title: subject.title.clone(),
            path,
            verdict,
        })
    }

    fn without_evidence(&self, known: &Known) -> Option<Item> {
        let path = match self.locate(&known.topic, Some(known)) {
            Located::One(record) => record.path.clone(),
            Located::Several(records) => records[0].path.clone(),
            Located::None if (self.place.exists)(&known.path) => known.path.clone(),
            Located::None => return None,
        };
        let title = known.pieces.iter().find(|(name, _)| name == "title");
        Some(Item {
            topic: known.topic.clone(),
            title: title.map(|(_, title)| title.clone()).unwrap_or_default(),
            path,
            verdict: Verdict::Gone,
        })
    }

    fn locate(&self, topic: &str, known: Option<&Known>) -> Located<'a> {
        let has_topic = |record: &&Record| {
            let of_record = record.fields().and_then(|fields| fields.topic.as_ref());
            of_record.is_some_and(|of_record| of_record.value == topic)
        };
        let found: Vec<&Record> = self.place.marked.iter().filter(has_topic).collect();
        let at_place =
            known.and_then(|known| found.iter().find(|record| record.path == known.path));
        match (found.as_slice(), at_place) {
            ([], _) => Located::None,
            ([one], _) => Located::One(one),
            // A copy that somebody made of a stub, to write another record.
            (_, Some(record)) => Located::One(record),
            (_, None) => Located::Several(found),
        }
    }

    fn remember(&mut self, topic: &str, path: &Utf8Path, pieces: Vec<(String, String)>) {
        self.state.set(Known {
            topic: topic.to_owned(),
            path: path.to_owned(),
            pieces,
        });
    }

    fn created(&mut self, subject: &Subject) -> Result<(Utf8PathBuf, Verdict), DraftError> {
        let folder = self.place.folder;
        let (path, number) = self.new_path(&subject.title);
        let content = Content {
            title: &subject.title,
            number,
            date: self.place.today,
            topic: Some(&subject.topic),
            context: &subject.context,
            evidence: &subject.evidence,
            decision: &subject.decision,
            open: OPEN,
        };
        let new = match marked(folder, &path, subject, number) {
            Some(new) => new,
            None => draft(folder, &path, &content)?,
        };
        self.remember(&subject.topic, &path, subject.pieces());
        Ok((path, Verdict::Create { new }))
    }

    /// Where a new stub goes. A house that lets in accepted decisions only has its drafts beside the folder, and numbers them when they are
    /// accepted.
    fn new_path(&mut self, title: &str) -> (Utf8PathBuf, Option<u64>) {
        let folder = self.place.folder;
        if folder.policy.is_some() {
            let name = folder.draft_name(title);
            return (self.free(&folder.drafts(), name.as_str()), None);
        }
        let number = self.next;
        self.next = number.map(|number| number + 1);
        let name = folder.file_name(number, title, self.place.today);
        (self.free(&folder.path, name.as_str()), number)
    }

    /// The path with this name, or with `-2` before its ending where there is something already.
    fn free(&mut self, folder: &Utf8Path, name: &str) -> Utf8PathBuf {
        let join = |name: &str| match folder.as_str() {
            "" => Utf8PathBuf::from(name),
            folder => Utf8PathBuf::from(format!("{folder}/{name}")),
        };
        let (stem, rest) = name.split_at(name.find('.').unwrap_or(name.len()));
        let names = (1_usize..).map(|count| match count {
            1 => name.to_owned(),
            count => format!("{stem}-{count}{rest}"),
        });
        let free = names
            .map(|name| join(&name))
            .find(|path| !self.taken.contains(path) && !(self.place.exists)(path))
            .unwrap_or_else(|| join(name));
        self.taken.push(free.clone());
        free
    }
}

enum Located<'a> {
    None,
    One(&'a Record),
    Several(Vec<&'a Record>),
}

/// A stub that is there, and what is to be remembered of it.
fn refreshed(
    record: &Record,
    known: &Known,
    subject: &Subject,
) -> (Vec<(String, String)>, Verdict) {
    if known.pieces.is_empty() {
        return (Vec::new(), Verdict::Unchanged);
    }
    let refreshed = refresh(record, known, &subject.pieces());
    let verdict = if refreshed.bytes != record.bytes {
        Verdict::Refresh {
            old: record.bytes.clone(),
            new: refreshed.bytes,
            left: refreshed.left,
        }
    } else if refreshed.left.is_empty() {
        Verdict::Unchanged
    } else {
        let because = refreshed
            .closed
            .unwrap_or_else(|| "what would change was edited".to_owned());
        Verdict::Kept {
            because,
            left: refreshed.left,
        }
    };
    (refreshed.pieces, verdict)
}
