//! From a column to the notation of a field.

use crate::notation::parse_field;
use crate::proposal::schema::{Column, Schema, Table};

/// Longest `string`, in characters.
const LONGEST_STRING: u32 = 4_000;

/// The notation, and what was read as something else; or why there is none. `to` is the entity that the column refers to.
pub(super) fn spec(
    field: &str,
    column: &Column,
    table: &Table,
    to: Option<&str>,
    schema: &Schema,
) -> Result<(String, Option<String>), String> {
    let alone = [column.name.clone()];
    let is_unique = table.key == alone || table.uniques.iter().any(|columns| *columns == alone);
    let (mut spec, mut remark) = match to {
        Some(entity) => (format!("-> {entity}"), None),
        None => kind(column, is_unique, schema)?,
    };
    // Behind the type and before its bounds.
    if !column.required {
        spec = match spec.split_once(" >= ") {
            Some((kind, bound)) => format!("{kind}? >= {bound}"),
            None => format!("{spec}?"),
        };
    }
    if is_unique {
        spec.push_str(" unique");
    }
    let on_delete = column.reference.as_ref().filter(|_| to.is_some());
    match on_delete.map(|reference| reference.on_delete.as_str()) {
        Some("CASCADE") => spec.push_str(" on delete cascade"),
        Some("SET NULL") if !column.required => spec.push_str(" on delete clear"),
        _ => {}
    }
    if let Err(error) = parse_field(&format!("{field}: {spec}")) {
        return Err(error.message);
    }
    if let Some(default) = column
        .default
        .as_deref()
        .filter(|default| !default.eq_ignore_ascii_case("NULL"))
    {
        match with_default(field, &spec, default) {
            Some(with) => spec = with,
            None if remark.is_none() => {
                remark = Some(format!(
                    "the default of `{}`, `{default}`, is left out",
                    column.name
                ));
            }
            None => {}
        }
    }
    Ok((spec, remark))
}

/// The type alone.
fn kind(
    column: &Column,
    is_unique: bool,
    schema: &Schema,
) -> Result<(String, Option<String>), String> {
    let name = &column.name;
    let words = column
        .words
        .as_ref()
        .or_else(|| schema.enums.get(&last(&column.kind).to_lowercase()));
    if let Some(words) = words {
        let listed = words.join(" | ");
        if parse_field(&format!("x: {listed}")).is_ok() {
            return Ok((listed, None));
        }
    }
    let (base, arguments) = split(&column.kind);
    let plain = |spec: &str| Ok((spec.to_owned(), None));
    match base.as_str() {
        _ if column.kind.ends_with("[]") || base == "ARRAY" => {
            Err("it is a list there: an entity of its own, or `json`?".to_owned())
        }
        "TINYINT" if column.kind == "TINYINT(1)" => plain("bool"),
        "SMALLINT" | "INT" | "INTEGER" | "BIGINT" | "INT2" | "INT4" | "INT8" | "TINYINT"
        | "MEDIUMINT" | "SERIAL" | "BIGSERIAL" | "SMALLSERIAL" => plain("int"),
        base if base.ends_with(" UNSIGNED") => plain("int >= 0"),
        "BOOL" | "BOOLEAN" => plain("bool"),
        "DATE" => plain("date"),
        "UUID" => plain("uuid"),
        "JSON" | "JSONB" => plain("json"),
        "BYTEA" | "BLOB" | "TINYBLOB" | "MEDIUMBLOB" | "LONGBLOB" | "VARBINARY" | "BINARY" => {
            plain("bytes")
        }
        "TIMESTAMPTZ" | "TIMESTAMP WITH TIME ZONE" => plain("instant"),
        "TIMESTAMP" | "DATETIME" | "TIMESTAMP WITHOUT TIME ZONE" => Ok((
            "instant".to_owned(),
            Some(format!(
                "`{name}` is a moment without a time zone there; here it is in UTC"
            )),
        )),
        "VARCHAR" | "CHARACTER VARYING" | "CHAR" | "CHARACTER" | "NVARCHAR" | "CHAR VARYING"
        | "BPCHAR"
            if !arguments.is_empty() =>
        {
            let length: u32 = arguments[0].parse().unwrap_or(u32::MAX);
            plain(&match length {
                0..=LONGEST_STRING => format!("string({length})"),
                _ => format!("text({length})"),
            })
        }
        "TEXT" | "CITEXT" | "VARCHAR" | "CHARACTER VARYING" | "NVARCHAR" | "TINYTEXT"
        | "MEDIUMTEXT" | "LONGTEXT" | "CLOB" => Ok(match is_unique {
            true => (
                "string".to_owned(),
                Some(format!(
                    "`{name}` has no limit there; `string` is at most 255 characters"
                )),
            ),
            false => ("text".to_owned(), None),
        }),
        "NUMERIC" | "DECIMAL" | "DEC" => match &arguments[..] {
            [digits, scale] => plain(&format!("decimal({digits}, {scale})")),
            [digits] => plain(&format!("decimal({digits}, 0)")),
            _ => Err(format!(
                "`{}` does not say how many digits: `decimal(12, 2)`, or `money(EUR)`?",
                column.kind
            )),
        },
        "MONEY" => Err("the currency does not stand there: `money(EUR)`?".to_owned()),
        "REAL" | "FLOAT" | "FLOAT4" | "FLOAT8" | "DOUBLE" | "DOUBLE PRECISION" => Err(format!(
            "`{}` is not exact: `decimal(12, 2)`, or an `int` in a smaller unit?",
            column.kind
        )),
        "" => Err("it has no type there".to_owned()),
        _ => Err(format!("there is no notation for `{}`", column.kind)),
    }
}

/// `VARCHAR` and `32` of `VARCHAR(32)`.
fn split(kind: &str) -> (String, Vec<String>) {
    match kind.split_once('(') {
        None => (kind.to_owned(), Vec::new()),
        Some((base, rest)) => {
            let (inside, behind) = rest.split_once(')').unwrap_or((rest, ""));
            let arguments = inside.split(',').map(|one| one.trim().to_owned()).collect();
            (format!("{}{}", base.trim(), behind.trim_end()), arguments)
        }
    }
}

/// The name of a type without its schema and quotes.
fn last(kind: &str) -> &str {
    kind.rsplit('.').next().unwrap_or(kind).trim_matches('"')
}

/// The notation with a default, where it has one for what stands there.
fn with_default(field: &str, spec: &str, default: &str) -> Option<String> {
    let bare = default.split("::").next().unwrap_or(default).trim();
    let bare = bare
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .unwrap_or(bare);
    let quoted = bare
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''));
    let written = match (quoted.unwrap_or(bare).to_lowercase().as_str(), quoted) {
        ("now()" | "current_timestamp" | "current_timestamp()" | "datetime('now')", _) => {
            "now".to_owned()
        }
        ("current_date", _) => "today".to_owned(),
        ("0" | "false", _) if spec.starts_with("bool") => "false".to_owned(),
        ("1" | "true", _) if spec.starts_with("bool") => "true".to_owned(),
        (_, Some(text)) if spec.starts_with("string") || spec.starts_with("text") => {
            format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
        }
        (_, Some(text)) => text.to_owned(),
        (_, None) => bare.to_owned(),
    };
    let with = format!("{spec} = {written}");
    parse_field(&format!("{field}: {with}"))
        .is_ok()
        .then_some(with)
}
