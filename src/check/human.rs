//! A report for people, in the style of rustc.

use anstyle::{AnsiColor, Style};

use super::{Diagnostic, Project, Report, Severity};
use crate::answers::file::quoted;
use crate::snippet::{Look, Snippet, shown};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const BARS: Style = AnsiColor::Blue.on_default().bold();
const BOLD: Style = Style::new().bold();

/// Each finding, with a blank line behind it.
pub fn diagnostics(report: &Report, project: &Project, strict: bool) -> String {
    let found = report.diagnostics.iter();
    found
        .map(|found| diagnostic(found, project, strict) + "\n\n")
        .collect()
}

/// One finding with colours, without a line break at the end.
pub(super) fn diagnostic(found: &Diagnostic, project: &Project, strict: bool) -> String {
    let severity = found.severity(strict);
    let style = match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
    };
    let snippets: Vec<_> = found
        .places
        .iter()
        .filter_map(|place| {
            let text = project.text(&place.file)?;
            Some((Snippet::new(&place.file, text, &place.span), &place.label))
        })
        .collect();
    let digits = snippets.iter().map(|(snippet, _)| snippet.digits());
    let gutter = digits.max().unwrap_or(1);
    let mut lines = vec![format!(
        "{style}{}[{}]{style:#}{BOLD}: {}{BOLD:#}",
        severity.word(),
        found.rule.code,
        shown(&found.message)
    )];
    for (at, (snippet, label)) in snippets.iter().enumerate() {
        let secondary = at > 0;
        lines.extend(snippet.show(&Look {
            gutter,
            label,
            secondary,
            bars: BARS,
            mark: if secondary { BARS } else { style },
        }));
    }
    if !snippets.is_empty() {
        lines.push(format!("{:gutter$}{BARS} |{BARS:#}", ""));
    }
    let remarks = found.notes.iter().map(|note| ("note", note));
    let remarks = remarks.chain(found.helps.iter().map(|help| ("help", help)));
    let exception = exception(found);
    let remarks = remarks.chain(exception.iter().map(|help| ("help", help)));
    for (word, text) in remarks {
        lines.push(format!(
            "{:gutter$} {BARS}={BARS:#} {BOLD}{word}{BOLD:#}: {}",
            "",
            shown(text)
        ));
    }
    lines.join("\n")
}

/// The way out that is left where both sides are to stay as they are.
fn exception(found: &Diagnostic) -> Option<String> {
    found.rule.subject?;
    let code = found.rule.code;
    let subject = quoted(&found.subject);
    Some(format!(
        "or answer for it in `kickoff.toml`: `[[exception]]` with `code = \"{code}\"`, `subject = {subject}`, a `reason` and an `owner`"
    ))
}

/// `2 errors and 1 warning`; `None` where nothing was found.
pub fn sum(report: &Report, strict: bool) -> Option<String> {
    let parts: Vec<_> = [Severity::Error, Severity::Warning]
        .into_iter()
        .filter_map(|severity| {
            let word = severity.word();
            match report.count(severity, strict) {
                0 => None,
                1 => Some(format!("1 {word}")),
                count => Some(format!("{count} {word}s")),
            }
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}
