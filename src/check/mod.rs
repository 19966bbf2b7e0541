//! What no longer holds: open questions, arithmetic that cannot work, code and answers that have parted.
//!
//! Everything is a function of a [`Project`], which [`Project::read`] takes from the disk at once. A rule has a code, a title and an
//! explanation in [one table](RULES); what it finds is a [`Diagnostic`], which names both sides and both ways out. What a team has decided to
//! live with is an exception in `kickoff.toml`: it stays in the [`Report`], with its reason.
//!
//! | room | what it does |
//! |---|---|
//! | `rule` | the table of rules, and their explanations beside it |
//! | `project`, `material` | what is read from the disk, and what the answers mean |
//! | `questions`, `arithmetic`, `done`, `reality` | rules about the answers |
//! | `dependencies`, `code`, `tables`, `limits`, `records`, `state` | rules about the project as it stands |
//! | `rust`, `sql`, `sources` | reading code by tokens |
//! | `exceptions` | what is excused, and exceptions that excuse nothing |
//! | `human`, `json`, `sarif` | how a report is shown |
//! | [`mod@reference`] | `docs/diagnostics.md` |

mod arithmetic;
mod code;
mod dependencies;
mod diagnostic;
mod done;
pub(crate) mod exceptions;
pub mod human;
pub mod json;
mod limits;
mod material;
mod project;
mod questions;
mod reality;
mod records;
pub mod reference;
pub(crate) mod rule;
mod rust;
pub mod sarif;
mod sources;
mod sql;
mod state;
mod tables;

pub use self::diagnostic::{Diagnostic, Place};
pub use self::project::{File, NoBaseline, Project};
pub use self::rule::{GROUPS, Group, RECORDS, RULES, Rule, Severity};

use std::borrow::Cow;

use camino::Utf8Path;

use crate::answers::Exception;
use crate::baseline::ANSWERS;

use self::exceptions::Exceptions;
use self::material::Material;
use self::sources::Sources;

/// What findings are in.
pub trait Texts {
    /// The text of a file, by its path from the root.
    fn text(&self, path: &Utf8Path) -> Option<Cow<'_, str>>;
}

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What nobody has excused, in the order of the codes.
    pub diagnostics: Vec<Diagnostic>,
    /// What somebody answers for.
    pub excepted: Vec<(Diagnostic, Exception)>,
}

impl Report {
    /// How many are this bad. With `strict` a warning is an error.
    pub fn count(&self, severity: Severity, strict: bool) -> usize {
        let diagnostics = self.diagnostics.iter();
        diagnostics
            .filter(|found| found.severity(strict) == severity)
            .count()
    }
}

impl Diagnostic {
    /// How bad it is. With `strict` a warning is an error.
    pub fn severity(&self, strict: bool) -> Severity {
        match strict {
            true => Severity::Error,
            false => self.rule.severity,
        }
    }
}

/// Holds a project to every rule.
pub fn run(project: &Project) -> Report {
    let material = match Material::new(project) {
        Ok(material) => material,
        Err(diagnostics) => {
            return Report {
                diagnostics,
                ..Report::default()
            };
        }
    };
    let mut diagnostics = questions::check(&material);
    diagnostics.extend(arithmetic::check(&material));
    diagnostics.extend(dependencies::check(&material));
    diagnostics.extend(state::check(&material));
    // Without what was generated last there is nothing to compare the code with.
    if let Some(baseline) = material.baseline() {
        let sources = Sources::new(&material, baseline);
        diagnostics.extend(code::check(&material, &sources));
        diagnostics.extend(tables::check(&material, baseline));
        diagnostics.extend(limits::check(&material, &sources));
        diagnostics.extend(records::check(&material, baseline));
    }
    diagnostics.extend(done::check(&material));
    diagnostics.extend(reality::check(&material));
    let mut report = exceptions::apply(
        &Exceptions {
            list: &material.answers.exceptions,
            file: ANSWERS.into(),
            places: &material.places,
            today: &project.today,
            is_judged: &|exception| !exception.code.starts_with(RECORDS),
        },
        diagnostics,
    );
    report.diagnostics.sort_by_key(|found| found.rule.code);
    report
}
