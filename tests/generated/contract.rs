//! The API document of a generated service, as far as no service has to run for it.

use std::collections::BTreeSet;

use cargo_kickoff::answers::Answers;
use cargo_kickoff::blueprint::{Blueprint, Setting};
use serde_json::Value;

use crate::answers::{entity, give, service};
use crate::convert::{CASES, case};
use crate::project::{assert_formatted, generate};
use crate::shapes::{Names, all_fields, all_relations};

fn document(answers: &Answers) -> (Blueprint, Value) {
    let (blueprint, tree) = generate(answers);
    let text = tree.get("openapi.json").expect("a document");
    (
        blueprint,
        serde_json::from_str(text).expect("the document is JSON"),
    )
}

/// Every reference in a part of the document.
fn references<'a>(part: &'a Value, found: &mut BTreeSet<&'a str>) {
    match part {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str));
            members
                .values()
                .for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

fn names(members: &Value) -> BTreeSet<&str> {
    let members = members.as_object().expect("an object");
    members.keys().map(String::as_str).collect()
}

/// References name something, operations differ, and each entity has its fields in each of its schemas.
fn check(answers: &Answers) {
    let (blueprint, document) = document(answers);
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    for reference in found {
        let target = document.pointer(reference.trim_start_matches('#'));
        assert!(target.is_some(), "{}: {reference}", answers.name);
    }
    let paths = document["paths"].as_object().expect("paths");
    let operations = paths.values().filter_map(Value::as_object).flatten();
    let operations = operations.filter_map(|(_, operation)| operation.get("operationId"));
    let operations: Vec<_> = operations.map(Value::to_string).collect();
    let distinct: BTreeSet<_> = operations.iter().collect();
    assert_eq!(distinct.len(), operations.len(), "{operations:?}");

    let components = &document["components"];
    for entity in &blueprint.entities {
        let of = |which: &str| format!("{}{which}", entity.type_name);
        let fields: BTreeSet<&str> = entity
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        for which in [".Input", ".Patch"] {
            let schema = &components["schemas"][of(which)];
            assert_eq!(names(&schema["properties"]), fields, "{}", of(which));
        }
        let example = &components["examples"][of(".Input")]["value"];
        assert_eq!(names(example), fields, "{}", entity.type_name);
        let record = &components["schemas"][of("")]["properties"];
        assert!(names(record).is_superset(&fields), "{}", entity.type_name);
        for field in entity.fields.iter().filter(|field| field.optional) {
            let description = record[&field.name]["description"].as_str();
            let said = description.is_some_and(|text| text.contains("Empty: "));
            assert_eq!(said, field.meaning.is_some(), "{}", field.name);
        }
    }
}

#[test]
fn the_documents_of_real_schemas_are_whole() {
    CASES.iter().for_each(|name| check(&case(name)));
}

#[test]
fn the_documents_of_every_shape_are_whole() {
    let names = Names { length: 3 };
    for deletion in ["hard", "soft", "never"] {
        let mut entities = all_fields(&names, &[("deletion", deletion)]);
        entities.extend(all_relations(&names, entities.len()));
        check(&service("shapes", entities));
    }
}

#[test]
fn a_document_says_what_a_field_may_be() {
    let fields = "code: string(2..8) unique matching /[A-Z]+/
note: text(0..50)? // nobody <b>said</b> anything
price: money(EUR) >= 0
weight: decimal(8,3)? > 0
state: draft | sent = draft
mail: email personal";
    let (_, document) = document(&service("one", vec![entity("Parcel", &[], fields)]));
    let schema = &document["components"]["schemas"]["Parcel.Input"];
    let member = |name: &str| &schema["properties"][name];
    for (name, rule, expected) in [
        ("code", "pattern", r#""^(?:[A-Z]+)$""#),
        ("code", "minLength", "2"),
        ("code", "maxLength", "8"),
        ("note", "type", r#"["string","null"]"#),
        ("price", "minimum", "0"),
        ("weight", "x-minimum", r#""0.001""#),
        (
            "weight",
            "pattern",
            r#""^-?(0|[1-9][0-9]{0,4})(\\.[0-9]{1,3})?$""#,
        ),
        ("state", "enum", r#"["draft","sent"]"#),
        ("state", "default", r#""draft""#),
        ("mail", "x-personal", "true"),
    ] {
        assert_eq!(member(name)[rule].to_string(), expected, "{rule} of {name}");
    }
    let required = r#"["code","price","mail"]"#;
    assert_eq!(schema["required"].to_string(), required);
    let note = member("note")["description"].as_str().expect("a text");
    assert!(note.starts_with("Empty: nobody &lt;b"), "{note}");
}

#[test]
fn no_entity_takes_the_route_of_the_page() {
    let mut answers = service("texts", vec![entity("Doc", &[], "text: text")]);
    let drawn = |answers: &Answers| Blueprint::draw(answers, Setting::Standalone);
    let conflicts = drawn(&answers).expect_err("two routes of one name");
    let said: Vec<String> = conflicts.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["`entity.Doc` and `done.items`: both become the route `docs`"]
    );
    give(&mut answers, "done.items", "validation, ci");
    assert!(drawn(&answers).is_ok());
    let health = entity("Ailment", &[("plural", "health")], "text: text");
    let conflicts = drawn(&service("hospital", vec![health]));
    assert!(conflicts.is_err_and(|found| found[0].message.ends_with("route `health`")));
}

#[test]
fn without_documentation_there_is_none() {
    let mut answers = service("plain", vec![entity("Note", &[], "text: text")]);
    give(&mut answers, "done.items", "validation, ci");
    let (_, tree) = generate(&answers);
    let mentions = tree.iter().filter(|(path, text)| {
        path.as_str().contains("openapi")
            || !path.starts_with("docs")
                && path.as_str() != "kickoff.toml"
                && text.contains("openapi")
    });
    let mentions: Vec<_> = mentions.map(|(path, _)| path).collect();
    assert!(mentions.is_empty(), "{mentions:?}");
    assert_formatted(&[("plain".to_owned(), tree)]);
}
