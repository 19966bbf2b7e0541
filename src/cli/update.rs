//! `cargo kickoff update`.

mod conclude;
mod prepare;
mod rebuild;
pub(super) mod records;

use camino::{Utf8Path, Utf8PathBuf};

pub(super) use self::prepare::{Prepared, own_layers, scripts_of};
use super::project::{Project, Which};
use super::{MessageFormat, Session, existing};
use crate::baseline::{self, Baseline};
use crate::error::{Error, Result, exit};
use crate::plan::exchange::{self, Exchange};
use crate::plan::show;
use crate::vcs::git;

/// Bring the project to what its answers and this version of kickoff say.
///
/// What you changed stays: what was generated last time, what you made of it and what is generated now are merged. Where both
/// changed one place nothing is written, unless you decide: with --merge in the files, with --keep and --take for whole files.
/// Migrations that exist are never changed; another answer adds one.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    which: Which,

    #[command(flatten)]
    how: How,

    /// Exit with 4 if there is anything to do, and write nothing.
    #[arg(long, conflicts_with_all = ["undo", "rebuild_baseline"])]
    check: bool,

    /// Go back to the files before the last update; once more, and it is done again.
    #[arg(long, conflicts_with_all = ["merge", "keep", "take", "rebuild_baseline"])]
    undo: bool,

    /// Take what this version makes of `kickoff.toml` for what was generated last: when `.kickoff/baseline` is lost.
    #[arg(long)]
    rebuild_baseline: bool,
}

/// How an update is shown and carried out: the same for all commands that end in one.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct How {
    /// Show what would be done, a verdict a file, and write nothing.
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,

    /// Show the changes as a diff.
    #[arg(long)]
    pub(super) diff: bool,

    /// Report for people, or as JSON lines on stdout.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) message_format: MessageFormat,

    /// Write conflicts into the files, with markers, and into Git's index as unmerged.
    #[arg(long, help_heading = "Conflicts")]
    merge: bool,

    /// Keep your file where there is a conflict. Can be repeated.
    #[arg(long, value_name = "PATH", help_heading = "Conflicts")]
    keep: Vec<Utf8PathBuf>,

    /// Take the generated file where there is a conflict. Can be repeated.
    #[arg(long, value_name = "PATH", help_heading = "Conflicts")]
    take: Vec<Utf8PathBuf>,

    /// Update files with changes that are not committed.
    #[arg(long)]
    pub(super) allow_dirty: bool,

    /// Write migrations that drop or narrow what is there.
    #[arg(long)]
    allow_destructive: bool,

    /// The folder with layers of your own, if the project was made with one.
    #[arg(long, value_name = "DIR")]
    skeleton: Option<Utf8PathBuf>,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let project = args.which.load(session)?;
    existing::refuse_update(&project)?;
    if args.undo {
        return undo(args, &project.root, session);
    }
    if args.rebuild_baseline {
        return rebuild::run(&project, &args.how, session);
    }
    let prepared = Prepared::new(
        &project,
        &project.text,
        &project.answers,
        &args.how,
        session,
    )?;
    if args.check {
        show_plan(&prepared, &args.how, session, true);
        return Ok(match prepared.is_due() {
            true => exit::FOUND,
            false => exit::DONE,
        });
    }
    carry_out(&project, prepared, &args.how, session)
}

/// From a plan to a project that is up to date.
pub(super) fn carry_out(
    project: &Project,
    mut prepared: Prepared,
    how: &How,
    session: &Session,
) -> Result<u8> {
    show_plan(&prepared, how, session, how.dry_run);
    if how.dry_run {
        return Ok(exit::DONE);
    }
    if !how.merge {
        conclude::refuse_conflicts(&prepared.update)?;
    }
    if prepared.is_due() && !how.allow_dirty {
        refuse_dirty(&project.root)?;
    }
    prepared.update.mark_conflicts();
    exchange::exchange(&project.root, &prepared.exchanges(), |_| Ok(()))?;
    conclude::mark_unmerged(&project.root, &prepared.update)?;
    Ok(conclude::run(&prepared, how, session))
}

fn show_plan(prepared: &Prepared, how: &How, session: &Session, lists: bool) {
    let update = &prepared.update;
    match how.message_format {
        MessageFormat::Json => session
            .shell
            .data(show::update_json(update, &prepared.root)),
        MessageFormat::Human => {
            if lists {
                for (word, line) in show::update_lines(update, &prepared.root) {
                    session.shell.status(word, line);
                }
            }
            if how.diff {
                session.shell.data(show::update_diff(update));
            }
        }
    }
}

/// The answers are there to be edited; everything else should be safe in a commit first.
fn refuse_dirty(root: &Utf8Path) -> Result<()> {
    let Some(mut files) = git::changed_files(root) else {
        return Ok(());
    };
    files.retain(|file| file != baseline::ANSWERS);
    if files.is_empty() {
        return Ok(());
    }
    let shown: Vec<_> = files
        .iter()
        .take(10)
        .map(|file| format!("  {file}"))
        .collect();
    let more = match files.len() - shown.len() {
        0 => String::new(),
        more => format!("\n  and {more} more"),
    };
    Err(Error::conflict(format!(
        "nothing was written: these files have changes that are not committed\n{}{more}",
        shown.join("\n")
    ))
    .hint("commit or stash them, so that you see what the update did")
    .hint("or pass `--allow-dirty`: what you changed is merged all the same"))
}

fn undo(args: &Args, root: &Utf8Path, session: &Session) -> Result<u8> {
    let files = exchange::way_back(root)?;
    if args.how.dry_run {
        for file in &files {
            session.shell.status(word_of(file), &file.path);
        }
        return Ok(exit::DONE);
    }
    let baseline = Baseline::decode(&prepare::read(&root.join(baseline::PATH))?);
    exchange::exchange(root, &files, |_| Ok(()))?;
    if let Ok(baseline) = baseline {
        let generated: Vec<_> = baseline.iter().map(|(path, _)| path).collect();
        git::forget_unmerged(root, &generated)?;
    }
    let count = match files.len() {
        1 => "1 file is".to_owned(),
        count => format!("{count} files are"),
    };
    session
        .shell
        .status("Undone", format_args!("the last update: {count} as before"));
    session
        .shell
        .note("`cargo kickoff update --undo` once more takes this back");
    Ok(exit::DONE)
}

fn word_of(file: &Exchange) -> &'static str {
    match (&file.old, &file.new) {
        (None, _) => "Create",
        (_, None) => "Delete",
        _ => "Update",
    }
}
