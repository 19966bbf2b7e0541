//! The rules that records are held to.

/// A rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `KD0401`: part of the public format, never given to another rule.
    pub code: &'static str,
    /// A few words with hyphens, for tools: `duplicate-number`.
    pub name: &'static str,
    /// What is wrong, in one line.
    pub title: &'static str,
}

macro_rules! rules {
    ($($code:ident $name:literal $title:literal;)*) => {
        /// All rules in the order of their codes.
        pub static RULES: &[&Rule] = &[$($code),*];

        $(#[doc = $title]
        pub(super) static $code: &Rule = &Rule {
            code: stringify!($code),
            name: $name,
            title: $title,
        };)*
    };
}

rules! {
    KD0401 "duplicate-number" "two records have one number";
    KD0402 "number-taken-on-branch" "another branch took the same number";
    KD0403 "dangling-link" "a link to a record that is not there";
    KD0404 "one-sided-link" "two records of which only one says how they relate";
    KD0405 "two-statuses" "a record gives two statuses";
    KD0406 "dangling-citation" "a comment cites a record that is not there";
    KD0407 "crate-gone" "a record in force names a crate that is gone";
    KD0408 "path-gone" "a record in force names a path that is gone";
}
