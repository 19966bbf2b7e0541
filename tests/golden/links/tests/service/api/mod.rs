//! One file for each kind of record: what can be done to it, and what is refused.

pub mod link;
