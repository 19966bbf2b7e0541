//! Tests that look at what an answer decides.

use std::collections::BTreeSet;

use camino::Utf8Path;

/// Whether a file of a project holds tests.
pub fn is_test(path: &Utf8Path) -> bool {
    path.starts_with("tests") && path.extension() == Some("rs")
}

/// The names of the test functions that one of these lines (counted from 0) is in, in the order of the file.
pub fn functions(text: &str, is_reached: impl Fn(usize) -> bool) -> Vec<String> {
    let mut names = Vec::new();
    let mut seen = BTreeSet::new();
    let mut is_test = false;
    let mut within: Option<&str> = None;
    for (number, line) in text.lines().enumerate() {
        let code = line.trim_start();
        if code.starts_with("#[") {
            is_test |= code.starts_with("#[test]") || code.starts_with("#[tokio::test");
        } else if let Some(rest) = code
            .strip_prefix("fn ")
            .or_else(|| code.strip_prefix("async fn "))
            && !line.starts_with("        ")
        {
            let name = rest.split(['(', '<']).next().unwrap_or(rest);
            within = std::mem::take(&mut is_test).then_some(name);
        }
        if let Some(name) = within
            && is_reached(number)
            && seen.insert(name)
        {
            names.push(name.to_owned());
        }
        if line == "}" {
            within = None;
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_is_known_by_the_lines_in_it() {
        let text = "fn helper() {\n    a();\n}\n\n#[tokio::test]\nasync fn one() {\n    b();\n}\n\n#[test]\n#[ignore]\nfn two() {\n}\n";
        assert_eq!(functions(text, |_| true), ["one", "two"]);
        assert_eq!(functions(text, |line| line < 4), [""; 0]);
        assert_eq!(functions(text, |line| line == 6), ["one"]);
        assert_eq!(functions(text, |line| line == 8), [""; 0]);
    }
}
