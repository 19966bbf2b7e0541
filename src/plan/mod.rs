//! What a run is going to do, decided before anything is written.
//!
//! A [`Plan`] holds a verdict per file. [`show`] prints it in three forms, [`apply()`] carries it out: all of it or nothing.

mod apply;
pub mod exchange;
mod leftover;
mod place;
pub mod show;
pub mod snapshot;
mod staging;
pub mod target;
pub mod update;

use camino::{Utf8Path, Utf8PathBuf};

pub use apply::{Applied, ApplyOptions, Step, apply};

use self::target::State;
use crate::error::{Error, Result};
use crate::skeleton::tree::Tree;
use crate::workspace::paths::{relative, with_slashes};

/// A change to a file that exists, outside of the new tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file, absolute.
    pub path: Utf8PathBuf,
    /// The text that the change was made from.
    pub old: String,
    /// The text after it.
    pub new: String,
}

/// What happens to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// It is written; there was none.
    Create,
    /// It is already as it should be.
    Unchanged,
    /// It gets another text in the place of its own.
    Edit,
    /// It differs from what would be written and stays as it is.
    Kept,
    /// It cannot be written, for the reason given: nothing at all is.
    Conflict(String),
}

impl Verdict {
    /// The word for it in the output for programs; part of a stable format.
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Create => "create",
            Verdict::Unchanged => "unchanged",
            Verdict::Edit => "edit",
            Verdict::Kept => "kept",
            Verdict::Conflict(_) => "conflict",
        }
    }
}

/// A file and what happens to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFile {
    /// Relative to the target, with `/` between the parts; `../` leads to files outside of the new tree.
    pub path: String,
    /// What happens.
    pub verdict: Verdict,
    /// The bytes before, where the file exists.
    pub old: Option<Vec<u8>>,
    /// The bytes after.
    pub new: Vec<u8>,
}

/// What a run is going to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    target: Utf8PathBuf,
    state: State,
    files: Vec<PlannedFile>,
    edits: Vec<Edit>,
}

impl Plan {
    /// Plans a new tree in `target` (absolute) and the edits that go with it. Reads, never writes.
    ///
    /// The target is absent or an empty folder. A run that was killed after the tree was put in place and before the edits were made
    /// is completed: then the tree is there, what differs in it is kept, and only the edits are left to do.
    ///
    /// # Errors
    /// Something stands in the target (the hint names the command to use instead) or on the way to it, or two paths of the tree
    /// cannot stand side by side.
    pub fn new(target: &Utf8Path, tree: &Tree, edits: Vec<Edit>) -> Result<Plan> {
        refuse_colliding_paths(tree)?;
        let state = target::examine(target)?;
        let mut files = Vec::with_capacity(tree.len() + edits.len());
        let texts = tree.iter().map(|(path, text)| (path, text.as_bytes()));
        for (path, new) in texts.chain(tree.binaries()) {
            let old = match state {
                State::Complete => read(&target.join(path))?,
                State::Absent | State::Empty | State::Inhabited => None,
            };
            let verdict = match &old {
                None if state == State::Complete => Verdict::Kept,
                None => Verdict::Create,
                Some(old) if old == new => Verdict::Unchanged,
                Some(_) => Verdict::Kept,
            };
            let path = path.as_str().to_owned();
            let new = new.to_owned();
            files.push(PlannedFile {
                path,
                verdict,
                old,
                new,
            });
        }
        files.sort_by(|one, other| Utf8Path::new(&one.path).cmp(Utf8Path::new(&other.path)));
        for edit in &edits {
            files.push(PlannedFile {
                path: with_slashes(&relative(target, &edit.path)),
                verdict: verdict_of(edit)?,
                old: Some(edit.old.clone().into_bytes()),
                new: edit.new.clone().into_bytes(),
            });
        }
        Ok(Plan {
            target: target.to_owned(),
            state,
            files,
            edits,
        })
    }

    /// The plan of an exchange in a folder that holds other things too. It is shown like any other, and carried out by
    /// [`exchange::exchange`].
    pub fn beside(folder: &Utf8Path, files: &[exchange::Exchange]) -> Plan {
        let planned = files.iter().filter_map(|file| {
            Some(PlannedFile {
                path: with_slashes(&file.path),
                verdict: match file.old {
                    None => Verdict::Create,
                    Some(_) => Verdict::Edit,
                },
                old: file.old.clone(),
                new: file.new.clone()?,
            })
        });
        Plan {
            target: folder.to_owned(),
            state: State::Inhabited,
            files: planned.collect(),
            edits: Vec::new(),
        }
    }

    /// The folder of the new tree, absolute.
    pub fn target(&self) -> &Utf8Path {
        &self.target
    }

    /// All files: those of the tree in path order, then the edits.
    pub fn files(&self) -> &[PlannedFile] {
        &self.files
    }

    /// Whether there is nothing left to do.
    pub fn is_done(&self) -> bool {
        let done = |file: &PlannedFile| matches!(file.verdict, Verdict::Unchanged | Verdict::Kept);
        self.state == State::Complete && self.files.iter().all(done)
    }

    /// Whether this completes a run that was killed.
    pub fn completes_an_earlier_run(&self) -> bool {
        self.state == State::Complete
    }

    /// Refuses a plan with conflicts.
    ///
    /// # Errors
    /// Lists all of them.
    pub fn refuse_conflicts(&self) -> Result<()> {
        let conflicts: Vec<String> = self
            .files
            .iter()
            .filter_map(|file| match &file.verdict {
                Verdict::Conflict(reason) => Some(format!("`{}` {reason}", file.path)),
                _ => None,
            })
            .collect();
        if conflicts.is_empty() {
            return Ok(());
        }
        Err(
            Error::conflict(format!("nothing was written: {}", conflicts.join("; ")))
                .hint("run the command again: it starts from the files as they are now"),
        )
    }
}

fn verdict_of(edit: &Edit) -> Result<Verdict> {
    Ok(match read(&edit.path)? {
        Some(bytes) if bytes != edit.old.as_bytes() => {
            Verdict::Conflict("was changed in the meantime".to_owned())
        }
        None => Verdict::Conflict("is gone".to_owned()),
        Some(_) if edit.old == edit.new => Verdict::Unchanged,
        Some(_) => Verdict::Edit,
    })
}

/// The bytes of a file, `None` where there is no such file.
fn read(path: &Utf8Path) -> Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error)
            if matches!(
                error.kind(),
                std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(Error::io("read", path, error)),
    }
}

/// On macOS and Windows, names that differ in case only are one file.
fn refuse_colliding_paths(tree: &Tree) -> Result<()> {
    let mut seen = std::collections::BTreeMap::<String, &Utf8Path>::new();
    let paths = tree.paths();
    for path in &paths {
        if let Some(other) = seen.insert(path.as_str().to_lowercase(), path) {
            return Err(Error::failed(format!(
                "`{other}` and `{path}` would be one file on macOS and Windows"
            ))
            .hint("rename one of the two things that these files are for"));
        }
    }
    for path in &paths {
        for folder in path.ancestors().skip(1) {
            if let Some(other) = seen.get(&folder.as_str().to_lowercase()) {
                return Err(Error::failed(format!(
                    "`{other}` would be a file and a folder (for `{path}`) at once"
                )));
            }
        }
    }
    Ok(())
}
