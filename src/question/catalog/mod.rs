//! All questions in interview order, one file per section.
//!
//! Ids, keys of parts and choices are the public format of `kickoff.toml`: they are never renamed. A question whose answer no
//! generated code reads yet says so in [`Question::awaits`].

mod communication;
mod data;
mod done;
mod load;
mod ownership;
mod reality;
mod responsibility;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use super::{Choice, Fallback, Kind, Question, Section, Stakes, When};

/// The id of the first question, which sets the depth of all others.
pub const STAKES: &str = "responsibility.stakes";
/// The id of the question whether this is a project or an experiment.
pub const REALITY_KIND: &str = "reality.kind";

/// All questions in interview order.
pub fn questions() -> &'static [&'static Question] {
    static QUESTIONS: LazyLock<Vec<&'static Question>> = LazyLock::new(|| {
        [
            &responsibility::QUESTIONS[..],
            &data::QUESTIONS[..],
            &load::QUESTIONS[..],
            &communication::QUESTIONS[..],
            &ownership::QUESTIONS[..],
            &done::QUESTIONS[..],
            &reality::QUESTIONS[..],
        ]
        .into_iter()
        .flatten()
        .collect()
    });
    &QUESTIONS
}

/// The question with this id.
pub fn question(id: &str) -> Option<&'static Question> {
    questions()
        .iter()
        .copied()
        .find(|question| question.id == id)
}

/// What most questions share: always sensible, open without an answer, asked where money is at stake.
const QUESTION: Question = Question {
    id: "",
    section: Section::Responsibility,
    ask: "",
    why: "",
    effect: "",
    kind: Kind::Flag,
    default: Fallback::Open,
    when: When::Always,
    asked_from: Stakes::Money,
    core: false,
    record: "",
    awaits: None,
    honours: &[],
};

/// One of the answers to a choice.
const fn choice(value: &'static str, label: &'static str, does: &'static str) -> Choice {
    Choice { value, label, does }
}
