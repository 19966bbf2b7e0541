//! What a stub is about, and its pieces of text.

mod existing;
mod written;

use camino::Utf8Path;

use crate::adr::folder::Folder;
use crate::evidence::{Decision, Piece};

pub use self::existing::of_existing;

/// A decision that gets a stub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its identity, which stands in the stub.
    pub topic: String,
    /// The title, without number.
    pub title: String,
    /// The paragraphs that tell the context.
    pub context: Vec<String>,
    /// What the files show, an entry each.
    pub evidence: Vec<String>,
    /// What the section for the decision says.
    pub decision: String,
    /// What was found, in words that a record about the same thing would use.
    pub names: Vec<String>,
    /// The whole record, where it is made from answers; the fields for text are empty then.
    pub written: Option<String>,
}

/// What every section says that nobody can fill in from files.
pub const OPEN: &str = "Not written down yet.";

/// So many files are named for one thing that was found.
const FILES: usize = 3;

/// So many things that were found are quoted.
const ENTRIES: usize = 10;

impl Subject {
    /// Of a decision that the files show.
    pub fn of_evidence(decision: &Decision) -> Subject {
        let names = decision.names();
        Subject {
            topic: decision.topic.id.to_owned(),
            title: decision.title(),
            context: vec![
                decision.topic.question.to_owned(),
                "The files show what is in use, and not why:".to_owned(),
            ],
            evidence: quoted(&decision.pieces),
            decision: format!(
                "In use: {}. Whether that was decided, by whom and for which reason is not written down yet.",
                joined(&names)
            ),
            names: names.into_iter().map(str::to_owned).collect(),
            written: None,
        }
    }

    /// Of a record that was made from answers.
    pub fn of_answers(topic: &str, title: &str, text: String) -> Subject {
        Subject {
            topic: topic.to_owned(),
            title: title.to_owned(),
            context: Vec::new(),
            evidence: Vec::new(),
            decision: String::new(),
            names: Vec::new(),
            written: Some(text),
        }
    }

    /// The pieces of text that can be told from a person's words later, each with a name.
    pub fn pieces(&self) -> Vec<(String, String)> {
        let mut pieces = vec![("title".to_owned(), self.title.clone())];
        if let Some(text) = &self.written {
            pieces.extend(written::pieces(text));
            return pieces;
        }
        for (at, paragraph) in self.context.iter().enumerate() {
            pieces.push((format!("context-{}", at + 1), paragraph.clone()));
        }
        let list: Vec<String> = self
            .evidence
            .iter()
            .map(|item| format!("* {item}"))
            .collect();
        pieces.push(("evidence".to_owned(), list.join("\n")));
        pieces.push(("decision".to_owned(), self.decision.clone()));
        pieces
    }
}

/// The bytes of a record that was made from answers, with the heading of the house and our mark.
pub fn marked(
    folder: &Folder,
    path: &Utf8Path,
    subject: &Subject,
    number: Option<u64>,
) -> Option<Vec<u8>> {
    let text = subject.written.as_ref()?;
    Some(written::marked(folder, path, subject, text, number))
}

/// `a, b and c`.
fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Each thing that was found once, with the files it stands in. Lines are left out: they would change with every edit above them.
fn quoted(pieces: &[Piece]) -> Vec<String> {
    let mut groups: Vec<(&str, Option<&str>, Vec<&str>)> = Vec::new();
    for piece in pieces {
        let remark = piece.standing.remark();
        let group = groups
            .iter_mut()
            .find(|(what, known, _)| *what == piece.what && *known == remark);
        match group {
            Some((_, _, files)) if files.contains(&piece.file.as_str()) => {}
            Some((_, _, files)) => files.push(&piece.file),
            None => groups.push((&piece.what, remark, vec![&piece.file])),
        }
    }
    let mut entries: Vec<String> = groups
        .iter()
        .take(ENTRIES)
        .map(|(what, remark, files)| {
            let named: Vec<String> = files
                .iter()
                .take(FILES)
                .map(|file| format!("`{file}`"))
                .collect();
            let more = match files.len().saturating_sub(FILES) {
                0 => joined(&named.iter().map(String::as_str).collect::<Vec<_>>()),
                1 => format!("{} and 1 other file", named.join(", ")),
                more => format!("{} and {more} other files", named.join(", ")),
            };
            let remark = remark
                .map(|remark| format!(" ({remark})"))
                .unwrap_or_default();
            format!("{what} in {more}{remark}")
        })
        .collect();
    match groups.len().saturating_sub(ENTRIES) {
        0 => {}
        1 => entries.push("and one more thing".to_owned()),
        more => entries.push(format!("and {more} more things")),
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Standing, Topic};

    fn piece(what: &str, file: &str, standing: Standing) -> Piece {
        Piece {
            name: "PostgreSQL".to_owned(),
            what: what.to_owned(),
            file: file.to_owned(),
            line: Some(3),
            standing,
        }
    }

    #[test]
    fn evidence_is_quoted_with_its_place_and_without_a_reason() {
        let decision = Decision {
            topic: Topic::find("database").expect("a topic"),
            pieces: vec![
                piece(
                    "`sqlx` with `postgres`",
                    "server/Cargo.toml",
                    Standing::Direct,
                ),
                piece("`sqlx` with `postgres`", "b/Cargo.toml", Standing::Direct),
                piece("`sqlx` with `postgres`", "c/Cargo.toml", Standing::Direct),
                piece("`sqlx` with `postgres`", "d/Cargo.toml", Standing::Direct),
                piece("the image `postgres:17`", "compose.yaml", Standing::Beside),
            ],
        };
        let subject = Subject::of_evidence(&decision);
        assert_eq!(subject.title, "Keep data in PostgreSQL");
        assert_eq!(
            subject.evidence,
            [
                "`sqlx` with `postgres` in `server/Cargo.toml`, `b/Cargo.toml`, `c/Cargo.toml` and 1 other file",
                "the image `postgres:17` in `compose.yaml`",
            ]
        );
        assert_eq!(
            subject.decision,
            "In use: PostgreSQL. Whether that was decided, by whom and for which reason is not written down yet."
        );
    }
}
