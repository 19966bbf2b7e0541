//! `cargo kickoff adr show`.

use super::list;
use super::place::Where;
use super::survey::Survey;
use crate::cli::{MessageFormat, Session};
use crate::error::{Result, exit};

/// Print a record as it stands in its file.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The record: `12`, `ADR-0012`, a file name or path, or `orders/12` where several folders have it.
    #[arg(value_name = "N")]
    record: String,

    #[command(flatten)]
    place: Where,

    /// Print the text, or one line of JSON with what was read of it.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: MessageFormat,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let survey = Survey::of(&args.place, session)?;
    let (folder, record) = survey.find(&args.record)?;
    match args.message_format {
        MessageFormat::Json => {
            let mut line = list::json(&survey, folder, record);
            line["text"] = String::from_utf8_lossy(&record.bytes).into();
            session.shell.data(format_args!("{line}\n"));
        }
        MessageFormat::Human => {
            session.shell.status("Record", &record.path);
            session.shell.data(String::from_utf8_lossy(&record.bytes));
        }
    }
    Ok(exit::DONE)
}
