//! KD0331 to KD0333: the records of the decisions, and the answers that they are about.

use super::diagnostic::Diagnostic;
use super::material::Material;
use super::rule::{KD0331, KD0332, KD0333};
use crate::adr::{self, Standing, Status, StatusMention};
use crate::baseline::{ANSWERS, Baseline};
use crate::blueprint::Record;
use crate::question::{Kind, catalog};
use crate::succession::{FOLDER, number_and_slug};

pub(super) fn check(material: &Material<'_>, baseline: &Baseline) -> Vec<Diagnostic> {
    let records = material.blueprint.records.iter();
    records
        .filter_map(|record| {
            let generated = in_force(baseline, record)?;
            match on_disk(material, record, &generated) {
                Some(path) => disagrees(material, record, &path),
                None => Some(missing(material, record, &generated)),
            }
        })
        .collect()
}

/// The file that was generated last for the subject of a record.
fn in_force(baseline: &Baseline, record: &Record) -> Option<String> {
    let files = baseline.iter().filter_map(|(path, _)| {
        let (number, slug) = number_and_slug(path.file_stem()?)?;
        let is_it = path.parent()? == FOLDER && slug == record.subject;
        is_it.then(|| (number, path.to_string()))
    });
    files.max().map(|(_, path)| path)
}

/// Where it is: people renumber and rename, and leave the subject.
fn on_disk(material: &Material<'_>, record: &Record, generated: &str) -> Option<String> {
    if material.project.files.contains_key(generated) {
        return Some(generated.to_owned());
    }
    let end = format!("-{}.md", record.subject);
    let mut files = material.project.files.keys();
    let found = files.find(|path| path.starts_with(FOLDER) && path.ends_with(&end));
    found.cloned()
}

/// The first question that a record is about; who decides is not what is decided. That of all defaults is about none.
fn question(record: &Record) -> Option<&'static str> {
    let questions = || {
        catalog::questions()
            .iter()
            .filter(|question| question.record == record.subject)
    };
    let found = questions().find(|question| question.kind != Kind::Owner);
    found.or(questions().next()).map(|question| question.id)
}

fn missing(material: &Material<'_>, record: &Record, generated: &str) -> Diagnostic {
    let message = format!("the record of \"{}\" is gone: `{generated}`", record.title);
    Diagnostic::new(&KD0331, record.subject, message)
        .at(
            ANSWERS,
            material.place(question(record).unwrap_or_default()),
            "the decision still holds",
        )
        .help("put it back from version control")
        .help("or say in an exception where the decision is recorded now")
}

fn disagrees(material: &Material<'_>, record: &Record, path: &str) -> Option<Diagnostic> {
    let text = material.project.text(path)?;
    let read = adr::read(path.into(), text.as_bytes().to_vec());
    let fields = read.fields()?;
    let Standing::Said(status) = fields.standing() else {
        return None;
    };
    let mention = fields.statuses.first()?;
    let is_against = matches!(
        status,
        Status::Rejected | Status::Deprecated | Status::Superseded
    );
    if record.accepted && is_against {
        let message = format!(
            "\"{}\" is {status}, and the answers still decide so",
            record.title
        );
        return Some(both(
            material,
            record,
            path,
            mention,
            Diagnostic::new(&KD0332, record.subject, message),
        ));
    }
    if !record.accepted && status == Status::Accepted {
        let message = format!(
            "\"{}\" is {status}, and the answers say that nobody has decided",
            record.title
        );
        return Some(both(
            material,
            record,
            path,
            mention,
            Diagnostic::new(&KD0333, record.subject, message),
        ));
    }
    None
}

fn both(
    material: &Material<'_>,
    record: &Record,
    path: &str,
    mention: &StatusMention,
    found: Diagnostic,
) -> Diagnostic {
    let found = found.at(path, mention.token.span.clone(), "the record");
    let found = match question(record) {
        Some(id) => found
            .at(ANSWERS, material.place(id), "the answers")
            .help(format!(
                "answer as the record says: `cargo kickoff ask {id}`"
            )),
        None => found
            .help("write what it accepts into the answers: each default stands there as a comment"),
    };
    found.help("or correct the status of the record")
}
