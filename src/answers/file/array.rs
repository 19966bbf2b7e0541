//! Changes a list with comments in it.

use std::ops::Range;

use super::{encode, lexer};

/// The list `old`, whose elements stand at `elements`, brought to `new`: one element a line, every comment kept. Those of an element
/// stay with it as long as it stays; those of an element that goes move to the end.
pub(super) fn merge(old: &str, elements: &[Range<usize>], new: &[String], indent: &str) -> String {
    let old_elements = with_comments(old, elements);
    let mut lines = String::from("[\n");
    let mut put = |line: &str| lines.push_str(&format!("{indent}    {line}\n"));
    for text in new {
        let quoted = encode::quoted(text);
        match old_elements.iter().find(|element| element.is(text)) {
            None => put(&format!("{quoted},")),
            Some(element) => {
                element.above.iter().for_each(|comment| put(comment));
                let beside: String = element
                    .beside
                    .iter()
                    .map(|comment| format!(" {comment}"))
                    .collect();
                put(&format!("{},{beside}", element.source));
            }
        }
    }
    for element in &old_elements {
        if !new.iter().any(|text| element.is(text)) {
            let comments = element.above.iter().chain(&element.beside);
            comments.for_each(|comment| put(comment));
        }
    }
    format!("{lines}{indent}]")
}

/// An element as it stands there, with its comments. The last one is empty and holds the comments behind all elements.
#[derive(Default)]
struct Element<'a> {
    source: &'a str,
    above: Vec<&'a str>,
    /// At most one, at the end of its line.
    beside: Option<&'a str>,
}

impl Element<'_> {
    fn is(&self, text: &str) -> bool {
        let value = self.source.parse::<toml_edit::Value>();
        value.is_ok_and(|value| value.as_str().map(str::trim) == Some(text))
    }
}

fn with_comments<'a>(old: &'a str, elements: &[Range<usize>]) -> Vec<Element<'a>> {
    let mut found: Vec<Element<'a>> = elements
        .iter()
        .map(|element| Element {
            source: &old[element.clone()],
            ..Element::default()
        })
        .collect();
    found.push(Element::default());
    for comment in lexer::comments(old) {
        let following = elements
            .iter()
            .filter(|element| element.end <= comment.start)
            .count();
        let same_line = |element: &Range<usize>| !old[element.end..comment.start].contains('\n');
        let text = &old[comment.clone()];
        match following.checked_sub(1) {
            Some(before) if same_line(&elements[before]) => found[before].beside = Some(text),
            _ => found[following].above.push(text),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &[&str], expect: &str) {
        let document = format!("a = {old}").parse::<toml_edit::Document<String>>();
        let document = document.expect("TOML");
        let array = document["a"].as_array().expect("a list");
        let elements: Vec<Range<usize>> = array
            .iter()
            .filter_map(toml_edit::Value::span)
            .map(|span| span.start - 4..span.end - 4)
            .collect();
        let new: Vec<String> = new.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(merge(old, &elements, &new, ""), expect);
    }

    const OLD: &str =
        "[ # all of them\n  # the first\n  'a', # one\n  \"b\" # two\n  , 'c'\n  # the end\n]";

    #[test]
    fn comments_stay_with_their_element() {
        check(
            OLD,
            &["c", "a", "d"],
            "[\n    'c',\n    # all of them\n    # the first\n    'a', # one\n    \"d\",\n    # two\n    # the end\n]",
        );
    }

    #[test]
    fn comments_outlive_all_elements() {
        check(
            OLD,
            &[],
            "[\n    # all of them\n    # the first\n    # one\n    # two\n    # the end\n]",
        );
    }
}
