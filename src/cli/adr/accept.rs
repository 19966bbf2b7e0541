//! `cargo kickoff adr accept`.

use super::change::{self, Changed, How};
use super::place::{Where, names_ever};
use super::show;
use super::survey::Survey;
use crate::adr::Record;
use crate::adr::edit::{self, EditError};
use crate::adr::folder::{Folder, Seat};
use crate::cli::Session;
use crate::error::{Error, Result};

/// Accept a record: its status, and the day where it gives one; a draft gets its number.
///
/// One word is changed in each place that gives the status, and the day of the decision in the form in which the record gives it; not a
/// byte more. Only a record that is proposed or a draft can be accepted. Where the records of its folder have numbers and it has none, it
/// gets the next one, in its name and its heading; a draft beside the folder goes into it. Links of records to it follow.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The record: `12`, `ADR-0012`, a file name or path, or `orders/12` where several folders have it.
    #[arg(value_name = "N")]
    record: String,

    /// Leave the date as it is.
    #[arg(long)]
    keep_date: bool,

    /// Leave a record without a number where it is, and give it none.
    #[arg(long)]
    keep_name: bool,

    #[command(flatten)]
    how: How,

    #[command(flatten)]
    place: Where,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let survey = Survey::to_change(&args.place, session)?;
    let (folder, record) = survey.find(&args.record)?;
    let refused = |error: EditError| super::refused(&error, record);
    let today = session.context.today.as_str();
    let date = (!args.keep_date).then_some(today);
    let accepted = edit::accept(record, date, &folder.house.vocabulary).map_err(refused)?;
    let history = || names_ever(&survey.root, &folder.path);
    let seat = match args.keep_name {
        true => None,
        false => folder.seat(record, &history, today),
    };
    let Some(seat) = seat else {
        let changed = Changed {
            path: record.path.clone(),
            from: None,
            old: Some(record.bytes.clone()),
            new: accepted.record.bytes,
        };
        let done = ("Accepted", record.path.to_string());
        return change::carry_out(&survey.root, &[changed], &args.how, done, session);
    };
    refuse_taken(&survey, folder, record, &seat)?;
    let settled = edit::settle(&accepted.record, folder, &seat).map_err(refused)?;
    let mut files = vec![Changed {
        path: seat.path.clone(),
        from: (seat.path != record.path).then(|| record.path.clone()),
        old: Some(record.bytes.clone()),
        new: settled.record.bytes,
    }];
    for other in survey.records().filter(|other| other.path != record.path) {
        let follows = edit::follow(other, record, &seat.path)
            .map_err(|error| super::refused(&error, other))?;
        files.extend(follows.map(|edited| Changed {
            path: other.path.clone(),
            from: None,
            old: Some(other.bytes.clone()),
            new: edited.record.bytes,
        }));
    }
    let done = ("Accepted", format!("{} as {}", record.path, seat.path));
    let code = change::carry_out(&survey.root, &files, &args.how, done, session)?;
    show::name_lists(folder, &session.shell);
    name_mentions(&survey, record, session);
    Ok(code)
}

/// A number or a path that another has already.
fn refuse_taken(survey: &Survey, folder: &Folder, record: &Record, seat: &Seat) -> Result<()> {
    let own = record.number().map(|number| (number.value, number.letter));
    let same = own.and_then(|(value, letter)| {
        let mut same = folder.with_number(value, letter).into_iter();
        same.find(|other| other.path != record.path)
    });
    if let Some(same) = same {
        return Err(Error::usage(format!(
            "`{}` has the number of `{}`",
            record.path, same.path
        ))
        .hint("take it out of the draft's name and heading: it then gets the next one"));
    }
    let is_there = survey.root.join(&seat.path).symlink_metadata().is_ok();
    match is_there && seat.path != record.path {
        false => Ok(()),
        true => Err(
            Error::usage(format!("there is a file `{}` already", seat.path))
                .hint("give the draft another title, or pass `--keep-name`"),
        ),
    }
}

/// Names what else speaks of the file under its old name: it is not ours to change.
fn name_mentions(survey: &Survey, record: &Record, session: &Session) {
    let Some(name) = record.path.file_name() else {
        return;
    };
    let others = survey.folders.iter().flat_map(|folder| &folder.others);
    for other in others.filter(|other| String::from_utf8_lossy(&other.bytes).contains(name)) {
        session.shell.note(format_args!(
            "`{}` speaks of `{name}`, which has another name now: it is yours to change",
            other.path
        ));
    }
}
