//! Records of projects with a `kickoff.toml`.

use super::{adr, files, package, record};
use crate::project::Project;
use crate::support::Place;

const ANSWERS: &str = "\
format = 1

[service]
name = \"shop\"
created = \"2026-11-25\"

[responsibility]
purpose = \"Sell things\"

[load]
peak-rps = 60
";

fn with_answers() -> Place {
    let place = package();
    place.write("kickoff.toml", ANSWERS);
    place.write("docs/adr/adr-0007-a.md", &record(7, "A"));
    place
}

#[test]
fn answers_for_code_that_is_there_become_the_records_of_a_new_service() {
    let place = with_answers();
    let before = files(&place);
    adr(&place, &[]).expect(0);
    let after = files(&place);
    for (path, bytes) in &before {
        assert_eq!(after.get(path), Some(bytes), "{path}");
    }
    let text = place.read("docs/adr/adr-0008-what-this-service-is-responsible-for.md");
    assert!(
        text.contains("\n# 8. What this service is responsible for\n"),
        "{text}"
    );
    assert!(text.contains("Sell things"), "{text}");
    assert!(
        text.ends_with("\n\n<!-- kickoff: topic responsibility -->\n"),
        "{text}"
    );
    assert!(
        !after.keys().any(|path| path.contains("postgresql")),
        "no evidence beside answers"
    );
    adr(&place, &[]).expect(0);
    assert_eq!(files(&place), after);
}

#[test]
fn another_answer_refreshes_what_is_still_proposed() {
    let place = with_answers();
    adr(&place, &[]).expect(0);
    let path = "docs/adr/adr-0008-what-this-service-is-responsible-for.md";
    let before = place.read(path);
    assert!(before.contains("status: proposed"), "{before}");
    place.write(
        "kickoff.toml",
        &ANSWERS.replace("Sell things", "Sell used things"),
    );
    adr(&place, &["--check"]).expect(4);
    adr(&place, &[]).expect(0);
    assert_eq!(
        place.read(path),
        before.replace("Sell things", "Sell used things")
    );
}

#[test]
fn in_a_generated_project_the_records_go_ahead_of_the_rest() {
    let project = Project::new();
    project.run(&["adr", "--check"]).expect(0);
    project.edit("kickoff.toml", "Sell things", "Sell used things");
    let ran = project.run(&["adr", "--dry-run"]).expect(0);
    assert!(
        ran.stderr
            .contains("Update docs/adr/0001-responsibility.md"),
        "{}",
        ran.stderr
    );
    assert!(!ran.stderr.contains("Update README.md"), "{}", ran.stderr);
    project.run(&["adr"]).expect(0);
    assert_eq!(
        project.status(),
        " M .kickoff/baseline\n M docs/adr/0001-responsibility.md\n M kickoff.toml\n"
    );
    project.commit();
    project.run(&["adr", "--check"]).expect(0);
    project.update(&["--check"], 4);
    project.update(&[], 0);
    assert!(project.read("README.md").contains("Sell used things"));
    assert!(
        !project.status().contains("docs/adr"),
        "{}",
        project.status()
    );
    project
        .run(&["adr", "--restore", "responsibility"])
        .expect(2);
}
