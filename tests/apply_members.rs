//! A new member in the root manifest: everything else stays byte for byte.

use cargo_kickoff::manifest::add_member;
use proptest::prelude::*;

/// Adds `path` to `[workspace]` + `before` and compares the whole text; adding it again changes nothing.
#[track_caller]
fn check(before: &str, path: &str, expected: &str) {
    let (before, expected) = (with_header(before), with_header(expected));
    let after = add_member(&before, path).expect("it is added");
    assert_eq!(after.as_deref(), Some(expected.as_str()));
    assert_eq!(add_member(&expected, path).expect("it is valid"), None);
}

/// Most cases are about the list alone.
fn with_header(text: &str) -> String {
    match text.starts_with("members") {
        true => format!("[workspace]\n{text}"),
        false => text.to_owned(),
    }
}

#[track_caller]
fn check_covered(text: &str, path: &str) {
    assert_eq!(add_member(text, path).expect("it is valid"), None);
}

#[track_caller]
fn check_refused(text: &str, path: &str, because: &str) {
    let error = add_member(text, path).expect_err("it is refused");
    assert!(error.message.contains(because), "{error}");
}

#[test]
fn on_one_line() {
    check("members = []\n", "new", "members = [\"new\"]\n");
    check(
        "members = [\"a\", \"z\"] # all\n",
        "new",
        "members = [\"a\", \"new\", \"z\"] # all\n",
    );
    check(
        "members = [\"z\", \"a\"]\n",
        "new",
        "members = [\"z\", \"a\", \"new\"]\n",
    );
    check(
        "members = [ \"a\" ]\n",
        "new",
        "members = [ \"a\", \"new\" ]\n",
    );
    check(
        "members = [\"a\",]\n",
        "new",
        "members = [\"a\", \"new\",]\n",
    );
    check(
        "members = [ \"z\" ]\n",
        "new",
        "members = [ \"new\", \"z\" ]\n",
    );
    check("members = ['a']\n", "new", "members = ['a', 'new']\n");
    check(
        "members = [\"a\"]\n",
        "o'new",
        "members = [\"a\", \"o'new\"]\n",
    );
}

#[test]
fn one_a_line() {
    check(
        "members = [\n    \"a\",\n    \"z\",\n]\nresolver = \"3\"\n",
        "new",
        "members = [\n    \"a\",\n    \"new\",\n    \"z\",\n]\nresolver = \"3\"\n",
    );
    check(
        "members = [\n  \"b\",\n  \"a\",\n]\n",
        "new",
        "members = [\n  \"b\",\n  \"a\",\n  \"new\",\n]\n",
    );
    check(
        "members = [\n\t\"x\"\n]\n",
        "new",
        "members = [\n\t\"new\",\n\t\"x\"\n]\n",
    );
    check(
        "members = [\n    \"a\"\n]\n",
        "new",
        "members = [\n    \"a\",\n    \"new\"\n]\n",
    );
    check(
        "members = [\n    \"a\",\n    \"b\"]\n",
        "new",
        "members = [\n    \"a\",\n    \"b\",\n    \"new\"]\n",
    );
}

#[test]
fn comments_stay_where_they_are() {
    check(
        "members = [\n    # First.\n    \"a\", # the a\n    # Last.\n    \"z\", # the z\n    # \"off\",\n]\n",
        "new",
        "members = [\n    # First.\n    \"a\", # the a\n    \"new\",\n    # Last.\n    \"z\", # the z\n    # \"off\",\n]\n",
    );
    check(
        "members = [\n    \"a\", # the a\n    \"b\" # the b, no comma\n    # the end\n]\n",
        "new",
        "members = [\n    \"a\", # the a\n    \"b\", # the b, no comma\n    \"new\"\n    # the end\n]\n",
    );
    check(
        "members = [ # all of them\n    # The z.\n    \"z\",\n]\n",
        "new",
        "members = [ # all of them\n    \"new\",\n    # The z.\n    \"z\",\n]\n",
    );
    check(
        "members = [\n  # None yet, [really], \"none\".\n]\n",
        "new",
        "members = [\n  # None yet, [really], \"none\".\n  \"new\",\n]\n",
    );
    check(
        "members = [\n    \"a\" # a, b\n    , # odd\n    \"z\",\n]\n",
        "new",
        "members = [\n    \"a\" # a, b\n    , # odd\n    \"new\",\n    \"z\",\n]\n",
    );
    check(
        "members = [\n    \"a\", # a, b\n    \"b\" # odd\n    ,\n]\n",
        "new",
        "members = [\n    \"a\", # a, b\n    \"b\" # odd\n    ,\n    \"new\",\n]\n",
    );
}

#[test]
fn several_a_line() {
    check(
        "members = [\n    \"a\", \"b\",\n    \"y\", \"z\",\n]\n",
        "bb",
        "members = [\n    \"a\", \"b\",\n    \"bb\",\n    \"y\", \"z\",\n]\n",
    );
    check(
        "members = [\n    \"a\", \"c\",\n]\n",
        "b",
        "members = [\n    \"a\", \"b\", \"c\",\n]\n",
    );
    check(
        "members = [\n    \"a\", \"c\",\n]\n",
        "d",
        "members = [\n    \"a\", \"c\", \"d\",\n]\n",
    );
    check(
        "members = [\"a\",\n           \"c\"]\n",
        "d",
        "members = [\"a\",\n           \"c\",\n           \"d\"]\n",
    );
}

#[test]
fn line_ends_and_byte_order_mark_stay() {
    check(
        "[workspace]\r\nmembers = [\r\n    \"a\",\r\n]\r\n",
        "new",
        "[workspace]\r\nmembers = [\r\n    \"a\",\r\n    \"new\",\r\n]\r\n",
    );
    check(
        "[workspace]\r\nmembers = [\r\n    \"a\"\r\n]\r\n",
        "new",
        "[workspace]\r\nmembers = [\r\n    \"a\",\r\n    \"new\"\r\n]\r\n",
    );
    check(
        "\u{feff}[workspace]\nmembers = [\"a\"]\n",
        "new",
        "\u{feff}[workspace]\nmembers = [\"a\", \"new\"]\n",
    );
    check(
        "\u{feff}workspace.resolver = \"3\"\n",
        "new",
        "\u{feff}workspace.members = [\"new\"]\nworkspace.resolver = \"3\"\n",
    );
    check("members = [\"ä\"]", "new", "members = [\"new\", \"ä\"]");
}

#[test]
fn a_list_where_there_is_none() {
    check(
        "[package]\nname = \"root\"\n\n[workspace] # ours\nresolver = \"3\"\n",
        "new",
        "[package]\nname = \"root\"\n\n[workspace] # ours\nmembers = [\"new\"]\nresolver = \"3\"\n",
    );
    check("[workspace]", "new", "[workspace]\nmembers = [\"new\"]\n");
    check(
        "[package]\nname = \"root\"\n\n# Shared.\n[workspace.package]\nedition = \"2024\"\n",
        "new",
        "[package]\nname = \"root\"\n\n[workspace]\nmembers = [\"new\"]\n\n# Shared.\n[workspace.package]\nedition = \"2024\"\n",
    );
    check(
        "# Top.\nworkspace.resolver = \"3\"\n",
        "new",
        "# Top.\nworkspace.members = [\"new\"]\nworkspace.resolver = \"3\"\n",
    );
    check(
        "workspace = { resolver = \"3\" }\n",
        "new",
        "workspace = { members = [\"new\"], resolver = \"3\" }\n",
    );
    check(
        "workspace = {}\n",
        "new",
        "workspace = { members = [\"new\"] }\n",
    );
    check(
        "workspace.members = [\"a\"]\n",
        "new",
        "workspace.members = [\"a\", \"new\"]\n",
    );
    check(
        "workspace = { members = [\"a\"] }\n",
        "new",
        "workspace = { members = [\"a\", \"new\"] }\n",
    );
}

#[test]
fn a_list_that_covers_it_stays() {
    check_covered("[workspace]\nmembers = [\"crates/*\"]\n", "crates/new");
    check_covered("[workspace]\nmembers = [\"./new/\"]\n", "new");
    check_covered("[workspace]\nmembers = [\"**\"]\n", "a/b/c");
    // Cargo does not look into the folders below those that a star takes.
    check(
        "members = [\"crates/*\"]\n",
        "crates/a/new",
        "members = [\"crates/*\", \"crates/a/new\"]\n",
    );
    check(
        "members = [\"crates/*\"]\nexclude = [\"crates/old\"]\n",
        "services/new",
        "members = [\"crates/*\", \"services/new\"]\nexclude = [\"crates/old\"]\n",
    );
}

#[test]
fn what_cannot_be_is_refused() {
    check_refused(
        "[workspace]\nexclude = [\"old\"]\n",
        "old/new",
        "excludes `old/new`",
    );
    check_refused(
        "[workspace]\nmembers = [\"a/*\"]\nexclude = [\"a/new\"]\n",
        "a/new",
        "excludes `a/new`",
    );
    check_refused("[package]\nname = \"x\"\n", "new", "no `[workspace]`");
    check_refused("workspace = 1\n", "new", "is a integer");
    check_refused("[workspace]\nmembers = \"a\"\n", "new", "not a list");
    check_refused("[workspace]\nmembers = [1]\n", "new", "not a list");
    check_refused("[workspace\n", "new", "not valid TOML");
}

/// A member list in all the ways in which people write one.
fn lists() -> impl Strategy<Value = String> {
    let entry = (prop::bool::ANY, prop::bool::ANY, "[ \t]{0,2}");
    let entries = prop::collection::btree_map("[a-z]{1,3}", entry, 0..5);
    (entries, prop::bool::ANY, prop::bool::ANY).prop_map(|(entries, trailing_comma, crlf)| {
        let mut text = "[workspace]\nmembers = [".to_owned();
        let count = entries.len();
        for (at, (name, (own_line, commented, space))) in entries.into_iter().enumerate() {
            text += if own_line { "\n  " } else { &space };
            text += &format!("\"{name}\"");
            text += if at + 1 < count || trailing_comma {
                ","
            } else {
                ""
            };
            text += if commented { " # \"x\", ]\n" } else { "" };
        }
        text += "]\n# The end.\n";
        if crlf {
            text.replace('\n', "\r\n")
        } else {
            text
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// The new text is the old one with something inserted, and every comment still follows what it followed.
    #[test]
    fn nothing_else_changes(text in lists(), path in "[a-z]{4,6}(/[a-z]{1,3})?") {
        let after = add_member(&text, &path).expect("valid").expect("not covered");
        let mut rest = after.chars();
        for character in text.chars() {
            prop_assert!(rest.any(|other| other == character), "{text:?} -> {after:?}");
        }
        let entry = format!("\"{path}\"");
        for line in text.lines().filter(|line| line.contains('#') && line.contains('"')) {
            let (code, comment) = line.split_once('#').expect("a comment");
            let last = code.trim().trim_end_matches([',', ']']).rsplit([' ', '\t', '[', ',']).next().unwrap_or_default();
            let kept = after.lines().any(|line| {
                line.split_once('#').is_some_and(|(code, other)| other == comment && code.contains(last))
            });
            prop_assert!(kept, "{text:?} -> {after:?}");
        }
        prop_assert!(after.contains(&entry));
    }
}
