//! Placeholder.
use super::{Field, NotationError};
/// Parses `name: spec`.
///
/// # Errors
/// The first mistake, at its place in `text`.
pub fn parse_field(_text: &str) -> Result<Field, NotationError> {
    unreachable!()
}
/// Parses the part behind the colon.
///
/// # Errors
/// The first mistake, at its place in `spec`.
pub fn parse_spec(_name: &str, _spec: &str) -> Result<Field, NotationError> {
    unreachable!()
}
