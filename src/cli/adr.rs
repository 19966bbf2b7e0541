//! `cargo kickoff adr`.

mod accept;
pub(super) mod answers;
mod change;
mod check;
mod index;
mod list;
mod new;
pub(super) mod place;
mod print;
pub(super) mod regenerate;
pub(super) mod show;
mod supersede;
mod survey;

use super::Session;
use crate::adr::Record;
use crate::adr::edit::EditError;
use crate::error::{Error, Result};

/// Write stubs of missing decision records, and refresh those that are there; list, check and change records.
///
/// Without a command: what was decided is told by what stands in manifests, toolchain, workflows, migrations and compose files: it is
/// quoted, and never presented as anybody's reason. Stubs look like the records that are there already, and are proposed. No file that
/// somebody else wrote is changed; of a stub, only what nobody has touched.
///
/// The commands work on records that somebody else wrote, in whatever form.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    regenerate: regenerate::Regenerate,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    List(list::Args),
    Show(print::Args),
    New(new::Args),
    Accept(accept::Args),
    Supersede(supersede::Args),
    Check(check::Args),
    Index(index::Args),
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    match &args.command {
        None => regenerate::run(&args.regenerate, session),
        Some(Command::List(args)) => list::run(args, session),
        Some(Command::Show(args)) => print::run(args, session),
        Some(Command::New(args)) => new::run(args, session),
        Some(Command::Accept(args)) => accept::run(args, session),
        Some(Command::Supersede(args)) => supersede::run(args, session),
        Some(Command::Check(args)) => check::run(args, session),
        Some(Command::Index(args)) => index::run(args, session),
    }
}

/// Why a record stays as it is, with the way out.
fn refused(error: &EditError, record: &Record) -> Error {
    let refused = Error::usage(error.to_string());
    let path = &record.path;
    match error {
        EditError::NoStatus { .. } => refused.hint(format!(
            "write the status into `{path}` where the other records have it, then run the command again"
        )),
        EditError::Disagrees { .. } => refused.hint("let both places say what holds, then run the command again"),
        EditError::Log { .. } => refused.hint("add the line by hand: it tells what happened, and when"),
        EditError::Phrase { .. } => refused.hint("change it by hand: more than one word has to change"),
        EditError::Decided { .. } => refused.hint(format!(
            "what was decided once stays: decide anew with `cargo kickoff adr supersede {path} TITLE`"
        )),
        EditError::NotARecord { .. } => refused.hint("it takes its number, and nothing in it can be changed here"),
        EditError::Itself { .. } => refused.hint("name another record"),
        EditError::NotVerified { .. } => refused.hint("change it by hand: its form is one that is not known here"),
    }
}
