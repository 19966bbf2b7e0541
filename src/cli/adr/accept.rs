//! `cargo kickoff adr accept`.

use super::change::{self, Changed, How};
use super::place::Where;
use super::survey::Survey;
use crate::adr::edit;
use crate::cli::Session;
use crate::error::Result;

/// Accept a record: its status, and the day where it gives one.
///
/// One word is changed in each place that gives the status, and the day of the decision in the form in which the record gives it; not a
/// byte more. Only a record that is proposed or a draft can be accepted.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The record: `12`, `ADR-0012`, a file name or path, or `orders/12` where several folders have it.
    #[arg(value_name = "N")]
    record: String,

    /// Leave the date as it is.
    #[arg(long)]
    keep_date: bool,

    #[command(flatten)]
    how: How,

    #[command(flatten)]
    place: Where,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let survey = Survey::to_change(&args.place, session)?;
    let (folder, record) = survey.find(&args.record)?;
    let today = (!args.keep_date).then_some(session.context.today.as_str());
    let edited = edit::accept(record, today, &folder.house.vocabulary)
        .map_err(|error| super::refused(&error, record))?;
    let changed = Changed {
        path: record.path.clone(),
        old: Some(record.bytes.clone()),
        new: edited.record.bytes,
    };
    let done = ("Accepted", record.path.to_string());
    change::carry_out(&survey.root, &[changed], &args.how, done, session)
}
