//! `cargo kickoff adr supersede`.

use super::change::{self, Changed, How};
use super::place::Where;
use super::survey::Survey;
use crate::adr::lifecycle::{self, Refused};
use crate::cli::Session;
use crate::error::{Error, Result};

/// Let another record take the place of one: both say so, or neither.
///
/// The old record gets the status "superseded by …" where its status stands, the new one says "Supersedes …" where the house says such
/// things; not a byte more is changed, and both are read again.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The record whose place is taken: `12`, `ADR-0012`, a file name or path, or `orders/12` where several folders have it.
    #[arg(value_name = "N")]
    record: String,

    /// The record that takes its place, named in the same ways.
    #[arg(long, value_name = "M")]
    by: String,

    #[command(flatten)]
    how: How,

    #[command(flatten)]
    place: Where,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let survey = Survey::to_change(&args.place, session)?;
    let (folder, old) = survey.find(&args.record)?;
    let (_, new) = survey.find(&args.by)?;
    let (replaced, replacing) =
        lifecycle::supersede(folder, old, new).map_err(|refused| match refused {
            Refused::Edit(error) => super::refused(&error, old),
            other => hint(other),
        })?;
    let files = [(old, replaced), (new, replacing)].map(|(before, after)| Changed {
        path: before.path.clone(),
        old: Some(before.bytes.clone()),
        new: after.record.bytes,
    });
    let done = ("Superseded", format!("{} by {}", old.path, new.path));
    change::carry_out(&survey, &files, &args.how, done, session)
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
