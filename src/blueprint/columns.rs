//! What a field is in Rust, in SQL and in the rules of the request body.

use serde::Serialize;

use super::engine::{Dialect, Engine};
use super::entities::{Field, Target};

/// A field as generated code spells it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Spelling {
    /// The Rust type, `Option` left out.
    pub rust_type: String,
    /// The Rust type with `Option` where the field may be empty.
    pub rust_full: String,
    /// Attributes of the field in the input type, one a line.
    pub attributes: Vec<String>,
    /// The column's type.
    pub sql_type: &'static str,
    /// What the database checks, if anything.
    pub sql_check: Option<String>,
    /// A function that gives the default, where an attribute cannot.
    pub default_fn: Option<DefaultFunction>,
    /// The constant of a pattern.
    pub pattern_const: Option<String>,
    /// Copied rather than borrowed when bound to a statement.
    pub by_value: bool,
    /// Some rule lives in `validate`.
    pub checked: bool,
}

/// A function that gives a field's default.
#[derive(Debug, Clone, Serialize)]
pub struct DefaultFunction {
    /// Its name.
    pub name: String,
    /// Its return type.
    pub returns: String,
    /// Its body.
    pub body: String,
}

/// Spells a field.
pub(super) fn spell(field: &Field) -> Spelling {
    let bare = rust_type(field);
    let rust_type = if field.personal {
        format!("Personal<{bare}>")
    } else {
        bare
    };
    let rust_full = if field.optional {
        format!("Option<{rust_type}>")
    } else {
        rust_type.clone()
    };
    let mut attributes = Vec::new();
    let default_fn = default(field, &rust_full, &mut attributes);
    if matches!(field.kind, "int" | "money") {
        if field.optional && field.default.is_none() {
            attributes.push("#[serde(default)]".to_owned());
        }
        let which = if field.optional {
            "optional"
        } else {
            "required"
        };
        attributes.push(format!("#[serde(deserialize_with = \"integer::{which}\")]"));
    }
    if field.kind == "json" && !field.optional {
        attributes.push("#[serde(deserialize_with = \"validate::present\")]".to_owned());
    }
    let pattern_const = field
        .pattern
        .as_ref()
        .map(|_| format!("{}_PATTERN", field.name.to_uppercase()));
    let rules = rules(field);
    let checked = rules.contains("validate::");
    attributes.push(format!("#[garde({rules})]"));
    if let Some(name) = &pattern_const {
        attributes.push(format!("#[garde(custom(validate::pattern(&{name})))]"));
    }
    let text_id = field.target.as_ref().is_some_and(|target| target.text_id);
    let owned = text_id
        || matches!(
            field.kind,
            "string" | "text" | "email" | "url" | "json" | "bytes"
        );
    Spelling {
        by_value: !owned && !field.personal,
        sql_type: "",
        sql_check: None,
        rust_type,
        rust_full,
        attributes,
        default_fn,
        pattern_const,
        checked,
    }
}

fn rust_type(field: &Field) -> String {
    match field.kind {
        "int" | "money" => "i64".to_owned(),
        "decimal" => format!("Decimal<{}>", field.scale.unwrap_or_default()),
        "bool" => "bool".to_owned(),
        "instant" => "Timestamp".to_owned(),
        "date" => "Date".to_owned(),
        "uuid" => "Uuid".to_owned(),
        "json" => "Value".to_owned(),
        "bytes" => "Bytes".to_owned(),
        "enum" => field.enum_type.clone().unwrap_or_default(),
        "reference" => match &field.target {
            Some(Target { text_id: true, .. }) | None => "String".to_owned(),
            Some(target) => format!("Id<{}>", target.type_name),
        },
        _ => "String".to_owned(),
    }
}

/// The rules of the request body, as `garde` reads them.
fn rules(field: &Field) -> String {
    match field.kind {
        "string" | "text" => {
            let bounds = match (field.min.unwrap_or(0), field.max.unwrap_or(0)) {
                (0, max) => format!("max = {}", grouped(max)),
                (min, max) => format!("min = {}, max = {}", grouped(min), grouped(max)),
            };
            format!("length(chars, {bounds}), custom(validate::text)")
        }
        "email" => "custom(validate::email)".to_owned(),
        "url" => "custom(validate::url)".to_owned(),
        "json" => "custom(validate::text)".to_owned(),
        "bytes" => format!("length(bytes, max = {})", grouped(field.max.unwrap_or(0))),
        "int" | "money" => match (field.min, field.max) {
            (None, None) => "skip".to_owned(),
            (Some(min), None) => format!("range(min = {})", grouped(min)),
            (None, Some(max)) => format!("range(max = {})", grouped(max)),
            (Some(min), Some(max)) => {
                format!("range(min = {}, max = {})", grouped(min), grouped(max))
            }
        },
        "decimal" => {
            let bound =
                |value: Option<i64>| format!("Decimal::new({})", grouped(value.unwrap_or(0)));
            format!(
                "range(min = {}, max = {})",
                bound(field.min),
                bound(field.max)
            )
        }
        "reference" if field.target.as_ref().is_some_and(|target| target.text_id) => {
            "length(chars, min = 1, max = 255), custom(validate::text)".to_owned()
        }
        _ => "skip".to_owned(),
    }
}

/// The default, as an attribute or as a function that the attribute names.
fn default(
    field: &Field,
    rust_full: &str,
    attributes: &mut Vec<String>,
) -> Option<DefaultFunction> {
    let default = field.default.as_deref()?;
    let natural = match field.kind {
        "bool" => default == "false",
        "enum" => true,
        "int" | "money" => default == "0",
        _ => false,
    };
    if natural && !field.optional && !field.personal {
        attributes.push("#[serde(default)]".to_owned());
        return None;
    }
    let value = match field.kind {
        "bool" => default.to_owned(),
        "int" | "money" => grouped(default.parse().unwrap_or_default()),
        "decimal" => format!(
            "Decimal::new({})",
            grouped(scaled(default, field.scale.unwrap_or_default()))
        ),
        "enum" => format!(
            "{}::default()",
            field.enum_type.as_deref().unwrap_or_default()
        ),
        "instant" if default == "now" => "Timestamp::now()".to_owned(),
        "instant" => moment(default),
        "date" if default == "today" => "Date::today()".to_owned(),
        "date" => day(default),
        "json" if default == "[]" => "Value::Array(Vec::new())".to_owned(),
        "json" => "Value::Object(Map::new())".to_owned(),
        _ => format!("{default:?}.to_owned()"),
    };
    let value = if field.personal {
        format!("Personal({value})")
    } else {
        value
    };
    let body = if field.optional {
        format!("Some({value})")
    } else {
        value
    };
    let name = format!("default_{}", field.name);
    attributes.push(format!("#[serde(default = \"{name}\")]"));
    Some(DefaultFunction {
        name,
        returns: rust_full.to_owned(),
        body,
    })
}

/// A day of the calendar, whose text the notation has checked.
fn day(text: &str) -> String {
    let date: jiff::civil::Date = text.parse().unwrap_or_default();
    format!(
        "Date::new({}, {}, {})",
        date.year(),
        date.month(),
        date.day()
    )
}

/// A moment, whose text the notation has checked.
fn moment(text: &str) -> String {
    let moment: jiff::Timestamp = text.parse().unwrap_or_default();
    let seconds = grouped(moment.as_second());
    format!(
        "Timestamp::new({seconds}, {})",
        grouped(moment.subsec_nanosecond().into())
    )
}

/// `12.50` with scale 2 is 1250.
pub(super) fn scaled(text: &str, scale: u8) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{part:0<width$}", width = usize::from(scale));
    digits.parse().unwrap_or_default()
}

/// A number with `_` between groups of three digits, as clippy wants long literals.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digits.len() > 4 {
            out.push('_');
        }
        out.push(digit);
    }
    if number < 0 { format!("-{out}") } else { out }
}

/// Says how an engine keeps a field.
pub(super) fn keep_in(engine: Engine, field: &mut Field) {
    field.spelling.sql_type = sql_type(&engine.dialect(), field);
    field.spelling.sql_check = sql_check(engine, field);
}

fn sql_type(sql: &Dialect, field: &Field) -> &'static str {
    match field.kind {
        "int" | "money" | "decimal" => sql.integer,
        "bool" => sql.boolean,
        "uuid" => sql.uuid,
        "bytes" => sql.bytes,
        "instant" => sql.instant,
        "date" => sql.date,
        "json" => sql.json,
        "reference" if !field.target.as_ref().is_some_and(|target| target.text_id) => sql.uuid,
        _ => sql.text,
    }
}

fn sql_check(engine: Engine, field: &Field) -> Option<String> {
    let column = &field.column;
    let between = |what: &str, min: Option<i64>, max: Option<i64>| match (min, max) {
        (None, None) => None,
        (Some(min), None) => Some(format!("{what} >= {min}")),
        (None, Some(max)) => Some(format!("{what} <= {max}")),
        (Some(min), Some(max)) => Some(format!("{what} BETWEEN {min} AND {max}")),
    };
    match field.kind {
        "string" | "text" => between(
            &format!("length({column})"),
            field.min.filter(|min| *min > 0),
            field.max,
        ),
        "int" | "money" | "decimal" => between(column, field.min, field.max),
        "bytes" => between(&format!("length({column})"), None, field.max),
        "bool" if engine == Engine::Sqlite => Some(format!("{column} IN (0, 1)")),
        "enum" => {
            let words: Vec<_> = field
                .values
                .iter()
                .map(|value| format!("'{}'", value.word.replace('\'', "''")))
                .collect();
            Some(format!("{column} IN ({})", words.join(", ")))
        }
        _ => None,
    }
}
