//! A repository with decision records that somebody else wrote.

use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::{Place, Ran};

/// A repository with records in `docs/adr`, everything committed.
pub(crate) struct Repository {
    pub(crate) place: Place,
}

/// A record in Nygard's form.
pub(crate) fn nygard(number: u32, title: &str, status: &str) -> String {
    format!(
        "# {number}. {title}\n\nDate: 2026-01-31\n\n## Status\n\n{status}\n\n## Context\n\nIt is so.\n\n## Decision\n\nWe do it.\n\n\
         ## Consequences\n\nIt is done.\n"
    )
}

impl Repository {
    pub(crate) fn new(files: &[(&str, &str)]) -> Repository {
        let place = Place::new();
        for (path, text) in files {
            place.write(path, text);
        }
        let repository = Repository { place };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit("begin");
        repository
    }

    /// Three records in Nygard's form: accepted, proposed, proposed.
    pub(crate) fn with_three() -> Repository {
        Repository::new(&[
            ("docs/adr/0001-one.md", &nygard(1, "One", "Accepted")),
            ("docs/adr/0002-two.md", &nygard(2, "Two", "Proposed")),
            ("docs/adr/0003-three.md", &nygard(3, "Three", "Proposed")),
        ])
    }

    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
            .args(arguments)
            .current_dir(&self.place.root)
            .stdin(Stdio::null())
            .output()
            .expect("Git is installed");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
    }

    /// `cargo-kickoff adr` with these arguments.
    pub(crate) fn adr(&self, arguments: &[&str]) -> Ran {
        let all: Vec<&str> = ["adr"].iter().chain(arguments).copied().collect();
        self.place.run(&all)
    }

    /// The files that differ from the last commit, with Git's letters.
    pub(crate) fn changes(&self) -> Vec<String> {
        let status = self.git(&["status", "--porcelain", "--untracked-files=all"]);
        status.lines().map(str::to_owned).collect()
    }

    /// Lines that were taken out and put in since the last commit.
    pub(crate) fn changed_lines(&self) -> Vec<String> {
        let diff = self.git(&["diff", "--unified=0"]);
        let is_line = |line: &&str| {
            line.starts_with(['+', '-']) && !line.starts_with("+++") && !line.starts_with("---")
        };
        diff.lines().filter(is_line).map(str::to_owned).collect()
    }
}

/// The lines of JSON with this reason.
pub(crate) fn lines(ran: &Ran, reason: &str) -> Vec<Value> {
    let lines = ran.stdout.lines();
    let values = lines.map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
    values.filter(|value| value["reason"] == reason).collect()
}
