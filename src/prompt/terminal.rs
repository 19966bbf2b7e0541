//! A real terminal, through inquire: the only place that uses it.
//!
//! inquire knows neither blocks of text nor going back, so the screen is kept here: the answers so far, one line each, then the
//! question. Before each question the lines that no longer hold are erased; after each reply the whole question is. What stays is a
//! quiet list of answers, without traces of going back, explanations or mistakes. inquire draws only the line where the answer is
//! given, with an empty final state, so that it always leaves exactly one line.
//!
//! The terminal stays raw from the first question to the last: what is typed or pasted between two questions waits for the next one.

use std::io::Write;

use anstyle::{AnsiColor, Style};
use crossterm::cursor::MoveUp;
use crossterm::terminal::{Clear, ClearType};
use inquire::error::InquireError;
use inquire::ui::{Attributes, Color, RenderConfig, StyleSheet, Styled};
use inquire::{MultiSelect, Select, Text};

use super::layout::{self, Line, Look, truncate};
use super::raw::Raw;
use super::{Control, Opt, Prompt, Prompter, Reply, Row, read_typed};
use crate::context::READABLE_WIDTH;
use crate::error::{Error, Result};

/// Narrower screens are treated as if they had this many columns.
const NARROWEST: usize = 20;
/// Options shown at once, where the screen is high enough.
const LONGEST_PAGE: usize = 14;

const EXPLAIN: &str = "? Explain";
const LATER: &str = "… Decide later";

/// Asks in a terminal that can move its cursor. Draws on stderr.
pub struct TerminalPrompter {
    colour: bool,
    /// The history as it stands on the screen.
    shown: Vec<Line>,
    raw: Raw,
}

impl TerminalPrompter {
    /// Asks with or without colours and other attributes.
    pub fn new(colour: bool) -> TerminalPrompter {
        let mut raw = Raw::default();
        raw.hold();
        TerminalPrompter {
            colour,
            shown: Vec::new(),
            raw,
        }
    }

    /// Makes the screen show exactly `lines` above the question.
    fn show_history(&mut self, lines: Vec<Line>) -> std::io::Result<()> {
        let same = self
            .shown
            .iter()
            .zip(&lines)
            .take_while(|(old, new)| old == new)
            .count();
        erase(&self.shown[same..])?;
        self.print(&lines[same..])?;
        self.shown = lines;
        Ok(())
    }

    fn print(&self, lines: &[Line]) -> std::io::Result<()> {
        let mut output = std::io::stderr().lock();
        for line in lines {
            for (look, text) in &line.pieces {
                match self.style(*look) {
                    Some(style) => write!(output, "{style}{text}{style:#}")?,
                    None => write!(output, "{text}")?,
                }
            }
            // Raw, a line feed does not return.
            output.write_all(b"\r\n")?;
        }
        output.flush()
    }

    fn style(&self, look: Look) -> Option<Style> {
        let style = match look {
            Look::Plain => return None,
            Look::Dim => Style::new().dimmed(),
            Look::Bold => Style::new().bold(),
            Look::Progress => AnsiColor::Cyan.on_default(),
            Look::Wrong => AnsiColor::Red.on_default(),
        };
        self.colour.then_some(style)
    }

    fn reply(&self, prompt: &Prompt, size: Size) -> Result<Reply, InquireError> {
        match &prompt.control {
            Control::Text { initial, default } => {
                self.reply_text(prompt, initial, default.as_deref(), size)
            }
            Control::Select { options, cursor } => {
                self.reply_select(prompt, options, *cursor, size)
            }
            Control::Many { options, checked } => self.reply_many(prompt, options, checked, size),
        }
    }

    fn reply_text(
        &self,
        prompt: &Prompt,
        initial: &str,
        default: Option<&str>,
        size: Size,
    ) -> Result<Reply, InquireError> {
        let help = help(prompt, &["? explains", "later"], size);
        let mut text = Text::new("")
            .with_render_config(self.render_config())
            .with_formatter(&|_| String::new())
            .with_initial_value(initial);
        if let Some(default) = default {
            text = text.with_default(default);
        }
        if !help.is_empty() {
            text = text.with_help_message(&help);
        }
        text.prompt().map(|text| read_typed(&text, prompt))
    }

    fn reply_select(
        &self,
        prompt: &Prompt,
        options: &[Opt],
        cursor: usize,
        size: Size,
    ) -> Result<Reply, InquireError> {
        let labels = labels(prompt, options, size.width.saturating_sub(3));
        let help = help(prompt, &["↑↓ move", "Enter chooses"], size);
        let picked = Select::new("", labels)
            .with_render_config(self.list_config())
            .with_formatter(&|_| String::new())
            .with_starting_cursor(cursor)
            .with_page_size(size.page)
            .with_help_message(&help)
            .raw_prompt()?;
        Ok(match options.get(picked.index) {
            Some(option) => Reply::Answer(option.value.clone()),
            None => extra_reply(&picked.value),
        })
    }

    fn reply_many(
        &self,
        prompt: &Prompt,
        options: &[Opt],
        checked: &[usize],
        size: Size,
    ) -> Result<Reply, InquireError> {
        let labels = labels(prompt, options, size.width.saturating_sub(7));
        let help = help(prompt, &["Space toggles", "Enter accepts"], size);
        let picked = MultiSelect::new("", labels)
            .with_render_config(self.list_config())
            .with_formatter(&|_| String::new())
            .with_default(checked)
            .with_page_size(size.page)
            .with_help_message(&help)
            .raw_prompt()?;
        let extra = picked.iter().find(|option| option.index >= options.len());
        Ok(match extra {
            Some(extra) => extra_reply(&extra.value),
            None => Reply::Chosen(
                picked
                    .iter()
                    .map(|option| options[option.index].value.clone())
                    .collect(),
            ),
        })
    }

    /// In front of a list the line for typing is there only to filter it: it has no mark of its own.
    fn list_config(&self) -> RenderConfig<'static> {
        self.render_config().with_prompt_prefix(Styled::new(" "))
    }

    fn render_config(&self) -> RenderConfig<'static> {
        let plain = RenderConfig::empty()
            .with_prompt_prefix(Styled::new(">"))
            .with_answered_prompt_prefix(Styled::new(""))
            .with_canceled_prompt_indicator(Styled::new(""));
        if !self.colour {
            return plain;
        }
        let accent = StyleSheet::empty().with_fg(Color::LightCyan);
        plain
            .with_prompt_prefix(Styled::new(">").with_fg(Color::LightCyan))
            .with_highlighted_option_prefix(Styled::new(">").with_fg(Color::LightCyan))
            .with_selected_option(Some(accent))
            .with_selected_checkbox(Styled::new("[x]").with_fg(Color::LightGreen))
            .with_help_message(StyleSheet::empty().with_fg(Color::DarkGrey))
            .with_default_value(StyleSheet::empty().with_fg(Color::DarkGrey))
            .with_text_input(StyleSheet::empty().with_attr(Attributes::BOLD))
    }
}

impl Prompter for TerminalPrompter {
    fn ask(&mut self, history: &[Row], prompt: &Prompt) -> Result<Reply> {
        let width = Size::read().width;
        self.show_history(layout::history_lines(history, width))
            .map_err(cannot_draw)?;
        let mut lines = layout::question_lines(prompt, width);
        self.print(&lines).map_err(cannot_draw)?;
        let reply = self.reply(prompt, Size::beside(lines.len()));
        self.raw.hold();
        let reply = match reply {
            Ok(reply) => reply,
            Err(InquireError::OperationCanceled) => Reply::Back,
            Err(InquireError::OperationInterrupted) => {
                // The cursor stands on the help line, or below it: the question stays, the help goes.
                crossterm::execute!(std::io::stderr(), Clear(ClearType::FromCursorDown))
                    .map_err(cannot_draw)?;
                return Ok(Reply::Interrupt);
            }
            Err(error) => {
                return Err(Error::failed("cannot ask in this terminal")
                    .caused_by(error)
                    .hint("`--plain` asks line by line, without moving the cursor"));
            }
        };
        lines.push(Line::default());
        erase(&lines).map_err(cannot_draw)?;
        Ok(reply)
    }

    fn leave(&mut self, history: &[Row]) -> Result<()> {
        self.show_history(layout::history_lines(history, Size::read().width))
            .map_err(cannot_draw)?;
        self.raw.release();
        Ok(())
    }
}

/// The room on the screen.
#[derive(Debug, Clone, Copy)]
struct Size {
    /// Columns of the screen.
    columns: usize,
    /// Columns that are written at most.
    width: usize,
    /// Options shown at once.
    page: usize,
}

impl Size {
    fn read() -> Size {
        Size::beside(0)
    }

    /// The room left beside `lines` lines of a question.
    fn beside(lines: usize) -> Size {
        let (columns, rows) = match crossterm::terminal::size() {
            Ok((columns, rows)) if columns > 0 => (usize::from(columns), usize::from(rows)),
            _ => (READABLE_WIDTH, 24),
        };
        Size {
            columns,
            // The last column stays empty: some terminals move to the next line when it is written.
            width: columns.saturating_sub(1).clamp(NARROWEST, 100),
            page: rows.saturating_sub(lines + 3).clamp(4, LONGEST_PAGE),
        }
    }
}

/// Erases these lines above the cursor. A terminal that became narrower has broken them into more.
fn erase(lines: &[Line]) -> std::io::Result<()> {
    let columns = Size::read().columns;
    let rows: usize = lines
        .iter()
        .map(|line| line.width().div_ceil(columns).max(1))
        .sum();
    if rows == 0 {
        return Ok(());
    }
    let rows = u16::try_from(rows).unwrap_or(u16::MAX);
    crossterm::execute!(
        std::io::stderr(),
        MoveUp(rows),
        Clear(ClearType::FromCursorDown)
    )
}

/// The options as shown, then what every question offers.
fn labels(prompt: &Prompt, options: &[Opt], width: usize) -> Vec<String> {
    let mut labels: Vec<String> = options
        .iter()
        .map(|option| truncate(&option.label, width))
        .collect();
    if prompt.can_explain {
        labels.push(EXPLAIN.to_owned());
    }
    if prompt.can_defer {
        labels.push(LATER.to_owned());
    }
    labels
}

fn extra_reply(label: &str) -> Reply {
    if label == EXPLAIN {
        Reply::Explain
    } else {
        Reply::Later
    }
}

/// The help line: the form of the answer where there is room for it, the keys, and that Esc goes back.
fn help(prompt: &Prompt, keys: &[&str; 2], size: Size) -> String {
    let text = matches!(prompt.control, Control::Text { .. });
    let mut pieces: Vec<&str> = keys
        .iter()
        .zip([prompt.can_explain, prompt.can_defer])
        .filter(|(_, offered)| *offered || !text)
        .map(|(key, _)| *key)
        .collect();
    pieces.push("Esc back");
    let commands = pieces.join(" · ");
    // inquire puts brackets around it.
    layout::joined(&prompt.hint, &commands, size.width.saturating_sub(2))
}

fn cannot_draw(error: std::io::Error) -> Error {
    Error::failed("cannot write to the terminal").caused_by(error)
}
