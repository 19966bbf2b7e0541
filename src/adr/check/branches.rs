//! Numbers that two branches took.

use super::super::folder::Folder;
use super::super::record::Record;
use super::{head, name, numbers};
use crate::check::Diagnostic;
use crate::check::rule::KD0402;

/// Another branch, and where this one left it.
#[derive(Debug, Clone, PartialEq)]
pub struct Base {
    /// As it was asked for: `origin/main`.
    pub name: String,
    /// The folders of records as they stand there.
    pub theirs: Vec<Folder>,
    /// The folders as they stood at the last commit that both have.
    pub common: Vec<Folder>,
}

/// The records that are new here and whose number a record took that is new there.
pub(super) fn check(folder: &Folder, base: &Base) -> Vec<Diagnostic> {
    let of = |folders: &'_ [Folder]| -> Vec<Record> {
        let same = folders.iter().find(|other| other.path == folder.path);
        same.map(|folder| folder.records.clone())
            .unwrap_or_default()
    };
    let (theirs, common) = (of(&base.theirs), of(&base.common));
    let mut findings = Vec::new();
    for record in folder
        .records
        .iter()
        .filter(|record| is_new(record, &common))
    {
        let taken = theirs.iter().find(|other| {
            other.path != record.path
                && collide(record, other)
                && is_new(other, &common)
                // Where it is here as well, it is a duplicate of this branch alone.
                && !folder.records.iter().any(|here| here.path == other.path)
        });
        let Some(other) = taken else {
            continue;
        };
        let message = format!("{} is another record in `{}`", name(record), base.name);
        let title = other.title().unwrap_or_default();
        findings.push(
            Diagnostic::new(&KD0402, "", message)
                .at(record.path.clone(), head(record), "taken by this one here")
                .note(format!("there it is `{}`: {title}", other.path))
                .help(format!(
                    "give the one that is merged last the next number{}",
                    numbers::free(folder, &theirs)
                )),
        );
    }
    findings
}

/// A renamed record keeps its number, so a number that was there before is not new.
fn is_new(record: &Record, common: &[Record]) -> bool {
    record.number().is_some() && !common.iter().any(|before| collide(record, before))
}

fn collide(one: &Record, other: &Record) -> bool {
    match (one.number(), other.number()) {
        (Some(one), Some(other)) => one.collides_with(other),
        _ => false,
    }
}
