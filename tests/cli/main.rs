//! The command line through the real binary: cases on disk, and what holds for every run.

mod adr;
mod adr_accept;
mod adr_check;
mod adr_drafts;
mod adr_index;
mod adr_list;
mod adr_new;
mod adr_support;
mod cases;
mod change;
mod check;
mod enforcement;
mod init;
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
