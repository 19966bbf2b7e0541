//! `cargo kickoff adr new`.

use camino::{Utf8Path, Utf8PathBuf};

use super::change::{self, Changed, How};
use super::place::{Several, Where, names_ever};
use super::show;
use crate::adr::draft::{Content, draft, from_template};
use crate::adr::folder::Folder;
use crate::cli::{MessageFormat, Session};
use crate::error::{Error, Result};

/// Write a new record, proposed, in the form of the records that are there.
///
/// Its number is the next one behind all that are or ever were in the folder, on whatever branch. The template of the folder is filled in
/// as far as it can be; without one, the newest records are the model. The path is printed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What is to be decided: `Use a queue`.
    #[arg(value_name = "TITLE")]
    title: String,

    #[command(flatten)]
    how: How,

    #[command(flatten)]
    place: Where,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let place = args.place.find(session, Several::Ask)?;
    let (path, bytes) = written(&place.root, &place.folder, &args.title, session)?;
    if let Some(policy) = &place.folder.policy {
        session.shell.note(format_args!(
            "`{}` says \"{}\", so the record is a draft beside the folder: `cargo kickoff adr accept` gives it \
             its place and number",
            policy.path, policy.sentence
        ));
    }
    let new = Changed {
        path: path.clone(),
        from: None,
        old: None,
        new: bytes,
    };
    let code = change::carry_out(
        &place.root,
        &[new],
        &args.how,
        ("Created", path.to_string()),
        session,
    )?;
    if place.folder.policy.is_none() {
        show::name_lists(&place.folder, &session.shell);
    }
    if args.how.message_format == MessageFormat::Human && !args.how.dry_run {
        session.shell.data(format_args!("{path}\n"));
    }
    Ok(code)
}

/// The path and the bytes of a new record of a folder.
///
/// # Errors
/// The title is none, or is taken, or cannot be written so that it is read again.
pub(super) fn written(
    root: &Utf8Path,
    folder: &Folder,
    title: &str,
    session: &Session,
) -> Result<(Utf8PathBuf, Vec<u8>)> {
    let title = title.trim();
    if title.is_empty() || title.contains(['\n', '\r']) {
        return Err(Error::usage("a title is one line that is not empty")
            .hint("say what is to be decided: `cargo kickoff adr new \"Use a queue\"`"));
    }
    let has_title = |known: &str| known.to_lowercase() == title.to_lowercase();
    if let Some(same) = folder
        .records
        .iter()
        .find(|record| record.title().is_some_and(has_title))
    {
        return Err(
            Error::usage(format!("`{}` has this title already", same.path))
                .hint("go on with that record, or give this one a title of its own")
                .hint(format!(
                    "to decide anew: `cargo kickoff adr supersede {} TITLE`",
                    same.path
                )),
        );
    }
    let today = session.context.today.as_str();
    let (home, number) = match folder.policy {
        Some(_) => (folder.drafts(), None),
        None => {
            let history = names_ever(root, &folder.path);
            (folder.path.clone(), folder.next_number_after(&history))
        }
    };
    let name = match folder.policy {
        Some(_) => folder.draft_name(title),
        None => folder.file_name(number, title, today),
    };
    let path = match home.as_str() {
        "" => name,
        home => Utf8PathBuf::from(format!("{home}/{name}")),
    };
    if root.join(&path).symlink_metadata().is_ok() {
        return Err(Error::usage(format!("there is a file `{path}` already"))
            .hint("give the record another title"));
    }
    let content = Content {
        title,
        number,
        date: today,
        topic: None,
        context: &[],
        evidence: &[],
        decision: "",
        open: "",
    };
    if let Some(bytes) = from_template(folder, &path, &content) {
        return Ok((path, bytes));
    }
    let bytes = draft(folder, &path, &content).map_err(|error| {
        Error::usage(error.to_string())
            .hint("choose a title of words that does not begin with a number")
    })?;
    Ok((path, bytes))
}
