//! Generated projects on disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use camino::Utf8Path;
use cargo_kickoff::answers::Answers;
use cargo_kickoff::blueprint::{Blueprint, Setting};
use cargo_kickoff::skeleton::tree::Tree;
use cargo_kickoff::skeleton::{OwnSkeleton, lay};

/// Draws and lays; conflicts and broken skeletons fail the test.
pub(crate) fn generate(answers: &Answers) -> (Blueprint, Tree) {
    let blueprint = match Blueprint::draw(answers, Setting::Standalone) {
        Ok(blueprint) => blueprint,
        Err(conflicts) => {
            let conflicts: Vec<_> = conflicts
                .iter()
                .map(|conflict| format!("{conflict}\n  {}", conflict.hint))
                .collect();
            panic!("{}: {}", answers.name, conflicts.join("\n"));
        }
    };
    let tree = lay(&blueprint, &OwnSkeleton::default())
        .unwrap_or_else(|error| panic!("{}: {error}", answers.name));
    (blueprint, tree)
}

/// Writes a tree below a folder.
pub(crate) fn write(tree: &Tree, folder: &Path) {
    for (path, text) in tree.iter() {
        let path = folder.join(path);
        let parent = path.parent().expect("a folder");
        fs::create_dir_all(parent).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
}

/// The roots of all crates in a tree: rustfmt finds the modules from there.
fn roots(folder: &Path) -> Vec<PathBuf> {
    let roots = ["src/main.rs", "src/lib.rs", "tests/service/main.rs"];
    roots
        .iter()
        .map(|root| folder.join(root))
        .filter(|root| root.exists())
        .collect()
}

/// Fails when rustfmt would change any Rust file of these trees. One process looks at all of them.
pub(crate) fn assert_formatted(trees: &[(String, Tree)]) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    for (name, tree) in trees {
        let folder = folder.path().join(name);
        write(tree, &folder);
        files.extend(roots(&folder));
    }
    let output = Command::new("rustfmt")
        .args(["--edition", "2024", "--check", "--color", "never"])
        .args(&files)
        .output()
        .expect("rustfmt is part of the toolchain");
    assert!(output.status.success(), "{}", shown(&output));
}

/// Fails when a TOML file of the tree cannot be read.
pub(crate) fn assert_toml(name: &str, tree: &Tree) {
    for (path, text) in tree.iter() {
        let is_toml = path.extension() == Some("toml") || path.file_name() == Some("Cargo.lock");
        if is_toml && let Err(error) = text.parse::<toml_edit::DocumentMut>() {
            panic!("{name}: {path}: {error}\n{text}");
        }
    }
}

/// The migrations of a tree in their order.
pub(crate) fn migrations(tree: &Tree) -> Vec<(&Utf8Path, &str)> {
    tree.iter()
        .filter(|(path, _)| path.extension() == Some("sql"))
        .collect()
}

fn shown(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    // The first hundred differences say enough.
    text.lines().take(400).collect::<Vec<_>>().join("\n")
}

/// A generated project that can be built; all share one target directory.
pub(crate) struct Project {
    folder: PathBuf,
    target: PathBuf,
    /// The package's name.
    pub name: String,
}

impl Project {
    /// Writes a project below the shared folder for built projects.
    pub(crate) fn write(name: &str, tree: &Tree) -> Project {
        let project = Project::empty(name);
        write(tree, &project.folder);
        project
    }

    /// An empty folder for a project.
    pub(crate) fn empty(name: &str) -> Project {
        let home = std::env::var_os("CARGO_TARGET_DIR")
            .map(PathBuf::from)
            .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"))
            .join("generated");
        let folder = home.join("projects").join(name);
        if folder.exists() {
            // What an earlier run left must not help this one.
            fs::remove_dir_all(&folder).expect("the old project can be removed");
        }
        fs::create_dir_all(&folder).expect("the folder can be made");
        Project {
            folder,
            target: home.join("target"),
            name: name.to_owned(),
        }
    }

    /// A file of the project.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// Where it is.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Cargo in the project.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            // A debugger is never attached, and without its data the shared folder stays small.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0")
            .args(arguments);
        if let Some(server) = crate::postgresql::server() {
            command.env("TEST_DATABASE_URL", server);
        }
        command
    }

    /// Runs Cargo in the project and fails with its output.
    pub(crate) fn cargo(&self, arguments: &[&str]) {
        let output = self.command(arguments).output().expect("Cargo runs");
        assert!(
            output.status.success(),
            "{}: cargo {}\n{}",
            self.name,
            arguments.join(" "),
            shown(&output)
        );
    }

    /// Format, lints with warnings denied, the project's own tests, and a binary to start.
    pub(crate) fn check(&self) {
        self.cargo(&["fmt", "--check"]);
        self.cargo(&[
            "clippy",
            "--locked",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]);
        // The library and the binary have no tests of their own.
        self.cargo(&["test", "--locked", "--test", "service"]);
    }

    /// The binary, after [`Project::check`].
    pub(crate) fn binary(&self) -> PathBuf {
        self.target
            .join("debug")
            .join(format!("{}{}", self.name, std::env::consts::EXE_SUFFIX))
    }
}
