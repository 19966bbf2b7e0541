//! Provisional.
#![allow(missing_docs)]
use super::{Caller, Dependency, Limits};
#[derive(Debug, Clone, serde::Serialize)]
pub struct Finding {
    pub code: &'static str,
    pub answers: Vec<String>,
    pub message: String,
    pub fix: String,
}
pub fn in_flight(rps: u64, p99: u64) -> u64 {
    (rps * p99).div_ceil(1000).max(1)
}
pub fn findings(_: &Limits, _: &[Caller], _: &[Dependency]) -> Vec<Finding> {
    vec![]
}
