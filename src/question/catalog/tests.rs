use std::collections::{BTreeSet, HashSet};

use super::*;
use crate::answers::{Answers, Item, Value};
use crate::question::{canonical_text, validate_value};

/// Records that answers go into.
const RECORDS: [&str; 19] = [
    "access",
    "caching",
    "communication",
    "conflicts",
    "data-model",
    "database",
    "definition-of-done",
    "deletion",
    "dependencies",
    "duplicates",
    "enforcement",
    "error-handling",
    "error-propagation",
    "experiment",
    "idempotency",
    "load-limits",
    "record-format",
    "responsibility",
    "schema-changes",
];

/// Every question and every part, with the questions it may depend on: `(question, earlier, is_part)`.
fn all() -> Vec<(&'static Question, Vec<&'static Question>, bool)> {
    let mut all = Vec::new();
    let mut earlier = Vec::new();
    for question in questions() {
        all.push((*question, earlier.clone(), false));
        if let Some(schema) = question.items() {
            for (index, part) in schema.parts.iter().enumerate() {
                all.push((part, schema.parts[..index].iter().collect(), true));
            }
        }
        earlier.push(*question);
    }
    all
}

fn choices(question: &Question) -> &'static [Choice] {
    match question.kind {
        Kind::Choice { choices } | Kind::Choices { choices } => choices,
        _ => &[],
    }
}

fn is_key(text: &str) -> bool {
    text.starts_with(|character: char| character.is_ascii_lowercase())
        && !text.ends_with('-')
        && !text.contains("--")
        && text.chars().all(|character| {
            character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
        })
}

#[test]
fn ids_are_unique_kebab_case_and_in_the_order_of_their_sections() {
    let ids: HashSet<&str> = questions().iter().map(|question| question.id).collect();
    assert_eq!(ids.len(), questions().len());
    for question in questions() {
        let (section, key) = question.id.split_once('.').expect("a section and a key");
        assert_eq!(section, question.section.key(), "{}", question.id);
        assert!(is_key(key), "{}", question.id);
    }
    assert!(questions().is_sorted_by_key(|question| question.section));
    assert_eq!(questions()[0].id, STAKES);
    let sections: BTreeSet<Section> = questions()
        .iter()
        .map(|question| question.section)
        .collect();
    assert_eq!(sections, Section::ALL.into_iter().collect());
}

#[test]
fn tables_of_items_are_unique_and_no_other_table_of_the_file() {
    let mut taken: Vec<&str> = Section::ALL.iter().map(|section| section.key()).collect();
    taken.extend(["format", "service", "open"]);
    for schema in questions().iter().filter_map(|question| question.items()) {
        assert!(is_key(schema.table), "{}", schema.table);
        assert!(!taken.contains(&schema.table), "{}", schema.table);
        taken.push(schema.table);
        let keys: HashSet<&str> = schema.parts.iter().map(|part| part.id).collect();
        assert_eq!(keys.len(), schema.parts.len(), "{}", schema.table);
        assert!(
            crate::question::validate_name(schema.name, schema.example).is_ok(),
            "{}",
            schema.example
        );
    }
}

#[test]
fn parts_have_plain_keys_and_belong_to_their_section() {
    for question in questions() {
        for part in question.items().map_or(&[][..], |schema| schema.parts) {
            assert!(is_key(part.id), "{}", part.id);
            assert_eq!(part.section, question.section, "{}", part.id);
            assert!(part.items().is_none(), "{}", part.id);
            assert!(!part.core, "{}", part.id);
        }
    }
}

#[test]
fn every_text_is_there_and_is_a_sentence() {
    for (question, ..) in all() {
        let id = question.id;
        assert!(question.ask.contains('?'), "{id}: {}", question.ask);
        for text in [question.why, question.effect] {
            assert!(text.ends_with('.'), "{id}: {text}");
            assert!(text.len() > 20, "{id}: {text}");
        }
        for text in [question.ask, question.why, question.effect] {
            assert!(!text.contains("  ") && !text.contains('\n'), "{id}: {text}");
            assert_eq!(text.trim(), text, "{id}");
        }
        assert!(
            RECORDS.contains(&question.record),
            "{id}: {}",
            question.record
        );
        assert!(question.awaits != Some(""), "{id}");
        // Only what waits for something is honoured in part.
        assert!(
            question.honours.is_empty() || question.awaits.is_some(),
            "{id}"
        );
        for honoured in question.honours {
            let known = choices(question)
                .iter()
                .any(|choice| choice.value == *honoured);
            assert!(known, "{id}: `{honoured}` is no choice");
        }
    }
}

#[test]
fn questions_fit_a_narrow_terminal() {
    for (question, ..) in all() {
        assert!(question.ask.chars().count() <= 80, "{}", question.ask);
        for choice in choices(question) {
            assert!(choice.label.chars().count() <= 34, "{}", choice.label);
        }
    }
}

#[test]
fn every_choice_has_a_consequence_of_its_own() {
    for (question, ..) in all() {
        let id = question.id;
        let choices = choices(question);
        let values: HashSet<&str> = choices.iter().map(|choice| choice.value).collect();
        let consequences: HashSet<&str> = choices.iter().map(|choice| choice.does).collect();
        assert_eq!(values.len(), choices.len(), "{id}");
        assert_eq!(consequences.len(), choices.len(), "{id}");
        for choice in choices {
            assert!(is_key(choice.value), "{id}: {}", choice.value);
            assert!(!choice.label.is_empty(), "{id}: {}", choice.value);
            assert!(choice.does.ends_with('.'), "{id}: {}", choice.does);
            assert!(choice.does.len() > 20, "{id}: {}", choice.does);
            assert!(!choice.does.contains("  "), "{id}: {}", choice.does);
        }
    }
}

#[test]
fn defaults_are_valid_and_canonical() {
    for (question, ..) in all() {
        let texts = match question.default {
            Fallback::Fixed(text) => vec![text],
            Fallback::ByStakes(texts) => texts.to_vec(),
            Fallback::DaysAfterCreation(_) => {
                assert_eq!(question.kind, Kind::Date, "{}", question.id);
                vec![]
            }
            Fallback::Open | Fallback::Empty => vec![],
        };
        for text in texts {
            let value = validate_value(&question.kind, text)
                .unwrap_or_else(|message| panic!("{}: {message}", question.id));
            assert_eq!(canonical_text(&value), text, "{}", question.id);
        }
    }
}

#[test]
fn a_core_question_has_no_default_and_is_always_asked() {
    let core: Vec<&str> = questions()
        .iter()
        .filter(|question| question.core)
        .map(|question| {
            assert_eq!(question.default, Fallback::Open, "{}", question.id);
            assert_eq!(question.asked_from, Stakes::Nothing, "{}", question.id);
            assert_eq!(question.when, When::Always, "{}", question.id);
            question.id
        })
        .collect();
    assert_eq!(
        core,
        [
            "responsibility.purpose",
            "responsibility.owns",
            "data.entities"
        ]
    );
}

/// Every condition looks back, at something that can have the value it waits for.
#[test]
fn conditions_refer_to_earlier_questions_and_existing_choices() {
    fn check(when: &When, question: &Question, earlier: &[&'static Question], is_part: bool) {
        let find = |id: &str| {
            *earlier
                .iter()
                .find(|other| other.id == id)
                .unwrap_or_else(|| panic!("{}: nothing earlier is `{id}`", question.id))
        };
        match *when {
            When::Always => {}
            When::Experiment => {
                assert!(earlier.iter().any(|other| other.id == REALITY_KIND));
            }
            When::Any(id) => assert!(matches!(
                find(id).kind,
                Kind::Items { .. } | Kind::Texts { .. } | Kind::Choices { .. }
            )),
            When::Is(id, values) | When::Part(id, values) => {
                assert_eq!(matches!(when, When::Part(..)), is_part, "{}", question.id);
                let other = find(id);
                assert!(!values.is_empty(), "{}", question.id);
                for value in values {
                    assert!(
                        choices(other).iter().any(|choice| choice.value == *value),
                        "{}: `{value}` is no choice of `{id}`",
                        question.id
                    );
                }
            }
            When::PartGiven(id) | When::PartEmpty(id) => {
                assert!(is_part, "{}", question.id);
                assert!(
                    matches!(find(id).kind, Kind::Text { .. }),
                    "{}",
                    question.id
                );
                assert_eq!(find(id).default, Fallback::Empty, "{}", question.id);
            }
            When::All(all) => {
                for when in all {
                    check(when, question, earlier, is_part);
                }
            }
        }
    }
    for (question, earlier, is_part) in all() {
        check(&question.when, question, &earlier, is_part);
    }
}

#[test]
fn little_is_asked_where_little_is_at_stake() {
    let asked = |stakes: Stakes| {
        questions()
            .iter()
            .filter(|question| question.asked_from <= stakes)
            .count()
    };
    assert!(asked(Stakes::Nothing) <= 8, "{}", asked(Stakes::Nothing));
    let unconditional = questions()
        .iter()
        .filter(|question| question.asked_from <= Stakes::Annoyance)
        .filter(|question| question.when == When::Always)
        .count();
    assert!((10..=14).contains(&unconditional), "{unconditional}");
    assert_eq!(asked(Stakes::Money), questions().len());
    assert_eq!(asked(Stakes::Harm), questions().len());
}

#[test]
fn limits_by_default_do_not_contradict_each_other() {
    for stakes in Stakes::ALL {
        let mut answers = Answers::new("orders", "2026-11-25");
        let id = question(STAKES).expect("the first question");
        answers.give(id, Value::Text(stakes.key().to_owned()));
        let ms = |id: &str| {
            let text = answers.value(question(id).expect(id)).expect(id);
            crate::question::parse_duration_ms(&canonical_text(&text)).expect(id)
        };
        assert!(ms("load.p99") < ms("load.request-timeout"));
        assert!(ms("load.request-timeout") <= ms("load.shutdown-grace"));
        // Kubernetes and most platforms kill after 30 seconds.
        assert!(ms("load.shutdown-grace") < 30_000);
    }
}

#[test]
fn an_entity_of_another_service_has_an_id_type_and_an_own_one_has_fields() {
    let schema = question("data.entities")
        .and_then(|question| question.items())
        .expect("entities are items");
    let part = |key: &str| {
        schema
            .parts
            .iter()
            .find(|part| part.id == key)
            .expect("a part of an entity")
    };
    let answers = Answers::new("orders", "2026-11-25");
    let check = |of: Option<&str>, applying: &[&str]| {
        let mut item = Item {
            name: "Customer".to_owned(),
            ..Item::default()
        };
        if let Some(of) = of {
            item.parts
                .insert("of".to_owned(), Value::Text(of.to_owned()));
        }
        let found: Vec<&str> = ["about", "id", "fields", "deletion"]
            .into_iter()
            .filter(|key| answers.part_applies(&item, part(key)))
            .collect();
        assert_eq!(found, applying);
        assert_eq!(
            answers.part(&item, part("id")),
            of.map(|_| Value::Text("uuid".to_owned()))
        );
    };
    check(None, &["about", "fields", "deletion"]);
    check(Some("accounts"), &["about", "id"]);
}

#[test]
fn an_open_core_question_makes_an_experiment_with_an_end() {
    let answers = Answers::new("orders", "2026-11-25");
    let ends_on = question("reality.ends-on").expect("the end of the experiment");
    assert_eq!(
        answers.value(ends_on),
        Some(Value::Text("2027-02-23".to_owned()))
    );
}
