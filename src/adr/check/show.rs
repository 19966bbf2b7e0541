//! Findings in print: as rustc shows its own, and for programs.

use anstyle::{AnsiColor, Style};
use camino::Utf8Path;
use serde_json::{Value, json};

use super::{Finding, Place};
use crate::snippet::{Look, Snippet, shown};

const RED: Style = AnsiColor::Red.on_default().bold();
const BLUE: Style = AnsiColor::Blue.on_default().bold();
const BOLD: Style = Style::new().bold();

/// A finding as rustc would show it, with its colours; `text` gives the text of a file.
pub fn human(finding: &Finding, text: &dyn Fn(&Utf8Path) -> Option<String>) -> String {
    let texts: Vec<String> = finding
        .places
        .iter()
        .map(|place| text(&place.file).unwrap_or_default())
        .collect();
    let snippets: Vec<Snippet<'_>> = finding
        .places
        .iter()
        .zip(&texts)
        .map(|(place, text)| Snippet::new(place.file.as_str(), text, &place.span))
        .collect();
    let gutter = snippets.iter().map(Snippet::digits).max().unwrap_or(1);
    let code = finding.rule.code;
    let message = shown(&finding.message);
    let mut lines = vec![format!(
        "{RED}error[{code}]{RED:#}{BOLD}: {message}{BOLD:#}"
    )];
    for (at, (snippet, place)) in snippets.iter().zip(&finding.places).enumerate() {
        if at > 0 {
            lines.push(format!("{BLUE}{:gutter$} |{BLUE:#}", ""));
        }
        lines.extend(snippet.show(&Look {
            gutter,
            label: &place.label,
            secondary: at > 0,
            bars: BLUE,
            mark: if at > 0 { BLUE } else { RED },
        }));
    }
    let notes = finding.notes.iter().map(|note| ("note", note));
    let helps = finding.helps.iter().map(|help| ("help", help));
    let below: Vec<(&str, &String)> = notes.chain(helps).collect();
    if !below.is_empty() {
        lines.push(format!("{BLUE}{:gutter$} |{BLUE:#}", ""));
    }
    for (word, said) in below {
        lines.push(format!(
            "{:gutter$} {BLUE}={BLUE:#} {BOLD}{word}{BOLD:#}: {}",
            "",
            shown(said)
        ));
    }
    lines.join("\n")
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
