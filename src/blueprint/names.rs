//! Names as people give them, and what they become in Rust, in SQL, in routes and in prose.
//!
//! Everything here is a function of one text. A text that [`check_name`] lets through becomes a valid name of every kind; other
//! texts become something, but nobody promises what. Two names that become one are found by [`collisions`].
//!
//! `heck` splits words and `deunicode` spells letters in ASCII: both are well kept and have no dependencies. Plurals are our own:
//! the crates for them bring either the whole of `regex` or rules that turn `staff` into `staffs`.

mod cases;
mod collisions;
mod plural;
mod rust;
mod sql;
#[cfg(test)]
mod tests;
mod words;

pub use cases::{kebab, label, screaming, snake, title, upper_camel};
pub use collisions::{Claim, Collision, collisions, entity_claims};
pub use plural::{plural, singular_hint, with_article};
pub use rust::{
    VersionSortKey, module_name, module_sort_key, rust_identifier, rust_type_name, variant,
    version_sort_key,
};
pub use sql::{bare, short_sql_name, sql_identifier};

/// Longest name in snake case, in bytes: PostgreSQL silently cuts names at 63, and `_id` or a plural still has to fit.
const LONGEST_SNAKE: usize = 59;

/// Why a text cannot become a name in code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct NameError {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// Checks that a text can become a name in Rust, SQL and routes.
///
/// # Errors
/// Says why not: a script that has no agreed spelling in ASCII, no letter at all, a digit first, too long, or reserved by SQLite.
pub fn check_name(text: &str) -> Result<(), NameError> {
    let wrong = |message: String, hint: &str| {
        Err(NameError {
            message,
            hint: hint.to_owned(),
        })
    };
    if let Some(letter) = words::letter_without_spelling(text) {
        return wrong(
            format!("`{text}` contains `{letter}`, which has no agreed spelling in Latin letters"),
            "give it a name in Latin letters: code, tables and routes are written in them",
        );
    }
    let name = snake(text);
    match name.chars().next() {
        None => wrong(
            format!("`{text}` contains no letter"),
            "give it a name with letters",
        ),
        Some(first) if first.is_ascii_digit() => wrong(
            format!("`{text}` starts with a digit"),
            "start with a letter",
        ),
        _ if name.len() > LONGEST_SNAKE => wrong(
            format!(
                "`{name}` has {} characters, and databases cut names at 63",
                name.len()
            ),
            "find a shorter name, of at most 59 characters",
        ),
        _ if name.starts_with("sqlite_") => wrong(
            format!("`{name}` starts with `sqlite_`, which SQLite keeps for itself"),
            "find another first word",
        ),
        _ => Ok(()),
    }
}
