mod json;
mod properties;

use super::*;

/// Merges, both ways round: what is merged cleanly one way is merged cleanly the other way.
#[track_caller]
fn merged(path: &str, base: &str, yours: &str, fresh: &str) -> Option<String> {
    let clean = |merged| match merged {
        Merged::Clean(text) => Some(text),
        Merged::Conflict { .. } => None,
    };
    let one = clean(merge(path.into(), base, yours, fresh));
    let other = clean(merge(path.into(), base, fresh, yours));
    assert_eq!(one.is_some(), other.is_some(), "a conflict one way only");
    one
}

#[track_caller]
fn check(path: &str, base: &str, yours: &str, fresh: &str, expect: &str) {
    let merged = merged(path, base, yours, fresh);
    assert_eq!(merged.as_deref(), Some(expect));
}

#[track_caller]
fn check_conflict(path: &str, base: &str, yours: &str, fresh: &str, clash: [&str; 3]) {
    merged(path, base, yours, fresh);
    match merge(path.into(), base, yours, fresh) {
        Merged::Clean(text) => panic!("merged:\n{text}"),
        Merged::Conflict { clashes, marked } => {
            let [base, yours, fresh] = clash.map(str::to_owned);
            assert_eq!(clashes, [Clash { base, yours, fresh }], "{marked}");
        }
    }
}

#[test]
fn modules_and_imports_on_adjacent_lines() {
    check(
        "src/lib.rs",
        "mod a;\nmod d;\n",
        "mod a;\nmod c;\nmod d;\n",
        "mod a;\nmod b;\nmod d;\n",
        "mod a;\nmod b;\nmod c;\nmod d;\n",
    );
    check(
        "src/lib.rs",
        "use a::A;\nuse b::B;\n\nfn f() {}\n",
        "use a::A2;\nuse b::B;\n\nfn f() {}\n",
        "use a::A;\nuse b::B2;\n\nfn f() {}\n",
        "use a::A2;\nuse b::B2;\n\nfn f() {}\n",
    );
    check(
        "src/lib.rs",
        "use axum::{Json, Router};\n",
        "use axum::{Extension, Json, Router};\n",
        "use axum::{Json, Router, extract::State};\n",
        "use axum::{Extension, Json, Router, extract::State};\n",
    );
    check(
        "src/lib.rs",
        "use x::{A, B};\n",
        "use x::{A, B, C};\n",
        "use x::{A};\n",
        "use x::{A, C};\n",
    );
}

#[test]
fn functions_added_at_the_same_place() {
    let base = "fn a() {\n    one();\n}\n";
    check(
        "src/x.rs",
        base,
        &format!("{base}\nfn mine() {{\n    two();\n}}\n"),
        &format!("{base}\nfn fresh() {{\n    three();\n}}\n"),
        &format!("{base}\nfn mine() {{\n    two();\n}}\n\nfn fresh() {{\n    three();\n}}\n"),
    );
    check(
        "src/x.rs",
        "impl A {\n    fn a() {}\n}\n",
        "impl A {\n    fn a() {}\n\n    fn mine() {\n        x();\n    }\n}\n",
        "impl A {\n    fn a() {}\n\n    /// Fresh.\n    fn fresh() {\n        y();\n    }\n}\n",
        "impl A {\n    fn a() {}\n\n    fn mine() {\n        x();\n    }\n\n    /// Fresh.\n    fn fresh() {\n        y();\n    }\n}\n",
    );
}

#[test]
fn an_item_added_by_both_is_there_once() {
    check(
        "src/lib.rs",
        "mod a;\n\nfn f() {}\n\nfn g() {}\n",
        "mod a;\nmod b;\n\nfn f() {}\n\nfn g() {}\n",
        "mod b;\n\nmod a;\n\nfn f() {}\n\nfn g() {}\n",
        "mod a;\nmod b;\n\nfn f() {}\n\nfn g() {}\n",
    );
    check_conflict(
        "src/lib.rs",
        "fn f() {}\n",
        "fn f() {}\n\nfn g() {\n    one();\n}\n",
        "fn f() {}\n\nfn g() {\n    two();\n}\n",
        ["", "fn g() {\n    one();\n}\n", "fn g() {\n    two();\n}\n"],
    );
}

#[test]
fn fields_variants_and_arms() {
    check(
        "src/x.rs",
        "struct A {\n    a: u8,\n    b: u8,\n}\n",
        "struct A {\n    a: u16,\n    b: u8,\n    mine: u8,\n}\n",
        "struct A {\n    a: u8,\n    /// Wide.\n    b: u32,\n    fresh: u8,\n}\n",
        "struct A {\n    a: u16,\n    /// Wide.\n    b: u32,\n    mine: u8,\n    fresh: u8,\n}\n",
    );
    check(
        "src/x.rs",
        "fn f() {\n    match x {\n        A => 1,\n        B => 2,\n    }\n}\n",
        "fn f() {\n    match x {\n        A => 10,\n        B => 2,\n    }\n}\n",
        "fn f() {\n    match x {\n        A => 1,\n        B => {\n            g(2)\n        }\n        C => 3,\n    }\n}\n",
        "fn f() {\n    match x {\n        A => 10,\n        B => {\n            g(2)\n        }\n        C => 3,\n    }\n}\n",
    );
    check(
        "src/x.rs",
        "fn f() {\n    new()\n        .route(\"/a\", a())\n        .route(\"/b\", b())\n}\n",
        "fn f() {\n    new()\n        .route(\"/a\", a())\n        .route(\"/b\", mine())\n}\n",
        "fn f() {\n    new()\n        .route(\"/a\", fresh())\n        .route(\"/b\", b())\n}\n",
        "fn f() {\n    new()\n        .route(\"/a\", fresh())\n        .route(\"/b\", mine())\n}\n",
    );
}

#[test]
fn elements_of_several_lines() {
    let list = |more: &str| {
        format!(
            "const M: &[(i64, &str)] = &[\n    (\n        1,\n        \"a\",\n    ),\n{more}];\n"
        )
    };
    let entry =
        |number: u8, text: &str| format!("    (\n        {number},\n        \"{text}\",\n    ),\n");
    check(
        "src/x.rs",
        &list(""),
        &list(&entry(2, "mine")),
        &list(&entry(3, "fresh")),
        &list(&format!("{}{}", entry(2, "mine"), entry(3, "fresh"))),
    );
}

#[test]
fn statements_that_touch_are_a_conflict() {
    check_conflict(
        "src/x.rs",
        "fn f() {\n    a();\n    b();\n}\n",
        "fn f() {\n    mine();\n    b();\n}\n",
        "fn f() {\n    a();\n    fresh();\n}\n",
        [
            "    a();\n    b();\n",
            "    mine();\n    b();\n",
            "    a();\n    fresh();\n",
        ],
    );
}

#[test]
fn what_one_side_removed_and_the_other_changed_is_a_conflict() {
    check_conflict(
        "src/x.rs",
        "fn f() {}\n\nfn g() {\n    a();\n}\n",
        "fn f() {}\n\nfn g() {\n    mine();\n}\n",
        "fn f() {}\n",
        ["fn g() {\n    a();\n}\n", "fn g() {\n    mine();\n}\n", ""],
    );
    // A function of the person's own beside it does not hide that.
    check_conflict(
        "src/x.rs",
        "fn g() {\n    a();\n}\n",
        "fn g() {\n    mine();\n}\n\nfn h() {\n    b();\n}\n",
        "",
        ["fn g() {\n    a();\n}\n", "fn g() {\n    mine();\n}\n", ""],
    );
}

#[test]
fn manifests_are_merged_by_entries() {
    let base = "[package]\nname = \"x\"\n\n[dependencies]\naxum = \"0.8\"\ntokio = { version = \"1\", features = [\"rt\"] }\n";
    check(
        "Cargo.toml",
        base,
        "[package]\nname = \"x\"\n\n[dependencies]\naxum = \"0.8\"\n# Ours.\nmine = \"1\"\ntokio = { version = \"1\", features = [\"rt\", \"fs\"] }\n",
        "[package]\nname = \"x\"\n\n[dependencies]\naxum = { version = \"0.8\", features = [\"json\"] }\nfresh = \"2\"\ntokio = { version = \"1\", features = [\"net\", \"rt\"] }\n",
        "[package]\nname = \"x\"\n\n[dependencies]\naxum = { version = \"0.8\", features = [\"json\"] }\nfresh = \"2\"\n# Ours.\nmine = \"1\"\ntokio = { version = \"1\", features = [\"rt\", \"fs\", \"net\"] }\n",
    );
    // Both added one dependency, at different places and in different forms.
    check(
        "Cargo.toml",
        "[dependencies]\na = \"1\"\nb = \"1\"\nc = \"1\"\n",
        "[dependencies]\nuuid = \"1\"\na = \"1\"\nb = \"1\"\nc = \"1\"\n",
        "[dependencies]\na = \"1\"\nb = \"1\"\nc = \"1\"\nuuid = { version = \"1\", features = [\"v7\"] }\n",
        "[dependencies]\nuuid = { version = \"1\", features = [\"v7\"] }\na = \"1\"\nb = \"1\"\nc = \"1\"\n",
    );
    check_conflict(
        "Cargo.toml",
        "[dependencies]\na = \"1\"\n",
        "[dependencies]\na = \"2\"\n",
        "[dependencies]\na = \"3\"\n",
        ["a = \"1\"\n", "a = \"2\"\n", "a = \"3\"\n"],
    );
}

#[test]
fn lists_rows_and_sections_of_markdown() {
    check(
        "README.md",
        "- a\n- b\n",
        "- mine\n- b\n- more\n",
        "- a\n- fresh\n",
        "- mine\n- fresh\n- more\n",
    );
    check(
        "README.md",
        "| a |\n|---|\n| 1 |\n",
        "| a |\n|---|\n| 1 |\n| mine |\n",
        "| a |\n|---|\n| 1 |\n| fresh |\n",
        "| a |\n|---|\n| 1 |\n| mine |\n| fresh |\n",
    );
    check(
        "README.md",
        "# A\n\ntext\n",
        "# A\n\ntext\n\n## Mine\n\nx\n",
        "# A\n\ntext\n\n## Fresh\n\ny\n",
        "# A\n\ntext\n\n## Mine\n\nx\n\n## Fresh\n\ny\n",
    );
}

#[test]
fn lock_files_get_what_is_new() {
    let entry = |name: &str| {
        format!("\n[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\nsource = \"r\"\n")
    };
    let root = |list: &str| {
        format!("\n[[package]]\nname = \"z\"\nversion = \"0.1.0\"\ndependencies = [\n{list}]\n")
    };
    let head = "# @generated\nversion = 4\n";
    check(
        "Cargo.lock",
        &format!(
            "{head}{}{}{}",
            entry("a"),
            entry("unused"),
            root(" \"a\",\n")
        ),
        &format!(
            "{head}{}{}{}",
            entry("a"),
            entry("mine"),
            root(" \"a\",\n \"mine\",\n")
        ),
        &format!(
            "{head}{}{}{}{}",
            entry("a"),
            entry("fresh"),
            entry("unused"),
            root(" \"a\",\n \"fresh\",\n")
        ),
        &format!(
            "{head}{}{}{}{}",
            entry("a"),
            entry("fresh"),
            entry("mine"),
            root(" \"a\",\n \"fresh\",\n \"mine\",\n")
        ),
    );
}

#[test]
fn line_ends_and_the_mark_stay() {
    let check = |base: &str, yours: &str, fresh: &str, expect: &str| {
        let merged = merge("x.txt".into(), base, yours, fresh);
        assert_eq!(merged, Merged::Clean(expect.to_owned()));
    };
    check(
        "a\nb\nc\n",
        "\u{feff}a\r\nb\r\nc\r\n",
        "a\nb\nC\n",
        "\u{feff}a\r\nb\r\nC\r\n",
    );
    // Mixed as they are, they stay mixed.
    check(
        "a\nb\nc\nd\n",
        "A\r\nb\nc\nd\n",
        "a\nb\nc\nD\n",
        "A\r\nb\nc\nD\n",
    );
    check("a\nb\nc", "a\nb\nC", "A\nb\nc", "A\nb\nC");
}

#[test]
fn markers_are_those_that_merge_tools_know() {
    let Merged::Conflict { marked, .. } = merge("x".into(), "a\nb", "a\nmine", "a\nfresh") else {
        panic!("both changed the line");
    };
    assert_eq!(
        marked,
        "a\n<<<<<<< yours\nmine\n||||||| generated before\nb\n=======\nfresh\n>>>>>>> generated now\n"
    );
}

#[test]
fn an_unfinished_line_does_not_keep_the_field_below_it() {
    let with = |between: &str, field: &str| {
        format!("pub struct A {{\n    pub name: String,\n{between}{field}}}\n")
    };
    for field in [
        "\n    #[garde(range(min = 1))]\n    pub level: i64,\n",
        "    pub level: i64,\n",
    ] {
        let merged = merge(
            "src/a.rs".into(),
            &with("", field),
            &with("unfinished\n", field),
            &with("", ""),
        );
        assert!(matches!(merged, Merged::Conflict { .. }), "{merged:?}");
    }
}
