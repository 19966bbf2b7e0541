//! The command line through the real binary: cases on disk, and what holds for every run.

mod cases;
mod change;
mod killed;
mod new;
mod previous;
mod project;
mod rivals;
mod support;
mod update;
mod update_conflicts;
mod update_records;
mod why;
mod workspace;
