//! `cargo kickoff init`.

mod found;
pub(super) mod place;
mod write;

use std::path::PathBuf;

use self::place::Place;
use super::conversation::{Conversation, quoted};
use super::gather::{self, Gathered, Given};
use super::{MessageFormat, Session};
use crate::answers::{Answers, Code};
use crate::error::{Result, exit};
use crate::interview::{Ended, Interview};

/// Answer the questions about code that is there: writes the answers, and touches no code.
///
/// What manifests, migrations and workflows show is offered with its place, and becomes an answer when somebody confirms it. Without a
/// terminal, and with --yes, it is written down as found and confirmed by nobody.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of the package or of its workspace; by default the one you are in.
    path: Option<PathBuf>,

    /// The package, where the folder is that of a workspace.
    #[arg(short, long, value_name = "NAME")]
    package: Option<String>,

    #[command(flatten)]
    given: Given,

    /// Ask line by line: for screen readers and simple terminals.
    #[arg(long)]
    plain: bool,

    /// Show what would be written, a verdict a file, and write nothing.
    #[arg(short = 'n', long)]
    dry_run: bool,

    /// Show the contents as a diff.
    #[arg(long)]
    diff: bool,

    /// Report for people, or as JSON lines on stdout.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: MessageFormat,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let place = Place::find(args, session)?;
    let mut gathered = args
        .given
        .gather(&place.package.name, Code::Existing, session)?;
    let missing = gather::missing(&gathered.answers);
    let may_ask = session.context.terminal.interactive() && !args.given.takes_defaults();
    if may_ask && (args.given.asks() || !missing.is_empty()) {
        return converse(args, session, &place, gathered);
    }
    if args.given.takes_defaults() {
        place.proposals.put_off(&mut gathered.answers);
        for question in gather::missing(&gathered.answers) {
            gathered.answers.defer(question, "");
        }
    } else if !missing.is_empty() {
        return Err(gather::missing_error(&missing));
    } else {
        place.proposals.put_off(&mut gathered.answers);
    }
    write::run(args, session, &place, &gathered)
}

/// Asks, with what was found in the place of answers that nobody gave.
fn converse(args: &Args, session: &Session, place: &Place, mut gathered: Gathered) -> Result<u8> {
    let conversation = Conversation {
        session,
        plain: args.plain,
        draft: place.folder.join(".kickoff-draft.toml"),
        command: resume_command(args),
    };
    let begin = |draft: Option<(Answers, String)>| {
        let proposals = place.proposals.clone();
        Ok(match draft {
            Some((mut answers, bookmark)) => {
                place.package.name.clone_into(&mut answers.name);
                args.given.assign(&mut answers)?;
                Interview::resume(answers, &bookmark, proposals)
            }
            None => Interview::offering(gathered.answers.clone(), proposals),
        })
    };
    let preview = |answers: &Answers| write::preview(answers, place, session);
    let (ended, answers) = conversation.hold(args.given.asks(), begin, &preview)?;
    gathered.answers = answers.unwrap_or(gathered.answers);
    // What was answered stands above.
    session.shell.say("");
    let done = match ended {
        Ended::Confirmed => write::run(args, session, place, &gathered),
        Ended::Cancelled => Ok(exit::DONE),
        Ended::Interrupted => Ok(exit::INTERRUPTED),
    };
    if ended == Ended::Confirmed && done.is_ok() && !args.dry_run {
        conversation.drop_draft();
    } else {
        conversation.say_how_to_go_on();
    }
    done
}

/// What to type to be asked the rest.
fn resume_command(args: &Args) -> String {
    let mut command = "cargo kickoff init".to_owned();
    if let Some(path) = &args.path {
        command.push_str(&format!(" {}", quoted(&path.to_string_lossy())));
    }
    if let Some(package) = &args.package {
        command.push_str(&format!(" --package {package}"));
    }
    if args.plain {
        command.push_str(" --plain");
    }
    command
}
