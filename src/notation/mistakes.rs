//! What people write out of habit, and what is meant by it here.

use std::ops::Range;

use super::cursor::Cursor;
use super::kinds::TYPES;
use super::{NotationError, fold};
use crate::error::did_you_mean;

const ALL_TYPES: &str = "the types are `string`, `text`, `int`, `decimal`, `money(EUR)`, `bool`, `instant`, `date`, `uuid`, `email`, \
                         `url`, `json`, `bytes`, words like `draft | placed`, `-> Entity` and `<-> Entity`";

/// A word that is no type. `cursor` stands before it.
pub(super) fn unknown_type(
    word: &str,
    span: &Range<usize>,
    cursor: &mut Cursor<'_>,
) -> NotationError {
    let (token, token_span) = cursor.token();
    let behind = &token[word.len()..];
    let whole = span.start..token_span.end;
    let folded = fold(word);
    if let Some(wrong) = refused(word, &folded) {
        return wrong.at(span.clone());
    }
    if let Some(inner) = generic(token) {
        return inner.at(whole);
    }
    let not_a_type = NotationError::new(span.clone(), format!("`{word}` is not a type"));
    if let Some(meant) = habit(&folded, behind) {
        return not_a_type.hint(format!("did you mean `{meant}`?"));
    }
    if folded == "enum" {
        return not_a_type.hint("write the words themselves: `draft | placed | shipped`");
    }
    if let Some(meant) = TYPES.iter().find(|name| **name == folded) {
        return not_a_type.hint(format!("did you mean `{meant}`?"));
    }
    if let Some(meant) = did_you_mean(word, TYPES) {
        return not_a_type.hint(format!("did you mean `{meant}`?"));
    }
    if word.starts_with(char::is_uppercase) {
        return not_a_type.hint(format!(
            "write `-> {0}` to refer to one `{0}`, `<-> {0}` to any number of them",
            upper_camel(word)
        ));
    }
    not_a_type.hint(format!(
        "a choice needs at least two words: `{word} | other`; {ALL_TYPES}"
    ))
}

/// Types that are refused for a reason.
fn refused(word: &str, folded: &str) -> Option<NotationError> {
    let (message, hint) = match folded {
        "float" | "double" | "f32" | "f64" | "real" | "float4" | "float8" | "number" => (
            format!(
                "`{word}` may be a binary fraction, which cannot hold amounts: 0.1 + 0.2 gives 0.30000000000000004"
            ),
            "write `int` for counts, `decimal(12, 2)` for exact fractions, `decimal(9, 6)` for degrees, `money(EUR)` for amounts",
        ),
        "timestamp" | "timestamptz" | "datetime" | "time" | "localdatetime" | "localtime"
        | "naivedatetime" | "offsetdatetime" | "zoneddatetime" | "datetimeutc" => (
            format!(
                "`{word}` does not say by whose clock: a time without its zone is a different moment in every office"
            ),
            "write `instant` for a moment (in UTC), or `date` for a day of the calendar",
        ),
        "secret" | "password" | "passwd" | "token" | "apikey" => (
            format!("`{word}` is nothing to keep in a table of one's own"),
            "leave it to the identity provider or secret store; of a password keep the hash at most, as `string(255) personal`",
        ),
        "serial" | "bigserial" | "autoincrement" | "identity" | "pk" => (
            format!("`{word}` is not a type: every record has an `id` already"),
            "leave it out, or write `int unique` for a number of your own",
        ),
        "array" | "list" | "set" | "vec" => (
            format!("`{word}` is not a type: a field holds one value"),
            "make the items an entity of their own and refer to it with `<-> Entity`; `json` if nobody ever searches in them",
        ),
        _ => return None,
    };
    Some(NotationError::new(0..0, message).hint(hint))
}

/// `Option<String>`, `Vec<String>` and `string[]`.
fn generic(token: &str) -> Option<NotationError> {
    let (outer, inner) = token.split_once(['<', '['])?;
    let inner = inner.trim_end_matches(['>', ']', '?']);
    match fold(outer).as_str() {
        "option" | "optional" | "maybe" => {
            let inner = habit(&fold(inner), "").unwrap_or_else(|| inner.to_lowercase());
            Some(
                NotationError::new(0..0, format!("`{token}` is not a type"))
                    .hint(format!("write `{inner}?` for a value that may be missing")),
            )
        }
        _ => refused(token, "list"),
    }
}

/// The type that is called otherwise elsewhere. `behind` is what follows the word without a blank, kept where it is a length.
fn habit(folded: &str, behind: &str) -> Option<String> {
    let length = behind
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .map(|(length, _)| length)
        .filter(|length| !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit()));
    let with_length = |name: &str, usual: &str| {
        let length = length.unwrap_or(usual);
        format!("{name}({length})")
    };
    let meant = match folded {
        "varchar" | "nvarchar" | "char" | "varchar2" | "charactervarying" | "character" | "str"
        | "string" => return Some(with_length("string", "255")),
        "clob" | "longtext" | "mediumtext" | "textblob" | "markdown" | "html" => "text",
        "integer" | "int2" | "int4" | "int8" | "bigint" | "smallint" | "tinyint" | "long"
        | "short" | "i8" | "i16" | "i32" | "i64" | "isize" => "int",
        "u8" | "u16" | "u32" | "u64" | "usize" | "uint" | "unsigned" | "count" => "int >= 0",
        "numeric" | "bigdecimal" => "decimal(12, 2)",
        "currency" | "amount" | "price" => "money(EUR)",
        "boolean" | "flag" | "bit" => "bool",
        "moment" => "instant",
        "day" | "naivedate" | "localdate" => "date",
        "guid" | "uuid4" | "uuidv4" | "uuid7" | "uuidv7" => "uuid",
        "mail" | "emailaddress" => "email",
        "uri" | "link" | "href" => "url",
        "jsonb" | "object" | "map" | "dict" | "hash" | "struct" => "json",
        "blob" | "bytea" | "binary" | "varbinary" => return Some(with_length("bytes", "65536")),
        _ => return None,
    };
    Some(meant.to_owned())
}

/// There is no word where the type should be.
pub(super) fn no_type(cursor: &mut Cursor<'_>) -> NotationError {
    let span = cursor.next_span();
    match cursor.peek() {
        None => NotationError::new(span, "the type is missing").hint(ALL_TYPES),
        Some('?') => NotationError::new(span, "the question mark stands behind the type")
            .hint("write `string?` for a text that may be missing"),
        Some('<') => NotationError::new(span, "a relation is `->` or `<->`")
            .hint("write `-> Customer` to refer to one, `<-> Tag` to refer to many, both ways"),
        Some('"' | '\'') => NotationError::new(span, "there are no quotes around words here")
            .hint("write the words as they are: `draft | placed`"),
        Some('[') => NotationError::new(span, "a field holds one value")
            .hint("make the items an entity of their own and refer to it with `<-> Entity`"),
        Some(other) => NotationError::new(span, format!("a type does not start with `{other}`"))
            .hint(ALL_TYPES),
    }
}

/// There is no word behind `|`.
pub(super) fn no_enum_word(cursor: &mut Cursor<'_>) -> NotationError {
    let span = cursor.next_span();
    match cursor.peek() {
        Some(digit) if digit.is_ascii_digit() => {
            NotationError::new(span, "a word of an enum starts with a letter")
                .hint(format!("put one before it, for example `v{digit}`"))
        }
        Some('"' | '\'') => NotationError::new(span, "there are no quotes around words here")
            .hint("write letters, digits, `_` and `-`: `in-progress`"),
        _ => NotationError::new(span, "a word is missing behind `|`")
            .hint("write at least two words: `draft | placed`"),
    }
}

/// There is no name behind an arrow.
pub(super) fn no_entity(cursor: &mut Cursor<'_>) -> NotationError {
    NotationError::new(cursor.next_span(), "the arrow points at nothing")
        .hint("write the name of an entity behind it: `-> Customer`")
}

/// What people put behind the name of an entity.
pub(super) fn check_after_entity(cursor: &mut Cursor<'_>, name: &str) -> Result<(), NotationError> {
    let (message, hint) = match cursor.peek() {
        Some('.') => (
            "a relation is to the whole record",
            format!("write `-> {name}`: its `id` is what is kept"),
        ),
        Some('[' | '*' | '+') => (
            "`->` refers to one record",
            format!("write `<-> {name}` to refer to many"),
        ),
        Some('|') => (
            "a relation is to one entity",
            "write one optional field for each entity it can be".to_owned(),
        ),
        _ => return Ok(()),
    };
    Err(NotationError::new(cursor.next_span(), message).hint(hint))
}

/// A word that is no modifier. `cursor` stands behind it.
pub(super) fn unknown_modifier(
    word: &str,
    span: Range<usize>,
    cursor: &mut Cursor<'_>,
) -> NotationError {
    let wrong = NotationError::new(span, format!("`{word}` means nothing here"));
    let next = cursor.token().0;
    let or = |text: &'static str| if next.is_empty() { text } else { next };
    match fold(word).as_str() {
        "required" | "mandatory" | "notnull" | "not" => {
            wrong.hint("leave it out: a field is required unless its type ends in `?`")
        }
        "optional" | "nullable" | "null" => {
            wrong.hint("write `?` right behind the type: `string?`")
        }
        "default" | "defaults" => wrong.hint(format!("write `= {}`", or("value"))),
        "min" | "minimum" | "atleast" => wrong.hint(format!("write `>= {}`", or("0"))),
        "max" | "maximum" | "atmost" => wrong.hint(format!("write `<= {}`", or("100"))),
        "positive" => wrong.hint("write `> 0`"),
        "pii" | "gdpr" | "dsgvo" | "private" | "sensitive" | "confidential" => {
            wrong.hint("write `personal` for data about a person, which is then never printed")
        }
        "index" | "indexed" | "key" => wrong.hint(
            "leave it out: indexes come from `unique`, from relations and from what makes two records the same",
        ),
        "primary" | "primarykey" => wrong.hint("leave it out: every record has an `id` already"),
        "pattern" | "regex" | "match" | "matches" => wrong.hint("write `matching /[A-Z]{3}/`"),
        "ondelete" => wrong.hint("write `on delete restrict`, `on delete cascade` or `on delete clear`"),
        "or" => wrong.hint("write `|` between words: `draft | placed`"),
        _ => match did_you_mean(word, ["unique", "personal", "matching", "on delete"]) {
            Some(meant) => wrong.hint(format!("did you mean `{meant}`?")),
            None => wrong.hint(
                "what can follow a type: `unique`, `personal`, `= default`, `>= 0`, `0..100`, `matching /…/`, `on delete …`",
            ),
        },
    }
}

/// `OrderItem` for `order_item`.
pub(super) fn upper_camel(name: &str) -> String {
    name.split(['_', '-'])
        .flat_map(|word| {
            let mut characters = word.chars();
            characters
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .chain(characters)
                .collect::<Vec<_>>()
        })
        .collect()
}
