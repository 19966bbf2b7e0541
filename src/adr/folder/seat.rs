//! Drafts beside a folder, and the place that a record gets when it is accepted.

use camino::{Utf8Path, Utf8PathBuf};

use super::super::record::Record;
use super::{Folder, Naming, Seat};

/// What is put behind the name of a folder of records for that of its drafts.
const DRAFTS: &str = "-drafts";

/// The folder of the drafts of the records in `folder`.
pub(super) fn drafts_of(folder: &Utf8Path) -> Utf8PathBuf {
    match folder.as_str() {
        "" => "drafts".into(),
        folder => format!("{folder}{DRAFTS}").into(),
    }
}

/// The folder of records whose drafts would be in `folder`, whether it is there or not.
pub(super) fn home_of_drafts(folder: &Utf8Path) -> Option<Utf8PathBuf> {
    let home = folder.as_str().strip_suffix(DRAFTS)?;
    (!home.is_empty() && !home.ends_with('/')).then(|| home.into())
}

impl Folder {
    /// Where a house that lets in accepted decisions only has its drafts: beside the folder.
    pub fn drafts(&self) -> Utf8PathBuf {
        drafts_of(&self.path)
    }

    /// Whether a file of the folder waits beside it to be accepted.
    pub fn is_draft(&self, path: &Utf8Path) -> bool {
        path.starts_with(self.drafts())
    }

    /// Where a record goes when it is accepted; nothing where it stays. A draft beside the folder goes into it, and a record without a
    /// number gets the next one behind `history` (the names for [`Folder::next_number_after`]) where the house numbers its records. `date` is
    /// `YYYY-MM-DD`.
    pub fn seat(
        &self,
        record: &Record,
        history: &dyn Fn() -> Vec<String>,
        date: &str,
    ) -> Option<Seat> {
        let is_draft = self.is_draft(&record.path);
        let file = record.path.file_name()?;
        let is_numbered = match self.house.naming {
            Naming::Numbered { .. } => true,
            Naming::Plain { .. } => self.house.heading.is_some(),
            Naming::Dated { .. } => false,
        };
        let number = match record.number() {
            None if is_numbered => self.next_number_after(&history()),
            _ => None,
        };
        // In a folder of its own a record has files beside it that would stay behind.
        let is_alone = self.house.file_in_folder.is_some();
        if !is_draft && (number.is_none() || is_alone) {
            return None;
        }
        let is_named = matches!(self.house.naming, Naming::Plain { .. });
        let name = match record.number().is_some() || is_named && !is_draft {
            true => file.into(),
            false => self.file_name(number, record.title().unwrap_or(file), date),
        };
        let home = match is_draft {
            true => self.path.as_path(),
            false => record.path.parent().unwrap_or(Utf8Path::new("")),
        };
        let path = match home.as_str() {
            "" => name,
            home => format!("{home}/{name}").into(),
        };
        Some(Seat { path, number })
    }
}
