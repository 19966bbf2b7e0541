//! What holds for every run of `cargo kickoff new`, through the real binary.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use crate::support::{Place, Ran, kickoff, snapshot};

/// Files and their bytes, without times.
fn tree(place: &Place, path: &str) -> Vec<(String, Option<Vec<u8>>)> {
    snapshot(&place.root.join(path))
        .into_iter()
        .map(|(path, entry)| (path, entry.bytes))
        .collect()
}

const EXAMPLES: [&str; 3] = ["orders", "links", "tickets"];

#[test]
fn the_same_answers_give_the_same_bytes() {
    let place = Place::new();
    for example in EXAMPLES {
        let arguments = |path| {
            [
                "new",
                path,
                "--name",
                example,
                "--example",
                example,
                "--vcs",
                "none",
            ]
        };
        place.run(&arguments("a/x")).expect(0);
        place.run(&arguments("b/c/x")).expect(0);
        assert_eq!(tree(&place, "a/x"), tree(&place, "b/c/x"), "{example}");
        std::fs::remove_dir_all(place.root.join("a")).expect("it was made");
        std::fs::remove_dir_all(place.root.join("b")).expect("it was made");
    }
}

#[test]
fn the_answers_of_a_project_give_the_project() {
    let place = Place::new();
    for example in EXAMPLES {
        let name = format!("one/{example}");
        place
            .run(&["new", &name, "--example", example, "--vcs", "none"])
            .expect(0);
        let answers = format!("{name}/kickoff.toml");
        let again = format!("two/{example}");
        let mut command = place.command(&["new", &again, "--answers", &answers, "--vcs", "none"]);
        // Years later.
        command.env("SOURCE_DATE_EPOCH", "1999999999");
        Ran::of(command).expect(0);
        assert_eq!(tree(&place, &name), tree(&place, &again), "{example}");
    }
    place
        .run(&["new", "one/x", "--yes", "--vcs", "none"])
        .expect(0);
    place
        .run(&[
            "new",
            "two/x",
            "--answers",
            "one/x/kickoff.toml",
            "--vcs",
            "none",
        ])
        .expect(0);
    assert_eq!(tree(&place, "one/x"), tree(&place, "two/x"));
}

#[test]
fn the_day_is_that_of_source_date_epoch() {
    let place = Place::new();
    for (path, epoch, day) in [
        ("a/x", "0", "1970-01-01"),
        ("b/x", "1795564800", "2026-11-25"),
    ] {
        let mut command = place.command(&["new", path, "--yes", "--vcs", "none"]);
        command.env("SOURCE_DATE_EPOCH", epoch);
        Ran::of(command).expect(0);
        let answers = place.read(&format!("{path}/kickoff.toml"));
        assert!(
            answers.contains(&format!("created = \"{day}\"")),
            "{answers}"
        );
    }
}

#[test]
fn a_second_run_changes_nothing_and_fails() {
    let place = Place::new();
    place.run(&["new", "orders", "--yes"]).expect(0);
    let before = place.snapshot();
    let ran = place.run(&["new", "orders", "--yes"]).expect(5);
    assert!(ran.stderr.contains("is not empty"), "{}", ran.stderr);
    assert_eq!(place.snapshot(), before);
}

#[test]
fn what_failed_can_be_tried_again() {
    let place = Place::new();
    for wrong in [
        &["new", "a/b/orders"][..],
        &["new", "a/b/orders", "--yes", "--set", "load.peak-rps=x"],
        &["new", "a/b/orders", "--example", "none"],
        &["new", "a/b/orders", "--answers", "none.toml"],
        &["new", "a/b/orders", "--yes", "--skeleton", "none"],
    ] {
        let before = place.snapshot();
        assert_ne!(place.run(wrong).code, Some(0), "{wrong:?}");
        assert_eq!(place.snapshot(), before, "{wrong:?}");
    }
    place.run(&["new", "a/b/orders", "--yes"]).expect(0);
}

/// A program that is asked for and is not there is found before anything is put in place.
#[cfg(unix)]
#[test]
fn a_missing_program_leaves_nothing_behind() {
    let place = Place::new();
    let before = tree(&place, "");
    let mut command = place.command(&["new", "orders", "--yes", "--vcs", "hg"]);
    command.env("PATH", "/nowhere");
    let ran = Ran::of(command).expect(101);
    assert!(ran.stderr.contains("hg"), "{}", ran.stderr);
    assert_eq!(tree(&place, ""), before);

    // Git was not asked for: the service is made, and what is missing is said.
    let mut command = place.command(&["new", "orders", "--yes"]);
    command.env("PATH", "/nowhere");
    let ran = Ran::of(command).expect(0);
    assert!(ran.stderr.contains("warning: "), "{}", ran.stderr);
    assert!(place.root.join("orders/Cargo.toml").is_file());
    assert!(!place.root.join("orders/.git").exists());
}

#[test]
fn a_dry_run_shows_what_a_run_makes() {
    let place = Place::new();
    let shown = place
        .run(&[
            "new",
            "orders",
            "--example",
            "orders",
            "--vcs",
            "none",
            "--dry-run",
            "--diff",
            "--quiet",
        ])
        .expect(0);
    assert!(!place.root.join("orders").exists());
    assert_eq!(shown.stderr, "");
    place
        .run(&["new", "orders", "--example", "orders", "--vcs", "none"])
        .expect(0);
    let (mut shown, mut made) = (added(&shown.stdout), texts(&place, "orders"));
    // A file and a folder of the same name are not in the same order everywhere.
    shown.sort();
    made.sort();
    assert_eq!(shown, made);
}

/// The files of a diff that only adds, with their text.
fn added(diff: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut lines = diff.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        if line == "--- /dev/null\n" {
            let header = lines.next().expect("a header has two lines");
            let path = header
                .trim_end()
                .strip_prefix("+++ b/")
                .expect("a new file");
            files.push((path.to_owned(), String::new()));
        } else if let Some(text) = line.strip_prefix('+') {
            files
                .last_mut()
                .expect("a header comes first")
                .1
                .push_str(text);
        } else if line != "Binary files /dev/null and b/.kickoff/baseline differ\n" {
            assert!(line.starts_with("@@ -0,0 +1"), "{line}");
        }
    }
    files
}

fn texts(place: &Place, path: &str) -> Vec<(String, String)> {
    tree(place, path)
        .into_iter()
        .filter(|(path, _)| path != ".kickoff/baseline")
        .filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes?).expect("text"))))
        .collect()
}

#[test]
fn every_line_for_programs_has_a_reason_and_its_fields() {
    let place = Place::new();
    place.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = []\n",
    );
    let ran = place
        .run(&[
            "new",
            "services/orders",
            "--yes",
            "--message-format",
            "json",
        ])
        .expect(0);
    let mut created = Vec::new();
    let mut sums = Vec::new();
    for line in ran.stdout.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        match line["reason"].as_str().expect("a reason") {
            "plan-file" => {
                let path = line["path"].as_str().expect("a path");
                assert!(!path.contains('\\'), "{path}");
                match line["verdict"].as_str().expect("a verdict") {
                    "create" => created.push(format!("services/orders/{path}")),
                    "edit" => assert_eq!(path, "../../Cargo.toml"),
                    other => panic!("{other}"),
                }
            }
            "plan" => sums.push(line),
            other => panic!("an undocumented reason: {other}"),
        }
    }
    let [sum] = sums.as_slice() else {
        panic!("one sum: {sums:?}");
    };
    assert_eq!(sum["create"], created.len());
    assert_eq!(sum["edit"], 1);
    assert_eq!(sum["files"], created.len() + 1);
    for key in ["unchanged", "kept", "conflict"] {
        assert_eq!(sum[key], 0, "{key}");
    }
    for path in created {
        assert!(place.root.join(&path).is_file(), "{path}");
    }
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    let place = Place::new();
    for arguments in [
        &[
            "new",
            "orders",
            "--example",
            "orders",
            "--dry-run",
            "--diff",
        ][..],
        &["questions"],
        &["questions", "--message-format", "json"],
        &["completions", "bash"],
        &["new", "--help"],
    ] {
        let mut child = place
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary is there");
        let mut line = String::new();
        // One line is read, then both pipes are closed.
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        output.read_line(&mut line).expect("a line");
        drop(output);
        let mut errors = String::new();
        let mut stderr = child.stderr.take().expect("a pipe");
        stderr.read_to_string(&mut errors).expect("text");
        let status = child.wait().expect("it ends");
        assert!(!errors.contains("panicked"), "{arguments:?}: {errors}");
        assert_eq!(status.code(), Some(0), "{arguments:?}: {errors}");
    }
}

#[test]
fn a_closed_error_stream_is_no_error_either() {
    let place = Place::new();
    let mut child = place
        .command(&["new", "orders", "--yes"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary is there");
    drop(child.stderr.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert!(place.root.join("orders/kickoff.toml").is_file());
}

#[test]
fn the_questionnaire_as_printed_can_be_read_back() {
    let place = Place::new();
    let ran = place.run(&["questions"]).expect(0);
    place.write("team.md", &ran.stdout);
    // Nothing is filled in: what is missing is listed, all of it, and no example is taken for an answer.
    let ran = place
        .run(&["new", "orders", "--answers", "team.md"])
        .expect(2);
    for id in [
        "responsibility.purpose",
        "responsibility.owns",
        "data.entities",
    ] {
        assert!(ran.stderr.contains(id), "{}", ran.stderr);
    }
    place
        .run(&[
            "new",
            "orders",
            "--answers",
            "team.md",
            "--yes",
            "--vcs",
            "none",
        ])
        .expect(0);
    place
        .run(&["new", "plain/orders", "--yes", "--vcs", "none"])
        .expect(0);
    assert_eq!(tree(&place, "orders"), tree(&place, "plain/orders"));
}

#[test]
fn the_catalog_for_programs_is_json() {
    let place = Place::new();
    let ran = place
        .run(&["questions", "--message-format", "json"])
        .expect(0);
    let catalog: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert!(
        ran.stdout.contains("\"responsibility.stakes\""),
        "{catalog}"
    );
    let ran = place.run(&["questions", "--schema"]).expect(0);
    let schema: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert!(schema["$schema"].is_string(), "{schema}");
}

#[test]
fn completions_know_the_commands() {
    let place = Place::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = place.run(&["completions", shell]).expect(0);
        assert!(ran.stdout.contains("skeleton"), "{shell}");
        assert_eq!(ran.stderr, "");
    }
}

/// Colours are for terminals, and for those who ask for them.
#[test]
fn colours_are_not_written_into_pipes() {
    let place = Place::new();
    let plain = place.run(&["new", "a", "--yes"]).expect(0);
    assert!(!plain.stderr.contains('\x1b'), "{}", plain.stderr);
    let coloured = place
        .run(&["new", "b", "--yes", "--color", "always"])
        .expect(0);
    assert!(coloured.stderr.contains("\x1b["), "{}", coloured.stderr);
    let mut by_variable = place.command(&["new", "c", "--yes"]);
    by_variable.env("CARGO_TERM_COLOR", "always");
    assert!(Ran::of(by_variable).expect(0).stderr.contains("\x1b["));
}

#[cfg(unix)]
#[test]
fn symlinks_are_not_followed() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    place.write("elsewhere/notes.txt", "mine\n");
    symlink("elsewhere", place.root.join("orders")).expect("a link");
    let ran = place.run(&["new", "orders", "--yes"]).expect(5);
    assert!(ran.stderr.contains("is a symlink"), "{}", ran.stderr);

    place.write("own/service/src/main.rs", "fn main() {}\n");
    symlink("/etc/hostname", place.root.join("own/service/src/host.rs")).expect("a link");
    let before = place.snapshot();
    let ran = place
        .run(&["new", "x", "--yes", "--skeleton", "own"])
        .expect(2);
    assert!(
        ran.stderr.contains("host.rs` is a symbolic link"),
        "{}",
        ran.stderr
    );
    assert_eq!(place.snapshot(), before);
}

#[test]
fn an_empty_folder_of_layers_is_refused() {
    let place = Place::new();
    std::fs::create_dir(place.root.join("own")).expect("a folder");
    let ran = place
        .run(&["new", "x", "--yes", "--skeleton", "own"])
        .expect(2);
    assert!(
        ran.stderr.contains("holds no skeleton files"),
        "{}",
        ran.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_path_that_is_not_unicode_is_refused() {
    use std::os::unix::ffi::OsStrExt as _;
    let place = Place::new();
    let mut command = kickoff();
    command
        .arg("new")
        .arg(std::ffi::OsStr::from_bytes(b"ord\xffers"))
        .arg("--yes")
        .current_dir(&place.root)
        .stdin(Stdio::null());
    let ran = Ran::of(command).expect(2);
    assert!(ran.stderr.contains("not valid Unicode"), "{}", ran.stderr);
}
