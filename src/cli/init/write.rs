//! From answers to the files of an existing package: all of them in one plan.

use super::place::Place;
use super::{Args, found};
use crate::answers::Answers;
use crate::baseline::ANSWERS;
use crate::blueprint::{Blueprint, Setting};
use crate::cli::gather::Gathered;
use crate::cli::{MessageFormat, Session};
use crate::error::{Result, exit};
use crate::plan::exchange::{self, Exchange};
use crate::plan::{Plan, show};

pub(super) fn run(
    args: &Args,
    session: &Session,
    place: &Place,
    gathered: &Gathered,
) -> Result<u8> {
    let mut answers = gathered.answers.clone();
    answers.drop_stale();
    let gathered = Gathered {
        answers,
        written: gathered.written.clone(),
    };
    let text = format!(
        "{}{}",
        gathered.text()?,
        found::comments(place, &gathered.answers)
    );
    let files = vec![Exchange {
        path: ANSWERS.into(),
        old: None,
        new: Some(text.into_bytes()),
    }];
    let plan = Plan::beside(&place.folder, &files);
    show_plan(args, session, place, &gathered.answers, &plan);
    if args.dry_run {
        return Ok(exit::DONE);
    }
    exchange::exchange(&place.folder, &files, |_| Ok(()))?;
    exchange::forget(&place.folder)?;
    conclude(session, place, &gathered.answers, &plan);
    Ok(exit::DONE)
}

fn show_plan(args: &Args, session: &Session, place: &Place, answers: &Answers, plan: &Plan) {
    match args.message_format {
        MessageFormat::Json => {
            session.shell.data(found::json(place, answers));
            session.shell.data(show::json(plan));
        }
        MessageFormat::Human => {
            if args.dry_run {
                for (word, line) in show::lines(plan) {
                    session.shell.status(word, line);
                }
            }
            if args.diff {
                session.shell.data(show::diff(plan));
            }
        }
    }
}

fn conclude(session: &Session, place: &Place, answers: &Answers, plan: &Plan) {
    let shell = &session.shell;
    for file in plan.files() {
        shell.status("Created", place.folder.join(&file.path));
    }
    for finding in findings(answers) {
        shell.warning(finding);
    }
    match found::unconfirmed(place, answers).count() {
        0 => {}
        1 => shell.note(
            "something was found about a question that nobody has answered: [open] quotes it",
        ),
        many => shell.note(format_args!(
            "something was found about {many} questions that nobody has answered: [open] quotes it"
        )),
    }
    let open = answers.open().len();
    if open > 0 {
        let are = if open == 1 {
            "question is"
        } else {
            "questions are"
        };
        shell.note(format_args!(
            "{open} {are} open: `cargo kickoff ask --open` asks, in `{}`",
            place.folder
        ));
    }
}

/// What the answers say together that cannot work, or that no service could do.
pub(super) fn findings(answers: &Answers) -> Vec<String> {
    match Blueprint::draw(answers, Setting::Member) {
        Ok(blueprint) => blueprint.findings.iter().map(ToString::to_string).collect(),
        Err(conflicts) => conflicts.iter().map(ToString::to_string).collect(),
    }
}
