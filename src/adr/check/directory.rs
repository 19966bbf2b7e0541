//! All records of all folders, found by path and by number.

use std::collections::HashMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::super::folder::Folder;
use super::super::paths;
use super::super::record::{Link, Record, Target};

/// A number as references give it.
type Key = (u64, Option<char>);

/// The records of a workspace.
pub(super) struct Directory<'a> {
    pub(super) folders: &'a [Folder],
    by_path: HashMap<&'a Utf8Path, &'a Record>,
    /// For each folder, in their order.
    by_number: Vec<HashMap<Key, Vec<&'a Record>>>,
}

/// What a link leads to.
pub(super) enum Lead<'a> {
    /// One record.
    Record(&'a Record),
    /// Several records have the number.
    Several,
    /// A file of this path, which is no record here.
    Path(Utf8PathBuf),
    /// A number that no record has.
    NoNumber,
    /// Out of the workspace, or to a page whose place nobody can tell from here.
    Elsewhere,
}

impl<'a> Directory<'a> {
    pub(super) fn of(folders: &'a [Folder]) -> Directory<'a> {
        let records = folders.iter().flat_map(|folder| &folder.records);
        let by_number = folders.iter().map(|folder| {
            let mut numbers: HashMap<Key, Vec<&Record>> = HashMap::new();
            for record in &folder.records {
                if let Some(number) = record.number() {
                    let key = (number.value, number.letter);
                    numbers.entry(key).or_default().push(record);
                }
            }
            numbers
        });
        Directory {
            folders,
            by_path: records
                .map(|record| (record.path.as_path(), record))
                .collect(),
            by_number: by_number.collect(),
        }
    }

    /// The records with a number: those of `folder` if it has any, else those of all folders.
    pub(super) fn with_number(
        &self,
        folder: &Folder,
        value: u64,
        letter: Option<char>,
    ) -> Vec<&'a Record> {
        let own = self
            .folders
            .iter()
            .position(|other| other.path == folder.path);
        let of_own = own.and_then(|at| self.by_number[at].get(&(value, letter)));
        match of_own {
            Some(records) => records.clone(),
            None => self.anywhere(value, letter),
        }
    }

    /// The records with a number in any folder.
    pub(super) fn anywhere(&self, value: u64, letter: Option<char>) -> Vec<&'a Record> {
        let found = self
            .by_number
            .iter()
            .filter_map(|numbers| numbers.get(&(value, letter)));
        found.flatten().copied().collect()
    }

    /// What a link of `record` in `folder` leads to.
    pub(super) fn lead(&self, record: &Record, folder: &Folder, link: &Link) -> Lead<'a> {
        match &link.target {
            Target::Path(written) => self.path_lead(record, written),
            Target::Number { text, .. } if text.starts_with('#') => Lead::Elsewhere,
            Target::Number { value, letter, .. } => {
                match self.with_number(folder, *value, *letter).as_slice() {
                    [] => Lead::NoNumber,
                    [one] => Lead::Record(one),
                    _ => Lead::Several,
                }
            }
        }
    }

    fn path_lead(&self, record: &Record, written: &str) -> Lead<'a> {
        let written = written.split('?').next().unwrap_or_default();
        // Templates of sites, and addresses that only their generator knows.
        if written.contains(['{', '<', '@', '$', ':']) {
            return Lead::Elsewhere;
        }
        let folder = record.path.parent().unwrap_or(Utf8Path::new(""));
        let Some(path) = paths::join(folder, &paths::decoded(written)) else {
            return Lead::Elsewhere;
        };
        match self.by_path.get(path.as_path()) {
            Some(record) => Lead::Record(record),
            None => Lead::Path(path),
        }
    }
}
