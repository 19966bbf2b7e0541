//! Schemas of real projects (`tests/data/cases`) as answers.
//!
//! What a service keeps itself disappears: ids, foreign keys (they become relations), `createdAt` and its like. So does what it should not
//! keep: a password is answered with every other field, so it belongs to whoever checks it, which becomes a boundary. A composite
//! key becomes `same-when`; an entity that is used and never declared belongs to another service.

use std::path::Path;

use cargo_kickoff::answers::{Answers, Item};
use serde_json::Value;

use crate::answers::{entity, give, give_items, item, service};

/// The cases, by file name.
pub(crate) const CASES: [&str; 10] = [
    "chinook",
    "conduit",
    "jhipster-bugtracker",
    "jhipster-hr",
    "jhipster-library",
    "jhipster-space",
    "jhipster-store",
    "northwind",
    "petclinic",
    "todo-backend",
];

/// A case as answers.
pub(crate) fn case(name: &str) -> Answers {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/cases")
        .join(format!("{name}.json"));
    let text = std::fs::read_to_string(path).expect("the case");
    convert(name, &serde_json::from_str(&text).expect("JSON"))
}

fn convert(name: &str, case: &Value) -> Answers {
    let given = list(case, "entities");
    let mut entities: Vec<Item> = given.iter().map(|given| owned(given, case)).collect();
    entities.extend(missing(given));
    let mut answers = service(name, entities);
    if given
        .iter()
        .any(|entity| list(entity, "fields").iter().any(is_secret))
    {
        let boundary = [
            ("whose", "the identity service"),
            ("names", "password, credential"),
        ];
        give_items(
            &mut answers,
            "responsibility.not-its-job",
            vec![item("checking passwords", &boundary)],
        );
    }
    give(&mut answers, "responsibility.stakes", "money");
    // They are called from outside, where nobody has credentials.
    give(&mut answers, "communication.access", "open");
    answers
}

fn owned(given: &Value, case: &Value) -> Item {
    let name = text(given, "name");
    let relations = list(given, "relations");
    let mut lines: Vec<String> = list(given, "fields")
        .iter()
        .filter(|field| !is_ours(given, field) && !is_secret(field))
        .map(|field| {
            let rules = &case["api_constraints"][name][camel(text(field, "name"))];
            format!("{}: {}", text(field, "name"), spec(field, rules, case))
        })
        .collect();
    lines.extend(relations.iter().map(relation));
    if lines.is_empty() {
        // Only a relation leads to it: something has to tell one from another.
        lines.push("name: string".to_owned());
    }
    let same = same_when(given);
    let mut parts = Vec::new();
    if !same.is_empty() {
        parts.push(("same-when", same.as_str()));
    }
    entity(name, &parts, &lines.join("\n"))
}

/// What makes two the same: a composite key, or a set that is unique together.
fn same_when(given: &Value) -> String {
    let key = strings(given, "primary_key");
    let together = list(given, "unique_together")
        .first()
        .map(|set| set.as_array().expect("names").iter())
        .into_iter()
        .flatten()
        .map(|name| name.as_str().expect("a name").to_owned());
    let columns: Vec<String> = if key.len() > 1 {
        key
    } else {
        together.collect()
    };
    let relation_of = |column: &String| {
        list(given, "relations")
            .iter()
            .find(|relation| strings(relation, "columns") == [column.clone()])
            .map(|relation| text(relation, "name").to_owned())
    };
    let fields: Vec<String> = columns
        .iter()
        .map(|column| relation_of(column).unwrap_or_else(|| column.clone()))
        .collect();
    fields.join(", ")
}

/// Entities that are referred to and declared nowhere.
fn missing(given: &[Value]) -> Vec<Item> {
    let declared = |name: &str| given.iter().any(|entity| text(entity, "name") == name);
    let mut names: Vec<&str> = given
        .iter()
        .flat_map(|entity| list(entity, "relations"))
        .map(|relation| text(relation, "to"))
        .filter(|name| !declared(name))
        .collect();
    names.sort_unstable();
    names.dedup();
    let foreign = |name| item(name, &[("of", "the identity service")]);
    names.into_iter().map(foreign).collect()
}

/// What the service makes or keeps without being told.
fn is_ours(entity: &Value, field: &Value) -> bool {
    let name = text(field, "name").to_lowercase().replace('_', "");
    let is_number = text(field, "type").starts_with('i');
    // A key that people see, such as the five letters of a customer, is a field like others.
    let surrogate = is_true(field, "primary_key") && is_number;
    let relational = list(entity, "relations").iter().any(|relation| {
        strings(relation, "columns").contains(&text(field, "name").to_owned())
            && text(relation, "kind") != "many_to_many"
    });
    surrogate
        || relational
        || is_true(field, "foreign_key")
        || ["createdat", "updatedat"].contains(&name.as_str())
        || field["default"] == "derived"
}

fn is_secret(field: &Value) -> bool {
    is_true(field, "secret") || text(field, "name") == "password"
}

fn spec(field: &Value, rules: &Value, case: &Value) -> String {
    let required = rules["required"]
        .as_bool()
        .unwrap_or(is_true(field, "required"));
    let mut spec = type_of(field, rules, case);
    if !required {
        // Bounds, patterns and the like stand behind the question mark.
        let end = spec
            .find([' '])
            .filter(|_| !spec.contains('|'))
            .unwrap_or(spec.len());
        spec.insert(end, '?');
    }
    if is_true(field, "unique") {
        spec.push_str(" unique");
    }
    let default = field["default"].as_str().unwrap_or_default();
    match text(field, "type") {
        _ if default.is_empty() || default == "identity" => {}
        "string" => spec.push_str(&format!(" = {default:?}")),
        _ => spec.push_str(&format!(" = {default}")),
    }
    spec
}

fn type_of(field: &Value, rules: &Value, case: &Value) -> String {
    let kind = text(field, "type");
    if let Some(name) = kind.strip_prefix("enum:") {
        return strings(&case["enums"], name).join(" | ");
    }
    let least = number(field, "min");
    let within = |low: i64, high: i64| format!("int {}..{high}", least.unwrap_or(low).max(low));
    let bound = least.map_or_else(String::new, |least| format!(" >= {least}"));
    match kind {
        "string" => string(field, rules),
        "i16" => within(i16::MIN.into(), i16::MAX.into()),
        "i32" => within(i32::MIN.into(), i32::MAX.into()),
        "i64" => format!("int{bound}"),
        "decimal" => match text(field, "sql_type") {
            "" => format!("decimal(18,2){bound}"),
            numeric => format!("{}{bound}", numeric.replace("numeric", "decimal")),
        },
        // Seven digits are what a float of 32 bits has.
        "f32" | "float" => format!("decimal(9,4){bound}"),
        "double" => format!("decimal(17,6){bound}"),
        "bool" | "date" | "bytes" => kind.to_owned(),
        "timestamp" => "instant".to_owned(),
        other => panic!("what is `{other}`?"),
    }
}

fn string(field: &Value, rules: &Value) -> String {
    const LONG: [&str; 7] = [
        "body",
        "bio",
        "description",
        "details",
        "notes",
        "text",
        "synopsis",
    ];
    let of_rules = |key: &str| rules[key].as_i64();
    let most = number(field, "max_length")
        .or(number(field, "maxlength"))
        .into_iter()
        .chain(of_rules("maxLength"))
        .min();
    let least = number(field, "minlength")
        .or(of_rules("minLength"))
        .unwrap_or(1);
    let pattern = field["pattern"].as_str().or(rules["pattern"].as_str());
    let pattern = pattern.map_or_else(String::new, |pattern| {
        let whole = pattern.trim_start_matches('^').trim_end_matches('$');
        format!(" matching /{}/", whole.replace('/', "\\/"))
    });
    match most {
        Some(most) => format!("string({least}..{most}){pattern}"),
        None if LONG.contains(&text(field, "name")) => "text".to_owned(),
        None => format!("string({least}..255){pattern}"),
    }
}

fn relation(relation: &Value) -> String {
    let (name, to) = (text(relation, "name"), text(relation, "to"));
    if text(relation, "kind") == "many_to_many" {
        // Where only the join table has a name, what it leads to names the relation.
        let named = text(relation, "through") != name;
        let name = if named {
            name.to_owned()
        } else {
            format!("{}s", to.to_lowercase())
        };
        return format!("{name}: <-> {to}");
    }
    let optional = if is_true(relation, "required") {
        ""
    } else {
        "?"
    };
    let unique = if text(relation, "kind") == "one_to_one" {
        " unique"
    } else {
        ""
    };
    let cascade = match text(relation, "on_delete") {
        "cascade" => " on delete cascade",
        _ => "",
    };
    format!("{name}: -> {to}{optional}{unique}{cascade}")
}

/// `first_name` is `firstName` in the rules of an API.
fn camel(name: &str) -> String {
    let mut out = String::new();
    for (at, part) in name.split('_').enumerate() {
        let mut letters = part.chars();
        match letters.next() {
            Some(first) if at > 0 => out.extend(first.to_uppercase()),
            Some(first) => out.push(first),
            None => {}
        }
        out.push_str(letters.as_str());
    }
    out
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn strings(value: &Value, key: &str) -> Vec<String> {
    list(value, key)
        .iter()
        .map(|item| item.as_str().expect("text").to_owned())
        .collect()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn is_true(value: &Value, key: &str) -> bool {
    value[key].as_bool().unwrap_or(false)
}

fn number(value: &Value, key: &str) -> Option<i64> {
    value[key]
        .as_i64()
        .or_else(|| value[key].as_str()?.parse().ok())
}
