//! Why a file, or one of its lines, is as it is.

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;

use super::is_own;
use super::lines::{LineStanding, Lines, read};
use super::report::{Facts, Part, Report, part};
use super::service::Service;
use crate::answers::file::Places;
use crate::baseline::{ANSWERS, migration_name};
use crate::cli::project::Project;
use crate::error::{Error, Result};
use crate::plan::snapshot::Snapshot;
use crate::plan::update::most_alike;
use crate::skeleton::tree::Tree;
use crate::succession;
use crate::trace::guards::is_test;
use crate::trace::place::Place;
use crate::trace::reach::Reach;

/// For so many answers of a line, the tests are looked for: the most particular ones.
const PARTICULAR: usize = 4;

/// A file of the project, or one of its lines (counted from 1).
pub(super) struct Asked {
    pub(super) path: Utf8PathBuf,
    pub(super) line: Option<usize>,
}

/// How a file stands to what is generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Standing {
    /// It was generated, and is there.
    Generated,
    /// It was generated, and a person moved it here.
    Moved,
    /// It was generated, and a person deleted it.
    Deleted,
    /// A person made it.
    Yours,
    /// It was generated for answers that have changed since, and stays as it is.
    Earlier,
    /// kickoff keeps it for itself.
    Kept,
}

/// A line that was asked about.
#[derive(Serialize)]
pub(super) struct Line {
    pub(super) number: usize,
    pub(super) text: String,
    pub(super) standing: LineStanding,
    /// What was generated where a person wrote something else.
    pub(super) instead_of: Vec<String>,
}

/// An answer, and what of the file it shapes.
#[derive(Serialize)]
pub(super) struct Shaping {
    #[serde(flatten)]
    pub(super) facts: Facts,
    /// Without it, the file would not be there.
    pub(super) whole: bool,
    /// The lines of the file as it is, counted from 1, both ends inclusive.
    pub(super) lines: Vec<[usize; 2]>,
    /// Tests that the same answer shapes, where a line was asked about.
    pub(super) tests: Vec<Part>,
}

/// Why a file or a line is as it is.
#[derive(Serialize)]
pub(super) struct FileReport {
    reason: &'static str,
    pub(super) path: Utf8PathBuf,
    pub(super) standing: Standing,
    pub(super) moved_from: Option<Utf8PathBuf>,
    pub(super) line: Option<Line>,
    /// Which services get the file, in words.
    pub(super) brought_by: Option<&'static str>,
    /// No answer changes the file, or the line.
    pub(super) in_every_service: bool,
    /// The lines that a person wrote.
    pub(super) yours: Vec<[usize; 2]>,
    pub(super) answers: Vec<Shaping>,
}

/// Why a file, or one of its lines, is as it is.
pub(super) fn report(asked: &Asked, project: &Project, service: &Service) -> Result<Report> {
    let text = read(project, &asked.path)?;
    let mut report = FileReport {
        reason: "why",
        path: asked.path.clone(),
        standing: Standing::Yours,
        moved_from: None,
        line: None,
        brought_by: None,
        in_every_service: false,
        yours: Vec::new(),
        answers: Vec::new(),
    };
    let mut path = asked.path.clone();
    if is_own(&path) {
        report.standing = Standing::Kept;
    } else if service.baseline.get(&path).is_some() {
        report.standing = match text {
            Some(_) => Standing::Generated,
            None => Standing::Deleted,
        };
    } else if let Some(text) = &text
        && let Some(from) = moved_from(&path, text, project, service)?
    {
        report.standing = Standing::Moved;
        report.moved_from = Some(from.clone());
        path = from;
    }
    let tree = service.tree(&|other| other == path)?;
    let generated = tree.get(&path).filter(|_| path != ANSWERS);
    if generated.is_none() && !matches!(report.standing, Standing::Yours | Standing::Kept) {
        report.standing = Standing::Earlier;
    }
    let lines = Lines::of(
        &path,
        generated.unwrap_or_default(),
        text.as_deref().unwrap_or_default(),
        service,
    );
    report.yours = lines.yours();
    let wanted_lines = match asked.line {
        None => None,
        Some(number) => {
            let (line, generated_lines) = line(number, asked, &text, generated, &lines)?;
            report.line = Some(line);
            Some(generated_lines)
        }
    };
    if let Some(generated) = generated {
        report.brought_by = service.brought_by(&path)?;
        let is_wanted = |reach: &Reach| match &wanted_lines {
            None => true,
            Some(wanted) => wanted.iter().any(|line| reach.has(*line)),
        };
        report.answers = shapings(
            &path, &tree, generated, &lines, &is_wanted, project, service,
        )?;
        let is_traced = wanted_lines.as_ref().is_none_or(|lines| !lines.is_empty());
        report.in_every_service = report.answers.is_empty() && is_traced;
        if wanted_lines.is_some() {
            add_tests(&mut report.answers, project, service)?;
        }
    }
    Ok(Report::File(report))
}

/// The line, and those of what is generated that it stands for.
fn line(
    number: usize,
    asked: &Asked,
    text: &Option<String>,
    generated: Option<&str>,
    lines: &Lines,
) -> Result<(Line, Vec<usize>)> {
    let all: Vec<&str> = text.as_deref().unwrap_or_default().lines().collect();
    let Some((standing, of_generated)) = lines.of_file.get(number - 1) else {
        return Err(Error::usage(format!(
            "`{}` has {} lines, and no line {number}",
            asked.path,
            all.len()
        )));
    };
    let generated: Vec<&str> = generated.unwrap_or_default().lines().collect();
    let instead_of = match standing {
        LineStanding::Replaced => of_generated
            .iter()
            .map(|line| generated[*line].to_owned())
            .collect(),
        _ => Vec::new(),
    };
    let line = Line {
        number,
        text: all[number - 1].to_owned(),
        standing: *standing,
        instead_of,
    };
    Ok((line, of_generated.clone()))
}

/// The answers that shape the file, as far as they are wanted: for a line the most particular first.
fn shapings(
    path: &Utf8Path,
    tree: &Tree,
    generated: &str,
    lines: &Lines,
    is_wanted: &dyn Fn(&Reach) -> bool,
    project: &Project,
    service: &Service,
) -> Result<Vec<Shaping>> {
    let wanted = |other: &Utf8Path| other == path;
    let traced = |lists: bool| -> Result<Vec<(&Place, Reach)>> {
        let places = service
            .places
            .iter()
            .filter(|place| place.is_list() == lists);
        let reaches = service.reaches(places, tree, &wanted)?.into_iter();
        let reaches = reaches
            .flat_map(|(place, files)| files.into_iter().map(move |(_, reach)| (place, reach)));
        Ok(reaches.filter(|(_, reach)| is_wanted(reach)).collect())
    };
    let mut found = traced(false)?;
    // What several items bring is there for their list.
    if found.iter().all(|(_, reach)| *reach != Reach::File) {
        let lists = traced(true)?;
        found.extend(lists.into_iter().filter(|(_, reach)| *reach == Reach::File));
    }
    found.sort_by_key(|(place, reach)| {
        let lines = match reach {
            Reach::File => usize::MAX,
            Reach::Lines(lines) => lines.len(),
        };
        // Of two that bring the file, the one deeper in the answers is the more particular.
        (lines, std::cmp::Reverse(place.depth()))
    });
    let said = Places::read(&project.text);
    let shapings = found.into_iter().map(|(place, reach)| {
        let part = part(path, &reach, generated, lines);
        Shaping {
            facts: Facts::of(place, said.as_ref(), service),
            whole: part.whole,
            lines: part.lines,
            tests: Vec::new(),
        }
    });
    Ok(shapings.collect())
}

/// Names the tests that the most particular answers shape.
fn add_tests(answers: &mut [Shaping], project: &Project, service: &Service) -> Result<()> {
    let particular = answers.iter().filter(|answer| !answer.whole).count();
    let count = match particular {
        0 => answers.len(),
        particular => particular,
    };
    let answers = &mut answers[..count.min(PARTICULAR)];
    let tree = service.tree(&is_test)?;
    let ids: Vec<_> = answers
        .iter()
        .map(|answer| answer.facts.id.clone())
        .collect();
    let places = service
        .places
        .iter()
        .filter(|place| ids.contains(&place.id));
    for (place, files) in service.reaches(places, &tree, &is_test)? {
        let Some(answer) = answers
            .iter_mut()
            .find(|answer| answer.facts.id == place.id)
        else {
            continue;
        };
        for (path, reach) in files {
            let generated = tree.get(&path).unwrap_or_default();
            let lines = Lines::read(&path, generated, project, service)?;
            answer.tests.push(part(&path, &reach, generated, &lines));
        }
    }
    Ok(())
}

/// Where a file was generated that a person moved to `path`.
fn moved_from(
    path: &Utf8Path,
    text: &str,
    project: &Project,
    service: &Service,
) -> Result<Option<Utf8PathBuf>> {
    let same_kind = service.baseline.iter().filter(|(other, _)| {
        other.extension() == path.extension() && migration_name(other).is_none()
    });
    let candidates: Vec<_> = same_kind.collect();
    let there = Snapshot::read(&project.root, candidates.iter().map(|(path, _)| *path))?;
    let missing: Vec<_> = candidates
        .into_iter()
        .filter(|(path, _)| there.get(path).is_none())
        .collect();
    Ok(most_alike(path, text, &missing))
}

/// What a file is that answers of an earlier day put there.
pub(super) fn earlier(path: &Utf8Path) -> &'static str {
    if migration_name(path).is_some() {
        "a migration stays as it was once run: it leads from an earlier schema to a later one"
    } else if path.parent() == Some(succession::FOLDER.into()) {
        "a record of what was decided before; a later record says what holds now"
    } else {
        "another version of kickoff generated it, and this one does not; `cargo kickoff update` brings the project to this version"
    }
}
