//! Findings in print: as rustc shows its own, and for programs.

use anstyle::{AnsiColor, Style};
use camino::Utf8Path;
use serde_json::{Value, json};

use super::{Finding, Place};
use crate::snippet::{Head, Snippet, report};

const RED: Style = AnsiColor::Red.on_default().bold();

/// A finding as rustc would show it, with its colours; `text` gives the text of a file.
pub fn human(finding: &Finding, text: &dyn Fn(&Utf8Path) -> Option<String>) -> String {
    let texts: Vec<String> = finding
        .places
        .iter()
        .map(|place| text(&place.file).unwrap_or_default())
        .collect();
    let places: Vec<_> = finding
        .places
        .iter()
        .zip(&texts)
        .map(|(place, text)| {
            let snippet = Snippet::new(place.file.as_str(), text, &place.span);
            (snippet, place.label.as_str())
        })
        .collect();
    let notes = finding.notes.iter().map(|note| ("note", note.as_str()));
    let helps = finding.helps.iter().map(|help| ("help", help.as_str()));
    let remarks: Vec<_> = notes.chain(helps).collect();
    let head = Head {
        word: "error",
        code: finding.rule.code,
        message: &finding.message,
        style: RED,
    };
    report(head, &places, &remarks)
}

/// A finding as one line of JSON, without line end.
///
/// The format is stable, keys may be added: `{"reason":"adr-finding","code":"KD0401","rule":"duplicate-number","message":…,
/// "places":[{"file":…,"line":1,"column":3,"label":…}],"notes":[…],"helps":[…]}`. The first place is that of the finding, the others
/// are the other side; columns count characters.
pub fn json(finding: &Finding, text: &dyn Fn(&Utf8Path) -> Option<String>) -> Value {
    let place = |place: &Place| {
        let text = text(&place.file).unwrap_or_default();
        let snippet = Snippet::new(place.file.as_str(), &text, &place.span);
        json!({
            "file": place.file,
            "line": snippet.line(),
            "column": snippet.column(),
            "label": place.label,
        })
    };
    json!({
        "reason": "adr-finding",
        "code": finding.rule.code,
        "rule": finding.rule.name,
        "message": finding.message,
        "places": finding.places.iter().map(place).collect::<Vec<_>>(),
        "notes": finding.notes,
        "helps": finding.helps,
    })
}
