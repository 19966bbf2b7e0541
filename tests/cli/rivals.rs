//! Failures of other generators, each with the test that keeps it from being ours.
//!
//! | whose | failure | test |
//! |---|---|---|
//! | cargo-generate | a failed run leaves a folder, so the next one fails | `new::what_failed_can_be_tried_again` |
//! | cargo-generate | a misspelt key is accepted | `cases::answers`, `update::mistakes_change_nothing` |
//! | cargo-generate | an undefined placeholder is accepted | `cases::skeleton` |
//! | cargo-generate | edits are overwritten without a diff | `new::a_second_run_changes_nothing_and_fails` |
//! | cargo-generate | no dry run | `new::a_dry_run_shows_what_a_run_makes` |
//! | loco | it stops half-way where a second tool is missing | `new::a_missing_program_leaves_nothing_behind`, `nothing_is_needed_but_the_project` |
//! | loco | adding a field does nothing, silently | `update::another_field_reaches_code_tests_and_a_migration` |
//! | copier | a file that was edited and is no longer generated is deleted | `update_conflicts::a_file_that_was_edited_and_is_no_longer_generated_is_not_deleted` |
//! | copier | it exits with 0 where there are conflicts | `update_conflicts::a_conflict_writes_nothing_and_says_why` |
//! | copier | a dry run lists nothing | `update::a_dry_run_lists_every_file_and_writes_nothing` |
//! | copier | a missing answer is a trace of the program | `cases::new`, `update::mistakes_change_nothing` |
//! | copier | it needs Git and the old template | `nothing_is_needed_but_the_project` |
//! | copier | edits on adjacent lines conflict | `update_conflicts::a_method_of_the_persons_own_survives`, `edits_on_adjacent_lines_are_merged` |
//! | cruft | what was refused counts as applied | `what_was_refused_is_still_to_be_done` |
//! | cruft | `.rej` files | `what_was_refused_is_still_to_be_done` |
//! | JHipster | a method of a person is wiped | `update_conflicts::a_method_of_the_persons_own_survives` |
//! | JHipster | a migration that was run is written anew | `update::another_field_reaches_code_tests_and_a_migration` |
//! | JHipster | without a terminal it ends after files were changed | `without_a_terminal_nothing_is_changed` |
//! | JHipster | a secret in the answers | `no_secret_is_in_the_answers` |
//! | NestJS | a run that is refused exits with 0 | `new::a_second_run_changes_nothing_and_fails` |
//! | Backstage | what failed in parts is left behind | `killed::killed_at_any_write_the_next_update_goes_on` |
//!
//! What concerns the generated service (answers to duplicates and unknown keys, error shapes, readiness, a test for each entity, size) is
//! held by the service's own tests and by `tests/generated`.

use crate::project::{NEW_FIELD, Project};
use crate::support::Ran;

/// The tests beside this file that the table names: their texts.
const FILES: [(&str, &str); 6] = [
    ("cases", include_str!("cases.rs")),
    ("killed", include_str!("killed.rs")),
    ("new", include_str!("new.rs")),
    ("rivals", include_str!("rivals.rs")),
    ("update", include_str!("update.rs")),
    ("update_conflicts", include_str!("update_conflicts.rs")),
];

#[test]
fn every_failure_has_its_test() {
    let rows: Vec<&str> = include_str!("rivals.rs")
        .lines()
        .take_while(|line| line.starts_with("//!"))
        .filter(|line| line.starts_with("//! | ") && line.contains('`') && line.contains('|'))
        .collect();
    assert!(rows.len() > 15, "{rows:?}");
    for row in rows {
        let (_, tests) = row
            .trim_end_matches(" |")
            .rsplit_once(" | ")
            .expect("a cell");
        for test in tests.split(", ").map(|test| test.trim_matches('`')) {
            let (file, name) = test.split_once("::").unwrap_or(("rivals", test));
            let text = FILES.iter().find(|(other, _)| *other == file);
            let (_, text) = text.unwrap_or_else(|| panic!("no file {file}"));
            let function = format!("#[test]\nfn {name}() {{");
            assert!(text.contains(&function), "{test} is no test: {row}");
        }
    }
}

/// No Git, no Cargo, no repository, no network: an update needs the project alone.
#[cfg(unix)]
#[test]
fn nothing_is_needed_but_the_project() {
    let project = Project::new();
    std::fs::remove_dir_all(project.place.root.join("shop/.git")).expect("it was there");
    project.edit("kickoff.toml", NEW_FIELD.0, NEW_FIELD.1);
    let mut command = project.place.command(&["update"]);
    command
        .current_dir(project.place.root.join("shop"))
        .env("PATH", "/nowhere");
    Ran::of(command).expect(0);
    assert!(project.read("src/domain/item.rs").contains("colour"));
}

#[test]
fn edits_on_adjacent_lines_are_merged() {
    let project = Project::new();
    // At the very place to which the new field goes.
    let (above, below) = ("    pub title: String,\n", "    pub tag_id: ");
    let mine = "    pub mine: (),\n";
    project.edit(
        "src/domain/item.rs",
        &format!("{above}{below}"),
        &format!("{above}{mine}{below}"),
    );
    project.commit();
    project.edit("kickoff.toml", NEW_FIELD.0, NEW_FIELD.1);
    project.update(&[], 0);
    let text = project.read("src/domain/item.rs");
    assert!(text.contains("pub mine: (),"), "{text}");
    assert!(text.contains("pub colour: Option<String>"), "{text}");
}

#[test]
fn what_was_refused_is_still_to_be_done() {
    let project = Project::new();
    project.edit("src/domain/item.rs", "max = 80", "max = 81");
    project.commit();
    project.edit(
        "kickoff.toml",
        "title = \"string(80)\"",
        "title = \"string(90)\"",
    );
    let baseline = || std::fs::read(project.place.root.join("shop/.kickoff/baseline")).ok();
    let before = baseline();
    let said = project.update(&[], 5).stderr;
    assert_eq!(baseline(), before);
    // Said again, word by word, until somebody decides.
    assert_eq!(project.update(&[], 5).stderr, said);
    project.update(&["--check"], 4);
    let files: Vec<String> = project.place.snapshot().into_keys().collect();
    let is_left = |path: &&String| path.ends_with(".rej") || path.ends_with(".orig");
    assert_eq!(files.iter().find(is_left), None);
    // With markers the file is in conflict until they are gone, and that is no success either.
    project.update(&["--merge"], 5);
    assert!(project.status().contains("UU src/domain/item.rs"));
}

#[test]
fn without_a_terminal_nothing_is_changed() {
    let project = Project::new();
    let before = project.place.snapshot();
    let ran = project.run(&["ask", "load.peak-rps"]).expect(2);
    assert!(
        ran.stderr.contains("no terminal to ask in"),
        "{}",
        ran.stderr
    );
    let ran = project
        .run(&["add", "field", "Item", "colour", "strnig(20)"])
        .expect(2);
    assert!(ran.stderr.contains("strnig"), "{}", ran.stderr);
    assert_eq!(project.place.snapshot(), before);
}

/// Neither is one asked for, nor is one made up: what is generated is the same wherever it is generated.
#[test]
fn no_secret_is_in_the_answers() {
    let texts = [Project::new(), Project::new()].map(|project| project.read("kickoff.toml"));
    assert_eq!(texts[0], texts[1]);
    for word in ["secret", "password", "token =", "key ="] {
        assert!(
            !texts[0].to_lowercase().contains(word),
            "{word}: {}",
            texts[0]
        );
    }
}
