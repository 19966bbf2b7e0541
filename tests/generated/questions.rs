//! No question is dead: whoever answers differently gets different code.

use std::collections::BTreeSet;

use cargo_kickoff::answers::{Answers, Item, Value};
use cargo_kickoff::blueprint::{Blueprint, Setting};
use cargo_kickoff::question::{Kind, Question, catalog, validate_value};

use crate::answers::{entity, field, give, give_items, item, service};
use crate::project::generate;

/// Answers that no generated code reads yet; the parts of an item stand behind the question that asks for the item.
const AWAITING: &[&str] = &[
    "communication.broker",
    "communication.events",
    "communication.events.direction",
    "communication.events.entity",
    "communication.events.from",
    "communication.events.key",
    "communication.styles",
    "data.growth",
    "ownership.cache-ttl",
    "ownership.caching",
    "ownership.caching-owner",
    "ownership.error-pattern",
];

/// Answers whose effect product.md puts elsewhere: into the decision records or the README.
const ELSEWHERE: &[&str] = &["ownership.record-format", "reality.ends-when"];

fn base() -> Answers {
    let mut answers = service(
        "flipped",
        vec![
            entity(
                "Order",
                &[("about", "What somebody wants."), ("plural", "orders")],
                "number: string(32) unique\ncustomer: -> Customer\nnote: text? // nothing to say",
            ),
            entity("Return", &[], "reason: text"),
            item(
                "Customer",
                &[
                    ("of", "the customer service"),
                    ("id", "uuid"),
                    ("about", "Who pays."),
                ],
            ),
        ],
    );
    let capability = [("entities", "Order")];
    give_items(
        &mut answers,
        "responsibility.owns",
        vec![item("taking orders", &capability)],
    );
    give_items(
        &mut answers,
        "responsibility.not-its-job",
        vec![item(
            "charging cards",
            &[("whose", "the payments service"), ("names", "payment")],
        )],
    );
    give_items(
        &mut answers,
        "responsibility.callers",
        vec![
            item(
                "web-shop",
                &[("timeout", "2s"), ("rate", "20"), ("attempts", "1")],
            ),
            item("reports", &[]),
        ],
    );
    give(&mut answers, "communication.access", "service-token");
    give_items(
        &mut answers,
        "load.dependencies",
        vec![
            item("payments", &[("for", "charging cards")]),
            item(
                "rates",
                &[("when-down", "fallback"), ("fallback", "4.90 EUR")],
            ),
        ],
    );
    answers
}

/// What the answer must reach: files that more than people read, or what the checks find.
fn code(answers: &Answers) -> Vec<(String, String)> {
    let (blueprint, tree) = generate(answers);
    let findings = blueprint.findings.iter();
    let findings = findings.map(|finding| (finding.code.to_owned(), finding.message.clone()));
    tree.iter()
        .filter(|(path, _)| {
            let path = path.as_str();
            !path.starts_with("docs/adr/")
                && !["README.md", "AGENTS.md", "kickoff.toml"].contains(&path)
        })
        .map(|(path, text)| (path.to_string(), text.to_owned()))
        .chain(findings)
        .collect()
}

/// Other answers to a question than the one in force, in the form in which they would be typed.
fn others(question: &Question, present: Option<&Value>) -> Vec<Value> {
    let texts: Vec<String> = match question.kind {
        Kind::Choice { choices } => choices
            .iter()
            .map(|choice| choice.value.to_owned())
            .collect(),
        // Each choice alone, so that each is tried.
        Kind::Choices { choices } => choices
            .iter()
            .map(|choice| choice.value.to_owned())
            .collect(),
        Kind::Flag => vec!["yes".to_owned(), "no".to_owned()],
        Kind::Text { .. } => ["something else", "https://other.example.com/"]
            .map(str::to_owned)
            .to_vec(),
        Kind::Texts { .. } => vec!["number".to_owned()],
        Kind::Number { min, max, .. } => [min, max.min(3_000_000)]
            .map(|number| number.to_string())
            .to_vec(),
        Kind::Duration { .. } => ["1234ms", "45s", "36h"].map(str::to_owned).to_vec(),
        Kind::Percent => vec!["97.5".to_owned()],
        Kind::Date => vec!["2027-03-04".to_owned()],
        Kind::Owner => vec!["@acme/somebody".to_owned()],
        Kind::Fields | Kind::Items { .. } => Vec::new(),
    };
    texts
        .iter()
        .filter_map(|text| validate_value(&question.kind, text).ok())
        .filter(|value| Some(value) != present)
        .collect()
}

/// Whether some other answer changes the code.
fn is_alive(question: &'static Question) -> bool {
    let mut answers = base();
    make_applicable(&mut answers, question);
    let before = code(&answers);
    let differs = |changed: Answers| code(&changed) != before;
    if let Kind::Items { schema } = question.kind {
        let mut fewer = answers.clone();
        fewer.forget(question.id);
        if question.core {
            // Left open it would make the service an experiment, which is not what is asked here.
            give_items(&mut fewer, question.id, Vec::new());
        }
        assert!(!schema.parts.is_empty(), "{}", question.id);
        return differs(fewer);
    }
    let mut tried = others(question, answers.value(question).as_ref())
        .into_iter()
        .filter_map(|value| {
            let mut changed = answers.clone();
            changed.give(question, value);
            let works = Blueprint::draw(&changed, Setting::Standalone).is_ok();
            works.then(|| differs(changed))
        });
    // Each choice has to do something; of numbers, those on both sides of a bound may do the same.
    match question.kind {
        Kind::Choice { .. } => tried.all(|differs| differs),
        _ => tried.any(|differs| differs),
    }
}

/// Answers what a question depends on, so that it is asked at all.
fn make_applicable(answers: &mut Answers, question: &Question) {
    if question.id.starts_with("reality.ends") {
        give(answers, "reality.kind", "experiment");
    }
    if question.id == "communication.key-lifetime" {
        give(answers, "communication.idempotency", "creates");
    }
    if question.id == "communication.issuer" {
        give(answers, "communication.access", "jwt");
        give(
            answers,
            "communication.issuer",
            "https://login.example.com/",
        );
    }
}

/// Whether another answer about the first item changes the code.
fn part_is_alive(question: &'static Question, part: &'static Question) -> bool {
    let answers = base();
    let before = code(&answers);
    let Some(Value::Items(items)) = answers.given(question.id) else {
        return false;
    };
    // The second entity belongs to another service, which is what `of` and `id` are about.
    (0..items.len()).any(|at| {
        changes(question, part, &items[at])
            .into_iter()
            .any(|changed| {
                let mut changed_items: Vec<Item> = items.clone();
                changed_items[at] = changed;
                let mut changed = answers.clone();
                give_items(&mut changed, question.id, changed_items);
                Blueprint::draw(&changed, Setting::Standalone).is_ok() && code(&changed) != before
            })
    })
}

fn changes(question: &Question, part: &'static Question, item: &Item) -> Vec<Item> {
    let mut values = others(part, item.parts.get(part.id));
    match (question.id, part.id) {
        ("data.entities", "fields") => {
            values = vec![Value::Fields(vec![
                field("number: string(16) unique"),
                field("customer: -> Customer"),
            ])];
        }
        ("data.entities", "same-when") => {
            values = vec![Value::List(vec![
                "number".to_owned(),
                "customer".to_owned(),
            ])];
        }
        ("responsibility.owns", "entities") => {
            values = vec![Value::List(vec!["Order".to_owned(), "Return".to_owned()])];
        }
        _ => {}
    }
    values
        .into_iter()
        .map(|value| {
            let mut changed = item.clone();
            changed.parts.insert(part.id.to_owned(), value);
            changed
        })
        .collect()
}

#[test]
fn no_question_is_dead() {
    let mut dead = BTreeSet::new();
    let mut awaiting = BTreeSet::new();
    for question in catalog::questions() {
        let mut note = |id: String, part: &Question, alive: bool| {
            if part.awaits.is_some() {
                awaiting.insert(id);
            } else if !alive && !ELSEWHERE.contains(&id.as_str()) {
                dead.insert(id);
            }
        };
        let alive = question.awaits.is_some() || is_alive(question);
        note(question.id.to_owned(), question, alive);
        let Some(schema) = question.items() else {
            continue;
        };
        for part in schema.parts {
            let alive = part.awaits.is_some() || part_is_alive(question, part);
            note(format!("{}.{}", question.id, part.id), part, alive);
        }
    }
    assert!(dead.is_empty(), "dead: {dead:#?}\nawaiting: {awaiting:#?}");
    let expected: BTreeSet<String> = AWAITING.iter().map(|id| (*id).to_owned()).collect();
    assert_eq!(awaiting, expected);
}
