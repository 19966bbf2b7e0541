//! `cargo kickoff questions`.

use super::{MessageFormat, Session};
use crate::error::{Result, exit};
use crate::question;

/// Print the questionnaire: to fill in as a team, and to hand to `new --answers`.
///
/// The Markdown form is filled in by hand and read back with `cargo kickoff new PATH --answers FILE.md`; the JSON form is the
/// catalog for programs: every question with its id, why it is asked, what each choice does, its default and its condition.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Markdown for people, or JSON for programs.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: MessageFormat,

    /// Print the JSON Schema of `kickoff.toml` instead.
    #[arg(long, conflicts_with = "message_format")]
    schema: bool,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let json = |value: serde_json::Value| format!("{value:#}\n");
    session.shell.data(match args.message_format {
        _ if args.schema => json(crate::answers::schema::json_schema()),
        MessageFormat::Human => question::questionnaire_markdown(),
        MessageFormat::Json => json(question::questionnaire_json()),
    });
    Ok(exit::DONE)
}
