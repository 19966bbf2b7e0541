//! The only place that prints: status and errors for people on stderr, data on stdout.

use std::io::Write;

use anstyle::{AnsiColor, Style};

use crate::error::Error;

/// How much is said on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Verbosity {
    /// Errors only.
    Quiet,
    /// Status words, warnings, notes.
    #[default]
    Normal,
    /// And what happens in between.
    Verbose,
}

/// Cargo's output: right-aligned green status words.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shell {
    verbosity: Verbosity,
}

const GREEN: Style = AnsiColor::Green.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
const RED: Style = AnsiColor::Red.on_default().bold();
const CYAN: Style = AnsiColor::Cyan.on_default().bold();

impl Shell {
    /// A shell that says as much as `verbosity`.
    pub fn new(verbosity: Verbosity) -> Shell {
        Shell { verbosity }
    }

    /// A status line: `     Created service `orders``.
    pub fn status(&self, word: &str, message: impl std::fmt::Display) {
        if self.verbosity > Verbosity::Quiet {
            self.err(format_args!("{GREEN}{word:>12}{GREEN:#} {message}"));
        }
    }

    /// Something to know.
    pub fn note(&self, message: impl std::fmt::Display) {
        if self.verbosity > Verbosity::Quiet {
            self.err(format_args!("{CYAN}note{CYAN:#}: {message}"));
        }
    }

    /// Something to look at.
    pub fn warning(&self, message: impl std::fmt::Display) {
        if self.verbosity > Verbosity::Quiet {
            self.err(format_args!("{YELLOW}warning{YELLOW:#}: {message}"));
        }
    }

    /// A plain line for people, for example the next commands.
    pub fn say(&self, message: impl std::fmt::Display) {
        if self.verbosity > Verbosity::Quiet {
            self.err(format_args!("{message}"));
        }
    }

    /// Said only with `--verbose`.
    pub fn verbose(&self, message: impl std::fmt::Display) {
        if self.verbosity >= Verbosity::Verbose {
            self.err(format_args!("{message}"));
        }
    }

    /// An error, what lies behind it, and the ways out. Never silenced.
    pub fn error(&self, error: &Error) {
        self.err(format_args!("{RED}error{RED:#}: {error}"));
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            self.err(format_args!("  caused by: {cause}"));
            source = cause.source();
        }
        for hint in &error.hints {
            self.err(format_args!("{CYAN}help{CYAN:#}: {hint}"));
        }
    }

    /// What a check found, on stderr as a compiler's. Never silenced.
    pub fn findings(&self, text: impl std::fmt::Display) {
        let _ = write!(anstream::stderr(), "{text}");
    }

    /// Data on stdout, exactly as given.
    pub fn data(&self, text: impl std::fmt::Display) {
        // A closed pipe (`| head`) is the reader's wish, not an error.
        let _ = write!(anstream::stdout(), "{text}");
    }

    fn err(&self, line: std::fmt::Arguments<'_>) {
        let _ = writeln!(anstream::stderr(), "{line}");
    }
}
