//! One line after the other, without moving the cursor and without colour: for screen readers, dumb terminals and pipes.

use std::io::{BufRead, Write};

use super::layout::{self, truncate};
use super::{Block, Control, Mistake, Opt, Prompt, Prompter, Reply, Row, read_typed};
use crate::context::READABLE_WIDTH;
use crate::error::{Error, Result};

/// Asks in numbered lists, reads lines. The end of the input interrupts.
pub struct PlainPrompter<R, W> {
    input: R,
    output: W,
    /// The answers when the question before was asked.
    known: Vec<Row>,
}

impl<R: BufRead, W: Write> PlainPrompter<R, W> {
    /// Reads answers from `input`, writes questions to `output`.
    pub fn new(input: R, output: W) -> PlainPrompter<R, W> {
        PlainPrompter {
            input,
            output,
            known: Vec::new(),
        }
    }

    fn say(&mut self, line: &str) -> Result<()> {
        writeln!(self.output, "{line}").map_err(cannot_write)
    }

    fn say_wrapped(&mut self, first: &str, text: &str) -> Result<()> {
        for line in layout::wrap(&format!("{first}{text}"), READABLE_WIDTH) {
            self.say(&line)?;
        }
        Ok(())
    }

    fn say_block(&mut self, block: &Block) -> Result<()> {
        match block {
            Block::Heading(text) => {
                self.say("")?;
                self.say_wrapped("", text)
            }
            Block::Prose(text) | Block::Statement(text) => self.say_wrapped("", text),
            Block::Warning(text) => self.say_wrapped("Warning: ", text),
            Block::Term(term, text) => self.say_wrapped(&format!("{term}: "), text),
            Block::Row(row) => {
                let remark = match row.remark.as_str() {
                    "" => String::new(),
                    remark => format!(" ({remark})"),
                };
                self.say_wrapped("", &format!("{}: {}{remark}", row.label, row.answer))
            }
        }
    }

    fn say_mistake(&mut self, mistake: &Mistake) -> Result<()> {
        self.say_wrapped("Error: ", &mistake.message)?;
        if let Some((text, span)) = &mistake.place {
            let column = text.get(..span.start).unwrap_or(text).chars().count() + 1;
            let wrong = truncate(text.get(span.clone()).unwrap_or(""), READABLE_WIDTH);
            let place = match wrong.as_str() {
                "" => format!("at character {column}"),
                wrong => format!("at character {column}: {wrong}"),
            };
            self.say_wrapped("", &place)?;
        }
        match &mistake.hint {
            Some(hint) => self.say_wrapped("", hint),
            None => Ok(()),
        }
    }

    /// What was answered just now, so that an accepted default is heard.
    fn tell(&mut self, history: &[Row]) -> Result<()> {
        if let Some((row, before)) = history.split_last()
            && before == self.known
        {
            self.say_wrapped("", &format!("Answered: {}: {}", row.label, row.answer))?;
        }
        self.known = history.to_vec();
        Ok(())
    }

    fn say_question(&mut self, prompt: &Prompt) -> Result<()> {
        self.say("")?;
        if !prompt.progress.is_empty() {
            self.say_wrapped("", &prompt.progress)?;
        }
        self.say_wrapped("", &prompt.ask)?;
        for block in &prompt.about {
            self.say_block(block)?;
        }
        if let Control::Select { options, .. } | Control::Many { options, .. } = &prompt.control {
            for (index, option) in options.iter().enumerate() {
                self.say_wrapped(&format!("{}. ", index + 1), &option.label)?;
            }
        }
        self.say_wrapped("", &commands(prompt))
    }

    /// One line, without its end; `None` at the end of the input.
    fn read_line(&mut self) -> Result<Option<String>> {
        write!(self.output, "> ").map_err(cannot_write)?;
        self.output.flush().map_err(cannot_write)?;
        let mut line = Vec::new();
        let length = self
            .input
            .read_until(b'\n', &mut line)
            .map_err(|error| Error::failed("cannot read the answer").caused_by(error))?;
        if length == 0 {
            self.say("")?;
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        Ok(Some(line.trim_end_matches(['\n', '\r']).to_owned()))
    }
}

impl<R: BufRead, W: Write> Prompter for PlainPrompter<R, W> {
    fn ask(&mut self, history: &[Row], prompt: &Prompt) -> Result<Reply> {
        self.tell(history)?;
        match &prompt.mistake {
            // The question was read out already; only what was wrong is new.
            Some(mistake) => self.say_mistake(mistake)?,
            None => self.say_question(prompt)?,
        }
        loop {
            let Some(line) = self.read_line()? else {
                return Ok(Reply::Interrupt);
            };
            match line.trim() {
                "back" => return Ok(Reply::Back),
                "quit" => return Ok(Reply::Quit),
                _ => {}
            }
            match understand(&line, prompt) {
                Ok(reply) => return Ok(reply),
                Err(message) => self.say_wrapped("Error: ", &message)?,
            }
        }
    }
    fn leave(&mut self, history: &[Row]) -> Result<()> {
        // Each answer was told in its turn.
        self.known = history.to_vec();
        Ok(())
    }
}

/// The line that says what can be typed.
fn commands(prompt: &Prompt) -> String {
    let empty = match &prompt.control {
        Control::Text { initial, .. } if !initial.is_empty() => {
            format!("Enter for {initial}, none for an empty answer")
        }
        Control::Text {
            default: Some(default),
            ..
        } => format!("Enter for {default}"),
        Control::Text { .. } => String::new(),
        Control::Select { cursor, .. } => format!("a number, Enter for {}", cursor + 1),
        Control::Many { checked, .. } if checked.is_empty() => {
            "numbers with blanks between them, Enter for none".to_owned()
        }
        Control::Many { checked, .. } => {
            let numbers: Vec<String> = checked
                .iter()
                .map(|index| (index + 1).to_string())
                .collect();
            format!(
                "numbers with blanks between them, none for nothing, Enter for {}",
                numbers.join(" ")
            )
        }
    };
    let mut words = vec![prompt.hint.as_str(), &empty];
    if prompt.can_explain {
        words.push("? to explain");
    }
    if prompt.can_defer {
        words.push("later to decide later");
    }
    words.extend(["back", "quit"]);
    words.retain(|word| !word.is_empty());
    format!("({})", words.join(", "))
}

fn understand(line: &str, prompt: &Prompt) -> Result<Reply, String> {
    let reply = read_typed(line, prompt);
    let Reply::Answer(text) = reply else {
        return Ok(reply);
    };
    match &prompt.control {
        Control::Text { initial, .. } if text.trim().is_empty() => {
            Ok(Reply::Answer(initial.clone()))
        }
        Control::Text { initial, .. } if !initial.is_empty() && text.trim() == "none" => {
            Ok(Reply::Answer(String::new()))
        }
        Control::Text { .. } => Ok(Reply::Answer(text)),
        Control::Select { options, cursor } if text.trim().is_empty() => {
            Ok(Reply::Answer(options[*cursor].value.clone()))
        }
        Control::Select { options, .. } => Ok(Reply::Answer(pick(&text, options)?)),
        Control::Many { options, checked } if text.trim().is_empty() => Ok(Reply::Chosen(
            checked
                .iter()
                .map(|index| options[*index].value.clone())
                .collect(),
        )),
        Control::Many { .. } if text.trim() == "none" => Ok(Reply::Chosen(Vec::new())),
        Control::Many { options, .. } => text
            .split([',', ' '])
            .filter(|word| !word.is_empty())
            .map(|word| pick(word, options))
            .collect::<Result<Vec<_>, _>>()
            .map(Reply::Chosen),
    }
}

/// The option that a number or its own word names.
fn pick(text: &str, options: &[Opt]) -> Result<String, String> {
    let text = text.trim();
    let by_number = text
        .parse::<usize>()
        .ok()
        .and_then(|number| options.get(number.checked_sub(1)?));
    by_number
        .or_else(|| options.iter().find(|option| option.value == text))
        .map(|option| option.value.clone())
        .ok_or_else(|| {
            format!(
                "`{}` is none of the options: type a number from 1 to {}",
                truncate(text, 40),
                options.len()
            )
        })
}

fn cannot_write(error: std::io::Error) -> Error {
    Error::failed("cannot write the question").caused_by(error)
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::*;

    /// Asks `prompt` once, with `input` typed: what was said, and the reply.
    fn check(prompt: &Prompt, input: &str) -> (String, Reply) {
        let mut output = Vec::new();
        let reply = PlainPrompter::new(input.as_bytes(), &mut output)
            .ask(&[], prompt)
            .expect("memory can be written");
        (String::from_utf8(output).expect("text"), reply)
    }

    fn text(initial: &str) -> Prompt {
        Prompt {
            ask: "Its name?".to_owned(),
            control: Control::Text {
                initial: initial.to_owned(),
                default: None,
            },
            can_explain: true,
            can_defer: true,
            ..Prompt::default()
        }
    }

    fn many(checked: &[usize]) -> Prompt {
        Prompt {
            ask: "Which?".to_owned(),
            control: Control::Many {
                options: vec![Opt::new("a", "first"), Opt::new("b", "second")],
                checked: checked.to_vec(),
            },
            ..Prompt::default()
        }
    }

    #[test]
    fn words_and_lines_become_replies() {
        let answer = |text: &str| Reply::Answer(text.to_owned());
        for (prompt, input, expect) in [
            (text(""), "Order\r\n", answer("Order")),
            (text("Order"), "\n", answer("Order")),
            (text("Order"), "none\n", answer("")),
            (text(""), "none\n", answer("none")),
            (text(""), "?\n", Reply::Explain),
            (text(""), "later\n", Reply::Later),
            (text(""), "\\back\n", answer("back")),
            (text(""), "back\n", Reply::Back),
            (text(""), "quit\n", Reply::Quit),
            (text(""), "", Reply::Interrupt),
        ] {
            assert_eq!(check(&prompt, input).1, expect, "{input:?}");
        }
    }

    #[test]
    fn several_are_chosen_by_number_or_word() {
        let chosen =
            |values: &[&str]| Reply::Chosen(values.iter().map(|it| (*it).to_owned()).collect());
        for (checked, input, expect) in [
            (&[][..], "\n", chosen(&[])),
            (&[1], "\n", chosen(&["b"])),
            (&[1], "none\n", chosen(&[])),
            (&[], "2 1\n", chosen(&["b", "a"])),
            (&[], "a, 2\n", chosen(&["a", "b"])),
            (&[], "3\n0\nb\n", chosen(&["b"])),
        ] {
            assert_eq!(check(&many(checked), input).1, expect, "{input:?}");
        }
    }

    #[test]
    fn a_mistake_is_told_with_its_place_in_words() {
        let prompt = Prompt {
            mistake: Some(Mistake {
                message: "`strng` is not a type".to_owned(),
                place: Some(("größe: strng".to_owned(), 9..14)),
                hint: Some("did you mean `string`?".to_owned()),
            }),
            ..text("")
        };
        let (told, _) = check(&prompt, "");
        snapbox::assert_data_eq!(
            told,
            str![[r#"
Error: `strng` is not a type
at character 8: strng
did you mean `string`?
> 

"#]]
        );
    }
}
