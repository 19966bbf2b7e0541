//! The reference of the rules, written from their table: `docs/diagnostics.md`.

use std::fmt::Write as _;

use super::{GROUPS, RULES, Rule, Severity};

const HEAD: &str = include_str!("reference/head.md");

/// The reference in Markdown: every rule with its severity and explanation.
pub fn markdown() -> String {
    let mut text = HEAD.to_owned();
    for group in GROUPS {
        let rules = || {
            RULES
                .iter()
                .filter(|rule| rule.code.starts_with(group.prefix))
        };
        let _ = writeln!(text, "\n## {}\n", group.title);
        text.push_str("| code | name | found as | what |\n|---|---|---|---|\n");
        for rule in rules() {
            let _ = writeln!(
                text,
                "| [{0}](#{1}) | `{2}` | {3} | {4} |",
                rule.code,
                rule.code.to_lowercase(),
                rule.name,
                rule.severity.word(),
                rule.title
            );
        }
        for rule in rules() {
            let _ = write!(text, "\n### {}\n\n{}", rule.code, explanation(rule));
        }
    }
    text
}

/// What `--explain` says about a rule: its title, how it is found, the explanation, and what an exception names.
pub fn explanation(rule: &Rule) -> String {
    let found_as = match rule.severity {
        Severity::Error => "An error: the check fails.",
        Severity::Warning => "A warning: the check fails with `--strict` only.",
    };
    let exceptions = match rule.subject {
        Some(subject) => format!("The `subject` of an exception is {subject}."),
        None => "There are no exceptions.".to_owned(),
    };
    let title = capitalised(rule.title);
    format!(
        "{title}. {found_as}\n\n{}\n{exceptions}\n",
        rule.explanation.replace("\r\n", "\n")
    )
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(characters).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_published_reference_is_that_of_the_rules() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/diagnostics.md");
        let text = super::markdown();
        if std::env::var_os("KICKOFF_OVERWRITE").is_some() {
            std::fs::write(path, &text).expect("the reference can be written");
        }
        let published = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            published.replace("\r\n", "\n") == text,
            "docs/diagnostics.md is stale: run `KICKOFF_OVERWRITE=1 cargo test --lib reference`"
        );
    }
}
