//! `cargo kickoff update` on a project that people have worked on.

use std::process::{Command, Stdio};

use crate::support::{Place, Ran};

/// The answers of a small service with records.
const ANSWERS: &str = "\
format = 1

[service]
name = \"shop\"
created = \"2026-11-25\"

# What it is for.
[responsibility]
purpose = \"Sell things\"

[entity.Tag]
about = \"A word.\"

[entity.Tag.fields]
name = \"string(40) unique\"

[entity.Item.fields]
title = \"string(80)\"
tag = \"-> Tag\"
";

/// A project in a repository with one commit.
pub(crate) struct Project {
    pub(crate) place: Place,
}

impl Project {
    pub(crate) fn new() -> Project {
        let place = Place::new();
        place.write("answers.toml", ANSWERS);
        place
            .run(&["new", "shop", "--answers", "answers.toml", "--yes"])
            .expect(0);
        std::fs::remove_file(place.root.join("answers.toml")).expect("it was written");
        let project = Project { place };
        project.commit();
        project
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
            .args(arguments)
            .current_dir(self.place.root.join("shop"))
            .stdin(Stdio::null())
            .output()
            .expect("Git is installed");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    }

    pub(crate) fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "Work", "--allow-empty"]);
    }

    pub(crate) fn read(&self, path: &str) -> String {
        self.place.read(&format!("shop/{path}"))
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.place.root.join("shop").join(path).exists()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        self.place.write(&format!("shop/{path}"), text);
    }

    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replacen(from, to, 1));
    }

    pub(crate) fn remove(&self, path: &str) {
        std::fs::remove_file(self.place.root.join("shop").join(path)).expect("it is there");
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = self.place.command(arguments);
        command.current_dir(self.place.root.join("shop"));
        Ran::of(command)
    }

    #[track_caller]
    pub(crate) fn update(&self, arguments: &[&str], code: i32) -> Ran {
        let all: Vec<_> = ["update"].iter().chain(arguments).copied().collect();
        self.run(&all).expect(code)
    }

    /// Every line that is not there although the files have not been touched since the last commit.
    pub(crate) fn status(&self) -> String {
        self.git(&["status", "--porcelain"])
    }
}

pub(crate) const NEW_FIELD: (&str, &str) = (
    "title = \"string(80)\"\n",
    "title = \"string(80)\"\ncolour = \"string(20)?\"\n",
);

#[test]
fn a_project_that_is_up_to_date_stays_untouched() {
    let project = Project::new();
    let before = project.place.snapshot();
    let ran = project.update(&[], 0);
    assert!(
        ran.stderr.contains("Fresh `shop` is up to date"),
        "{}",
        ran.stderr
    );
    project.update(&["--check"], 0);
    assert_eq!(project.place.snapshot(), before);
}

#[test]
fn another_field_reaches_code_tests_and_a_migration() {
    let project = Project::new();
    let applied = project.read("migrations/0002_create_items.sql");
    project.edit("kickoff.toml", NEW_FIELD.0, NEW_FIELD.1);
    project.update(&["--check"], 4);
    assert_eq!(project.status(), " M kickoff.toml\n");
    project.update(&[], 0);
    assert_eq!(
        project.read("migrations/0003_add_colour_to_items.sql"),
        "ALTER TABLE items ADD COLUMN colour TEXT CHECK (length(colour) BETWEEN 1 AND 20);\n"
    );
    assert_eq!(project.read("migrations/0002_create_items.sql"), applied);
    for path in [
        "src/domain/item.rs",
        "src/store/item.rs",
        "tests/service/api/item.rs",
    ] {
        assert!(project.read(path).contains("colour"), "{path}");
    }
    assert!(
        project
            .read("src/database.rs")
            .contains("0003_add_colour_to_items.sql")
    );
    project.commit();
    let before = project.place.snapshot();
    project.update(&[], 0);
    assert_eq!(project.place.snapshot(), before);
}

#[test]
fn numbers_follow_a_migration_of_the_persons_own() {
    let project = Project::new();
    project.write("migrations/0007_mine.sql", "CREATE TABLE mine (id);\n");
    let list = "        include_str!(\"../migrations/0002_create_items.sql\"),\n    ),\n";
    let mine = "    (\n        7,\n        \"mine\",\n        include_str!(\"../migrations/0007_mine.sql\"),\n    ),\n";
    project.edit("src/database.rs", list, &format!("{list}{mine}"));
    project.edit("kickoff.toml", NEW_FIELD.0, NEW_FIELD.1);
    project.commit();
    project.update(&[], 0);
    let text = project.read("src/database.rs");
    let at = |word: &str| {
        text.find(word)
            .unwrap_or_else(|| panic!("no {word} in {text}"))
    };
    assert!(at("0002_create_items") < at("0007_mine"));
    assert!(at("0007_mine") < at("0008_add_colour_to_items"));
}

#[test]
fn from_one_set_of_answers_to_another_and_back() {
    let project = Project::new();
    let before = project.place.snapshot();
    for (from, to) in [
        (
            "purpose = \"Sell things\"",
            "purpose = \"Sell \\\"good\\\" things\"",
        ),
        (
            "[responsibility]\n",
            "[load]\npeak-rps = 900\n\n[responsibility]\n",
        ),
        (
            "[responsibility]\n",
            "[done]\nitems = [\"logging\"]\n\n[responsibility]\n",
        ),
        (
            "[responsibility]\n",
            "[ownership]\nrecord-format = \"nygard\"\n\n[responsibility]\n",
        ),
    ] {
        project.edit("kickoff.toml", from, to);
        project.update(&["--allow-dirty"], 0);
        assert_ne!(project.status(), "", "{to} changes nothing");
        project.edit("kickoff.toml", to, from);
        project.update(&["--allow-dirty"], 0);
        assert_eq!(project.status(), "", "{to}");
        let bytes = |place: &Place| -> Vec<_> {
            let entries = place.snapshot().into_iter();
            let kept = entries.filter(|(path, _)| !path.contains(".kickoff/backup"));
            kept.map(|(path, entry)| (path, entry.bytes)).collect()
        };
        let old: Vec<_> = before
            .iter()
            .map(|(path, entry)| (path.clone(), entry.bytes.clone()))
            .collect();
        assert_eq!(bytes(&project.place), old, "{to}");
    }
}

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
        "DROP TABLE tags;\n"
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

#[test]
fn a_dry_run_lists_every_file_and_writes_nothing() {
    let project = Project::new();
    project.edit("kickoff.toml", NEW_FIELD.0, NEW_FIELD.1);
    let before = project.place.snapshot();
    let ran = project.update(&["--dry-run", "--diff"], 0);
    assert_eq!(project.place.snapshot(), before);
    assert!(
        ran.stderr
            .contains("Create migrations/0003_add_colour_to_items.sql"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("Update src/domain/item.rs"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stdout
            .contains("+++ b/migrations/0003_add_colour_to_items.sql"),
        "{}",
        ran.stdout
    );
    let ran = project.update(&["--dry-run", "--message-format", "json"], 0);
    let lines: Vec<serde_json::Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert!(
        lines
            .iter()
            .any(|line| line["path"] == "src/domain/item.rs" && line["verdict"] == "update")
    );
    assert_eq!(lines.last().expect("a sum")["conflict"], 0);
}

#[test]
fn a_baseline_that_is_lost_or_changed_is_told_and_rebuilt() {
    let project = Project::new();
    let bytes =
        std::fs::read(project.place.root.join("shop/.kickoff/baseline")).expect("it is there");
    project.edit("src/lib.rs", "//!", "//! Mine.\n//!");
    project.commit();
    for damage in ["", "x"] {
        match damage {
            "" => project.remove(".kickoff/baseline"),
            damage => project.write(".kickoff/baseline", damage),
        }
        let ran = project.update(&["--allow-dirty"], 101);
        assert!(ran.stderr.contains("`.kickoff/baseline`"), "{}", ran.stderr);
        assert!(ran.stderr.contains("--rebuild-baseline"), "{}", ran.stderr);
        let ran = project.update(&["--rebuild-baseline"], 0);
        assert!(
            ran.stderr
                .contains("files are as this version generates them"),
            "{}",
            ran.stderr
        );
        let rebuilt = std::fs::read(project.place.root.join("shop/.kickoff/baseline"))
            .expect("it was rebuilt");
        assert_eq!(rebuilt, bytes);
    }
    let mut changed = bytes.clone();
    *changed.last_mut().expect("not empty") ^= 1;
    std::fs::write(project.place.root.join("shop/.kickoff/baseline"), changed).expect("written");
    let ran = project.update(&["--allow-dirty"], 101);
    assert!(
        ran.stderr.contains("its digest does not fit"),
        "{}",
        ran.stderr
    );
}

#[test]
fn mistakes_change_nothing() {
    let project = Project::new();
    // A missing answer is a sentence, not a trace; an unknown key is refused.
    project.edit("kickoff.toml", "purpose =", "purpsoe =");
    let before = project.place.snapshot();
    let ran = project.update(&[], 2);
    assert!(
        ran.stderr.contains("did you mean `purpose`?"),
        "{}",
        ran.stderr
    );
    assert_eq!(project.place.snapshot(), before);
    let outside = project.place.run(&["update"]).expect(2);
    assert!(
        outside.stderr.contains("there is no `kickoff.toml`"),
        "{}",
        outside.stderr
    );
}

#[test]
fn a_changed_decision_is_superseded_by_a_new_record() {
    for format in ["madr", "nygard"] {
        let project = Project::new();
        let decided = format!(
            "[data]\ndeletion = \"soft\"\n\n[ownership]\nrecord-format = \"{format}\"\n\n[entity.Tag]\n"
        );
        project.edit("kickoff.toml", "[entity.Tag]\n", &decided);
        project.update(&[], 0);
        project.commit();
        let records = |word: &str| -> Vec<String> {
            let listed = project.git(&["ls-files", "docs/adr"]);
            let files = listed.lines().filter(|path| path.contains(word));
            files.map(str::to_owned).collect()
        };
        let before = records("");
        let [old] = records("-deletion").try_into().expect("one record");
        assert!(
            project.read(&old).to_lowercase().contains("accepted"),
            "{old}"
        );
        project.edit("kickoff.toml", "deletion = \"soft\"", "deletion = \"hard\"");
        project.update(&["--allow-destructive"], 0);
        project.commit();
        let [kept, new] = records("-deletion").try_into().expect("two records");
        assert_eq!(kept, old);
        let name = |path: &str| path.rsplit('/').next().expect("a name").to_owned();
        let (old_text, new_text) = (project.read(&old), project.read(&new));
        assert!(
            old_text.to_lowercase().contains("superseded by"),
            "{old_text}"
        );
        assert!(old_text.contains(&name(&new)[..4]), "{old_text}");
        assert!(new_text.to_lowercase().contains("supersedes"), "{new_text}");
        assert!(new_text.contains(&name(&old)[..4]), "{new_text}");
        // Nobody else's number changed, and code and README name the new one.
        let mut after = records("");
        after.retain(|path| *path != new);
        assert_eq!(after, before);
        assert!(project.read("README.md").contains(&name(&new)));
        project.update(&["--check"], 0);
        // Another update leaves both ends.
        project.edit("kickoff.toml", NEW_FIELD.0, NEW_FIELD.1);
        project.update(&[], 0);
        assert_eq!(project.read(&old), old_text);
        assert_eq!(project.read(&new), new_text);
    }
}

#[test]
fn records_keep_their_numbers() {
    let project = Project::new();
    let before = project.git(&["ls-files", "docs/adr"]);
    project.write("docs/adr/0040-mine.md", "# 40. Mine\n");
    project.commit();
    // A subject that had no record of its own, in the middle of the order.
    project.edit(
        "kickoff.toml",
        "[entity.Tag]\n",
        "[load]\npeak-rps = 900\n\n[entity.Tag]\n",
    );
    project.update(&[], 0);
    project.commit();
    let after = project.git(&["ls-files", "docs/adr"]);
    for path in before.lines() {
        assert!(after.contains(path), "{path} is gone: {after}");
    }
    assert!(after.contains("docs/adr/0041-load-limits.md"), "{after}");
}

#[test]
fn a_member_of_a_workspace_is_updated_as_one() {
    let place = Place::new();
    place.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = []\n\n[workspace.package]\nedition = \"2024\"\n",
    );
    place.write("answers.toml", ANSWERS);
    place
        .run(&["new", "shop", "--answers", "answers.toml", "--yes"])
        .expect(0);
    let answers = place
        .read("shop/kickoff.toml")
        .replace(NEW_FIELD.0, NEW_FIELD.1);
    place.write("shop/kickoff.toml", &answers);
    let ran = place
        .run(&["update", "--manifest-path", "shop/Cargo.toml"])
        .expect(0);
    assert!(ran.stderr.contains("add_colour_to_items"), "{}", ran.stderr);
    assert!(
        place
            .read("shop/Cargo.toml")
            .contains("edition.workspace = true")
    );
    assert!(!place.root.join("shop/Cargo.lock").exists());
    let ran = place.run(&["update", "--manifest-path", "shop"]).expect(0);
    assert!(ran.stderr.contains("up to date"), "{}", ran.stderr);
}
