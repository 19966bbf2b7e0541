//! Random answers, built from the catalog.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::{Answer, Answers, Code, Exception, Item, Value};
use crate::notation::FieldAnswer;
use crate::question::{
    ItemSchema, Kind, NameRule, Question, catalog, validate_name, validate_value,
};

/// Text of the kind that breaks formats.
const TEXTS: &[&str] = &[
    "plain words",
    "it's \"quoted\" and 'quoted'",
    "# no comment",
    "a # b = c",
    "back\\slash \\n \\u0041",
    "{{ braces }} [table] = \"\"\" '''",
    "übergrößen 注文 🛒",
    "right \u{202e}left",
    "a, b, \"c\"",
    "later",
    "-",
];

const ENTITY_NAMES: &[&str] = &["Order", "OrderLine", "Tag", "Straße", "Match", "注文"];
const SLUGS: &[&str] = &["payments", "web shop", "web-shop", "a_b", "straßen dienst"];
const PHRASES: &[&str] = &[
    "taking orders",
    "a.b",
    "\"x\" & 'y'",
    "charging # cards",
    "ünïcode",
];
const FIELD_NAMES: &[&str] = &["number", "note", "status", "customer", "größe", "paid-at"];
const SPECS: &[&str] = &[
    "string(1..32) unique",
    "text?",
    "draft | placed = draft",
    "-> Order",
    "<-> Tag",
    "string(9) matching /[A-Z]\\d+\"'#/",
    "decimal(10, 2) >= 0",
];

/// Any answers that the format can hold.
pub(crate) fn answers() -> impl Strategy<Value = Answers> {
    let entries: Vec<_> = catalog::questions()
        .iter()
        .map(|question| option::of(answer(question)))
        .collect();
    (
        select(vec!["orders", "a-b_2"]),
        "20[2-4][0-9]-0[1-9]-1[0-9]",
        vec(exception(), 0..3),
        select(vec![Code::Generated, Code::Existing]),
        entries,
    )
        .prop_map(|(name, created, exceptions, code, entries)| {
            let mut answers = Answers::new(name, created);
            answers.exceptions = exceptions;
            answers.code = code;
            for (question, entry) in catalog::questions().iter().zip(entries) {
                if let Some(entry) = entry {
                    answers.entries.insert(question.id, entry);
                }
            }
            answers
        })
}

fn exception() -> impl Strategy<Value = Exception> {
    let text = || select(TEXTS).prop_map(str::to_owned);
    let until = option::of("20[2-4][0-9]-0[1-9]-1[0-9]");
    ("KD0[1-6][0-9]{2}", option::of(text()), text(), until).prop_map(
        |(code, subject, reason, until)| Exception {
            code,
            subject,
            reason,
            owner: "@acme/orders".to_owned(),
            until,
        },
    )
}

fn answer(question: &'static Question) -> BoxedStrategy<Answer> {
    let note = prop_oneof![
        Just(String::new()),
        select(TEXTS).prop_map(str::to_owned),
        Just("two\nlines\r\n\u{7f}".to_owned())
    ];
    prop_oneof![
        4 => value(&question.kind).prop_map(Answer::Given),
        1 => note.prop_map(|note| Answer::Open { note }),
    ]
    .boxed()
}

fn value(kind: &'static Kind) -> BoxedStrategy<Value> {
    match kind {
        Kind::Choice { choices } => select(*choices)
            .prop_map(|choice| Value::Text(choice.value.to_owned()))
            .boxed(),
        Kind::Choices { choices } => subsequence(*choices, 0..=choices.len())
            .prop_map(|choices| {
                Value::List(
                    choices
                        .iter()
                        .map(|choice| choice.value.to_owned())
                        .collect(),
                )
            })
            .boxed(),
        Kind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        Kind::Texts { .. } => subsequence(TEXTS, 0..5)
            .prop_shuffle()
            .prop_filter_map("too long", |texts| {
                let list = Value::List(texts.iter().map(|text| (*text).to_owned()).collect());
                validate_value(kind, &crate::question::canonical_text(&list)).ok()
            })
            .boxed(),
        Kind::Number { min, max, .. } => (*min..=*max).prop_map(Value::Number).boxed(),
        Kind::Fields => fields().prop_map(Value::Fields).boxed(),
        Kind::Items { schema } => items(schema).prop_map(Value::Items).boxed(),
        Kind::Text { .. } | Kind::Owner => valid(kind, TEXTS),
        Kind::Duration { .. } => valid(kind, &["10ms", "800ms", "2s", "5m", "1h", "3d"]),
        Kind::Percent => valid(kind, &["99.95", "0.5", "42"]),
        Kind::Date => valid(kind, &["2026-11-25", "2028-02-29"]),
    }
}

fn valid(kind: &'static Kind, texts: &'static [&'static str]) -> BoxedStrategy<Value> {
    select(texts)
        .prop_filter_map("not valid here", |text| validate_value(kind, text).ok())
        .boxed()
}

fn items(schema: &'static ItemSchema) -> impl Strategy<Value = Vec<Item>> {
    let names = match schema.name {
        NameRule::Entity => ENTITY_NAMES,
        NameRule::Slug => SLUGS,
        NameRule::Phrase => PHRASES,
    };
    for name in names {
        assert_eq!(validate_name(schema.name, name).as_deref(), Ok(*name));
    }
    subsequence(names, 0..=names.len())
        .prop_shuffle()
        .prop_flat_map(move |names| {
            names
                .into_iter()
                .map(|name| item(schema, name))
                .collect::<Vec<_>>()
        })
}

fn item(schema: &'static ItemSchema, name: &'static str) -> impl Strategy<Value = Item> {
    let parts: Vec<_> = schema
        .parts
        .iter()
        .map(|part| {
            option::of(value(&part.kind))
                .prop_map(|value| value.map(|value| (part.id.to_owned(), value)))
        })
        .collect();
    parts.prop_map(|parts| Item {
        name: name.to_owned(),
        parts: parts.into_iter().flatten().collect(),
    })
}

fn fields() -> impl Strategy<Value = Vec<FieldAnswer>> {
    let field = (select(SPECS), option::of(select(TEXTS)));
    (
        btree_map(select(FIELD_NAMES), field, 0..4),
        vec(any::<u8>(), 4),
    )
        .prop_map(|(fields, keys)| {
            let mut fields: Vec<(u8, FieldAnswer)> = fields
                .into_iter()
                .zip(keys)
                .map(|((name, (spec, empty_means)), key)| {
                    let field = FieldAnswer {
                        name: name.to_owned(),
                        spec: spec.to_owned(),
                        empty_means: empty_means.map(str::to_owned),
                    };
                    (key, field)
                })
                .collect();
            fields.sort_by_key(|(key, _)| *key);
            fields.into_iter().map(|(_, field)| field).collect()
        })
}
