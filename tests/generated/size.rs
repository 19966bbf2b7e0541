//! No more code than the answers ask for.

use cargo_kickoff::answers::{Answers, Item};
use cargo_kickoff::skeleton::tree::Tree;

use crate::answers::{entity, service};
use crate::convert::{CASES, case};
use crate::project::generate;

fn lines(tree: &Tree) -> usize {
    let source = tree.iter().filter(|(path, _)| path.starts_with("src"));
    source.map(|(_, text)| text.lines().count()).sum()
}

fn lines_with(entities: Vec<Item>) -> usize {
    lines(&generate(&service("sized", entities)).1)
}

/// An entity with a relation, an optional field, a choice and money, as most have.
fn usual(name: &str) -> Item {
    let fields = "number: string(32) unique\nstatus: draft | placed = draft\nnote: text?\ntotal: money(EUR) >= 0\nplaced_at: instant?\ncustomer: -> Customer";
    entity(name, &[], fields)
}

fn customer() -> Item {
    entity("Customer", &[], "email: email unique\nname: string(1..200)")
}

#[test]
fn each_further_entity_adds_less_than_300_lines() {
    let two = lines_with(vec![customer(), usual("Order")]);
    let three = lines_with(vec![customer(), usual("Order"), usual("Return")]);
    let added = three - two;
    assert!(added < 300, "{added} lines");
}

#[test]
fn no_file_has_more_than_300_lines() {
    let all: Vec<Answers> = CASES.iter().map(|name| case(name)).collect();
    for answers in all {
        let (_, tree) = generate(&answers);
        for (path, text) in tree.iter().filter(|(path, _)| path.starts_with("src")) {
            let count = text.lines().count();
            assert!(count <= 300, "{}: {path} has {count} lines", answers.name);
        }
    }
}

#[test]
fn the_lock_file_names_the_smaller_tables_of_unicode() {
    // `idna_adapter` 1.1 brings 16 crates less than the newest, for nothing but the names of hosts in a URL.
    for entities in [Vec::new(), vec![customer()]] {
        let (_, tree) = generate(&service("sized", entities));
        let mut files = tree.iter();
        let lock = files.find(|(path, _)| path.as_str() == "Cargo.lock");
        let (_, lock) = lock.expect("a lock file");
        assert!(lock.contains("name = \"idna_adapter\"\nversion = \"1.1."));
        assert!(!lock.contains("name = \"icu_"));
    }
}

#[test]
fn without_entities_it_stays_small() {
    let count = lines_with(Vec::new());
    assert!(count < MOST_WITHOUT_ENTITIES, "{count} lines");
}

/// Lines of `src` in a service without entities: what it is today, which may shrink to 900 and must not grow.
const MOST_WITHOUT_ENTITIES: usize = 1_180;
