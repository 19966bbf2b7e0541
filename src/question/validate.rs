//! Placeholder.
use super::Kind;
use crate::answers::Value;
/// Reads an answer as text of its kind.
///
/// # Errors
/// Says what is wrong and what to write.
pub fn validate_value(_kind: &Kind, _text: &str) -> Result<Value, String> {
    Err(String::new())
}
/// The text that [`validate_value`] reads back.
pub fn canonical_text(_value: &Value) -> String {
    String::new()
}
/// Milliseconds of a canonical duration.
pub fn parse_duration_ms(_text: &str) -> Option<u64> {
    None
}
