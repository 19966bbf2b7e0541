//! Finding the workspace that a new package is in, with Cargo and without.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};
use cargo_kickoff::workspace::{Workspace, find};

struct Folder {
    _keep: tempfile::TempDir,
    path: Utf8PathBuf,
}

/// A folder with the given manifests; each package gets a library.
fn folder(files: &[(&str, &str)]) -> Folder {
    let keep = tempfile::tempdir().unwrap();
    let path = Utf8PathBuf::from_path_buf(keep.path().canonicalize().unwrap()).unwrap();
    for (file, text) in files {
        let file = path.join(file);
        let folder = file.parent().unwrap();
        std::fs::create_dir_all(folder.join("src")).unwrap();
        std::fs::write(folder.join("src/lib.rs"), "").unwrap();
        std::fs::write(&file, text).unwrap();
    }
    Folder { _keep: keep, path }
}

fn package(name: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n")
}

fn with_cargo(dir: &Utf8Path) -> Option<Workspace> {
    find(dir, Path::new(env!("CARGO"))).expect("it is looked for")
}

fn without_cargo(dir: &Utf8Path) -> Option<Workspace> {
    find(dir, Path::new("no-such-cargo")).expect("it is looked for")
}

/// Both ways find the same root and the same members, and nothing is written.
#[track_caller]
fn check(files: &[(&str, &str)], dir: &str, expected: Option<(&str, &[&str])>) {
    let folder = folder(files);
    for find in [with_cargo, without_cargo] {
        let found = find(&folder.path.join(dir));
        let shown = found.as_ref().map(|workspace| {
            let root = workspace.root.strip_prefix(&folder.path).unwrap().as_str();
            let members: Vec<_> = workspace.members.iter().map(|path| path.as_str()).collect();
            (root, members)
        });
        assert_eq!(
            shown,
            expected.map(|(root, members)| (root, members.to_vec()))
        );
    }
    assert!(!folder.path.join("Cargo.lock").exists());
}

#[test]
fn the_root_above_with_its_members() {
    let (a, b) = (package("a"), package("b"));
    let root = "[workspace]\nmembers = [\"crates/*\", \"tools/b\"]\n";
    let files = [
        ("Cargo.toml", root),
        ("crates/a/Cargo.toml", &a),
        ("tools/b/Cargo.toml", &b),
    ];
    check(&files, "new", Some(("", &["crates/a", "tools/b"])));
    check(
        &files,
        "crates/a/deep/new",
        Some(("", &["crates/a", "tools/b"])),
    );
    // For what exists it is the workspace that it is in.
    check(&files, "crates/a", Some(("", &["crates/a", "tools/b"])));
    check(&files, "", Some(("", &["crates/a", "tools/b"])));
}

#[test]
fn a_package_in_the_root_is_a_member() {
    let root = format!("{}\n[workspace]\nmembers = [\"a\"]\n", package("root"));
    let a = package("a");
    let files = [("Cargo.toml", root.as_str()), ("a/Cargo.toml", &a)];
    check(&files, "new", Some(("", &[".", "a"])));
}

#[test]
fn none_where_there_is_none() {
    let single = package("single");
    check(&[], "new", None);
    check(&[("Cargo.toml", &single)], "new", None);
}

#[test]
fn an_excluded_path_is_passed_by() {
    let a = package("a");
    let root = "[workspace]\nmembers = [\"a\"]\nexclude = [\"vendor\"]\n";
    let files = [("Cargo.toml", root), ("a/Cargo.toml", a.as_str())];
    check(&files, "vendor/new", None);
    check(&files, "vendored/new", Some(("", &["a"])));
}

#[test]
fn a_package_points_to_its_root() {
    let member = format!("{}workspace = \"../root\"\n", package("member"));
    let files = [
        (
            "root/Cargo.toml",
            "[workspace]\nmembers = [\"../member\"]\n",
        ),
        ("member/Cargo.toml", member.as_str()),
    ];
    check(&files, "member/new", Some(("root", &["../member"])));
}

#[test]
fn what_can_be_inherited_is_read() {
    let folder = folder(&[(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nexclude = [\"x\"]\ndefault-members = []\n\n[workspace.package]\nedition = \"2024\"\n\n[workspace.dependencies]\naxum = \"0.8\"\n\n[workspace.lints.rust]\n",
    )]);
    let workspace = with_cargo(&folder.path.join("new")).expect("a workspace");
    assert_eq!(workspace.resolver.as_deref(), Some("3"));
    assert_eq!(workspace.exclude, ["x"]);
    assert!(workspace.default_members.is_empty());
    assert!(workspace.has_lints);
    assert_eq!(workspace.package[0].name, "edition");
    assert_eq!(workspace.package[0].value.as_deref(), Some("2024"));
    let axum = workspace.dependency("axum").expect("the entry");
    assert_eq!(axum.requirement.as_deref(), Some("0.8"));
}

#[test]
fn a_pinned_toolchain_that_is_missing_does_not_matter() {
    let folder = folder(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"a\"]\n"),
        ("a/Cargo.toml", &package("a")),
    ]);
    let pin = "[toolchain]\nchannel = \"1.2.3\"\n";
    std::fs::write(folder.path.join("rust-toolchain.toml"), pin).unwrap();
    // Whatever `cargo` is here, a shim of rustup or Cargo itself: the answer is the same.
    let workspace = find(&folder.path.join("new"), Path::new("cargo"))
        .unwrap()
        .unwrap();
    assert_eq!(workspace.members, ["a"]);
}

#[test]
fn a_manifest_that_is_none_is_named() {
    let folder = folder(&[("Cargo.toml", "[workspace\n")]);
    let error = find(&folder.path.join("new"), Path::new("cargo")).expect_err("not TOML");
    assert!(error.message.contains("Cargo.toml"), "{error}");
    assert!(!error.hints.is_empty());
}

#[track_caller]
fn check_member_path(root: &str, target: &str, expected: Result<&str, &str>) {
    let folder = folder(&[("Cargo.toml", root)]);
    let target = folder.path.join(target);
    let workspace = without_cargo(&target).expect("a workspace");
    match (workspace.member_path(&target), expected) {
        (Ok(path), Ok(expected)) => assert_eq!(path, expected),
        (Err(error), Err(expected)) => assert!(error.message.contains(expected), "{error}"),
        (found, expected) => panic!("{found:?} instead of {expected:?}"),
    }
}

#[test]
fn the_path_of_a_new_member() {
    check_member_path("[workspace]\n", "services/orders", Ok("services/orders"));
    check_member_path(
        "[workspace]\nmembers = [\"crates/*\"]\n",
        "crates/orders",
        Ok("crates/orders"),
    );
    check_member_path(
        "[workspace]\nmembers = [\"crates/*\"]\n",
        "crates/new/orders",
        Err("`crates/new` would be taken for a member through `crates/*`"),
    );
}

#[cfg(unix)]
#[test]
fn a_member_behind_a_symlink_is_refused() {
    let elsewhere = folder(&[]);
    let folder = folder(&[("Cargo.toml", "[workspace]\n")]);
    std::os::unix::fs::symlink(&elsewhere.path, folder.path.join("services")).unwrap();
    let target = folder.path.join("services/orders");
    let workspace = without_cargo(&target).expect("a workspace");
    let error = workspace
        .member_path(&target)
        .expect_err("behind a symlink");
    assert!(error.message.contains("services` is a symlink"), "{error}");
}
