use super::{check, check_conflict};
use crate::merge::{Merged, merge};

const BASE: &str = "{\n  \"required\": [\n    \"id\",\n    \"title\"\n  ],\n  \"a\": { \"x\": 1 },\n  \"b\": {\n    \"y\": 2\n  }\n}\n";

#[test]
fn members_and_elements_at_one_place() {
    let mine = BASE
        .replace("    \"id\",\n", "    \"id\",\n    \"mine\",\n")
        .replace(
            "  \"b\": {\n",
            "  \"mine\": {\n    \"z\": [1]\n  },\n  \"b\": {\n",
        );
    let fresh = BASE
        .replace("    \"id\",\n", "    \"id\",\n    \"colour\",\n")
        .replace("  \"b\": {\n", "  \"colour\": { \"x\": 3 },\n  \"b\": {\n");
    let both = BASE
        .replace(
            "    \"id\",\n",
            "    \"id\",\n    \"mine\",\n    \"colour\",\n",
        )
        .replace(
            "  \"b\": {\n",
            "  \"mine\": {\n    \"z\": [1]\n  },\n  \"colour\": { \"x\": 3 },\n  \"b\": {\n",
        );
    check("openapi.json", BASE, &mine, &fresh, &both);
}

#[test]
fn the_last_element_has_no_comma() {
    let with = |lines: &str| BASE.replace("    \"title\"\n", lines);
    check(
        "openapi.json",
        BASE,
        &with("    \"title\",\n    \"mine\"\n"),
        &with("    \"title\",\n    \"colour\"\n"),
        &with("    \"title\",\n    \"mine\",\n    \"colour\"\n"),
    );
    // The last one goes, and another comes behind it.
    check(
        "openapi.json",
        BASE,
        &with("    \"title\",\n    \"mine\"\n"),
        &BASE.replace("    \"id\",\n    \"title\"\n", "    \"id\"\n"),
        &with("    \"mine\"\n"),
    );
}

#[test]
fn what_both_changed_is_a_conflict() {
    check_conflict(
        "openapi.json",
        BASE,
        &BASE.replace("{ \"x\": 1 }", "{ \"x\": 8 }"),
        &BASE.replace("{ \"x\": 1 }", "{ \"x\": 9 }"),
        [
            "  \"a\": { \"x\": 1 },\n",
            "  \"a\": { \"x\": 8 },\n",
            "  \"a\": { \"x\": 9 },\n",
        ],
    );
}

#[test]
fn a_file_that_was_formatted_anew_is_merged_in_its_new_form() {
    let pretty = |text: &str, indent: &str| {
        let lines = text.lines().map(|line| {
            let start = line.trim_start();
            format!("{}{start}\n", indent.repeat((line.len() - start.len()) / 2))
        });
        lines.collect::<String>()
    };
    let spread = BASE.replace("{ \"x\": 1 }", "{\n    \"x\": 1\n  }");
    let fresh = BASE
        .replace("{ \"x\": 1 }", "{ \"x\": 1, \"w\": [4] }")
        .replace("\"y\": 2", "\"y\": 3");
    for indent in ["  ", "    ", "\t"] {
        let mine = spread.replace("    \"title\"\n", "    \"title\",\n    \"mine\"\n");
        let both = mine
            .replace(
                "    \"x\": 1\n",
                "    \"x\": 1,\n    \"w\": [\n      4\n    ]\n",
            )
            .replace("\"y\": 2", "\"y\": 3");
        let mine = pretty(&mine, indent);
        // One way round only: it is the person who formats.
        let merged = merge("openapi.json".into(), BASE, &mine, &fresh);
        let both = pretty(&both, indent);
        assert!(
            matches!(&merged, Merged::Clean(text) if *text == both),
            "{merged:?}"
        );
        // In any form, a value that both changed is a conflict.
        let other = mine.replace("\"y\": 2", "\"y\": 4");
        let clash = [2, 4, 3].map(|value| format!("{}\"y\": {value}\n", indent.repeat(2)));
        let clash = clash.each_ref().map(String::as_str);
        check_conflict("openapi.json", BASE, &other, &fresh, clash);
    }
}

#[test]
fn what_a_person_spelled_stays_as_it_was_spelled() {
    let base = "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n";
    // In the form of the usual tools, but for what the person wrote.
    let mine = base.replace(
        "\"a\": 1,",
        "\"a\": [1.50, 1e3],\n  \"a\": 12345678901234567890123,",
    );
    let fresh = base.replace("\"c\": 3", "\"c\": 4");
    let merged = merge("openapi.json".into(), base, &mine, &fresh);
    let expected = mine.replace("\"c\": 3", "\"c\": 4");
    assert!(
        matches!(&merged, Merged::Clean(text) if *text == expected),
        "{merged:?}"
    );
}
