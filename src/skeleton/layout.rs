//! Breaks lines of generated Rust as rustfmt would.
//!
//! Skeletons are written in rustfmt's layout. Where a name from the answers decides whether a line fits, the skeleton marks the
//! place, and this pass breaks it by rustfmt's default rules. Running rustfmt itself would tie the output to the version that
//! happens to be installed, and cost more than everything else together.
//!
//! | mark in a skeleton | meaning |
//! |---|---|
//! | `(⟦a, b⟧)` | a comma list in any bracket: on one line where it fits, else one item a line with a trailing comma |
//! | `x¦.f()¦.g()` | a method chain: on one line where it fits, else one call a line |
//! | `let x =¦ value;`, `name:¦ Type,` | an assignment: the value goes to the next line where that helps |
//! | `=> ¦value,` | a match arm: the value goes into a block where that helps |
//! | `impl A ¦for B {`, `fn f() ¦-> T {` | a clause on a line of its own where it does not fit |

/// rustfmt's `max_width`.
const MAX_WIDTH: usize = 100;
/// rustfmt's `fn_call_width`, `array_width` and `chain_width`.
const CALL_WIDTH: usize = 60;
/// rustfmt's `struct_lit_width`.
const STRUCT_WIDTH: usize = 18;
/// rustfmt's `attr_fn_like_width`.
const ATTRIBUTE_WIDTH: usize = 70;
const INDENT: usize = 4;

/// The marks inside a template while it is rendered: noncharacters, which no answer can contain.
const OPEN: char = '\u{FDD0}';
const CLOSE: char = '\u{FDD1}';
const BREAK: char = '\u{FDD2}';

/// Whether a character is reserved for marks.
pub fn is_mark(c: char) -> bool {
    ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

/// Replaces the marks that a person writes in a skeleton by those that [`break_lines`] reads.
pub(super) fn encode_marks(template: &str) -> String {
    if !template.contains(['⟦', '⟧', '¦']) {
        return template.to_owned();
    }
    template
        .chars()
        .map(|c| match c {
            '⟦' => OPEN,
            '⟧' => CLOSE,
            '¦' => BREAK,
            other => other,
        })
        .collect()
}

/// Lays out every marked line of a rendered file.
pub(super) fn break_lines(text: &str) -> String {
    if !text.contains(is_mark) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.contains(is_mark) {
            let body = line.trim_end_matches('\n');
            let code = body.trim_start_matches(' ');
            lay_out(code, body.len() - code.len(), &mut out);
        } else {
            out.push_str(line);
        }
    }
    out
}

/// Writes one logical line at an indentation, broken where it must be.
fn lay_out(code: &str, indent: usize, out: &mut String) {
    if fits(code, indent) {
        push_line(&plain(code), indent, out);
    } else if let Some((head, tail)) = split_result(code) {
        push_line(plain(head).trim_end(), indent, out);
        push_line(&plain(tail), indent, out);
    } else if let Some((head, tail)) = split_clause(code) {
        push_line(plain(head).trim_end(), indent, out);
        push_line(
            plain(tail).trim_end_matches('{').trim_end(),
            indent + INDENT,
            out,
        );
        push_line("{", indent, out);
    } else if let Some((head, value)) = split_arm(code) {
        let alone = value.trim_end_matches(',');
        if fits(alone, indent + INDENT) {
            push_line(&format!("{} {{", plain(head).trim_end()), indent, out);
            lay_out(alone, indent + INDENT, out);
            push_line("}", indent, out);
        } else {
            lay_out(&format!("{head}{value}"), indent, out);
        }
    } else if let Some((head, value)) = split_assignment(code) {
        let value = value.trim_start();
        if fits(value, indent + INDENT) {
            push_line(plain(head).trim_end(), indent, out);
            lay_out(value, indent + INDENT, out);
        } else {
            lay_out(&format!("{head} {value}"), indent, out);
        }
    } else if let Some((head, calls, tail)) = split_chain(code) {
        lay_out_chain(head, &calls, tail, indent, out);
    } else if let Some((head, items, tail)) = split_list(code) {
        push_line(plain(head).trim_end(), indent, out);
        let last = items.len().saturating_sub(1);
        for (index, item) in items.iter().enumerate() {
            // The arguments of macros and attributes are their own affair, so rustfmt adds no comma.
            let foreign = head.ends_with("!(") || head.starts_with("#[");
            let comma = if index == last && foreign { "" } else { "," };
            lay_out(&format!("{item}{comma}"), indent + INDENT, out);
        }
        let tail = tail.trim_start();
        if tail.contains(OPEN) {
            lay_out(tail, indent, out);
        } else {
            // A method behind a broken call starts a line of its own.
            match plain(tail).split_once(").") {
                Some(("", rest)) => {
                    push_line(")", indent, out);
                    push_line(&format!(".{rest}"), indent, out);
                }
                _ => push_line(&plain(tail), indent, out),
            }
        }
    } else {
        push_line(&plain(code), indent, out);
    }
}

fn lay_out_chain(head: &str, calls: &[&str], tail: &str, indent: usize, out: &mut String) {
    let (last, before) = calls.split_last().expect("a chain has a call");
    let last = format!("{last}{tail}");
    let start = format!("{head}{}", before.concat());
    // Where only the last call is too long, and a line of its own would not help, it is broken where it stands.
    if fits(&start, indent)
        && split_list(&last).is_some()
        && !fits(&last, indent + INDENT)
        && opening_fits(&start, &last, before.len(), indent)
    {
        lay_out_list_behind(&start, &last, indent, out);
        return;
    }
    let written = out.len();
    lay_out(head, indent, out);
    let broken = out[written..].trim_end().contains('\n');
    let calls_indent = if broken { indent } else { indent + INDENT };
    for call in before {
        lay_out(call, calls_indent, out);
    }
    lay_out(&last, calls_indent, out);
}

/// Whether what stands before the list of the last call fits behind the calls before it.
fn opening_fits(start: &str, last: &str, before: usize, indent: usize) -> bool {
    let Some((opening, _, _)) = split_list(last) else {
        return false;
    };
    let chain = width(start) - statement_prefix(&plain(start)) + width(opening);
    let limit = if before == 0 {
        MAX_WIDTH - indent
    } else {
        CALL_WIDTH
    };
    chain <= limit
}

/// The last call behind the others on the same line, its list broken.
fn lay_out_list_behind(start: &str, last: &str, indent: usize, out: &mut String) {
    let start = plain(start);
    lay_out(&format!("{start}{last}"), indent, out);
}

/// Whether the line and every marked part of it obey their widths.
fn fits(code: &str, indent: usize) -> bool {
    if indent + width(code) > MAX_WIDTH {
        return false;
    }
    if let Some((head, calls, _)) = split_chain(code) {
        let chain = width(head) - statement_prefix(&plain(head))
            + calls.iter().map(|call| width(call)).sum::<usize>();
        if calls.len() > 1 && chain > CALL_WIDTH {
            return false;
        }
    }
    let mut rest = code;
    while let Some((head, items, tail)) = split_list(rest) {
        let content: usize =
            items.iter().map(|item| width(item)).sum::<usize>() + 2 * items.len().saturating_sub(1);
        // One argument alone may take the whole line.
        let limit = list_width(&plain(head), items.len());
        if content > limit || !items.iter().all(|item| fits(item, 0)) {
            return false;
        }
        rest = tail;
    }
    true
}

/// How wide a list on one line may be, by what stands before it.
fn list_width(head: &str, items: usize) -> usize {
    let head = head.trim_end();
    let is_type = head.starts_with("type ") || head.ends_with("<(");
    match head.chars().last() {
        Some('{') => STRUCT_WIDTH,
        _ if head.starts_with("#[") => ATTRIBUTE_WIDTH,
        Some('(') if is_signature(head) || is_type || items == 1 => MAX_WIDTH,
        _ => CALL_WIDTH,
    }
}

fn is_signature(head: &str) -> bool {
    head.starts_with("fn ") || head.contains(" fn ")
}

/// Columns of a head that do not belong to the chain: `let x = `, `return `, `name: ` stay out of `chain_width`.
fn statement_prefix(head: &str) -> usize {
    head.rfind(" = ")
        .map(|at| at + 3)
        .or_else(|| head.starts_with("return ").then_some(7))
        .unwrap_or(0)
}

fn split_chain(code: &str) -> Option<(&str, Vec<&str>, &str)> {
    let mut breaks = Vec::new();
    let mut depth = 0_i32;
    for (at, c) in code.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            BREAK if depth == 0 && code[at + c.len_utf8()..].starts_with('.') => breaks.push(at),
            _ => {}
        }
    }
    let first = *breaks.first()?;
    let tail_at = if code.ends_with(';') || code.ends_with(',') {
        code.len() - 1
    } else {
        code.len()
    };
    let mut calls = Vec::new();
    for (index, at) in breaks.iter().enumerate() {
        let end = breaks.get(index + 1).copied().unwrap_or(tail_at);
        calls.push(&code[at + BREAK.len_utf8()..end]);
    }
    Some((&code[..first], calls, &code[tail_at..]))
}

fn split_arm(code: &str) -> Option<(&str, &str)> {
    let at = code.find(BREAK)?;
    code[..at]
        .ends_with("=> ")
        .then(|| (&code[..at], &code[at + BREAK.len_utf8()..]))
}

fn split_assignment(code: &str) -> Option<(&str, &str)> {
    let at = code.find(BREAK)?;
    code[..at]
        .ends_with(['=', ':'])
        .then(|| (&code[..at], &code[at + BREAK.len_utf8()..]))
}

/// `fn f() ¦-> T {`.
fn split_result(code: &str) -> Option<(&str, &str)> {
    let at = code.find(BREAK)?;
    let behind = &code[at + BREAK.len_utf8()..];
    behind.starts_with("-> ").then(|| (&code[..at], behind))
}

/// `impl A ¦for B {`.
fn split_clause(code: &str) -> Option<(&str, &str)> {
    let at = code.find(BREAK)?;
    let behind = &code[at + BREAK.len_utf8()..];
    behind.starts_with("for ").then(|| (&code[..at], behind))
}

/// The first marked list: what stands before it, its items, what stands behind it.
fn split_list(code: &str) -> Option<(&str, Vec<&str>, &str)> {
    let open = code.find(OPEN)?;
    let start = open + OPEN.len_utf8();
    let mut depth = 0;
    let mut close = None;
    for (at, c) in code[start..].char_indices() {
        match c {
            OPEN => depth += 1,
            CLOSE if depth == 0 => {
                close = Some(start + at);
                break;
            }
            CLOSE => depth -= 1,
            _ => {}
        }
    }
    let close = close?;
    Some((
        &code[..open],
        split_items(&code[start..close]),
        &code[close + CLOSE.len_utf8()..],
    ))
}

/// Splits at the commas that stand outside brackets and strings.
fn split_items(list: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let (mut depth, mut start, mut quoted, mut escaped, mut previous) =
        (0_i32, 0, false, false, ' ');
    for (at, c) in list.char_indices() {
        if quoted {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => quoted = false,
                _ => {}
            }
        } else {
            match c {
                '"' => quoted = true,
                '(' | '[' | '{' | '<' => depth += 1,
                // The arrow of a closure's or function's type closes nothing.
                '>' if matches!(previous, '-' | '=') => {}
                ')' | ']' | '}' | '>' => depth -= 1,
                ',' if depth == 0 => {
                    items.push(list[start..at].trim());
                    start = at + 1;
                }
                _ => {}
            }
        }
        previous = c;
    }
    let last = list[start..].trim();
    if !last.is_empty() {
        items.push(last);
    }
    items
}

fn plain(code: &str) -> String {
    code.chars().filter(|c| !is_mark(*c)).collect()
}

/// Columns without the marks. rustfmt counts characters by their display width.
fn width(code: &str) -> usize {
    use unicode_width::UnicodeWidthChar as _;
    code.chars()
        .filter(|c| !is_mark(*c))
        .map(|c| c.width().unwrap_or(0))
        .sum()
}

fn push_line(code: &str, indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
    out.push_str(code);
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str, expect: &str) {
        assert_eq!(break_lines(&encode_marks(template)), expect);
    }

    #[test]
    fn a_signature_breaks_at_the_full_width() {
        let long = "a".repeat(60);
        check("fn f(⟦a: A, b: B⟧) -> C {\n", "fn f(a: A, b: B) -> C {\n");
        check(
            &format!("    pub fn {long}(⟦input: Input, app: &App⟧) -> Result<()> {{\n"),
            &format!(
                "    pub fn {long}(\n        input: Input,\n        app: &App,\n    ) -> Result<()> {{\n"
            ),
        );
    }

    #[test]
    fn a_call_breaks_when_its_arguments_pass_sixty_columns() {
        let (a, b) = ("a".repeat(30), "b".repeat(28));
        check(&format!("f(⟦{a}, {b}⟧);\n"), &format!("f({a}, {b});\n"));
        check(
            &format!("f(⟦{a}, {b}b⟧);\n"),
            &format!("f(\n    {a},\n    {b}b,\n);\n"),
        );
    }

    #[test]
    fn commas_inside_brackets_and_strings_do_not_split() {
        let long = "x".repeat(40);
        check(
            &format!("f(⟦g(1, 2), \"a, b\", Map<K, V>, {long}⟧)\n"),
            &format!("f(\n    g(1, 2),\n    \"a, b\",\n    Map<K, V>,\n    {long},\n)\n"),
        );
    }

    #[test]
    fn a_chain_breaks_at_sixty_columns() {
        check(
            "let x = query¦.bind(a)¦.fetch(b);\n",
            "let x = query.bind(a).fetch(b);\n",
        );
        let long = "x".repeat(50);
        check(
            &format!("let x = query¦.bind({long})¦.fetch(b);\n"),
            &format!("let x = query\n    .bind({long})\n    .fetch(b);\n"),
        );
    }

    #[test]
    fn an_assignment_moves_its_value_down() {
        let (a, b) = ("a".repeat(50), "b".repeat(50));
        check("const A: &str =¦ \"b\";\n", "const A: &str = \"b\";\n");
        check(
            &format!("let {a} =¦ {b};\n"),
            &format!("let {a} =\n    {b};\n"),
        );
    }

    #[test]
    fn an_arm_gets_a_block() {
        let (a, b) = ("a".repeat(50), "b".repeat(50));
        check("    A => ¦b,\n", "    A => b,\n");
        check(
            &format!("    {a} => ¦{b},\n"),
            &format!("    {a} => {{\n        {b}\n    }}\n"),
        );
    }

    #[test]
    fn unmarked_text_is_untouched() {
        let text = "fn f() {}\r\n\n  \"⟧\" ";
        assert_eq!(break_lines(text), text);
    }
}
