//! A generated service as an operator meets it: the release binary, real signals, a real file, and no word with its inside.
//!
//! Runs where `KICKOFF_OUTSIDE` is set, and on Unix alone, for there are signals in it. Needs python3, which has SQLite in it, and `ps`.
#![cfg(unix)]

mod database;
mod ends;
mod http;
mod program;
mod python;
mod races;
mod sockets;

use std::io::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Runs a scenario alone: what is measured must not wait for another one. Does nothing where nobody asked for it.
fn scenario(name: &str, run: impl FnOnce() -> String) {
    static ALONE: Mutex<()> = Mutex::new(());
    if std::env::var_os("KICKOFF_OUTSIDE").is_none() {
        say(&format!(
            "skipped: set KICKOFF_OUTSIDE=1 to see it {name}\n"
        ));
        return;
    }
    let alone: MutexGuard<'_, ()> = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let figures = run();
    drop(alone);
    say(&format!("{name:<28} {figures}\n"));
}

/// Said on the way that the test harness shows and no lint forbids to a test.
fn say(line: &str) {
    let _ = std::io::stderr().write_all(line.as_bytes());
}
