//! What stands behind the type of a field.

use std::ops::Range;

use super::cursor::Cursor;
use super::{NotationError, OnDelete, default, mistakes};

/// Everything read behind the type, not yet compared with it.
#[derive(Debug, Default)]
pub(super) struct Modifiers {
    /// Where `unique` stands.
    pub(super) unique: Option<Range<usize>>,
    /// Where `personal` stands.
    pub(super) personal: Option<Range<usize>>,
    /// The lower bound.
    pub(super) least: Option<Bound>,
    /// The upper bound.
    pub(super) most: Option<Bound>,
    /// The pattern without its slashes, and where it stands with them.
    pub(super) pattern: Option<(String, Range<usize>)>,
    /// What deleting the target does, and where it stands.
    pub(super) on_delete: Option<(OnDelete, Range<usize>)>,
    /// The default as written.
    pub(super) default: Option<default::Written>,
}

/// A bound as written.
#[derive(Debug)]
pub(super) struct Bound {
    /// The number.
    pub(super) text: String,
    /// Where the number stands.
    pub(super) span: Range<usize>,
    /// The number itself is outside.
    pub(super) exclusive: bool,
}

/// Reads modifiers up to the end of the text.
pub(super) fn parse_modifiers(cursor: &mut Cursor<'_>) -> Result<Modifiers, NotationError> {
    let mut modifiers = Modifiers::default();
    while let Some(next) = cursor.peek() {
        match next {
            '=' => {
                let span = cursor.next_span();
                cursor.eat("=");
                let written = default::read(cursor)?;
                set(&mut modifiers.default, written, span, "the default")?;
            }
            '<' | '>' | '0'..='9' | '-' | '+' | '.' => bounds(cursor, &mut modifiers)?,
            _ => word(cursor, &mut modifiers)?,
        }
    }
    Ok(modifiers)
}

fn word(cursor: &mut Cursor<'_>, modifiers: &mut Modifiers) -> Result<(), NotationError> {
    let Some((word, span)) = cursor.word() else {
        return Err(unexpected(cursor));
    };
    match word {
        "unique" => set(&mut modifiers.unique, span.clone(), span, "`unique`"),
        "personal" => set(&mut modifiers.personal, span.clone(), span, "`personal`"),
        "matching" => {
            let (pattern, pattern_span) = pattern(cursor)?;
            let value = (pattern, pattern_span);
            set(&mut modifiers.pattern, value, span, "the pattern")
        }
        "on" => {
            let action = on_delete(cursor)?;
            let whole = span.start..cursor.consumed();
            let value = (action, whole.clone());
            set(&mut modifiers.on_delete, value, whole, "`on delete`")
        }
        _ => Err(mistakes::unknown_modifier(word, span, cursor)),
    }
}

fn set<T>(
    place: &mut Option<T>,
    value: T,
    span: Range<usize>,
    what: &str,
) -> Result<(), NotationError> {
    if place.replace(value).is_some() {
        return Err(
            NotationError::new(span, format!("{what} is there twice")).hint("leave one out")
        );
    }
    Ok(())
}

fn unexpected(cursor: &mut Cursor<'_>) -> NotationError {
    let span = cursor.next_span();
    let next = cursor.peek().unwrap_or(' ');
    let wrong = NotationError::new(span, format!("`{next}` does not belong here"));
    match next {
        '?' => wrong.hint("the question mark stands right behind the type: `string(32)? unique`"),
        '|' => {
            wrong.hint("a field holds one type; a choice is between plain words: `draft | placed`")
        }
        ',' | ';' => wrong.hint("leave it out: blanks separate what follows the type"),
        '(' => wrong.hint("brackets stand right behind the name of the type: `string(32)`"),
        '"' | '\'' => wrong.hint("a default stands behind `=`"),
        '/' => wrong.hint("a pattern stands behind `matching`"),
        '#' => wrong.hint("there are no comments here"),
        _ => wrong.hint("leave it out"),
    }
}

fn bounds(cursor: &mut Cursor<'_>, modifiers: &mut Modifiers) -> Result<(), NotationError> {
    let start = cursor.next_span();
    let compare = [
        (">=", true, false),
        ("<=", false, false),
        (">", true, true),
        ("<", false, true),
    ]
    .into_iter()
    .find(|(sign, ..)| cursor.eat(sign));
    if let Some((sign, is_least, exclusive)) = compare {
        let (text, span) = bound(cursor, &format!("`{sign} 10`"))?;
        let bound = Bound {
            text,
            span,
            exclusive,
        };
        return if is_least {
            set(&mut modifiers.least, bound, start, "the lower bound")
        } else {
            set(&mut modifiers.most, bound, start, "the upper bound")
        };
    }
    if cursor.peek() == Some('.') {
        return Err(
            NotationError::new(start, "the start of the range is missing")
                .hint("write `0..100`, or `<= 100` without a lower bound"),
        );
    }
    let (text, span) = bound(cursor, "`0..100`")?;
    if !cursor.eat("..") {
        return Err(
            NotationError::new(span, format!("the number {text} says nothing here")).hint(format!(
                "write `= {text}` for a default, `>= {text}` or `{text}..{text}` for bounds"
            )),
        );
    }
    cursor.eat("=");
    let least = Bound {
        text,
        span,
        exclusive: false,
    };
    let Some((text, span)) = cursor.number() else {
        return Err(
            NotationError::new(cursor.next_span(), "the end of the range is missing").hint(
                format!(
                    "write `{0}..100`, both ends included, or `>= {0}` without an upper bound",
                    least.text
                ),
            ),
        );
    };
    let most = Bound {
        text: text.to_owned(),
        span,
        exclusive: false,
    };
    set(
        &mut modifiers.least,
        least,
        start.clone(),
        "the lower bound",
    )?;
    set(&mut modifiers.most, most, start, "the upper bound")
}

/// The number of a bound.
fn bound(cursor: &mut Cursor<'_>, example: &str) -> Result<(String, Range<usize>), NotationError> {
    match cursor.number() {
        Some((text, span)) => Ok((text.to_owned(), span)),
        None => Err(
            NotationError::new(cursor.next_span(), "a number is missing here")
                .hint(format!("write it in digits, for example {example}")),
        ),
    }
}

/// The pattern between slashes; a slash in it has a backslash before it, which is taken off.
fn pattern(cursor: &mut Cursor<'_>) -> Result<(String, Range<usize>), NotationError> {
    if cursor.peek() != Some('/') {
        return Err(
            NotationError::new(cursor.next_span(), "a pattern stands between slashes")
                .hint("write `matching /[A-Z]{3}/`"),
        );
    }
    let mut pattern = String::new();
    let mut escaped = false;
    let rest = cursor.rest();
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            '/' if escaped => {
                pattern.pop();
                pattern.push('/');
            }
            '/' => return Ok((pattern, cursor.take(at + 1).1)),
            other => pattern.push(other),
        }
        escaped = character == '\\' && !escaped;
    }
    Err(
        NotationError::new(cursor.take(rest.len()).1, "the pattern is not closed")
            .hint("write `/` behind it, and `\\/` for a slash in it"),
    )
}

fn on_delete(cursor: &mut Cursor<'_>) -> Result<OnDelete, NotationError> {
    let actions = "write `on delete restrict`, `on delete cascade` or `on delete clear`";
    let wrong = |span, message: &str| Err(NotationError::new(span, message).hint(actions));
    match cursor.word() {
        Some(("delete", _)) => {}
        Some((_, span)) => return wrong(span, "only `on delete` can be said"),
        None => return wrong(cursor.next_span(), "`delete` is missing behind `on`"),
    }
    match cursor.word() {
        Some(("restrict", _)) => Ok(OnDelete::Restrict),
        Some(("cascade", _)) => Ok(OnDelete::Cascade),
        Some(("clear", _)) => Ok(OnDelete::Clear),
        Some(("set" | "null" | "nullify" | "set-null" | "set_null", span)) => Err(
            NotationError::new(span, "emptying the reference is called `clear` here")
                .hint("write `on delete clear`"),
        ),
        Some((word, span)) => {
            let wrong = NotationError::new(span, format!("`{word}` cannot be done on deletion"));
            Err(
                match crate::error::did_you_mean(word, ["restrict", "cascade", "clear"]) {
                    Some(meant) => wrong.hint(format!("did you mean `on delete {meant}`?")),
                    None => wrong.hint(actions),
                },
            )
        }
        None => wrong(
            cursor.next_span(),
            "what deleting the target does is missing",
        ),
    }
}
