//! Finds comments in a piece of TOML, and source places of characters in strings.

use std::ops::Range;

/// The comments in a piece of TOML that parses, without their line ends.
pub(super) fn comments(toml: &str) -> Vec<Range<usize>> {
    let mut comments = Vec::new();
    let mut at = 0;
    while at < toml.len() {
        let rest = &toml[at..];
        if rest.starts_with('#') {
            let length = rest.find('\n').unwrap_or(rest.len());
            let comment = rest[..length].trim_end();
            comments.push(at..at + comment.len());
            at += length;
        } else {
            at += string_length(rest).unwrap_or_else(|| character_length(rest));
        }
    }
    comments
}

/// The length of the string that `toml` starts with.
fn string_length(toml: &str) -> Option<usize> {
    for (quote, escapes) in [("\"\"\"", true), ("'''", false), ("\"", true), ("'", false)] {
        let Some(inside) = toml.strip_prefix(quote) else {
            continue;
        };
        let mut at = 0;
        while at < inside.len() {
            let rest = &inside[at..];
            if escapes && rest.starts_with('\\') {
                at += 1 + character_length(&rest[1..]);
            } else if rest.starts_with(quote) {
                // Up to two quotes may stand in front of the three that close a string over several lines.
                let more = if quote.len() == 3 {
                    let extra = rest[3..]
                        .bytes()
                        .take_while(|byte| *byte == quote.as_bytes()[0]);
                    extra.count().min(2)
                } else {
                    0
                };
                return Some(quote.len() + at + quote.len() + more);
            } else {
                at += character_length(rest);
            }
        }
        return Some(toml.len());
    }
    None
}

fn character_length(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

/// Where the byte `at` of a string's content stands in its source text, quotes and escapes counted.
pub(super) fn source_position(source: &str, at: usize) -> usize {
    let quote = ["\"\"\"", "'''", "\"", "'"]
        .into_iter()
        .find(|quote| source.starts_with(quote))
        .unwrap_or_default();
    let mut position = quote.len();
    if quote.len() == 3 {
        let inside = &source[position..];
        position += inside.len() - without_line_break(inside).len();
    }
    let mut content = 0;
    while content < at && position < source.len() {
        let rest = &source[position..];
        let (length, stands_for) = match rest.strip_prefix('\\') {
            Some(escape) if quote.starts_with('"') => escaped(escape),
            _ => (character_length(rest), character_length(rest)),
        };
        position += length;
        content += stands_for;
    }
    position.min(source.len())
}

fn without_line_break(text: &str) -> &str {
    let after = text.strip_prefix('\r').unwrap_or(text);
    after.strip_prefix('\n').unwrap_or(text)
}

/// The length of an escape with its backslash, and of what it stands for; `escape` starts behind the backslash.
fn escaped(escape: &str) -> (usize, usize) {
    let digits = match escape.chars().next() {
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        // A line break that is left out together with the blanks behind it.
        Some(blank) if blank.is_whitespace() => {
            return (1 + escape.len() - escape.trim_start().len(), 0);
        }
        first => return (1 + first.map_or(0, char::len_utf8), 1),
    };
    let character = escape
        .get(1..=digits)
        .and_then(|code| u32::from_str_radix(code, 16).ok())
        .and_then(char::from_u32);
    (2 + digits, character.map_or(1, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_comments(toml: &str, expect: &[&str]) {
        let found: Vec<&str> = comments(toml).into_iter().map(|at| &toml[at]).collect();
        assert_eq!(found, expect, "{toml}");
    }

    #[test]
    fn comments_are_told_from_strings() {
        check_comments("a = 1 # one\r\n# two", &["# one", "# two"]);
        check_comments(r##"a = "# no \" # no" # yes"##, &["# yes"]);
        check_comments("a = '# no' # yes\n", &["# yes"]);
        check_comments("a = \"\"\"# no\n\" # no\"\"\"\" # yes", &["# yes"]);
        check_comments(
            "[ # one\n 'a', # two\n # drei ✓\n]",
            &["# one", "# two", "# drei ✓"],
        );
    }

    /// `content` is what the string holds; the byte `at` of it must be found at the first `expect` of the source.
    fn check_position(source: &str, at: usize, expect: &str) {
        let position = source_position(source, at);
        assert_eq!(
            &source[position..position + expect.len()],
            expect,
            "{source}"
        );
    }

    #[test]
    fn places_in_strings_are_found_behind_escapes() {
        check_position(r#""abcX""#, 3, "X");
        check_position("'abcX'", 3, "X");
        check_position(r#""a\"b\u00e9X""#, 5, "X");
        check_position("\"\"\"\r\nabX\"\"\"", 2, "X");
        check_position("\"\"\"a\\\n   bX\"\"\"", 2, "X");
        check_position(r"'a\bX'", 3, "X");
        check_position(r#""ab""#, 2, "\"");
        check_position(r#""ab""#, 9, "");
    }
}
