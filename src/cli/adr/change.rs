//! Changes to records: planned, shown, carried out whole or not at all, and read again.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use crate::cli::{MessageFormat, Session};
use crate::error::{Error, Result, exit};
use crate::plan::exchange::{Exchange, exchange_without_backup};
use crate::plan::show::diff_of;
use crate::vcs::git::revision;
use crate::workspace::paths::with_slashes;

/// How a change is shown and carried out.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct How {
    /// Show what would be done, a verdict a file, and write nothing.
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,

    /// Show the change as a diff.
    #[arg(long)]
    diff: bool,

    /// Change files that have changes which are not committed.
    #[arg(long)]
    allow_dirty: bool,

    /// Report for people, or as JSON lines on stdout.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) message_format: MessageFormat,
}

/// A file before and after.
pub(super) struct Changed {
    pub(super) path: Utf8PathBuf,
    /// Where it was before, if that was elsewhere.
    pub(super) from: Option<Utf8PathBuf>,
    /// Nothing where the file is new.
    pub(super) old: Option<Vec<u8>>,
    pub(super) new: Vec<u8>,
}

impl Changed {
    fn verdict(&self) -> &'static str {
        match &self.old {
            None => "create",
            Some(_) if self.from.is_some() => "move",
            Some(old) if *old == self.new => "unchanged",
            Some(_) => "edit",
        }
    }

    /// The path that it has on the disk.
    fn before(&self) -> &Utf8Path {
        self.from.as_ref().unwrap_or(&self.path)
    }

    fn exchanges(&self) -> Vec<Exchange> {
        let exchange =
            |path: &Utf8PathBuf, old: Option<&Vec<u8>>, new: Option<&Vec<u8>>| Exchange {
                path: path.clone(),
                old: old.cloned(),
                new: new.cloned(),
            };
        match &self.from {
            None => vec![exchange(&self.path, self.old.as_ref(), Some(&self.new))],
            Some(from) => vec![
                exchange(&self.path, None, Some(&self.new)),
                exchange(from, self.old.as_ref(), None),
            ],
        }
    }
}

/// Shows the change and, unless it is only to be shown, carries it out. `done` is what was done, for one line.
///
/// # Errors
/// A file has changes that are not committed, or was changed meanwhile, or cannot be written: then nothing is.
pub(super) fn carry_out(
    root: &Utf8Path,
    files: &[Changed],
    how: &How,
    done: (&'static str, String),
    session: &Session,
) -> Result<u8> {
    show(root, files, how, session);
    let due: Vec<&Changed> = files
        .iter()
        .filter(|file| file.verdict() != "unchanged")
        .collect();
    if how.dry_run {
        return Ok(exit::DONE);
    }
    if !how.allow_dirty {
        refuse_dirty(root, &due)?;
    }
    if !due.is_empty() {
        let exchanges: Vec<Exchange> = due.iter().flat_map(|file| file.exchanges()).collect();
        exchange_without_backup(root, &exchanges, |_| Ok(()))?;
        due.iter().try_for_each(|file| verify(root, file))?;
    }
    match due.is_empty() {
        true => session
            .shell
            .status("Unchanged", "everything says so already"),
        false => session.shell.status(done.0, done.1),
    }
    Ok(exit::DONE)
}

/// The plan, for people or as JSON lines.
///
/// The format is stable, keys and verdicts may be added: each file is `{"reason":"adr-file","path":…,"verdict":"edit"}` (or `create`, or
/// `unchanged`, or `move` with the path before in `from`), last comes
/// `{"reason":"adr-change","root":…,"create":0,"edit":2,"move":0,"unchanged":0,"dry-run":false}`. That all of it was written is what the
/// exit code says.
fn show(root: &Utf8Path, files: &[Changed], how: &How, session: &Session) {
    if how.message_format == MessageFormat::Json {
        for file in files {
            session.shell.data(format_args!("{}\n", line(file)));
        }
        let count = |verdict: &str| {
            files
                .iter()
                .filter(|file| file.verdict() == verdict)
                .count()
        };
        let sum = json!({
            "reason": "adr-change",
            "root": with_slashes(root),
            "create": count("create"),
            "edit": count("edit"),
            "move": count("move"),
            "unchanged": count("unchanged"),
            "dry-run": how.dry_run,
        });
        session.shell.data(format_args!("{sum}\n"));
        return;
    }
    if how.dry_run {
        for file in files {
            let path = &file.path;
            match (file.verdict(), &file.from) {
                ("create", _) => session.shell.status("Create", path),
                ("edit", _) => session.shell.status("Edit", path),
                (_, Some(from)) => session
                    .shell
                    .status("Move", format_args!("{from} to {path}")),
                _ => session.shell.status("Unchanged", path),
            }
        }
    }
    if how.diff {
        for file in files.iter().filter(|file| file.verdict() != "unchanged") {
            let diff = diff_of(file.path.as_str(), file.old.as_deref(), Some(&file.new));
            session.shell.data(diff);
        }
    }
}

fn line(file: &Changed) -> Value {
    let mut line = json!({"reason": "adr-file", "path": file.path, "verdict": file.verdict()});
    if let Some(from) = &file.from {
        line["from"] = json!(from);
    }
    line
}

/// What somebody has not committed could not be told from the change any more. A file that Git does not know yet is all theirs.
fn refuse_dirty(root: &Utf8Path, files: &[&Changed]) -> Result<()> {
    let paths: Vec<&Utf8Path> = files
        .iter()
        .filter(|file| file.old.is_some())
        .map(|file| file.before())
        .collect();
    if paths.is_empty() {
        return Ok(());
    }
    let dirty = revision::changed_among(root, &paths);
    if dirty.is_empty() {
        return Ok(());
    }
    let shown: Vec<String> = dirty.iter().map(|path| format!("  {path}")).collect();
    Err(Error::conflict(format!(
        "nothing was written: these files have changes that are not committed\n{}",
        shown.join("\n")
    ))
    .hint("commit or stash them, so that you see what was changed")
    .hint("or pass `--allow-dirty`: not a byte of yours changes"))
}

/// What is on the disk has to be what was planned.
fn verify(root: &Utf8Path, file: &Changed) -> Result<()> {
    let path = root.join(&file.path);
    let found = std::fs::read(&path).map_err(|error| Error::io("read again", &path, error))?;
    match found == file.new {
        true => Ok(()),
        false => Err(Error::failed(format!(
            "`{}` is not what was written a moment ago",
            file.path
        ))
        .hint("another program changed it: look at it before you go on")),
    }
}
