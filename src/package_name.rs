//! Names of packages, checked as `cargo new` checks them.
//!
//! Where Cargo only warns (a name of the standard library, a file name that Windows reserves, letters outside ASCII, capitals) this
//! refuses: the generated service promises to compile without a warning on every platform.

use std::path::Path;

use deunicode::deunicode;

use crate::error::{Error, Result};

/// The longest name that crates.io takes, in characters.
pub const LONGEST: usize = 64;

/// Strict and reserved keywords of all editions; `gen` is one since 2024.
const KEYWORDS: &[&str] = &[
    "self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

const STANDARD_LIBRARY: &[&str] = &["core", "std", "alloc", "proc_macro", "proc-macro"];

const BUILD_DIRECTORIES: &[&str] = &["deps", "examples", "build", "incremental"];

/// Checks a package name.
///
/// # Errors
/// Says what is wrong with the name and proposes a valid one for `--name`.
pub fn check(name: &str) -> Result<()> {
    match fault(name) {
        None => Ok(()),
        Some(fault) => Err(refusal(name, &fault)),
    }
}

/// Checks that the package's library can stand beside the crates it uses.
///
/// # Errors
/// The name is that of a dependency, so that a path such as `axum::Router` would have two meanings.
pub fn check_against<'a>(
    name: &str,
    dependencies: impl IntoIterator<Item = &'a str>,
) -> Result<()> {
    let crate_name = name.replace('-', "_");
    match dependencies
        .into_iter()
        .find(|dependency| dependency.replace('-', "_") == crate_name)
    {
        None => Ok(()),
        Some(dependency) => Err(refusal(
            name,
            &format!("the service uses the crate `{dependency}`"),
        )),
    }
}

/// The package name that a folder stands for.
///
/// # Errors
/// The path has no last part, or one that is not Unicode.
pub fn from_path(path: &Path) -> Result<&str> {
    let folder = path.file_name().ok_or_else(|| {
        Error::usage(format!(
            "cannot take a package name from the path `{}`",
            path.display()
        ))
        .hint("pass `--name NAME`")
    })?;
    folder.to_str().ok_or_else(|| {
        Error::usage(format!(
            "cannot create a package in `{}`: the name is not Unicode",
            path.display()
        ))
        .hint("choose a path of Unicode characters")
    })
}

/// A valid name as near to `name` as possible.
pub fn propose(name: &str) -> String {
    let mut proposal = String::new();
    for character in deunicode(name).to_lowercase().chars() {
        match character {
            'a'..='z' | '0'..='9' | '_' => proposal.push(character),
            // One hyphen between words, whatever stood there.
            _ if proposal.ends_with('-') => {}
            _ => proposal.push('-'),
        }
    }
    let trimmed = proposal.trim_matches(['-', '_']);
    let short: String = trimmed.chars().take(LONGEST - "-service".len()).collect();
    let short = short.trim_end_matches(['-', '_']);
    match fault(short) {
        None => short.to_owned(),
        Some(_) if short.is_empty() => "my-service".to_owned(),
        Some(_) if short.starts_with(|first: char| first.is_ascii_digit()) => {
            format!("service-{short}")
        }
        Some(_) => format!("{short}-service"),
    }
}

fn refusal(name: &str, fault: &str) -> Error {
    let proposal = match propose(name) {
        same if same == name => format!("{name}-service"),
        other => other,
    };
    // A name of thousands of characters helps nobody in a message.
    let shown = match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    };
    Error::usage(format!("invalid package name `{shown}`: {fault}"))
        .hint(format!("pass `--name {proposal}`"))
}

fn fault(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let Some(first) = name.chars().next() else {
        return Some("it is empty".to_owned());
    };
    if first.is_ascii_digit() {
        return Some("it starts with a digit".to_owned());
    }
    if let Some(character) = name
        .chars()
        .find(|character| !character.is_alphanumeric() && !matches!(character, '-' | '_'))
    {
        return Some(format!(
            "the character `{}` cannot be in it, only letters, digits, `-` and `_`",
            shown(character)
        ));
    }
    if !name.is_ascii() {
        return Some("it has letters outside ASCII, which crate names cannot have".to_owned());
    }
    if first == '-' {
        return Some("it starts with `-`".to_owned());
    }
    if !name.contains(|character: char| character.is_ascii_alphanumeric()) {
        return Some("it has no letter".to_owned());
    }
    if KEYWORDS.contains(&lower.as_str()) {
        return Some("it is a Rust keyword".to_owned());
    }
    if lower == "test" {
        return Some("it conflicts with Rust's built-in test library".to_owned());
    }
    if BUILD_DIRECTORIES.contains(&lower.as_str()) {
        return Some("it conflicts with the names of Cargo's build directories".to_owned());
    }
    if STANDARD_LIBRARY.contains(&lower.as_str()) {
        return Some("it is a crate of Rust's standard library".to_owned());
    }
    if is_reserved_on_windows(&lower) {
        return Some("Windows reserves this file name".to_owned());
    }
    if name != lower {
        return Some("it has capitals, and the compiler warns of such crates".to_owned());
    }
    (name.len() > LONGEST)
        .then(|| format!("it is longer than the {LONGEST} characters that crates.io takes"))
}

/// A character as it is typed, and one that cannot be seen as its code.
fn shown(character: char) -> String {
    if character.is_ascii_graphic() {
        character.to_string()
    } else {
        character.escape_debug().to_string()
    }
}

fn is_reserved_on_windows(lower: &str) -> bool {
    let numbered = |prefix: &str| {
        lower
            .strip_prefix(prefix)
            .is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']))
    };
    matches!(lower, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check_refused(name: &str, because: &str, proposal: &str) {
        let error = check(name).expect_err("the name is refused");
        assert!(error.message.contains(because), "{}", error.message);
        assert_eq!(error.hints, [format!("pass `--name {proposal}`")]);
        assert_eq!(error.code, crate::error::exit::USAGE);
    }

    #[test]
    fn takes_what_cargo_takes() {
        for name in ["orders", "my-service", "a", "_private", "order_2", "com10"] {
            assert!(check(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn refuses_with_a_proposal() {
        check_refused("", "empty", "my-service");
        check_refused("2fa", "starts with a digit", "service-2fa");
        check_refused("my service", "the character ` `", "my-service");
        check_refused("a/b", "the character `/`", "a-b");
        check_refused("a\nb", "the character `\\n`", "a-b");
        check_refused("straßenmärkte", "outside ASCII", "strassenmarkte");
        check_refused("注文", "outside ASCII", "zhu-wen");
        check_refused("-x", "starts with `-`", "x");
        check_refused("__", "no letter", "my-service");
        check_refused("match", "Rust keyword", "match-service");
        check_refused("Self", "Rust keyword", "self-service");
        check_refused("test", "test library", "test-service");
        check_refused("build", "build directories", "build-service");
        check_refused("core", "standard library", "core-service");
        check_refused("proc-macro", "standard library", "proc-macro-service");
        check_refused("NUL", "Windows", "nul-service");
        check_refused("lpt1", "Windows", "lpt1-service");
        check_refused("Orders", "capitals", "orders");
        check_refused(&"x".repeat(65), "longer than the 64", &"x".repeat(56));
    }

    #[test]
    fn refuses_the_name_of_a_dependency() {
        assert!(check_against("orders", ["axum", "tokio"]).is_ok());
        let error = check_against("tower_http", ["axum", "tower-http"]).expect_err("refused");
        assert!(error.message.contains("`tower-http`"), "{error}");
        assert_eq!(error.hints, ["pass `--name tower_http-service`"]);
    }

    #[test]
    fn takes_the_name_from_the_folder() {
        let name = from_path(Path::new("services/orders")).expect("a name");
        assert_eq!(name, "orders");
        assert!(from_path(Path::new("/")).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn every_proposal_is_valid(name in "\\PC{0,80}") {
            prop_assert!(check(&propose(&name)).is_ok(), "{:?} -> {:?}", name, propose(&name));
        }

        #[test]
        fn a_valid_name_is_its_own_proposal(name in "[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,5})?") {
            prop_assume!(check(&name).is_ok());
            prop_assert_eq!(propose(&name), name);
        }
    }
}
