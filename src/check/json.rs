//! A report for programs: one JSON object a line, as Cargo does it.

use serde_json::{Value, json};

use super::{Diagnostic, Report, Severity, Texts, human};
use crate::snippet::Snippet;

/// The report as JSON lines.
///
/// The format is stable: keys may be added, none change their meaning. Each finding is `{"reason":"diagnostic","code":"KD0301",…}` with the
/// places in the form of rustc's spans: bytes from 0, lines and columns from 1, columns in characters. What is excused has an `exception`
/// and does not count. Last comes `{"reason":"check-finished","success":true,"errors":0,"warnings":1,"excepted":0}`.
pub fn json(report: &Report, texts: &dyn Texts, strict: bool) -> String {
    let mut text = String::new();
    for found in &report.diagnostics {
        let line = diagnostic(found, texts, strict);
        text.push_str(&format!("{line}\n"));
    }
    for (found, exception) in &report.excepted {
        let mut line = diagnostic(found, texts, strict);
        line["exception"] = json!({
            "reason": exception.reason,
            "owner": exception.owner,
            "until": exception.until,
        });
        text.push_str(&format!("{line}\n"));
    }
    let errors = report.count(Severity::Error, strict);
    let sum = json!({
        "reason": "check-finished",
        "success": errors == 0,
        "errors": errors,
        "warnings": report.count(Severity::Warning, strict),
        "excepted": report.excepted.len(),
    });
    text.push_str(&format!("{sum}\n"));
    text
}

fn diagnostic(found: &Diagnostic, texts: &dyn Texts, strict: bool) -> Value {
    let spans: Vec<_> = found
        .places
        .iter()
        .enumerate()
        .map(|(at, place)| {
            let text = texts.text(&place.file).unwrap_or_default();
            let snippet = Snippet::new(place.file.as_str(), &text, &place.span);
            json!({
                "file_name": place.file,
                "byte_start": place.span.start,
                "byte_end": place.span.end,
                "line": snippet.line(),
                "column_start": snippet.column(),
                "column_end": snippet.column_end(),
                "is_primary": at == 0,
                "label": place.label,
                "text": snippet.text(),
            })
        })
        .collect();
    let rendered = human::diagnostic(found, texts, strict);
    json!({
        "reason": "diagnostic",
        "code": found.rule.code,
        "name": found.rule.name,
        "level": found.severity(strict).word(),
        "message": found.message,
        "subject": found.subject,
        "spans": spans,
        "notes": found.notes,
        "helps": found.helps,
        "rendered": anstream::adapter::strip_str(&rendered).to_string() + "\n",
    })
}
