//! Mistakes in a file, shown at their place.

use std::ops::Range;

use crate::snippet::{Look, Snippet, shown};

/// A mistake in `kickoff.toml`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FileError {
    /// Byte range in the text that was read.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}

impl FileError {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> FileError {
        FileError {
            span,
            message: message.into(),
            hint: None,
        }
    }

    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> FileError {
        self.hint = Some(hint.into());
        self
    }

    /// Line and column of the mistake in `text`, both counted from 1, columns in characters.
    pub fn position(&self, text: &str) -> (usize, usize) {
        let place = Snippet::new("", text, &self.span);
        (place.line(), place.column())
    }

    /// The mistake as rustc would show it: the message, the place in the file called `origin`, the line with the mistake underlined,
    /// and the way out. `text` is the text that was read. There is no line break at the end.
    pub fn render(&self, origin: &str, text: &str) -> String {
        let place = Snippet::new(origin, text, &self.span);
        let gutter = place.digits();
        let look = Look {
            gutter,
            ..Look::default()
        };
        let mut lines = vec![shown(&self.message)];
        lines.extend(place.show(&look));
        if let Some(hint) = &self.hint {
            lines.push(format!("{:gutter$} |", ""));
            lines.push(
                format!("{:gutter$} = help: {}", "", shown(hint))
                    .trim_end()
                    .to_owned(),
            );
        }
        lines.join("\n")
    }
}
