//! The one error type of the tool: a message, a place where there is one, a way out, and an exit code.

use std::fmt;

/// Exit codes, documented in the README.
pub mod exit {
    /// Done.
    pub const DONE: u8 = 0;
    /// Wrong usage, or answers missing without a terminal.
    pub const USAGE: u8 = 2;
    /// A check found something.
    pub const FOUND: u8 = 4;
    /// A conflict: nothing was written.
    pub const CONFLICT: u8 = 5;
    /// The command failed.
    pub const FAILED: u8 = 101;
    /// Interrupted: a draft was saved, or there was nothing to save yet.
    pub const INTERRUPTED: u8 = 130;
}

/// Shorthand for results of the tool.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, for a person.
#[derive(Debug)]
pub struct Error {
    /// One of [`exit`].
    pub code: u8,
    /// What went wrong, one line or several, without a final period where it is a phrase.
    pub message: String,
    /// Ways out, each one sentence or command.
    pub hints: Vec<String>,
    /// What lies behind it.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// The command failed ([`exit::FAILED`]).
    pub fn failed(message: impl Into<String>) -> Error {
        Error {
            code: exit::FAILED,
            message: message.into(),
            hints: Vec::new(),
            source: None,
        }
    }

    /// The person asked for something that cannot be ([`exit::USAGE`]).
    pub fn usage(message: impl Into<String>) -> Error {
        Error {
            code: exit::USAGE,
            ..Error::failed(message)
        }
    }

    /// Something stands in the way and nothing was written ([`exit::CONFLICT`]).
    pub fn conflict(message: impl Into<String>) -> Error {
        Error {
            code: exit::CONFLICT,
            ..Error::failed(message)
        }
    }

    /// Ctrl-C before there was anything to save ([`exit::INTERRUPTED`]).
    pub fn interrupted() -> Error {
        Error {
            code: exit::INTERRUPTED,
            ..Error::failed("interrupted: nothing was written")
        }
    }

    /// A file-system error with its path: `cannot read \`a/b.toml\``.
    pub fn io(what: &str, path: impl fmt::Display, source: std::io::Error) -> Error {
        Error::failed(format!("cannot {what} `{path}`")).caused_by(source)
    }

    /// Adds a way out.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Error {
        self.hints.push(hint.into());
        self
    }

    /// Adds what lies behind.
    #[must_use]
    pub fn caused_by(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Error {
        self.source = Some(source.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn std::error::Error + 'static))
    }
}

/// The word nearest to a mistyped one, if one is near enough to be meant.
pub fn did_you_mean<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let likeness =
        |candidate: &str| strsim::jaro_winkler(&word.to_lowercase(), &candidate.to_lowercase());
    words
        .into_iter()
        .map(|candidate| (likeness(candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}
