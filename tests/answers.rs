//! The public side of `kickoff.toml`: the published schema and the examples.

use std::path::Path;

use cargo_kickoff::answers::{examples, file, schema};
use cargo_kickoff::blueprint::{Blueprint, Setting};

#[test]
fn the_published_schema_is_that_of_the_catalog() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/kickoff.schema.json");
    let schema = serde_json::to_string_pretty(&schema::json_schema()).expect("a schema") + "\n";
    if std::env::var_os("KICKOFF_OVERWRITE").is_some() {
        std::fs::write(&path, &schema).expect("the schema can be written");
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        published.replace("\r\n", "\n") == schema,
        "docs/kickoff.schema.json is out of date: run this test with KICKOFF_OVERWRITE=1"
    );
}

#[test]
fn a_fresh_file_says_the_same_as_an_example() {
    for name in examples::names() {
        let text = examples::get(name).expect("an example");
        let answers = file::read(text, name).expect("answers");
        let fresh = file::write(&answers);
        assert_eq!(file::read(&fresh, name).as_ref(), Ok(&answers), "{name}");
        assert!(
            fresh.starts_with(text.lines().next().expect("a line")),
            "{name}"
        );
    }
}

/// Takes every part of an example away, and gives it back, through the editor.
#[test]
fn every_answer_of_an_example_can_be_forgotten_and_given_again() {
    for name in examples::names() {
        let text = examples::get(name).expect("an example");
        let answers = file::read(text, name).expect("answers");
        for question in cargo_kickoff::question::catalog::questions() {
            let mut without = answers.clone();
            without.forget(question.id);
            let edited = file::edit(text, &answers, &without).expect(question.id);
            let again = file::edit(&edited, &without, &answers).expect(question.id);
            assert_eq!(
                file::read(&again, name).as_ref(),
                Ok(&answers),
                "{}",
                question.id
            );
        }
    }
}

#[test]
fn examples_become_projects() {
    for name in examples::names() {
        let text = examples::get(name).expect("an example");
        let answers = file::read(text, name).expect("answers");
        let blueprint = Blueprint::draw(&answers, Setting::Standalone);
        let blueprint = blueprint.unwrap_or_else(|conflicts| panic!("{name}: {conflicts:?}"));
        assert!(blueprint.experiment.is_none(), "{name}");
        assert!(
            blueprint.findings.is_empty(),
            "{name}: {:?}",
            blueprint.findings
        );
    }
}
