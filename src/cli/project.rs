//! A project that was generated, found from the folder the person stands in.

use camino::{Utf8Path, Utf8PathBuf};

use super::{Session, gather, read_file};
use crate::answers::Answers;
use crate::baseline::{self, ANSWERS, Baseline};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::plan::exchange::{self, Recovered};
use crate::workspace::{self, Workspace};

/// Which project a command is about.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Which {
    /// The Cargo.toml of the project; by default the one of the folder you are in, or above it.
    #[arg(long, value_name = "PATH")]
    manifest_path: Option<Utf8PathBuf>,
}

/// A project.
pub(super) struct Project {
    pub(super) root: Utf8PathBuf,
    /// The text of `kickoff.toml`.
    pub(super) text: String,
    pub(super) answers: Answers,
}

impl Which {
    /// The folder of the project.
    pub(super) fn root(&self, context: &Context) -> Result<Utf8PathBuf> {
        if let Some(path) = &self.manifest_path {
            let path = workspace::paths::normalized(&context.current_dir.join(path));
            let root = match path.is_dir() {
                true => path,
                false => path.parent().unwrap_or(&path).to_owned(),
            };
            return match root.join(ANSWERS).is_file() {
                true => Ok(root),
                false => Err(no_project(format!("there is no `{ANSWERS}` in `{root}`"))),
            };
        }
        let mut folders = context.current_dir.ancestors();
        let root = folders.find(|folder| folder.join(ANSWERS).is_file());
        root.map(Utf8Path::to_owned).ok_or_else(|| {
            no_project(format!(
                "there is no `{ANSWERS}` in `{}`, nor above it",
                context.current_dir
            ))
        })
    }

    /// The folder of the project, after an update that was killed is finished or taken back.
    pub(super) fn recovered_root(&self, session: &Session) -> Result<Utf8PathBuf> {
        let root = self.root(&session.context)?;
        recover(&root, session)?;
        Ok(root)
    }

    /// Reads the project, after an update that was killed is finished or taken back.
    pub(super) fn load(&self, session: &Session) -> Result<Project> {
        Project::read(self.recovered_root(session)?)
    }
}

/// Finishes an update that was killed, and says so.
pub(super) fn recover(root: &Utf8Path, session: &Session) -> Result<()> {
    match exchange::recover(root)? {
        Some(Recovered::Finished) => session
            .shell
            .status("Finished", "an earlier update that was killed half-way"),
        Some(Recovered::GoneBack) => session.shell.warning(
            "an earlier update was killed half-way, and a file was changed since: it was taken back",
        ),
        None => {}
    }
    Ok(())
}

impl Project {
    /// Reads the project in `root`.
    pub(super) fn read(root: Utf8PathBuf) -> Result<Project> {
        let text = read_file(&root.join(ANSWERS))?;
        let answers = gather::read(&text, ANSWERS)?;
        Ok(Project {
            root,
            text,
            answers,
        })
    }

    /// What was generated last time.
    pub(super) fn baseline(&self) -> Result<Baseline> {
        let path = self.root.join(baseline::PATH);
        let rebuild = |error: Error| {
            error
                .hint("get it back from version control")
                .hint(
                    "or run `cargo kickoff update --rebuild-baseline`, with `kickoff.toml` as it was when the project was last brought up to date: \
                     what this version makes of it then counts as generated",
                )
        };
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(rebuild(Error::failed(format!(
                    "`{}` is not there, and without it nobody can tell what you changed",
                    baseline::PATH
                ))));
            }
            Err(error) => return Err(Error::io("read", &path, error)),
        };
        Baseline::decode(&bytes).map_err(|unusable| {
            let error = Error::failed(format!("`{}` cannot be used: {unusable}", baseline::PATH));
            match unusable {
                baseline::Unusable::Later(_) => {
                    error.hint("install the version of kickoff that wrote it, or a later one")
                }
                _ => rebuild(error),
            }
        })
    }

    /// The workspace that the project is a member of.
    pub(super) fn workspace(&self, context: &Context) -> Result<Option<Workspace>> {
        let above = self.root.parent().unwrap_or(&self.root);
        workspace::find(above, &context.cargo)
    }
}

fn no_project(message: String) -> Error {
    Error::usage(message)
        .hint("run it in a project that `cargo kickoff new` made, or name its manifest with `--manifest-path`")
        .hint("`cargo kickoff init` asks about code that is there")
}
