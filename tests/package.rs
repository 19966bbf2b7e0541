//! What is published: the package holds every skeleton, and what is installed from it generates the same.
//!
//! Cargo leaves out folders that contain a `Cargo.toml`, and a `.gitignore` hides its neighbours: both work from a checkout and
//! fail from the registry. `KICKOFF_SLOW=1` also installs from the package into an empty root, which builds everything anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo
}

#[track_caller]
fn run(mut command: Command) -> Output {
    let output = command.output().expect("the program is there");
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Files below `root` with their bytes, as paths with `/`.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("a folder can be read").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(root).expect("it is below");
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            files.insert(parts.join("/"), std::fs::read(&path).expect("a file"));
        }
    }
    files
}

#[test]
fn the_package_holds_every_skeleton() {
    let mut list = cargo();
    list.args(["package", "--list", "--allow-dirty", "--offline"]);
    let listed = String::from_utf8(run(list).stdout).expect("text");
    let listed: BTreeSet<String> = listed.lines().map(|line| line.replace('\\', "/")).collect();
    let skeletons = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("skeletons"));
    assert!(!skeletons.is_empty());
    let missing: Vec<_> = skeletons
        .keys()
        .map(|path| format!("skeletons/{path}"))
        .filter(|path| !listed.contains(path))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
    for path in ["build.rs", "Cargo.lock", "src/main.rs", "README.md"] {
        assert!(listed.contains(path), "{path}");
    }
    for path in &listed {
        assert!(!path.starts_with("tests/"), "{path} is for this repository");
    }
}

#[test]
fn what_is_installed_from_the_package_generates_the_same() {
    if std::env::var_os("KICKOFF_SLOW").is_none() {
        return;
    }
    let place = tempfile::tempdir().expect("a folder for the test");
    let unpacked = unpack(place.path());
    let root = place.path().join("root");
    let mut install = cargo();
    install
        .args(["install", "--locked", "--debug", "--no-track", "--path"])
        .arg(&unpacked)
        .arg("--root")
        .arg(&root)
        // Not the folder of the tests: their binary would be replaced under them.
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("package"),
        );
    run(install);

    let generate = |mut command: Command, folder: &str| {
        let folder = place.path().join(folder);
        std::fs::create_dir(&folder).expect("a folder");
        command
            .args(["new", "orders", "--example", "orders", "--vcs", "none"])
            .current_dir(&folder)
            .env("SOURCE_DATE_EPOCH", "1795564800");
        run(command);
        files(&folder)
    };
    // As somebody types it, with what was installed first in the path.
    let mut paths = vec![root.join("bin")];
    paths.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    let mut installed = cargo();
    installed
        .arg("kickoff")
        .env("PATH", std::env::join_paths(paths).expect("paths"));
    let built = Command::new(env!("CARGO_BIN_EXE_cargo-kickoff"));
    assert_eq!(generate(installed, "installed"), generate(built, "built"));
}

/// Packs this crate and unpacks it into `place`.
fn unpack(place: &Path) -> PathBuf {
    let pack = |offline: &[&str]| {
        let mut package = cargo();
        package
            .args(["package", "--allow-dirty", "--no-verify", "--target-dir"])
            .arg(place.join("target"))
            .args(offline);
        package
    };
    let first = pack(&["--offline"]).output().expect("Cargo runs the tests");
    if !first.status.success() {
        // Without the registry's index at hand it has to be asked.
        run(pack(&[]));
    }
    let name = concat!(env!("CARGO_PKG_NAME"), "-", env!("CARGO_PKG_VERSION"));
    let archive = place.join("target/package").join(format!("{name}.crate"));
    let mut tar = Command::new("tar");
    tar.arg("-xzf").arg(archive).current_dir(place);
    run(tar);
    place.join(name)
}
