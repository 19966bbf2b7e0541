//! Replies decided beforehand, for tests: what was asked is written down as a transcript.

use std::collections::VecDeque;

use super::layout::{self, Line};
use super::{Control, Prompt, Prompter, Reply, Row};
use crate::context::READABLE_WIDTH;
use crate::error::Result;

/// Gives replies from a list. When the list is at its end, it interrupts.
#[derive(Debug, Default)]
pub struct ScriptPrompter {
    replies: VecDeque<Reply>,
    transcript: String,
}

impl ScriptPrompter {
    /// Will reply with these, in order.
    pub fn new(replies: impl IntoIterator<Item = Reply>) -> ScriptPrompter {
        ScriptPrompter {
            replies: replies.into_iter().collect(),
            transcript: String::new(),
        }
    }

    /// Everything asked and replied so far.
    pub fn transcript(&self) -> &str {
        &self.transcript
    }

    /// How many replies nobody asked for.
    pub fn left(&self) -> usize {
        self.replies.len()
    }

    fn write(&mut self, line: &str) {
        self.transcript.push_str(line.trim_end());
        self.transcript.push('\n');
    }
}

impl Prompter for ScriptPrompter {
    fn ask(&mut self, _history: &[Row], prompt: &Prompt) -> Result<Reply> {
        let lines = layout::question_lines(prompt, READABLE_WIDTH);
        for line in lines {
            self.write(&text_of(line));
        }
        for line in control_lines(&prompt.control) {
            self.write(&line);
        }
        let reply = self.replies.pop_front().unwrap_or(Reply::Interrupt);
        self.write(&match &reply {
            Reply::Answer(text) => format!("> {text}"),
            Reply::Chosen(values) => format!("> [{}]", values.join(", ")),
            other => format!("> {other:?}").to_lowercase(),
        });
        Ok(reply)
    }

    fn leave(&mut self, history: &[Row]) -> Result<()> {
        for line in layout::history_lines(history, READABLE_WIDTH) {
            self.write(&text_of(line));
        }
        Ok(())
    }
}

fn text_of(line: Line) -> String {
    line.pieces.into_iter().map(|(_, text)| text).collect()
}

fn control_lines(control: &Control) -> Vec<String> {
    match control {
        Control::Text { initial, default } => {
            let mut line = String::new();
            if !initial.is_empty() {
                line.push_str(&format!("  [{initial}]"));
            }
            if let Some(default) = default {
                line.push_str(&format!("  ({default})"));
            }
            if line.is_empty() {
                Vec::new()
            } else {
                vec![line]
            }
        }
        Control::Select { options, cursor } => options
            .iter()
            .enumerate()
            .map(|(index, option)| {
                let mark = if index == *cursor { '>' } else { ' ' };
                format!("  {mark} {}", option.label)
            })
            .collect(),
        Control::Many { options, checked } => options
            .iter()
            .enumerate()
            .map(|(index, option)| {
                let mark = if checked.contains(&index) { 'x' } else { ' ' };
                format!("  [{mark}] {}", option.label)
            })
            .collect(),
    }
}
