//! Places that a person and an update both change: nothing is written, and nobody's work is lost.

use crate::project::{NEW_FIELD, Project};

#[test]
fn a_conflict_writes_nothing_and_says_why() {
    let project = Project::new();
    project.edit("src/domain/item.rs", "max = 80", "max = 81");
    project.commit();
    project.edit(
        "kickoff.toml",
        "title = \"string(80)\"",
        "title = \"string(90)\"",
    );
    let before = project.place.snapshot();
    let ran = project.update(&[], 5);
    assert_eq!(project.place.snapshot(), before);
    assert!(
        ran.stderr
            .contains("`src/domain/item.rs` has a place that you changed"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("max = 81"), "{}", ran.stderr);
    assert!(ran.stderr.contains("max = 90"), "{}", ran.stderr);
    // Decided for a whole file.
    project.update(&["--keep", "src/domain/item.rs"], 0);
    assert!(project.read("src/domain/item.rs").contains("max = 81"));
    assert!(
        project
            .read("migrations/0003_change_title_of_items.sql")
            .contains("AND 90")
    );
    project.commit();
    project.update(&[], 0);
    assert_eq!(project.status(), "");
}

#[test]
fn conflicts_are_merged_with_the_tools_of_git() {
    let project = Project::new();
    project.edit("src/domain/item.rs", "max = 80", "max = 81");
    project.remove("tests/service/api/item.rs");
    project.commit();
    project.edit(
        "kickoff.toml",
        "title = \"string(80)\"",
        "title = \"string(90)\"",
    );
    let ran = project.update(&["--merge"], 5);
    assert!(ran.stderr.contains("2 in conflict"), "{}", ran.stderr);
    let text = project.read("src/domain/item.rs");
    for marker in [
        "<<<<<<< yours\n",
        "||||||| generated before\n",
        "=======\n",
        ">>>>>>> generated now\n",
    ] {
        assert!(text.contains(marker), "{text}");
    }
    assert!(!project.exists("tests/service/api/item.rs"));
    let status = project.status();
    assert!(status.contains("UU src/domain/item.rs"), "{status}");
    assert!(status.contains("DU tests/service/api/item.rs"), "{status}");
    for (stage, max) in [(1, 80), (2, 81), (3, 90)] {
        let side = project.git(&["show", &format!(":{stage}:src/domain/item.rs")]);
        assert!(side.contains(&format!("max = {max}")), "{side}");
    }
    project.update(&["--undo"], 0);
    assert_eq!(project.status(), " M kickoff.toml\n");
    assert!(project.read("src/domain/item.rs").contains("max = 81"));
}

#[test]
fn what_the_person_deleted_and_nobody_changed_stays_deleted() {
    let project = Project::new();
    project.remove("AGENTS.md");
    project.commit();
    project.edit("kickoff.toml", NEW_FIELD.0, NEW_FIELD.1);
    project.update(&[], 0);
    assert!(!project.exists("AGENTS.md"));
}

#[test]
fn a_file_that_was_edited_and_is_no_longer_generated_is_not_deleted() {
    // Copier deletes it without a word.
    let project = Project::new();
    project.edit("src/store/tag.rs", "use ", "// Mine.\nuse ");
    project.commit();
    project.edit("kickoff.toml", "[entity.Tag]\nabout = \"A word.\"\n\n[entity.Tag.fields]\nname = \"string(40) unique\"\n\n", "");
    project.edit("kickoff.toml", "tag = \"-> Tag\"\n", "");
    let ran = project.update(&[], 5);
    // The table goes too, and that is asked for first.
    assert!(
        ran.stderr.contains("the table `tags` is dropped"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("--allow-destructive"), "{}", ran.stderr);
    let ran = project.update(&["--allow-destructive"], 5);
    assert!(
        ran.stderr
            .contains("`src/store/tag.rs` was changed by you, and is no longer generated"),
        "{}",
        ran.stderr
    );
    assert!(project.exists("src/store/tag.rs"));
    project.update(&["--allow-destructive", "--take", "src/store/tag.rs"], 0);
    assert!(!project.exists("src/store/tag.rs"));
    assert!(!project.exists("src/domain/tag.rs"));
    assert!(project.exists("migrations/0001_create_tags.sql"));
    assert_eq!(
        project.read("migrations/0004_drop_tags.sql"),
        "-- contract: the table `tags` is dropped, with all that is in it\nDROP TABLE tags;\n"
    );
}

#[test]
fn a_method_of_the_persons_own_survives() {
    // JHipster wipes it.
    let project = Project::new();
    project.edit("src/domain/item.rs", "impl From<Item>", "impl Item {\n    /// Mine.\n    pub fn shout(&self) -> String {\n        self.title.to_uppercase()\n    }\n}\n\nimpl From<Item>");
    project.edit(
        "Cargo.toml",
        "[dependencies]\n",
        "[dependencies]\nmine = \"1\"\n",
    );
    project.commit();
    project.edit("kickoff.toml", NEW_FIELD.0, NEW_FIELD.1);
    project.update(&[], 0);
    let text = project.read("src/domain/item.rs");
    assert!(text.contains("pub fn shout(&self)"), "{text}");
    assert!(text.contains("pub colour: Option<String>"), "{text}");
    assert!(project.read("Cargo.toml").contains("mine = \"1\""));
}

#[test]
fn a_tree_with_uncommitted_work_is_refused() {
    let project = Project::new();
    project.edit("kickoff.toml", NEW_FIELD.0, NEW_FIELD.1);
    project.write("notes.txt", "mine\n");
    project.edit("src/lib.rs", "//!", "//! Mine.\n//!");
    let before = project.place.snapshot();
    let ran = project.update(&[], 5);
    assert!(
        ran.stderr
            .contains("not committed\n  src/lib.rs\n  notes.txt"),
        "{}",
        ran.stderr
    );
    assert_eq!(project.place.snapshot(), before);
    // Looking is always allowed.
    project.update(&["--dry-run"], 0);
    assert_eq!(project.place.snapshot(), before);
    project.update(&["--allow-dirty"], 0);
    assert!(project.read("src/lib.rs").contains("Mine."));
}
