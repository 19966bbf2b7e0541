//! Mistakes as a person sees them.

use super::super::read;

/// The start of a file without mistakes.
const HEAD: &str = "format = 1\n[service]\nname = \"orders\"\ncreated = 2026-11-25\n";

/// Reads `text` and compares all mistakes, shown one behind the other.
pub(super) fn check(text: &str, expect: &str) {
    let errors = read(text, "kickoff.toml").expect_err(text);
    let rendered: Vec<String> = errors
        .iter()
        .map(|error| error.render("kickoff.toml", text))
        .collect();
    assert_eq!(rendered.join("\n\n") + "\n", expect);
}

/// The same behind a start without mistakes.
pub(super) fn check_behind_head(text: &str, expect: &str) {
    check(&format!("{HEAD}{text}"), expect);
}

#[test]
fn an_empty_file() {
    check(
        "",
        r#"`kickoff.toml` does not say its `format`
 --> kickoff.toml:1:1
  |
1 |
  | ^
  |
  = help: write `format = 1` in the first line

`kickoff.toml` does not say which service it is of
 --> kickoff.toml:1:1
  |
1 |
  | ^
  |
  = help: write `[service]` with `name = "orders"` and `created = "2026-11-25"`
"#,
    );
}

#[test]
fn a_newer_format_is_all_that_is_said() {
    check(
        r#"format = 2
[whatever]
x = 1
"#,
        r#"`kickoff.toml` has format 2, and this version of the tool reads format 1
 --> kickoff.toml:1:10
  |
1 | format = 2
  |          ^
  |
  = help: update the tool: `cargo install cargo-kickoff`
"#,
    );
}

#[test]
fn a_wrong_format() {
    check(
        r#"format = "1"
[service]
name = "orders"
"#,
        r#"there is no such format
 --> kickoff.toml:1:10
  |
1 | format = "1"
  |          ^^^
  |
  = help: write `format = 1`

`created` of the service is missing
 --> kickoff.toml:2:1
  |
2 | [service]
  | ^^^^^^^^^
  |
  = help: write `created = "2026-11-25"` below `[service]`
"#,
    );
}

#[test]
fn several_mistakes_of_syntax() {
    check_behind_head(
        r#"[load]
peak-rps = many
p99 = "1s
availability = "99.9"
peak-rps = 5
peak-rps = 6
[data
records = 5
foo = 1
[load]
p99 = "2s"
[dta]
"#,
        r#"this is not TOML: string values must be quoted, expected literal string
 --> kickoff.toml:6:12
  |
6 | peak-rps = many
  |            ^^^^

this is not TOML: invalid basic string, expected `"`
 --> kickoff.toml:7:10
  |
7 | p99 = "1s
  |          ^

`peak-rps` is there twice
  --> kickoff.toml:10:1
   |
10 | peak-rps = 6
   | ^^^^^^^^
   |
   = help: remove one of them, or merge them

this is not TOML: unclosed table, expected `]`
  --> kickoff.toml:11:6
   |
11 | [data
   |      ^

`load` is there twice
  --> kickoff.toml:14:2
   |
14 | [load]
   |  ^^^^
   |
   = help: remove one of them, or merge them

unknown key `dta`
  --> kickoff.toml:16:2
   |
16 | [dta]
   |  ^^^
   |
   = help: did you mean `data`?
"#,
    );
}

#[test]
fn tabs_and_wide_characters() {
    check(
        "format = 1\r\n[service]\r\nname = \"orders\"\r\ncreated = \"2026-11-25\"\r\n[load]\r\n\tpeak-rps = \"注文\"\t# x\r\n",
        r#"`peak-rps`: expected a whole number like `50`, found text
 --> kickoff.toml:6:13
  |
6 |     peak-rps = "注文"    # x
  |                ^^^^^^
"#,
    );
}

#[test]
fn a_byte_order_mark() {
    check(
        "\u{feff}frmat = 1\n[service]\nname = \"../x\"\n",
        r#"`kickoff.toml` does not say its `format`
 --> kickoff.toml:1:1
  |
1 | frmat = 1
  | ^
  |
  = help: write `format = 1` in the first line

unknown key `frmat`
 --> kickoff.toml:1:1
  |
1 | frmat = 1
  | ^^^^^
  |
  = help: did you mean `format`?

`created` of the service is missing
 --> kickoff.toml:2:1
  |
2 | [service]
  | ^^^^^^^^^
  |
  = help: write `created = "2026-11-25"` below `[service]`

`name`: `../x` contains `.`
 --> kickoff.toml:3:8
  |
3 | name = "../x"
  |        ^^^^^^
  |
  = help: a package's name has letters, digits, `-` and `_`
"#,
    );
}

#[test]
fn long_lines() {
    check_behind_head(
        r#"[responsibility]
stakes = "money"
purpose = "word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word "
"#,
        r#"`purpose`: this has 499 characters: write at most 400
 --> kickoff.toml:7:11
  |
7 | purpose = "word word word word word word word word word word word word word word word word word word word word word word…
  |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
"#,
    );
}

#[test]
fn nothing_reaches_the_terminal_that_moves_it() {
    check_behind_head(
        "[load]\n\"a\\u001b[31m\" = 1\n[entity.\"a\u{202e}b\"]\n",
        r#"unknown key `a�[31m` in `[load]`
 --> kickoff.toml:6:1
  |
6 | "a\u001b[31m" = 1
  | ^^^^^^^^^^^^^
  |
  = help: known are `peak-rps`, `p99`, `availability`, `request-timeout`, `shutdown-grace`, `dependencies`

`a�b` contains `�`: use letters and digits only, for example `AB`
 --> kickoff.toml:7:9
  |
7 | [entity."a�b"]
  |         ^^^^^
"#,
    );
}

#[test]
fn missing_keys() {
    check(
        r#"format = 1
[service]
nmae = "orders"
"#,
        r#"`name` of the service is missing
 --> kickoff.toml:2:1
  |
2 | [service]
  | ^^^^^^^^^
  |
  = help: write `name = "orders"` below `[service]`

`created` of the service is missing
 --> kickoff.toml:2:1
  |
2 | [service]
  | ^^^^^^^^^
  |
  = help: write `created = "2026-11-25"` below `[service]`

unknown key `nmae` in `[service]`
 --> kickoff.toml:3:1
  |
3 | nmae = "orders"
  | ^^^^
  |
  = help: did you mean `name`?
"#,
    );
}

#[test]
fn a_string_without_end() {
    check_behind_head(
        r#"[responsibility]
purpose = """
never closed
[load]
foo = 1
"#,
        r#"this is not TOML: invalid multi-line basic string, expected `"`
  --> kickoff.toml:10:1
   |
10 |
   | ^
"#,
    );
}

#[test]
fn a_list_without_end() {
    check_behind_head(
        r#"[done]
items = [
  "ci",
[load]
peak-rps = x
"#,
        r#"this is not TOML: unclosed array, expected `]`
 --> kickoff.toml:8:7
  |
8 | [load]
  |       ^

this is not TOML: missing comma between array elements, expected `,`
 --> kickoff.toml:9:1
  |
9 | peak-rps = x
  | ^
"#,
    );
}
