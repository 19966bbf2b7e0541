//! The command line through the real binary: cases on disk, and what holds for every run.

mod adr;
mod cases;
mod change;
mod init;
mod new;
mod support;
mod update;
mod workspace;
