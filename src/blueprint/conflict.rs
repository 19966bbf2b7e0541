//! Answers that do not go together.

use std::fmt;

/// Answers that do not go together, and a way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The answers, as paths into `kickoff.toml`.
    pub answers: Vec<String>,
    /// What does not go together.
    pub message: String,
    /// What to change.
    pub hint: String,
}

impl Conflict {
    /// A conflict about one answer.
    pub fn at(
        answer: impl Into<String>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Conflict {
        Conflict {
            answers: vec![answer.into()],
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// Another answer that takes part.
    #[must_use]
    pub fn and(mut self, answer: impl Into<String>) -> Conflict {
        self.answers.push(answer.into());
        self
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answers: Vec<_> = self
            .answers
            .iter()
            .map(|answer| format!("`{answer}`"))
            .collect();
        write!(f, "{}: {}", answers.join(" and "), self.message)
    }
}
