//! Values for the generated tests.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::columns::scaled;
use super::entities::{Entity, Field};
use crate::notation::FieldKind;

/// Rust expressions of type `serde_json::Value`, as the inside of `json!(…)`. In a unique field `{n}` stands for a number that the test
/// counts up.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Samples {
    /// A valid value. `n` is in scope where the field is unique.
    pub valid: String,
    /// Another valid value.
    pub other: String,
    /// Values that are refused, each with what is wrong, for a test's message.
    pub refused: Vec<Refused>,
}

/// A value that is refused.
#[derive(Debug, Clone, Serialize)]
pub struct Refused {
    /// The value.
    pub value: String,
    /// What is wrong with it.
    pub because: String,
}

/// Fills in the samples of an entity, and says whether any number of records can be made that differ in what is unique.
pub(super) fn fill(entity: &mut Entity, kinds: &BTreeMap<String, &FieldKind>) -> bool {
    let mut counted: BTreeSet<String> = BTreeSet::new();
    let mut varied = true;
    for unique in &entity.uniques {
        let fields = || {
            entity
                .fields
                .iter()
                .filter(|field| unique.fields.contains(&field.name))
        };
        // A fresh record to refer to makes the difference, and so does a reference left empty.
        if fields().any(|field| field.target.as_ref().is_some_and(|target| !target.foreign)) {
            continue;
        }
        match fields().find(|field| countable(field)) {
            Some(field) => {
                counted.insert(field.name.clone());
            }
            None => varied = false,
        }
    }
    for field in &mut entity.fields {
        field.counted = counted.contains(&field.name);
        let name = field
            .name
            .strip_suffix("_id")
            .filter(|_| field.target.is_some())
            .unwrap_or(&field.name);
        if let Some(kind) = kinds.get(name).or_else(|| kinds.get(&field.name)) {
            field.samples = samples(&field.name, kind, field.counted);
        }
        if let Some(target) = field.target.as_ref().filter(|target| target.foreign) {
            field.samples.valid = foreign_id(&field.name, target.text_id, field.counted);
        }
    }
    varied
}

/// What needs a record of which there can be no second one, cannot be made twice either.
pub(super) fn spread(own: &mut [Entity]) {
    loop {
        let single: BTreeSet<String> = own
            .iter()
            .filter(|entity| !entity.varied)
            .map(|entity| entity.type_name.clone())
            .collect();
        let needs_single = |entity: &Entity| {
            entity.fields.iter().any(|field| {
                let target = field.target.as_ref().filter(|_| !field.optional);
                target.is_some_and(|target| single.contains(&target.type_name))
            })
        };
        let mut changed = false;
        for entity in own.iter_mut() {
            if entity.varied && needs_single(entity) {
                entity.varied = false;
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

/// The default as the service answers it, where it is the same at any time.
pub(super) fn default_in_json(field: &Field) -> Option<String> {
    let default = field.default.as_deref()?;
    Some(match field.kind {
        "bool" | "int" | "money" => default.to_owned(),
        "decimal" => {
            let scale = field.scale.unwrap_or_default();
            quoted(&decimal(scaled(default, scale), scale))
        }
        "json" => format!("json!({default})"),
        "instant" if default == "now" => return None,
        "date" if default == "today" => return None,
        "instant" => {
            let moment: jiff::Timestamp = default.parse().ok()?;
            quoted(&format!("{moment:.6}"))
        }
        _ => quoted(default),
    })
}

/// Whether there are enough values to count through.
fn countable(field: &Field) -> bool {
    match field.kind {
        "string" if field.pattern.is_some() => counted_pattern(field).is_some(),
        "string" | "text" => field.max.is_none_or(|max| max >= 4),
        "int" | "money" => field
            .max
            .is_none_or(|max| max >= field.min.unwrap_or(1).saturating_add(2_000)),
        "email" | "url" | "uuid" | "date" => true,
        // Nobody here knows whether the record of another service exists, so any id will do.
        "reference" => field.target.as_ref().is_some_and(|target| target.foreign),
        _ => false,
    }
}

/// An id of a record of another service.
fn foreign_id(name: &str, text_id: bool, counted: bool) -> String {
    match (text_id, counted) {
        (true, true) => format!("format!(\"{name}-{{n}}\")"),
        (true, false) => format!("\"{name}-1\""),
        (false, true) => "format!(\"0198c1f0-0000-7000-8000-{n:012}\")".to_owned(),
        (false, false) => "NOBODY".to_owned(),
    }
}

/// Two ways to count through texts that the field's pattern matches.
fn counted_pattern(field: &Field) -> Option<(String, String)> {
    let bound = |bound: Option<i64>| u32::try_from(bound?).ok();
    count_within(
        field.pattern.as_ref()?.as_str(),
        bound(field.min)?,
        bound(field.max)?,
    )
}

/// The text that everything a pattern matches begins with, as far as letters, digits and `-` go.
fn literal_prefix(pattern: &str) -> String {
    pattern
        .trim_start_matches('^')
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect()
}

/// Two format strings around a counter `n`, as expressions, whose texts a pattern matches as a whole.
fn count_within(pattern: &str, min: u32, max: u32) -> Option<(String, String)> {
    let regex = regex::Regex::new(&format!("^(?:{pattern})$")).ok()?;
    let width = (min as usize).max(4);
    let fits = |prefix: &String| {
        [1, 9, 10, 99, 100, 999, 1000, 2999]
            .into_iter()
            .all(|n: u32| {
                let text = format!("{prefix}{n:0width$}");
                text.chars().count() <= max as usize && regex.is_match(&text)
            })
    };
    let literal = literal_prefix(pattern.trim_start_matches("^(?:"));
    let starts = [
        "", "A", "B", "a", "b", "A-", "B-", "AA", "AB", "AAA", "AAB", "1", "2",
    ];
    let starts = ["", literal.as_str()]
        .into_iter()
        .flat_map(|literal| starts.map(|start| format!("{literal}{start}")));
    let mut fitting = starts.filter(|prefix| !prefix.is_empty()).filter(fits);
    let expression = |prefix: String| format!("format!(\"{prefix}{{n:0{width}}}\")");
    Some((expression(fitting.next()?), expression(fitting.next()?)))
}

/// Chooses samples for a field.
fn samples(name: &str, kind: &FieldKind, unique: bool) -> Samples {
    let refused = |value: &str, because: &str| Refused {
        value: value.to_owned(),
        because: because.to_owned(),
    };
    match kind {
        FieldKind::String {
            min,
            max,
            pattern: None,
        }
        | FieldKind::Text { min, max, .. } => {
            let text = text_samples(name, *min, *max, unique);
            let mut bad = vec![refused("7", "a number")];
            if *max < 10_000 {
                bad.push(refused(&format!("\"x\".repeat({})", max + 1), "too long"));
            }
            if *min > 0 {
                bad.push(refused(&format!("\"x\".repeat({})", min - 1), "too short"));
            }
            Samples {
                valid: text.0,
                other: text.1,
                refused: bad,
            }
        }
        FieldKind::String {
            min,
            max,
            pattern: Some(pattern),
        } => {
            if unique && let Some((valid, other)) = count_within(pattern, *min, *max) {
                return Samples {
                    valid,
                    other,
                    refused: vec![refused("7", "a number")],
                };
            }
            let valid = pattern_sample(pattern, *min, *max).unwrap_or_default();
            Samples {
                valid: quoted(&valid),
                other: quoted(&valid),
                refused: vec![refused("7", "a number")],
            }
        }
        FieldKind::Int { min, max } => numbers(*min, *max, i64::from(i32::MAX), unique, &refused),
        FieldKind::Money { min, max, .. } => {
            numbers(*min, *max, 1_000_000_000_000, unique, &refused)
        }
        FieldKind::Decimal {
            digits,
            scale,
            min,
            max,
        } => {
            let limit = 10_i64.pow(u32::from(*digits)) - 1;
            let (low, high) = (min.unwrap_or(-limit), max.unwrap_or(limit).min(limit));
            // Zeros on either side of the point's digits, where a formatter would lose them.
            let middle = 1050.clamp(low, high);
            let other = if middle < high {
                middle + 1
            } else {
                middle - 1
            }
            .clamp(low, high);
            let mut bad = vec![refused("\"1,5\"", "a comma"), refused("true", "a flag")];
            if let Some(max) = max {
                bad.push(refused(&quoted(&decimal(max + 1, *scale)), "too large"));
            }
            if let Some(min) = min {
                bad.push(refused(&quoted(&decimal(min - 1, *scale)), "too small"));
            }
            Samples {
                valid: quoted(&decimal(middle, *scale)),
                other: quoted(&decimal(other, *scale)),
                refused: bad,
            }
        }
        FieldKind::Bool => fixed("true", "false", vec![refused("\"yes\"", "a word")]),
        FieldKind::Instant => fixed(
            "\"2026-01-02T03:04:05.000000Z\"",
            "\"2027-01-02T03:04:05.000000Z\"",
            vec![refused("\"2026-01-02T03:04:05\"", "a time without zone")],
        ),
        FieldKind::Date if unique => Samples {
            valid: "format!(\"{}-01-02\", 2000 + n)".to_owned(),
            other: "format!(\"{}-03-04\", 2000 + n)".to_owned(),
            refused: vec![refused("\"2026-02-30\"", "no such day")],
        },
        FieldKind::Uuid if unique => Samples {
            valid: "format!(\"0198c1f0-0000-7000-8000-{n:012}\")".to_owned(),
            other: "format!(\"0198c1f0-0000-7000-9000-{n:012}\")".to_owned(),
            refused: vec![refused("\"not-a-uuid\"", "no UUID")],
        },
        FieldKind::Date => fixed(
            "\"2026-01-02\"",
            "\"2027-01-02\"",
            vec![refused("\"2026-02-30\"", "no such day")],
        ),
        FieldKind::Uuid => fixed(
            "\"0198c1f0-0000-7000-8000-000000000001\"",
            "\"0198c1f0-0000-7000-8000-000000000002\"",
            vec![refused("\"not-a-uuid\"", "no UUID")],
        ),
        FieldKind::Email if unique => Samples {
            valid: "format!(\"ada{n}@example.org\")".to_owned(),
            other: "format!(\"grace{n}@example.org\")".to_owned(),
            refused: vec![refused("\"nobody\"", "no address")],
        },
        FieldKind::Email => fixed(
            "\"ada@example.org\"",
            "\"grace@example.org\"",
            vec![refused("\"nobody\"", "no address")],
        ),
        FieldKind::Url if unique => Samples {
            valid: "format!(\"https://example.org/{n}\")".to_owned(),
            other: "format!(\"https://example.org/other/{n}\")".to_owned(),
            refused: vec![refused("\"javascript:alert(1)\"", "no web address")],
        },
        FieldKind::Url => fixed(
            "\"https://example.org/a\"",
            "\"https://example.org/b\"",
            vec![refused("\"javascript:alert(1)\"", "no web address")],
        ),
        FieldKind::Json => fixed("{\"size\": 1}", "[1, 2]", Vec::new()),
        FieldKind::Bytes { .. } => fixed(
            "\"AQID\"",
            "\"BAUG\"",
            vec![refused("\"***\"", "no base64")],
        ),
        FieldKind::Enum { values } => {
            let other = values.get(1).unwrap_or(&values[0]);
            Samples {
                valid: quoted(&values[0]),
                other: quoted(other),
                refused: vec![refused("\"no such word\"", "an unknown word")],
            }
        }
        FieldKind::One { .. } | FieldKind::Many { .. } => Samples::default(),
    }
}

fn fixed(valid: &str, other: &str, refused: Vec<Refused>) -> Samples {
    Samples {
        valid: valid.to_owned(),
        other: other.to_owned(),
        refused,
    }
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// A decimal with `scale` digits behind the point.
fn decimal(scaled: i64, scale: u8) -> String {
    let factor = 10_u64.pow(u32::from(scale));
    let sign = if scaled < 0 { "-" } else { "" };
    let (whole, part) = (
        scaled.unsigned_abs() / factor,
        scaled.unsigned_abs() % factor,
    );
    if scale == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{part:0width$}", width = usize::from(scale))
    }
}

fn numbers(
    min: Option<i64>,
    max: Option<i64>,
    unbounded: i64,
    unique: bool,
    refused: &dyn Fn(&str, &str) -> Refused,
) -> Samples {
    let (low, high) = (
        min.unwrap_or(0),
        max.unwrap_or(unbounded).max(min.unwrap_or(i64::MIN)),
    );
    let valid = 3.clamp(low.min(high), high);
    let other = if valid < high {
        valid + 1
    } else {
        (valid - 1).max(min.unwrap_or(i64::MIN))
    };
    let mut bad = vec![refused("\"three\"", "a word"), refused("1.5", "a fraction")];
    bad.extend(
        max.and_then(|max| max.checked_add(1))
            .map(|above| refused(&literal(above), "too large")),
    );
    bad.extend(
        min.and_then(|min| min.checked_sub(1))
            .map(|below| refused(&literal(below), "too small")),
    );
    if unique {
        let base = low.max(1);
        // The counter has 32 bits; what starts far from zero needs more.
        let n = if i32::try_from(base).is_ok() {
            "n"
        } else {
            "i64::from(n)"
        };
        return Samples {
            valid: format!("{base} + {n}"),
            other: format!("{base} + 500 + {n}"),
            refused: bad,
        };
    }
    Samples {
        valid: literal(valid),
        other: literal(other),
        refused: bad,
    }
}

/// A number that Rust takes for 64 bits where it needs more than 32.
fn literal(number: i64) -> String {
    if i32::try_from(number).is_ok() {
        number.to_string()
    } else {
        format!("{number}_i64")
    }
}

/// Two texts within the bounds; unique ones count up.
fn text_samples(name: &str, min: u32, max: u32, unique: bool) -> (String, String) {
    let (min, max) = (min as usize, max as usize);
    if unique {
        // A counter of four digits needs its room; the rest is filled from the left.
        let width = min.max(4).min(max.max(1));
        return (
            format!("format!(\"{{n:a>{width}}}\")"),
            format!("format!(\"{{n:b>{width}}}\")"),
        );
    }
    let fit = |word: &str| -> String {
        let mut text: String = word.chars().take(max).collect();
        while text.chars().count() < min {
            text.push('x');
        }
        text
    };
    let plain = name.replace('_', " ");
    (
        quoted(&fit(&plain)),
        quoted(&fit(&format!(
            "{} {plain}",
            if max > 20 { "another" } else { "b" }
        ))),
    )
}

/// The shortest text that a pattern matches, filled to the bounds where the pattern allows it.
fn pattern_sample(pattern: &str, min: u32, max: u32) -> Option<String> {
    use regex_syntax::hir::{Class, Hir, HirKind};
    fn walk(hir: &Hir, extra: u32, out: &mut String) {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
            HirKind::Class(Class::Unicode(class)) => {
                let plain = |c: &char| c.is_ascii_alphanumeric();
                let ranges = || class.ranges().iter();
                let letter = ranges()
                    .flat_map(|range| range.start()..=range.end())
                    .take(100_000)
                    .find(plain);
                out.extend(letter.or_else(|| ranges().next().map(|range| range.start())));
            }
            HirKind::Class(Class::Bytes(class)) => out.extend(
                class
                    .ranges()
                    .first()
                    .map(|range| char::from(range.start())),
            ),
            HirKind::Repetition(repetition) => {
                let most = repetition.max.unwrap_or(u32::MAX);
                for _ in 0..(repetition.min.saturating_add(extra)).min(most) {
                    walk(&repetition.sub, 0, out);
                }
            }
            HirKind::Capture(capture) => walk(&capture.sub, extra, out),
            HirKind::Concat(parts) => parts.iter().for_each(|part| walk(part, extra, out)),
            HirKind::Alternation(parts) => {
                parts.iter().take(1).for_each(|part| walk(part, extra, out))
            }
        }
    }
    let hir = regex_syntax::parse(pattern).ok()?;
    (0..=min).find_map(|extra| {
        let mut out = String::new();
        walk(&hir, extra, &mut out);
        (min as usize..=max as usize)
            .contains(&out.chars().count())
            .then_some(out)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_counted_through() {
        let check = |pattern: &str, max, expect: Option<(&str, &str)>| {
            let found = count_within(pattern, 1, max);
            let expect = expect.map(|(a, b)| (a.to_owned(), b.to_owned()));
            assert_eq!(found, expect, "{pattern}");
        };
        let counted = Some(("format!(\"A{n:04}\")", "format!(\"B{n:04}\")"));
        check("[A-Z0-9-]+", 40, counted);
        let numbered = Some(("format!(\"T-{n:04}\")", "format!(\"T-1{n:04}\")"));
        check("T-[0-9]+", 20, numbered);
        check("^(?:T-[0-9]+)$", 20, numbered);
        check("T-[0-9]+", 5, None);
        check("red|green", 5, None);
    }
}
