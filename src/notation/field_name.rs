//! Which names a field may have.

use super::NotationError;

/// Longest name of a field, in characters.
const LONGEST_NAME: usize = 60;

/// Checks the name of a field: letters of any script, digits, `_` and `-`, a letter first, and nothing the service keeps itself.
///
/// # Errors
/// The first mistake, at its place in `name`.
pub fn check_field_name(name: &str) -> Result<(), NotationError> {
    let whole = 0..name.len();
    let Some(first) = name.chars().next() else {
        return Err(NotationError::new(0..0, "the field has no name")
            .hint("write `name: type`, for example `number: string(32) unique`"));
    };
    if !first.is_alphabetic() {
        return Err(NotationError::new(
            0..first.len_utf8(),
            format!("the field name `{name}` starts with `{first}`"),
        )
        .hint("start with a letter"));
    }
    let is_allowed = |character: char| {
        character.is_alphabetic() || character.is_ascii_digit() || "_-".contains(character)
    };
    if let Some((at, other)) = name.char_indices().find(|(_, other)| !is_allowed(*other)) {
        return Err(NotationError::new(
            at..at + other.len_utf8(),
            format!("the field name `{name}` contains {}", describe(other)),
        )
        .hint("use letters, digits, `_` and `-`"));
    }
    let length = name.chars().count();
    if length > LONGEST_NAME {
        return Err(
            NotationError::new(whole, format!("the field name has {length} characters"))
                .hint(format!("write at most {LONGEST_NAME}")),
        );
    }
    check_not_taken(name)
}

fn check_not_taken(name: &str) -> Result<(), NotationError> {
    let kept_for = match super::fold(name).as_str() {
        "id" => "every record has an `id`, made by the service",
        "createdat" => "the service keeps the moment of creation itself, as `created_at`",
        "updatedat" => "the service keeps the moment of the last change itself, as `updated_at`",
        "deletedat" => "the service keeps the moment of deletion itself, as `deleted_at`",
        "version" => "the service counts the changes of a record itself, as `version`",
        "xmin" | "xmax" | "cmin" | "cmax" | "ctid" | "tableoid" => {
            "PostgreSQL has a hidden column of this name in every table"
        }
        _ => return Ok(()),
    };
    Err(
        NotationError::new(0..name.len(), format!("`{name}` is taken: {kept_for}")).hint(
            "leave it out; if something else is meant, name that, for example `number`, `edition` or `min_x`",
        ),
    )
}

fn describe(character: char) -> String {
    if character.is_whitespace() {
        "a blank".to_owned()
    } else if character.is_control() || character.len_utf8() > 1 {
        format!("the character U+{:04X}", u32::from(character))
    } else {
        format!("`{character}`")
    }
}
