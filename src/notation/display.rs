//! The canonical notation of a field, which parses back to the same field.

use std::fmt;

use super::{Field, FieldKind, OnDelete, format_scaled};

impl fmt::Display for Field {
    /// `name: notation`, with every length and size written out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.notation())
    }
}

impl Field {
    /// The canonical notation without the name, as it stands in [`FieldAnswer::spec`](super::FieldAnswer::spec).
    pub fn notation(&self) -> String {
        let mut text = kind(&self.kind);
        if self.optional {
            text.push('?');
        }
        text += &range(&self.kind);
        if let FieldKind::String {
            pattern: Some(pattern),
            ..
        } = &self.kind
        {
            text += &format!(" matching /{}/", escape_pattern(pattern));
        }
        text += match &self.kind {
            FieldKind::One { on_delete, .. } => match on_delete {
                OnDelete::Restrict => "",
                OnDelete::Cascade => " on delete cascade",
                OnDelete::Clear => " on delete clear",
            },
            _ => "",
        };
        if self.unique {
            text += " unique";
        }
        if self.personal {
            text += " personal";
        }
        match (&self.kind, &self.default) {
            (_, None) => {}
            (FieldKind::String { .. } | FieldKind::Text { .. } | FieldKind::Url, Some(default)) => {
                text += &format!(" = \"{}\"", escape_text(default))
            }
            (_, Some(default)) => text += &format!(" = {default}"),
        }
        text
    }
}

fn kind(kind: &FieldKind) -> String {
    match kind {
        FieldKind::String { min, max, .. } => format!("string({})", length(*min, *max)),
        FieldKind::Text { min, max } => format!("text({})", length(*min, *max)),
        FieldKind::Int { .. } => "int".to_owned(),
        FieldKind::Decimal { digits, scale, .. } => format!("decimal({digits}, {scale})"),
        FieldKind::Money { currency, .. } => format!("money({currency})"),
        FieldKind::Bool => "bool".to_owned(),
        FieldKind::Instant => "instant".to_owned(),
        FieldKind::Date => "date".to_owned(),
        FieldKind::Uuid => "uuid".to_owned(),
        FieldKind::Email => "email".to_owned(),
        FieldKind::Url => "url".to_owned(),
        FieldKind::Json => "json".to_owned(),
        FieldKind::Bytes { max } => format!("bytes({max})"),
        FieldKind::Enum { values } => values.join(" | "),
        FieldKind::One { to, .. } => format!("-> {to}"),
        FieldKind::Many { to } => format!("<-> {to}"),
    }
}

/// Nobody means the empty text by a length of 32, so only another shortest length is written.
fn length(min: u32, max: u32) -> String {
    if min == 1 {
        max.to_string()
    } else {
        format!("{min}..{max}")
    }
}

fn range(kind: &FieldKind) -> String {
    let (min, max) = match kind {
        FieldKind::Int { min, max }
        | FieldKind::Decimal { min, max, .. }
        | FieldKind::Money { min, max, .. } => (*min, *max),
        _ => (None, None),
    };
    let scale = kind.scale().unwrap_or(0);
    let number = |value| format_scaled(value, scale);
    match (min, max) {
        (Some(min), Some(max)) => format!(" {}..{}", number(min), number(max)),
        (Some(min), None) => format!(" >= {}", number(min)),
        (None, Some(max)) => format!(" <= {}", number(max)),
        (None, None) => String::new(),
    }
}

/// Puts the backslash back before every slash that has none.
fn escape_pattern(pattern: &str) -> String {
    let mut escaped = String::new();
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '/' => escaped.push_str("\\/"),
            '\\' => {
                escaped.push('\\');
                escaped.extend(characters.next());
            }
            other => escaped.push(other),
        }
    }
    escaped
}

fn escape_text(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}
