//! From answers to the files of an existing package: the answers and the records of decisions, in one plan.

use super::place::Place;
use super::{Args, found};
use crate::answers::Answers;
use crate::blueprint::{Blueprint, Setting};
use crate::cli::existing::Written;
use crate::cli::gather::Gathered;
use crate::cli::{MessageFormat, Session, adr};
use crate::error::{Result, exit};
use crate::interview::Preview;
use crate::plan::exchange;
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
    let answers = &gathered.answers;
    let text = format!("{}{}", gathered.text()?, found::comments(place, answers));
    let written = Written::plan(
        &place.folder,
        (None, &text),
        answers,
        &place.records,
        session,
    )?;
    let plan = Plan::beside(&place.records.root, &written.files);
    if args.message_format == MessageFormat::Json {
        session.shell.data(found::json(place, answers));
        session.shell.data(show::json(&plan));
    } else if args.diff {
        session.shell.data(show::diff(&plan));
    }
    let word = match args.dry_run {
        true => "Create",
        false => {
            adr::regenerate::refuse_dirty(&place.records.root, &written.records)?;
            exchange::exchange_without_backup(&place.records.root, &written.files, |_| Ok(()))?;
            "Created"
        }
    };
    session.shell.status(word, &written.answers);
    adr::show::tell(
        &adr::show::Shown {
            plan: &written.records,
            place: &place.records,
            edits_manifest: false,
            is_preview: args.dry_run,
        },
        &session.shell,
    );
    tell(session, place, answers);
    Ok(exit::DONE)
}

/// What the review shows.
pub(super) fn preview(answers: &Answers, place: &Place, session: &Session) -> Preview {
    match Written::plan(&place.folder, (None, ""), answers, &place.records, session) {
        Ok(written) => Preview {
            files: written
                .files
                .iter()
                .map(|file| file.path.to_string())
                .collect(),
            findings: findings(answers),
            errors: Vec::new(),
        },
        Err(error) => Preview {
            errors: vec![error.to_string()],
            ..Preview::default()
        },
    }
}

/// What there is to know, and to do.
fn tell(session: &Session, place: &Place, answers: &Answers) {
    let shell = &session.shell;
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
fn findings(answers: &Answers) -> Vec<String> {
    match Blueprint::draw(answers, Setting::Member) {
        Ok(blueprint) => blueprint.findings.iter().map(ToString::to_string).collect(),
        Err(conflicts) => conflicts.iter().map(ToString::to_string).collect(),
    }
}
