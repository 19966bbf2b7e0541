//! From notation to field: type, question mark, modifiers, then whether they fit together.

use std::ops::Range;

use super::cursor::Cursor;
use super::modifiers::{Bound, Modifiers, parse_modifiers};
use super::{
    Field, FieldKind, NotationError, OnDelete, check_field_name, default, format_scaled, kinds,
    parse_scaled, whole_pattern,
};

/// Longest text that a unique index of PostgreSQL always holds (2704 bytes an entry, four a character).
const LONGEST_UNIQUE_TEXT: u32 = 600;
/// Most bytes in a unique index.
const MOST_UNIQUE_BYTES: u32 = 2_000;

/// Parses `name: spec`.
///
/// # Errors
/// The first mistake, at its place in `text`.
pub fn parse_field(text: &str) -> Result<Field, NotationError> {
    let Some((before, _)) = text.split_once(':') else {
        return Err(NotationError::new(
            text.len()..text.len(),
            "a field is a name, a colon and a type",
        )
        .hint("write for example `number: string(32) unique`"));
    };
    let name = before.trim();
    let start = before.len() - before.trim_start().len();
    check_field_name(name).map_err(|error| {
        let span = error.span.start + start..error.span.end + start;
        error.at(span)
    })?;
    parse_behind(name, text, before.len() + 1)
}

/// Parses the part behind the colon.
///
/// # Errors
/// The first mistake, at its place in `spec`; one in the name, which is not in `spec`, has the span `0..0`.
pub fn parse_spec(name: &str, spec: &str) -> Result<Field, NotationError> {
    check_field_name(name).map_err(|error| error.at(0..0))?;
    parse_behind(name, spec, 0)
}

fn parse_behind(name: &str, text: &str, at: usize) -> Result<Field, NotationError> {
    let mut cursor = Cursor::new(text, at);
    let (kind, span) = kinds::parse_kind(&mut cursor)?;
    let optional = cursor.eat("?");
    let modifiers = parse_modifiers(&mut cursor)?;
    let mut field = Field {
        name: name.to_owned(),
        kind,
        optional,
        unique: modifiers.unique.is_some(),
        personal: modifiers.personal.is_some(),
        default: None,
    };
    check_many(&field, &modifiers, &span)?;
    set_bounds(&mut field.kind, &modifiers)?;
    set_pattern(&mut field.kind, &modifiers)?;
    set_on_delete(&mut field, &modifiers)?;
    check_unique(&field, &modifiers)?;
    if let Some(written) = &modifiers.default {
        field.default = Some(written.canonical(&field.kind)?);
    }
    Ok(field)
}

/// A relation to many is a table of its own: nothing can be said about it as about a column.
fn check_many(
    field: &Field,
    modifiers: &Modifiers,
    span: &Range<usize>,
) -> Result<(), NotationError> {
    if !matches!(field.kind, FieldKind::Many { .. }) {
        return Ok(());
    }
    if field.optional {
        return Err(NotationError::new(
            span.clone(),
            "a relation to many is never missing: it may refer to none",
        )
        .hint("leave the question mark out"));
    }
    let spans = [
        modifiers.unique.as_ref(),
        modifiers.personal.as_ref(),
        modifiers.on_delete.as_ref().map(|(_, span)| span),
    ];
    match spans.into_iter().flatten().next() {
        Some(span) => Err(NotationError::new(
            span.clone(),
            "this cannot be said about a relation to many",
        )
        .hint("leave it out; a link that carries something of its own is an entity")),
        None => Ok(()),
    }
}

fn set_bounds(kind: &mut FieldKind, modifiers: &Modifiers) -> Result<(), NotationError> {
    let (least, most) = (modifiers.least.as_ref(), modifiers.most.as_ref());
    let Some(first) = least.or(most) else {
        return Ok(());
    };
    let scale = kind.scale();
    let (digits, min, max) = match kind {
        FieldKind::Int { min, max } | FieldKind::Money { min, max, .. } => (None, min, max),
        FieldKind::Decimal {
            digits, min, max, ..
        } => (Some(*digits), min, max),
        other => return Err(no_bounds(other, &first.span)),
    };
    let scale = scale.unwrap_or(0);
    *min = least
        .map(|bound| value(bound, scale, digits, 1))
        .transpose()?;
    *max = most
        .map(|bound| value(bound, scale, digits, -1))
        .transpose()?;
    if let (Some(least), Some(most), Some(min), Some(max)) = (least, most, *min, *max)
        && min > max
    {
        let span = least.span.start.min(most.span.start)..least.span.end.max(most.span.end);
        let (min, max) = (format_scaled(min, scale), format_scaled(max, scale));
        return Err(NotationError::new(
            span,
            format!("nothing is at least {min} and at most {max}"),
        )
        .hint(format!("write `{max}..{min}`")));
    }
    Ok(())
}

/// The value of a bound, one `step` further in where the bound itself is outside.
fn value(bound: &Bound, scale: u8, digits: Option<u8>, step: i64) -> Result<i64, NotationError> {
    let too_large = || {
        let room = digits.map_or("64 bits".to_owned(), |digits| format!("{digits} digits"));
        NotationError::new(
            bound.span.clone(),
            format!("`{}` does not fit into {room}", bound.text),
        )
        .hint("write a number nearer to zero, or leave the bound out")
    };
    let written = parse_scaled(&bound.text, scale).map_err(|error| match error {
        super::ScaledError::TooLarge => too_large(),
        other => default::scaled_error(other, &bound.text, &bound.span, scale, "a number"),
    })?;
    let value = if bound.exclusive {
        written.checked_add(step).ok_or_else(too_large)?
    } else {
        written
    };
    let fits = digits.is_none_or(|digits| value.unsigned_abs() < 10_u64.pow(u32::from(digits)));
    if fits { Ok(value) } else { Err(too_large()) }
}

fn no_bounds(kind: &FieldKind, span: &Range<usize>) -> NotationError {
    let wrong = |message: &str| NotationError::new(span.clone(), message);
    match kind {
        FieldKind::String { .. } | FieldKind::Text { .. } => {
            wrong("a text has no bounds, only a length")
                .hint("write the length in brackets: `string(3..10)`")
        }
        FieldKind::Bytes { .. } => wrong("bytes have no bounds, only a size")
            .hint("write the most bytes in brackets: `bytes(65536)`"),
        FieldKind::Enum { .. } => wrong("words have no bounds").hint("leave the bound out"),
        _ => wrong("only `int`, `decimal` and `money` have bounds").hint("leave the bound out"),
    }
}

fn set_pattern(kind: &mut FieldKind, modifiers: &Modifiers) -> Result<(), NotationError> {
    let Some((text, span)) = &modifiers.pattern else {
        return Ok(());
    };
    let FieldKind::String { pattern, .. } = kind else {
        return Err(
            NotationError::new(span.clone(), "only a `string` can match a pattern")
                .hint("leave the pattern out, or write `string(255)` as type"),
        );
    };
    if text.is_empty() {
        return Err(NotationError::new(span.clone(), "the pattern is empty")
            .hint("write what the whole value looks like: `matching /[A-Z]{3}/`"));
    }
    whole_pattern(text).map_err(|error| {
        // The crate draws the pattern over several lines; its last line says what is wrong.
        let reason = error.to_string();
        let reason = reason.lines().last().unwrap_or_default();
        let reason = reason.strip_prefix("error: ").unwrap_or(reason);
        NotationError::new(span.clone(), format!("the pattern is not valid: {reason}"))
            .hint("write it as the `regex` crate reads it, without look-around and back-references")
    })?;
    *pattern = Some(text.clone());
    Ok(())
}

fn set_on_delete(field: &mut Field, modifiers: &Modifiers) -> Result<(), NotationError> {
    let Some((action, span)) = &modifiers.on_delete else {
        return Ok(());
    };
    match &mut field.kind {
        FieldKind::One { to, .. } if *action == OnDelete::Clear && !field.optional => {
            Err(NotationError::new(
                span.clone(),
                "a reference that is required cannot be cleared",
            )
            .hint(format!(
                "write `-> {to}? on delete clear`, or choose `restrict` or `cascade`"
            )))
        }
        FieldKind::One { on_delete, .. } => {
            *on_delete = *action;
            Ok(())
        }
        _ => Err(NotationError::new(
            span.clone(),
            "`on delete` says what happens to a relation, and this is none",
        )
        .hint("leave it out, or write `-> Entity on delete …`")),
    }
}

fn check_unique(field: &Field, modifiers: &Modifiers) -> Result<(), NotationError> {
    let Some(span) = &modifiers.unique else {
        return Ok(());
    };
    if let Some(default) = &modifiers.default {
        return Err(NotationError::new(
            default.span.clone(),
            "a unique field cannot have a default: the second record would clash with the first",
        )
        .hint("leave out the default, or `unique`"));
    }
    let (message, hint) = match field.kind {
        FieldKind::String { max, .. } | FieldKind::Text { max, .. }
            if max > LONGEST_UNIQUE_TEXT =>
        {
            (
                format!("a unique index cannot hold {max} characters"),
                format!("allow at most {LONGEST_UNIQUE_TEXT}, or make a short code unique instead"),
            )
        }
        FieldKind::Bytes { max } if max > MOST_UNIQUE_BYTES => (
            format!("a unique index cannot hold {max} bytes"),
            format!("allow at most {MOST_UNIQUE_BYTES}"),
        ),
        FieldKind::Json => (
            "two JSON values cannot be compared for being the same".to_owned(),
            "make a field of its own unique instead".to_owned(),
        ),
        FieldKind::Bool => (
            "only two records could exist".to_owned(),
            "leave out `unique`".to_owned(),
        ),
        _ => return Ok(()),
    };
    Err(NotationError::new(span.clone(), message).hint(hint))
}
