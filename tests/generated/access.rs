//! Who may call: what each answer brings, and that nothing of it is there without one.

use cargo_kickoff::answers::{Answers, Item};

use crate::answers::{entity, give, give_items, item, service};
use crate::project::{assert_formatted, assert_toml, generate};

/// A service that these callers call.
fn called(name: &str, access: &str, callers: Vec<Item>) -> Answers {
    let fields = "text: text\nnumber: string(8) unique";
    let mut answers = service(name, vec![entity("Note", &[], fields)]);
    give_items(&mut answers, "responsibility.callers", callers);
    give(&mut answers, "communication.access", access);
    if access != "open" {
        give(&mut answers, "communication.idempotency", "creates");
    }
    answers
}

fn reading(name: &str) -> Item {
    item(name, &[("may", "read")])
}

/// Callers whose names are short, long and odd; some of them may only read.
fn many() -> Vec<Item> {
    let long = "a".repeat(59);
    let names = ["b", "Web-Shop", "straßen-dienst", &long];
    let mut callers: Vec<Item> = names.iter().map(|name| item(name, &[])).collect();
    callers.push(reading(&"c".repeat(58)));
    callers.push(reading("match"));
    callers
}

fn all(access: &str) -> Vec<Answers> {
    let mut without_entities = called("empty", access, many());
    give_items(&mut without_entities, "data.entities", Vec::new());
    let mut undocumented = called("undocumented", access, many());
    give(&mut undocumented, "done.items", "validation, ci");
    vec![
        called("nobody", access, Vec::new()),
        called("one", access, vec![item("web-shop", &[])]),
        called(
            "two",
            access,
            vec![reading("reports"), item("web-shop", &[])],
        ),
        called("many", access, many()),
        without_entities,
        undocumented,
    ]
}

#[test]
fn tokens_are_laid_out_whoever_calls() {
    let trees: Vec<_> = all("service-token")
        .iter()
        .map(|answers| (answers.name.clone(), generate(answers).1))
        .collect();
    trees
        .iter()
        .for_each(|(name, tree)| assert_toml(name, tree));
    assert_formatted(&trees);
}

#[test]
fn services_with_tokens_work() {
    for answers in all("service-token") {
        crate::running::assert_works(&answers);
    }
}

#[test]
fn where_anybody_may_call_there_is_no_code_for_it() {
    let (_, tree) = generate(&called("open", "open", vec![item("web-shop", &[])]));
    let words = ["access::", "tokens", "Caller {", "unauthenticated"];
    for (path, text) in tree.iter().filter(|(path, _)| !path.starts_with("docs")) {
        if path.as_str().starts_with("kickoff") {
            continue;
        }
        let found: Vec<_> = words.iter().filter(|word| text.contains(**word)).collect();
        assert!(found.is_empty(), "{path}: {found:?}");
    }
}
