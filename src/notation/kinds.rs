//! The type of a field: the first part of its notation.

use std::ops::Range;

use super::cursor::Cursor;
use super::{FieldKind, NotationError, OnDelete, currency, currency_decimals, fold, mistakes};

/// Longest `string`, in characters.
const LONGEST_STRING: u32 = 4_000;
/// Longest `text`, in characters.
const LONGEST_TEXT: u32 = 1_000_000;
/// Most `bytes`.
const MOST_BYTES: u32 = 16_777_216;
/// Most digits of a `decimal`: what 64 bits always hold.
const MOST_DIGITS: u8 = 18;
/// Most words of an enum.
const MOST_WORDS: usize = 100;
/// Longest word of an enum, in characters.
const LONGEST_WORD: usize = 40;
/// Longest name of an entity, in characters.
const LONGEST_ENTITY: usize = 60;

/// The names of the types, as proposed for a mistyped one.
pub(super) const TYPES: [&str; 13] = [
    "string", "text", "int", "decimal", "money", "bool", "instant", "date", "uuid", "email", "url",
    "json", "bytes",
];

/// Reads the type, with its brackets, and where it stands.
pub(super) fn parse_kind(
    cursor: &mut Cursor<'_>,
) -> Result<(FieldKind, Range<usize>), NotationError> {
    let start = cursor.position();
    let kind = if cursor.eat("->") {
        FieldKind::One {
            to: entity(cursor)?,
            on_delete: OnDelete::Restrict,
        }
    } else if cursor.eat("<->") {
        FieldKind::Many {
            to: entity(cursor)?,
        }
    } else {
        word_kind(cursor)?
    };
    Ok((kind, start..cursor.consumed()))
}

fn word_kind(cursor: &mut Cursor<'_>) -> Result<FieldKind, NotationError> {
    let before = cursor.clone();
    let Some((word, span)) = cursor.word() else {
        return Err(mistakes::no_type(cursor));
    };
    if cursor.peek() == Some('|') {
        return words(cursor, word, span);
    }
    let kind = match word {
        "string" => {
            let (min, max) = lengths(cursor, 255, LONGEST_STRING)?;
            return Ok(FieldKind::String {
                min,
                max,
                pattern: None,
            });
        }
        "text" => {
            let (min, max) = lengths(cursor, 10_000, LONGEST_TEXT)?;
            return Ok(FieldKind::Text { min, max });
        }
        "bytes" => return bytes(cursor),
        "decimal" => return decimal(cursor),
        "money" => return money(cursor, &span),
        "int" => FieldKind::Int {
            min: None,
            max: None,
        },
        "bool" => FieldKind::Bool,
        "instant" => FieldKind::Instant,
        "date" => FieldKind::Date,
        "uuid" => FieldKind::Uuid,
        "email" => FieldKind::Email,
        "url" => FieldKind::Url,
        "json" => FieldKind::Json,
        _ => return Err(mistakes::unknown_type(word, &span, &mut before.clone())),
    };
    if cursor.peek() == Some('(') {
        let wrong = NotationError::new(
            cursor.next_span(),
            format!("`{word}` takes nothing in brackets"),
        );
        return Err(match word {
            "int" => wrong.hint("write a range, for example `int 0..100` or `int >= 0`"),
            _ => wrong.hint(format!("write `{word}`")),
        });
    }
    Ok(kind)
}

fn words(
    cursor: &mut Cursor<'_>,
    first: &str,
    first_span: Range<usize>,
) -> Result<FieldKind, NotationError> {
    check_word(first, &first_span, &[])?;
    let mut values = vec![first.to_owned()];
    while cursor.eat("|") {
        let Some((word, span)) = cursor.word() else {
            return Err(mistakes::no_enum_word(cursor));
        };
        check_word(word, &span, &values)?;
        values.push(word.to_owned());
        if values.len() > MOST_WORDS {
            return Err(NotationError::new(
                span,
                format!("an enum of more than {MOST_WORDS} words is a table"),
            )
            .hint("make it an entity, and refer to it with `-> Entity`"));
        }
    }
    Ok(FieldKind::Enum { values })
}

fn check_word(word: &str, span: &Range<usize>, earlier: &[String]) -> Result<(), NotationError> {
    let length = word.chars().count();
    if length > LONGEST_WORD {
        return Err(
            NotationError::new(span.clone(), format!("the word has {length} characters"))
                .hint(format!("write at most {LONGEST_WORD}")),
        );
    }
    if word == "null" {
        return Err(
            NotationError::new(span.clone(), "`null` is not a word, but the lack of one")
                .hint("leave it out and make the field optional: `draft | placed?`"),
        );
    }
    let Some(same) = earlier.iter().find(|other| fold(other) == fold(word)) else {
        return Ok(());
    };
    let message = if same == word {
        format!("the word `{word}` is there twice")
    } else {
        format!("the words `{same}` and `{word}` cannot be told apart")
    };
    Err(NotationError::new(span.clone(), message).hint("leave one of them out"))
}

fn entity(cursor: &mut Cursor<'_>) -> Result<String, NotationError> {
    let Some((name, span)) = cursor.word() else {
        return Err(mistakes::no_entity(cursor));
    };
    if let Some(other) = name.chars().find(|other| "_-".contains(*other)) {
        return Err(
            NotationError::new(span, format!("the name of an entity has no `{other}`"))
                .hint(format!("write `{}`", mistakes::upper_camel(name))),
        );
    }
    if name.chars().count() > LONGEST_ENTITY {
        return Err(
            NotationError::new(span, "no entity has a name as long as this")
                .hint(format!("write at most {LONGEST_ENTITY} characters")),
        );
    }
    mistakes::check_after_entity(cursor, name)?;
    Ok(name.to_owned())
}

fn lengths(cursor: &mut Cursor<'_>, usual: u32, longest: u32) -> Result<(u32, u32), NotationError> {
    if !cursor.eat("(") {
        return Ok((1, usual));
    }
    let (first, first_span) = size(cursor, "a length in characters, for example `(32)`")?;
    let (min, max, max_span) = if cursor.eat("..") {
        cursor.eat("=");
        let (max, span) = size(cursor, "the greatest length, for example `(0..32)`")?;
        (first, max, span)
    } else {
        (1, first, first_span.clone())
    };
    if max == 0 || max > u64::from(longest) {
        return Err(
            NotationError::new(max_span, format!("the length {max} is out of bounds"))
                .hint(format!("write between 1 and {longest} characters")),
        );
    }
    if min > max {
        return Err(NotationError::new(
            first_span.start..max_span.end,
            format!("no text has between {min} and {max} characters"),
        )
        .hint(format!("write `({max}..{min})`")));
    }
    close(cursor)?;
    // Both are at most `longest`, which is a `u32`.
    let narrow = |length| u32::try_from(length).unwrap_or(longest);
    Ok((narrow(min), narrow(max)))
}

fn bytes(cursor: &mut Cursor<'_>) -> Result<FieldKind, NotationError> {
    if !cursor.eat("(") {
        return Ok(FieldKind::Bytes { max: 65_536 });
    }
    let (max, span) = size(cursor, "the most bytes, for example `(65536)`")?;
    match u32::try_from(max) {
        Ok(max @ 1..=MOST_BYTES) => {
            close(cursor)?;
            Ok(FieldKind::Bytes { max })
        }
        _ => Err(
            NotationError::new(span, format!("{max} bytes are out of bounds")).hint(format!(
                "write between 1 and {MOST_BYTES}; what is larger is kept as a file elsewhere, with its `url` here"
            )),
        ),
    }
}

fn decimal(cursor: &mut Cursor<'_>) -> Result<FieldKind, NotationError> {
    let (mut digits, mut scale) = (12, 2);
    if cursor.eat("(") {
        let what = "how many digits, and how many of them behind the point, for example `(12, 2)`";
        let (all, all_span) = size(cursor, what)?;
        digits = match u8::try_from(all) {
            Ok(all @ 1..=MOST_DIGITS) => all,
            _ => {
                return Err(NotationError::new(
                    all_span,
                    format!("a decimal cannot have {all} digits"),
                )
                .hint(format!("write between 1 and {MOST_DIGITS}")));
            }
        };
        if !cursor.eat(",") {
            return Err(NotationError::new(
                cursor.next_span(),
                "how many digits are behind the point is missing",
            )
            .hint(format!(
                "write `decimal({digits}, 2)`, or `decimal({digits}, 0)`"
            )));
        }
        let (behind, behind_span) = size(cursor, what)?;
        scale = match u8::try_from(behind) {
            Ok(behind) if behind <= digits => behind,
            _ => {
                return Err(NotationError::new(
                    behind_span,
                    format!("of {digits} digits in all {behind} cannot be behind the point"),
                )
                .hint(format!("write at most {digits}")));
            }
        };
        close(cursor)?;
    }
    Ok(FieldKind::Decimal {
        digits,
        scale,
        min: None,
        max: None,
    })
}

fn money(cursor: &mut Cursor<'_>, span: &Range<usize>) -> Result<FieldKind, NotationError> {
    let example = "write the currency, for example `money(EUR)`";
    if !cursor.eat("(") {
        return Err(NotationError::new(
            span.clone(),
            "an amount without a currency is only a number",
        )
        .hint(example));
    }
    let rest = cursor.rest();
    let length = rest
        .find(|end: char| end == ')' || end.is_whitespace())
        .unwrap_or(rest.len());
    let (text, text_span) = cursor.take(length);
    let code = text.to_ascii_uppercase();
    if currency_decimals(&code).is_none() {
        let wrong = NotationError::new(text_span, format!("`{text}` is not a currency"));
        return Err(match currency::meant_currency(text) {
            Some(meant) => wrong.hint(format!("did you mean `money({meant})`?")),
            None => wrong.hint(example),
        });
    }
    close(cursor)?;
    Ok(FieldKind::Money {
        currency: code,
        min: None,
        max: None,
    })
}

/// A whole number of a size in brackets.
fn size(cursor: &mut Cursor<'_>, what: &str) -> Result<(u64, Range<usize>), NotationError> {
    let wrong = |span| {
        NotationError::new(span, "a whole number is missing here").hint(format!("write {what}"))
    };
    let Some((text, span)) = cursor.number() else {
        return Err(wrong(cursor.next_span()));
    };
    match super::parse_scaled(text, 0).map(u64::try_from) {
        Ok(Ok(size)) => Ok((size, span)),
        Ok(Err(_)) => {
            Err(NotationError::new(span, "a size is not negative").hint(format!("write {what}")))
        }
        Err(super::ScaledError::TooLarge) => Err(NotationError::new(
            span,
            format!("{text} is out of all bounds"),
        )
        .hint(format!("write {what}"))),
        Err(_) => Err(wrong(span)),
    }
}

fn close(cursor: &mut Cursor<'_>) -> Result<(), NotationError> {
    if cursor.eat(")") {
        return Ok(());
    }
    Err(
        NotationError::new(cursor.next_span(), "the bracket is not closed")
            .hint("write `)` behind it"),
    )
}
