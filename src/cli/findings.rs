//! What a check found, in print: for `check` and for `adr check`.

use camino::{Utf8Path, Utf8PathBuf};
use clap::ValueEnum;

use super::Session;
use super::adr::place::repository_above;
use crate::check::{Report, Severity, Texts, human, json, sarif};
use crate::error::exit;
use crate::workspace::paths::with_slashes;

/// How findings are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people, in the style of rustc.
    Human,
    /// One JSON object a line on stdout, each with a `reason`.
    Json,
    /// SARIF 2.1.0 on stdout, for code scanning.
    Sarif,
}

/// What was found, and how it is to be shown.
pub(super) struct Findings<'a> {
    pub(super) report: &'a Report,
    pub(super) texts: &'a dyn Texts,
    /// Whether warnings are errors.
    pub(super) strict: bool,
    /// What paths are relative to. Absolute.
    pub(super) root: &'a Utf8Path,
    /// What is said to have been looked at, before the sum: `12 records: `.
    pub(super) looked_at: &'a str,
    /// What is said if nothing was found.
    pub(super) agree: &'a str,
}

impl Findings<'_> {
    /// Shows them, and gives the code to exit with.
    pub(super) fn show(&self, format: Format, session: &Session) -> u8 {
        let (report, texts, strict) = (self.report, self.texts, self.strict);
        match format {
            Format::Human => self.show_to_people(session),
            Format::Json => session.shell.data(json::json(report, texts, strict)),
            Format::Sarif => {
                let folder = in_repository(self.root);
                session
                    .shell
                    .data(sarif::sarif(report, texts, strict, &folder));
            }
        }
        match report.count(Severity::Error, strict) {
            0 => exit::DONE,
            _ => exit::FOUND,
        }
    }

    fn show_to_people(&self, session: &Session) {
        let report = self.report;
        session
            .shell
            .findings(human::diagnostics(report, self.texts, self.strict));
        for (found, exception) in &report.excepted {
            session.shell.verbose(format_args!(
                "excepted: {} {}: {} ({})",
                found.rule.code, found.subject, exception.reason, exception.owner
            ));
        }
        let excepted = match report.excepted.len() {
            0 => String::new(),
            count => format!(", {count} excepted"),
        };
        let sum = human::sum(report, self.strict);
        let said = sum.as_deref().unwrap_or(self.agree);
        session.shell.status(
            "Checked",
            format_args!("{}{said}{excepted}", self.looked_at),
        );
        if let Some(first) = report.diagnostics.first() {
            session.shell.note(format_args!(
                "`cargo kickoff check --explain {}` says more about one of them",
                first.rule.code
            ));
        }
    }
}

/// The path of a folder from the root of its repository; empty where there is none.
fn in_repository(root: &Utf8Path) -> Utf8PathBuf {
    let top = repository_above(root);
    let folder = top.and_then(|top| root.strip_prefix(top).ok());
    folder.map_or_else(Utf8PathBuf::new, |folder| with_slashes(folder).into())
}
