use super::*;
use crate::evidence::SourceFile;

/// What is offered about the package in `folder`, given these files.
fn proposals(folder: &str, files: &[(&str, &str)]) -> Proposals {
    let mut source = Source::default();
    for (path, text) in files {
        let file = SourceFile {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        match path.ends_with("Cargo.toml") {
            true => source.manifests.push(file),
            false => source.files.push(file),
        }
    }
    let package = Package::in_folder(&source, folder).expect("a package");
    propose(&source, &package)
}

fn question(id: &str) -> &'static Question {
    catalog::question(id).expect("in the catalog")
}

#[track_caller]
fn check(proposals: &Proposals, id: &str, note: Option<&str>) {
    assert_eq!(proposals.note(question(id)).as_deref(), note, "{id}");
}

const WORKSPACE: &[(&str, &str)] = &[
    (
        "Cargo.toml",
        "[workspace]\nmembers = [\"api\", \"db\", \"mailer\"]\n[workspace.dependencies]\ndb = { path = \"db\" }\n",
    ),
    (
        "api/Cargo.toml",
        "[package]\nname = \"api\"\ndescription = \"Takes orders.\"\n[dependencies]\naxum = \"0.8\"\ndb.workspace = true\n",
    ),
    (
        "db/Cargo.toml",
        "[package]\nname = \"db\"\n[dependencies]\nsqlx = { version = \"0.8\", features = [\"postgres\"] }\n",
    ),
    (
        "mailer/Cargo.toml",
        "[package]\nname = \"mailer\"\n[dependencies]\nrusqlite = \"0.3\"\nlapin = \"2\"\n[dev-dependencies]\ndb = { path = \"../db\" }\n",
    ),
    (
        "db/migrations/1.sql",
        "CREATE TABLE orders (id UUID PRIMARY KEY, deleted_at TIMESTAMPTZ);",
    ),
    (
        "mailer/migrations/1.sql",
        "CREATE TABLE mails (id INTEGER PRIMARY KEY);",
    ),
    (".github/workflows/ci.yml", "on: push\n"),
];

#[test]
fn a_package_is_told_about_by_what_it_is_built_from() {
    let api = proposals("api", WORKSPACE);
    check(
        &api,
        "responsibility.purpose",
        Some(
            "found, confirmed by nobody: Takes orders. (`description` in `api/Cargo.toml`, line 3)",
        ),
    );
    check(
        &api,
        "ownership.database",
        Some(
            "found, confirmed by nobody: postgresql (`sqlx` with `postgres` in `db/Cargo.toml`, line 4)",
        ),
    );
    check(
        &api,
        "data.entities",
        Some(
            "found, confirmed by nobody: Order (the table `orders` in `db/migrations/1.sql`, line 1)",
        ),
    );
    check(
        &api,
        "data.deletion",
        Some(
            "found, confirmed by nobody: soft (a column `deleted_at` in the table `orders`, `db/migrations/1.sql`, line 1)",
        ),
    );
    check(
        &api,
        "done.items",
        Some("found, confirmed by nobody: ci (a workflow in `.github/workflows/ci.yml`)"),
    );
    check(&api, "communication.broker", None);

    let mailer = proposals("mailer", WORKSPACE);
    check(
        &mailer,
        "ownership.database",
        Some("found, confirmed by nobody: sqlite (`rusqlite` in `mailer/Cargo.toml`, line 4)"),
    );
    check(
        &mailer,
        "data.entities",
        Some(
            "found, confirmed by nobody: Mail (the table `mails` in `mailer/migrations/1.sql`, line 1)",
        ),
    );
    check(
        &mailer,
        "communication.styles",
        Some("found: `lapin` in `mailer/Cargo.toml`, line 5"),
    );
}

#[test]
fn what_contradicts_itself_is_told_and_not_offered() {
    let manifest =
        "[package]\nname = \"a\"\n[dependencies]\nrusqlite = \"0.3\"\ntokio-postgres = \"0.7\"\n";
    let both = proposals("", &[("Cargo.toml", manifest)]);
    check(
        &both,
        "ownership.database",
        Some("found: `rusqlite` in `Cargo.toml`, line 4; `tokio-postgres` in `Cargo.toml`, line 5"),
    );
}

#[test]
fn what_only_tests_need_says_nothing() {
    let manifest = "[package]\nname = \"a\"\n[dev-dependencies]\nrusqlite = \"0.3\"\n[dependencies]\nredis = { version = \"1\", optional = true }\n";
    assert_eq!(
        proposals("", &[("Cargo.toml", manifest)]),
        Proposals::default()
    );
}

#[test]
fn what_is_found_is_put_off_and_never_given() {
    let mut answers = Answers::new("api", "2026-11-25");
    answers.give(question("data.deletion"), Value::Text("hard".to_owned()));
    proposals("api", WORKSPACE).put_off(&mut answers);
    let open: Vec<&str> = catalog::questions()
        .iter()
        .filter(|question| {
            matches!(
                answers.entry(question.id),
                Some(crate::answers::Answer::Open { .. })
            )
        })
        .map(|question| question.id)
        .collect();
    assert_eq!(
        open,
        [
            "responsibility.purpose",
            "data.entities",
            "communication.styles",
            "ownership.database",
            "done.items"
        ]
    );
    assert_eq!(
        answers.given("data.deletion"),
        Some(&Value::Text("hard".to_owned()))
    );
}

/// A rule whose word is no answer would only ever tell.
#[test]
fn every_word_of_the_rules_is_an_answer() {
    for (id, word) in choices::words() {
        let kind = &question(id).kind;
        assert!(
            crate::question::validate_value(kind, word).is_ok(),
            "{id}: {word}"
        );
    }
}
