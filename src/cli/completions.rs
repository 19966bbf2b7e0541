//! `cargo kickoff completions`.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{Cli, Session};
use crate::error::{Result, exit};

/// Print completions for a shell.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell.
    shell: Shell,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(
        args.shell,
        &mut Cli::command(),
        "cargo-kickoff",
        &mut script,
    );
    session.shell.data(String::from_utf8_lossy(&script));
    Ok(exit::DONE)
}
