//! `cargo kickoff adr`: decision records of any workspace.

mod check;
mod place;
mod survey;

use super::Session;
use crate::error::Result;

/// Work with the decision records of a workspace, also with those that somebody else wrote.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Check(check::Args),
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    match &args.command {
        Command::Check(args) => check::run(args, session),
    }
}
