//! The title of a record, and the number in it.

use std::ops::Range;

use super::super::record::{Number, NumberPlace, Section, Spanned};
use super::front_matter::FrontMatter;
use super::headings::plain_name;
use super::mask::lines;
use super::{number, status, words};

/// What the title says.
#[derive(Debug, Default)]
pub(super) struct Title {
    pub(super) title: Option<Spanned<String>>,
    pub(super) number: Option<Number>,
}

/// The title: the first heading of level 1, else what the front matter calls title, else a first heading that begins with a number.
pub(super) fn read(
    masked: &str,
    start: usize,
    front_matter: Option<&FrontMatter>,
    sections: &[Section],
) -> Title {
    let heading = sections
        .iter()
        .find(|section| section.level == 1 && is_title(section))
        .map(|section| section.name.clone());
    let named = front_matter
        .and_then(|front_matter| {
            front_matter
                .entries
                .iter()
                .find(|entry| entry.key == "title")
        })
        .and_then(|entry| entry.values.first().cloned());
    let found = heading
        .or(named)
        .or_else(|| bold_first_line(masked, start))
        .or_else(|| {
            let first = sections.first().filter(|section| is_title(section))?;
            Some(first.name.clone())
        });
    found.map(split).unwrap_or_default()
}

fn is_title(section: &Section) -> bool {
    let name = plain_name(section);
    let is_status = status::section_of_status(section).is_some();
    let is_section = words::is_decision_section(&name) && !name.contains(' ');
    !is_status && !is_section
}

/// `**ADR-001: Use a queue**` in place of a heading.
fn bold_first_line(masked: &str, start: usize) -> Option<Spanned<String>> {
    let line = lines(masked, start).find(|line| !masked[line.clone()].trim().is_empty())?;
    let text = masked[line.clone()].trim();
    let inner = text.strip_prefix("**")?.strip_suffix("**")?;
    let found = number::in_title(inner).filter(|_| !inner.contains("**"))?;
    let begin = line.start + masked[line.clone()].find("**")? + 2;
    (!found.digits.is_empty()).then(|| Spanned {
        value: inner.to_owned(),
        span: begin..begin + inner.len(),
    })
}

fn split(whole: Spanned<String>) -> Title {
    let (found, length) = match number::in_title(&whole.value) {
        Some(found) => {
            let length = found.length;
            (Some(found), length)
        }
        None => (None, unnumbered_prefix(&whole.value)),
    };
    if let Some(title) = number_behind(&whole).filter(|_| found.is_none()) {
        return title;
    }
    let number_end = whole.span.start + length;
    let number = found.and_then(|found| found.at(NumberPlace::Title(whole.span.start..number_end)));
    let rest = &whole.value[length..];
    // `ADR 12` alone: the number is all the title there is.
    let (text, span): (&str, Range<usize>) = if rest.trim().is_empty() {
        (&whole.value, whole.span.clone())
    } else {
        (
            rest.trim_start(),
            whole.span.end - rest.trim_start().len()..whole.span.end,
        )
    };
    Title {
        title: Some(Spanned {
            value: without_links(text),
            span,
        }),
        number,
    }
}

/// `Use a queue [ADR-2]`.
fn number_behind(whole: &Spanned<String>) -> Option<Title> {
    let body = whole.value.strip_suffix([']', ')'])?;
    let open = body.rfind(['[', '('])?;
    let found = number::in_title(&body[open + 1..])?;
    let text = body[..open].trim_end();
    let is_whole = found.length == body.len() - open - 1 && !text.is_empty();
    let begin = whole.span.start + open + 1;
    is_whole.then(|| Title {
        title: Some(Spanned {
            value: without_links(text),
            span: whole.span.start..whole.span.start + text.len(),
        }),
        number: found.at(NumberPlace::Title(begin..begin + body.len() - open - 1)),
    })
}

/// The length of `Architecture Decision Record: ` and `ADR: `.
fn unnumbered_prefix(title: &str) -> usize {
    let Some((before, _)) = title.split_once(':') else {
        return 0;
    };
    let is_label = !before.trim().is_empty() && before.split([' ', '-']).all(words::is_record_word);
    if is_label { before.len() + 1 } else { 0 }
}

/// A title as it can stand within a link: `[Effect](https://effect.website)` becomes `Effect`.
fn without_links(title: &str) -> String {
    let mut text = title.to_owned();
    while let Some(middle) = text.find("](") {
        let open = text[..middle].rfind('[');
        let close = text[middle..].find(')').map(|at| middle + at);
        let (Some(open), Some(close)) = (open, close) else {
            break;
        };
        let label = text[open + 1..middle].to_owned();
        text.replace_range(open..=close, &label);
    }
    text
}
