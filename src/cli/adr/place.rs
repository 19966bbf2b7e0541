//! The workspace and the folder of records that a command is about.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use super::super::project::recover;
use super::super::{Session, read_file};
use super::survey::Found;
use crate::adr::folder::{Folder, named};
use crate::adr::walk::File;
use crate::adr::{self, Record};
use crate::baseline::ANSWERS;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::manifest;
use crate::prompt::{Control, Opt, PlainPrompter, Prompt, Prompter, Reply, TerminalPrompter};
use crate::stubs::state::{self, State};
use crate::vcs::git;
use crate::workspace;
use crate::workspace::paths::{normalized, relative, with_slashes};

/// Where the records are.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct Where {
    /// The Cargo.toml of the workspace; by default the one of the folder you are in, or above it.
    #[arg(long, value_name = "PATH")]
    manifest_path: Option<Utf8PathBuf>,

    /// The folder of decision records, where there are several or it has another name.
    #[arg(long, value_name = "DIR")]
    pub(super) folder: Option<Utf8PathBuf>,
}

/// A workspace with its records.
pub(in crate::cli) struct Place {
    /// The root of the workspace, or of the repository around it where the records are there. Absolute; all paths are relative to it.
    pub(in crate::cli) root: Utf8PathBuf,
    /// The folder that was chosen.
    pub(in crate::cli) folder: Folder,
    /// Every file of the workspace that carries a topic of ours.
    pub(in crate::cli) marked: Vec<Record>,
    /// What was written last time, with the bytes of its file.
    pub(in crate::cli) state: State,
    pub(in crate::cli) state_bytes: Option<Vec<u8>>,
}

/// What to do where several folders are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Several {
    /// Take the one nearest to the root with the most records.
    First,
    /// Ask, at a terminal.
    Ask,
    /// Ask, and the answer will be remembered.
    AskOnce,
}

/// The folder of a workspace that has none yet.
const USUAL: &str = "docs/adr";

impl Where {
    /// Of the package in `folder`.
    pub(in crate::cli) fn of(folder: &Utf8Path) -> Where {
        Where {
            manifest_path: Some(folder.join("Cargo.toml")),
            folder: None,
        }
    }

    /// Finds both.
    ///
    /// # Errors
    /// There are several and nobody to ask, or something cannot be read.
    pub(in crate::cli) fn find(&self, session: &Session, several: Several) -> Result<Place> {
        let mut root = self.root(&session.context)?;
        let mut found = Found::below(&root)?;
        if found.folders.is_empty()
            && self.folder.is_none()
            && let Some(top) = repository_above(&root)
        {
            let above = Found::below(&top)?;
            if !above.folders.is_empty() {
                (root, found) = (top, above);
            }
        }
        recover(&root, session)?;
        let Found { files, folders, .. } = found;
        let (state, state_bytes) = read_state(&root)?;
        let marked = marked(&files);
        let path = self.choose(&root, &folders, &state, session, several)?;
        let known = folders.into_iter().find(|folder| folder.path == path);
        let folder = known.unwrap_or_else(|| named(&path, &files));
        Ok(Place {
            root,
            folder,
            marked,
            state,
            state_bytes,
        })
    }

    /// The folder that holds the answers, else the root of the workspace, else the package, else where the person stands.
    pub(in crate::cli) fn root(&self, context: &Context) -> Result<Utf8PathBuf> {
        if let Some(path) = &self.manifest_path {
            let path = normalized(&context.current_dir.join(path));
            return match path.is_file() {
                true => Ok(path.parent().unwrap_or(&path).to_owned()),
                false => Err(Error::usage(format!("there is no file `{path}`"))
                    .hint("pass `--manifest-path` the path of a Cargo.toml")),
            };
        }
        let here = &context.current_dir;
        let mut folders = here.ancestors();
        if let Some(project) = folders.find(|folder| folder.join(ANSWERS).is_file()) {
            return Ok(project.to_owned());
        }
        if let Some(workspace) = workspace::find_by_manifests(here)? {
            return Ok(workspace.root);
        }
        let mut folders = here.ancestors();
        let package = folders.find(|folder| folder.join("Cargo.toml").is_file());
        Ok(package.unwrap_or(here).to_owned())
    }

    fn choose(
        &self,
        root: &Utf8Path,
        folders: &[Folder],
        state: &State,
        session: &Session,
        several: Several,
    ) -> Result<Utf8PathBuf> {
        if let Some(folder) = &self.folder {
            return inside(root, folder, &session.context);
        }
        // Records may have moved since: then nothing of what was remembered is there.
        let is_there = |path: &Utf8PathBuf| folders.is_empty() || root.join(path).is_dir();
        let known = state.folder.clone().filter(is_there);
        if let Some(folder) = remembered(root).or(known) {
            return Ok(folder);
        }
        match folders {
            [] => Ok(declared(root).unwrap_or_else(|| USUAL.into())),
            [one] => Ok(one.path.clone()),
            all => {
                let mut ranked: Vec<&Folder> = all.iter().collect();
                ranked.sort_by_key(|folder| {
                    let depth = folder.path.components().count();
                    (depth, std::cmp::Reverse(folder.records.len()))
                });
                if several == Several::First {
                    return Ok(ranked[0].path.clone());
                }
                if session.context.terminal.interactive() {
                    return ask(&ranked, several, session);
                }
                Err(several_error(&ranked, several))
            }
        }
    }
}

fn read_state(root: &Utf8Path) -> Result<(State, Option<Vec<u8>>)> {
    let path = root.join(state::PATH);
    if !path.exists() {
        return Ok((State::default(), None));
    }
    let text = read_file(&path)?;
    let state = State::read(&text).map_err(|error| {
        Error::failed(format!("cannot read `{path}`: {error}"))
            .hint("get it back from version control")
            .hint("or delete it: then every stub that is there counts as yours, and stays as it is")
    })?;
    Ok((state, Some(text.into_bytes())))
}

fn marked(files: &[File]) -> Vec<Record> {
    const MARK: &[u8] = b"kickoff: topic ";
    let has_mark = |file: &&File| file.bytes.windows(MARK.len()).any(|part| part == MARK);
    let records = files.iter().filter(has_mark);
    records
        .map(|file| adr::read(&file.path, file.bytes.clone()))
        .filter(|record| record.fields().is_some_and(|fields| fields.topic.is_some()))
        .collect()
}

/// The names of all that is or ever was in a folder of records, on whatever branch, relative to `root`: each may have taken a number.
pub(in crate::cli) fn names_ever(root: &Utf8Path, folder: &Utf8Path) -> Vec<String> {
    let mut names = git::names_in_history(root, folder);
    // What is not committed counts too, whatever it is: a link, a folder, a file in a form that is not read.
    let entries = fs::read_dir(root.join(folder))
        .into_iter()
        .flatten()
        .flatten();
    let here = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.extend(here.map(|name| match folder.as_str() {
        "" => name,
        folder => format!("{folder}/{name}"),
    }));
    names
}

/// The root of the repository, where it is above.
pub(in crate::cli) fn repository_above(root: &Utf8Path) -> Option<Utf8PathBuf> {
    if root.join(".git").exists() {
        return None;
    }
    let mut above = root.ancestors().skip(1);
    above
        .find(|folder| folder.join(".git").exists())
        .map(Utf8Path::to_owned)
}

/// A folder as somebody names it: from where they stand, or from the root.
pub(super) fn inside(root: &Utf8Path, folder: &Utf8Path, context: &Context) -> Result<Utf8PathBuf> {
    let from_here = normalized(&context.current_dir.join(folder));
    let from_root = normalized(&root.join(folder));
    let path = match from_root.is_dir() && !from_here.is_dir() {
        true => from_root,
        false => from_here,
    };
    if !path.starts_with(root) || path == root {
        return Err(
            Error::usage(format!("`{path}` is not a folder inside of `{root}`")).hint(
                "name a folder of the workspace, or another workspace with `--manifest-path`",
            ),
        );
    }
    Ok(with_slashes(&relative(root, &path)).into())
}

/// The folder that the manifest names.
fn remembered(root: &Utf8Path) -> Option<Utf8PathBuf> {
    let text = fs::read_to_string(root.join("Cargo.toml")).ok()?;
    Some(manifest::records_folder(&text)?.into())
}

/// What `.adr-dir` names, where there is nothing in it yet.
fn declared(root: &Utf8Path) -> Option<Utf8PathBuf> {
    let text = fs::read_to_string(root.join(".adr-dir")).ok()?;
    let name = text.lines().next()?.trim().trim_end_matches('/');
    let path = normalized(&root.join(name));
    let is_inside = path.starts_with(root) && path != root;
    is_inside.then(|| with_slashes(&relative(root, &path)).into())
}

fn ask(folders: &[&Folder], several: Several, session: &Session) -> Result<Utf8PathBuf> {
    let options = folders
        .iter()
        .map(|folder| Opt::new(folder.path.as_str(), described(folder)));
    let prompt = Prompt {
        ask: "Which folder of decision records?".to_owned(),
        control: Control::Select {
            options: options.collect(),
            cursor: 0,
        },
        ..Prompt::default()
    };
    let mut prompter: Box<dyn Prompter> = match session.context.terminal.plain() {
        true => Box::new(PlainPrompter::new(
            std::io::stdin().lock(),
            std::io::stderr(),
        )),
        false => Box::new(TerminalPrompter::new(session.colour)),
    };
    match prompter.ask(&[], &prompt)? {
        Reply::Answer(path) => Ok(path.into()),
        Reply::Interrupt => Err(Error::interrupted()),
        _ => Err(several_error(folders, several)),
    }
}

fn described(folder: &Folder) -> String {
    let records = match folder.records.len() {
        1 => "1 record".to_owned(),
        count => format!("{count} records"),
    };
    let path = match folder.path.as_str() {
        "" => ".",
        path => path,
    };
    format!("{path} ({records}, {})", folder.house.dialect.name())
}

fn several_error(folders: &[&Folder], several: Several) -> Error {
    let lines: Vec<String> = folders
        .iter()
        .map(|folder| format!("  {}", described(folder)))
        .collect();
    let first = &folders[0].path;
    let hint = match several {
        Several::AskOnce => format!("name one: `--folder {first}`; it is remembered"),
        Several::First | Several::Ask => format!("name one: `--folder {first}`"),
    };
    Error::usage(format!(
        "there are several folders of decision records:\n{}",
        lines.join("\n")
    ))
    .hint(hint)
}
