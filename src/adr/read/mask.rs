//! What a reader of the rendered page does not take for text of the record, blanked out in place.
//!
//! The masked text has the length of the original: each hidden byte is a space. Offsets in one are offsets in the other.

use std::ops::Range;

use super::words;

/// The markup of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    Markdown,
    AsciiDoc,
}

/// Hides code, comments and quotes of `text` from `start` on, and everything before.
pub(super) fn mask(text: &str, start: usize, markup: Markup) -> Masked {
    let mut hidden = Hidden::default();
    hidden.all.push(0..start);
    match markup {
        Markup::Markdown => Markdown::default().hide(text, start, &mut hidden),
        Markup::AsciiDoc => hide_asciidoc(text, start, &mut hidden),
    }
    Masked {
        text: blank(text, &hidden.all),
        comments: hidden.comments,
    }
}

/// A text of which parts are hidden.
pub(super) struct Masked {
    /// As long as the original.
    pub(super) text: String,
    /// The comments with their signs.
    pub(super) comments: Vec<Range<usize>>,
}

#[derive(Default)]
struct Hidden {
    all: Vec<Range<usize>>,
    comments: Vec<Range<usize>>,
}

/// The lines of a text from `start` on: where each begins, and where it ends without line end.
pub(super) fn lines(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = start;
    text[start..].split_inclusive('\n').map(move |line| {
        let begin = at;
        at += line.len();
        begin..begin + line.trim_end_matches(['\n', '\r']).len()
    })
}

fn blank(text: &str, hidden: &[Range<usize>]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for range in hidden {
        if range.end <= at {
            continue;
        }
        let begin = range.start.max(at);
        masked.push_str(&text[at..begin]);
        for byte in text[begin..range.end].bytes() {
            masked.push(match byte {
                b'\n' => '\n',
                b'\r' => '\r',
                _ => ' ',
            });
        }
        at = range.end;
    }
    masked.push_str(&text[at..]);
    masked
}

/// Where in the document the line is.
#[derive(Default)]
struct Markdown {
    /// The fence that is open: its sign and length.
    fence: Option<(u8, usize)>,
    /// An indented line here is code: there is no list it could belong to.
    in_list: bool,
    /// The line before is blank or indented code.
    may_indent: bool,
    /// A section has begun: from here on a quote is a quote.
    in_sections: bool,
}

impl Markdown {
    fn hide(mut self, text: &str, start: usize, hidden: &mut Hidden) {
        self.may_indent = true;
        let mut comment_until = start;
        for line in lines(text, start) {
            if line.end <= comment_until && line.start < comment_until {
                continue;
            }
            let begin = line.start.max(comment_until.min(line.end));
            if self.is_code(&text[begin..line.end]) {
                hidden.all.push(line);
                continue;
            }
            if let Some(end) = hide_comments(text, begin..line.end, hidden) {
                comment_until = end;
            }
            self.hide_quote(text, begin..line.end, hidden);
        }
    }

    fn is_code(&mut self, line: &str) -> bool {
        let body = line.trim_start();
        let indent = line.len() - body.len();
        let run = fence_length(body);
        if let Some((sign, length)) = self.fence {
            let closes =
                run >= length && body.starts_with(sign as char) && body[run..].trim().is_empty();
            if closes {
                self.fence = None;
            }
            return true;
        }
        if run >= 3
            && (indent < 4 || self.in_list)
            && !(body.starts_with('`') && body[run..].contains('`'))
        {
            self.fence = Some((body.as_bytes()[0], run));
            return true;
        }
        self.is_indented_code(body, indent)
    }

    fn is_indented_code(&mut self, body: &str, indent: usize) -> bool {
        if body.is_empty() {
            self.may_indent = true;
            return false;
        }
        let is_item = item_marker(body).is_some();
        let indented = indent >= 4 || body.len() < body.trim_start_matches('\t').len();
        if indented && self.may_indent && !self.in_list {
            return true;
        }
        if is_item {
            self.in_list = true;
        } else if indent == 0 && self.may_indent {
            self.in_list = false;
        }
        self.may_indent = false;
        if body.starts_with("## ") {
            self.in_sections = true;
        }
        false
    }

    /// A quote is not the record's own word, except for the head of a record that some people set as a quote.
    fn hide_quote(&self, text: &str, line: Range<usize>, hidden: &mut Hidden) {
        let body = text[line.clone()].trim_start();
        if !body.starts_with('>') {
            return;
        }
        let quoted = body.trim_start_matches(['>', ' ']);
        let mark = line.end - quoted.len();
        let label = quoted
            .trim_start_matches(['*', '_', '-', ' '])
            .split([':', '：', '*'])
            .next()
            .unwrap_or_default();
        let is_head = !self.in_sections && words::is_label(label.trim().to_lowercase().as_str());
        hidden
            .all
            .push(line.start..if is_head { mark } else { line.end });
    }
}

/// How long the run of fence signs at the beginning is.
fn fence_length(body: &str) -> usize {
    match body.bytes().next() {
        Some(sign @ (b'`' | b'~')) => body.bytes().take_while(|byte| *byte == sign).count(),
        _ => 0,
    }
}

/// The length of the marker of a list entry with the spaces behind it.
pub(super) fn item_marker(body: &str) -> Option<usize> {
    let mark = match body.bytes().next()? {
        b'-' | b'*' | b'+' => 1,
        b'0'..=b'9' => {
            let digits = body.bytes().take_while(u8::is_ascii_digit).count();
            matches!(body.as_bytes().get(digits), Some(b'.' | b')')).then_some(digits + 1)?
        }
        _ => return None,
    };
    let rest = &body[mark..];
    let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    (spaces > 0 || rest.is_empty()).then_some(mark + spaces)
}

/// Hides the comments that begin in a line; the end of the last, if it lies beyond the line.
fn hide_comments(text: &str, line: Range<usize>, hidden: &mut Hidden) -> Option<usize> {
    let mut at = line.start;
    while let Some(begin) = comment_start(text, at..line.end) {
        let is_block = text[line.start..begin].trim().is_empty();
        let end = match text[begin + 4..].find("-->") {
            Some(length) => begin + 4 + length + 3,
            // A comment that opens a block runs to the end of the file, one within a line is text.
            None if is_block => text.len(),
            None => return None,
        };
        hidden.comments.push(begin..end);
        hidden.all.push(begin..end);
        if end > line.end {
            return Some(end);
        }
        at = end;
    }
    None
}

/// Where the first `<!--` of a stretch is that is not in a code span.
fn comment_start(text: &str, stretch: Range<usize>) -> Option<usize> {
    let mut at = stretch.start;
    while at < stretch.end {
        let rest = &text[at..stretch.end];
        if rest.starts_with("<!--") {
            return Some(at);
        }
        let next = rest.find(['`', '<'])?;
        if next > 0 {
            at += next;
            continue;
        }
        let run = rest.len() - rest.trim_start_matches('`').len();
        let closing = (run > 0)
            .then(|| rest[run..].find(&rest[..run]))
            .flatten()
            .map_or(0, |length| length + run);
        at += run.max(1) + closing;
    }
    None
}

fn hide_asciidoc(text: &str, start: usize, hidden: &mut Hidden) {
    let mut open: Option<&str> = None;
    for line in lines(text, start) {
        let body = text[line.clone()].trim_end();
        if let Some(delimiter) = open {
            if body == delimiter {
                open = None;
            }
            hidden.all.push(line);
        } else if is_asciidoc_delimiter(body) {
            open = Some(body);
            hidden.all.push(line);
        } else if body.starts_with("//") {
            hidden.comments.push(line.clone());
            hidden.all.push(line);
        }
    }
}

fn is_asciidoc_delimiter(body: &str) -> bool {
    let Some(sign) = body.chars().next() else {
        return false;
    };
    matches!(sign, '-' | '.' | '/' | '_' | '+' | '*')
        && body.len() >= 4
        && body.chars().all(|c| c == sign)
}
