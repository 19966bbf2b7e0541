//! What is wrong with decision records: each finding names its place, the other side and the way out.
//!
//! Nothing is claimed that cannot be shown: a link that may lead to another repository, a number cited from another project, a
//! supersession that is only proposed are not findings.

mod branches;
mod citations;
mod cited_paths;
mod comments;
mod directory;
mod links;
mod names;
mod numbers;
mod pairs;
mod statuses;

use camino::Utf8Path;

pub use self::branches::Base;
pub use self::citations::{Citation, citations};
pub use self::cited_paths::{CitedPath, cited_paths};
pub use self::comments::is_source;
use self::directory::Directory;
pub use self::names::{Mention, Named, Then, mentions};
use super::folder::Folder;
use super::record::{NumberPlace, Record, Span};
use crate::check::Diagnostic;

/// What a check looks at beside the records.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// Whether there is a file or folder at a path from the root.
    pub exists: &'a dyn Fn(&Utf8Path) -> bool,
    /// Folders of records that tests read, which comments may cite as well.
    pub fixtures: &'a [Folder],
    /// Records that comments in the code cite.
    pub citations: &'a [Citation],
    /// Documents that comments in the code name by their paths.
    pub cited_paths: &'a [CitedPath],
    /// Names in records that can be shown to be gone.
    pub gone: &'a [Named],
    /// Another branch.
    pub base: Option<&'a Base>,
}

/// Everything that is wrong, by file and place.
pub fn check(folders: &[Folder], facts: &Facts<'_>) -> Vec<Diagnostic> {
    let directory = Directory::of(folders);
    let mut findings = Vec::new();
    for folder in folders {
        findings.extend(numbers::check(folder));
        findings.extend(pairs::check(folder, &directory));
        for record in &folder.records {
            findings.extend(links::check(record, folder, &directory, facts.exists));
            findings.extend(statuses::check(record));
        }
        if let Some(base) = facts.base {
            findings.extend(branches::check(folder, base));
        }
    }
    findings.extend(citations::check(
        &directory,
        facts.fixtures,
        facts.citations,
    ));
    findings.extend(cited_paths::check(
        &directory,
        facts.fixtures,
        facts.cited_paths,
        facts.exists,
    ));
    findings.extend(names::check(&directory, facts.gone));
    findings.sort_by(|one, other| {
        let key = |finding: &Diagnostic| {
            let place = finding.places.first();
            place.map(|place| (place.file.clone(), place.span.start, finding.rule.code))
        };
        key(one).cmp(&key(other))
    });
    findings
}

/// Where a record says which one it is: its number in the title, else the title, else the beginning of the file.
fn head(record: &Record) -> Span {
    let Some(fields) = record.fields() else {
        return 0..0;
    };
    let numbers = [fields.number.as_ref(), fields.number_in_title.as_ref()];
    for number in numbers.into_iter().flatten() {
        if let NumberPlace::Title(span) | NumberPlace::FrontMatter(span) = &number.place {
            let text = record.text(span);
            let kept = text.trim_end_matches([' ', '.', ':', '-', '–', '—', ']', ')', '|']);
            return span.start..span.start + kept.len();
        }
    }
    let title = fields.title.as_ref();
    title.map_or(0..0, |title| title.span.clone())
}

/// How a record is called in messages: `ADR-0012`, or its file name where it has no number.
fn name(record: &Record) -> String {
    match record.number() {
        Some(number) => super::edit::short_name(number),
        None => format!(
            "`{}`",
            record.path.file_name().unwrap_or(record.path.as_str())
        ),
    }
}
