//! Decision records through updates.

use crate::project::{NEW_FIELD, Project};

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
