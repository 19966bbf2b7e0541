//! Defaults: read as written, then compared with the type and its bounds.

use std::ops::Range;

use super::cursor::Cursor;
use super::{FieldKind, NotationError, ScaledError, format_scaled, parse_scaled};

/// A default as written, with its place.
#[derive(Debug)]
pub(super) struct Written {
    text: String,
    quoted: bool,
    /// Where it stands.
    pub(super) span: Range<usize>,
}

/// Reads what stands behind `=`: a text in quotes, or everything up to the next blank.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Written, NotationError> {
    if cursor.peek() == Some('"') {
        return quoted(cursor);
    }
    let (text, span) = cursor.token();
    if text.is_empty() {
        return Err(NotationError::new(span, "the default is missing")
            .hint("write it behind `=`, for example `= 0`, `= draft`, `= \"n/a\"`"));
    }
    if text.starts_with('=') {
        return Err(NotationError::new(span, "one `=` is enough").hint("write `= value`"));
    }
    Ok(Written {
        text: text.to_owned(),
        quoted: false,
        span,
    })
}

fn quoted(cursor: &mut Cursor<'_>) -> Result<Written, NotationError> {
    let rest = cursor.rest();
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => {
                let (_, span) = cursor.take(at + 1);
                return Ok(Written {
                    text,
                    quoted: true,
                    span,
                });
            }
            '\\' => match characters.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((_, escaped @ ('"' | '\\'))) => text.push(escaped),
                other => {
                    let start = cursor.position() + at;
                    let end = start + 1 + other.map_or(0, |(_, other)| other.len_utf8());
                    return Err(
                        NotationError::new(start..end, "this escape means nothing").hint(
                            "write `\\\"` for a quote, `\\\\` for a backslash, `\\n` for a new line",
                        ),
                    );
                }
            },
            other => text.push(other),
        }
    }
    Err(
        NotationError::new(cursor.take(rest.len()).1, "the text is not closed")
            .hint("write `\"` behind it"),
    )
}

impl Written {
    fn wrong(&self, message: impl Into<String>, hint: impl Into<String>) -> NotationError {
        NotationError::new(self.span.clone(), message).hint(hint)
    }

    /// The default in the canonical text of the kind.
    pub(super) fn canonical(&self, kind: &FieldKind) -> Result<String, NotationError> {
        let text = self.text.as_str();
        match kind {
            FieldKind::String { .. } | FieldKind::Text { .. } | FieldKind::Url if !self.quoted => {
                Err(self.wrong(
                    "the default of a text stands in quotes",
                    format!("write `= \"{text}\"`"),
                ))
            }
            FieldKind::String { min, max, pattern } => {
                self.check_length(*min, *max)?;
                if text.contains(char::is_control) {
                    return Err(self.wrong(
                        "a `string` is one line",
                        "leave the line break out, or write `text` for several lines",
                    ));
                }
                self.check_pattern(pattern.as_deref())?;
                Ok(text.to_owned())
            }
            FieldKind::Text { min, max } => {
                self.check_length(*min, *max)?;
                if let Some(control) = text.chars().find(|c| c.is_control() && *c != '\n') {
                    return Err(self.wrong(
                        format!(
                            "the text contains the control character U+{:04X}",
                            u32::from(control)
                        ),
                        "leave it out",
                    ));
                }
                Ok(text.to_owned())
            }
            FieldKind::Url => self.url(),
            _ if self.quoted => Err(self.wrong(
                "only the default of a text stands in quotes",
                format!("write `= {text}`"),
            )),
            FieldKind::Int { min, max } => self.number(0, *min, *max, "a whole number"),
            FieldKind::Decimal {
                digits,
                scale,
                min,
                max,
            } => {
                let most = 10_i64.pow(u32::from(*digits)) - 1;
                let (min, max) = (min.unwrap_or(-most), max.unwrap_or(most));
                self.number(*scale, Some(min), Some(max), "a number")
            }
            FieldKind::Money { min, max, .. } => {
                let scale = kind.scale().unwrap_or(0);
                self.number(scale, *min, *max, "an amount")
            }
            FieldKind::Bool => match text {
                "true" | "false" => Ok(text.to_owned()),
                "yes" | "on" | "1" => Err(self.not_a("true or false", "write `= true`")),
                "no" | "off" | "0" => Err(self.not_a("true or false", "write `= false`")),
                _ => Err(self.not_a("true or false", "write `= true` or `= false`")),
            },
            FieldKind::Instant => self.instant(),
            FieldKind::Date => self.date(),
            FieldKind::Json => match text {
                "{}" | "[]" => Ok(text.to_owned()),
                _ => Err(self.wrong("the default of `json` is empty", "write `= {}` or `= []`")),
            },
            FieldKind::Enum { values } => self.word(values),
            FieldKind::Uuid
            | FieldKind::Email
            | FieldKind::Bytes { .. }
            | FieldKind::One { .. }
            | FieldKind::Many { .. } => Err(self.wrong(
                "there is no sensible default here: every record would share it",
                "leave it out, and write `?` behind the type if the value may be missing",
            )),
        }
    }

    fn not_a(&self, what: &str, hint: impl Into<String>) -> NotationError {
        self.wrong(format!("`{}` is not {what}", self.text), hint)
    }

    fn check_length(&self, min: u32, max: u32) -> Result<(), NotationError> {
        let length = self.text.chars().count();
        let bound = |bound: u32| usize::try_from(bound).unwrap_or(usize::MAX);
        if (bound(min)..=bound(max)).contains(&length) {
            return Ok(());
        }
        let hint = if length == 0 {
            format!(
                "write the length `(0..{max})` to allow the empty text, or leave the default out"
            )
        } else {
            "change the default or the bounds".to_owned()
        };
        Err(self.wrong(
            format!("the default has {length} characters, and {min} to {max} are allowed"),
            hint,
        ))
    }

    fn check_pattern(&self, pattern: Option<&str>) -> Result<(), NotationError> {
        let matches = pattern.is_none_or(|pattern| {
            super::whole_pattern(pattern).is_ok_and(|regex| regex.is_match(&self.text))
        });
        if matches {
            return Ok(());
        }
        Err(self.wrong(
            "the default does not match the pattern of its own field",
            "change one of the two; the whole value has to match",
        ))
    }

    fn url(&self) -> Result<String, NotationError> {
        let text = &self.text;
        let host = ["https://", "http://"]
            .into_iter()
            .find_map(|scheme| text.strip_prefix(scheme));
        let well_formed = host.is_some_and(|host| {
            host.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
        }) && text.len() <= 2048
            && text.bytes().all(|byte| byte.is_ascii_graphic());
        if well_formed {
            return Ok(text.clone());
        }
        Err(self.not_a(
            "an absolute URL",
            "write it in full, in ASCII: `= \"https://example.com/\"`",
        ))
    }

    fn number(
        &self,
        scale: u8,
        min: Option<i64>,
        max: Option<i64>,
        what: &str,
    ) -> Result<String, NotationError> {
        let value = parse_scaled(&self.text, scale)
            .map_err(|error| scaled_error(error, &self.text, &self.span, scale, what))?;
        let shown = |bound| format_scaled(bound, scale);
        if let Some(min) = min.filter(|min| value < *min) {
            return Err(self.wrong(
                format!("the default {} is below {}", shown(value), shown(min)),
                "change the default or the bounds",
            ));
        }
        if let Some(max) = max.filter(|max| value > *max) {
            return Err(self.wrong(
                format!("the default {} is above {}", shown(value), shown(max)),
                "change the default or the bounds",
            ));
        }
        Ok(shown(value))
    }

    fn instant(&self) -> Result<String, NotationError> {
        let hint = "write `= now`, or a moment in UTC like `= 2026-11-25T09:30:00Z`";
        match self.text.as_str() {
            "now" => Ok("now".to_owned()),
            "now()" | "current_timestamp" | "today" => Err(self.not_a("a moment", "write `= now`")),
            text => match text.parse::<jiff::Timestamp>() {
                Ok(moment) if !moment.to_string().starts_with('-') => Ok(moment.to_string()),
                _ => Err(self.not_a("a moment", hint)),
            },
        }
    }

    fn date(&self) -> Result<String, NotationError> {
        match self.text.as_str() {
            "today" => Ok("today".to_owned()),
            "now" | "now()" | "current_date" => {
                Err(self.not_a("a day", "write `= today` (in UTC)"))
            }
            text => match text.parse::<jiff::civil::Date>() {
                Ok(day) if day.to_string() == text && day.year() > 0 => Ok(text.to_owned()),
                _ => Err(self.not_a(
                    "a day of the calendar",
                    "write `= today` (in UTC), or year, month and day like `= 2026-11-25`",
                )),
            },
        }
    }

    fn word(&self, values: &[String]) -> Result<String, NotationError> {
        if values.contains(&self.text) {
            return Ok(self.text.clone());
        }
        let words = values.iter().map(String::as_str);
        Err(match crate::error::did_you_mean(&self.text, words) {
            Some(meant) => self.not_a("one of the words", format!("did you mean `= {meant}`?")),
            None => self.not_a(
                "one of the words",
                format!("write one of `{}`", values.join("`, `")),
            ),
        })
    }
}

/// The mistake in a number at its place.
pub(super) fn scaled_error(
    error: ScaledError,
    text: &str,
    span: &Range<usize>,
    scale: u8,
    what: &str,
) -> NotationError {
    let (message, hint) = match error {
        ScaledError::NotANumber => (
            format!("`{text}` is not {what}"),
            "write digits, for example `10`".to_owned(),
        ),
        ScaledError::TooExact if scale == 0 => (
            format!("`{text}` has decimals where whole numbers stand"),
            "leave the decimals out".to_owned(),
        ),
        ScaledError::TooExact => (
            format!("`{text}` has more than {scale} digits behind the point"),
            "round it, or give the type more digits".to_owned(),
        ),
        ScaledError::TooLarge => (
            format!("`{text}` does not fit into 64 bits"),
            "write a smaller number".to_owned(),
        ),
    };
    NotationError::new(span.clone(), message).hint(hint)
}
