//! Where an answer stands in a file, and which answer stands at a line.

use super::BOM;
use super::layout::{Layout, Path, Statement, line_start, next_line};
use crate::answers::path;

/// The table of what was put off.
const OPEN: &str = "open";

/// The line (counted from 1) that speaks of an answer, by its id as `--set` takes it. `None` where nothing in the file does.
pub fn line_of(text: &str, id: &str) -> Option<usize> {
    let text = text.strip_prefix(BOM).unwrap_or(text);
    let layout = Layout::of(text).ok()?;
    let keys = path::keys(id).ok()?;
    let put_off = [OPEN.to_owned(), id.to_owned()];
    let mention = layout
        .first_mention(&keys)
        .or_else(|| layout.first_mention(&put_off))?;
    Some(line_number(text, mention.position()))
}

/// The keys from the root of the file to what stands at a line (counted from 1): the header of a table, or an entry with all the lines
/// of its value. Nothing for comments and empty lines.
pub fn keys_at(text: &str, line: usize) -> Option<Vec<String>> {
    let text = text.strip_prefix(BOM).unwrap_or(text);
    let layout = Layout::of(text).ok()?;
    let at = |position: usize| line_number(text, position);
    let mut found: Option<&Path> = None;
    for body in &layout.bodies {
        if !body.path.is_empty() && at(body.header.start) == line {
            return Some(body.path.clone());
        }
        let mut statements: Vec<&Statement> = body.statements.iter().collect();
        while let Some(statement) = statements.pop() {
            // The innermost of several wins: they come after those that hold them.
            if (at(statement.key)..=at(statement.value.end.saturating_sub(1))).contains(&line) {
                let is_deeper = found.is_none_or(|found| statement.path.len() > found.len());
                let starts_here = at(statement.key) == line || found.is_none();
                if is_deeper && starts_here && !is_shared(&layout, text, statement) {
                    found = Some(&statement.path);
                }
                statements.extend(statement.entries.iter().flatten());
            }
        }
    }
    let keys = found?;
    Some(match keys.as_slice() {
        [open, id] if open == OPEN => path::keys(id).ok()?,
        _ => keys.clone(),
    })
}

/// Whether other entries of the same inline table stand on its line.
fn is_shared(layout: &Layout, text: &str, statement: &Statement) -> bool {
    let line = line_start(text, statement.key)..next_line(text, statement.key);
    let parent = &statement.path[..statement.path.len() - 1];
    let siblings = layout
        .statement(parent)
        .and_then(|parent| parent.entries.as_ref());
    siblings
        .into_iter()
        .flatten()
        .any(|sibling| sibling.path != statement.path && line.contains(&sibling.key))
}

fn line_number(text: &str, position: usize) -> usize {
    text[..position].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
format = 1
[load]
peak-rps = 60
# A comment.
[entity.Order]
about = \"An order.\"
same-when = [
  \"number\",
]
[entity.Order.fields]
number = \"string(9)\"
note = { type = \"text?\", empty = \"nothing\" }
[open]
\"data.growth\" = \"ask Ada\"
";

    #[test]
    fn an_answer_is_found_at_its_line_and_back() {
        for (id, line) in [
            ("load.peak-rps", 3),
            ("entity.Order", 5),
            ("entity.Order.about", 6),
            ("entity.Order.same-when", 7),
            ("entity.Order.fields.number", 11),
            ("entity.Order.fields.note", 12),
            ("data.growth", 14),
        ] {
            assert_eq!(line_of(TEXT, id), Some(line), "{id}");
            let keys = keys_at(TEXT, line).unwrap_or_default();
            assert_eq!(keys.join("."), id);
        }
        assert_eq!(
            keys_at(TEXT, 8).unwrap_or_default().join("."),
            "entity.Order.same-when"
        );
        assert_eq!(keys_at(TEXT, 4), None);
        let marked = format!("\u{feff}{TEXT}");
        assert_eq!(line_of(&marked, "load.peak-rps"), Some(3));
        assert_eq!(keys_at(&marked, 3), keys_at(TEXT, 3));
        assert_eq!(line_of(TEXT, "load.p99"), None);
    }
}
