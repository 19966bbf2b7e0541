//! A project in a repository, as people work on it.

use std::process::{Command, Stdio};

use crate::support::{Place, Ran};

/// The answers of a small service with records.
pub(crate) const ANSWERS: &str = "\
format = 1

[service]
name = \"shop\"
created = \"2026-11-25\"

# What it is for.
[responsibility]
purpose = \"Sell things\"

[entity.Tag]
about = \"A word.\"

[entity.Tag.fields]
name = \"string(40) unique\"

[entity.Item.fields]
title = \"string(80)\"
tag = \"-> Tag\"
";

/// A project in a repository with one commit.
pub(crate) struct Project {
    pub(crate) place: Place,
}

impl Project {
    pub(crate) fn new() -> Project {
        let place = Place::new();
        place.write("answers.toml", ANSWERS);
        place
            .run(&["new", "shop", "--answers", "answers.toml", "--yes"])
            .expect(0);
        std::fs::remove_file(place.root.join("answers.toml")).expect("it was written");
        let project = Project { place };
        project.commit();
        project
    }

    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
            .args(arguments)
            .current_dir(self.place.root.join("shop"))
            .stdin(Stdio::null())
            .output()
            .expect("Git is installed");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    }

    pub(crate) fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "Work", "--allow-empty"]);
    }

    pub(crate) fn read(&self, path: &str) -> String {
        self.place.read(&format!("shop/{path}"))
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.place.root.join("shop").join(path).exists()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        self.place.write(&format!("shop/{path}"), text);
    }

    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replacen(from, to, 1));
    }

    pub(crate) fn remove(&self, path: &str) {
        std::fs::remove_file(self.place.root.join("shop").join(path)).expect("it is there");
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = self.place.command(arguments);
        command.current_dir(self.place.root.join("shop"));
        Ran::of(command)
    }

    #[track_caller]
    pub(crate) fn update(&self, arguments: &[&str], code: i32) -> Ran {
        let all: Vec<_> = ["update"].iter().chain(arguments).copied().collect();
        self.run(&all).expect(code)
    }

    /// Every line that is not there although the files have not been touched since the last commit.
    pub(crate) fn status(&self) -> String {
        self.git(&["status", "--porcelain"])
    }
}

/// Another field: a text of the answers, and what stands there instead.
pub(crate) const NEW_FIELD: (&str, &str) = (
    "title = \"string(80)\"\n",
    "title = \"string(80)\"\ncolour = \"string(20)?\"\n",
);
