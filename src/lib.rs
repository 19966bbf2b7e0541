//! Placeholder: the map of the house is written when the rooms stand.

pub mod answers;
pub mod blueprint;
pub mod cli;
pub mod context;
pub mod error;
pub mod interview;
pub mod manifest;
pub mod notation;
pub mod package_name;
pub mod plan;
pub mod prompt;
pub mod question;
pub mod shell;
pub mod skeleton;
pub mod vcs;
pub mod workspace;
