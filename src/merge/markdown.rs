//! Markdown: sections, list items and table rows.

use super::align::{self, Element};
use super::lines;
use super::pieces::{Piece, is_clean};

/// Merges three versions of a file.
pub(super) fn merge(base: &str, yours: &str, fresh: &str) -> Vec<Piece> {
    let by_lines = lines::merge(base, yours, fresh, &look_closer);
    if is_clean(&by_lines) {
        return by_lines;
    }
    let by_sections = align::merge(
        &sections(base),
        &sections(yours),
        &sections(fresh),
        &|_, base, yours, fresh| lines::merge(base, yours, fresh, &look_closer),
    );
    by_sections.unwrap_or(by_lines)
}

/// Lines that both sides changed: whole list items, or whole rows.
fn look_closer(base: &str, yours: &str, fresh: &str) -> Option<Vec<Piece>> {
    let conflict = |_: Option<&str>, base: &str, yours: &str, fresh: &str| {
        vec![Piece::conflict(base, yours, fresh)]
    };
    let pieces = align::merge(
        &entries(base)?,
        &entries(yours)?,
        &entries(fresh)?,
        &conflict,
    )?;
    is_clean(&pieces).then_some(pieces)
}

/// Cuts a text at its headings.
fn sections(text: &str) -> Vec<Element> {
    let mut sections: Vec<Element> = Vec::new();
    let mut in_code = false;
    let mut path: Vec<(usize, &str)> = Vec::new();
    for line in text.split_inclusive('\n') {
        in_code ^= line.trim_start().starts_with("```");
        let level = line.len() - line.trim_start_matches('#').len();
        let is_heading = !in_code && level > 0 && line[level..].starts_with(' ');
        if is_heading {
            path.retain(|(other, _)| *other < level);
            path.push((level, line.trim_end()));
        }
        if is_heading || sections.is_empty() {
            let titles: Vec<_> = path.iter().map(|(_, title)| *title).collect();
            sections.push(Element {
                key: Some(titles.join("\n")),
                blank: 0,
                lead: String::new(),
                text: String::new(),
                sorted: false,
            });
        }
        if let Some(section) = sections.last_mut() {
            section.text.push_str(line);
        }
    }
    // Empty lines belong to what follows them: the last section has none.
    for at in 1..sections.len() {
        let before = &mut sections[at - 1].text;
        let kept = before.trim_end_matches('\n').len() + 1;
        if kept < before.len() {
            let blank = before.len() - kept;
            before.truncate(kept);
            sections[at].blank = blank;
        }
    }
    sections
}

/// Cuts lines into list items or rows. `None` where there is anything else.
fn entries(text: &str) -> Option<Vec<Element>> {
    let mut entries: Vec<Element> = Vec::new();
    for line in text.split_inclusive('\n') {
        let is_row = line.starts_with('|') && line.trim_end().ends_with('|');
        if is_row || begins_item(line) {
            entries.push(Element {
                key: None,
                blank: 0,
                lead: String::new(),
                text: line.to_owned(),
                sorted: false,
            });
        } else {
            let last = entries.last_mut()?;
            let goes_on = line.starts_with("  ") && begins_item(&last.text);
            if !goes_on {
                return None;
            }
            last.text.push_str(line);
        }
    }
    Some(entries)
}

fn begins_item(line: &str) -> bool {
    ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
}
