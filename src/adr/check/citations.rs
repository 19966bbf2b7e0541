//! Records that comments in the code cite.

use camino::{Utf8Path, Utf8PathBuf};

use super::super::folder::Folder;
use super::super::read::number::{self, Found};
use super::super::record::Span;
use super::comments::comments;
use super::directory::Directory;
use crate::check::Diagnostic;
use crate::check::rule::KD0406;

/// A record that a comment cites: `ADR-0012`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The file, from the root, with `/` between the parts.
    pub file: Utf8PathBuf,
    /// Where it stands in the text.
    pub span: Span,
    /// As it is written.
    pub written: String,
    /// The number.
    pub value: u64,
    /// The digits as they are written.
    digits: String,
    /// The letter behind them.
    pub letter: Option<char>,
    /// The series it counts in.
    track: String,
}

/// Words with which a sentence about a record of this project begins; another word with a capital is the name of another project.
const BEGINNINGS: &[&str] = &[
    "see",
    "per",
    "as",
    "from",
    "implements",
    "implement",
    "follows",
    "according",
    "cf",
    "in",
    "by",
    "the",
    "this",
    "our",
    "and",
    "or",
    "to",
    "decided",
    "decision",
    "note",
    "todo",
    "fixme",
    "because",
    "required",
    "rejected",
    "accepted",
    "superseded",
    "with",
    "since",
    "until",
    "record",
    "refer",
    "ref",
    "refs",
    "reference",
    "references",
    "related",
    "relates",
    "enforces",
    "violates",
    "breaks",
    "why",
    "background",
    "rationale",
    "safety",
    "under",
    "of",
];

/// Words in a line that shows how a record is cited, or that is about one which is not there.
const EXAMPLES: &[&str] = &[
    "e.g.",
    "example",
    "such as",
    "for instance",
    "nonexist",
    "non-exist",
    "not exist",
    "missing",
    "dummy",
    "fake",
    "bogus",
    "fixture",
];

/// The records that the comments of a source file cite; nothing for a file in a language that is not known here.
///
/// What belongs to another project is left out: addresses, numbers that an address in the same file explains, and numbers behind the
/// name of a project. So are examples of how a record is cited.
pub fn citations(file: &Utf8Path, text: &str) -> Vec<Citation> {
    if !text
        .as_bytes()
        .windows(3)
        .any(|word| word.eq_ignore_ascii_case(b"adr"))
    {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut foreign = Vec::new();
    for comment in comments(file, text) {
        let mut at = comment.start;
        for line in text[comment].split_inclusive('\n') {
            for (offset, mention) in number::mentions(line) {
                let Some(citation) = citation(file, at + offset, line, offset, mention) else {
                    continue;
                };
                match line.contains("://") {
                    true => foreign.push((citation.value, citation.letter)),
                    false if is_of_another(line, offset, &citation) => {}
                    false => found.push(citation),
                }
            }
            at += line.len();
        }
    }
    found.retain(|citation| !foreign.contains(&(citation.value, citation.letter)));
    found
}

fn citation(
    file: &Utf8Path,
    start: usize,
    line: &str,
    offset: usize,
    found: Found,
) -> Option<Citation> {
    let written = &line[offset..offset + found.length];
    let behind = &line[offset + found.length..];
    let separator = found.prefix.get(3..)?;
    let is_upper = written.starts_with("ADR");
    // `ADR0` is the name of a register, `adr_12` one of a variable, `ADR-1.2` a version.
    let is_named = !separator.is_empty() && (is_upper || separator.starts_with('-'));
    let is_version =
        behind.starts_with('.') && behind[1..].starts_with(|c: char| c.is_ascii_digit());
    let is_longer = behind.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    if !is_named || is_version || is_longer {
        return None;
    }
    let number = found.clone().at(super::NumberPlace::FileName)?;
    Some(Citation {
        file: file.to_owned(),
        span: start..start + found.length,
        written: written.to_owned(),
        value: number.value,
        digits: found.digits,
        letter: found.letter,
        track: number.track(),
    })
}

/// Whether the words around it say that the record is one of another project, or of none.
fn is_of_another(line: &str, offset: usize, citation: &Citation) -> bool {
    let before = &line[..offset];
    let behind = &line[offset + citation.written.len()..];
    if before.ends_with(['/', '\\', '@', '.', '%']) {
        return true;
    }
    let signs: &[char] = &[
        ' ', '\t', '(', '[', '`', '"', '\'', '*', '/', '#', '!', '-', '<', ':', ',',
    ];
    let word = before
        .trim_end_matches(['(', '[', '`', '"', '\'', '*'])
        .strip_suffix(' ')
        .map(|rest| rest.trim_end_matches(' '))
        .and_then(|rest| rest.rsplit(signs).next())
        .unwrap_or_default();
    let is_name = word.starts_with(char::is_uppercase)
        && !BEGINNINGS.contains(&word.to_lowercase().as_str())
        || word.ends_with("'s")
        || word.ends_with("’s");
    let of = behind
        .trim_start_matches([']', ')', '`', '"', '\''])
        .trim_start();
    let of = of
        .strip_prefix("of ")
        .or_else(|| of.strip_prefix("from "))
        .map(|rest| rest.strip_prefix("the ").unwrap_or(rest));
    let is_of = of.is_some_and(|rest| rest.starts_with(char::is_uppercase));
    is_example(line) || is_name || is_of
}

/// Whether a line shows how a record is cited, or is about one that is not there.
pub(super) fn is_example(line: &str) -> bool {
    let lower = line.to_lowercase();
    EXAMPLES.iter().any(|sign| lower.contains(sign))
}

/// The citations that no record of any folder answers, as far as they are written as a folder here numbers its records.
pub(super) fn check(
    directory: &Directory<'_>,
    fixtures: &[Folder],
    citations: &[Citation],
) -> Vec<Diagnostic> {
    let is_fixture = |citation: &Citation| {
        let mut folders = fixtures.iter();
        folders.any(|folder| {
            let named = folder.with_number(citation.value, citation.letter);
            !named.is_empty()
        })
    };
    let dangling = citations.iter().filter(|citation| {
        directory
            .anywhere(citation.value, citation.letter)
            .is_empty()
            && fits(directory, citation)
            && !is_fixture(citation)
    });
    dangling
        .map(|citation| {
            let message = format!(
                "this comment cites `{}`, which is not there",
                citation.written
            );
            Diagnostic::new(&KD0406, "", message)
                .at(citation.file.clone(), citation.span.clone(), "")
                .help("cite the record that holds now, or take the citation out")
        })
        .collect()
}

/// Whether a folder numbers its records in such a way: in this series, and with so many digits or without zeros in front.
fn fits(directory: &Directory<'_>, citation: &Citation) -> bool {
    let numbers = directory
        .folders
        .iter()
        .flat_map(|folder| &folder.numbering.numbers);
    let mut in_track = numbers.filter(|number| number.track() == citation.track);
    let is_padded = citation.digits.starts_with('0') && citation.digits.len() > 1;
    in_track.any(|number| {
        number.width() == citation.digits.len()
            || !is_padded && citation.digits.len() < number.width()
    })
}
