use super::*;

fn source(files: &[(&str, &str)]) -> Source {
    let files = files.iter().map(|(path, text)| SourceFile {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    });
    let (manifests, files): (Vec<_>, Vec<_>) =
        files.partition(|file| file.path.ends_with("Cargo.toml"));
    Source {
        members: manifests.len(),
        manifests,
        files,
    }
}

/// `expect`: a line for each decision, `topic: title`, each followed by its evidence.
#[track_caller]
fn check(files: &[(&str, &str)], expect: &[&str]) {
    let mut found = Vec::new();
    for decision in decisions(&source(files)) {
        found.push(format!("{}: {}", decision.topic.id, decision.title()));
        found.extend(decision.pieces.iter().map(|piece| format!("  {piece}")));
    }
    assert_eq!(found, expect);
}

#[test]
fn a_dependency_is_quoted_with_its_feature_and_its_line() {
    let manifest = "[package]\nname = \"a\"\n\n[dependencies]\nsqlx = { version = \"0.9\", features = [\"postgres\"] }\n";
    check(
        &[("server/Cargo.toml", manifest)],
        &[
            "database: Keep data in PostgreSQL",
            "  `sqlx` with `postgres` in `server/Cargo.toml`, line 5",
            "database-access: Reach the database through sqlx",
            "  `sqlx` in `server/Cargo.toml`, line 5",
        ],
    );
}

#[test]
fn a_member_inherits_features_and_names() {
    let root = "[workspace]\nmembers = [\"a\"]\n[workspace.dependencies]\ndb = { package = \"sqlx\", version = \"0.9\", features = [\"sqlite\"] }\n";
    let member = "[dependencies]\ndb.workspace = true\n";
    check(
        &[("Cargo.toml", root), ("a/Cargo.toml", member)],
        &[
            "workspace-layout: Split the code into several packages",
            "  `[workspace]` with 2 members in `Cargo.toml`, line 1",
            "database: Keep data in SQLite",
            "  `sqlx` with `sqlite` in `a/Cargo.toml`, line 2",
            "database-access: Reach the database through sqlx",
            "  `sqlx` in `a/Cargo.toml`, line 2",
        ],
    );
}

#[test]
fn what_is_optional_for_tests_or_in_an_example_decides_nothing() {
    let optional = "[dependencies]\nredis = { version = \"1\", optional = true }\n[dev-dependencies]\nreqwest = \"0.13\"\n[build-dependencies]\nprost = \"0.14\"\n";
    let example = "[dependencies]\nactix-web = \"4\"\n";
    check(
        &[
            ("a/Cargo.toml", optional),
            ("examples/b/Cargo.toml", example),
        ],
        &[],
    );
}

#[test]
fn it_is_quoted_beside_what_decides() {
    let manifest = "[dependencies]\nreqwest = \"0.13\"\n[dev-dependencies]\nureq = \"3\"\n[target.'cfg(windows)'.dependencies]\nisahc = \"1\"\n";
    check(
        &[("Cargo.toml", manifest)],
        &[
            "http-client: Call other services with reqwest and Isahc",
            "  `reqwest` in `Cargo.toml`, line 2",
            "  `isahc` in `Cargo.toml`, line 6 (on some platforms)",
            "  `ureq` in `Cargo.toml`, line 4 (for tests)",
        ],
    );
}

#[test]
fn files_show_decisions_too() {
    check(
        &[
            (".github/workflows/ci.yml", "on: push\n"),
            ("Dockerfile", "FROM scratch\n"),
            (
                "compose.yaml",
                "services:\n  db:\n    image: \"postgres:17\"\n",
            ),
            ("db/migrations/0001_a.sql", "select 1"),
            ("db/migrations/0002_b.sql", "select 1"),
            ("deny.toml", ""),
            ("rust-toolchain.toml", "[toolchain]\nchannel = \"1.95\"\n"),
            ("Cargo.toml", "[package]\nrust-version = \"1.88\"\n"),
        ],
        &[
            "schema-migrations: Change the schema with SQL files",
            "  a migration in `db/migrations/0001_a.sql`",
            "toolchain: Build with a declared minimum of Rust and a pinned toolchain",
            "  `rust-version = \"1.88\"` in `Cargo.toml`, line 2",
            "  the channel `1.95` in `rust-toolchain.toml`, line 2",
            "continuous-integration: Check changes with GitHub Actions",
            "  a workflow in `.github/workflows/ci.yml`",
            "dependency-policy: Hold dependencies to the rules of cargo-deny",
            "  rules in `deny.toml`",
            "deployment: Ship as a container image",
            "  an image in `Dockerfile`",
        ],
    );
}

#[test]
fn packages_of_tests_and_examples_decide_nothing() {
    let axum = "[dependencies]\naxum = \"0.8\"\n";
    for folder in [
        "examples/shop",
        "crates/integration-test",
        "test/cli",
        "tools/test_framework",
        "xtask",
    ] {
        check(&[(&format!("{folder}/Cargo.toml"), axum)], &[]);
    }
    for folder in ["crates/latest", "contest", "crates/ab-testing"] {
        let manifest = format!("{folder}/Cargo.toml");
        let quoted = format!("  `axum` in `{manifest}`, line 2");
        check(
            &[(&manifest, axum)],
            &["web-framework: Serve HTTP with axum", &quoted],
        );
    }
}

#[test]
fn an_image_beside_the_service_is_quoted_and_decides_nothing() {
    let compose = "services:\n  db:\n    image: postgres:17\n";
    check(&[("compose.yaml", compose)], &[]);
    check(
        &[
            ("Cargo.toml", "[dependencies]\ntokio-postgres = \"0.7\"\n"),
            ("compose.yaml", compose),
        ],
        &[
            "database: Keep data in PostgreSQL",
            "  `tokio-postgres` in `Cargo.toml`, line 2",
            "  the image `postgres:17` in `compose.yaml`, line 3",
            "database-access: Reach the database through tokio-postgres",
            "  `tokio-postgres` in `Cargo.toml`, line 2",
        ],
    );
}

#[test]
fn a_channel_that_moves_is_not_pinned() {
    check(
        &[("rust-toolchain.toml", "[toolchain]\nchannel = \"stable\"\n")],
        &[
            "toolchain: Build with the stable toolchain",
            "  the channel `stable` in `rust-toolchain.toml`, line 2",
        ],
    );
}

#[test]
fn a_manifest_that_is_none_says_nothing() {
    check(&[("Cargo.toml", "[dependencies\nsqlx = 1")], &[]);
}

#[test]
fn the_old_file_of_a_toolchain_is_its_name() {
    check(
        &[("rust-toolchain", "nightly-2026-01-01\n")],
        &[
            "toolchain: Build with a pinned toolchain",
            "  the channel `nightly-2026-01-01` in `rust-toolchain`, line 1",
        ],
    );
}
