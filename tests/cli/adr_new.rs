//! `cargo kickoff adr new` and `supersede N TITLE`.

use crate::adr_support::{Repository, nygard};

#[test]
fn a_new_record_is_written_as_the_others_are() {
    let repository = Repository::with_three();
    let ran = repository.adr(&["new", "Use a queue"]).expect(0);
    assert_eq!(ran.stdout, "docs/adr/0004-use-a-queue.md\n");
    assert_eq!(repository.changes(), ["?? docs/adr/0004-use-a-queue.md"]);
    assert_eq!(
        repository.place.read("docs/adr/0004-use-a-queue.md"),
        "# 4. Use a queue\n\nDate: 2026-11-25\n\n## Status\n\nProposed\n\n## Context\n\n## Decision\n\n## Consequences\n"
    );
    assert!(!repository.place.root.join(".kickoff").exists());
    repository.adr(&["check"]).expect(0);
}

#[test]
fn a_title_is_taken_once() {
    let repository = Repository::with_three();
    let ran = repository.adr(&["new", "two"]).expect(2);
    assert!(
        ran.stderr
            .contains("`docs/adr/0002-two.md` has this title already"),
        "{}",
        ran.stderr
    );
    let ran = repository.adr(&["new", " "]).expect(2);
    assert!(ran.stderr.contains("a title is one line"), "{}", ran.stderr);
    assert_eq!(repository.changes(), [""; 0]);
}

#[test]
fn a_number_is_never_taken_twice() {
    let repository = Repository::with_three();
    repository.git(&["switch", "--quiet", "-c", "other"]);
    repository
        .place
        .write("docs/adr/0007-theirs.md", &nygard(7, "Theirs", "Proposed"));
    repository.commit("theirs");
    repository.git(&["switch", "--quiet", "main"]);
    let ran = repository.adr(&["new", "Ours"]).expect(0);
    assert_eq!(ran.stdout, "docs/adr/0008-ours.md\n");
}

#[test]
fn whatever_has_a_number_in_its_name_takes_it() {
    let repository = Repository::with_three();
    let write = |path: &str| repository.place.write(path, "x");
    write("docs/adr/0005-notes.rst");
    let ran = repository.adr(&["new", "After a file"]).expect(0);
    assert_eq!(ran.stdout, "docs/adr/0006-after-a-file.md\n");
    write("docs/adr/0008-pictures/0123.png");
    let ran = repository.adr(&["new", "After a folder"]).expect(0);
    assert_eq!(ran.stdout, "docs/adr/0009-after-a-folder.md\n");
    repository.commit("pictures too");
    let ran = repository.adr(&["new", "After a commit"]).expect(0);
    assert_eq!(ran.stdout, "docs/adr/0010-after-a-commit.md\n");
    #[cfg(unix)]
    {
        let link = repository.place.root.join("docs/adr/0012-link.md");
        std::os::unix::fs::symlink("0001-one.md", link).expect("a link");
        let ran = repository.adr(&["new", "After a link"]).expect(0);
        assert_eq!(ran.stdout, "docs/adr/0013-after-a-link.md\n");
    }
}

#[test]
fn what_lists_the_records_is_named() {
    let rows = "| No | Title |\n|---|---|\n| [1](0001-one.md) | One |\n";
    let marked = format!("# Records\n\n<!-- adr start -->\n\n{rows}\n<!-- adr end -->\n");
    let repository = Repository::new(&[
        ("docs/adr/0001-one.md", &nygard(1, "One", "Accepted")),
        ("docs/adr/README.md", &format!("# Records\n\n{rows}")),
        ("docs/adr/index.md", &marked),
    ]);
    let ran = repository.adr(&["new", "Use a queue"]).expect(0);
    let says = |text: &str| assert!(ran.stderr.contains(text), "{text}: {}", ran.stderr);
    says(
        "`docs/adr/index.md` lists the records: `cargo kickoff adr index` adds the new ones between its markers",
    );
    says(
        "`docs/adr/README.md` lists the records: `cargo kickoff adr index` prints the rows for the new ones",
    );
}

#[test]
fn the_first_record_of_a_workspace() {
    let repository = Repository::new(&[("README.md", "# Nothing\n")]);
    let ran = repository.adr(&["new", "Use \"sqlx\" & axum"]).expect(0);
    assert_eq!(ran.stdout, "docs/adr/0001-use-sqlx-axum.md\n");
    assert!(
        repository
            .place
            .read("docs/adr/0001-use-sqlx-axum.md")
            .starts_with("# 1. Use \"sqlx\" & axum\n")
    );
    assert_eq!(repository.changes(), ["?? docs/adr/0001-use-sqlx-axum.md"]);
}

#[test]
fn the_template_of_the_house_is_filled_in() {
    let madr = "---\nstatus: \"{proposed | rejected | accepted}\"\ndate: {YYYY-MM-DD when the decision was last updated}\n\
                decision-makers: {list everyone involved}\n---\r\n\r\n# {short title}\n\n## Context and Problem Statement\n\n{Describe it.}\n\n\
                <!-- This is optional. -->\n## Decision Outcome\n\nChosen option: \"{title of option 1}\", because {why}.\n";
    let adr_tools = "# NUMBER. TITLE\n\nDate: DATE\n\n## Status\n\nSTATUS\n\n## Context\n\nWhat moves us?\n\n## Decision\n\nWhat?\n";
    let record = "---\nstatus: accepted\ndate: 2026-01-31\n---\n\n# One\n\n## Context and Problem Statement\n\nx\n\n## Decision Outcome\n\ny\n";
    let repository = Repository::new(&[
        ("docs/decisions/0000-one.md", record),
        ("docs/decisions/adr-template.md", madr),
        ("doc/adr/0001-one.md", &nygard(1, "One", "Accepted")),
        ("doc/adr/templates/template.md", adr_tools),
    ]);
    repository
        .adr(&["new", "Use a queue", "--folder", "docs/decisions"])
        .expect(0);
    let expected = madr
        .replace("\"{proposed | rejected | accepted}\"", "proposed")
        .replace(
            "{YYYY-MM-DD when the decision was last updated}",
            "2026-11-25",
        )
        .replace("{short title}", "Use a queue");
    assert_eq!(
        repository.place.read("docs/decisions/0001-use-a-queue.md"),
        expected
    );
    repository
        .adr(&["new", "Use a queue", "--folder", "doc/adr"])
        .expect(0);
    assert_eq!(
        repository.place.read("doc/adr/0002-use-a-queue.md"),
        "# 2. Use a queue\n\nDate: 2026-11-25\n\n## Status\n\nProposed\n\n## Context\n\nWhat moves us?\n\n## Decision\n\nWhat?\n"
    );
    let ran = repository.adr(&["new", "Another"]).expect(2);
    assert!(ran.stderr.contains("--folder"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("remembered"), "{}", ran.stderr);
}

#[test]
fn a_house_that_takes_accepted_decisions_only() {
    let repository = Repository::new(&[
        ("docs/adr/0001-one.md", &nygard(1, "One", "Accepted")),
        (
            "docs/adr/README.md",
            "# Decisions\n\nOnly accepted decision records are merged.\n",
        ),
    ]);
    let ran = repository.adr(&["new", "Use a queue"]).expect(0);
    assert_eq!(ran.stdout, "docs/adr-drafts/use-a-queue.md\n");
    let ran = repository
        .adr(&["supersede", "1", "Use two queues"])
        .expect(2);
    assert!(
        ran.stderr.contains("link the two with `--by`"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_new_record_takes_the_place_of_an_old_one() {
    let repository = Repository::with_three();
    let ran = repository.adr(&["supersede", "1", "One again"]).expect(0);
    assert!(
        ran.stderr
            .contains("Superseded docs/adr/0001-one.md by docs/adr/0004-one-again.md"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr
            .contains("`cargo kickoff adr accept docs/adr/0004-one-again.md`"),
        "{}",
        ran.stderr
    );
    assert_eq!(
        repository.changes(),
        [" M docs/adr/0001-one.md", "?? docs/adr/0004-one-again.md"]
    );
    assert_eq!(
        repository.changed_lines(),
        [
            "-Accepted",
            "+Superseded by [4. One again](0004-one-again.md)"
        ]
    );
    assert_eq!(
        repository.place.read("docs/adr/0004-one-again.md"),
        "# 4. One again\n\nDate: 2026-11-25\n\n## Status\n\nProposed\n\nSupersedes [1. One](0001-one.md)\n\n## Context\n\n## Decision\n\n\
         ## Consequences\n"
    );
    repository.adr(&["check"]).expect(0);
    repository.adr(&["accept", "4"]).expect(0);
    repository.adr(&["check"]).expect(0);
}
