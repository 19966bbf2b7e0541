//! Plans: what is refused, what is shown, what is on the disk afterwards.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod apply_support;

use apply_support::{Disk, options, paths, plan, tree};
use cargo_kickoff::error::exit;
use cargo_kickoff::plan::{Edit, Plan, Step, Verdict, apply, show};
use cargo_kickoff::skeleton::tree::Tree;

const LISTED: &str = "[workspace]\nmembers = [\n    \"a\", # the a\n]\n";

/// Applies a plan for `target` and compares the whole list of files.
#[track_caller]
fn check(before: &[(&str, &str)], target: &str, expected: &[&str]) -> Disk {
    let disk = Disk::new(before);
    let before = disk.picture();
    let plan = plan(&disk.root.join(target)).expect("a plan");
    assert!(!show::json(&plan).is_empty());
    assert_eq!(disk.picture(), before, "planning and showing write nothing");
    let applied = apply(&plan, &options(None), |_| Ok(())).expect("it applies");
    assert_eq!(applied.warnings, [""; 0]);
    assert_eq!(applied.created, tree().len());
    assert_eq!(paths(&disk.picture()), expected);
    disk
}

#[test]
fn a_tree_of_its_own() {
    let files = [
        "orders",
        "orders/.git",
        "orders/.gitignore",
        "orders/Cargo.toml",
        "orders/kickoff.toml",
        "orders/src",
        "orders/src/main.rs",
        "orders/src/orders",
        "orders/src/orders/mod.rs",
    ];
    let disk = check(&[], "orders", &files);
    assert!(disk.root.join("orders/.git/HEAD").exists());
    check(&[("orders/", "")], "orders", &files);
}

#[test]
fn folders_on_the_way_are_made() {
    let disk = Disk::new(&[]);
    let plan = plan(&disk.root.join("a/b/orders")).unwrap();
    apply(&plan, &options(None), |_| Ok(())).unwrap();
    let picture = disk.picture();
    assert_eq!(paths(&picture)[..3], ["a", "a/b", "a/b/orders"]);
    assert!(picture.contains_key("a/b/orders/src/main.rs"));
}

#[test]
fn a_member_of_a_workspace() {
    let disk = check(
        &[("Cargo.toml", LISTED), ("a/Cargo.toml", "")],
        "services/orders",
        &[
            "Cargo.toml",
            "a",
            "a/Cargo.toml",
            "services",
            "services/orders",
            "services/orders/.git",
            "services/orders/.gitignore",
            "services/orders/Cargo.toml",
            "services/orders/kickoff.toml",
            "services/orders/src",
            "services/orders/src/main.rs",
            "services/orders/src/orders",
            "services/orders/src/orders/mod.rs",
        ],
    );
    assert_eq!(
        std::fs::read_to_string(disk.root.join("Cargo.toml")).unwrap(),
        "[workspace]\nmembers = [\n    \"a\", # the a\n    \"services/orders\",\n]\n"
    );
}

#[cfg(unix)]
#[test]
fn the_folder_in_which_the_person_stands_stays_that_folder() {
    use std::os::unix::fs::MetadataExt;
    let disk = Disk::new(&[("orders/", "")]);
    let target = disk.root.join("orders");
    let before = target.metadata().unwrap().ino();
    apply(&plan(&target).unwrap(), &options(Some(&target)), |_| Ok(())).unwrap();
    assert_eq!(target.metadata().unwrap().ino(), before);
    let picture = disk.picture();
    let files = paths(&picture);
    assert_eq!(files.len(), 9, "{files:?}");
}

#[cfg(unix)]
#[test]
fn a_manifest_behind_a_symlink_stays_behind_it() {
    let disk = Disk::new(&[("real.toml", LISTED)]);
    std::os::unix::fs::symlink("real.toml", disk.root.join("Cargo.toml")).unwrap();
    apply(
        &plan(&disk.root.join("orders")).unwrap(),
        &options(None),
        |_| Ok(()),
    )
    .unwrap();
    assert!(disk.root.join("Cargo.toml").is_symlink());
    let text = std::fs::read_to_string(disk.root.join("real.toml")).unwrap();
    assert!(text.contains("\"orders\""), "{text}");
}

#[track_caller]
fn check_refused(disk: &Disk, target: &str, because: &str, hint: &str) {
    let before = disk.picture();
    let error = plan(&disk.root.join(target)).expect_err("it is refused");
    assert!(error.message.contains(because), "{error}");
    assert!(
        error.hints.iter().any(|found| found.contains(hint)),
        "{error:?}"
    );
    assert_eq!(error.code, exit::CONFLICT);
    assert_eq!(disk.picture(), before);
}

#[test]
fn an_occupied_target_is_refused_with_the_command_to_use() {
    let disk = Disk::new(&[
        ("empty but for a file/x", ""),
        ("cargo/Cargo.toml", ""),
        ("kickoff/Cargo.toml", ""),
        ("kickoff/kickoff.toml", ""),
        ("file", ""),
    ]);
    check_refused(&disk, "empty but for a file", "not empty", "another path");
    check_refused(&disk, "cargo", "not empty", "choose another path");
    check_refused(
        &disk,
        "kickoff",
        "not empty",
        "cargo kickoff new OTHER-PATH --answers",
    );
    check_refused(&disk, "file", "is a file", "another path");
    check_refused(&disk, "file/orders", "file` is a file", "another path");
}

#[cfg(unix)]
#[test]
fn symlinks_in_the_way_are_refused() {
    use std::os::unix::fs::symlink;
    let disk = Disk::new(&[("folder/", "")]);
    symlink("folder", disk.root.join("link")).unwrap();
    symlink("nowhere", disk.root.join("dangling")).unwrap();
    check_refused(&disk, "link", "is a symlink", "/folder`");
    check_refused(&disk, "dangling", "is a symlink", "leads nowhere");
    check_refused(&disk, "dangling/orders", "leads nowhere", "remove it");
    // A parent that is a symlink to a folder is where a person said it is.
    let target = disk.root.join("link/orders");
    apply(&plan(&target).unwrap(), &options(None), |_| Ok(())).unwrap();
    assert!(disk.root.join("folder/orders/Cargo.toml").exists());
    assert!(disk.root.join("link").is_symlink());
}

#[test]
fn paths_that_would_be_one_file_are_refused() {
    for (one, other) in [("src/a.rs", "src/A.rs"), ("src/a", "src/a/b.rs")] {
        let mut tree = Tree::default();
        tree.insert(one, "").unwrap();
        tree.insert(other, "").unwrap();
        let target = Disk::new(&[]).root.join("orders");
        assert!(Plan::new(&target, &tree, Vec::new()).is_err(), "{one}");
    }
}

/// Whatever another program does while this one is at work stays, and nothing of ours does.
#[track_caller]
fn check_race(before: &[(&str, &str)], at: Step<'_>, write: (&str, &str), because: &str) {
    let disk = Disk::new(before);
    let plan = plan(&disk.root.join("orders")).unwrap();
    let error = apply(&plan, &options(None), |step| {
        if std::mem::discriminant(step) == std::mem::discriminant(&at) {
            disk.write(write.0, write.1);
        }
        Ok(())
    })
    .expect_err("another program was faster");
    assert!(error.message.contains(because), "{error}");
    let expected = Disk::new(before);
    expected.write(write.0, write.1);
    assert_eq!(disk.picture(), expected.picture());
}

#[test]
fn what_others_do_in_the_meantime_stays() {
    let workspace = [("Cargo.toml", LISTED)];
    let edited = ("Cargo.toml", "[workspace]\n# New.\n");
    check_race(
        &workspace,
        Step::WriteMarker,
        edited,
        "was changed in the meantime",
    );
    check_race(
        &workspace,
        Step::PutInPlace,
        edited,
        "was changed in the meantime",
    );
    check_race(&[], Step::CreateTree, ("orders/x", "x"), "not empty");
    check_race(
        &[],
        Step::PutInPlace,
        ("orders/x", "x"),
        "was created in the meantime",
    );
    check_race(
        &[("orders/", "")],
        Step::PutInPlace,
        ("orders/x", "x"),
        "was created in the meantime",
    );
}

#[test]
fn a_plan_that_is_no_longer_true_is_refused() {
    let disk = Disk::new(&[("Cargo.toml", LISTED)]);
    let target = disk.root.join("orders");
    let planned = plan(&target).unwrap();
    disk.write("orders/x", "x");
    let error = apply(&planned, &options(None), |_| Ok(())).expect_err("occupied");
    assert_eq!(error.code, exit::CONFLICT);
    let edit = Edit {
        path: disk.root.join("Cargo.toml"),
        old: "another text".to_owned(),
        new: "new".to_owned(),
    };
    let plan = Plan::new(&disk.root.join("other"), &tree(), vec![edit]).unwrap();
    let last = plan.files().last().unwrap();
    assert!(matches!(last.verdict, Verdict::Conflict(_)));
    assert!(show::json(&plan).contains("\"verdict\":\"conflict\",\"because\":\"was changed"));
    let before = disk.picture();
    let error = apply(&plan, &options(None), |_| Ok(())).expect_err("a conflict");
    assert_eq!(error.code, exit::CONFLICT);
    assert!(
        error.message.contains("`../Cargo.toml` was changed"),
        "{error}"
    );
    assert_eq!(disk.picture(), before);
}

#[test]
fn a_read_only_manifest_is_respected() {
    let disk = Disk::new(&[("Cargo.toml", LISTED)]);
    let manifest = disk.root.join("Cargo.toml");
    let mut permissions = manifest.metadata().unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&manifest, permissions).unwrap();
    let before = disk.picture();
    let plan = plan(&disk.root.join("orders")).unwrap();
    let error = apply(&plan, &options(None), |_| Ok(())).expect_err("read-only");
    assert!(error.message.contains("read-only"), "{error}");
    assert_eq!(disk.picture(), before);
}

#[test]
fn a_plan_is_shown_in_three_forms() {
    let disk = Disk::new(&[("Cargo.toml", LISTED)]);
    let target = disk.root.join("orders");
    let plan = plan(&target).unwrap();
    let lines: Vec<String> = show::lines(&plan)
        .iter()
        .map(|(word, what)| format!("{word} {what}"))
        .collect();
    assert_eq!(
        lines,
        [
            "Create .gitignore".to_owned(),
            "Create Cargo.toml".to_owned(),
            "Create kickoff.toml".to_owned(),
            "Create src/main.rs".to_owned(),
            "Create src/orders/mod.rs".to_owned(),
            "Edit ../Cargo.toml".to_owned(),
            format!("Total 6 files for `{target}`: 5 to create, 1 to edit"),
        ]
    );
    let diff = show::diff(&plan);
    assert!(
        diff.contains("--- /dev/null\n+++ b/src/main.rs\n@@ -0,0 +1 @@\n+fn main() {}\n"),
        "{diff}"
    );
    assert!(
        diff.ends_with("--- a/../Cargo.toml\n+++ b/../Cargo.toml\n@@ -1,4 +1,5 @@\n [workspace]\n members = [\n     \"a\", # the a\n+    \"orders\",\n ]\n"),
        "{diff}"
    );
    let json = show::json(&plan);
    let lines: Vec<&str> = json.lines().collect();
    assert_eq!(lines.len(), 7);
    assert_eq!(
        lines[3],
        r#"{"reason":"plan-file","path":"src/main.rs","verdict":"create"}"#
    );
    assert_eq!(
        lines[5],
        r#"{"reason":"plan-file","path":"../Cargo.toml","verdict":"edit"}"#
    );
    let target = target.as_str().replace('\\', "/");
    assert_eq!(
        lines[6],
        format!(
            r#"{{"reason":"plan","target":"{target}","files":6,"create":5,"edit":1,"unchanged":0,"kept":0,"conflict":0}}"#
        )
    );
}
