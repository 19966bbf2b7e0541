//! JSON Schema, as far as `openapi.json` uses it.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use orders::openapi;

pub static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(openapi::DOCUMENT).expect("JSON"));

/// What it stands for, where it is a reference into the document.
pub fn resolved(part: &'static Value) -> &'static Value {
    let Some(reference) = part["$ref"].as_str() else {
        return part;
    };
    let pointer = reference.trim_start_matches('#');
    let target = DOCUMENT.pointer(pointer);
    resolved(target.unwrap_or_else(|| panic!("{reference} names nothing")))
}

/// Fails with the place that breaks the schema. Members that are not listed break it too, even
/// where callers are told to expect more: whatever is answered has to be documented.
pub fn check(value: &Value, schema: &'static Value, at: &str) -> Result<(), String> {
    let schema = resolved(schema);
    let members = value.as_object().filter(|_| schema["type"] == "object");
    if let (Some(members), Some(listed)) = (members, schema["properties"].as_object()) {
        let unlisted = members.keys().find(|name| !listed.contains_key(*name));
        if let Some(name) = unlisted {
            return Err(format!("{at}/{name} is not documented"));
        }
    }
    for (keyword, rule) in schema.as_object().into_iter().flatten() {
        if !holds(value, keyword, rule, at)? {
            return Err(format!("{at}: {keyword} is {rule}, and not so {value}"));
        }
    }
    Ok(())
}

fn holds(value: &Value, keyword: &str, rule: &'static Value, at: &str) -> Result<bool, String> {
    let count = rule.as_u64().unwrap_or_default() as usize;
    let length = value.as_str().map(|text| text.chars().count());
    Ok(match keyword {
        "type" => match rule {
            Value::Array(types) => types.iter().any(|name| is(value, name)),
            name => is(value, name),
        },
        "const" => value == rule,
        "enum" => rule.as_array().is_some_and(|all| all.contains(value)),
        "minimum" => value.as_i64().is_none_or(|n| Some(n) >= rule.as_i64()),
        "maximum" => value.as_i64().is_none_or(|n| Some(n) <= rule.as_i64()),
        "minLength" => length.is_none_or(|length| length >= count),
        "maxLength" => length.is_none_or(|length| length <= count),
        "maxItems" => value.as_array().is_none_or(|items| items.len() <= count),
        "pattern" => {
            let pattern = Regex::new(rule.as_str().unwrap_or_default()).expect("a pattern");
            value.as_str().is_none_or(|text| pattern.is_match(text))
        }
        "required" => {
            let mut names = rule.as_array().into_iter().flatten();
            names.all(|name| value.get(name.as_str().unwrap_or_default()).is_some())
        }
        "properties" => {
            for (name, schema) in rule.as_object().into_iter().flatten() {
                if let Some(member) = value.get(name) {
                    check(member, schema, &format!("{at}/{name}"))?;
                }
            }
            true
        }
        "items" => {
            for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                check(item, rule, &format!("{at}/{index}"))?;
            }
            true
        }
        "allOf" => {
            for schema in rule.as_array().into_iter().flatten() {
                check(value, schema, at)?;
            }
            true
        }
        "additionalProperties"
        | "contentEncoding"
        | "default"
        | "description"
        | "examples"
        | "format"
        | "readOnly" => true,
        extension if extension.starts_with("x-") => true,
        unknown => panic!("teach the tests what `{unknown}` means"),
    })
}

fn is(value: &Value, name: &Value) -> bool {
    match name.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => false,
    }
}
