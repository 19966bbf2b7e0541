//! `cargo kickoff adr supersede`.

use super::change::{self, Changed, How};
use super::new;
use super::place::Where;
use super::show;
use super::survey::Survey;
use crate::adr::folder::Folder;
use crate::adr::lifecycle::{self, Refused};
use crate::adr::{Record, read_declared};
use crate::cli::Session;
use crate::error::{Error, Result};

/// Let another record take the place of one: both say so, or neither.
///
/// The old record gets the status "superseded by …" where its status stands, the new one says "Supersedes …" in the form of the house;
/// not a byte more is changed, and both are read again. With a title instead of `--by`, the new record is written as by `adr new`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The record whose place is taken: `12`, `ADR-0012`, a file name or path, or `orders/12` where several folders have it.
    #[arg(value_name = "N")]
    record: String,

    /// The title of a new record that takes its place.
    #[arg(
        value_name = "TITLE",
        required_unless_present = "by",
        conflicts_with = "by"
    )]
    title: Option<String>,

    /// The record that takes its place, named in the same ways as the other.
    #[arg(long, value_name = "M")]
    by: Option<String>,

    #[command(flatten)]
    how: How,

    #[command(flatten)]
    place: Where,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let survey = Survey::to_change(&args.place, session)?;
    let (folder, old) = survey.find(&args.record)?;
    let (new, is_there) = match (&args.by, &args.title) {
        (Some(by), _) => (survey.find(by)?.1.clone(), true),
        (None, title) => {
            let title = title.as_deref().unwrap_or_default();
            (written(&survey, folder, title, session)?, false)
        }
    };
    let (replaced, replacing) =
        lifecycle::supersede(folder, old, &new).map_err(|refused| match refused {
            Refused::Edit(error) => super::refused(&error, old),
            other => hint(other),
        })?;
    let files = [
        Changed {
            path: old.path.clone(),
            from: None,
            old: Some(old.bytes.clone()),
            new: replaced.record.bytes,
        },
        Changed {
            path: new.path.clone(),
            from: None,
            old: is_there.then(|| new.bytes.clone()),
            new: replacing.record.bytes,
        },
    ];
    let done = ("Superseded", format!("{} by {}", old.path, new.path));
    let code = change::carry_out(&survey.root, &files, &args.how, done, session)?;
    if !is_there {
        show::name_lists(folder, &session.shell);
    }
    if !is_there && !args.how.dry_run {
        session.shell.note(format_args!(
            "the new record is proposed: write it, then `cargo kickoff adr accept {}`",
            new.path
        ));
    }
    Ok(code)
}

/// The new record, which is on no disk yet.
fn written(survey: &Survey, folder: &Folder, title: &str, session: &Session) -> Result<Record> {
    if let Some(policy) = &folder.policy {
        return Err(Error::usage(format!(
            "`{}` says \"{}\", and a new record is proposed first",
            policy.path, policy.sentence
        ))
        .hint("write the new record, accept it, and link the two with `--by`"));
    }
    let (path, bytes) = new::written(&survey.root, folder, title, session)?;
    Ok(read_declared(&path, bytes))
}

fn hint(refused: Refused) -> Error {
    let error = Error::usage(refused.to_string());
    match refused {
        Refused::AlreadySuperseded { .. } => error.hint("supersede the record that took its place"),
        Refused::Rejected { .. } => {
            error.hint("write a record of its own: `cargo kickoff adr new TITLE`")
        }
        Refused::NotInForce { .. } => {
            error.hint("name the record that holds now, or give the title of a new one")
        }
        Refused::Circle { .. } => error.hint("take the link that is wrong out of one of them"),
        Refused::Edit(_) => error,
    }
}
