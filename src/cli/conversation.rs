//! An interview with a person, and the draft that it leaves when it is left.

use std::io::Write as _;

use camino::Utf8PathBuf;

use super::{Session, gather, read_file};
use crate::answers::{Answers, file};
use crate::error::{Error, Result, exit};
use crate::interview::{Ended, Interview, Preview, conduct, draft};
use crate::prompt::{Control, Opt, PlainPrompter, Prompt, Prompter, Reply, TerminalPrompter};
use crate::shell::Shell;

/// Who is asked, and what is left behind.
pub(super) struct Conversation<'a> {
    pub(super) session: &'a Session,
    /// Line by line, where the terminal does not ask for that anyway.
    pub(super) plain: bool,
    /// Where the answers are kept until they stand in the project.
    pub(super) draft: Utf8PathBuf,
    /// What to type to be asked the rest.
    pub(super) command: String,
}

/// What asks, in this terminal.
pub(super) fn prompter(session: &Session, plain: bool) -> Box<dyn Prompter> {
    match plain || session.context.terminal.plain() {
        true => Box::new(PlainPrompter::new(
            std::io::stdin().lock(),
            std::io::stderr(),
        )),
        false => Box::new(TerminalPrompter::new(session.colour)),
    }
}

impl Conversation<'_> {
    /// Asks what is left, starting from a draft where there is one and `resumes`. `begin` gets the answers of the draft and where it
    /// stood. No answers where the person left before the first question.
    pub(super) fn hold(
        &self,
        resumes: bool,
        begin: impl FnOnce(Option<(Answers, String)>) -> Result<Interview>,
        preview: &dyn Fn(&Answers) -> Preview,
    ) -> Result<(Ended, Option<Answers>)> {
        if self.plain || self.session.context.terminal.plain() {
            self.name_draft_when_interrupted()?;
        }
        let mut prompter = prompter(self.session, self.plain);
        let found = match self.draft.exists() && resumes {
            true => self.offer_draft(prompter.as_mut())?,
            false => Found::Fresh,
        };
        let mut interview = begin(match found {
            Found::Draft(answers, bookmark) => Some((answers, bookmark)),
            Found::Fresh => None,
            Found::Left(ended) => return Ok((ended, None)),
        })?;
        let mut unsaved = None;
        let mut save = |interview: &Interview| {
            let text = draft::compose(&file::write(interview.answers()), &interview.bookmark());
            unsaved = self.save(&text).err();
        };
        let ended = conduct(&mut interview, prompter.as_mut(), preview, &mut save)?;
        drop(prompter);
        if let Some(error) = unsaved.filter(|_| ended != Ended::Confirmed) {
            self.session.shell.warning(format_args!(
                "the answers could not be kept in `{}`: {error}",
                self.draft
            ));
        }
        Ok((ended, Some(interview.finish())))
    }

    /// The answers now stand in the project.
    pub(super) fn drop_draft(&self) {
        let _ = std::fs::remove_file(&self.draft);
    }

    /// Says where the answers are, and the command that goes on from there.
    pub(super) fn say_how_to_go_on(&self) {
        say_how_to_go_on(self.session.shell, &self.draft, &self.command);
    }

    fn offer_draft(&self, prompter: &mut dyn Prompter) -> Result<Found> {
        let text = read_file(&self.draft)?;
        let (bookmark, toml) = draft::split(&text);
        let answers = gather::read(toml, self.draft.as_str()).map_err(|error| {
            error.hint(format!(
                "mend the draft, or delete `{}` to start afresh",
                self.draft
            ))
        })?;
        let prompt = Prompt {
            ask: format!(
                "An interview about `{}` was left half-way. Go on with it?",
                answers.name
            ),
            control: Control::Select {
                options: vec![
                    Opt::new("resume", "go on where it was left"),
                    Opt::new("fresh", "start afresh: the old answers are dropped"),
                ],
                cursor: 0,
            },
            ..Prompt::default()
        };
        Ok(match prompter.ask(&[], &prompt)? {
            Reply::Answer(choice) if choice == "fresh" => Found::Fresh,
            Reply::Answer(_) => Found::Draft(answers, bookmark.to_owned()),
            Reply::Quit => Found::Left(Ended::Cancelled),
            _ => Found::Left(Ended::Interrupted),
        })
    }

    /// Line by line the terminal is as it always is, so that Ctrl-C is a signal and ends the process while it waits for a line.
    fn name_draft_when_interrupted(&self) -> Result<()> {
        let (shell, draft, command) =
            (self.session.shell, self.draft.clone(), self.command.clone());
        ctrlc::set_handler(move || {
            shell.say("");
            say_how_to_go_on(shell, &draft, &command);
            std::process::exit(exit::INTERRUPTED.into());
        })
        .map_err(|error| Error::failed("cannot wait for Ctrl-C").caused_by(error))
    }

    /// Puts a draft in place at once: whoever interrupts meanwhile keeps the one before.
    fn save(&self, text: &str) -> std::io::Result<()> {
        let folder = self.draft.parent().unwrap_or(camino::Utf8Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.persist(&self.draft)?;
        Ok(())
    }
}

/// What becomes of a draft that was found.
enum Found {
    Draft(Answers, String),
    Fresh,
    Left(Ended),
}

fn say_how_to_go_on(shell: Shell, draft: &Utf8PathBuf, command: &str) {
    if draft.exists() {
        shell.say(format_args!(
            "Your answers are kept in `{draft}`. To go on:"
        ));
        shell.say(format_args!("    {command}"));
    }
}

/// A path as it is typed in a shell.
pub(super) fn quoted(path: &str) -> String {
    let plain = |character: char| {
        character.is_alphanumeric() || matches!(character, '/' | '\\' | '.' | '-' | '_' | ':' | '~')
    };
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("\"{path}\"")
    }
}
