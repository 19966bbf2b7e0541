//! Mistakes shown under the text they stand in.

use unicode_width::UnicodeWidthStr;

use super::NotationError;

impl NotationError {
    /// The message, the line of `text` with the mistake underlined, and the hint:
    ///
    /// ```text
    /// `float` cannot hold every amount: 0.1 + 0.2 gives 0.30000000000000004
    ///   |
    ///   | price: float
    ///   |        ^^^^^
    ///   = write `decimal(12, 2)` for exact numbers
    /// ```
    ///
    /// `text` is the text that was parsed; where the mistake is not in it (the name given to [`parse_spec`](super::parse_spec))
    /// the line is left out.
    pub fn render(&self, text: &str) -> String {
        let mut rendered = self.message.clone();
        if let Some((line, start, end)) = self.line(text) {
            let before = line[..start].replace('\t', " ").width();
            let under = line[start..end].replace('\t', " ").width().max(1);
            let line = line.replace('\t', " ");
            rendered += &format!("\n  |\n  | {line}\n  | {:before$}{:^<under$}", "", "");
        }
        if let Some(hint) = &self.hint {
            rendered += &format!("\n  = {hint}");
        }
        rendered
    }

    /// The line the mistake starts in, and where in it the mistake starts and ends, in bytes.
    fn line<'a>(&self, text: &'a str) -> Option<(&'a str, usize, usize)> {
        if self.span == (0..0) {
            return None;
        }
        let before = text.get(..self.span.start)?;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[line_start..].lines().next().unwrap_or("");
        let start = (self.span.start - line_start).min(line.len());
        let end = self
            .span
            .end
            .saturating_sub(line_start)
            .clamp(start, line.len());
        line.is_char_boundary(end).then_some((line, start, end))
    }
}
