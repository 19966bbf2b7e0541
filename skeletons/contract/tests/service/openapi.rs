//! `openapi.json` is true: it lists the routes there are and no other, what they take and what they
//! refuse. That they answer as it says is checked wherever a test sees an answer (`documented`).

use std::collections::BTreeSet;

use reqwest::{Method, header};
use serde_json::{Map, Value, json};

use <{ service.crate_name }>::openapi;

use crate::api;
use crate::records::{self, only};
use crate::schema::{self, DOCUMENT, resolved};
use crate::support::{Service, answer, problem, routes, with_ids};

#[tokio::test]
async fn it_is_served_as_it_is_committed() {
    let service = Service::start().await;
    let response = service.get("/openapi.json").send().await;
    let response = response.expect("an answer");
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json");
    assert_eq!(response.text().await.expect("text"), openapi::DOCUMENT);
    assert_eq!(DOCUMENT["info"]["version"], env!("CARGO_PKG_VERSION"));
}

#[tokio::test]
async fn it_lists_every_route_and_no_other() {
    let service = Service::start().await;
    let documented: BTreeSet<String> = paths().map(|(path, _)| path.clone()).collect();
    assert_eq!(documented, routes(&service));
}

#[tokio::test]
async fn it_lists_every_method_of_a_route_and_no_other() {
    let service = Service::start().await;
    let other = Method::from_bytes(b"OTHER").expect("a method");
    for (path, operations) in paths() {
        let url = service.url(&with_ids(path));
        let refusal = service.client.request(other.clone(), url).send().await;
        let refusal = refusal.expect("an answer");
        let allowed = refusal.headers()[header::ALLOW].to_str().expect("text");
        let allowed: BTreeSet<String> = allowed.split(',').map(str::to_owned).collect();

        let methods = operations.as_object().expect("an object").keys();
        let methods = methods.filter(|name| *name != "parameters");
        let mut documented: BTreeSet<String> =
            methods.map(|name| name.to_ascii_uppercase()).collect();
        // axum answers it wherever it answers GET.
        if documented.contains("GET") {
            documented.insert("HEAD".to_owned());
        }
        assert_eq!(documented, allowed, "{path}");
    }
}

#[tokio::test]
async fn it_lists_what_a_list_can_be_asked_for() {
    let service = Service::start().await;
    for (path, operations) in paths() {
        let parameters = operations["get"]["parameters"].as_array();
        let parameters = parameters.into_iter().flatten().map(resolved);
        let parameters: Vec<_> = parameters.filter(|one| one["in"] == "query").collect();
        if parameters.is_empty() {
            continue;
        }
        let path = with_ids(path);
        let refused = async |query: String| {
            let request = service.get(&format!("{path}?{query}"));
            problem(request, 400, "invalid_query").await
        };
        let names = parameters.iter().map(|one| text(&one["name"]));
        let refusal = refused("no_such=1".to_owned()).await;
        assert_eq!(names.collect::<BTreeSet<_>>(), expected(&refusal["detail"]));
        for parameter in parameters {
            let (name, schema) = (text(&parameter["name"]), &parameter["schema"]);
            if let Some(words) = schema["enum"].as_array() {
                let refusal = refused(format!("{name}=no_such")).await;
                let words: BTreeSet<String> = words.iter().map(text).collect();
                assert_eq!(words, expected(&refusal["detail"]));
            }
            if schema["type"] != "integer" {
                continue;
            }
            for number in refusable(schema).into_iter().filter(Value::is_i64) {
                refused(format!("{name}={number}")).await;
            }
            for number in acceptable(schema) {
                let (status, body) = answer(service.get(&format!("{path}?{name}={number}"))).await;
                assert_ne!(status, 400, "{name}={number}: {body}");
            }
        }
    }
}
<% for entity in entities %>

#[tokio::test]
async fn <{ entity.plural }>_take_what_it_says() {
    let service = Service::start().await;
    let record =¦ api::<{ entity.module_ident }>::create(&service)¦.await;
    assert_members(⟦&service, api::<{ entity.module_ident }>::ALL, "<{ entity.type }>", &record⟧)¦.await;
}
<% endfor %>

/// The members of a new record and of a change, which of them are required, and their rules.
async fn assert_members(service: &Service, all: &str, name: &str, record: &Value) {
    let schemas = &DOCUMENT["components"]["schemas"];
    let (input, patch) = (
        &schemas[format!("{name}.Input")],
        &schemas[format!("{name}.Patch")],
    );
    let change = |change: Value| records::change(service, all, record, &change);
    let create = |input: &Value| service.post(all).json(input);

    let unknown = json!({"no such member": 1});
    for (request, schema) in [(create(&unknown), input), (change(unknown.clone()), patch)] {
        let refusal = problem(request, 422, "invalid").await;
        let names = members(schema).map(|(name, _)| name.clone());
        let known = expected(&refusal["errors"][0]["detail"]);
        assert_eq!(names.collect::<BTreeSet<_>>(), known);
    }
    let whole = members(input).map(|(name, _)| (name.clone(), record[name].clone()));
    let whole: Map<String, Value> = whole.collect();
    for (name, schema) in members(input) {
        let mut input_without = whole.clone();
        input_without.remove(name);
        let (status, body) = answer(create(&input_without.into())).await;
        let required = input["required"].as_array();
        let required = required.is_some_and(|all| all.iter().any(|one| one == name));
        assert_eq!(status == 422, required, "without {name}: {body}");
        if required {
            assert_eq!(body["errors"][0]["pointer"], format!("/{name}"));
        }
        let changed = &patch["properties"][name];
        for rule in RULES {
            assert_eq!(schema.get(rule), changed.get(rule), "{rule} of {name}");
        }
    }
    for (name, schema) in members(patch) {
        for value in acceptable(schema) {
            let (status, body) = answer(change(only(name, value.clone()))).await;
            assert_eq!(status, 200, "{name}: {value}: {body}");
        }
        for value in refusable(schema) {
            let (status, code) = match value {
                Value::Null => (400, "required"),
                _ => (422, "invalid"),
            };
            let refusal = problem(change(only(name, value)), status, code).await;
            assert_eq!(refusal["errors"][0]["pointer"], format!("/{name}"));
        }
        if let Some(words) = schema["enum"].as_array() {
            let refusal = problem(change(only(name, "no such word")), 422, "invalid").await;
            let words = words.iter().filter(|word| word.is_string()).map(text);
            let known = expected(&refusal["errors"][0]["detail"]);
            assert_eq!(words.collect::<BTreeSet<_>>(), known);
        }
    }
}

const RULES: [&str; 7] = [
    "type",
    "enum",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
];

fn paths() -> impl Iterator<Item = (&'static String, &'static Value)> {
    let paths = DOCUMENT["paths"].as_object();
    paths.expect("an object").iter()
}

fn members(schema: &'static Value) -> impl Iterator<Item = (&'static String, &'static Value)> {
    let members = schema["properties"].as_object();
    members.into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

/// What was expected, from a refusal such as "unknown field `a`, expected one of `b`, `c`" or "must
/// be `b` or `c`".
fn expected(detail: &Value) -> BTreeSet<String> {
    let detail = text(detail);
    let expected = detail.split_once("expected");
    let (_, expected) = expected.unwrap_or(("", &detail));
    let names = expected.split('`').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

/// Values on the inside of each bound.
fn acceptable(schema: &'static Value) -> Vec<Value> {
    let mut values = vec![Value::Null];
    // An id has to be that of a record.
    let examples = schema["examples"].as_array().into_iter().flatten();
    values.extend(examples.filter(|_| schema["format"] != "uuid").cloned());
    values.extend(schema["minimum"].as_i64().map(Value::from));
    values.extend(schema["maximum"].as_i64().map(Value::from));
    values.extend(lengths(schema).map(text_of));
    values.extend(schema["enum"].as_array().into_iter().flatten().cloned());
    values.retain(|value| schema::check(value, schema, "").is_ok());
    values
}

/// Values on the outside of each bound.
fn refusable(schema: &'static Value) -> Vec<Value> {
    let simple = [Value::Null, true.into(), 7.into(), "no such".into()];
    let mut values = simple.to_vec();
    let (least, most) = (schema["minimum"].as_i64(), schema["maximum"].as_i64());
    let below = least.and_then(|least| least.checked_sub(1));
    let above = most.and_then(|most| most.checked_add(1));
    values.extend(below.into_iter().chain(above).map(Value::from));
    let lengths = lengths(schema).flat_map(|length| [length.saturating_sub(1), length + 1]);
    values.extend(lengths.map(text_of));
    values.retain(|value| schema::check(value, schema, "").is_err());
    values
}

/// The shortest and the longest text, where any text of that length will do.
fn lengths(schema: &'static Value) -> impl Iterator<Item = usize> {
    let plain = schema.get("format").is_none() && schema.get("pattern").is_none();
    let lengths = [&schema["minLength"], &schema["maxLength"]].map(Value::as_u64);
    let lengths = lengths.into_iter().flatten().filter(move |_| plain);
    lengths
        .map(|length| length as usize)
        .filter(|length| *length < 50_000)
}

fn text_of(length: usize) -> Value {
    // Not ASCII: length is counted in characters.
    "ä".repeat(length).into()
}
