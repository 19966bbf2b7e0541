//! The real binary in a folder of its own, away from the settings of whoever runs the tests.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

/// The day of every test: 2026-11-25.
pub(crate) const EPOCH: &str = "1795564800";

/// A folder to run commands in.
pub(crate) struct Place {
    // Dropped last: the folder goes with it.
    _directory: tempfile::TempDir,
    pub(crate) root: PathBuf,
}

impl Place {
    pub(crate) fn new() -> Place {
        let directory = tempfile::tempdir().expect("a folder for the test");
        // macOS hands out a path behind a symlink.
        let real = directory
            .path()
            .canonicalize()
            .expect("the folder is there");
        let root = real.join("here");
        std::fs::create_dir(&root).expect("the folder is new");
        Place {
            _directory: directory,
            root,
        }
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        let folder = path.parent().expect("it is below the root");
        std::fs::create_dir_all(folder).expect("folders can be made");
        std::fs::write(path, text).expect("files can be written");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        let path = self.root.join(path);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// `cargo-kickoff` with these arguments, nobody to ask, and the clock at [`EPOCH`].
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = kickoff();
        command
            .args(arguments)
            .current_dir(&self.root)
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments))
    }

    /// All that is there, as [`snapshot`] has it.
    pub(crate) fn snapshot(&self) -> BTreeMap<String, Entry> {
        snapshot(&self.root)
    }

    /// Why Cargo does not take the package in `folder` for a member of its workspace.
    pub(crate) fn fault_of_member(&self, folder: &str) -> Option<String> {
        let folder = self.root.join(folder);
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args([
                "metadata",
                "--offline",
                "--no-deps",
                "--format-version",
                "1",
            ])
            .current_dir(&folder)
            .output()
            .expect("Cargo runs the tests");
        if !output.status.success() {
            return Some(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let metadata: serde_json::Value =
            serde_json::from_slice(&output.stdout).expect("metadata is JSON");
        let manifest = folder.join("Cargo.toml");
        let packages = metadata["packages"].as_array().expect("packages");
        let found = packages.iter().any(|package| {
            package["manifest_path"].as_str().map(Path::new) == Some(manifest.as_path())
        });
        let root = metadata["workspace_root"].as_str().map(Path::new);
        let alone = root == Some(folder.as_path());
        (!found || alone).then(|| format!("{} is no member: {metadata:#}", folder.display()))
    }

    /// The folder's own path is replaced, so that what was printed can be compared.
    pub(crate) fn redact(&self, text: &str) -> String {
        let root = self.root.to_string_lossy().into_owned();
        let escaped = root.replace('\\', "\\\\");
        text.replace(&escaped, "[ROOT]").replace(&root, "[ROOT]")
    }
}

/// The binary, without what the environment of the tests would make of it.
pub(crate) fn kickoff() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-kickoff"));
    for name in [
        "ACCESSIBLE",
        "CARGO_TERM_COLOR",
        "CI",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "GIT_DIR",
        "GIT_WORK_TREE",
        "NO_COLOR",
    ] {
        command.env_remove(name);
    }
    command
        .env("SOURCE_DATE_EPOCH", EPOCH)
        .env("TERM", "xterm-256color");
    command
}

/// How a command ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    pub(crate) fn of(mut command: Command) -> Ran {
        Ran::from(command.output().expect("the binary is there"))
    }

    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Ran {
        assert_eq!(self.code, Some(code), "{}{}", self.stdout, self.stderr);
        self
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        Ran {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
        }
    }
}

/// A file or a folder as it stands on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The bytes, for a file.
    pub(crate) bytes: Option<Vec<u8>>,
    pub(crate) modified: SystemTime,
}

/// Everything below `root`, the root itself as the empty path; folders end in `/`. A repository's insides are left out.
pub(crate) fn snapshot(root: &Path) -> BTreeMap<String, Entry> {
    let mut entries = BTreeMap::new();
    collect(root, "", &mut entries);
    entries
}

fn collect(path: &Path, name: &str, entries: &mut BTreeMap<String, Entry>) {
    let metadata = std::fs::symlink_metadata(path).expect("it was listed");
    let modified = metadata.modified().expect("the platform keeps times");
    if !metadata.is_dir() {
        let bytes = std::fs::read(path).ok();
        entries.insert(name.to_owned(), Entry { bytes, modified });
        return;
    }
    let name = match name {
        "" => String::new(),
        name => format!("{name}/"),
    };
    let inside_of_repository = name.ends_with(".git/");
    let bytes = None;
    entries.insert(name.clone(), Entry { bytes, modified });
    if inside_of_repository {
        return;
    }
    for child in std::fs::read_dir(path).expect("a folder") {
        let child = child.expect("a folder can be read");
        let child_name = child.file_name().into_string().expect("Unicode");
        collect(&child.path(), &format!("{name}{child_name}"), entries);
    }
}
