//! Asking one question, in a terminal, line by line, or from a script.
//!
//! What is asked is data: a [`Prompt`]. A [`Prompter`] shows it in its own way and hands back a [`Reply`]; it knows nothing about
//! answers or the catalog, and checks nothing: what was typed goes to the interview, which hands a [`Mistake`] to the next prompt.
//!
//! Three words are commands at every text prompt: `?` explains, `later` puts the question off, and line by line also `back` and
//! `quit`. With a backslash in front (`\later`) they are the text itself.

mod layout;
mod plain;
mod raw;
mod script;
mod terminal;

pub use plain::PlainPrompter;
pub use script::ScriptPrompter;
pub use terminal::TerminalPrompter;

use crate::error::Result;

/// Asks one question at a time.
pub trait Prompter {
    /// Asks. `history` is everything answered so far, oldest first; a prompter that can, keeps exactly that on the screen above
    /// the question.
    ///
    /// # Errors
    /// When the terminal cannot be read or written.
    fn ask(&mut self, history: &[Row], prompt: &Prompt) -> Result<Reply>;

    /// Ends: `history` is what was answered, and stays on the screen where there is one.
    ///
    /// # Errors
    /// When the terminal cannot be written.
    fn leave(&mut self, history: &[Row]) -> Result<()>;
}

/// What a person did at a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Typed text, or the value of the chosen option. Empty text stands for the default.
    Answer(String),
    /// Chose any number of options; their values in the order shown.
    Chosen(Vec<String>),
    /// Wants to know more before answering.
    Explain,
    /// Decides later.
    Later,
    /// Goes back to the question before.
    Back,
    /// Leaves, on purpose.
    Quit,
    /// Ctrl-C, or the input ended.
    Interrupt,
}

/// One question as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prompt {
    /// Where we are: `[3/7] Load and failure · 2 of 5`. May be empty.
    pub progress: String,
    /// The question in words.
    pub ask: String,
    /// What is shown with it: why it is asked, an explanation, the review.
    pub about: Vec<Block>,
    /// What was wrong with the answer before.
    pub mistake: Option<Mistake>,
    /// How it is answered.
    pub control: Control,
    /// A few words on the form of the answer, shown first in the help line.
    pub hint: String,
    /// `?` explains.
    pub can_explain: bool,
    /// `later` puts it off.
    pub can_defer: bool,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// A line of text.
    Text {
        /// What stands in the line already: the old answer.
        initial: String,
        /// What an empty line means.
        default: Option<String>,
    },
    /// One of several.
    Select {
        /// What can be chosen.
        options: Vec<Opt>,
        /// The one that is highlighted first.
        cursor: usize,
    },
    /// Any number of several.
    Many {
        /// What can be chosen.
        options: Vec<Opt>,
        /// The ones that are chosen already.
        checked: Vec<usize>,
    },
}

impl Default for Control {
    fn default() -> Control {
        Control::Text {
            initial: String::new(),
            default: None,
        }
    }
}

/// One option of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opt {
    /// What is handed back.
    pub value: String,
    /// What is shown.
    pub label: String,
}

impl Opt {
    /// An option that hands back `value` and shows `label`.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Opt {
        Opt {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// A piece of what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading, with an empty line before it.
    Heading(String),
    /// Background: dimmed and wrapped.
    Prose(String),
    /// Something to read: wrapped.
    Statement(String),
    /// Something to look at: wrapped, with a mark.
    Warning(String),
    /// A word and what it means, with the text indented under itself.
    Term(String, String),
    /// A line of a table.
    Row(Row),
}

/// A question and its answer on one line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The heading it stands under. May be empty.
    pub heading: String,
    /// How far it is indented, in steps.
    pub depth: usize,
    /// The question, in a word.
    pub label: String,
    /// The answer.
    pub answer: String,
    /// A word about the answer: `default`.
    pub remark: String,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mistake {
    /// What is wrong.
    pub message: String,
    /// The text that was typed, and the bytes of it that are wrong.
    pub place: Option<(String, std::ops::Range<usize>)>,
    /// What to write instead.
    pub hint: Option<String>,
}

impl From<String> for Mistake {
    fn from(message: String) -> Mistake {
        Mistake {
            message,
            ..Mistake::default()
        }
    }
}

/// What typed text means, given what the question offers.
fn read_typed(text: &str, prompt: &Prompt) -> Reply {
    match text.trim() {
        "?" if prompt.can_explain => Reply::Explain,
        "later" if prompt.can_defer => Reply::Later,
        r"\?" | r"\later" | r"\back" | r"\quit" => {
            Reply::Answer(text.trim().trim_start_matches('\\').to_owned())
        }
        _ => Reply::Answer(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, offers: bool, expect: Reply) {
        let prompt = Prompt {
            can_explain: offers,
            can_defer: offers,
            ..Prompt::default()
        };
        assert_eq!(read_typed(text, &prompt), expect, "{text:?}");
    }

    #[test]
    fn commands_are_words_of_their_own_and_can_be_escaped() {
        let answer = |text: &str| Reply::Answer(text.to_owned());
        check("?", true, Reply::Explain);
        check(" later ", true, Reply::Later);
        check(r"\later", true, answer("later"));
        check(r"\?", true, answer("?"));
        check("later this year", true, answer("later this year"));
        check("why?", true, answer("why?"));
        check("?", false, answer("?"));
        check("later", false, answer("later"));
        check(r"\\host", true, answer(r"\\host"));
    }
}
