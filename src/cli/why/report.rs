//! What is known of an answer, and what it shapes.

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;

use super::lines::Lines;
use super::print;
use super::service::Service;
use crate::answers::file::Places;
use crate::baseline::ANSWERS;
use crate::blueprint::Origin;
use crate::cli::project::Project;
use crate::error::Result;
use crate::trace::guards::{functions, is_test};
use crate::trace::place::{self, Place};
use crate::trace::reach::Reach;

/// What is printed.
pub(super) enum Report {
    /// About a file or a line.
    File(super::file::FileReport),
    /// About an answer.
    Answer(AnswerReport),
}

impl Report {
    /// For people.
    pub(super) fn human(&self) -> String {
        match self {
            Report::File(report) => print::file(report),
            Report::Answer(report) => print::answer(report),
        }
    }

    /// One JSON object on a line.
    pub(super) fn json(&self) -> String {
        let json = match self {
            Report::File(report) => serde_json::to_string(report),
            Report::Answer(report) => serde_json::to_string(report),
        };
        format!("{}\n", json.expect("texts and numbers are JSON"))
    }
}

/// An answer: what it is, who is behind it, and what records and guards it.
#[derive(Serialize)]
pub(super) struct Facts {
    pub(super) id: String,
    pub(super) ask: &'static str,
    pub(super) value: Option<String>,
    pub(super) origin: Origin,
    /// Who decides about it, as far as anybody said.
    pub(super) deciders: Vec<String>,
    /// The line of `kickoff.toml` that speaks of it.
    pub(super) answers_line: Option<usize>,
    pub(super) record: Option<String>,
    pub(super) record_title: Option<String>,
    /// What the record says holds the project to it.
    pub(super) confirmation: Vec<Confirmation>,
}

/// A file, or a folder, that holds the project to a record.
#[derive(Serialize)]
pub(super) struct Confirmation {
    pub(super) path: &'static str,
    pub(super) how: String,
}

/// Lines of a file as it is, counted from 1, both ends inclusive.
#[derive(Serialize)]
pub(super) struct Part {
    pub(super) path: Utf8PathBuf,
    /// Without the answer, the file would not be there.
    pub(super) whole: bool,
    pub(super) lines: Vec<[usize; 2]>,
    /// In a file of tests: those that these lines are in.
    pub(super) tests: Vec<String>,
}

/// What an answer shapes.
#[derive(Serialize)]
pub(super) struct AnswerReport {
    reason: &'static str,
    #[serde(flatten)]
    pub(super) facts: Facts,
    /// Code, configuration and migrations.
    pub(super) code: Vec<Part>,
    pub(super) tests: Vec<Part>,
    /// Texts for people, the records among them.
    pub(super) documents: Vec<Part>,
}

impl Facts {
    pub(super) fn of(place: &Place, said: Option<&Places<'_>>, service: &Service) -> Facts {
        let record = service.record(place.subject);
        Facts {
            id: place.id.clone(),
            ask: place.ask,
            value: place.value.clone(),
            origin: place.origin,
            deciders: record
                .into_iter()
                .flat_map(|record| &record.deciders)
                .map(|decider| decider.as_str().to_owned())
                .collect(),
            answers_line: said.and_then(|said| said.line_of(&place.id)),
            record: record.map(|record| format!("docs/adr/{}", record.file)),
            record_title: record.map(|record| record.title.clone()),
            confirmation: record
                .into_iter()
                .flat_map(|record| &record.confirmation)
                .map(|one| Confirmation {
                    path: one.path,
                    how: one.how.clone(),
                })
                .collect(),
        }
    }
}

/// What the answer with this id shapes.
pub(super) fn of_answer(id: &str, project: &Project, service: &Service) -> Result<Report> {
    let place = place::find(&service.places, id).expect("it was found before");
    let wanted = |path: &Utf8Path| path != ANSWERS;
    let tree = service.tree(&wanted)?;
    let mut report = AnswerReport {
        reason: "why",
        facts: Facts::of(&place, Places::read(&project.text).as_ref(), service),
        code: Vec::new(),
        tests: Vec::new(),
        documents: Vec::new(),
    };
    let reaches = service.reaches([&place], &tree, &wanted)?;
    for (path, reach) in reaches.into_iter().flat_map(|(_, files)| files) {
        let generated = tree.get(&path).unwrap_or_default();
        let lines = Lines::read(&path, generated, project, service)?;
        let part = part(&path, &reach, generated, &lines);
        let kind = match path.extension() {
            _ if is_test(&path) => &mut report.tests,
            Some("md") => &mut report.documents,
            _ => &mut report.code,
        };
        kind.push(part);
    }
    Ok(Report::Answer(report))
}

/// The part of a file that an answer reaches.
pub(super) fn part(path: &Utf8Path, reach: &Reach, generated: &str, lines: &Lines) -> Part {
    let tests = match is_test(path) {
        true => functions(generated, |line| reach.has(line)),
        false => Vec::new(),
    };
    Part {
        path: path.to_owned(),
        whole: *reach == Reach::File,
        lines: lines.reached(reach),
        tests,
    }
}
