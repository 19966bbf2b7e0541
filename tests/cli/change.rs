//! `ask`, `add` and `remove`: the answers change, and the project with them.

use crate::project::Project;

/// What a command adds to the answers, and a text in one of the files that it brings.
#[track_caller]
fn check(arguments: &[&str], answers: &str, (path, text): (&str, &str)) {
    let project = Project::new();
    project.run(arguments).expect(0);
    let file = project.read("kickoff.toml");
    assert!(file.contains(answers), "{file}");
    assert!(file.contains("# What it is for.\n"), "{file}");
    assert!(project.read(path).contains(text), "{path}");
    project.commit();
    // Nothing is left to do.
    project.update(&["--check"], 0);
}

#[test]
fn what_is_added_reaches_answers_and_code() {
    check(
        &[
            "add",
            "field",
            "Item",
            "note",
            "text(500)?",
            "--empty",
            "nothing to say",
        ],
        "note = { type = \"text(500)?\", empty = \"nothing to say\" }",
        (
            "migrations/0003_add_note_to_items.sql",
            "-- Empty: nothing to say\nALTER TABLE items ADD COLUMN note",
        ),
    );
    check(
        &["add", "relation", "Item", "other_tag", "Tag", "--optional"],
        "other_tag = \"-> Tag?\"",
        (
            "migrations/0003_add_other_tag_id_to_items.sql",
            "REFERENCES tags (id)",
        ),
    );
    check(
        &[
            "add",
            "entity",
            "Coupon",
            "--about",
            "A discount.",
            "--field",
            "code: string(20) unique",
        ],
        "[entity.Coupon]\nabout = \"A discount.\"\n",
        ("src/domain/coupon.rs", "pub struct Coupon"),
    );
    check(
        &["add", "dependency", "rates", "--set", "timeout=300ms"],
        "[dependency.rates]\ntimeout = \"300ms\"\n",
        ("kickoff.toml", "rates"),
    );
    check(
        &["ask", "--set", "load.peak-rps=900"],
        "peak-rps = 900",
        ("src/limits.rs", "pub"),
    );
}

#[test]
fn what_is_removed_is_asked_for_twice() {
    let project = Project::new();
    let before = project.place.snapshot();
    let ran = project.run(&["remove", "field", "Item", "tag"]).expect(5);
    assert!(
        ran.stderr.contains("the column `items.tag_id` is dropped"),
        "{}",
        ran.stderr
    );
    assert_eq!(project.place.snapshot(), before);
    project
        .run(&["remove", "relation", "Item", "tag", "--allow-destructive"])
        .expect(0);
    assert!(!project.read("kickoff.toml").contains("tag = "));
    assert!(!project.read("src/domain/item.rs").contains("tag_id"));
    assert!(
        project
            .read("migrations/0003_drop_tag_id_of_items.sql")
            .contains("DROP COLUMN tag_id")
    );
    project.commit();
    project
        .run(&["remove", "entity", "Tag", "--allow-destructive"])
        .expect(0);
    assert!(!project.exists("src/domain/tag.rs"));
}

#[test]
fn what_others_need_cannot_be_removed() {
    let project = Project::new();
    let before = project.place.snapshot();
    let ran = project
        .run(&["remove", "entity", "Tag", "--allow-destructive"])
        .expect(2);
    assert!(ran.stderr.contains("`Tag`"), "{}", ran.stderr);
    assert_eq!(project.place.snapshot(), before);
}

#[track_caller]
fn check_mistake(arguments: &[&str], says: &str) {
    let project = Project::new();
    let before = project.place.snapshot();
    let ran = project.run(arguments).expect(2);
    assert!(ran.stderr.contains(says), "{}", ran.stderr);
    assert_eq!(project.place.snapshot(), before);
}

#[test]
fn mistakes_are_named() {
    check_mistake(&["add", "entity", "Item"], "entity `Item` is there already");
    check_mistake(
        &["add", "field", "Itme", "x", "bool"],
        "did you mean `Item`?",
    );
    check_mistake(
        &["add", "field", "Item", "title", "bool"],
        "has a field `title` already",
    );
    check_mistake(&["add", "field", "Item", "x", "strnig(9)"], "strnig");
    check_mistake(&["remove", "field", "Item", "x"], "it has: title, tag");
    check_mistake(&["remove", "dependency", "x"], "there is no dependency `x`");
    check_mistake(&["ask", "load.peak-rsp"], "did you mean `load.peak-rps`?");
    check_mistake(&["ask", "load.peak-rps"], "no terminal to ask in");
    check_mistake(&["ask", "--set", "load.peak-rps"], "write `ID=VALUE`");
}
