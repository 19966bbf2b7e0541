//! A person goes through an interview.

use super::place::Place;
use super::{Interview, review};
use crate::answers::Answers;
use crate::error::Result;
use crate::prompt::{Block, Control, Mistake, Prompt, Prompter, Reply};

/// What would be generated from the answers, shown in the review.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// The files that would be written, relative to the project, with `/` between the parts.
    pub files: Vec<String>,
    /// What the answers say together that cannot work, each one sentence.
    pub findings: Vec<String>,
    /// Why nothing can be generated from these answers, each one sentence. Empty when something can.
    pub errors: Vec<String>,
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The answers were confirmed in the review.
    Confirmed,
    /// The person left on purpose; the draft was saved.
    Cancelled,
    /// Ctrl-C, or the input ended; the draft was saved.
    Interrupted,
}

/// What is remembered from one prompt to the next.
#[derive(Default)]
struct Asking {
    mistake: Option<Mistake>,
    /// What was typed and is wrong: it stands in the line again.
    typed: Option<String>,
    explained: bool,
    show_files: bool,
}

/// Asks until the answers are confirmed or the person leaves. `save_draft` is called after every answer and at the end.
///
/// # Errors
/// When the prompter cannot ask.
pub fn conduct(
    interview: &mut Interview,
    prompter: &mut dyn Prompter,
    preview: &dyn Fn(&Answers) -> Preview,
    save_draft: &mut dyn FnMut(&Interview),
) -> Result<Ended> {
    let mut asking = Asking::default();
    loop {
        let at_review = interview.is_at_review();
        let mut prompt = if at_review {
            review::prompt(interview, &preview(&interview.answers), asking.show_files)
        } else {
            interview.prompt()
        };
        asking.dress(interview, &mut prompt);
        let reply = prompter.ask(&interview.shown_history(), &prompt)?;
        let reply = match reply {
            Reply::Answer(choice) if at_review => {
                match choose(interview, prompter, &mut asking, &choice)? {
                    Chosen::Ended(ended) => {
                        save_draft(interview);
                        if ended != Ended::Interrupted {
                            prompter.leave(&interview.history())?;
                        }
                        return Ok(ended);
                    }
                    Chosen::Stayed => continue,
                }
            }
            Reply::Later => {
                asking = Asking::default();
                defer(interview, prompter)?
            }
            reply => reply,
        };
        match reply {
            Reply::Answer(text) => asking.take(interview, text),
            Reply::Chosen(values) => asking.take(interview, values.join(", ")),
            Reply::Explain => asking.explained = true,
            Reply::Back => {
                asking = Asking::default();
                if !interview.back() {
                    asking.mistake = Some(Mistake::from("this is the first question".to_owned()));
                }
            }
            Reply::Later => {}
            Reply::Quit => {
                save_draft(interview);
                prompter.leave(&interview.history())?;
                return Ok(Ended::Cancelled);
            }
            Reply::Interrupt => {
                save_draft(interview);
                return Ok(Ended::Interrupted);
            }
        }
        save_draft(interview);
    }
}

impl Asking {
    /// Puts onto the prompt what happened since it was asked last.
    fn dress(&mut self, interview: &Interview, prompt: &mut Prompt) {
        prompt.mistake = self.mistake.take();
        if self.explained {
            prompt.about = interview.explain();
            prompt.can_explain = false;
        }
        if let (Some(typed), Control::Text { initial, .. }) =
            (self.typed.take(), &mut prompt.control)
        {
            *initial = typed;
        }
    }

    fn take(&mut self, interview: &mut Interview, text: String) {
        match interview.submit(&text) {
            Ok(()) => {
                *self = Asking {
                    show_files: self.show_files,
                    ..Asking::default()
                };
            }
            Err(mistake) => {
                self.mistake = Some(mistake);
                self.typed = Some(text);
            }
        }
    }
}

/// Asks for the note of a question that is put off. The reply is what is left to do.
fn defer(interview: &mut Interview, prompter: &mut dyn Prompter) -> Result<Reply> {
    // A part of an item has no place for a note.
    if interview.current.part().is_some() {
        interview.defer("");
        return Ok(Reply::Later);
    }
    let prompt = Prompt {
        progress: interview.prompt().progress,
        ask: "Decide later. Who decides, by when, or what is missing?".to_owned(),
        about: vec![Block::Prose(
            "The note goes into the decision record; it may be empty.".to_owned(),
        )],
        control: Control::Text {
            initial: review::old_note(interview),
            default: None,
        },
        hint: "may be empty".to_owned(),
        ..Prompt::default()
    };
    match prompter.ask(&interview.shown_history(), &prompt)? {
        Reply::Answer(note) => {
            interview.defer(&note);
            Ok(Reply::Later)
        }
        // Back to the question itself.
        Reply::Back => Ok(Reply::Later),
        reply => Ok(reply),
    }
}

/// What a choice in the review led to.
enum Chosen {
    Ended(Ended),
    Stayed,
}

fn choose(
    interview: &mut Interview,
    prompter: &mut dyn Prompter,
    asking: &mut Asking,
    choice: &str,
) -> Result<Chosen> {
    match choice {
        review::GENERATE => return Ok(Chosen::Ended(Ended::Confirmed)),
        review::QUIT => return Ok(Chosen::Ended(Ended::Cancelled)),
        review::FILES => asking.show_files = !asking.show_files,
        review::CHANGE => {
            match prompter.ask(
                &interview.shown_history(),
                &review::change_prompt(interview),
            )? {
                Reply::Answer(id) => interview.edit(&id),
                Reply::Quit => return Ok(Chosen::Ended(Ended::Cancelled)),
                Reply::Interrupt => return Ok(Chosen::Ended(Ended::Interrupted)),
                _ => interview.current = Place::Review,
            }
        }
        other => asking.mistake = Some(Mistake::from(format!("there is no choice `{other}`"))),
    }
    Ok(Chosen::Stayed)
}
