//! Which tables a script makes and takes away.

use std::ops::Range;

/// What a script does to a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It is there from now on; where its name stands.
    Created(String, Range<usize>),
    /// It is gone.
    Dropped(String),
    /// It has another name.
    Renamed(String, String, Range<usize>),
}

/// Reads a script. Comments, texts and what stands in brackets say nothing about tables.
pub(super) fn steps(text: &str) -> Vec<Step> {
    let words = words(text);
    let mut steps = Vec::new();
    for statement in words.split(|word| word.text == ";") {
        let is = |at: usize, word: &str| {
            let found = statement.get(at);
            found.is_some_and(|found| found.text.eq_ignore_ascii_case(word))
        };
        let table = match () {
            () if is(0, "CREATE") && is(1, "TABLE") => 2,
            () if is(0, "CREATE") && (is(1, "TEMP") || is(1, "TEMPORARY") || is(1, "VIRTUAL")) => {
                continue;
            }
            () if (is(0, "DROP") || is(0, "ALTER")) && is(1, "TABLE") => 2,
            () => continue,
        };
        let skipped = match () {
            () if is(table, "IF") && is(table + 1, "NOT") => 3,
            () if is(table, "IF") => 2,
            () => 0,
        };
        let Some(name) = statement.get(table + skipped) else {
            continue;
        };
        let rest = table + skipped + 1;
        let new_name = statement.get(rest + 2);
        match new_name {
            _ if is(0, "CREATE") => steps.push(Step::Created(name.bare(), name.span.clone())),
            _ if is(0, "DROP") => steps.push(Step::Dropped(name.bare())),
            Some(new) if is(rest, "RENAME") && is(rest + 1, "TO") => {
                steps.push(Step::Renamed(name.bare(), new.bare(), new.span.clone()));
            }
            _ => {}
        }
    }
    steps
}

/// A word, a quoted name, or `;`.
struct Word<'a> {
    text: &'a str,
    span: Range<usize>,
}

impl Word<'_> {
    /// The name without quotes and without the schema before it.
    fn bare(&self) -> String {
        let name = self.text.rsplit('.').next().unwrap_or(self.text);
        name.trim_matches(['"', '`']).to_lowercase()
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let until = |end: &str, from: usize| {
            rest[from..]
                .find(end)
                .map_or(rest.len(), |found| from + found + end.len())
        };
        let is_name = |c: char| c.is_alphanumeric() || "_.\"`".contains(c);
        let length = match first {
            '-' if rest.starts_with("--") => until("\n", 2),
            '/' if rest.starts_with("/*") => until("*/", 2),
            '\'' => until("'", 1),
            '(' | ')' => {
                depth = match first {
                    '(' => depth + 1,
                    _ => depth.saturating_sub(1),
                };
                1
            }
            ';' => 1,
            _ if is_name(first) => rest.find(|c| !is_name(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let counts = depth == 0 && (first == ';' || is_name(first));
        if counts {
            words.push(Word {
                text: &rest[..length],
                span: at..at + length,
            });
        }
        at += length;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found: Vec<String> = steps(text)
            .iter()
            .map(|step| match step {
                Step::Created(name, _) => format!("+{name}"),
                Step::Dropped(name) => format!("-{name}"),
                Step::Renamed(old, new, _) => format!("{old}>{new}"),
            })
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn tables_come_and_go() {
        check(
            "-- CREATE TABLE no (\nCREATE TABLE \"order\" (\n  a TEXT DEFAULT ';' -- x;\n) STRICT;\nCREATE INDEX i ON t (a);",
            &["+order"],
        );
        check("create table if not exists main.Tags (id);", &["+tags"]);
        check(
            "DROP TABLE IF EXISTS a; ALTER TABLE b RENAME TO c;",
            &["-a", "b>c"],
        );
        check(
            "ALTER TABLE a ADD COLUMN b TEXT; CREATE TEMP TABLE x (y);",
            &[],
        );
        check(
            "/* DROP TABLE a; */ INSERT INTO a VALUES ('; DROP TABLE a;');",
            &[],
        );
    }
}
