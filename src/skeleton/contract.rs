//! What the templates of the API document ask about a field.

use minijinja::value::Value;
use minijinja::{Environment, Error};
use serde_json::{Value as Json, json};

use super::escape::{markdown_text, text_of};

/// Installs the functions.
pub(super) fn install(environment: &mut Environment<'_>) {
    environment.add_function("example", |field: &Value| {
        example(field).map(|value| value.to_string())
    });
    environment.add_filter("described", described);
    environment.add_function("default_value", default_value);
    environment.add_function("remarks", remarks);
    environment.add_function("portable", |pattern: &Value| {
        text_of(pattern).map(|pattern| is_portable(&pattern))
    });
    environment.add_function("decimal_pattern", decimal_pattern);
    environment.add_function("decimal_bounds", decimal_bounds);
}

/// A person's text as Markdown, with no tag even for those who read it as HTML.
fn described(text: &Value) -> Result<String, Error> {
    Ok(markdown_text(text)?.replace("\\<", "&lt;"))
}

fn text(field: &Value, name: &str) -> Result<String, Error> {
    Ok(field
        .get_attr(name)?
        .as_str()
        .unwrap_or_default()
        .to_owned())
}

fn number(field: &Value, name: &str) -> Result<Option<i64>, Error> {
    Ok(field.get_attr(name)?.as_i64())
}

fn is_set(field: &Value, name: &str) -> Result<bool, Error> {
    Ok(field.get_attr(name)?.is_true())
}

/// A value that the service takes, where a reference names something.
fn example(field: &Value) -> Result<Json, Error> {
    let (low, high) = (number(field, "min")?, number(field, "max")?);
    let valid = text(&field.get_attr("samples")?, "valid")?;
    Ok(match text(field, "kind")?.as_str() {
        "string" | "text" if is_set(field, "pattern")? => first_of(&valid),
        "string" | "text" => {
            let bound = |bound: Option<i64>| bound.and_then(|bound| usize::try_from(bound).ok());
            let (low, high) = (bound(low), bound(high).unwrap_or(usize::MAX));
            let mut words: String = text(field, "label")?.chars().take(high).collect();
            while words.chars().count() < low.unwrap_or_default() {
                words.push('x');
            }
            words.into()
        }
        "int" | "money" => {
            let three = low.unwrap_or(3).max(3);
            high.unwrap_or(three).min(three).into()
        }
        "decimal" => first_of(&valid),
        "bool" => true.into(),
        "instant" => "2026-01-02T03:04:05.000000Z".into(),
        "date" => "2026-01-02".into(),
        "email" => "ada@example.org".into(),
        "url" => "https://example.org/a".into(),
        "json" => json!({"size": 1}),
        "bytes" => "AQID".into(),
        "enum" => field
            .get_attr("values")?
            .get_item_by_index(0)?
            .get_attr("word")?
            .to_string()
            .into(),
        "reference" if is_set(&field.get_attr("target")?, "text_id")? => {
            format!("{}-1", text(field, "name")?).into()
        }
        _ => "0198c1f0-0000-7000-8000-000000000002".into(),
    })
}

/// The text that a sample of the tests stands for when it counts its first record.
fn first_of(sample: &str) -> Json {
    let literal = sample
        .strip_prefix("format!(")
        .and_then(|rest| rest.strip_suffix(')'));
    let text = literal.unwrap_or(sample).trim_matches('"');
    if literal.is_none() {
        // Rust and JSON escape alike what patterns are made of.
        return serde_json::from_str(sample).unwrap_or_else(|_| text.into());
    }
    let Some((before, width)) = text.split_once("{n:0") else {
        return text.into();
    };
    let width = width.trim_end_matches('}').parse().unwrap_or(4);
    format!("{before}{:0width$}", 1).into()
}

/// What an absent member becomes, where that is the same every day.
fn default_value(field: &Value) -> Result<Option<String>, Error> {
    let default = field.get_attr("default")?;
    let Some(default) = default.as_str() else {
        return Ok(None);
    };
    Ok(match text(field, "kind")?.as_str() {
        "instant" | "date" if ["now", "today"].contains(&default) => None,
        "int" | "money" | "bool" | "json" => Some(default.to_owned()),
        _ => Some(Json::from(default).to_string()),
    })
}

/// What people should know about a field, in Markdown.
fn remarks(field: &Value, mode: &str) -> Result<String, Error> {
    let mut remarks = Vec::new();
    let kind = text(field, "kind")?;
    let currency = text(field, "currency")?;
    if !currency.is_empty() {
        remarks.push(format!("In minor units of {currency}."));
    }
    if kind == "decimal" {
        let scale = number(field, "scale")?.unwrap_or_default();
        let bound = |name| -> Result<String, Error> {
            let units = number(field, name)?.unwrap_or_default();
            Ok(with_point(units, scale))
        };
        let (low, high) = (bound("min")?, bound("max")?);
        remarks.push(format!(
            "A decimal number with at most {scale} places, from {low} to {high}."
        ));
    }
    if kind == "bytes" {
        let most = number(field, "max")?.unwrap_or_default();
        remarks.push(format!("At most {most} bytes, in base64."));
    }
    let target = field.get_attr("target")?;
    if target.is_true() {
        let owner = if is_set(&target, "foreign")? {
            ", which another service owns"
        } else {
            ""
        };
        let label = text(&target, "label")?;
        remarks.push(format!("The id of a record: {label}{owner}."));
    }
    let pattern = field.get_attr("pattern")?;
    if pattern.is_true() && !is_portable(&text_of(&pattern)?) {
        let pattern = text_of(&pattern)?.replace('`', "");
        remarks.push(format!("As a whole it matches `{pattern}`."));
    }
    if is_set(field, "unique")? {
        remarks.push("No two records share it.".to_owned());
    }
    if is_set(field, "personal")? {
        remarks.push("Personal data.".to_owned());
    }
    let default = field.get_attr("default")?;
    if mode == "input" && ["now", "today"].contains(&default.as_str().unwrap_or_default()) {
        remarks.push("By default the time at which it is created.".to_owned());
    }
    let meaning = field.get_attr("meaning")?;
    if meaning.is_true() {
        remarks.push(format!("Empty: {}", described(&meaning)?));
    }
    Ok(remarks.join(" "))
}

/// Whether a pattern means the same in ECMAScript, which JSON Schema refers to. Groups with flags or names and Unicode classes
/// do not exist there or are written in another way.
fn is_portable(pattern: &str) -> bool {
    let groups = pattern.matches("(?").count() == pattern.matches("(?:").count();
    let odd = [
        "\\p", "\\P", "\\x{", "\\u{", "\\A", "\\z", "&&", "--", "~~", "[:", "\\d", "\\w", "\\s",
        "\\b",
    ];
    groups && !odd.iter().any(|odd| pattern.contains(odd))
}

/// What a decimal number looks like in a string. Its range is more than a pattern can say.
fn decimal_pattern(field: &Value, of_any_size: Option<bool>) -> Result<String, Error> {
    let scale = number(field, "scale")?.unwrap_or_default();
    let bounds = [number(field, "min")?, number(field, "max")?];
    let largest = bounds
        .iter()
        .flatten()
        .map(|bound| bound.unsigned_abs())
        .max();
    let largest = match of_any_size {
        Some(true) => 10_u64.pow(18) - 1,
        _ => largest.unwrap_or_default(),
    };
    let whole = largest / 10_u64.pow(u32::try_from(scale).unwrap_or_default());
    let whole = match whole.to_string().len() - 1 {
        _ if whole == 0 => "0".to_owned(),
        0 => "[0-9]".to_owned(),
        further => format!("(0|[1-9][0-9]{{0,{further}}})"),
    };
    let places = match scale {
        0 => String::new(),
        scale => format!("(\\.[0-9]{{1,{scale}}})?"),
    };
    Ok(Json::from(format!("^-?{whole}{places}$")).to_string())
}

/// The bounds of a decimal number: those of an integer, and those of the text, for which JSON Schema has no words.
fn decimal_bounds(field: &Value) -> Result<String, Error> {
    let scale = number(field, "scale")?.unwrap_or_default();
    let one = 10_i64.pow(u32::try_from(scale).unwrap_or(0));
    let mut bounds = String::new();
    if let Some(low) = number(field, "min")? {
        let whole = -(-low).div_euclid(one);
        let exact = with_point(low, scale);
        bounds.push_str(&format!(
            "\"minimum\": {whole}, \"x-minimum\": \"{exact}\","
        ));
    }
    if let Some(high) = number(field, "max")? {
        let whole = high.div_euclid(one);
        let exact = with_point(high, scale);
        bounds.push_str(&format!(
            "\"maximum\": {whole}, \"x-maximum\": \"{exact}\","
        ));
    }
    Ok(bounds)
}

/// 12500 with three places is `12.500`.
fn with_point(units: i64, scale: i64) -> String {
    let digits = usize::try_from(scale).unwrap_or_default();
    let one = 10_u64.pow(u32::try_from(scale).unwrap_or_default());
    let sign = if units < 0 { "-" } else { "" };
    let (whole, places) = (units.unsigned_abs() / one, units.unsigned_abs() % one);
    match digits {
        0 => format!("{sign}{whole}"),
        digits => format!("{sign}{whole}.{places:0digits$}"),
    }
}
