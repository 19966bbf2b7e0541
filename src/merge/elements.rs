//! Elements of lists: fields, variants, arms, arguments, one or more lines each; and lists within one line.

use super::align::Element;
use super::rust::scan::{self, At};

/// Cuts lines into elements that end with a comma, and arms that end with a brace. `None` where there is anything else.
pub(super) fn split(text: &str) -> Option<Vec<Element>> {
    cut(text, &|lines, at| {
        let after = lines.get(at + 1).map(|(at, _)| at);
        let line = lines[at].1.trim_end();
        let is_outside = after.is_none_or(|at| at.depth == 0 && !at.inside);
        let ends = line.ends_with(',') || (line.ends_with('}') && at_arm(lines, at));
        is_outside && ends
    })
    .filter(|elements| elements.iter().all(|element| !is_statement(&element.text)))
}

/// Cuts lines into calls of a chain: `.route("/x", get(x))`.
pub(super) fn split_calls(text: &str) -> Option<Vec<Element>> {
    let elements = cut(text, &|lines, at| {
        let after = lines.get(at + 1);
        after.is_none_or(|(at, line)| at.depth == 0 && line.trim_start().starts_with('.'))
    })?;
    let is_call = |element: &Element| {
        element.text.trim_start().starts_with('.') && element.text.trim_end().ends_with(')')
    };
    elements.iter().all(is_call).then_some(elements)
}

/// Whether the element that ends at this line is an arm with a block.
fn at_arm(lines: &[(At, &str)], end: usize) -> bool {
    let begin = lines[..=end].iter().rev().find(|(at, _)| at.depth == 0);
    begin.is_some_and(|(_, line)| line.trim_end().ends_with("=> {"))
}

fn is_statement(text: &str) -> bool {
    let text = text.trim_start();
    ["let ", "return ", "if ", "for ", "while "]
        .iter()
        .any(|word| text.starts_with(word))
}

/// Whether an element ends with the line of this number.
type Ends<'a> = &'a dyn Fn(&[(At, &str)], usize) -> bool;

fn cut(text: &str, ends: Ends<'_>) -> Option<Vec<Element>> {
    let lines = scan::lines(text)?;
    let mut elements = Vec::new();
    let (mut blank, mut lead, mut body) = (0, String::new(), String::new());
    for (at, (state, line)) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let outside = body.is_empty() && state.depth == 0 && !state.inside;
        if outside && trimmed.is_empty() {
            // An empty line below a comment ends what belongs to the next element.
            if !lead.is_empty() {
                return None;
            }
            blank += 1;
            continue;
        }
        if outside && (trimmed.starts_with("//") || trimmed.starts_with("#[")) {
            lead.push_str(line);
            continue;
        }
        // An element goes on with an operator. With anything else, what stands before it is no element.
        let goes_on = trimmed.starts_with(['.', '?', '|', '&', '+', '-', '*', '=', '<', '>']);
        if !body.is_empty() && state.depth == 0 && !state.inside && !goes_on {
            return None;
        }
        body.push_str(line);
        if ends(&lines, at) {
            let text = std::mem::take(&mut body);
            elements.push(Element {
                key: key(&text),
                blank: std::mem::take(&mut blank),
                lead: std::mem::take(&mut lead),
                sorted: false,
                text,
            });
        }
    }
    let is_whole = body.is_empty() && lead.is_empty() && blank == 0;
    is_whole.then_some(elements)
}

/// The name of a field or the pattern of an arm; other elements have none.
fn key(text: &str) -> Option<String> {
    let line = text.trim_start().lines().next()?;
    if let Some((pattern, _)) = line.split_once(" => ") {
        return Some(format!("{pattern} =>"));
    }
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let (name, rest) = line.split_once(':')?;
    let is_name = name
        .chars()
        .all(|c| c.is_alphanumeric() || c == '_' || c == '#');
    (is_name && rest.starts_with(' ')).then(|| name.to_owned())
}

/// Merges one line of which only the elements of one list differ: imports in braces, derived traits, arguments.
pub(super) fn merge_line(base: &str, yours: &str, fresh: &str) -> Option<String> {
    let [base, yours, fresh] = [List::of(base)?, List::of(yours)?, List::of(fresh)?];
    if (base.before, base.after) != (yours.before, yours.after)
        || (base.before, base.after) != (fresh.before, fresh.after)
        || !base.is_set()
    {
        return None;
    }
    let mut merged: Vec<&str> = yours
        .elements
        .iter()
        .copied()
        .filter(|one| fresh.elements.contains(one) || !base.elements.contains(one))
        .collect();
    let added = fresh
        .elements
        .iter()
        .filter(|one| !base.elements.contains(one) && !yours.elements.contains(one));
    let was_sorted = [&yours, &fresh]
        .iter()
        .all(|list| list.elements.is_sorted());
    merged.extend(added.copied());
    if was_sorted {
        merged.sort_unstable();
    }
    (!merged.is_empty()).then(|| format!("{}{}{}", base.before, merged.join(", "), base.after))
}

/// A line with a list in it.
struct List<'a> {
    before: &'a str,
    elements: Vec<&'a str>,
    after: &'a str,
}

impl<'a> List<'a> {
    fn of(line: &'a str) -> Option<List<'a>> {
        if line.trim_end().contains('\n') {
            return None;
        }
        let (open, close) = match line.trim_start().starts_with("#[derive(") {
            true => ("(", ")"),
            false => ("{", "}"),
        };
        let start = line.find(open)? + 1;
        let end = line.rfind(close).filter(|end| *end >= start)?;
        let list = &line[start..end];
        // Lists in lists would need another look.
        if list.contains(['{', '}', '(', ')', '"']) {
            return None;
        }
        Some(List {
            before: &line[..start],
            elements: list.split(',').map(str::trim).collect(),
            after: &line[end..],
        })
    }

    /// Whether the order means nothing.
    fn is_set(&self) -> bool {
        let line = self.before.trim_start();
        let line = line.strip_prefix("pub ").unwrap_or(line);
        line.starts_with("use ") || line.starts_with("#[derive(")
    }
}
