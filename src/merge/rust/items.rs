//! Items: functions, types, modules, imports.

use super::scan::{self, At};
use crate::merge::align::Element;

/// Cuts a piece of Rust into its items. `None` where there is anything else in it.
pub(super) fn split(text: &str) -> Option<Vec<Element>> {
    let lines = scan::lines(text)?;
    let mut items = Vec::new();
    let mut rest = lines.as_slice();
    while !rest.is_empty() {
        let (item, length) = item(rest, items.is_empty())?;
        items.push(item);
        rest = &rest[length..];
    }
    // Where a name is there twice (for two platforms, or in two `impl`), the text around has to tell.
    for at in 0..items.len() {
        let twice = |one: &Element| items.iter().filter(|other| other.key == one.key).count() > 1;
        if twice(&items[at]) {
            let key = format!(
                "{}{}",
                items[at].lead,
                items[at].key.as_deref().unwrap_or_default()
            );
            items[at].key = Some(key);
        }
    }
    Some(items)
}

/// The item that some lines begin with, and how many of them it takes.
fn item(lines: &[(At, &str)], is_first: bool) -> Option<(Element, usize)> {
    let blank = lines
        .iter()
        .take_while(|(_, line)| line.trim().is_empty())
        .count();
    let lead = lead(&lines[blank..]);
    let text_of = |lines: &[(At, &str)]| lines.iter().map(|(_, line)| *line).collect::<String>();
    let begin = blank + lead;
    let lead_text = text_of(&lines[blank..begin]);
    let Some((_, first)) = lines.get(begin) else {
        // Comments below the last item, or empty lines.
        let end = Element {
            key: Some("end".to_owned()),
            blank,
            lead: lead_text,
            text: String::new(),
            sorted: false,
        };
        return Some((end, lines.len()));
    };
    let key = if first.trim_start().starts_with("//!") || first.trim_start().starts_with("#!") {
        "head".to_owned()
    } else {
        name(first)?
    };
    let length = match key.as_str() {
        "head" => lines[begin..]
            .iter()
            .take_while(|(at, line)| {
                let line = line.trim_start();
                at.depth > 0 || line.starts_with("//!") || line.starts_with("#!")
            })
            .count(),
        _ => 1 + (begin..lines.len()).find(|line| ends(lines, *line))? - begin,
    };
    let text = text_of(&lines[begin..begin + length]);
    let is_single = text.lines().count() == 1;
    let sorted = is_single && ["use ", "mod "].iter().any(|word| key.starts_with(word));
    let element = Element {
        // What stands first has no empty line above it, and needs one where something else comes first.
        blank: match is_first && !is_single && key != "head" {
            true => blank.max(1),
            false => blank,
        },
        key: Some(key),
        lead: lead_text,
        text,
        sorted: sorted && blank == 0,
    };
    Some((element, begin + length))
}

/// How many lines of comments and attributes come first.
fn lead(lines: &[(At, &str)]) -> usize {
    let is_lead = |(at, line): &&(At, &str)| {
        let line = line.trim_start();
        let starts = (line.starts_with("//") && !line.starts_with("//!")) || line.starts_with("#[");
        at.inside || at.depth > 0 || starts
    };
    lines.iter().take_while(is_lead).count()
}

/// Whether the item ends with this line.
fn ends(lines: &[(At, &str)], line: usize) -> bool {
    let after = lines.get(line + 1).map(|(at, _)| at);
    let is_outside = after.is_none_or(|at| at.depth == 0 && !at.inside);
    let code = code(lines[line].1);
    is_outside && (code.ends_with(';') || code.ends_with('}'))
}

/// A line without a comment behind it. Text in quotes is left alone: then the line counts as it is.
fn code(line: &str) -> &str {
    match line.find("//") {
        Some(at) if !line[..at].contains('"') => line[..at].trim_end(),
        _ => line.trim_end(),
    }
}

/// What an item is called, from its first line. `None` where the line begins no item.
fn name(line: &str) -> Option<String> {
    let mut line = line.trim();
    if let Some(rest) = line.strip_prefix("pub") {
        line = match rest.strip_prefix('(') {
            Some(rest) => rest.split_once(')')?.1,
            None => rest.strip_prefix(' ')?,
        }
        .trim_start();
    }
    if let Some(path) = line.strip_prefix("use ") {
        let path = path.split_once('{').map_or(path, |(path, _)| path);
        return Some(format!("use {path}"));
    }
    let header = || line.trim_end_matches('{').trim_end().to_owned();
    if line.starts_with("impl ") || line.starts_with("impl<") || line.starts_with("unsafe impl") {
        return Some(header());
    }
    let mut words = line.split_whitespace().peekable();
    while let Some(word) = words.next() {
        match word {
            "async" | "unsafe" | "default" | "extern" => {}
            "\"C\"" | "\"system\"" => {}
            "const" if matches!(words.peek(), Some(&("fn" | "unsafe" | "async"))) => {}
            "fn" | "struct" | "enum" | "union" | "trait" | "type" | "mod" | "const" | "static"
            | "macro_rules!" => {
                let rest = words.next()?;
                let rest = match rest {
                    "mut" | "ref" => words.next()?,
                    _ => rest,
                };
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '#');
                return Some(format!("{word} {}", &rest[..end.unwrap_or(rest.len())]));
            }
            _ => return None,
        }
    }
    None
}
