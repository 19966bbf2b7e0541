//! From the blueprint to the files that should exist.

pub mod tree;
