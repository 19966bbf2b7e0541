//! Services that are generated: from real schemas, from all pairs of choices, from hostile names.
//!
//! What needs no compiler runs always. What builds and starts services takes minutes, and runs where `KICKOFF_GENERATED` is set.

mod access;
mod answers;
mod client;
mod combinations;
mod contract;
mod conversion;
mod convert;
mod covering;
mod enforcement;
mod faults;
mod hostile;
mod pairs;
mod performance;
mod planted;
mod postgresql;
mod project;
mod questions;
mod running;
mod shapes;
mod size;
mod sql;
mod update;
