//! A report for people, in the style of rustc.

use anstyle::{AnsiColor, Style};

use super::{Diagnostic, Report, Severity, Texts};
use crate::answers::file::quoted;
use crate::snippet::{self, Head, Snippet};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// Each finding, with a blank line behind it.
pub fn diagnostics(report: &Report, texts: &dyn Texts, strict: bool) -> String {
    let found = report.diagnostics.iter();
    found
        .map(|found| diagnostic(found, texts, strict) + "\n\n")
        .collect()
}

/// One finding with colours, without a line break at the end.
pub(super) fn diagnostic(found: &Diagnostic, texts: &dyn Texts, strict: bool) -> String {
    let severity = found.severity(strict);
    let style = match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
    };
    let read = found.places.iter();
    let read: Vec<_> = read
        .filter_map(|place| Some((place, texts.text(&place.file)?)))
        .collect();
    let places: Vec<_> = read
        .iter()
        .map(|(place, text)| {
            let snippet = Snippet::new(place.file.as_str(), text, &place.span);
            (snippet, place.label.as_str())
        })
        .collect();
    let exception = exception(found);
    let notes = found.notes.iter().map(|note| ("note", note.as_str()));
    let helps = found.helps.iter().chain(&exception);
    let helps = helps.map(|help| ("help", help.as_str()));
    let remarks: Vec<_> = notes.chain(helps).collect();
    let head = Head {
        word: severity.word(),
        code: found.rule.code,
        message: &found.message,
        style,
    };
    snippet::report(head, &places, &remarks)
}

/// The way out that is left where both sides are to stay as they are.
fn exception(found: &Diagnostic) -> Option<String> {
    if found.rule.subject.is_none() || found.subject.is_empty() {
        return None;
    }
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
