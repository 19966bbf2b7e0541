//! A place in a text as rustc would show it: the file with line and column, the line, and what is meant underlined.

mod report;

use std::ops::Range;

use anstyle::Style;
use unicode_width::UnicodeWidthStr as _;

pub use report::{Head, report};

/// Blanks that a tab is shown as.
const TAB: &str = "    ";
/// Characters of a line that are shown before what is meant, and in all.
const SHOWN_BEFORE: usize = 60;
const SHOWN: usize = 120;
/// The byte order mark that some editors put in front of a file.
const BOM: char = '\u{feff}';

/// A place in a text.
pub struct Snippet<'a> {
    /// What the text is called.
    origin: &'a str,
    /// The line, counted from 1.
    number: usize,
    line: &'a str,
    /// Where what is meant starts and ends in the line, in bytes.
    start: usize,
    end: usize,
}

/// How a snippet is shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look<'a> {
    /// Columns left of the bar: at least the digits of the line's number.
    pub gutter: usize,
    /// What is said behind the underlining.
    pub label: &'a str,
    /// It only adds to another place.
    pub secondary: bool,
    /// The colour of bars and arrows.
    pub bars: Style,
    /// The colour of the underlining.
    pub mark: Style,
}

/// The part of a line that is shown.
struct Window<'a> {
    all: &'a str,
    before: &'a str,
    under: &'a str,
    cut_before: bool,
    cut_after: bool,
}

impl<'a> Snippet<'a> {
    /// The place of `span`, in bytes, in the `text` of the file called `origin`.
    pub fn new(origin: &'a str, text: &'a str, span: &Range<usize>) -> Snippet<'a> {
        let start = floor(text, span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let number = text[..line_start].matches('\n').count() + 1;
        let line = text[line_start..].split('\n').next().unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let without_mark = line.strip_prefix(BOM).unwrap_or(line);
        let line_start = line_start + (line.len() - without_mark.len());
        let within = |at: usize| floor(without_mark, at.saturating_sub(line_start));
        Snippet {
            origin,
            number,
            line: without_mark,
            start: within(start),
            end: within(span.end).max(within(start)),
        }
    }

    /// The line, counted from 1.
    pub fn line(&self) -> usize {
        self.number
    }

    /// The text of the line.
    pub fn text(&self) -> &'a str {
        self.line
    }

    /// The first column of what is meant, in characters, counted from 1.
    pub fn column(&self) -> usize {
        self.line[..self.start].chars().count() + 1
    }

    /// The column behind what is meant in this line.
    pub fn column_end(&self) -> usize {
        self.line[..self.end].chars().count() + 1
    }

    /// How many digits its number has.
    pub fn digits(&self) -> usize {
        self.number.to_string().len()
    }

    /// The lines, without blanks at their ends.
    pub fn show(&self, look: &Look<'_>) -> Vec<String> {
        let window = self.window();
        let before = shown(window.before).width() + usize::from(window.cut_before);
        let under = shown(window.under).width().max(1);
        let dots = |cut: bool| if cut { "…" } else { "" };
        let line = format!(
            "{}{}{}",
            dots(window.cut_before),
            shown(window.all),
            dots(window.cut_after)
        );
        let (arrow, sign) = match look.secondary {
            true => (":::", "-"),
            false => ("-->", "^"),
        };
        let Look {
            gutter, bars, mark, ..
        } = *look;
        let underlined = format!("{} {}", sign.repeat(under), shown(look.label));
        let place = format!("{}:{}:{}", self.origin, self.number, self.column());
        let bar = |number: &str, rest: &str| {
            let rest = rest.trim_end();
            let gap = if rest.is_empty() { "" } else { " " };
            format!("{bars}{number:gutter$} |{bars:#}{gap}{rest}")
        };
        let marked = format!("{:before$}{mark}{}{mark:#}", "", underlined.trim_end());
        vec![
            format!("{:gutter$}{bars}{arrow}{bars:#} {}", "", shown(&place)),
            bar("", ""),
            bar(&self.number.to_string(), &line),
            bar("", &marked),
        ]
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
pub fn shown(text: &str) -> String {
    let moves = |character: char| {
        character.is_control()
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.replace('\t', TAB).replace(moves, "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_stands_behind_what_is_meant() {
        let text = "[dependencies]\nmoka = \"0.12\"\n";
        let snippet = Snippet::new("Cargo.toml", text, &(15..19));
        let look = Look {
            gutter: 2,
            label: "a cache",
            secondary: true,
            ..Look::default()
        };
        let expect = [
            "  ::: Cargo.toml:2:1",
            "   |",
            "2  | moka = \"0.12\"",
            "   | ---- a cache",
        ];
        assert_eq!(snippet.show(&look), expect);
        assert_eq!((snippet.column(), snippet.column_end()), (1, 5));
    }
}
