//! `cargo kickoff ask`.

use super::change::{change, set};
use super::conversation::prompter;
use super::project::Which;
use super::update::How;
use super::{Session, init};
use crate::answers::{Answer, Answers, Code};
use crate::error::{Error, Result, did_you_mean, exit};
use crate::interview::{Ended, Interview, Preview, conduct};
use crate::proposal::Proposals;
use crate::question::{Question, Section, catalog};

/// Answer again: one question, the open ones of a section, or all that are open; then bring the project there.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A question, as `load.peak-rps`, or a section, as `load`.
    #[arg(value_name = "ID|SECTION", conflicts_with = "open")]
    id: Option<String>,

    /// All questions that are open.
    #[arg(long)]
    open: bool,

    /// Give one answer, as `load.peak-rps=50`; `later` puts it off. Can be repeated.
    #[arg(long = "set", value_name = "ID=VALUE")]
    set: Vec<String>,

    /// Ask line by line: for screen readers and simple terminals.
    #[arg(long)]
    plain: bool,

    #[command(flatten)]
    which: Which,

    #[command(flatten)]
    how: How,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let project = args.which.load(session)?;
    let mut answers = project.answers.clone();
    for assignment in &args.set {
        let (id, value) = assignment
            .split_once('=')
            .ok_or_else(|| Error::usage(format!("`--set {assignment}`: write `ID=VALUE`")))?;
        set(&mut answers, id, value)?;
    }
    if !args.set.is_empty() && args.id.is_none() && !args.open {
        return change(&project, &answers, &args.how, session);
    }
    let questions = args.questions(&answers)?;
    if questions.is_empty() {
        session.shell.note("no question is open");
        return change(&project, &answers, &args.how, session);
    }
    if !session.context.terminal.interactive() {
        return Err(nobody_to_ask(&questions, answers.code));
    }
    let ids: Vec<_> = questions.iter().map(|question| question.id).collect();
    let proposals = match answers.code {
        Code::Generated => Proposals::default(),
        Code::Existing => init::place::proposals(&project.root, session)?,
    };
    let mut interview = Interview::again(answers, &ids, proposals);
    let mut prompter = prompter(session, args.plain);
    let ended = conduct(
        &mut interview,
        prompter.as_mut(),
        &|_| Preview::default(),
        &mut |_| {},
    )?;
    drop(prompter);
    session.shell.say("");
    match ended {
        Ended::Confirmed => change(&project, &interview.finish(), &args.how, session),
        Ended::Cancelled => {
            session.shell.note("nothing was changed");
            Ok(exit::DONE)
        }
        Ended::Interrupted => Ok(exit::INTERRUPTED),
    }
}

fn nobody_to_ask(questions: &[&'static Question], code: Code) -> Error {
    let list: Vec<_> = questions
        .iter()
        .map(|question| format!("  {:<28} {}", question.id, question.ask))
        .collect();
    let then = match code {
        Code::Generated => " and `cargo kickoff update`",
        Code::Existing => "",
    };
    Error::usage(format!("no terminal to ask in:\n{}", list.join("\n"))).hint(format!(
        "answer with `cargo kickoff ask --set ID=VALUE`, or in `kickoff.toml`{then}"
    ))
}

impl Args {
    /// What is asked.
    fn questions(&self, answers: &Answers) -> Result<Vec<&'static Question>> {
        let Some(id) = &self.id else {
            return Ok(answers.open());
        };
        if let Some(question) = catalog::question(id) {
            return match answers.applies(&question.when) {
                true => Ok(vec![question]),
                false => Err(Error::usage(format!(
                    "`{id}` is not asked: other answers make it meaningless"
                ))),
            };
        }
        if let Some(section) = Section::ALL.into_iter().find(|section| section.key() == id) {
            let questions = catalog::questions().iter().copied();
            let unanswered = questions.filter(|question| {
                question.section == section
                    && answers.applies(&question.when)
                    && !matches!(answers.entry(question.id), Some(Answer::Given(_)))
            });
            return Ok(unanswered.collect());
        }
        let error = Error::usage(format!("there is no question and no section `{id}`"));
        let ids = catalog::questions().iter().map(|question| question.id);
        let known = ids.chain(Section::ALL.iter().map(|section| section.key()));
        Err(match did_you_mean(id, known.collect::<Vec<_>>()) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`cargo kickoff questions` lists every question with its id"),
        })
    }
}
