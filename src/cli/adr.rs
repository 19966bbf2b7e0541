//! `cargo kickoff adr`: decision records of any workspace.

mod accept;
mod change;
mod check;
mod list;
mod place;
mod print;
mod supersede;
mod survey;

use super::Session;
use crate::adr::Record;
use crate::adr::edit::EditError;
use crate::error::{Error, Result};

/// Work with the decision records of a workspace, also with those that somebody else wrote.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    List(list::Args),
    Show(print::Args),
    Accept(accept::Args),
    Supersede(supersede::Args),
    Check(check::Args),
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    match &args.command {
        Command::List(args) => list::run(args, session),
        Command::Show(args) => print::run(args, session),
        Command::Accept(args) => accept::run(args, session),
        Command::Supersede(args) => supersede::run(args, session),
        Command::Check(args) => check::run(args, session),
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
