//! Crates and paths that records in force name, and that are gone.
//!
//! A record tells of its time: only what was there when its file was last changed, and is not there any more, is gone.

use camino::{Utf8Path, Utf8PathBuf};

use super::super::read::visible;
use super::super::record::{Record, Span, Standing, Status};
use super::directory::Directory;
use super::name;
use crate::check::Diagnostic;
use crate::check::rule::{KD0407, KD0408};

/// Something in a code span that may be the name of a crate or a path, and that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The record.
    pub record: Utf8PathBuf,
    /// Where it stands in its text.
    pub span: Span,
    /// The name, or the path without `/` at its end.
    pub named: String,
    /// It has a `/` in it.
    pub is_path: bool,
}

/// A mention of which it is known that it was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What is named.
    pub mention: Mention,
    /// Where it was.
    pub then: Then,
}

/// The commit that changed the record last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Then {
    /// Its short id.
    pub commit: String,
    /// Its day: `2026-01-31`.
    pub day: String,
    /// The manifest that named the crate; nothing for a path.
    pub manifest: Option<Utf8PathBuf>,
}

/// Words that say that what is named is to go, or was before.
const GOING: &[&str] = &[
    "remov",
    "delet",
    "drop",
    "renam",
    "replac",
    "mov",
    "deprecat",
    "former",
    "legacy",
    "old",
    "was",
    "were",
    "previous",
    "no longer",
    "instead",
    "without",
    "migrat",
    "split",
    "merg",
    "extract",
    "retire",
    "obsolete",
    "get rid",
    "used to",
    "originally",
    "initially",
    "rather than",
    "not use",
    "current",
    "existing",
    "today",
    "alternative",
    "or ",
];

/// Sections that weigh or tell what was, and do not say what holds.
const ASIDE: &[&str] = &[
    "context",
    "problem",
    "background",
    "motivation",
    "considered",
    "alternative",
    "option",
    "pros and cons",
    "history",
    "changelog",
    "reference",
    "appendix",
    "more information",
    "link",
    "note",
    "discussion",
    "driver",
    "related",
    "migration",
    "implementation",
];

/// What a record in force names in its code spans: words that may be crates, where `is_crate` says no, and paths that do not exist.
pub fn mentions(
    record: &Record,
    exists: &dyn Fn(&Utf8Path) -> bool,
    is_crate: &dyn Fn(&str) -> bool,
) -> Vec<Mention> {
    let Some(fields) = record.fields() else {
        return Vec::new();
    };
    if fields.standing() != Standing::Said(Status::Accepted) {
        return Vec::new();
    }
    let text = record.text(&(0..record.bytes.len()));
    let visible = visible(&record.path, text);
    let is_aside = |at: usize| {
        let around = fields
            .sections
            .iter()
            .filter(|section| section.level > 1 && section.body.contains(&at));
        around.into_iter().any(|section| {
            let name = section.name.value.to_lowercase();
            ASIDE.iter().any(|word| name.contains(word))
        })
    };
    let mut found = Vec::new();
    for span in code_spans(&visible) {
        let named = text[span.clone()].trim_end_matches('/');
        let is_path = looks_like_path(named);
        let is_there = match is_path {
            true => record
                .path
                .ancestors()
                .skip(1)
                .any(|folder| exists(&folder.join(named))),
            false => !looks_like_crate(named) || is_crate(named),
        };
        if !is_there && !is_aside(span.start) && !is_going(&visible, &span) {
            found.push(Mention {
                record: record.path.clone(),
                span: span.start..span.start + named.len(),
                named: named.to_owned(),
                is_path,
            });
        }
    }
    found
}

/// What stands between two single backticks of one line.
fn code_spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let signs: Vec<usize> = line.match_indices('`').map(|(at, _)| at).collect();
        if signs.len().is_multiple_of(2) && !line.contains("``") {
            for pair in signs.chunks_exact(2) {
                spans.push(start + pair[0] + 1..start + pair[1]);
            }
        }
        start += line.len();
    }
    spans
}

/// `crates/store/src/lib.rs`, and not `a/b` of a formula, a pattern, an address or a media type.
fn looks_like_path(word: &str) -> bool {
    let is_plain = word
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/'));
    is_plain && word.contains('/') && !word.contains("//") && !word.starts_with(['/', '.', '-'])
}

fn looks_like_crate(word: &str) -> bool {
    word.len() > 1
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
        })
}

/// Whether the paragraph says that what it names is to go, or was.
fn is_going(text: &str, span: &Span) -> bool {
    let start = text[..span.start].rfind("\n\n").unwrap_or(0);
    let end = text[span.end..]
        .find("\n\n")
        .map_or(text.len(), |at| span.end + at);
    let paragraph = text[start..end].to_lowercase();
    GOING.iter().any(|word| {
        paragraph
            .match_indices(word)
            .any(|(at, _)| !paragraph[..at].ends_with(|c: char| c.is_alphanumeric()))
    })
}

pub(super) fn check(directory: &Directory<'_>, gone: &[Named]) -> Vec<Diagnostic> {
    let finding = |named: &Named| {
        let Named { mention, then } = named;
        let records = directory.folders.iter().flat_map(|folder| &folder.records);
        let record = records
            .into_iter()
            .find(|record| record.path == mention.record)?;
        let what = match mention.is_path {
            true => "the path",
            false => "the crate",
        };
        let message = format!(
            "{} is in force and names {what} `{}`, which is gone",
            name(record),
            mention.named
        );
        let was = match &then.manifest {
            Some(manifest) => format!("`{manifest}` named it"),
            None => "it was there".to_owned(),
        };
        let rule = match mention.is_path {
            true => &KD0408,
            false => &KD0407,
        };
        Some(
            Diagnostic::new(rule, "", message)
                .at(record.path.clone(), mention.span.clone(), "")
                .note(format!(
                    "when the record was last changed, in {} of {}, {was}",
                    then.commit, then.day
                ))
                .help("name what took its place, where the decision still holds")
                .help(format!(
                    "or supersede the record: `cargo kickoff adr supersede {} TITLE`",
                    record.path
                )),
        )
    };
    gone.iter().filter_map(finding).collect()
}
