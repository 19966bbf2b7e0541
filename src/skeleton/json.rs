//! JSON that was written with templates: laid out anew, a member a line.

use crate::error::{Error, Result};

/// Lays out a JSON text as most tools do, with two blanks a level. What stands in it stays as it is and where it is; a comma behind
/// the last member of a list, which templates find easier to write, goes.
///
/// # Errors
/// The text is no JSON: a mistake in a skeleton.
pub(super) fn pretty(origin: &str, text: &str) -> Result<String> {
    let mut out = String::with_capacity(text.len() * 2);
    let mut level = 0_usize;
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            '{' | '[' | '}' | ']' | ',' | ':' => 1,
            _ => rest.find([',', '}', ']', ':']).unwrap_or(rest.len()),
        };
        let (token, behind) = rest.split_at(length);
        rest = behind.trim_start();
        match first {
            '{' | '[' => {
                out.push(first);
                if !rest.starts_with(['}', ']']) {
                    level += 1;
                    new_line(&mut out, level);
                }
            }
            '}' | ']' => {
                if !out.ends_with(['{', '[']) {
                    level = level.saturating_sub(1);
                    new_line(&mut out, level);
                }
                out.push(first);
            }
            ',' if rest.starts_with(['}', ']']) => {}
            ',' => {
                out.push(',');
                new_line(&mut out, level);
            }
            ':' => out.push_str(": "),
            _ => out.push_str(token.trim_end()),
        }
    }
    out.push('\n');
    match serde_json::from_str::<serde::de::IgnoredAny>(&out) {
        Ok(_) => Ok(out),
        Err(error) => Err(Error::failed(format!(
            "skeleton file `{origin}`: {error}: {}",
            out.lines()
                .nth(error.line().saturating_sub(1))
                .unwrap_or_default()
                .trim()
        ))),
    }
}

fn new_line(out: &mut String, level: usize) {
    out.push('\n');
    for _ in 0..level {
        out.push_str("  ");
    }
}

/// How many bytes the string at the beginning of a text takes, its quotes among them.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let laid = pretty("a.json", text).ok();
        assert_eq!(laid.as_deref(), expected, "{text}");
    }

    #[test]
    fn json_is_laid_out_a_member_a_line() {
        check("{}", Some("{}\n"));
        check("[ 1,2 , ]", Some("[\n  1,\n  2\n]\n"));
        check(
            r#"{"a":{"b" : [],}, "c":  null,}"#,
            Some("{\n  \"a\": {\n    \"b\": []\n  },\n  \"c\": null\n}\n"),
        );
        check(r#"["\",]\\", "}"]"#, Some("[\n  \"\\\",]\\\\\",\n  \"}\"\n]\n"));
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in ["", "{", "[1 2]", "{,}", "[1,,]", "\"", "{\"a\"}"] {
            check(text, None);
        }
    }

    #[test]
    fn laid_out_twice_it_stays() {
        let once = pretty("a", "{\"a\": [1, {\"b\": \"c\"}], \"d\": {}}").expect("JSON");
        assert_eq!(pretty("a", &once).ok(), Some(once));
    }
}
