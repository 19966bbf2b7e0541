//! What a decision ruled out is refused, by the tool that was chosen, with the record in the message.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use cargo_kickoff::answers::{Answers, examples, file};
use cargo_kickoff::blueprint::{Enforcement, Rule};
use cargo_kickoff::skeleton::tree::Tree;
use toml_edit::{DocumentMut, Item};

use crate::answers::{give, give_items};
use crate::pairs::covering_set;
use crate::planted::{FEATURES, planted_code};
use crate::project::{Project, generate};
use crate::running::is_wanted;

fn orders(name: &str, enforcement: &str) -> Answers {
    let text = examples::get("orders").expect("the example is there");
    let mut answers = file::read(text, "orders").expect("it can be read");
    name.clone_into(&mut answers.name);
    give(&mut answers, "ownership.enforcement", enforcement);
    answers
}

fn text<'a>(tree: &'a Tree, path: &str) -> Option<&'a str> {
    tree.iter()
        .find(|(found, _)| found.as_str() == path)
        .map(|(_, text)| text)
}

fn toml(tree: &Tree, path: &str) -> Option<DocumentMut> {
    Some(text(tree, path)?.parse().expect("it is TOML"))
}

/// The entries of a list, each as what it refuses and why.
fn entries(list: &Item, key: &str) -> Vec<(String, String)> {
    let list = list.as_array().expect("a list");
    let word = |entry: &toml_edit::Value, key: &str| {
        let entry = entry.as_inline_table().expect("a table");
        let word = entry.get(key).and_then(|value| value.as_str());
        word.unwrap_or_else(|| panic!("`{key}` in {entry}"))
            .to_owned()
    };
    list.iter()
        .map(|entry| (word(entry, key), word(entry, "reason")))
        .collect()
}

/// Everything that `clippy.toml` refuses.
fn refused(clippy: &DocumentMut) -> Vec<(String, String)> {
    let lists = clippy.iter();
    lists
        .flat_map(|(name, list)| {
            assert!(name.starts_with("disallowed-"), "{name}");
            entries(list, "path")
        })
        .collect()
}

fn banned(deny: &DocumentMut) -> Vec<(String, String)> {
    entries(&deny["bans"]["deny"], "crate")
}

/// Fails where a reason does not begin with a record that is there.
fn assert_records(tree: &Tree, rules: &[(String, String)]) {
    assert!(!rules.is_empty());
    for (path, reason) in rules {
        let (record, why) = reason.split_once(": ").expect("the record, and why");
        assert!(record.starts_with("docs/adr/0"), "{path}: {reason}");
        let record = text(tree, record).unwrap_or_else(|| panic!("{path}: no {record}"));
        assert!(record.contains(&format!("`{path}`")), "{path}: {record}");
        assert!(why.len() > 10, "{path}: {reason}");
    }
}

#[test]
fn what_was_not_chosen_is_not_there() {
    for (choice, tests, clippy, deny) in [
        ("none", false, false, false),
        ("tests", true, false, false),
        ("clippy", false, true, false),
        ("deny", false, false, true),
        ("tests, clippy, deny", true, true, true),
    ] {
        let (_, tree) = generate(&orders("orders", choice));
        let has = |path: &str| text(&tree, path).is_some();
        assert_eq!(has("tests/service/architecture.rs"), tests, "{choice}");
        assert_eq!(has("tests/service/boundary.rs"), tests, "{choice}");
        assert_eq!(has("clippy.toml"), clippy, "{choice}");
        assert_eq!(has("deny.toml"), deny, "{choice}");
        let all: String = tree.iter().map(|(_, text)| text).collect();
        let answers = "## Not in the code yet";
        assert!(all.contains(answers), "{choice}");
        for (sign, expected) in [
            ("mod architecture;", tests),
            ("`tests/service/architecture.rs`", tests),
            ("`tests/service/boundary.rs`", tests),
            ("expect(clippy::disallowed", clippy),
            ("`clippy.toml`", clippy),
            ("`deny.toml`", deny),
            ("cargo deny", deny),
            ("nothing but review does", !(tests || clippy || deny)),
        ] {
            let all = all.to_lowercase();
            assert_eq!(all.contains(sign), expected, "{choice}: {sign}");
        }
        let workflow = text(&tree, ".github/workflows/ci.yml").expect("it has one");
        assert_eq!(workflow.contains("cargo deny"), deny, "{choice}");
    }
}

#[test]
fn every_reason_names_a_record_that_names_the_rule() {
    let mut seen = BTreeSet::new();
    for mut answers in covering_set() {
        give(&mut answers, "ownership.enforcement", "tests, clippy, deny");
        let (blueprint, tree) = generate(&answers);
        let refused = refused(&toml(&tree, "clippy.toml").expect("it was chosen"));
        let banned = banned(&toml(&tree, "deny.toml").expect("it was chosen"));
        assert_eq!(refused.len(), code(&blueprint.enforcement).len());
        assert_eq!(banned.len(), blueprint.enforcement.crates.len());
        assert_records(&tree, &refused);
        assert_records(&tree, &banned);
        let manifest = toml(&tree, "Cargo.toml").expect("it has one");
        let dependencies = manifest["dependencies"].as_table_like().expect("a table");
        for (name, reason) in banned {
            assert!(!dependencies.contains_key(&name), "{name}: {reason}");
            seen.insert(name);
        }
    }
    // With entities and without, so that no crate is banned where it is used.
    assert!(seen.contains("sqlx") && seen.contains("diesel"), "{seen:?}");
}

#[test]
fn bans_follow_the_decisions() {
    let bans = |changes: &[(&str, &str)], calls: bool| -> BTreeSet<String> {
        let mut answers = orders("orders", "deny");
        if !calls {
            give_items(&mut answers, "load.dependencies", Vec::new());
        }
        for (id, value) in changes {
            give(&mut answers, id, value);
        }
        let (_, tree) = generate(&answers);
        let banned = banned(&toml(&tree, "deny.toml").expect("it was chosen"));
        banned.into_iter().map(|(name, _)| name).collect()
    };
    let calling = bans(&[], true);
    let silent = bans(&[], false);
    assert!(!calling.contains("hyper-rustls") && silent.contains("hyper-rustls"));
    assert!(calling.contains("reqwest") && silent.contains("reqwest"));
    let cached = bans(&[("ownership.caching", "redis")], true);
    assert!(!cached.contains("redis") && calling.contains("redis"));
    let engines = ["diesel", "sea-orm", "rusqlite", "sqlx-postgres"];
    assert!(engines.iter().all(|engine| calling.contains(*engine)));
    let other = bans(&[("ownership.database", "postgresql")], true);
    assert!(!other.contains("sqlx-postgres") && other.contains("diesel"));
}

fn code(enforcement: &Enforcement) -> Vec<&Rule> {
    let lists = [
        &enforcement.methods,
        &enforcement.types,
        &enforcement.macros,
    ];
    lists.into_iter().flatten().collect()
}

/// A line of `tests/planted.rs` on which clippy refused something, and all it said.
fn refusals(output: &str) -> Vec<(u64, String)> {
    let messages = output
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    messages
        .filter_map(|message| {
            let message = &message["message"];
            let code = message["code"]["code"].as_str()?;
            let span = message["spans"].as_array()?.first()?;
            let is_ours = span["file_name"].as_str()?.ends_with("planted.rs");
            (is_ours && code.starts_with("clippy::disallowed_"))
                .then(|| Some((span["line_start"].as_u64()?, message.to_string())))?
        })
        .collect()
}

#[test]
fn clippy_refuses_everything_that_was_ruled_out() {
    if !is_wanted() {
        return;
    }
    let (blueprint, tree) = generate(&orders("enforced", "tests, clippy, deny"));
    let project = Project::write("enforced", &tree);
    let rules = code(&blueprint.enforcement);
    let (planted, lines) = planted_code(&rules);
    fs::write(project.path("tests/planted.rs"), planted).expect("written");
    switch_on(&project.path("Cargo.toml"));
    let output = project
        .command(&["clippy", "--test", "planted", "--message-format", "json"])
        .output()
        .expect("Cargo runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{errors}");
    // A path that leads nowhere would refuse nothing.
    assert!(!said.contains("does not refer to"), "{said}");
    let refusals = refusals(&said);
    for (rule, line) in rules.iter().zip(lines) {
        let found = refusals.iter().find(|(at, _)| *at == line);
        let Some((_, message)) = found else {
            panic!("`{}` in line {line} is not refused\n{said}", rule.path);
        };
        let record = format!("docs/adr/{}: ", blueprint.record_of[rule.subject]);
        assert!(message.contains(&record), "{}: {message}", rule.path);
    }
}

/// Switches on what is ruled out and not there today, as whoever uses it would.
fn switch_on(manifest: &Path) {
    let text = fs::read_to_string(manifest).expect("it was generated");
    let mut manifest_text: DocumentMut = text.parse().expect("it is TOML");
    for (table, name, feature) in FEATURES {
        let features = &mut manifest_text[table][name]["features"];
        features.as_array_mut().expect("a list").push(*feature);
    }
    fs::write(manifest, manifest_text.to_string()).expect("written");
}

#[test]
fn cargo_deny_refuses_a_crate_that_was_ruled_out_and_nothing_of_ours() {
    if !is_wanted() {
        return;
    }
    let (blueprint, tree) = generate(&orders("denied", "deny"));
    let project = Project::write("denied", &tree);
    let version = project.command(&["deny", "--version"]).output();
    if !version.is_ok_and(|output| output.status.success()) {
        let skipped = "skipped: cargo-deny is not installed, so nothing has read `deny.toml`\n";
        let _ = std::io::stderr().write_all(skipped.as_bytes());
        return;
    }
    let check = ["deny", "check", "bans", "licenses", "sources"];
    project.cargo(&check);
    let record = &blueprint.record_of["caching"];
    plant_crate(&project, "moka");
    let output = project.command(&check).output().expect("Cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{said}");
    assert!(said.contains(&format!("docs/adr/{record}: ")), "{said}");
}

#[test]
fn a_service_without_records_or_calls_is_fit_for_cargo_deny() {
    if !is_wanted() {
        return;
    }
    let mut answers = Answers::new("denied-empty", crate::answers::DAY);
    give_items(&mut answers, "data.entities", Vec::new());
    give(&mut answers, "ownership.enforcement", "deny");
    let (_, tree) = generate(&answers);
    let project = Project::write("denied-empty", &tree);
    let version = project.command(&["deny", "--version"]).output();
    if version.is_ok_and(|output| output.status.success()) {
        project.cargo(&["deny", "check", "bans", "licenses", "sources"]);
    }
}

/// Adds an empty crate of this name as a dependency.
fn plant_crate(project: &Project, name: &str) {
    let folder = project.path(name);
    fs::create_dir_all(folder.join("src")).expect("created");
    fs::write(folder.join("src/lib.rs"), "").expect("written");
    let own = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\nlicense = \"MIT\"\n"
    );
    fs::write(folder.join("Cargo.toml"), own).expect("written");
    let manifest = project.path("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("it was generated");
    let dependency = format!("[dependencies]\n{name} = {{ path = \"{name}\", version = \"0.1\" }}");
    let text = text.replacen("[dependencies]", &dependency, 1);
    fs::write(manifest, text).expect("written");
}
