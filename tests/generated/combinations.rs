//! Shapes and names that decide where lines break.

use crate::answers::service;
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
