//! `cargo kickoff why`: from a file or a line to answers, records and tests, and back.

use serde_json::Value;

use crate::project::{ANSWERS, NEW_FIELD, Project};
use crate::support::{Place, Ran};

#[track_caller]
fn json(project: &Project, what: &str) -> Value {
    let ran = project
        .run(&["why", what, "--message-format", "json"])
        .expect(0);
    let value: Value = serde_json::from_str(&ran.stdout).expect("one JSON object");
    assert_eq!(value["reason"], "why");
    value
}

#[track_caller]
fn human(project: &Project, what: &str) -> String {
    project.run(&["why", what]).expect(0).stdout
}

/// The number of the first line with this text, counted from 1.
#[track_caller]
fn line_of(project: &Project, path: &str, text: &str) -> usize {
    let file = project.read(path);
    let found = file.lines().position(|line| line.contains(text));
    found.unwrap_or_else(|| panic!("no {text} in {file}")) + 1
}

fn ids(report: &Value) -> Vec<&str> {
    let answers = report["answers"].as_array().expect("answers");
    let ids = answers.iter().filter_map(|answer| answer["id"].as_str());
    ids.collect()
}

fn has_line(part: &Value, line: usize) -> bool {
    let ranges = part["lines"].as_array().expect("ranges");
    ranges.iter().any(|range| {
        let end = |at: usize| range[at].as_u64().expect("a number");
        (end(0)..=end(1)).contains(&(line as u64))
    })
}

/// The lines of this file that the answer shapes.
#[track_caller]
fn part<'a>(report: &'a Value, path: &str) -> &'a Value {
    let all = ["code", "tests", "documents"].map(|kind| report[kind].as_array().expect("parts"));
    let found = all.into_iter().flatten().find(|part| part["path"] == path);
    found.unwrap_or_else(|| panic!("no {path} in {report:#}"))
}

#[test]
fn a_line_leads_to_its_answer_and_back() {
    let project = Project::new();
    let path = "src/domain/item.rs";
    let line = line_of(&project, path, "max = 80");
    let report = json(&project, &format!("{path}:{line}"));
    // The most particular answer comes first, the one that brings the file last.
    assert_eq!(ids(&report)[0], "entity.Item.fields.title");
    assert_eq!(ids(&report).last(), Some(&"entity.Item"));
    let answer = &report["answers"][0];
    assert_eq!(answer["value"], "string(80)");
    assert_eq!(answer["origin"], "decided");
    let said = line_of(&project, "kickoff.toml", "title = ");
    assert_eq!(answer["answers_line"], said);
    let record = answer["record"].as_str().expect("a record");
    assert!(project.exists(record), "{record}");
    let tests = answer["tests"].as_array().expect("tests");
    assert!(
        tests.iter().any(|test| {
            test["path"] == "tests/service/api/item.rs" && test["tests"] != Value::Array(vec![])
        }),
        "{tests:#?}"
    );
    // Back again, by its id in every form, and by its line in the answers.
    for id in [
        "entity.Item.fields.title",
        "data.entities.Item.fields.title",
        &format!("kickoff.toml:{said}"),
    ] {
        let report = json(&project, id);
        assert_eq!(report["id"], "entity.Item.fields.title", "{id}");
        assert!(has_line(part(&report, path), line), "{report:#}");
        part(&report, "tests/service/api/item.rs");
        part(&report, record);
    }
}

#[test]
fn a_default_is_said_to_be_one() {
    let project = Project::new();
    let report = json(&project, "data.conflicts");
    assert_eq!(report["origin"], "default");
    assert_eq!(report["value"], "version");
    assert!(report["answers_line"].is_null());
    assert_eq!(part(&report, "src/etag.rs")["whole"], true);
    let text = human(&project, "data.conflicts");
    assert!(text.contains("data.conflicts = version\n"), "{text}");
    assert!(text.contains("the default, nobody decided it"), "{text}");
    let text = human(&project, "src/etag.rs");
    assert!(text.contains("data.conflicts = version"), "{text}");
    assert!(
        text.contains("the whole file; the default, nobody decided it"),
        "{text}"
    );
}

#[test]
fn lines_of_a_person_are_theirs() {
    let project = Project::new();
    let path = "src/domain/item.rs";
    project.edit(
        path,
        "impl From<Item>",
        "/// Mine.\nfn mine() {}\n\nimpl From<Item>",
    );
    project.edit(path, "max = 80", "max = 81");
    // An editor on Windows changes no line.
    let text = project.read(path).replace('\n', "\r\n");
    project.write(path, &text);
    let mine = line_of(&project, path, "fn mine()");
    let report = json(&project, &format!("{path}:{mine}"));
    assert_eq!(report["line"]["standing"], "yours");
    assert_eq!(ids(&report), [""; 0]);
    assert_eq!(report["in_every_service"], false);
    let text = human(&project, &format!("{path}:{mine}"));
    assert!(text.contains("yours: you added this line"), "{text}");
    // A changed line tells what it stands in for.
    let changed = line_of(&project, path, "max = 81");
    let report = json(&project, &format!("{path}:{changed}"));
    assert_eq!(report["line"]["standing"], "replaced");
    assert!(
        report["line"]["instead_of"][0]
            .as_str()
            .expect("a line")
            .contains("max = 80")
    );
    assert_eq!(ids(&report)[0], "entity.Item.fields.title");
    // What stands below moved down, and is found.
    let below = line_of(&project, path, "impl From<Item>");
    let report = json(&project, &format!("{path}:{below}"));
    assert_eq!(report["line"]["standing"], "generated");
    assert_eq!(ids(&report).last(), Some(&"entity.Item"));
    let report = json(&project, path);
    assert!(has_line(
        &serde_json::json!({ "lines": report["yours"] }),
        mine
    ));
    assert!(has_line(
        &serde_json::json!({ "lines": report["yours"] }),
        changed
    ));
}

#[test]
fn files_of_a_person_are_theirs_and_moved_ones_are_followed() {
    let project = Project::new();
    project.write("src/mine.rs", "pub fn mine() {}\n");
    assert_eq!(json(&project, "src/mine.rs")["standing"], "yours");
    project.write(
        "src/tags/model.rs",
        &format!("// Mine.\n{}", project.read("src/domain/tag.rs")),
    );
    project.remove("src/domain/tag.rs");
    let report = json(&project, "src/tags/model.rs");
    assert_eq!(report["standing"], "moved");
    assert_eq!(report["moved_from"], "src/domain/tag.rs");
    assert!(ids(&report).contains(&"entity.Tag"), "{report:#}");
    let report = json(&project, "src/domain/tag.rs");
    assert_eq!(report["standing"], "deleted");
    assert_eq!(json(&project, ".kickoff/baseline")["standing"], "kept");
}

#[test]
fn answers_that_changed_since_are_not_those_behind_the_files() {
    let project = Project::new();
    project.edit("kickoff.toml", NEW_FIELD.0, NEW_FIELD.1);
    let ran = project.run(&["why", "entity.Item.fields.title"]).expect(0);
    assert!(
        ran.stderr.contains("`kickoff.toml` has changed since"),
        "{}",
        ran.stderr
    );
    let ran = project.run(&["why", "entity.Item.fields.colour"]).expect(2);
    assert!(ran.stderr.contains("did you mean"), "{}", ran.stderr);
}

#[test]
fn migrations_lead_to_the_answers_that_made_them() {
    let project = Project::new();
    project.edit("kickoff.toml", NEW_FIELD.0, NEW_FIELD.1);
    project.update(&[], 0);
    let added = "migrations/0003_add_colour_to_items.sql";
    let report = json(&project, &format!("{added}:1"));
    assert_eq!(ids(&report)[0], "entity.Item.fields.colour", "{report:#}");
    let created = "migrations/0002_create_items.sql";
    let line = line_of(&project, created, "title TEXT");
    let report = json(&project, &format!("{created}:{line}"));
    assert_eq!(ids(&report)[0], "entity.Item.fields.title", "{report:#}");
    let line = line_of(&project, "src/database.rs", added);
    let report = json(&project, &format!("src/database.rs:{line}"));
    assert_eq!(ids(&report)[0], "entity.Item.fields.colour", "{report:#}");
}

#[test]
fn nothing_is_written() {
    let project = Project::new();
    let before = project.place.snapshot();
    human(&project, "load.peak-rps");
    human(&project, "README.md");
    assert_eq!(project.place.snapshot(), before);
}

#[track_caller]
fn check_mistake(what: &str, says: &str) {
    let project = Project::new();
    let ran = project.run(&["why", what]).expect(2);
    assert!(ran.stderr.contains(says), "{}", ran.stderr);
    assert_eq!(ran.stdout, "");
}

#[test]
fn mistakes_are_named() {
    check_mistake("load.peak-rsp", "did you mean `load.peak-rps`?");
    check_mistake("src/lbi.rs", "did you mean `src/lib.rs`?");
    check_mistake("src/lib.rs:0", "lines are counted from 1");
    check_mistake("src/lib.rs:9999", "and no line 9999");
    check_mistake("src", "there is no file and no answer `src`");
    check_mistake("../outside", "there is no file and no answer");
    check_mistake("kickoff.toml", "holds the answers themselves");
    check_mistake("kickoff.toml:1", "no answer stands in line 1");
}

#[test]
fn what_no_answer_changes_is_in_every_service() {
    let project = Project::new();
    let report = json(&project, "src/server.rs");
    assert_eq!(report["in_every_service"], true, "{report:#}");
    assert_eq!(report["brought_by"], "every service");
    let text = human(&project, "src/server.rs");
    assert!(text.contains("generated for every service\n"), "{text}");
    // What any entity brings is there for all of them.
    let report = json(&project, "src/id.rs");
    assert_eq!(report["in_every_service"], false);
    assert_eq!(ids(&report), ["data.entities"]);
    assert_eq!(report["answers"][0]["whole"], true);
}

#[test]
fn a_member_of_a_workspace_explains_itself_from_every_folder() {
    let place = Place::new();
    place.write("Cargo.toml", "[workspace]\nresolver = \"3\"\n");
    place.write("answers.toml", ANSWERS);
    for name in ["shop", "store"] {
        place
            .run(&["new", name, "--answers", "answers.toml", "--yes"])
            .expect(0);
    }
    let said = |folder: &str, arguments: &[&str]| {
        let mut all = vec!["why"];
        all.extend(arguments);
        all.extend(["--message-format", "json"]);
        let mut command = place.command(&all);
        command.current_dir(place.root.join(folder));
        let ran = Ran::of(command).expect(0);
        serde_json::from_str::<Value>(&ran.stdout).expect("one JSON object")
    };
    let file = place.read("store/src/domain/item.rs");
    let line = file.lines().position(|line| line.contains("max = 80"));
    let line = line.expect("the limit of the title") + 1;
    let at = format!("src/domain/item.rs:{line}");
    let manifest = ["--manifest-path", "store/Cargo.toml"];
    for report in [
        said("store", &[&at]),
        said("store/src", &[&format!("domain/item.rs:{line}")]),
        said("", &[&[at.as_str()][..], &manifest].concat()),
    ] {
        assert_eq!(ids(&report)[0], "entity.Item.fields.title");
    }
    let report = said("store", &["entity.Item.fields.title"]);
    assert!(has_line(part(&report, "src/domain/item.rs"), line));
}
