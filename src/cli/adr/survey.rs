//! All folders of records of a workspace, for the commands that are about several.

use std::collections::HashSet;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use toml_edit::Document;

use super::place::{Where, inside, repository_above};
use crate::adr::Record;
use crate::adr::folder::{Folder, LookupError, discover, named};
use crate::adr::select::{self, Member};
use crate::adr::walk::{File, walk};
use crate::cli::Session;
use crate::error::{Error, Result};
use crate::plan::exchange;
use crate::vcs::git::revision;
use crate::workspace;
use crate::workspace::paths::{normalized, relative, with_slashes};

/// The records of a workspace.
pub(super) struct Survey {
    /// The root of the workspace, or of the repository around it where the records are there. Absolute; all paths are relative to it.
    pub(super) root: Utf8PathBuf,
    /// The folders that hold records, by path; the one that was asked for, if one was.
    pub(super) folders: Vec<Folder>,
    /// Folders of records that only the tests of the project read.
    pub(super) fixtures: Vec<Folder>,
    /// The members of the workspace, where there is one.
    pub(super) members: Vec<Member>,
    /// The files that Git does not ignore, where there is a repository.
    pub(super) counted: Option<HashSet<Utf8PathBuf>>,
}

impl Survey {
    /// Reads all records. What Git ignores is nobody's.
    ///
    /// # Errors
    /// There are none, or something cannot be read.
    pub(super) fn of(place: &Where, session: &Session) -> Result<Survey> {
        let root = place.root(&session.context)?;
        let mut survey = Survey::below(root, place, session)?;
        if survey.folders.is_empty()
            && place.folder.is_none()
            && let Some(top) = repository_above(&survey.root)
        {
            survey = Survey::below(top, place, session)?;
        }
        match survey.folders.is_empty() {
            false => Ok(survey),
            true => Err(Error::usage(format!(
                "there are no decision records in `{}`",
                survey.root
            ))
            .hint("name their folder with `--folder DIR`")
            .hint("or write the first one: `cargo kickoff adr new TITLE`")),
        }
    }

    fn below(root: Utf8PathBuf, place: &Where, session: &Session) -> Result<Survey> {
        let Found {
            files,
            mut folders,
            mut fixtures,
            counted,
        } = Found::below(&root)?;
        if let Some(folder) = &place.folder {
            let path = inside(&root, folder, &session.context)?;
            fixtures.append(&mut folders);
            let known = fixtures.iter().position(|folder| folder.path == path);
            folders.push(known.map_or_else(|| named(&path, &files), |at| fixtures.remove(at)));
            fixtures.retain(|folder| is_fixture(&folder.path));
        }
        Ok(Survey {
            members: members(&root),
            root,
            folders,
            fixtures,
            counted,
        })
    }

    /// As [`Survey::of`], after a change that was killed is finished or taken back.
    ///
    /// # Errors
    /// As there.
    pub(super) fn to_change(place: &Where, session: &Session) -> Result<Survey> {
        let survey = Survey::of(place, session)?;
        match exchange::recover(&survey.root)? {
            None => Ok(survey),
            Some(_) => {
                session
                    .shell
                    .status("Finished", "an earlier change that was killed half-way");
                Survey::of(place, session)
            }
        }
    }

    /// The record that somebody means.
    ///
    /// # Errors
    /// None, or several.
    pub(super) fn find(&self, reference: &str) -> Result<(&Folder, &Record)> {
        select::find(&self.folders, &self.members, reference).map_err(|error| {
            let usage = Error::usage(error.to_string());
            match error {
                LookupError::Ambiguous { candidates, .. } => {
                    usage.hint(format!("name one by its path: `{}`", candidates[0]))
                }
                LookupError::Unknown { .. } => usage.hint("`cargo kickoff adr list` shows all"),
            }
        })
    }

    /// Whether Git does not ignore a file.
    pub(super) fn counts(&self, path: &Utf8Path) -> bool {
        counts(self.counted.as_ref(), path)
    }

    /// How many records there are.
    pub(super) fn records(&self) -> impl Iterator<Item = &Record> {
        self.folders.iter().flat_map(|folder| &folder.records)
    }
}

/// What there is of records below a folder.
pub(super) struct Found {
    /// The documents that Git does not ignore.
    pub(super) files: Vec<File>,
    /// The folders of records among them.
    pub(super) folders: Vec<Folder>,
    /// Those that only the tests of the project read.
    pub(super) fixtures: Vec<Folder>,
    /// The files that Git does not ignore, where there is a repository.
    pub(super) counted: Option<HashSet<Utf8PathBuf>>,
}

impl Found {
    /// Reads them. What Git ignores is nobody's.
    ///
    /// # Errors
    /// Something cannot be read.
    pub(super) fn below(root: &Utf8Path) -> Result<Found> {
        let counted: Option<HashSet<Utf8PathBuf>> =
            revision::files_that_count(root).map(|files| files.into_iter().collect());
        let mut files = walk(root)?;
        files.retain(|file| counts(counted.as_ref(), &file.path));
        let (fixtures, folders): (Vec<Folder>, Vec<Folder>) = discover(files.clone())
            .into_iter()
            .partition(|folder| is_fixture(&folder.path));
        Ok(Found {
            files,
            folders,
            fixtures,
            counted,
        })
    }
}

/// The packages below the root by their manifests; none where nobody can read them.
fn members(root: &Utf8Path) -> Vec<Member> {
    let Ok(Some(workspace)) = workspace::find_by_manifests(root) else {
        return Vec::new();
    };
    let named = |member: &Utf8PathBuf| {
        let folder = normalized(&workspace.root.join(member));
        let text = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
        let manifest = Document::parse(text.as_str()).ok()?;
        let name = manifest.get("package")?.get("name")?.as_str()?.to_owned();
        let path = with_slashes(&relative(root, &folder));
        let path = if path == "." { "" } else { &path };
        Some(Member {
            name,
            path: path.into(),
        })
    };
    workspace.members.iter().filter_map(named).collect()
}

/// Records below the tests of a project are what it is tested with, and decide nothing.
fn is_fixture(folder: &Utf8Path) -> bool {
    let is_of_tests = |part: &str| {
        matches!(
            part,
            "test" | "tests" | "fixtures" | "testdata" | "__fixtures__" | "__tests__"
        )
    };
    folder
        .components()
        .any(|component| is_of_tests(component.as_str()))
}

fn counts(counted: Option<&HashSet<Utf8PathBuf>>, path: &Utf8Path) -> bool {
    counted.is_none_or(|counted| counted.contains(path))
}
