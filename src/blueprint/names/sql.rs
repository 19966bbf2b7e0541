//! Names in SQL.

use super::snake;

/// Longest name that PostgreSQL does not cut, in bytes.
const LONGEST_NAME: usize = 63;

/// A table or column: `customer_id`, and `"order"` where the plain name is a keyword.
pub fn sql_identifier(text: &str) -> String {
    let name = short_sql_name(&snake(text));
    if KEYWORDS.contains(&name.as_str()) {
        format!("\"{name}\"")
    } else {
        name
    }
}

/// The name without the quotes that [`sql_identifier`] put around it.
pub fn bare(identifier: &str) -> &str {
    identifier.trim_matches('"')
}

/// The name of an index or constraint, put together from others: what is too long for PostgreSQL, which would cut it and perhaps
/// make two one, ends in eight digits that differ for different names.
pub fn short_sql_name(name: &str) -> String {
    if name.len() <= LONGEST_NAME {
        return name.to_owned();
    }
    let mut end = LONGEST_NAME - 9;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    let start = name[..end].trim_end_matches('_');
    format!("{start}_{:08x}", fnv1a(name))
}

/// FNV-1a: short, and the same on every platform for ever.
fn fnv1a(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// Words that SQLite 3.40 or PostgreSQL 15 refused as the name of a table or a column in statements as they are generated, and
/// `system_user`, which later versions of PostgreSQL refuse.
const KEYWORDS: &[&str] = &[
    "add",
    "all",
    "alter",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "autoincrement",
    "between",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "collation",
    "column",
    "commit",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "delete",
    "desc",
    "distinct",
    "do",
    "drop",
    "else",
    "end",
    "escape",
    "except",
    "exists",
    "false",
    "fetch",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "if",
    "ilike",
    "in",
    "index",
    "initially",
    "inner",
    "insert",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "natural",
    "not",
    "nothing",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "raise",
    "references",
    "returning",
    "right",
    "select",
    "session_user",
    "set",
    "similar",
    "some",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "then",
    "to",
    "trailing",
    "transaction",
    "true",
    "union",
    "unique",
    "update",
    "user",
    "using",
    "values",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
];
