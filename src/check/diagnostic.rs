//! What a rule found: what is wrong, where, why it matters, and both ways out.

use std::ops::Range;

use camino::Utf8PathBuf;

use super::rule::Rule;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule.
    pub rule: &'static Rule,
    /// What an exception names: see [`Rule::subject`]. Empty where there can be none.
    pub subject: String,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where: the first is the place itself, the others are the other side.
    pub places: Vec<Place>,
    /// Why it matters, and what is behind it.
    pub notes: Vec<String>,
    /// Ways out.
    pub helps: Vec<String>,
}

/// A place in a file of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, from the root of the project, with `/` between the parts.
    pub file: Utf8PathBuf,
    /// Bytes of its text.
    pub span: Range<usize>,
    /// What stands there.
    pub label: String,
}

impl Diagnostic {
    pub(crate) fn new(
        rule: &'static Rule,
        subject: impl Into<String>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            rule,
            subject: subject.into(),
            message: message.into(),
            places: Vec::new(),
            notes: Vec::new(),
            helps: Vec::new(),
        }
    }

    #[must_use]
    pub(crate) fn at(
        mut self,
        file: impl Into<Utf8PathBuf>,
        span: Range<usize>,
        label: impl Into<String>,
    ) -> Diagnostic {
        self.places.push(Place {
            file: file.into(),
            span,
            label: label.into(),
        });
        self
    }

    #[must_use]
    pub(crate) fn note(mut self, note: impl Into<String>) -> Diagnostic {
        self.notes.push(note.into());
        self
    }

    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.helps.push(help.into());
        self
    }
}
