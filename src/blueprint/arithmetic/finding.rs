//! What the arithmetic found.

use serde::Serialize;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It works until the day it matters.
    Risky,
    /// It cannot work.
    Impossible,
}

/// Answers whose numbers do not go together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// A stable code: `caller-gives-up-first`.
    pub code: &'static str,
    /// The answers that collide, as paths into `kickoff.toml`.
    pub answers: Vec<String>,
    /// What does not work, with its numbers.
    pub message: String,
    /// What to change.
    pub fix: String,
    /// How bad it is.
    pub severity: Severity,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}. To mend it, {}.", self.message, self.fix)
    }
}

/// Milliseconds as people say them: `300 ms`, `6.3 s`, `2 min`.
pub(super) fn duration(milliseconds: u64) -> String {
    match milliseconds {
        0..1_000 => format!("{milliseconds} ms"),
        60_000.. if milliseconds.is_multiple_of(60_000) => format!("{} min", milliseconds / 60_000),
        _ => {
            let seconds = format!("{}.{:03}", milliseconds / 1_000, milliseconds % 1_000);
            format!("{} s", seconds.trim_end_matches('0').trim_end_matches('.'))
        }
    }
}
