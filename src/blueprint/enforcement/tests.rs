use super::*;
use crate::answers::examples;
use crate::answers::file;
use crate::blueprint::{Blueprint, Setting};
use crate::question::catalog;

fn groups() -> impl Iterator<Item = &'static Group> {
    let all = [code::METHODS, code::TYPES, code::MACROS, crates::CRATES];
    all.into_iter().flatten()
}

#[test]
fn every_rule_belongs_to_a_record_and_says_what_to_do() {
    for group in groups() {
        let known = catalog::questions()
            .iter()
            .any(|question| question.record == group.subject);
        assert!(known, "{}", group.subject);
        assert!(!group.paths.is_empty(), "{}", group.reason);
        assert!(!group.reason.ends_with('.'), "{}", group.reason);
        assert!(group.paths.is_sorted(), "{:?}", group.paths);
    }
}

fn drawn(change: &[(&str, &str)]) -> Enforcement {
    let text = examples::get("orders").expect("the example is there");
    let mut answers = file::read(text, "orders").expect("it can be read");
    for (id, value) in change {
        crate::answers::path::set(&mut answers, id, value).expect("an answer");
    }
    let blueprint = Blueprint::draw(&answers, Setting::Standalone).expect("they agree");
    blueprint.enforcement
}

fn has(rules: &[Rule], path: &str) -> bool {
    rules.iter().any(|rule| rule.path == path)
}

#[test]
fn nothing_is_ruled_out_twice() {
    for change in [
        &[][..],
        &[("ownership.caching", "in-process")],
        &[("ownership.caching", "redis")],
        &[("communication.styles", "rest, publish-events")],
    ] {
        let drawn = drawn(change);
        for rules in [&drawn.methods, &drawn.types, &drawn.macros, &drawn.crates] {
            for rule in rules {
                let same = rules.iter().filter(|other| other.path == rule.path);
                assert_eq!(same.count(), 1, "{change:?}: {}", rule.path);
            }
        }
    }
}

#[test]
fn rules_are_there_for_the_tools_that_were_chosen_only() {
    for (value, tests, clippy, deny) in [
        ("none", false, false, false),
        ("tests", true, false, false),
        ("clippy", false, true, false),
        ("deny", false, false, true),
        ("tests, clippy, deny", true, true, true),
    ] {
        let drawn = drawn(&[("ownership.enforcement", value)]);
        assert_eq!(
            (drawn.tests, drawn.clippy, drawn.deny),
            (tests, clippy, deny)
        );
        assert_eq!(!drawn.methods.is_empty(), clippy, "{value}");
        assert_eq!(!drawn.types.is_empty(), clippy, "{value}");
        assert_eq!(!drawn.macros.is_empty(), clippy, "{value}");
        assert_eq!(!drawn.crates.is_empty(), deny, "{value}");
    }
}

#[test]
fn a_rule_goes_with_its_decision() {
    let nothing_cached = drawn(&[]);
    assert!(has(&nothing_cached.crates, "moka") && has(&nothing_cached.crates, "redis"));
    let in_process = drawn(&[("ownership.caching", "in-process")]);
    assert!(!has(&in_process.crates, "moka") && has(&in_process.crates, "redis"));
    let redis = drawn(&[("ownership.caching", "redis")]);
    assert!(has(&redis.crates, "moka") && !has(&redis.crates, "redis"));
    let events = drawn(&[
        ("communication.styles", "rest, publish-events"),
        ("communication.broker", "nats"),
    ]);
    assert!(!has(&events.crates, "async-nats") && has(&events.crates, "lapin"));
    let silent = drawn(&[("done.items", "validation")]);
    assert!(has(&nothing_cached.macros, "std::println"));
    assert!(silent.macros.is_empty() && !has(&silent.crates, "env_logger"));
}
