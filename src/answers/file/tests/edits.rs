//! Edits as a person would see them in a diff.

use super::super::{EditError, edit};
use super::{check_edit, says};
use crate::answers::path;

const FILE: &str = "\
# Our orders.
format = 1

[service]
name = \"orders\"
created = \"2026-11-25\"

# What it is for
[responsibility]
stakes = \"money\" # 40,000 EUR an hour
purpose = \"Takes orders.\"

[data]
# duplicates = \"reject\"   # default, nobody decided
# conflicts = \"version\"   # default, nobody decided
# deletion = \"soft\"   # default, nobody decided

# --- entities ---
[entity.Order]
# the sentence of the product owner
about = \"What a customer asked us to deliver.\"

[entity.Order.fields]
number = \"string(1..32) unique\" # as on the bill
# they really do that
note = { type = \"text?\", empty = \"the customer left no note\" }

[entity.Tag.fields]
name = \"string(40)\"

[done]
items = [
    \"ci\", # the least
    # for the auditors
    \"logging\",
]

[open]
\"load.peak-rps\" = \"Ask operations.\"
";

/// Forgets an answer.
const FORGET: &str = "<forget>";

/// Changes `text` as `--set` would, and compares the lines that went and came.
fn check(text: &str, settings: &[(&str, &str)], expect: &str) {
    let mut after = says(text);
    for (id, value) in settings {
        if *value == FORGET {
            after.forget(id);
        } else {
            path::set(&mut after, id, value).unwrap_or_else(|error| panic!("{error}"));
        }
    }
    let edited = check_edit(text, &after);
    let diff = similar::TextDiff::from_lines(text, edited.as_str());
    let changed: String = diff
        .iter_all_changes()
        .filter(|change| change.tag() != similar::ChangeTag::Equal)
        .map(|change| {
            format!(
                "{}{}\n",
                change.tag(),
                change.value().trim_end_matches('\n')
            )
        })
        .collect();
    assert_eq!(changed, expect, "\n{edited}");
}

#[test]
fn an_answer_takes_the_place_of_its_default() {
    check(
        FILE,
        &[
            ("data.conflicts", "last-write-wins"),
            ("load.peak-rps", "50"),
            ("load.p99", "300ms"),
        ],
        r#"-# conflicts = "version"   # default, nobody decided
+conflicts = "last-write-wins"
+[load]
+peak-rps = 50
+p99 = "300ms"
+
-
-[open]
-"load.peak-rps" = "Ask operations."
"#,
    );
}

#[test]
fn defaults_follow_what_is_at_stake() {
    check(
        FILE,
        &[("responsibility.stakes", "nothing")],
        r#"-stakes = "money" # 40,000 EUR an hour
+stakes = "nothing" # 40,000 EUR an hour
-# conflicts = "version"   # default, nobody decided
-# deletion = "soft"   # default, nobody decided
+# conflicts = "last-write-wins"   # default, nobody decided
+# deletion = "hard"   # default, nobody decided
"#,
    );
}

#[test]
fn what_is_forgotten_leaves_its_default_and_its_comments() {
    check(
        FILE,
        &[
            ("responsibility.stakes", FORGET),
            ("responsibility.purpose", FORGET),
            ("done.items", FORGET),
        ],
        r#"-stakes = "money" # 40,000 EUR an hour
-purpose = "Takes orders."
+# stakes = "annoyance"   # default, nobody decided
+# 40,000 EUR an hour
-# deletion = "soft"   # default, nobody decided
+# deletion = "hard"   # default, nobody decided
-items = [
-    "ci", # the least
-    # for the auditors
-    "logging",
-]
+# items = ["validation", "error-handling", "logging", "documentation", "ci"]   # default, nobody decided
+# the least
+# for the auditors
"#,
    );
}

#[test]
fn what_is_put_off_moves() {
    check(
        FILE,
        &[
            ("responsibility.purpose", "later: when we know it"),
            ("load.peak-rps", "later: ask Ann"),
        ],
        r#"-purpose = "Takes orders."
-"load.peak-rps" = "Ask operations."
+"responsibility.purpose" = "when we know it"
+"load.peak-rps" = "ask Ann"
"#,
    );
}

#[test]
fn items_grow() {
    check(
        FILE,
        &[
            ("entity.Order.fields.total", "money(EUR) >= 0"),
            ("entity.Order.fields.note", "text(500)?"),
            ("entity.Order.of", "x"),
            ("entity.Customer.about", "Who ordered."),
            ("dependency.payments.timeout", "800ms"),
            ("done.items", "logging, ci, monitoring"),
        ],
        r#"+of = "x"
-note = { type = "text?", empty = "the customer left no note" }
+note = { type = "text(500)?", empty = "the customer left no note" }
+total = "money(EUR) >= 0"
+[entity.Customer]
+about = "Who ordered."
+
+[dependency.payments]
+timeout = "800ms"
+
-    "ci", # the least
+    "ci", # the least
+    "monitoring",
"#,
    );
}

#[test]
fn items_change_their_order() {
    check(
        FILE,
        &[("data.entities", "Tag, Customer, Order")],
        r#"+[entity.Tag.fields]
+name = "string(40)"
+
+[entity.Customer]
+
-
-[entity.Tag.fields]
-name = "string(40)"
"#,
    );
}

#[test]
fn comments_outlive_what_they_were_about() {
    check(
        FILE,
        &[
            ("data.entities", "Order"),
            ("entity.Order.fields", "note: text?"),
        ],
        r#"-number = "string(1..32) unique" # as on the bill
+# as on the bill
-
-[entity.Tag.fields]
-name = "string(40)"
"#,
    );
}

#[test]
fn none_is_an_answer() {
    check(
        FILE,
        &[("data.entities", ""), ("load.dependencies", "")],
        r#"+entities = []
+[load]
+dependencies = []
+
-[entity.Order]
-about = "What a customer asked us to deliver."
-[entity.Order.fields]
-number = "string(1..32) unique" # as on the bill
+# as on the bill
-note = { type = "text?", empty = "the customer left no note" }
-
-[entity.Tag.fields]
-name = "string(40)"
"#,
    );
}

#[test]
fn line_ends_and_mark_stay() {
    check(
        "\u{feff}format = 1\r\n[service]\r\nname = \"a\"\r\ncreated = \"2026-11-25\"",
        &[("load.peak-rps", "50"), ("done.items", "ci")],
        "-created = \"2026-11-25\"\n+created = \"2026-11-25\"\r\n+\r\n+[load]\r\n+peak-rps = 50\r\n+\r\n+[done]\r\n+items = [\"ci\"]\r\n",
    );
}

#[test]
fn other_forms_stay() {
    check(
        "format = 1\nservice = { name = \"a\", created = \"2026-11-25\" }\nload.p99 = \"1s\"\nentity.Order.fields = { number = \"int\" }\n",
        &[
            ("load.peak-rps", "50"),
            ("entity.Order.fields.note", "text?"),
            ("entity.Tag.about", "x"),
            ("data.growth", "5"),
            ("service.name", "b"),
        ],
        r#"-service = { name = "a", created = "2026-11-25" }
+service = { name = "b", created = "2026-11-25" }
+load.peak-rps = 50
-entity.Order.fields = { number = "int" }
+entity.Order.fields = { number = "int", note = "text?" }
+entity.Tag.about = "x"
+
+[data]
+growth = 5
"#,
    );
}

#[test]
fn a_file_that_is_not_what_it_was_is_left_alone() {
    let before = says(FILE);
    let changed = FILE.replace("money", "harm");
    let edited = edit(&changed, &before, &before);
    assert_eq!(edited, Err(EditError::Changed));
    let broken = FILE.replace("[data]", "[dta]");
    let edited = edit(&broken, &before, &before);
    assert!(matches!(edited, Err(EditError::Unreadable(errors)) if errors.len() == 1));
}

#[test]
fn answers_that_break_the_format_are_refused() {
    let before = says(FILE);
    let mut after = before.clone();
    after.created = "tomorrow".to_owned();
    let edited = edit(FILE, &before, &after);
    assert!(matches!(edited, Err(EditError::Refused { errors, .. }) if errors.len() == 1));
}
