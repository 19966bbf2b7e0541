//! Migrations that were made in steps, seen from other answers.
//!
//! A migration stays as it was once run, so laying a project from other answers does not change it. What it is there for is told by the
//! schema that the answers ask for: a line that speaks of a table, a column or an index is shaped by what shapes their definition.

use std::collections::BTreeMap;

use crate::migration::Scripts;

/// What a line of SQL speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Table(String),
    Column(String, String),
    Index(String),
}

/// What would be left of `history` with other answers: lines about what `present` defines and `other` defines otherwise, or not at all,
/// are gone, and so is a script of which nothing is left.
pub fn left(history: &Scripts, present: &Scripts, other: &Scripts) -> Scripts {
    let (present, other) = (definitions(present), definitions(other));
    let is_left = |subject: &Option<Subject>| {
        let subject = subject.as_ref();
        let definition = subject.and_then(|subject| present.get(subject));
        definition.is_none_or(|definition| {
            subject.and_then(|subject| other.get(subject)) == Some(definition)
        })
    };
    let scripts = history.iter().map(|(name, text)| {
        let lines = text.lines().zip(subjects(text));
        let left: String = lines
            .filter(|(_, subject)| is_left(subject))
            .flat_map(|(line, _)| [line, "\n"])
            .collect();
        (name.clone(), left)
    });
    scripts.filter(|(_, text)| has_statement(text)).collect()
}

fn has_statement(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines.any(|line| !line.is_empty() && !line.starts_with("--"))
}

/// The text about each subject, from all scripts.
fn definitions(scripts: &Scripts) -> BTreeMap<Subject, String> {
    let mut definitions = BTreeMap::<_, String>::new();
    for text in scripts.values() {
        for (line, subject) in text.lines().zip(subjects(text)) {
            if let Some(subject) = subject {
                let definition = definitions.entry(subject).or_default();
                definition.push_str(line.trim().trim_end_matches(','));
                definition.push('\n');
            }
        }
    }
    definitions
}

/// What each line speaks of. A comment speaks of what follows it, a line that begins no statement of what the last one did.
fn subjects(text: &str) -> Vec<Option<Subject>> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut subjects: Vec<Option<Subject>> = Vec::with_capacity(lines.len());
    let mut created: Option<String> = None;
    for line in &lines {
        let words: Vec<String> = line.split_whitespace().map(bare).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let column = |table: &str, column: &str| {
            let column = column.strip_suffix("_next").unwrap_or(column);
            Some(Subject::Column(table.to_owned(), column.to_owned()))
        };
        let table = |table: &str| Some(Subject::Table(table.to_owned()));
        let subject = match (words.as_slice(), &created) {
            ([] | ["--", ..], _) => None,
            ([first, ..], Some(of)) if line.starts_with(')') || is_rule(first) => {
                let subject = table(of);
                if line.starts_with(')') {
                    created = None;
                }
                subject
            }
            ([first, ..], Some(of)) => column(of, first),
            (["CREATE", "TABLE", name, ..], None) => {
                created = Some((*name).to_owned());
                table(name)
            }
            (["ALTER", "TABLE", of, _, "COLUMN", name, ..], _) => column(of, name),
            (["UPDATE", of, "SET", name, ..], _) => column(of, name),
            (["CREATE", "INDEX", name, ..] | ["CREATE", "UNIQUE", "INDEX", name, ..], _) => {
                Some(Subject::Index((*name).to_owned()))
            }
            (["DROP", "INDEX", name, ..], _) => Some(Subject::Index((*name).to_owned())),
            (["DROP", "TABLE", name, ..], _) => table(name),
            _ => subjects.last().cloned().flatten(),
        };
        subjects.push(subject);
    }
    for at in (0..lines.len()).rev() {
        if lines[at].starts_with("--") {
            subjects[at] = subjects.get(at + 1).cloned().flatten();
        }
    }
    subjects
}

/// A word without the signs around it.
fn bare(word: &str) -> String {
    word.trim_matches(['"', ';', ',', '(']).to_owned()
}

fn is_rule(word: &str) -> bool {
    matches!(
        word,
        "PRIMARY" | "UNIQUE" | "CHECK" | "FOREIGN" | "CONSTRAINT"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scripts(texts: &[(&str, &str)]) -> Scripts {
        let pairs = texts.iter();
        pairs
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    const CREATE: &str = "-- Things.\nCREATE TABLE items (\n    title TEXT NOT NULL,\n    -- Empty: none\n    colour TEXT\n) STRICT;\n\nCREATE INDEX items_colour ON items (colour);\n";

    #[test]
    fn a_line_goes_with_what_it_speaks_of() {
        let history = scripts(&[
            (
                "1_create",
                "-- Things.\nCREATE TABLE items (\n    title TEXT,\n    gone TEXT\n) STRICT;\n",
            ),
            ("2_drop", "ALTER TABLE items DROP COLUMN gone;\n"),
            (
                "3_add",
                "-- Empty: none\nALTER TABLE items ADD COLUMN colour TEXT;\nCREATE INDEX items_colour ON items (colour);\n",
            ),
            (
                "4_change",
                "ALTER TABLE items ADD COLUMN title_next TEXT;\nUPDATE items SET title_next = title;\n",
            ),
        ]);
        let present = scripts(&[("1", CREATE)]);
        let check = |other: &str, names: &[&str]| {
            let left = left(&history, &present, &scripts(&[("1", other)]));
            assert_eq!(left.keys().map(String::as_str).collect::<Vec<_>>(), names);
            left
        };
        assert_eq!(
            check(CREATE, &["1_create", "2_drop", "3_add", "4_change"]),
            history
        );
        let uncoloured = CREATE
            .replace("    -- Empty: none\n    colour TEXT\n", "")
            .replace("CREATE INDEX items_colour ON items (colour);\n", "");
        check(&uncoloured, &["1_create", "2_drop", "4_change"]);
        let untitled = CREATE.replace("    title TEXT NOT NULL,\n", "");
        let left = check(&untitled, &["1_create", "2_drop", "3_add"]);
        assert_eq!(
            left["1_create"],
            history["1_create"].replace("    title TEXT,\n", "")
        );
        // What is no longer asked for is not shaped by any answer.
        let left = check("", &["1_create", "2_drop"]);
        assert_eq!(left["2_drop"], history["2_drop"]);
    }
}
