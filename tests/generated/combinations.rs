//! Shapes and names that decide where lines break.

use cargo_kickoff::blueprint::{Blueprint, Setting};

use crate::answers::{entity, service};
use crate::project::{assert_formatted, assert_toml, generate};
use crate::shapes::{Names, all_fields, all_relations};

fn check(length: usize) {
    let names = Names { length };
    let package = "p".repeat(length);
    let trees: Vec<_> = ["reject", "return-existing", "update"]
        .iter()
        .zip([
            ["hard", "version"],
            ["soft", "last-write-wins"],
            ["never", "version"],
        ])
        .map(|(duplicates, [deletion, conflicts])| {
            let parts = [("deletion", deletion), ("conflicts", conflicts)];
            let mut entities = all_fields(&names, &parts);
            entities.extend(all_relations(&names, entities.len()));
            let mut answers = service(&package, entities);
            crate::answers::give(&mut answers, "data.duplicates", duplicates);
            let (_, tree) = generate(&answers);
            assert_toml(duplicates, &tree);
            ((*duplicates).to_owned(), tree)
        })
        .collect();
    assert_formatted(&trees);
}

#[test]
fn names_of_one_letter_are_laid_out() {
    check(1);
}

#[test]
fn names_of_ten_letters_are_laid_out() {
    check(10);
}

#[test]
fn names_of_twenty_letters_are_laid_out() {
    check(20);
}

#[test]
fn names_of_forty_letters_are_laid_out() {
    check(40);
}

#[test]
fn a_hidden_record_cannot_hide_a_tree_of_its_own_kind() {
    let comment = |deletion| {
        let parts = [("deletion", deletion)];
        let fields = "text: text\nparent: -> Comment? on delete cascade";
        let answers = service("talk", vec![entity("Comment", &parts, fields)]);
        Blueprint::draw(&answers, Setting::Standalone)
    };
    assert!(comment("hard").is_ok());
    let conflicts = comment("soft").expect_err("a conflict");
    let [conflict] = conflicts.as_slice() else {
        panic!("{conflicts:?}")
    };
    assert_eq!(
        conflict.answers,
        ["entity.Comment.fields.parent", "entity.Comment.deletion"]
    );
}
