//! Lines that fit: wrapping, truncating, aligning by what characters take on the screen.

use unicode_width::UnicodeWidthChar;

use super::{Block, Mistake, Prompt, Row};

/// Columns of the label in a table, without indentation.
const LABEL_WIDTH: usize = 18;

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// As it is.
    Plain,
    /// In the background.
    Dim,
    /// In the foreground.
    Bold,
    /// Where we are.
    Progress,
    /// What is wrong.
    Wrong,
}

/// One line of the screen: pieces of text that together are at most as wide as the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Line {
    pub(super) pieces: Vec<(Look, String)>,
}

impl Line {
    pub(super) fn new(look: Look, text: impl Into<String>) -> Line {
        Line {
            pieces: vec![(look, text.into())],
        }
    }

    /// Columns it takes.
    pub(super) fn width(&self) -> usize {
        self.pieces.iter().map(|(_, text)| columns(text)).sum()
    }
}

/// What stands above the line where the answer is given.
pub(super) fn question_lines(prompt: &Prompt, width: usize) -> Vec<Line> {
    let mut lines = vec![Line::default()];
    if !prompt.progress.is_empty() {
        let progress = truncate(&prompt.progress, width);
        lines.push(Line::new(Look::Progress, progress));
    }
    lines.extend(indented(Look::Bold, "", "", &prompt.ask, width));
    for block in &prompt.about {
        lines.extend(block_lines(block, width));
    }
    if let Some(mistake) = &prompt.mistake {
        lines.extend(mistake_lines(mistake, width));
    }
    lines
}

/// Answers so far, each on one line, under the headings of their sections.
pub(super) fn history_lines(history: &[Row], width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut heading = "";
    for row in history {
        if row.heading != heading {
            heading = &row.heading;
            lines.push(Line::default());
            lines.push(Line::new(Look::Bold, truncate(heading, width)));
        }
        lines.push(row_line(row, width));
    }
    lines
}

fn block_lines(block: &Block, width: usize) -> Vec<Line> {
    match block {
        Block::Heading(text) => vec![
            Line::default(),
            Line::new(Look::Bold, truncate(text, width)),
        ],
        Block::Prose(text) => indented(Look::Dim, "  ", "  ", text, width),
        Block::Statement(text) => indented(Look::Plain, "  ", "  ", text, width),
        Block::Warning(text) => indented(Look::Wrong, "! ", "  ", text, width),
        Block::Term(term, text) => {
            let mut lines = vec![Line::new(
                Look::Plain,
                truncate(&format!("  {term}"), width),
            )];
            lines.extend(indented(Look::Dim, "      ", "      ", text, width));
            lines
        }
        Block::Row(row) => vec![row_line(row, width)],
    }
}

fn row_line(row: &Row, width: usize) -> Line {
    let indent = "  ".repeat(row.depth + 1);
    // On a narrow screen the label gives way to the answer.
    let label_width = LABEL_WIDTH.min(width / 3).saturating_sub(2 * row.depth);
    let label = pad(&truncate(&row.label, label_width), label_width);
    let remark = match row.remark.as_str() {
        "" => String::new(),
        remark => format!("  {remark}"),
    };
    let taken = columns(&indent) + label_width + 1 + columns(&remark);
    let answer = truncate(&row.answer, width.saturating_sub(taken));
    let mut pieces = vec![
        (Look::Dim, format!("{indent}{label} ")),
        (Look::Plain, answer),
    ];
    if !remark.is_empty() {
        pieces.push((Look::Dim, remark));
    }
    Line { pieces }
}

fn mistake_lines(mistake: &Mistake, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some((text, span)) = &mistake.place {
        let (shown, column, marks) = window(text, span.clone(), width.saturating_sub(2));
        lines.push(Line::new(Look::Plain, format!("  {shown}")));
        let carets = format!("  {}{}", " ".repeat(column), "^".repeat(marks));
        lines.push(Line::new(Look::Wrong, carets));
    }
    lines.extend(indented(Look::Wrong, "! ", "  ", &mistake.message, width));
    if let Some(hint) = &mistake.hint {
        lines.extend(indented(Look::Plain, "  ", "  ", hint, width));
    }
    lines
}

/// The part of `text` around `span` that fits, the column where the span starts in it, and its width there (at least 1).
fn window(text: &str, span: std::ops::Range<usize>, width: usize) -> (String, usize, usize) {
    let clean: String = text.chars().map(visible).collect();
    let before: String = text
        .get(..span.start)
        .unwrap_or(text)
        .chars()
        .map(visible)
        .collect();
    let wrong: String = text.get(span).unwrap_or("").chars().map(visible).collect();
    // The start moves to the right until the mistake and a few columns before it are inside.
    let hidden = (columns(&before) + columns(&wrong).min(width / 2) + 1).saturating_sub(width);
    if hidden == 0 {
        let marks = columns(&wrong).clamp(1, width.saturating_sub(columns(&before)).max(1));
        return (truncate(&clean, width), columns(&before), marks);
    }
    let mut skipped = 0;
    let rest: String = clean
        .chars()
        .skip_while(|character| {
            let skip = skipped <= hidden;
            skipped += if skip { width_of(*character) } else { 0 };
            skip
        })
        .collect();
    let column = (columns(&before) + 1).saturating_sub(skipped);
    let marks = columns(&wrong).clamp(1, width.saturating_sub(column).max(1));
    (truncate(&format!("…{rest}"), width), column, marks)
}

/// Wraps `text` at blanks, the first line after `first`, the others after `others`.
fn indented(look: Look, first: &str, others: &str, text: &str, width: usize) -> Vec<Line> {
    let room = width.saturating_sub(columns(first).max(columns(others)));
    wrap(text, room)
        .into_iter()
        .enumerate()
        .map(|(index, line)| {
            let indent = if index == 0 { first } else { others };
            Line::new(look, format!("{indent}{line}"))
        })
        .collect()
}

/// The words of a text. What stands between backticks stays together where it fits on a line.
fn words(text: &str, width: usize) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut inside = false;
    for piece in text.split_whitespace() {
        let piece: String = piece.chars().map(visible).collect();
        match words.last_mut() {
            Some(word) if inside && columns(word) + 1 + columns(&piece) <= width => {
                word.push(' ');
                word.push_str(&piece);
            }
            _ => words.push(piece.clone()),
        }
        inside ^= piece.matches('`').count() % 2 == 1;
    }
    words
}

/// Breaks text at blanks into lines of at most `width` columns; a longer word is broken where it must be.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut taken = 0;
    for word in words(text, width) {
        let length = columns(&word);
        if taken > 0 && taken + 1 + length > width {
            lines.push(std::mem::take(&mut line));
            taken = 0;
        } else if taken > 0 {
            line.push(' ');
            taken += 1;
        }
        for character in word.chars() {
            let columns = width_of(character);
            if taken + columns > width && taken > 0 {
                lines.push(std::mem::take(&mut line));
                taken = 0;
            }
            line.push(character);
            taken += columns;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Cuts text on one line to at most `width` columns, with `…` where something is missing.
pub(super) fn truncate(text: &str, width: usize) -> String {
    let clean: String = text.chars().map(visible).collect();
    if columns(&clean) <= width {
        return clean;
    }
    let mut cut = String::new();
    let mut taken = 0;
    for character in clean.chars() {
        taken += width_of(character);
        if taken + 1 > width {
            break;
        }
        cut.push(character);
    }
    if width > 0 {
        cut.push('…');
    }
    cut
}

/// Two pieces of text with ` · ` between them, or only the second where both have no room.
pub(super) fn joined(first: &str, second: &str, width: usize) -> String {
    let both = format!("{first} · {second}");
    if first.is_empty() || columns(&both) > width {
        truncate(second, width)
    } else {
        both
    }
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// Columns of a text, counted by character as terminals do.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

fn width_of(character: char) -> usize {
    character.width().unwrap_or(0)
}

/// Control characters and marks that turn the direction of writing would let an answer change the screen around it.
fn visible(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => '\u{fffd}',
        character if character.is_control() => '\u{fffd}',
        character => character,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_mistake(text: &str, wrong: &str, width: usize, expect: [&str; 2]) {
        let start = text.find(wrong).expect("the wrong part is in the text");
        let mistake = Mistake {
            message: "wrong".to_owned(),
            place: Some((text.to_owned(), start..start + wrong.len())),
            hint: None,
        };
        let lines: Vec<String> = mistake_lines(&mistake, width)
            .iter()
            .map(|line| line.pieces[0].1.clone())
            .collect();
        assert_eq!(lines[..2], expect);
    }

    #[test]
    fn carets_stand_under_the_mistake() {
        check_mistake(
            "number: strng(32)",
            "strng",
            80,
            ["  number: strng(32)", "          ^^^^^"],
        );
        check_mistake(
            "straße: 文字(3)",
            "文字",
            80,
            ["  straße: 文字(3)", "          ^^^^"],
        );
        check_mistake(
            "status: draft | placed | paid | shipped = drft",
            "drft",
            30,
            [
                "  …ed | paid | shipped = drft",
                "                         ^^^^",
            ],
        );
    }

    #[test]
    fn rows_align_and_give_way() {
        let row = Row {
            label: "availability".to_owned(),
            answer: "99.5".to_owned(),
            remark: "default".to_owned(),
            ..Row::default()
        };
        let text = |width| -> String {
            let line = row_line(&row, width);
            line.pieces.into_iter().map(|(_, text)| text).collect()
        };
        assert_eq!(text(80), "  availability       99.5  default");
        assert_eq!(text(30), "  availabil… 99.5  default");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn nothing_is_wider_than_the_screen(text in ".{0,120}", width in 20usize..90, start in 0usize..100) {
            let start = (start.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let prompt = Prompt {
                progress: text.clone(),
                ask: text.clone(),
                about: vec![
                    Block::Heading(text.clone()),
                    Block::Prose(text.clone()),
                    Block::Warning(text.clone()),
                    Block::Term(text.clone(), text.clone()),
                    Block::Row(Row { label: text.clone(), answer: text.clone(), remark: "default".to_owned(), ..Row::default() }),
                ],
                mistake: Some(Mistake { message: text.clone(), place: Some((text.clone(), start..text.len())), hint: Some(text.clone()) }),
                ..Prompt::default()
            };
            for line in question_lines(&prompt, width) {
                prop_assert!(line.width() <= width, "{} > {width}: {line:?}", line.width());
            }
        }

        #[test]
        fn wrapping_loses_no_word(text in "[a-z ]{0,80}", width in 20usize..90) {
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let long = words(&text).iter().any(|word| word.len() > width);
            prop_assume!(!long);
            prop_assert_eq!(words(&wrap(&text, width).join(" ")), words(&text));
        }
    }
}
