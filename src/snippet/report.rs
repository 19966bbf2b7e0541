//! Something that was found, as rustc would show it: a head, the places, and what is to be said about them.

use anstyle::{AnsiColor, Style};

use super::{Look, Snippet, shown};

const BARS: Style = AnsiColor::Blue.on_default().bold();
const BOLD: Style = Style::new().bold();

/// What stands above the places.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// `error` or `warning`.
    pub word: &'a str,
    /// The code of the rule.
    pub code: &'a str,
    /// What is wrong, in one sentence.
    pub message: &'a str,
    /// The colour of the word, and of what is underlined first.
    pub style: Style,
}

/// With colours, without a line break at the end. The first place is that of what was found, the others are the other side; a place comes
/// with what stands there, a remark with its word: `note` or `help`.
pub fn report(head: Head<'_>, places: &[(Snippet<'_>, &str)], remarks: &[(&str, &str)]) -> String {
    let Head {
        word, code, style, ..
    } = head;
    let digits = places.iter().map(|(snippet, _)| snippet.digits());
    let gutter = digits.max().unwrap_or(1);
    let bar = format!("{:gutter$}{BARS} |{BARS:#}", "");
    let message = shown(head.message);
    let mut lines = vec![format!(
        "{style}{word}[{code}]{style:#}{BOLD}: {message}{BOLD:#}"
    )];
    for (at, (snippet, label)) in places.iter().enumerate() {
        let secondary = at > 0;
        if secondary {
            lines.push(bar.clone());
        }
        lines.extend(snippet.show(&Look {
            gutter,
            label,
            secondary,
            bars: BARS,
            mark: if secondary { BARS } else { style },
        }));
    }
    if !places.is_empty() && !remarks.is_empty() {
        lines.push(bar);
    }
    for (word, said) in remarks {
        lines.push(format!(
            "{:gutter$} {BARS}={BARS:#} {BOLD}{word}{BOLD:#}: {}",
            "",
            shown(said)
        ));
    }
    lines.join("\n")
}
