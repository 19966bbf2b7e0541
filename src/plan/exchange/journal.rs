//! What an exchange does, written down before it begins.

use std::fs;
use std::io::{self, Write as _};

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::Exchange;
use crate::baseline::digest;
use crate::error::{Error, Result};
use crate::plan::snapshot::{Entry, entry};

const NAME: &str = "journal.json";

/// The files of an exchange.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) process: u32,
    /// The old files are kept, so that the exchange can be undone.
    #[serde(default = "yes")]
    pub(super) keeps_backup: bool,
    pub(super) files: Vec<Line>,
}

/// A file, by the digests of its bytes; `None` where there is no file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Line {
    pub(super) path: Utf8PathBuf,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

/// What a file is at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// As before the exchange.
    Old,
    /// As after it.
    New,
    /// Somebody changed it.
    Other,
}

impl Journal {
    pub(super) fn of(files: &[Exchange], keeps_backup: bool) -> Journal {
        let of_bytes = |bytes: &Option<Vec<u8>>| bytes.as_deref().map(digest);
        let lines = files.iter().map(|file| Line {
            path: file.path.clone(),
            old: of_bytes(&file.old),
            new: of_bytes(&file.new),
        });
        Journal {
            process: std::process::id(),
            keeps_backup,
            files: lines.collect(),
        }
    }

    pub(super) fn write(&self, folder: &Utf8Path) -> io::Result<()> {
        let mut file = fs::File::create(folder.join(NAME))?;
        file.write_all(serde_json::to_string(self)?.as_bytes())?;
        file.sync_all()
    }

    pub(super) fn read(folder: &Utf8Path) -> Result<Journal> {
        let path = folder.join(NAME);
        let text = fs::read_to_string(&path).map_err(|error| Error::io("read", &path, error))?;
        let journal: Journal = serde_json::from_str(&text).map_err(|error| {
            Error::failed(format!("`{path}` is not a journal of kickoff")).caused_by(error)
        })?;
        // The folder is a person's to edit, and what it names is written.
        let leads_out = journal.files.iter().find(|line| !is_inside(&line.path));
        match leads_out {
            Some(line) => Err(Error::failed(format!(
                "`{path}` names `{}`, which is not in the project",
                line.path
            ))),
            None => Ok(journal),
        }
    }
}

/// Earlier journals do not say it.
fn yes() -> bool {
    true
}

impl Line {
    pub(super) fn state(&self, root: &Utf8Path) -> Result<State> {
        let found = match entry(root, &self.path)? {
            None => None,
            Some(Entry::File(bytes)) => Some(digest(&bytes)),
            Some(Entry::Other(_)) => return Ok(State::Other),
        };
        Ok(match found {
            found if found == self.new => State::New,
            found if found == self.old => State::Old,
            _ => State::Other,
        })
    }
}

fn is_inside(path: &Utf8Path) -> bool {
    use camino::Utf8Component;
    !path.as_str().is_empty()
        && path
            .components()
            .all(|part| matches!(part, Utf8Component::Normal(_)))
}
