//! Faults planted into a generated service, one at a time: the tests that come with the service have to find them.
//!
//! A test that passes whatever the code does proves nothing. The list (`faults.toml`) says for each fault which edit plants it and
//! which tests have to fail then. It takes about as many minutes as there are groups of five faults, so it runs where
//! `KICKOFF_FAULTS` is set: to `1` for all of them, to `2/3` for the second of three parts, or to parts of the names of those wanted,
//! with commas between.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cargo_kickoff::answers::{Answers, examples, file};
use cargo_kickoff::skeleton::tree::Tree;
use serde::Deserialize;

use crate::answers::give;
use crate::postgresql;
use crate::project::{Project, generate};

/// How many of the faults have to be found.
const GOAL: f64 = 0.95;

/// A fault that keeps a test from ending is found as well, by whoever waits for it.
const PATIENCE: Duration = Duration::from_secs(300);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    fault: Vec<Fault>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Fault {
    /// What is wrong, in a few words.
    name: String,
    edit: Vec<Edit>,
    /// The service that it is planted into.
    #[serde(default = "orders")]
    of: String,
    /// The tests that fail, each of them.
    #[serde(default)]
    killed_by: Vec<String>,
    /// Why no test can see it.
    survives: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    file: String,
    find: String,
    put: String,
}

fn orders() -> String {
    "orders".to_owned()
}

pub(crate) fn example(name: &str) -> Answers {
    let text = examples::get(name).expect("the example is there");
    file::read(text, name).expect("the example can be read")
}

/// The services that faults are planted into.
const SERVICES: [&str; 3] = ["orders", "tickets", ON_POSTGRESQL];

const ON_POSTGRESQL: &str = "orders on PostgreSQL";

fn answers(service: &str) -> Answers {
    match service {
        ON_POSTGRESQL => {
            let mut answers = postgresql::on_postgresql(example("orders"));
            // What no example answers.
            give(&mut answers, "communication.errors", "pass");
            answers
        }
        service => example(service),
    }
}

fn list() -> Vec<Fault> {
    let list: List = toml_edit::de::from_str(include_str!("faults.toml")).expect("a list");
    list.fault
}

#[test]
fn each_fault_can_be_planted() {
    let faults = list();
    let names: BTreeSet<_> = faults.iter().map(|fault| &fault.name).collect();
    assert_eq!(names.len(), faults.len(), "two faults have one name");
    assert!(faults.len() >= 40, "{} faults", faults.len());
    let trees = SERVICES.map(|name| (name, generate(&answers(name)).1));
    for fault in &faults {
        let name = &fault.name;
        let of = trees.iter().find(|(service, _)| *service == fault.of);
        let (_, tree) = of.unwrap_or_else(|| panic!("{name}: no service {}", fault.of));
        assert_ne!(
            fault.killed_by.is_empty(),
            fault.survives.is_none(),
            "{name}"
        );
        for Edit { file, find, .. } in &fault.edit {
            let text = tree
                .get(file)
                .unwrap_or_else(|| panic!("{name}: no {file}"));
            assert_eq!(
                text.matches(find.as_str()).count(),
                1,
                "{name}: {file}: {find}"
            );
        }
    }
}

#[test]
fn the_tests_of_a_service_find_what_is_wrong_with_it() {
    let Ok(wanted) = std::env::var("KICKOFF_FAULTS") else {
        say("skipped: set KICKOFF_FAULTS=1 to plant faults into a service");
        return;
    };
    let faults = list();
    let faults = faults.iter().enumerate();
    let faults = faults.filter(|(at, fault)| is_wanted(&wanted, *at, &fault.name));
    let faults: Vec<_> = faults.map(|(_, fault)| fault).collect();
    let (mut planted, mut missed) = (0_usize, Vec::new());
    for name in SERVICES {
        let faults = faults.iter().copied().filter(|fault| fault.of == name);
        let faults: Vec<_> = faults.collect();
        if faults.is_empty() || name == ON_POSTGRESQL && !postgresql::is_here(name) {
            continue;
        }
        planted += faults.len();
        missed.extend(missed_of(name, &faults));
    }
    assert!(planted > 0, "no fault is called `{wanted}`");
    let share = (planted - missed.len()) as f64 / planted as f64;
    say(&format!(
        "{} of {planted} faults were found",
        planted - missed.len()
    ));
    assert!(share >= GOAL, "not found:\n{}", missed.join("\n"));
}

/// Whether a fault is asked for, by its place in the list or by its name.
fn is_wanted(wanted: &str, at: usize, name: &str) -> bool {
    let number = |text: &str| text.parse::<usize>().ok();
    let part = wanted
        .split_once('/')
        .and_then(|(part, parts)| number(part).zip(number(parts)));
    match part {
        Some((part, parts)) => at % parts == part % parts,
        None => wanted == "1" || wanted.split(',').any(|part| name.contains(part)),
    }
}

/// Those that no test of the service finds.
fn missed_of(name: &str, faults: &[&Fault]) -> Vec<String> {
    let (_, tree) = generate(&answers(name));
    let project = Project::write(&format!("faults-of-{}", name.replace(' ', "-")), &tree);
    let healthy = run(&project, &[]);
    assert_eq!(healthy, Outcome::Failed(BTreeSet::new()), "without a fault");
    let mut missed = Vec::new();
    for fault in faults {
        plant(&project, fault, &tree);
        let outcome = run(&project, &fault.killed_by);
        heal(&project, fault, &tree);
        let line = format!("{}: {}", fault.name, outcome.against(fault));
        say(&line);
        if !outcome.kills(fault) {
            missed.push(line);
        }
    }
    missed
}

/// What the tests of a service said.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// The tests that failed.
    Failed(BTreeSet<String>),
    /// They did not end.
    Hung,
    /// The compiler found it: then it is no fault for a test to find.
    NotCompiled(String),
}

impl Outcome {
    fn kills(&self, fault: &Fault) -> bool {
        match self {
            Outcome::Failed(tests) => {
                !fault.killed_by.is_empty()
                    && fault.killed_by.iter().all(|test| tests.contains(test))
            }
            Outcome::Hung => true,
            Outcome::NotCompiled(_) => false,
        }
    }

    fn against(&self, fault: &Fault) -> String {
        match self {
            Outcome::Hung => "found, for the tests did not end".to_owned(),
            Outcome::NotCompiled(errors) => format!("NOT COMPILED\n{errors}"),
            Outcome::Failed(_) if self.kills(fault) => {
                format!("found by {}", fault.killed_by.join(", "))
            }
            Outcome::Failed(tests) => {
                let expected = fault
                    .survives
                    .clone()
                    .unwrap_or_else(|| fault.killed_by.join(", "));
                format!("NOT FOUND; expected: {expected}; failed: {tests:?}")
            }
        }
    }
}

fn plant(project: &Project, fault: &Fault, tree: &Tree) {
    for Edit { file, find, put } in &fault.edit {
        let path = project.path(file);
        let text = fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {file}: {error}", fault.name));
        assert!(
            tree.get(file).is_some_and(|text| text.contains(find)),
            "{}: {file}",
            fault.name
        );
        fs::write(&path, text.replacen(find, put, 1)).expect("the file can be written");
    }
}

fn heal(project: &Project, fault: &Fault, tree: &Tree) {
    for Edit { file, .. } in &fault.edit {
        let text = tree.get(file).expect("it was planted there");
        fs::write(project.path(file), text).expect("the file can be written");
    }
}

/// Runs these tests of a service, or all of them. Names that a fault takes out of the list of tests count as failed.
fn run(project: &Project, tests: &[String]) -> Outcome {
    let binary = match build(project) {
        Ok(binary) => binary,
        Err(errors) => return Outcome::NotCompiled(errors),
    };
    let log = project.path("faults.log");
    let mut child = Command::new(binary)
        .current_dir(project.path(""))
        .env("CARGO_MANIFEST_DIR", project.path(""))
        .envs(postgresql::server().map(|server| ("TEST_DATABASE_URL", server)))
        .args(tests)
        .args(if tests.is_empty() {
            &[][..]
        } else {
            &["--exact"]
        })
        .stdin(Stdio::null())
        .stdout(fs::File::create(&log).expect("a file"))
        .stderr(Stdio::null())
        .spawn()
        .expect("the tests start");
    let start = Instant::now();
    while child.try_wait().expect("it can be asked").is_none() {
        if start.elapsed() > PATIENCE {
            child.kill().expect("it can be ended");
            child.wait().expect("it has ended");
            return Outcome::Hung;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = fs::read_to_string(&log).expect("the tests said something");
    assert!(
        output.contains("\ntest result: "),
        "no test was run\n{output}"
    );
    for test in tests {
        assert!(
            output.contains(&format!("test {test} ... ")),
            "there is no test `{test}`\n{output}"
        );
    }
    let failed = output
        .lines()
        .filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"));
    Outcome::Failed(failed.map(str::to_owned).collect())
}

/// Builds the tests; what the compiler said, where it refuses.
fn build(project: &Project) -> Result<PathBuf, String> {
    let output = project
        .command(&[
            "test",
            "--locked",
            "--test",
            "service",
            "--no-run",
            "--message-format",
            "json-render-diagnostics",
        ])
        // One package is compiled again and again.
        .env("CARGO_INCREMENTAL", "1")
        .output()
        .expect("Cargo runs");
    let messages = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let mut tests = messages.lines().rev().filter_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let is_service = message["target"]["name"] == "service";
        message["executable"]
            .as_str()
            .filter(|_| is_service)
            .map(PathBuf::from)
    });
    tests.next().ok_or_else(|| messages.into_owned())
}

fn say(line: &str) {
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}
