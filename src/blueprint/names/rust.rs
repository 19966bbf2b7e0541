//! Names in Rust: identifiers, types, variants, modules, and the order in which rustfmt keeps them.

use super::{snake, upper_camel};

/// An identifier of a field, function or module: `customer_id`, `r#type`, `self_` (which cannot be raw).
pub fn rust_identifier(text: &str) -> String {
    let name = snake(text);
    if ["self", "super", "crate"].contains(&name.as_str()) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// The type of an entity: `OrderLine`, and `OptionRecord` where the plain name means something else to Rust or to generated code.
pub fn rust_type_name(text: &str) -> String {
    let name = upper_camel(text);
    if TAKEN_TYPES.contains(&name.as_str()) {
        format!("{name}Record")
    } else {
        name
    }
}

/// A variant of an enum: `InProgress`. Only `Self` means something else there.
pub fn variant(text: &str) -> String {
    match upper_camel(text).as_str() {
        "Self" => "SelfValue".to_owned(),
        name => name.to_owned(),
    }
}

/// The file of a module, without `.rs`: `order_line`, `match` (whose identifier is `r#match`), `aux_record` (no file can be called
/// `aux.rs` on Windows), `main_record`.
pub fn module_name(text: &str) -> String {
    let name = snake(text);
    if TAKEN_MODULES.contains(&name.as_str()) || is_windows_device(&name) {
        format!("{name}_record")
    } else {
        name
    }
}

/// Names of devices, which Windows takes for files whatever their extension.
fn is_windows_device(name: &str) -> bool {
    let numbered = |prefix| {
        name.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    ["aux", "con", "nul", "prn", "conin", "conout"].contains(&name)
        || numbered("com")
        || numbered("lpt")
}

/// Where rustfmt (style edition 2024) keeps a name among the segments of imports; see [`version_sort_key`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct VersionSortKey(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Underscore,
    /// Digits without leading zeros: by length, then by text, is by value.
    Number(usize, String),
    Other(char),
}

/// Orders imports as rustfmt does: `order`, `order_line`, `order2`, `order10`, `orders`; capitals first, `r#` ignored.
pub fn version_sort_key(name: &str) -> VersionSortKey {
    let name = name.strip_prefix("r#").unwrap_or(name);
    let mut pieces = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let length = if digits > 0 { digits } else { first.len_utf8() };
        pieces.push(match first {
            '0'..='9' => {
                let number = rest[..digits].trim_start_matches('0');
                Piece::Number(number.len(), number.to_owned())
            }
            '_' => Piece::Underscore,
            other => Piece::Other(other),
        });
        rest = &rest[length..];
    }
    VersionSortKey(pieces)
}

/// Orders `mod` lines as rustfmt does, which is not how it orders imports: by plain text, `r#` ignored.
pub fn module_sort_key(identifier: &str) -> &str {
    identifier.strip_prefix("r#").unwrap_or(identifier)
}

/// Strict and reserved keywords of edition 2024.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Modules that mean something to Cargo or rustc, folders of generated code (clippy wants no `store::store`), and crates and modules
/// that generated code imports by name: `use uuid::Uuid` beside a module `uuid` is ambiguous.
const TAKEN_MODULES: &[&str] = &[
    "alloc",
    "api",
    "async_nats",
    "axum",
    "base64",
    "bytes",
    "core",
    "crate",
    "domain",
    "futures",
    "garde",
    "http",
    "hyper",
    "integer",
    "jiff",
    "lapin",
    "lib",
    "main",
    "mod",
    "rand",
    "redis",
    "regex",
    "reqwest",
    "rustls",
    "self",
    "serde",
    "serde_json",
    "sqlx",
    "std",
    "store",
    "super",
    "test",
    "thiserror",
    "tokio",
    "tower",
    "tower_http",
    "tracing",
    "url",
    "utoipa",
    "uuid",
    "validate",
];

/// Types and traits of the prelude, and those that generated code imports or defines beside entities.
const TAKEN_TYPES: &[&str] = &[
    "App",
    "Arc",
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Bytes",
    "Clone",
    "Config",
    "Connection",
    "Copy",
    "Cursor",
    "Database",
    "Date",
    "Debug",
    "Decimal",
    "Decode",
    "Default",
    "Deserialize",
    "Direction",
    "Display",
    "DoubleEndedIterator",
    "Drop",
    "Duration",
    "Encode",
    "Eq",
    "Err",
    "Error",
    "ExactSizeIterator",
    "Extend",
    "FieldError",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "FromRow",
    "FromStr",
    "Future",
    "Hash",
    "Id",
    "IfMatch",
    "IfNoneMatch",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "IntoResponse",
    "Iterator",
    "Json",
    "LazyLock",
    "Lifecycle",
    "Limit",
    "MergePatch",
    "None",
    "Ok",
    "Option",
    "Ord",
    "Ordering",
    "Page",
    "PageQuery",
    "PartialEq",
    "PartialOrd",
    "Patch",
    "Path",
    "Personal",
    "Problem",
    "Query",
    "Regex",
    "Request",
    "Response",
    "Result",
    "Router",
    "Row",
    "Select",
    "Self",
    "Send",
    "Serialize",
    "Sized",
    "Some",
    "SqliteConnection",
    "SqliteRow",
    "State",
    "Statement",
    "StatusCode",
    "StoreError",
    "Stored",
    "String",
    "Sync",
    "Timestamp",
    "ToOwned",
    "ToString",
    "Transaction",
    "TryFrom",
    "TryInto",
    "Type",
    "Unpin",
    "Uuid",
    "Valid",
    "Validate",
    "Value",
    "Vec",
];
