//! The headings of a document.

use std::ops::Range;

use super::super::record::{Section, Spanned};
use super::mask::{Markup, item_marker, lines};

/// All headings in the order of the file, each with what is under it. `masked` hides what only looks like a heading.
pub(super) fn read(text: &str, masked: &str, start: usize, markup: Markup) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut before: Option<Range<usize>> = None;
    for line in lines(masked, start) {
        let end = line_end(text, line.end);
        let found = match markup {
            Markup::Markdown => {
                atx(masked, &line, '#').or_else(|| setext(masked, &line, before.take()))
            }
            Markup::AsciiDoc => atx(masked, &line, '='),
        };
        before = Some(line.clone());
        let Some((level, name)) = found else { continue };
        let begin = name.start.min(line.start);
        let heading = masked[..begin].rfind('\n').map_or(start, |at| at + 1)..end;
        sections.push(Section {
            level,
            name: clean(text, masked, name),
            heading,
            body: end..text.len(),
        });
    }
    for at in 0..sections.len() {
        let level = sections[at].level;
        let next = sections[at + 1..]
            .iter()
            .find(|section| section.level <= level);
        if let Some(end) = next.map(|section| section.heading.start) {
            sections[at].body.end = end;
        }
    }
    sections
}

/// What is directly under each heading: up to the next heading of any level.
pub(super) fn own_body(sections: &[Section], at: usize) -> Range<usize> {
    let section = &sections[at];
    let end = sections
        .get(at + 1)
        .map_or(section.body.end, |next| next.heading.start);
    section.body.start..end
}

/// The offset behind the line end that is at `at`.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    if rest.starts_with("\r\n") {
        at + 2
    } else {
        at + usize::from(rest.starts_with('\n') || rest.starts_with('\r'))
    }
}

fn atx(masked: &str, line: &Range<usize>, sign: char) -> Option<(u8, Range<usize>)> {
    let whole = &masked[line.clone()];
    let body = whole.trim_start_matches(' ');
    if whole.len() - body.len() > 3 {
        return None;
    }
    let rest = body.trim_start_matches(sign);
    let level = body.len() - rest.len();
    if !(1..=6).contains(&level) || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let text = rest.trim();
    let closed = text.trim_end_matches(sign);
    let text = if closed.is_empty() || closed.ends_with(' ') {
        closed.trim_end()
    } else {
        text
    };
    let begin = line.end - rest.trim_start().len();
    Some((u8::try_from(level).ok()?, begin..begin + text.len()))
}

fn setext(
    masked: &str,
    line: &Range<usize>,
    before: Option<Range<usize>>,
) -> Option<(u8, Range<usize>)> {
    let rule = masked[line.clone()].trim_end();
    let level = match rule.chars().next()? {
        '=' => 1,
        '-' if rule.len() >= 2 => 2,
        _ => return None,
    };
    if rule
        .chars()
        .any(|c| c != rule.chars().next().unwrap_or_default())
    {
        return None;
    }
    let before = before?;
    let text = &masked[before.clone()];
    let name = text.trim();
    let is_text = !name.is_empty()
        && !name.starts_with(['#', '|', '>'])
        && (level == 1 || item_marker(name).is_none())
        && !name.starts_with(['-', '*', '+'])
        && text.len() - text.trim_start().len() < 4;
    let begin = before.start + text.len() - text.trim_start().len();
    is_text.then(|| (level, begin..begin + name.len()))
}

/// The words of a heading without what decorates them.
fn clean(text: &str, masked: &str, name: Range<usize>) -> Spanned<String> {
    let visible = masked[name.clone()].trim_end();
    let visible = match visible.rfind("{#") {
        Some(at) if visible.ends_with('}') => visible[..at].trim_end(),
        _ => visible,
    };
    let trimmed = visible.trim_start_matches(['*', '_', ' ']);
    let begin = name.start + visible.len() - trimmed.len();
    let trimmed = trimmed.trim_end_matches(['*', '_', ' ']);
    Spanned {
        value: text[begin..begin + trimmed.len()].to_owned(),
        span: begin..begin + trimmed.len(),
    }
}

/// The name of a section to compare: lower case, without the numbering and signs before and the colon behind.
pub(in crate::adr) fn plain_name(section: &Section) -> String {
    let name = section.name.value.as_str();
    name.trim_start_matches(|c: char| !c.is_alphabetic())
        .trim_end_matches([':', ' ', '：'])
        .to_lowercase()
}
