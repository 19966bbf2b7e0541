//! Where the lines of a piece of Rust stand: how many brackets are open around them.

/// What is true at the beginning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::merge) struct At {
    /// Brackets of all kinds that are open.
    pub(in crate::merge) depth: usize,
    /// The line begins inside of a string or a comment.
    pub(in crate::merge) inside: bool,
}

/// Every line with what is true at its beginning. `None` where brackets do not match: the piece is no whole.
pub(in crate::merge) fn lines(text: &str) -> Option<Vec<(At, &str)>> {
    let mut scanner = Scanner {
        rest: text,
        depth: 0,
    };
    let mut lines = Vec::new();
    let mut offset = 0;
    let mut at = At {
        depth: 0,
        inside: false,
    };
    for line in text.split_inclusive('\n') {
        lines.push((at, line));
        offset += line.len();
        at = scanner.run_to(text.len() - offset)?;
    }
    (at.depth == 0 && !at.inside).then_some(lines)
}

struct Scanner<'a> {
    /// What was not read yet; a token that goes over the end of a line is read at once.
    rest: &'a str,
    depth: usize,
}

impl Scanner<'_> {
    /// Reads until at most `left` bytes are left.
    fn run_to(&mut self, left: usize) -> Option<At> {
        while self.rest.len() > left {
            let length = token(self.rest)?;
            match self.rest.as_bytes()[0] {
                b'(' | b'[' | b'{' => self.depth += 1,
                b')' | b']' | b'}' => self.depth = self.depth.checked_sub(1)?,
                _ => {}
            }
            self.rest = &self.rest[length..];
        }
        Some(At {
            depth: self.depth,
            inside: self.rest.len() < left,
        })
    }
}

/// The length of the token that a text begins with: a string, a comment, or one character.
fn token(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return block_comment(text);
    }
    if let Some(length) = raw_string(text) {
        return length;
    }
    let first = text.chars().next()?;
    match first {
        '"' => quoted(text, '"'),
        '\'' => Some(character(text)),
        // A prefix such as the `r` of `for"x"` is no prefix: words are read whole.
        _ if first.is_alphanumeric() || first == '_' => {
            let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
            let word = &text[..end.unwrap_or(text.len())];
            match word {
                "b" | "c" if text[1..].starts_with('"') => Some(1),
                _ => Some(word.len()),
            }
        }
        _ => Some(first.len_utf8()),
    }
}

fn block_comment(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut at = 0;
    loop {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return Some(at);
            }
        } else {
            at += rest.chars().next()?.len_utf8();
        }
    }
}

/// `Some(None)` is a raw string without an end.
fn raw_string(text: &str) -> Option<Option<usize>> {
    let after = ["br", "cr", "r"]
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let start = text.len() - body.len();
    Some(body.find(&end).map(|at| start + at + end.len()))
}

fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut characters = text.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => drop(characters.next()),
            _ if character == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// A character literal, or the `'` of a lifetime.
fn character(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    match characters.next() {
        Some((_, '\\')) => quoted(text, '\'').unwrap_or(1),
        Some(_) => match characters.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(usize, bool)]) {
        let lines = lines(text).expect("a whole");
        let found: Vec<_> = lines.iter().map(|(at, _)| (at.depth, at.inside)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn brackets_in_text_do_not_count() {
        check("f(\n);\n", &[(0, false), (1, false)]);
        check(
            "a(\"(\", '(', '\\'', b'{', b\"[\");\nb\n",
            &[(0, false), (0, false)],
        );
        check("r#\"\n{\"\"#;\nx\n", &[(0, false), (0, true), (0, false)]);
        check(
            "// {\n/* { /* } */ (\n*/ x\n",
            &[(0, false), (0, false), (0, true)],
        );
        check("fn f<'a>(x: &'a str) {\n}\n", &[(0, false), (1, false)]);
        check("\"a\\\"(\n\\\\\";\nx", &[(0, false), (0, true), (0, false)]);
        check("let ö = 'ö';\n", &[(0, false)]);
    }

    #[test]
    fn what_is_no_whole_is_told() {
        for text in ["}\n", "{\n", "\"\n", "/*\n", "r#\"\"\n", "x)\n(\n"] {
            assert_eq!(lines(text), None, "{text}");
        }
    }
}
