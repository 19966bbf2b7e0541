//! `cargo kickoff update` on a project that people have worked on.

use crate::project::{ANSWERS, NEW_FIELD, Project};
use crate::support::Place;

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

#[test]
fn another_database_begins_with_migrations_of_its_own() {
    let project = Project::new();
    let before = project.read("migrations/0002_create_items.sql");
    let answer = "[ownership]\ndatabase = \"postgresql\"\n\n[responsibility]\n";
    project.edit("kickoff.toml", "[responsibility]\n", answer);
    project.update(&[], 0);
    let check = |listed: &[&str]| {
        assert_eq!(project.read("migrations/0002_create_items.sql"), before);
        let items = project.read("migrations/0004_create_items.sql");
        assert!(items.contains("    id UUID PRIMARY KEY"), "{items}");
        let code = project.read("src/database.rs");
        let files = code.split("/migrations/").skip(1);
        let files: Vec<_> = files.filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(files, listed);
        for script in ["export.sql", "import.sql"] {
            let text = project.read(&format!("migrations/from_sqlite/{script}"));
            assert!(text.contains("items.csv"), "{text}");
            assert!(project.read("README.md").contains(script));
        }
    };
    let mut listed = vec!["0003_create_tags.sql", "0004_create_items.sql"];
    check(&listed);

    project.commit();
    project.edit("kickoff.toml", NEW_FIELD.0, NEW_FIELD.1);
    project.update(&[], 0);
    listed.push("0005_add_colour_to_items.sql");
    check(&listed);
    project.commit();
    let snapshot = project.place.snapshot();
    project.update(&[], 0);
    assert_eq!(project.place.snapshot(), snapshot);
}
