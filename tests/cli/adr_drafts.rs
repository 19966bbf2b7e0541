//! Drafts without a number, and the number that they get when they are accepted.

use crate::adr_support::{Repository, lines, nygard};

const POLICY: &str = "# Decisions\n\nOnly accepted decision records are merged.\n";

fn draft(title: &str, body: &str) -> String {
    format!(
        "# {title}\n\nDate: 2026-01-31\n\n## Status\n\nProposed\n\n## Context\n\n{body}\n\n## Decision\n\nWe do it.\n"
    )
}

/// A house that lets in accepted decisions only, with two drafts beside the folder that know each other.
fn with_drafts() -> Repository {
    let about_queues =
        "It follows from [one](../adr/0001-one.md) and from [retries](retry-twice.md#why).";
    Repository::new(&[
        ("docs/adr/README.md", POLICY),
        ("docs/adr/0001-one.md", &nygard(1, "One", "Accepted")),
        (
            "docs/adr/0004-four.md",
            &nygard(4, "Four", "Accepted")
                .replace("It is so.", "See [queues](../adr-drafts/use-a-queue.md)."),
        ),
        (
            "docs/adr-drafts/use-a-queue.md",
            &draft("Use a queue", about_queues),
        ),
        (
            "docs/adr-drafts/retry-twice.md",
            &draft("Retry twice", "See [queues](use-a-queue.md)."),
        ),
    ])
}

#[test]
fn drafts_beside_a_folder_belong_to_it() {
    let repository = with_drafts();
    let ran = repository.adr(&["list"]).expect(0);
    assert_eq!(
        ran.stdout,
        "0001  accepted  2026-01-31  One\n0004  accepted  2026-01-31  Four\n\
         -     proposed  2026-01-31  Retry twice\n-     proposed  2026-01-31  Use a queue\n"
    );
    let ran = repository.adr(&["new", "Another"]).expect(0);
    assert_eq!(ran.stdout, "docs/adr-drafts/another.md\n");
    let ran = repository.adr(&["new", "use a queue"]).expect(2);
    assert!(
        ran.stderr.contains("has this title already"),
        "{}",
        ran.stderr
    );
    repository.adr(&["check"]).expect(0);
}

#[test]
fn a_draft_beside_the_folder_goes_into_it_with_the_next_number() {
    let repository = with_drafts();
    repository.git(&["switch", "--quiet", "-c", "other"]);
    repository
        .place
        .write("docs/adr/0006-theirs.md", &nygard(6, "Theirs", "Accepted"));
    repository.commit("theirs");
    repository.git(&["switch", "--quiet", "main"]);
    let before = repository.place.read("docs/adr-drafts/use-a-queue.md");
    let ran = repository
        .adr(&["accept", "use-a-queue", "--dry-run"])
        .expect(0);
    assert!(
        ran.stderr
            .contains("Move docs/adr-drafts/use-a-queue.md to docs/adr/0007-use-a-queue.md"),
        "{}",
        ran.stderr
    );
    assert_eq!(repository.changes(), [""; 0]);
    let ran = repository.adr(&["accept", "use-a-queue"]).expect(0);
    assert_eq!(
        ran.stderr.trim(),
        "Accepted docs/adr-drafts/use-a-queue.md as docs/adr/0007-use-a-queue.md"
    );
    assert_eq!(
        repository.changes(),
        [
            " M docs/adr-drafts/retry-twice.md",
            " D docs/adr-drafts/use-a-queue.md",
            " M docs/adr/0004-four.md",
            "?? docs/adr/0007-use-a-queue.md",
        ]
    );
    let expected = before
        .replace("# Use a queue", "# 7. Use a queue")
        .replace("2026-01-31", "2026-11-25")
        .replace("Proposed", "Accepted")
        .replace("(retry-twice.md#why)", "(../adr-drafts/retry-twice.md#why)");
    assert_eq!(
        repository.place.read("docs/adr/0007-use-a-queue.md"),
        expected
    );
    assert!(
        repository
            .place
            .read("docs/adr/0004-four.md")
            .contains("See [queues](0007-use-a-queue.md).")
    );
    assert!(
        repository
            .place
            .read("docs/adr-drafts/retry-twice.md")
            .contains("See [queues](../adr/0007-use-a-queue.md).")
    );
    repository.adr(&["check"]).expect(0);
    repository.commit("accept");
    // The folder of drafts goes with the last of them.
    repository.adr(&["accept", "retry-twice"]).expect(0);
    assert!(!repository.place.root.join("docs/adr-drafts").exists());
    repository.adr(&["check"]).expect(0);
}

#[test]
fn a_record_without_a_number_gets_one_where_the_others_have_one() {
    let repository = Repository::with_three();
    repository.place.write(
        "docs/adr/README.md",
        "# Decisions\n\n* [A queue](queue.md) is being discussed.\n",
    );
    repository
        .place
        .write("docs/adr/queue.md", &draft("Use a queue", "It is so."));
    repository.commit("draft");
    let ran = repository
        .adr(&["accept", "queue", "--message-format", "json", "-n"])
        .expect(0);
    let files = lines(&ran, "adr-file");
    assert_eq!(files[0]["verdict"], "move");
    assert_eq!(files[0]["from"], "docs/adr/queue.md");
    assert_eq!(files[0]["path"], "docs/adr/0004-use-a-queue.md");
    assert_eq!(lines(&ran, "adr-change")[0]["move"], 1);
    repository
        .adr(&["accept", "queue", "--keep-name"])
        .expect(0);
    assert_eq!(repository.changes(), [" M docs/adr/queue.md"]);
    repository.git(&["checkout", "--quiet", "docs/adr/queue.md"]);
    let ran = repository.adr(&["accept", "queue"]).expect(0);
    assert!(
        ran.stderr
            .contains("`docs/adr/README.md` speaks of `queue.md`"),
        "{}",
        ran.stderr
    );
    assert_eq!(
        repository.changes(),
        [" D docs/adr/queue.md", "?? docs/adr/0004-use-a-queue.md"]
    );
    assert!(
        repository
            .place
            .read("docs/adr/0004-use-a-queue.md")
            .starts_with("# 4. Use a queue\n")
    );
    repository.commit("accept");
    repository
        .place
        .write("docs/adr/0005-use-a-topic.md", "taken");
    repository
        .place
        .write("docs/adr/topic.md", &draft("Use a topic", "It is so."));
    repository.commit("topic");
    let ran = repository.adr(&["accept", "topic"]).expect(0);
    assert!(
        ran.stderr.contains("as docs/adr/0006-use-a-topic.md"),
        "what cannot be read counts: {}",
        ran.stderr
    );
}

#[test]
fn a_draft_with_a_number_that_is_taken_is_refused() {
    let repository = with_drafts();
    let numbered = draft("Use a topic", "It is so.").replace("# Use", "# 4. Use");
    repository
        .place
        .write("docs/adr-drafts/0004-use-a-topic.md", &numbered);
    repository.commit("numbered");
    let ran = repository.adr(&["accept", "0004-use-a-topic"]).expect(2);
    assert!(
        ran.stderr
            .contains("has the number of `docs/adr/0004-four.md`"),
        "{}",
        ran.stderr
    );
    assert_eq!(repository.changes(), [""; 0]);
}

#[test]
fn houses_without_numbers_give_none() {
    let madr = "# One\n\n- Status: accepted\n- Date: 2026-01-31\n\n## Context and Problem Statement\n\nx\n\n## Decision Outcome\n\ny\n";
    let repository = Repository::new(&[
        ("docs/adr/20260131-one.md", madr),
        (
            "docs/adr/20260201-two.md",
            &madr.replace("accepted", "proposed").replace("One", "Two"),
        ),
        (
            "doc/decisions/one.md",
            &draft("One", "x").replace("Proposed", "Accepted"),
        ),
        ("doc/decisions/two.md", &draft("Two", "x")),
    ]);
    repository.adr(&["accept", "20260201-two"]).expect(0);
    repository.adr(&["accept", "decisions/two"]).expect(0);
    assert_eq!(
        repository.changes(),
        [" M doc/decisions/two.md", " M docs/adr/20260201-two.md"]
    );
}
