//! `cargo kickoff adr` without a subcommand: stubs from evidence.

use camino::{Utf8Path, Utf8PathBuf};

use super::place::{Place, Several, Where, names_ever};
use super::{answers, show};
use crate::baseline::{self, ANSWERS};
use crate::cli::project::{Project, recover};
use crate::cli::update::{How, records};
use crate::cli::{MessageFormat, Session, read_file};
use crate::error::{Error, Result, exit};
use crate::evidence;
use crate::manifest;
use crate::plan::exchange::{self, Exchange};
use crate::stubs::state;
use crate::stubs::{self, Plan, Subject, Verdict};
use crate::vcs::git;

/// How stubs are written and shown.
#[derive(Debug, clap::Args)]
pub(super) struct Regenerate {
    #[command(flatten)]
    place: Where,

    /// Show what would be done, a verdict a topic, and write nothing.
    #[arg(short = 'n', long)]
    dry_run: bool,

    /// Show the changes as a diff, with what could not be refreshed.
    #[arg(long)]
    diff: bool,

    /// Exit with 4 if there is anything to write, and write nothing.
    #[arg(long)]
    check: bool,

    /// Report for people, or as JSON lines on stdout.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: MessageFormat,

    /// Write the stub about a topic again that was deleted, or that another record is about. Can be repeated.
    #[arg(long, value_name = "TOPIC")]
    restore: Vec<String>,

    /// Let Cargo.toml name the folder, in `[workspace.metadata.kickoff]` or `[package.metadata.kickoff]`.
    #[arg(long)]
    remember: bool,

    /// Ask nothing: of several folders take the first.
    #[arg(short = 'y', long)]
    yes: bool,

    /// Refresh stubs with changes that are not committed.
    #[arg(long)]
    allow_dirty: bool,
}

pub(super) fn run(args: &Regenerate, session: &Session) -> Result<u8> {
    let root = args.place.root(&session.context)?;
    if root.join(baseline::PATH).is_file() {
        return generated(args, root, session);
    }
    let several = match args.yes {
        true => Several::First,
        false => Several::AskOnce,
    };
    let place = args.place.find(session, several)?;
    let subjects = match place.root.join(ANSWERS).is_file() {
        true => answers::subjects(&place, session)?,
        false => evident(&place, session)?,
    };
    refuse_unknown(&args.restore, &subjects)?;
    let plan = planned(&args.restore, &place, &subjects, session)?;
    let mut files = exchanges(&place, &plan);
    if args.remember {
        files.extend(remembered(&place)?);
    }
    let is_preview = args.dry_run || args.check;
    let shown = show::Shown {
        plan: &plan,
        place: &place,
        edits_manifest: files.iter().any(|file| file.path == "Cargo.toml"),
        is_preview,
    };
    match args.message_format {
        MessageFormat::Json => session.shell.data(show::json(&shown)),
        MessageFormat::Human if args.diff => session.shell.data(show::diff(&shown)),
        MessageFormat::Human => {}
    }
    if !is_preview {
        if !args.allow_dirty {
            refuse_dirty(&place.root, &plan)?;
        }
        exchange::exchange_without_backup(&place.root, &files, |_| Ok(()))?;
    }
    show::tell(&shown, &session.shell);
    Ok(match args.check && !files.is_empty() {
        true => exit::FOUND,
        false => exit::DONE,
    })
}

/// In a project that `cargo kickoff new` made, the records are generated files as all others: they are merged.
fn generated(args: &Regenerate, root: Utf8PathBuf, session: &Session) -> Result<u8> {
    recover(&root, session)?;
    if let Some(topic) = args.restore.first() {
        return Err(Error::usage(format!(
            "`{topic}` cannot be written again: the records of this project are merged with `kickoff.toml`"
        ))
        .hint("get the file back from version control, or pass `--take PATH` to `cargo kickoff update`"));
    }
    let how = How::of_records(
        args.dry_run,
        args.diff,
        args.message_format,
        args.allow_dirty,
    );
    records::run(&Project::read(root)?, &how, args.check, session)
}

pub(in crate::cli) fn evident(place: &Place, session: &Session) -> Result<Vec<Subject>> {
    let source = evidence::gather(&place.root, &session.context.cargo)?;
    if source.manifests.is_empty() {
        return Err(Error::usage(format!(
            "there is no Cargo.toml in `{}`, nor above it or a little below",
            place.root
        ))
        .hint("run it in a Rust project, or name its manifest with `--manifest-path`"));
    }
    let decisions = evidence::decisions(&source);
    Ok(decisions.iter().map(Subject::of_evidence).collect())
}

fn refuse_unknown(restored: &[String], subjects: &[Subject]) -> Result<()> {
    let topics: Vec<&str> = subjects
        .iter()
        .map(|subject| subject.topic.as_str())
        .collect();
    match restored
        .iter()
        .find(|topic| !topics.contains(&topic.as_str()))
    {
        None => Ok(()),
        Some(topic) => Err(
            Error::usage(format!("no evidence is about `{topic}`")).hint(format!(
                "the topics with evidence are: {}",
                topics.join(", ")
            )),
        ),
    }
}

pub(in crate::cli) fn planned(
    restored: &[String],
    place: &Place,
    subjects: &[Subject],
    session: &Session,
) -> Result<Plan> {
    let history = names_ever(&place.root, &place.folder.path);
    let exists = |path: &Utf8Path| place.root.join(path).symlink_metadata().is_ok();
    let stubs_place = stubs::Place {
        folder: &place.folder,
        marked: &place.marked,
        history: &history,
        today: &session.context.today,
        exists: &exists,
    };
    let mut plan = stubs::plan(subjects, &place.state, restored, &stubs_place)
        .map_err(|error| Error::failed(error.to_string()))?;
    plan.state.folder = Some(place.folder.path.clone());
    Ok(plan)
}

/// The files to be written: the memory last, so that what is in place before it counts as somebody's.
pub(in crate::cli) fn exchanges(place: &Place, plan: &Plan) -> Vec<Exchange> {
    let mut files: Vec<Exchange> = Vec::new();
    for item in &plan.items {
        let (old, new) = match &item.verdict {
            Verdict::Create { new } => (None, new),
            Verdict::Refresh { old, new, .. } => (Some(old.clone()), new),
            _ => continue,
        };
        files.push(Exchange {
            path: item.path.clone(),
            old,
            new: Some(new.clone()),
        });
    }
    let is_known = place.state_bytes.is_some() || !plan.state.stubs.is_empty();
    let state = plan.state.write().into_bytes();
    // That somebody moved a stub is nothing to write a file for: its mark finds it again.
    let is_news = !files.is_empty() || !plan.state.differs_in_paths_alone(&place.state);
    if is_known && is_news && place.state_bytes.as_ref() != Some(&state) {
        files.push(Exchange {
            path: state::PATH.into(),
            old: place.state_bytes.clone(),
            new: Some(state),
        });
    }
    files
}

/// The manifest with the name of the folder, unless it has it already.
fn remembered(place: &Place) -> Result<Option<Exchange>> {
    let path = place.root.join("Cargo.toml");
    if !path.is_file() {
        return Err(
            Error::usage(format!("there is no `{path}` to remember the folder in"))
                .hint("leave out `--remember`: it is remembered in `.kickoff/records.toml`"),
        );
    }
    let text = read_file(&path)?;
    let edited = manifest::remember_records_folder(&text, place.folder.path.as_str())?;
    Ok(edited.map(|edited| Exchange {
        path: "Cargo.toml".into(),
        old: Some(text.into_bytes()),
        new: Some(edited.into_bytes()),
    }))
}

/// A stub that is refreshed should be safe in a commit first; new files touch nobody's work.
pub(in crate::cli) fn refuse_dirty(root: &Utf8Path, plan: &Plan) -> Result<()> {
    let refreshed: Vec<&str> = plan
        .items
        .iter()
        .filter(|item| matches!(item.verdict, Verdict::Refresh { .. }))
        .map(|item| item.path.as_str())
        .collect();
    if refreshed.is_empty() {
        return Ok(());
    }
    let changed = git::changed_files(root).unwrap_or_default();
    let dirty: Vec<String> = refreshed
        .iter()
        .filter(|path| changed.iter().any(|file| file == *path))
        .map(|path| format!("  {path}"))
        .collect();
    if dirty.is_empty() {
        return Ok(());
    }
    Err(Error::conflict(format!(
        "nothing was written: these stubs have changes that are not committed\n{}",
        dirty.join("\n")
    ))
    .hint("commit or stash them, so that you see what was refreshed")
    .hint("or pass `--allow-dirty`: what you changed stays all the same"))
}
