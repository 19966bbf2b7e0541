//! Answer sets, and the trees they lead to.

use std::collections::BTreeMap;

use cargo_kickoff::answers::{Answers, Item, Value};
use cargo_kickoff::blueprint::{Blueprint, Setting};
use cargo_kickoff::notation::FieldAnswer;
use cargo_kickoff::question::catalog;
use cargo_kickoff::skeleton::tree::Tree;
use cargo_kickoff::skeleton::{OwnSkeleton, lay};

pub(crate) fn give(answers: &mut Answers, id: &str, value: Value) {
    answers.give(catalog::question(id).expect(id), value);
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(crate) fn list(words: &[&str]) -> Value {
    Value::List(words.iter().map(|word| (*word).to_owned()).collect())
}

pub(crate) fn item(name: &str, parts: Vec<(&str, Value)>) -> Item {
    let parts: BTreeMap<String, Value> = parts
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    Item {
        name: name.to_owned(),
        parts,
    }
}

/// Fields, each `(name, notation, what empty means)`.
pub(crate) fn fields(fields: &[(&str, &str, &str)]) -> Value {
    let fields = fields.iter().map(|(name, spec, meaning)| FieldAnswer {
        name: (*name).to_owned(),
        spec: (*spec).to_owned(),
        empty_means: (!meaning.is_empty()).then(|| (*meaning).to_owned()),
    });
    Value::Fields(fields.collect())
}

/// Nobody was asked anything.
pub(crate) fn bare() -> Answers {
    Answers::new("my-service", "2026-11-25")
}

/// Every place where a person can write has `words` in it.
pub(crate) fn full(words: &str, format: &str) -> Answers {
    let mut answers = Answers::new("orders", "2026-11-25");
    let mut set = |id: &str, value: Value| give(&mut answers, id, value);
    set("responsibility.stakes", text("harm"));
    set("responsibility.purpose", text(words));
    set(
        "responsibility.owns",
        Value::Items(vec![item(words, vec![("entities", list(&["Order"]))])]),
    );
    set(
        "responsibility.not-its-job",
        Value::Items(vec![
            item(
                words,
                vec![("whose", text(words)), ("names", list(&["payment"]))],
            ),
            item("cooking", vec![]),
        ]),
    );
    set(
        "responsibility.callers",
        Value::Items(vec![
            item(
                words,
                vec![
                    ("rate", Value::Number(1_500)),
                    ("timeout", text("2s")),
                    ("attempts", Value::Number(3)),
                ],
            ),
            item("nightly job", vec![]),
        ]),
    );
    set(
        "data.entities",
        Value::Items(vec![
            item(
                "Customer",
                vec![
                    ("about", text(words)),
                    (
                        "fields",
                        fields(&[
                            ("email", "email unique personal", ""),
                            ("name", "string(1..200)?", words),
                            ("weight", "decimal(8,3)? > 0", ""),
                        ]),
                    ),
                ],
            ),
            item(
                "Order",
                vec![
                    ("about", text(words)),
                    ("same-when", list(&["number", "customer"])),
                    ("conflicts", text("last-write-wins")),
                    (
                        "fields",
                        fields(&[
                            ("number", "string(32)", ""),
                            ("status", "draft | placed = draft", ""),
                            ("total", "money(EUR) >= 0", ""),
                            ("customer", "-> Customer", ""),
                            ("warehouse", "-> Warehouse?", words),
                            ("tags", "<-> Tag", ""),
                        ]),
                    ),
                ],
            ),
            item(
                "Tag",
                vec![("fields", fields(&[("word", "string(50) unique", "")]))],
            ),
            item(
                "Warehouse",
                vec![("of", text(words)), ("about", text(words))],
            ),
        ]),
    );
    set("data.conflicts", text("version"));
    set("load.peak-rps", Value::Number(2_000));
    set(
        "load.dependencies",
        // Its name becomes a module, so that not every text can be one.
        Value::Items(vec![item(
            "shipping rates",
            vec![
                ("for", text(words)),
                ("when-down", text("fallback")),
                ("fallback", text(words)),
                ("twice-safe", Value::Flag(true)),
                ("attempts", Value::Number(3)),
            ],
        )]),
    );
    set(
        "communication.styles",
        list(&["rest", "publish-events", "consume-events"]),
    );
    set(
        "communication.events",
        Value::Items(vec![
            item(words, vec![("entity", text("Order"))]),
            item(
                "paid",
                vec![("direction", text("consumed")), ("from", text(words))],
            ),
        ]),
    );
    // Where callers are known, their names become settings, and not every text can be one.
    set("communication.access", text("open"));
    for owner in ["database", "schema", "errors"] {
        set(&format!("ownership.{owner}-owner"), text(words));
    }
    set("ownership.database", text("sqlite"));
    set("ownership.record-format", text(format));
    set("done.items", list(&["validation", "ci"]));
    set("reality.kind", text("experiment"));
    set("reality.ends-when", text(words));
    for id in [
        "ownership.caching-owner",
        "ownership.caching",
        "data.deletion",
    ] {
        answers.defer(catalog::question(id).expect(id), words);
    }
    answers
}

/// A project whose core is decided, and nothing else.
pub(crate) fn project() -> Answers {
    let mut answers = Answers::new("tags", "2026-11-25");
    give(&mut answers, "responsibility.purpose", text("Keeps tags."));
    give(
        &mut answers,
        "responsibility.owns",
        Value::Items(vec![item("tagging", vec![])]),
    );
    give(
        &mut answers,
        "data.entities",
        Value::Items(vec![item(
            "Tag",
            vec![("fields", fields(&[("word", "string(50)", "")]))],
        )]),
    );
    answers
}

/// Every core question was put off, with a note.
pub(crate) fn put_off(words: &str) -> Answers {
    let mut answers = bare();
    for question in catalog::questions() {
        if question.id != catalog::STAKES && question.id != catalog::REALITY_KIND {
            answers.defer(question, words);
        }
    }
    answers
}

/// Answer sets by name, with harmless words.
pub(crate) fn sets() -> Vec<(&'static str, Answers)> {
    let mut declared = project();
    give(&mut declared, "reality.kind", text("project"));
    let mut nygard = bare();
    give(&mut nygard, "ownership.record-format", text("nygard"));
    let mut nothing = project();
    give(&mut nothing, "data.entities", Value::Items(Vec::new()));
    let mut notation = project();
    give(
        &mut notation,
        "data.entities",
        Value::Items(vec![item(
            "Tag",
            vec![(
                "fields",
                fields(&[
                    ("word", r"string(8)? matching /a\|b/", ""),
                    ("kind", "a | b = a", ""),
                    ("note", r#"string(50) = "`|\\""#, ""),
                ]),
            )],
        )]),
    );
    vec![
        ("notation", notation),
        ("bare", bare()),
        ("bare, Nygard", nygard),
        ("project", project()),
        ("declared project", declared),
        ("no entities", nothing),
        ("put off", put_off("Plain words")),
        ("put off without a note", put_off("")),
        ("full", full("Plain words", "madr")),
        ("full, Nygard", full("Plain words", "nygard")),
    ]
}

pub(crate) fn draw(answers: &Answers) -> Blueprint {
    Blueprint::draw(answers, Setting::Standalone).unwrap_or_else(|conflicts| {
        let conflicts: Vec<String> = conflicts.iter().map(ToString::to_string).collect();
        panic!("{}", conflicts.join("\n"))
    })
}

pub(crate) fn tree(answers: &Answers) -> Tree {
    lay(&draw(answers), &OwnSkeleton::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// The Markdown files of a tree.
pub(crate) fn documents(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    tree.iter()
        .map(|(path, text)| (path.as_str(), text))
        .filter(|(path, _)| path.ends_with(".md"))
}
