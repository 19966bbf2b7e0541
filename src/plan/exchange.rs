//! Files exchanged in a project that is there: all of them or none, and undone on request.
//!
//! Old and new files are written into a staging folder in `.kickoff/`, with a journal. One rename makes that folder the beginning of
//! the exchange; before it, nothing has happened. Then file after file is put in place by a rename. A run that is killed in between
//! leaves the journal, and the next run finishes what it began, unless somebody changed one of the files meanwhile: then it goes back.
//! When all is done the folder becomes the backup, from which the exchange can be undone; or goes, in a repository of others.

mod files;
mod journal;

use std::fs;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use self::files::{new_path, old_path, read, remove_empty_folders, remove_if_there, write};
use self::journal::{Journal, State};
use super::leftover;
use super::place::rename;
use super::snapshot::{Entry, entry};
use crate::error::{Error, Result};

/// A file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Relative to the root of the project.
    pub path: Utf8PathBuf,
    /// The bytes that it has to have; `None` where there must be nothing.
    pub old: Option<Vec<u8>>,
    /// The bytes it gets; `None` where it is removed.
    pub new: Option<Vec<u8>>,
}

/// A moment at which something is about to be written. A test can let it fail there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// The staging folder is made.
    CreateStaging,
    /// The old file is copied into it.
    KeepOld(&'a Utf8Path),
    /// The new file is written into it.
    StageNew(&'a Utf8Path),
    /// The journal is written into it.
    WriteJournal,
    /// The exchange begins.
    Begin,
    /// A file is put in place, or removed.
    Put(&'a Utf8Path),
    /// The backup of the exchange before is removed.
    DropBackup,
    /// The folder becomes the backup.
    Finish,
}

/// What became of an exchange that was killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recovered {
    /// All of it is done.
    Finished,
    /// Somebody changed a file meanwhile: what had been done was undone.
    GoneBack,
}

const FOLDER: &str = ".kickoff";
const STAGING: &str = "staging-";

fn begun(root: &Utf8Path) -> Utf8PathBuf {
    root.join(FOLDER).join("update")
}

fn backup(root: &Utf8Path) -> Utf8PathBuf {
    root.join(FOLDER).join("backup")
}

/// Exchanges files below `root`. Where there are none, nothing is done, and the backup stays that of the exchange before. `fault` is
/// called before each step, and an error from it counts as the step's failure.
///
/// # Errors
/// A file is no longer what it has to be, or something cannot be written. Then everything is as before.
pub fn exchange(
    root: &Utf8Path,
    files: &[Exchange],
    fault: impl FnMut(&Step<'_>) -> io::Result<()>,
) -> Result<()> {
    run(root, files, true, fault)
}

/// As [`exchange()`], in a repository that is not ours: nothing is left there but the files, and a backup that is there stays.
///
/// # Errors
/// As there.
pub fn exchange_without_backup(
    root: &Utf8Path,
    files: &[Exchange],
    fault: impl FnMut(&Step<'_>) -> io::Result<()>,
) -> Result<()> {
    run(root, files, false, fault)
}

fn run(
    root: &Utf8Path,
    files: &[Exchange],
    keeps_backup: bool,
    mut fault: impl FnMut(&Step<'_>) -> io::Result<()>,
) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    sweep(root);
    for file in files {
        verify(root, file)?;
    }
    let staging = staging(root);
    let planned = Journal::of(files, keeps_backup);
    let staged = stage(&staging, root, files, &planned, &mut fault).and_then(|()| {
        fault(&Step::Begin)
            .and_then(|()| rename(&staging, &begun(root)))
            .map_err(|error| match error.kind() {
                io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists => {
                    Error::conflict("another update of this project has begun")
                        .hint("run the command again when it has ended")
                }
                _ => Error::io("create", begun(root), error),
            })
    });
    if let Err(error) = staged {
        let _ = fs::remove_dir_all(&staging);
        remove_if_empty(root);
        return Err(error);
    }
    let journal = Journal::read(&begun(root))?;
    for (number, file) in files.iter().enumerate() {
        let put = verify(root, file).and_then(|()| {
            fault(&Step::Put(&file.path))
                .and_then(|()| put(root, number, &file.path, file.new.is_some()))
                .map_err(|error| Error::io("write", root.join(&file.path), error))
        });
        if let Err(error) = put {
            return Err(match go_back(root, &journal) {
                Ok(()) => error,
                Err(other) => error.hint(format!(
                    "going back failed as well ({other}): run the command again, and it goes on"
                )),
            });
        }
    }
    let finished = fault(&Step::DropBackup)
        .and_then(|()| drop_backup(root, &journal))
        .and_then(|()| fault(&Step::Finish))
        .and_then(|()| finish(root, &journal));
    finished.map_err(|error| {
        Error::io("create", backup(root), error)
            .hint("everything is written; run the command again to tidy up")
    })
}

/// Finishes an exchange that was killed, or goes back. Does nothing where there is none.
///
/// # Errors
/// Another process is at it, or something cannot be written.
pub fn recover(root: &Utf8Path) -> Result<Option<Recovered>> {
    sweep(root);
    let folder = begun(root);
    if !folder.is_dir() {
        return Ok(None);
    }
    let journal = Journal::read(&folder)?;
    if journal.process != std::process::id() && leftover::is_running(journal.process) {
        return Err(Error::conflict("another update of this project has begun")
            .hint("run the command again when it has ended"));
    }
    let mut states = Vec::new();
    for file in &journal.files {
        states.push(file.state(root)?);
    }
    if states.contains(&State::Other) {
        go_back(root, &journal)?;
        return Ok(Some(Recovered::GoneBack));
    }
    for (number, (file, state)) in journal.files.iter().zip(states).enumerate() {
        if state == State::Old {
            put(root, number, &file.path, file.new.is_some())
                .map_err(|error| Error::io("write", root.join(&file.path), error))?;
        }
    }
    drop_backup(root, &journal)
        .and_then(|()| finish(root, &journal))
        .map_err(|error| Error::io("create", backup(root), error))?;
    Ok(Some(Recovered::Finished))
}

fn drop_backup(root: &Utf8Path, journal: &Journal) -> io::Result<()> {
    match journal.keeps_backup {
        true => remove_if_there(&backup(root)),
        false => Ok(()),
    }
}

/// The folder of the exchange becomes the backup, or goes. A run that is killed before it is gone leaves one that [`sweep`] removes.
fn finish(root: &Utf8Path, journal: &Journal) -> io::Result<()> {
    if journal.keeps_backup {
        return rename(&begun(root), &backup(root));
    }
    let done = staging(root);
    rename(&begun(root), &done)?;
    fs::remove_dir_all(&done)?;
    remove_if_empty(root);
    Ok(())
}

/// The folder of ours, where nothing of ours is in it.
fn remove_if_empty(root: &Utf8Path) {
    let _ = fs::remove_dir(root.join(FOLDER));
}

fn staging(root: &Utf8Path) -> Utf8PathBuf {
    root.join(FOLDER)
        .join(format!("{STAGING}{}", std::process::id()))
}

/// What leads back to the time before the last exchange.
///
/// # Errors
/// There was none, or a file was changed since.
pub fn way_back(root: &Utf8Path) -> Result<Vec<Exchange>> {
    let folder = backup(root);
    if !folder.is_dir() {
        return Err(Error::usage("there is no update to undo").hint(
            "the last one is kept in `.kickoff/backup`, on the machine on which it was made",
        ));
    }
    let journal = Journal::read(&folder)?;
    let mut files = Vec::new();
    let mut changed = Vec::new();
    for (number, file) in journal.files.iter().enumerate() {
        if file.state(root)? != State::New {
            changed.push(format!("`{}`", file.path));
            continue;
        }
        let old = match file.old {
            Some(_) => Some(read(&old_path(&folder, number))?),
            None => None,
        };
        let new = match file.new {
            Some(_) => Some(read(&root.join(&file.path))?),
            None => None,
        };
        files.push(Exchange {
            path: file.path.clone(),
            old: new,
            new: old,
        });
    }
    match changed.is_empty() {
        true => Ok(files),
        false => Err(Error::conflict(format!(
            "nothing was undone: since the update {} changed: {}",
            if changed.len() == 1 {
                "a file was"
            } else {
                "files were"
            },
            changed.join(", ")
        ))
        .hint("take those changes back first, or use your version control")),
    }
}

fn stage(
    staging: &Utf8Path,
    root: &Utf8Path,
    files: &[Exchange],
    journal: &Journal,
    fault: &mut impl FnMut(&Step<'_>) -> io::Result<()>,
) -> Result<()> {
    let in_staging = |error| Error::io("write to", staging, error);
    fault(&Step::CreateStaging)
        .and_then(|()| fs::create_dir_all(staging))
        .and_then(|()| fs::create_dir(staging.join("old")))
        .and_then(|()| fs::create_dir(staging.join("new")))
        // What is in here is nobody's to commit.
        .and_then(|()| write(&staging.join(".gitignore"), b"*\n", None))
        .map_err(in_staging)?;
    for (number, file) in files.iter().enumerate() {
        let original = root.join(&file.path);
        let original = file.old.is_some().then_some(original.as_path());
        if let Some(old) = &file.old {
            fault(&Step::KeepOld(&file.path))
                .and_then(|()| write(&old_path(staging, number), old, original))
                .map_err(in_staging)?;
        }
        if let Some(new) = &file.new {
            fault(&Step::StageNew(&file.path))
                .and_then(|()| write(&new_path(staging, number), new, original))
                .map_err(in_staging)?;
        }
    }
    fault(&Step::WriteJournal)
        .and_then(|()| journal.write(staging))
        .map_err(in_staging)
}

/// Puts a staged file in place, or removes the one that is there.
fn put(root: &Utf8Path, number: usize, path: &Utf8Path, is_written: bool) -> io::Result<()> {
    let place = root.join(path);
    if is_written {
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        return rename(&new_path(&begun(root), number), &place);
    }
    fs::remove_file(&place)?;
    remove_empty_folders(root, path);
    Ok(())
}

/// Undoes what was put in place, and leaves what somebody else changed.
fn go_back(root: &Utf8Path, journal: &Journal) -> Result<()> {
    let folder = begun(root);
    for (number, file) in journal.files.iter().enumerate().rev() {
        if file.old == file.new || file.state(root)? != State::New {
            continue;
        }
        let place = root.join(&file.path);
        let restored = match file.old {
            Some(_) => read(&old_path(&folder, number)).map(|old| {
                let again = folder.join("again");
                write(&again, &old, Some(&old_path(&folder, number)))
                    .and_then(|()| fs::create_dir_all(place.parent().unwrap_or(root)))
                    .and_then(|()| rename(&again, &place))
            })?,
            None => fs::remove_file(&place).map(|()| remove_empty_folders(root, &file.path)),
        };
        restored.map_err(|error| Error::io("write", &place, error))?;
    }
    fs::remove_dir_all(&folder).map_err(|error| Error::io("remove", &folder, error))?;
    remove_if_empty(root);
    Ok(())
}

/// Makes sure that a file is still what it has to be, and may be written.
fn verify(root: &Utf8Path, file: &Exchange) -> Result<()> {
    let found = entry(root, &file.path)?;
    let expected = file.old.clone().map(Entry::File);
    if found != expected {
        return Err(Error::conflict(format!(
            "`{}` was changed in the meantime: nothing was written",
            file.path
        ))
        .hint("run the command again: it starts from the file as it is now"));
    }
    let metadata = root.join(&file.path).metadata();
    if metadata.is_ok_and(|metadata| metadata.permissions().readonly()) {
        return Err(
            Error::failed(format!("`{}` is read-only: nothing was written", file.path))
                .hint("make it writable, and run the command again"),
        );
    }
    Ok(())
}

/// Removes the staging folders of runs that were killed before the exchange began.
fn sweep(root: &Utf8Path) {
    let entries = root.join(FOLDER).read_dir_utf8();
    for entry in entries.into_iter().flatten().flatten() {
        let process = entry.file_name().strip_prefix(STAGING);
        let process = process.and_then(|process| process.parse().ok());
        let is_dead =
            |process: u32| process == std::process::id() || !leftover::is_running(process);
        if process.is_some_and(is_dead) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    remove_if_empty(root);
}
