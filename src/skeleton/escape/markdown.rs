//! User text in Markdown.

use super::one_line;

/// Markdown that renders as the words typed: no markup, no HTML, one line.
pub(super) fn markdown(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let escape = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '{' | '}' | '&' => true,
            // Inside a word an underscore is plain text.
            '_' => {
                let before = text[..at]
                    .chars()
                    .next_back()
                    .is_some_and(char::is_alphanumeric);
                let after = text[at + 1..]
                    .chars()
                    .next()
                    .is_some_and(char::is_alphanumeric);
                !(before && after)
            }
            // What would become a link by itself: `https://…`, `www.…`, an address.
            ':' if text[at + 1..].starts_with("//") => true,
            '.' if text[..at].ends_with("www") => true,
            '@' => {
                let before = text[..at].chars().next_back();
                before.is_some_and(char::is_alphanumeric)
            }
            // What would start a block: a heading, a rule, a list (`1.` too).
            '#' | '+' | '-' | '=' | ':' => at == 0,
            '.' | ')' => {
                let ends = text[at + 1..].chars().next().is_none_or(|next| next == ' ');
                ends && at > 0 && text[..at].chars().all(|c| c.is_ascii_digit())
            }
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Markdown inside a cell of a table. An entity rather than `\|`: behind a backslash that was typed, parsers disagree about the latter.
pub(super) fn cell(text: &str) -> String {
    markdown(text).replace("\\|", "&#124;")
}

/// A code span that shows the text as typed: fenced by more backticks than any run in it has.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text);
    if text.is_empty() {
        return text;
    }
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A code span inside a cell of a table. Where a backslash stands before a `|`, no code span shows both in every parser: plain text.
pub(super) fn code_cell(text: &str) -> String {
    let line = one_line(text);
    if line.contains("\\|") {
        return cell(&line);
    }
    code(&line).replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_shows_as_typed() {
        assert_eq!(markdown("a_b _c_ 1. x"), "a_b \\_c\\_ 1. x");
        assert_eq!(markdown("1. x"), "1\\. x");
        assert_eq!(markdown("99.5"), "99.5");
        assert_eq!(markdown("https://a.b"), "https\\://a.b");
        assert_eq!(markdown("@ada a@b.c www.x"), "@ada a\\@b.c www\\.x");
        assert_eq!(markdown("1."), "1\\.");
        assert_eq!(cell("a|b \\| c"), "a&#124;b \\\\&#124; c");
    }

    #[test]
    fn code_spans_hold_any_text() {
        let check = |text: &str, span: &str, in_cell: &str| {
            assert_eq!(code(text), span);
            assert_eq!(code_cell(text), in_cell);
        };
        check("money(EUR) >= 0", "`money(EUR) >= 0`", "`money(EUR) >= 0`");
        check("a | b", "`a | b`", "`a \\| b`");
        check("`", "`` ` ``", "`` ` ``");
        check("a``b", "```a``b```", "```a``b```");
        check("/a\\|b/", "`/a\\|b/`", "/a\\\\&#124;b/");
        check(" \n ", "", "");
    }
}
