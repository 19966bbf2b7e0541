//! A file of the project, line by line beside what is generated for it.

use camino::Utf8Path;
use serde::Serialize;

use super::service::Service;
use crate::cli::project::Project;
use crate::error::{Error, Result};
use crate::plan::snapshot::{Entry, Snapshot};
use crate::trace::lines::{From, origins};
use crate::trace::reach::Reach;

/// How a line came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LineStanding {
    /// It was generated.
    Generated,
    /// A person added it.
    Yours,
    /// A person wrote it in the place of what was generated.
    Replaced,
    /// It was generated, and this version would generate something else.
    Earlier,
}

/// A file of the project beside what is generated for it.
pub(super) struct Lines {
    /// Where each line comes from; the numbers are those of what this version generates.
    pub(super) of_file: Vec<(LineStanding, Vec<usize>)>,
}

impl Lines {
    /// Reads a file that was generated as `generated` by this version. A file that is gone has no lines.
    pub(super) fn read(
        path: &Utf8Path,
        generated: &str,
        project: &Project,
        service: &Service,
    ) -> Result<Lines> {
        let text = read(project, path)?.unwrap_or_default();
        Ok(Lines::of(path, generated, &text, service))
    }

    pub(super) fn of(
        generated_as: &Utf8Path,
        generated: &str,
        text: &str,
        service: &Service,
    ) -> Lines {
        let base = service.baseline.get(generated_as).unwrap_or_default();
        let now = origins(generated, base);
        let now = |line: usize| match now.get(line) {
            Some(From::Generated(line)) => Some(*line),
            _ => None,
        };
        let of_file = origins(base, text).into_iter().map(|origin| match origin {
            From::Generated(line) => match now(line) {
                Some(line) => (LineStanding::Generated, vec![line]),
                None => (LineStanding::Earlier, Vec::new()),
            },
            From::Person(instead) if instead.is_empty() => (LineStanding::Yours, Vec::new()),
            From::Person(instead) => (
                LineStanding::Replaced,
                instead.into_iter().filter_map(now).collect(),
            ),
        });
        Lines {
            of_file: of_file.collect(),
        }
    }

    /// The lines that an answer reaches.
    pub(super) fn reached(&self, reach: &Reach) -> Vec<[usize; 2]> {
        self.ranges(|standing, lines| {
            standing == LineStanding::Generated && lines.iter().any(|line| reach.has(*line))
        })
    }

    pub(super) fn yours(&self) -> Vec<[usize; 2]> {
        self.ranges(|standing, _| matches!(standing, LineStanding::Yours | LineStanding::Replaced))
    }

    fn ranges(&self, is_meant: impl Fn(LineStanding, &[usize]) -> bool) -> Vec<[usize; 2]> {
        let mut ranges: Vec<[usize; 2]> = Vec::new();
        for (at, (standing, lines)) in self.of_file.iter().enumerate() {
            if !is_meant(*standing, lines) {
                continue;
            }
            let number = at + 1;
            match ranges.last_mut() {
                Some([_, end]) if *end + 1 == number => *end = number,
                _ => ranges.push([number, number]),
            }
        }
        ranges
    }
}

/// The file as it is; `None` where there is none.
pub(super) fn read(project: &Project, path: &Utf8Path) -> Result<Option<String>> {
    let snapshot = Snapshot::read(&project.root, [path])?;
    match snapshot.get(path) {
        Some(Entry::File(bytes)) => Ok(Some(String::from_utf8_lossy(bytes).into_owned())),
        Some(Entry::Other(what)) => {
            Err(Error::usage(format!("`{path}` is {what}")).hint("name a file"))
        }
        None => Ok(None),
    }
}
