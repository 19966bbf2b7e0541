//! Interviews in a real (pseudo) terminal, with the real binary.
#![cfg(unix)]

mod defaults;
mod draft;
mod harness;
mod init;
mod plain;
mod records;
mod screens;
mod walk;
