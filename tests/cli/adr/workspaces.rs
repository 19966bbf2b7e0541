//! Which workspace, which folder, which numbers.

use super::{MANIFEST, adr, files, git, package, record};
use crate::support::{Place, Ran};

fn created(ran: &Ran) -> Vec<String> {
    let lines = ran.stderr.lines();
    lines
        .filter_map(|line| line.trim_start().strip_prefix("Created "))
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_package_without_records_gets_its_first() {
    let place = package();
    let before = files(&place);
    let preview = adr(&place, &["--dry-run"]).expect(0);
    assert!(
        preview
            .stderr
            .contains("Create docs/adr/0001-keep-data-in-postgresql.md"),
        "{}",
        preview.stderr
    );
    assert_eq!(files(&place), before, "a preview writes nothing");
    adr(&place, &["--check"]).expect(4);
    assert_eq!(files(&place), before, "a check writes nothing");
    let ran = adr(&place, &[]).expect(0);
    assert_eq!(
        created(&ran),
        [
            "docs/adr/0001-keep-data-in-postgresql.md",
            "docs/adr/0002-reach-the-database-through-sqlx.md",
            "docs/adr/0003-serve-http-with-axum.md",
        ]
    );
    let text = place.read("docs/adr/0001-keep-data-in-postgresql.md");
    assert!(
        text.contains("* `sqlx` with `postgres` in `Cargo.toml`\n"),
        "{text}"
    );
    assert!(text.contains("## Status\n\nProposed\n"), "{text}");
    let after = files(&place);
    for (path, bytes) in &before {
        assert_eq!(after.get(path), Some(bytes), "{path}");
    }
    let again = adr(&place, &[]).expect(0);
    assert!(again.stderr.contains("Fresh"), "{}", again.stderr);
    adr(&place, &["--check"]).expect(0);
    assert_eq!(files(&place), after, "a second run changes nothing");
}

#[test]
fn programs_read_a_line_a_topic() {
    let place = package();
    place.write("docs/adr/0001-a.md", &record(1, "Use PostgreSQL"));
    let ran = adr(&place, &["--dry-run", "--message-format", "json"]).expect(0);
    let lines: Vec<serde_json::Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines[0]["verdict"], "covered");
    assert_eq!(lines[0]["because"], "Use PostgreSQL");
    assert_eq!(lines[0]["path"], "docs/adr/0001-a.md");
    assert_eq!(lines[1]["topic"], "database-access");
    assert_eq!(lines[1]["verdict"], "create");
    let sum = lines.last().expect("a sum");
    assert_eq!((&sum["create"], &sum["covered"]), (&2.into(), &1.into()));
    assert_eq!(sum["folder"], "docs/adr");
}

#[test]
fn a_number_is_never_taken_twice() {
    let place = package();
    git(&place, &["init", "--quiet", "--initial-branch=main"]);
    place.write("docs/adr/0001-a.md", &record(1, "A"));
    place.write("docs/adr/old/0004-b.md", &record(4, "B"));
    std::fs::write(place.root.join("docs/adr/0005-latin.md"), b"# 5. Caf\xe9\n").expect("a file");
    git(&place, &["add", "--all"]);
    git(&place, &["commit", "--quiet", "--message", "Records"]);
    git(&place, &["checkout", "--quiet", "-b", "other"]);
    place.write("docs/adr/0007-on-a-branch.md", &record(7, "C"));
    git(&place, &["add", "--all"]);
    git(&place, &["commit", "--quiet", "--message", "Another"]);
    git(&place, &["checkout", "--quiet", "main"]);
    let ran = adr(&place, &[]).expect(0);
    assert_eq!(created(&ran)[0], "docs/adr/0008-keep-data-in-postgresql.md");
    let status = git(&place, &["status", "--porcelain", "--untracked-files=all"]);
    assert!(
        status.lines().all(|line| line.starts_with("?? ")),
        "{status}"
    );
}

#[test]
fn several_folders_are_a_question() {
    let place = package();
    place.write("docs/adr/0001-a.md", &record(1, "A"));
    place.write("crates/x/docs/adr/0001-b.md", &record(1, "B"));
    let ran = adr(&place, &[]).expect(2);
    assert!(
        ran.stderr.contains("crates/x/docs/adr (1 record, Nygard)"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("--folder docs/adr"), "{}", ran.stderr);
    let ran = adr(&place, &["--folder", "crates/x/docs/adr"]).expect(0);
    assert_eq!(
        created(&ran)[0],
        "crates/x/docs/adr/0002-keep-data-in-postgresql.md"
    );
    let again = adr(&place, &[]).expect(0);
    assert!(
        again
            .stderr
            .contains("Fresh the stubs in `crates/x/docs/adr`"),
        "{}",
        again.stderr
    );
}

#[test]
fn records_of_tests_and_what_git_ignores_are_no_choice() {
    let place = package();
    for (folder, number) in [
        ("docs/adr", 1),
        ("tests/fixtures/docs/adr", 7),
        ("book/adr", 9),
    ] {
        place.write(
            &format!("{folder}/000{number}-one.md"),
            &record(number, "One"),
        );
    }
    place.write(".gitignore", "/book\n");
    git(&place, &["init", "--quiet"]);
    let ran = adr(&place, &[]).expect(0);
    assert!(
        ran.stderr.contains("were written in `docs/adr`"),
        "{}",
        ran.stderr
    );
}

#[test]
fn records_that_moved_with_their_folder_are_gone_along_with() {
    let place = package();
    place.write("docs/adr/0001-one.md", &record(1, "One"));
    adr(&place, &[]).expect(0);
    std::fs::create_dir(place.root.join("design")).expect("a folder");
    std::fs::rename(
        place.root.join("docs/adr"),
        place.root.join("design/decisions"),
    )
    .expect("a move");
    let manifest = MANIFEST.replace("axum", "tracing = \"0.1\"\naxum");
    place.write("Cargo.toml", &manifest);
    let ran = adr(&place, &[]).expect(0);
    assert_eq!(created(&ran), ["design/decisions/0005-log-with-tracing.md"]);
}

#[test]
fn the_manifest_can_name_the_folder() {
    let place = package();
    place.write(
        "Cargo.toml",
        &format!("{MANIFEST}\n[package.metadata.kickoff]\nadr = \"notes/decided\"\n"),
    );
    place.write("docs/adr/0001-a.md", &record(1, "A"));
    let ran = adr(&place, &[]).expect(0);
    assert_eq!(
        created(&ran)[0],
        "notes/decided/0001-keep-data-in-postgresql.md"
    );
}

#[test]
fn the_manifest_remembers_only_when_it_is_asked_to() {
    let place = package();
    let before = place.read("Cargo.toml");
    adr(&place, &["--folder", "docs/decided"]).expect(0);
    assert_eq!(place.read("Cargo.toml"), before);
    let ran = adr(&place, &["--remember"]).expect(0);
    assert!(ran.stderr.contains("Edited Cargo.toml"), "{}", ran.stderr);
    assert_eq!(
        place.read("Cargo.toml"),
        format!("{before}\n[package.metadata.kickoff]\nadr = \"docs/decided\"\n")
    );
    adr(&place, &["--remember", "--check"]).expect(0);
    adr(&place, &["--remember", "--folder", "docs/adr"]).expect(2);
}

#[test]
fn data_rates_are_no_decisions() {
    let place = package();
    place.write(
        "src/adr/README.md",
        "# Adaptive data rate\n\nHow LoRaWAN picks a rate.\n",
    );
    place.write("src/adr/tables.md", "# Tables\n\nRates by distance.\n");
    let ran = adr(&place, &[]).expect(0);
    assert_eq!(created(&ran)[0], "docs/adr/0001-keep-data-in-postgresql.md");
}

#[test]
fn a_workspace_in_a_subfolder_finds_the_records_of_its_repository() {
    let place = Place::new();
    git(&place, &["init", "--quiet"]);
    place.write("server/Cargo.toml", MANIFEST);
    place.write("server/src/lib.rs", "");
    place.write("docs/adr/0001-a.md", &record(1, "A"));
    let mut command = place.command(&["adr"]);
    command.current_dir(place.root.join("server"));
    let ran = Ran::of(command).expect(0);
    assert_eq!(created(&ran)[0], "docs/adr/0002-keep-data-in-postgresql.md");
    let text = place.read("docs/adr/0002-keep-data-in-postgresql.md");
    assert!(
        text.contains("`sqlx` with `postgres` in `server/Cargo.toml`"),
        "{text}"
    );
    // The same from above, where there is no manifest.
    let again = adr(&place, &[]).expect(0);
    assert!(again.stderr.contains("Fresh"), "{}", again.stderr);
}

#[test]
fn a_virtual_workspace_counts_every_member() {
    let place = Place::new();
    place.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"a\", \"b\"]\n",
    );
    for name in ["a", "b"] {
        place.write(
            &format!("{name}/Cargo.toml"),
            &MANIFEST.replace("shop", name),
        );
        place.write(&format!("{name}/src/lib.rs"), "");
    }
    let mut command = place.command(&["adr"]);
    command.current_dir(place.root.join("b/src"));
    Ran::of(command).expect(0);
    let text = place.read("docs/adr/0002-keep-data-in-postgresql.md");
    assert!(
        text.contains("* `sqlx` with `postgres` in `a/Cargo.toml` and `b/Cargo.toml`\n"),
        "{text}"
    );
}

#[test]
fn a_toolchain_that_is_not_installed_is_in_nobodys_way() {
    let place = package();
    place.write("rust-toolchain.toml", "[toolchain]\nchannel = \"1.2.3\"\n");
    let ran = adr(&place, &["--dry-run"]).expect(0);
    assert!(
        ran.stderr.contains("keep-data-in-postgresql"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_folder_without_rust_is_an_error_with_a_way_out() {
    let place = Place::new();
    place.write("notes.md", "Nothing.\n");
    let ran = adr(&place, &[]).expect(2);
    assert!(
        ran.stderr.contains("there is no Cargo.toml in"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("--manifest-path"), "{}", ran.stderr);
    let ran = adr(&place, &["--manifest-path", "x/Cargo.toml"]).expect(2);
    assert!(ran.stderr.contains("there is no file"), "{}", ran.stderr);
}

#[test]
fn a_house_that_lets_in_accepted_decisions_only_keeps_its_law() {
    let place = package();
    place.write("docs/adr/0001-a.md", &record(1, "A"));
    place.write(
        "docs/adr/README.md",
        "# Decision records\n\nThis folder holds accepted decisions only.\n",
    );
    let ran = adr(&place, &[]).expect(0);
    assert_eq!(
        created(&ran)[0],
        "docs/adr-drafts/keep-data-in-postgresql.md"
    );
    assert!(
        ran.stderr.contains("accepted decisions only"),
        "{}",
        ran.stderr
    );
    let before = files(&place);
    adr(&place, &[]).expect(0);
    assert_eq!(files(&place), before);
}
