//! `cargo kickoff adr` in workspaces that somebody else wrote.

mod answers;
mod regenerated;
mod workspaces;

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use crate::support::{Place, Ran};

/// A package that keeps data and serves HTTP.
const MANIFEST: &str = "\
[package]
name = \"shop\"
version = \"0.1.0\"
edition = \"2024\"

[dependencies]
axum = \"0.8\"
sqlx = { version = \"0.8\", features = [\"postgres\"] }
";

pub(crate) fn package() -> Place {
    let place = Place::new();
    place.write("Cargo.toml", MANIFEST);
    place.write("src/lib.rs", "");
    place
}

pub(crate) fn record(number: u32, title: &str) -> String {
    format!(
        "# {number}. {title}\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nSome.\n\n## Decision\n\nYes.\n\n## Consequences\n\nNone.\n"
    )
}

pub(crate) fn git(place: &Place, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
        .args(arguments)
        .current_dir(&place.root)
        .stdin(Stdio::null())
        .output()
        .expect("Git is installed");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// The bytes of all files, without what is not to be committed.
pub(crate) fn files(place: &Place) -> BTreeMap<String, Vec<u8>> {
    let entries = place.snapshot().into_iter();
    entries
        .filter(|(path, _)| !path.contains(".kickoff/backup") && !path.starts_with(".git/"))
        .filter_map(|(path, entry)| Some((path, entry.bytes?)))
        .collect()
}

pub(crate) fn adr(place: &Place, arguments: &[&str]) -> Ran {
    let all: Vec<&str> = ["adr"].iter().chain(arguments).copied().collect();
    place.run(&all)
}
