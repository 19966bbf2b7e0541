//! Mistakes in a file, shown at their place.

use std::ops::Range;

use unicode_width::UnicodeWidthStr as _;

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

/// Blanks that a tab is shown as.
const TAB: &str = "    ";
/// Characters of a line that are shown before the mistake, and in all.
const SHOWN_BEFORE: usize = 60;
const SHOWN: usize = 120;

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
        let place = Place::of(&self.span, text);
        (place.number, place.line[..place.start].chars().count() + 1)
    }

    /// The mistake as rustc would show it: the message, the place in the file called `origin`, the line with the mistake underlined,
    /// and the way out. `text` is the text that was read. There is no line break at the end.
    pub fn render(&self, origin: &str, text: &str) -> String {
        let place = Place::of(&self.span, text);
        let (line, column) = self.position(text);
        let window = place.window();
        let gutter = " ".repeat(line.to_string().len());
        let before = shown(window.before).width() + usize::from(window.cut_before);
        let under = shown(window.under).width().max(1);
        let dots = |cut: bool| if cut { "…" } else { "" };
        let mut lines = vec![
            shown(&self.message),
            format!("{gutter}--> {origin}:{line}:{column}"),
            format!("{gutter} |"),
            format!(
                "{line} | {}{}{}",
                dots(window.cut_before),
                shown(window.all),
                dots(window.cut_after)
            ),
            format!("{gutter} | {:before$}{:^<under$}", "", ""),
        ];
        if let Some(hint) = &self.hint {
            lines.push(format!("{gutter} |"));
            lines.push(format!("{gutter} = help: {}", shown(hint)));
        }
        lines
            .iter()
            .map(|line| line.trim_end())
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// A mistake within its line.
struct Place<'a> {
    /// The line, counted from 1.
    number: usize,
    line: &'a str,
    /// Where the mistake starts and ends in the line, in bytes.
    start: usize,
    end: usize,
}

/// The part of a line that is shown.
struct Window<'a> {
    all: &'a str,
    before: &'a str,
    under: &'a str,
    cut_before: bool,
    cut_after: bool,
}

impl<'a> Place<'a> {
    fn of(span: &Range<usize>, text: &'a str) -> Place<'a> {
        let start = floor(text, span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let number = text[..line_start].matches('\n').count() + 1;
        let line = text[line_start..].split('\n').next().unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let without_mark = line.strip_prefix(super::BOM).unwrap_or(line);
        let line_start = line_start + (line.len() - without_mark.len());
        let within = |at: usize| floor(without_mark, at.saturating_sub(line_start));
        Place {
            number,
            line: without_mark,
            start: within(start),
            end: within(span.end).max(within(start)),
        }
    }

    fn window(&self) -> Window<'a> {
        let back = |characters: usize| {
            let starts = self.line[..self.start].char_indices().rev();
            starts
                .map(|(at, _)| at)
                .take(characters)
                .last()
                .unwrap_or(self.start)
        };
        let from = if self.line.chars().count() > SHOWN {
            back(SHOWN_BEFORE)
        } else {
            0
        };
        let rest = &self.line[from..];
        let length = rest
            .char_indices()
            .nth(SHOWN)
            .map_or(rest.len(), |(at, _)| at);
        let to = from + length;
        Window {
            all: &self.line[from..to],
            before: &self.line[from..self.start],
            under: &self.line[self.start..self.end.min(to)],
            cut_before: from > 0,
            cut_after: to < self.line.len(),
        }
    }
}

/// The last boundary between characters that is not behind `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Text as it can be shown in a terminal: what would move the cursor or turn the direction of writing is replaced.
fn shown(text: &str) -> String {
    let moves = |character: char| {
        character.is_control()
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.replace('\t', TAB).replace(moves, "\u{fffd}")
}
