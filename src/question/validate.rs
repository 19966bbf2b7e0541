//! Reads answers as text: the one validator of the prompts, of `--set` and of `kickoff.toml`.
//!
//! Messages are phrases for a person: what is wrong, then what to write.

mod duration;
mod list;
mod name;
#[cfg(test)]
mod tests;
mod words;

pub(super) use duration::in_words as duration_in_words;
pub use duration::parse_duration_ms;
pub use name::validate_name;

use super::Kind;
use crate::answers::{Item, Value};
use crate::notation::FieldAnswer;

/// Longest name of an owner, in characters.
const LONGEST_OWNER: usize = 100;

/// Reads an answer as text of its kind, and brings it into canonical form: blanks around it removed, choices in their own
/// spelling, durations and percentages without ornament. Several choices, texts or names are separated by commas; one that
/// contains a comma stands in double quotes. Fields stand one a line, `name: notation`.
///
/// # Errors
/// Says what is wrong and what to write. No text at all is an error except for lists, which are then empty.
pub fn validate_value(kind: &Kind, text: &str) -> Result<Value, String> {
    let text = text.trim();
    match *kind {
        Kind::Choice { choices } => words::choice(choices, text).map(Value::Text),
        Kind::Choices { choices } => words::choices(choices, text).map(Value::List),
        Kind::Flag => words::flag(text).map(Value::Flag),
        Kind::Text { max } => one_line(text, max).map(Value::Text),
        Kind::Texts { max } => texts(text, max).map(Value::List),
        Kind::Number { min, max, unit } => number(text, min, max, unit).map(Value::Number),
        Kind::Duration { min_ms, max_ms } => {
            duration::validate_duration(text, min_ms, max_ms).map(Value::Text)
        }
        Kind::Percent => percent(text).map(Value::Text),
        Kind::Date => date(text).map(Value::Text),
        Kind::Owner => owner(text).map(Value::Text),
        Kind::Fields => fields(text).map(Value::Fields),
        Kind::Items { schema } => names(schema.name, text).map(Value::Items),
    }
}

/// The text that [`validate_value`] reads back. Of items it holds the names only, and of fields not what empty means: both have
/// their full form in `kickoff.toml`.
pub fn canonical_text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::List(items) => list::join(items.iter().map(String::as_str)),
        Value::Number(number) => number.to_string(),
        Value::Flag(true) => "yes".to_owned(),
        Value::Flag(false) => "no".to_owned(),
        Value::Fields(fields) => fields
            .iter()
            .map(|field| format!("{}: {}", field.name, field.spec))
            .collect::<Vec<_>>()
            .join("\n"),
        Value::Items(items) => list::join(items.iter().map(|item| item.name.as_str())),
    }
}

/// Text on one line, of at most `max` characters.
fn one_line(text: &str, max: usize) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("there is nothing here: write one line, or decide later".to_owned());
    }
    if text.contains(['\n', '\r']) {
        return Err("this runs over several lines: write it on one".to_owned());
    }
    if let Some(control) = text.chars().find(|character| character.is_control()) {
        return Err(format!(
            "this contains the control character U+{:04X}: leave it out",
            u32::from(control)
        ));
    }
    let length = text.chars().count();
    if length > max {
        return Err(format!("this has {length} characters: write at most {max}"));
    }
    Ok(text.to_owned())
}

fn texts(text: &str, max: usize) -> Result<Vec<String>, String> {
    let mut texts = Vec::new();
    for item in list::split(text)? {
        let item = one_line(&item, max)?;
        if !texts.contains(&item) {
            texts.push(item);
        }
    }
    Ok(texts)
}

fn names(rule: super::NameRule, text: &str) -> Result<Vec<Item>, String> {
    let mut items: Vec<Item> = Vec::new();
    for name in list::split(text)? {
        let name = validate_name(rule, &name)?;
        if items.iter().any(|item| item.name == name) {
            return Err(format!("`{name}` is named twice: leave one of them out"));
        }
        items.push(Item {
            name,
            ..Item::default()
        });
    }
    Ok(items)
}

fn number(text: &str, min: u64, max: u64, unit: &str) -> Result<u64, String> {
    let wrong =
        || format!("`{text}` is not a whole number: write digits only, for example `{min}`");
    let digits = text.replace('_', "");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    match digits.parse::<u64>() {
        Ok(number) if number < min => Err(format!(
            "{number} is too small: write at least {min} ({unit})"
        )),
        Ok(number) if number <= max => Ok(number),
        _ => Err(format!(
            "{digits} is too large: write at most {max} ({unit})"
        )),
    }
}

fn percent(text: &str) -> Result<String, String> {
    let figure = text.strip_suffix('%').unwrap_or(text).trim_end();
    let (whole, decimals) = figure.split_once('.').unwrap_or((figure, "0"));
    let all_digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(decimals) {
        return Err(format!(
            "`{text}` is not a percentage: write a figure below 100, for example `99.9`"
        ));
    }
    let whole = whole.trim_start_matches('0');
    let decimals = decimals.trim_end_matches('0');
    if whole.len() > 2 {
        return Err(format!(
            "{text} cannot be promised: write a figure below 100, for example `99.9`"
        ));
    }
    if decimals.len() > 4 {
        return Err(format!(
            "`{text}` is too exact: write at most four decimals"
        ));
    }
    match (whole, decimals) {
        ("", "") => Err("0 promises nothing: write a figure above it, for example `99`".to_owned()),
        (whole, "") => Ok(whole.to_owned()),
        ("", decimals) => Ok(format!("0.{decimals}")),
        (whole, decimals) => Ok(format!("{whole}.{decimals}")),
    }
}

fn date(text: &str) -> Result<String, String> {
    match text.parse::<jiff::civil::Date>() {
        Ok(date) if date.to_string() == text && date.year() > 0 => Ok(text.to_owned()),
        _ => Err(format!(
            "`{text}` is not a date of the calendar: write year, month and day like `2026-11-25`"
        )),
    }
}

fn owner(text: &str) -> Result<String, String> {
    let owner = one_line(text, LONGEST_OWNER)?;
    if let Some(handle) = owner.strip_prefix('@') {
        let well_formed = |part: &str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|character| character.is_ascii_alphanumeric() || "-_.".contains(character))
        };
        if handle.split('/').count() > 2 || !handle.split('/').all(well_formed) {
            return Err(format!(
                "`{owner}` is not a handle: write `@name`, `@organisation/team`, \
                 or a name without `@`"
            ));
        }
    }
    Ok(owner)
}

fn fields(text: &str) -> Result<Vec<FieldAnswer>, String> {
    let mut fields: Vec<FieldAnswer> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let Some((name, spec)) = line.split_once(':') else {
            return Err(format!(
                "`{line}` is not a field: write `name: type`, \
                 for example `number: string(32) unique`"
            ));
        };
        let name = one_line(name, 60)?;
        let spec = one_line(spec, 1000)?;
        if fields.iter().any(|field| field.name == name) {
            return Err(format!("the field `{name}` is there twice: leave one out"));
        }
        fields.push(FieldAnswer {
            name,
            spec,
            empty_means: None,
        });
    }
    Ok(fields)
}
