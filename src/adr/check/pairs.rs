//! Two records of which only one says how they relate.

use super::super::folder::Folder;
use super::super::read::words;
use super::super::record::{Dialect, Fields, Link, LinkKind, Record, Standing, Status};
use super::directory::{Directory, Lead};
use super::{head, name};
use crate::check::Diagnostic;
use crate::check::rule::KD0404;

/// The words before a target that say how two records relate, in lower case.
const PHRASES: &[&str] = &[
    "superseded by",
    "superceded by",
    "superseded-by",
    "replaced by",
    "supersedes",
    "supercedes",
    "replaces",
    "amended by",
    "amends",
];

/// Words that may stand before such a phrase without taking anything back; with words of a status.
const PLAIN: &[&str] = &[
    "status",
    "this",
    "adr",
    "record",
    "decision",
    "it",
    "is",
    "was",
    "has",
    "been",
    "and",
    "also",
    "now",
    "links",
    "link",
    "related",
    "relations",
    "note",
];

/// Every link of a folder's records that the other record should answer and does not.
pub(super) fn check(folder: &Folder, directory: &Directory<'_>) -> Vec<Diagnostic> {
    let has = |kind: LinkKind| {
        let mut links = folder
            .records
            .iter()
            .filter_map(Record::fields)
            .flat_map(|fields| &fields.links);
        links.any(|link| link.kind == kind)
    };
    let habits = Habits {
        says_supersedes: has(LinkKind::Supersedes),
        says_amended: has(LinkKind::AmendedBy),
        says_amends: has(LinkKind::Amends),
    };
    let mut findings = Vec::new();
    for record in &folder.records {
        let Some(fields) = record.fields() else {
            continue;
        };
        for link in &fields.links {
            let Some(answer) = habits.answer(link.kind, fields) else {
                continue;
            };
            let Lead::Record(other) = directory.lead(record, folder, link) else {
                continue;
            };
            if other.path != record.path
                && is_in_force(fields)
                && is_formal(record, fields, link)
                && is_unanswered(record, other, answer, directory, folder)
            {
                let found = finding(record, other, link, answer);
                // It may say so in several places.
                let is_known = |known: &Diagnostic| known.message == found.message;
                if !findings.iter().any(is_known) {
                    findings.push(found);
                }
            }
        }
    }
    findings
}

/// Which links people here write at all.
struct Habits {
    says_supersedes: bool,
    says_amended: bool,
    says_amends: bool,
}

impl Habits {
    /// How the other record should answer a link. MADR, for one, lets the old record alone tell of a supersession.
    fn answer(&self, kind: LinkKind, fields: &Fields) -> Option<LinkKind> {
        let is_nygard = fields.dialect == Dialect::Nygard;
        match kind {
            LinkKind::Supersedes => Some(LinkKind::SupersededBy),
            LinkKind::SupersededBy => {
                (self.says_supersedes || is_nygard).then_some(LinkKind::Supersedes)
            }
            LinkKind::Amends => self.says_amended.then_some(LinkKind::AmendedBy),
            LinkKind::AmendedBy => self.says_amends.then_some(LinkKind::Amends),
            LinkKind::Other => None,
        }
    }
}

/// What a draft, a proposal or a rejected record would change stands as it is.
fn is_in_force(fields: &Fields) -> bool {
    matches!(
        fields.standing(),
        Standing::Said(Status::Accepted | Status::Deprecated | Status::Superseded)
    )
}

fn is_unanswered(
    record: &Record,
    other: &Record,
    answer: LinkKind,
    directory: &Directory<'_>,
    folder: &Folder,
) -> bool {
    let Some(fields) = other.fields() else {
        return false;
    };
    if answer == LinkKind::SupersededBy {
        // A record that several replaced one after another names the last of them.
        return !fields.links.iter().any(|link| link.kind == answer);
    }
    // Any mention leads the reader of the new record to the old one.
    let leads_back = |link: &Link| match directory.lead(other, folder, link) {
        Lead::Record(back) => back.path == record.path,
        Lead::Several => true,
        Lead::Path(_) | Lead::NoNumber | Lead::Elsewhere => false,
    };
    !fields.links.iter().any(leads_back) && !mentions(other, record)
}

/// Whether the text names the other record in any way.
fn mentions(record: &Record, other: &Record) -> bool {
    let text = record.text(&(0..record.bytes.len()));
    let by_name = other
        .path
        .file_stem()
        .filter(|stem| stem.len() > 6 && !super::super::read::number::is_name_in_folder(stem))
        .is_some_and(|stem| text.contains(stem));
    let by_number = other.number().is_some_and(|number| {
        let found = super::super::read::number::mentions(text);
        found.iter().any(|(_, found)| {
            found.digits.parse() == Ok(number.value) && found.letter == number.letter
        })
    });
    by_name || by_number
}

/// Whether the link is what the record says of itself, and not part of a story about others: nothing but plain words stands before
/// the phrase that introduces it.
fn is_formal(record: &Record, fields: &Fields, link: &Link) -> bool {
    // Of `ADR-0043's third decision` only a part is meant.
    let behind = record.text(&(link.span.end..record.bytes.len()));
    if behind.starts_with("'s") || behind.starts_with("’s") {
        return false;
    }
    let in_front_matter = fields.front_matter.as_ref();
    if in_front_matter.is_some_and(|span| span.contains(&link.span.start)) {
        return true;
    }
    let text = record.text(&(0..link.span.start)).to_lowercase();
    let phrase = PHRASES.iter().filter_map(|phrase| text.rfind(phrase)).max();
    let Some(at) = phrase else {
        return false;
    };
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    line.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| {
            PLAIN.contains(&word)
                || words::status(word).is_some()
                || word.bytes().all(|byte| byte.is_ascii_digit())
        })
}

fn finding(record: &Record, other: &Record, link: &Link, answer: LinkKind) -> Diagnostic {
    let (says, old, new) = match link.kind {
        LinkKind::Supersedes => ("says that it supersedes", other, record),
        LinkKind::SupersededBy => ("says that it is superseded by", record, other),
        LinkKind::Amends => ("says that it amends", other, record),
        _ => ("says that it is amended by", record, other),
    };
    let message = format!(
        "{} {says} {}, which does not say so",
        name(record),
        name(other)
    );
    let finding = Diagnostic::new(&KD0404, "", message)
        .at(record.path.clone(), link.span.clone(), "one end")
        .at(other.path.clone(), head(other), "the other");
    match answer {
        LinkKind::SupersededBy | LinkKind::Supersedes => finding
            .help(format!(
                "`cargo kickoff adr supersede {} --by {}` writes the end that is missing",
                old.path, new.path
            ))
            .help(format!(
                "or say in `{}` which part of it no longer holds, with a link",
                old.path
            )),
        LinkKind::AmendedBy => finding.help(format!("write \"Amended by\" into `{}`", other.path)),
        _ => finding.help(format!("write \"Amends\" into `{}`", other.path)),
    }
}
