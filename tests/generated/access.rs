//! Who may call: what each answer brings, and that nothing of it is there without one.

use cargo_kickoff::answers::{Answers, Item};
use cargo_kickoff::blueprint::{Blueprint, Setting};

use crate::answers::{entity, give, give_items, item, service};
use crate::project::{assert_formatted, assert_toml, generate};

/// A service that these callers call.
fn called(name: &str, access: &str, callers: Vec<Item>) -> Answers {
    let fields = "text: text\nnumber: string(8) unique";
    let mut answers = service(name, vec![entity("Note", &[], fields)]);
    give_items(&mut answers, "responsibility.callers", callers);
    give(&mut answers, "communication.access", access);
    if access == "jwt" {
        let issuer = "https://login.example.com/";
        give(&mut answers, "communication.issuer", issuer);
    }
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
fn every_way_to_know_callers_is_laid_out_whoever_calls() {
    let mut trees = Vec::new();
    for access in ["service-token", "jwt"] {
        for answers in all(access) {
            trees.push((format!("{access}-{}", answers.name), generate(&answers).1));
        }
    }
    trees
        .iter()
        .for_each(|(name, tree)| assert_toml(name, tree));
    assert_formatted(&trees);
}

/// Each takes a minute: these stand for all that are laid out.
fn assert_work(access: &str, names: [&str; 3]) {
    for name in names {
        let mut all = all(access).into_iter();
        let mut answers = all
            .find(|answers| answers.name == name)
            .expect("one of them");
        answers.name = format!("{access}-{name}");
        crate::running::assert_tested(&answers);
    }
}

#[test]
fn services_with_tokens_work() {
    assert_work("service-token", ["nobody", "many", "empty"]);
}

#[test]
fn services_with_an_issuer_work() {
    assert_work("jwt", ["two", "empty", "undocumented"]);
}

#[test]
fn an_issuer_is_somewhere_and_no_other_service() {
    let conflicts = |answers: &Answers| {
        let conflicts = Blueprint::draw(answers, Setting::Standalone).err();
        let conflicts = conflicts.unwrap_or_default();
        let all: Vec<_> = conflicts.iter().map(ToString::to_string).collect();
        all.join("; ")
    };
    let mut answers = called("odd", "jwt", Vec::new());
    for url in [
        "login.example.com",
        "ftp://login.example.com",
        "https://",
        "https://a b",
        "https://user@host",
        "https://host?a=b",
        "https://host/\"#",
    ] {
        give(&mut answers, "communication.issuer", url);
        let said = conflicts(&answers);
        assert!(
            said.contains("`communication.issuer`: is no URL"),
            "{url}: {said}"
        );
    }
    give(
        &mut answers,
        "communication.issuer",
        "http://localhost:8081/realms/a",
    );
    assert_eq!(conflicts(&answers), "");
    let other = item("Issuer", &[("for", "something else")]);
    give_items(&mut answers, "load.dependencies", vec![other]);
    assert!(conflicts(&answers).contains("the module `issuer` is that of"));
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
