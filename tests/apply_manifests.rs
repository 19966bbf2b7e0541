//! What a new member inherits, and manifests put together from layers.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use camino::Utf8PathBuf;
use cargo_kickoff::manifest::{add_member, inherit, merge_manifests};
use cargo_kickoff::workspace::{Workspace, find_by_manifests};

fn workspace(manifest: &str) -> Workspace {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    let path = Utf8PathBuf::from_path_buf(folder.path().join("new")).unwrap();
    find_by_manifests(&path).unwrap().expect("a workspace")
}

#[track_caller]
fn check_inherited(root: &str, own: &str, expected: &str) {
    let inherited = inherit(own, &workspace(root)).expect("it inherits");
    assert_eq!(inherited, expected);
    inherited
        .parse::<toml_edit::DocumentMut>()
        .expect("valid TOML");
}

#[test]
fn package_keys_as_cargo_new_does() {
    check_inherited(
        "[workspace.package]\nedition = \"2024\"\nversion = \"3.1.0\"\nlicense = \"MIT\"\nauthors = [\"A\"]\nrust-version = \"1.90\"\npublish = true\ndescription = \"theirs\"\nreadme = \"README.md\"\n",
        "[package]\nname = \"orders\"\nversion = \"0.1.0\"\nedition = \"2024\"\n# Let chains.\nrust-version = \"1.88\"\ndescription = \"ours\"\npublish = false\nreadme = \"README.md\"\n",
        "[package]\nname = \"orders\"\nversion.workspace = true\nedition.workspace = true\n# Let chains.\nrust-version.workspace = true\ndescription = \"ours\"\npublish = false\nreadme = \"README.md\"\nlicense.workspace = true\nauthors.workspace = true\n",
    );
}

#[test]
fn an_older_edition_or_rust_version_is_not_inherited() {
    check_inherited(
        "[workspace.package]\nedition = \"2021\"\nrust-version = \"1.70\"\n",
        "[package]\nname = \"orders\"\nedition = \"2024\"\nrust-version = \"1.88\"\n",
        "[package]\nname = \"orders\"\nedition = \"2024\"\nrust-version = \"1.88\"\n",
    );
}

#[test]
fn dependencies_where_they_fit() {
    check_inherited(
        r#"[workspace.dependencies]
axum = { version = "0.8.4", features = ["macros"] }
tokio = "1.40"
serde = { version = "1", default-features = false }
sqlx = { version = "0.8", features = ["postgres"] }
uuid = { git = "https://example.org/uuid" }
tracing = "0.2"
time = { package = "jiff", version = "1" }
hyper = { version = "1", default-features = false }
anyhow = "1"
"#,
        r#"[package]
name = "orders"

[dependencies]
# HTTP.
axum = "0.8" # the router
tokio = { version = "1", features = ["full"] }
serde = { version = "1", features = ["derive"] }
sqlx = { version = "0.8", default-features = false, features = ["sqlite"] }
uuid = "1"
tracing = "0.1"
time = "1"
hyper = { version = "1", default-features = false, optional = true }

[dev-dependencies]
anyhow = "1"

[target.'cfg(unix)'.dependencies]
anyhow = "1"
"#,
        r#"[package]
name = "orders"

[dependencies]
# HTTP.
axum.workspace = true # the router
tokio = { workspace = true, features = ["full"] }
serde = { workspace = true, default-features = true, features = ["derive"] }
sqlx = { version = "0.8", default-features = false, features = ["sqlite"] }
uuid = "1"
tracing = "0.1"
time = "1"
hyper = { workspace = true, optional = true }

[dev-dependencies]
anyhow.workspace = true

[target.'cfg(unix)'.dependencies]
anyhow.workspace = true
"#,
    );
}

#[test]
fn cargo_reads_what_was_inherited() {
    let root = "[workspace]\nresolver = \"3\"\nmembers = []\n\n[workspace.package]\nedition = \"2024\"\nversion = \"1.0.0\"\nlicense = \"MIT\"\n\n[workspace.dependencies]\nserde = { version = \"1\", default-features = false }\ntokio = \"1\"\n\n[workspace.lints.rust]\nunsafe_code = \"forbid\"\n";
    let own = "[package]\nname = \"orders\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n# Data.\nserde = \"1\"\ntokio = \"1\" # async\n";
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("Cargo.toml", &add_member(root, "orders").unwrap().unwrap());
    write(
        "orders/Cargo.toml",
        &inherit(own, &workspace(root)).unwrap(),
    );
    write("orders/src/lib.rs", "");
    let metadata = cargo_metadata::MetadataCommand::new()
        .current_dir(folder.path())
        .no_deps()
        .exec()
        .expect("Cargo reads it");
    let package = metadata.workspace_packages()[0];
    assert_eq!(package.version.to_string(), "1.0.0");
    assert_eq!(package.license.as_deref(), Some("MIT"));
    let serde = &package.dependencies[0];
    assert!(
        serde.uses_default_features,
        "added to an entry without them"
    );
}

#[test]
fn lints_and_tables_of_the_root() {
    check_inherited(
        "[workspace]\n\n[workspace.lints.rust]\nunsafe_code = \"forbid\"\n",
        "[package]\nname = \"orders\"\nresolver = \"3\"\n\n[dependencies]\n\n[lints.rust]\nunsafe_code = \"deny\"\n\n[lints.clippy]\ntodo = \"warn\"\n\n[profile.release]\nlto = true\n\n[workspace]\n",
        "[package]\nname = \"orders\"\n\n[dependencies]\n\n[lints]\nworkspace = true\n",
    );
    check_inherited(
        "[workspace]\n",
        "[package]\nname = \"orders\"\n\n[lints.rust]\nunsafe_code = \"deny\"\n",
        "[package]\nname = \"orders\"\n\n[lints.rust]\nunsafe_code = \"deny\"\n",
    );
}

#[track_caller]
fn check_merged(layers: &[&str], expected: &str) {
    let merged = merge_manifests(layers).expect("they go together");
    assert_eq!(merged, expected);
    // A whole merged with itself, or with nothing, stays as it is.
    assert_eq!(merge_manifests(&[&merged]).unwrap(), expected);
    assert_eq!(merge_manifests(&[&merged, ""]).unwrap(), expected);
    assert_eq!(merge_manifests(&[&merged, &merged]).unwrap(), expected);
}

#[test]
fn layers_become_one_manifest() {
    check_merged(
        &[
            r#"# The service.
[package]
name = "orders"
version = "0.1.0"

[dependencies]
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
# HTTP.
axum = "0.8"

[lints.rust]
unsafe_code = "forbid"

[profile.release]
lto = "thin"
"#,
            r#"[dependencies]
# The database.
sqlx = { version = "0.8", default-features = false, features = ["sqlite"] }
tokio = { version = "1", features = ["net", "macros"] }
axum = { version = "0.8", features = ["json"] }

[dev-dependencies]
tempfile = "3"
"#,
            r#"[package]
publish = false

[features]
default = ["fast"]
fast = []

[dependencies]
sqlx = { version = "0.8", features = ["migrate"] }

[lints.clippy]
todo = "warn"
"#,
        ],
        r#"# The service.
[package]
name = "orders"
version = "0.1.0"
publish = false

[features]
default = ["fast"]
fast = []

[dependencies]
# HTTP.
axum = { version = "0.8", features = ["json"] }
# The database.
sqlx = { version = "0.8", default-features = false, features = ["migrate", "sqlite"] }
tokio = { version = "1", features = ["macros", "net", "rt-multi-thread"] }

[dev-dependencies]
tempfile = "3"

[lints.rust]
unsafe_code = "forbid"

[lints.clippy]
todo = "warn"

[profile.release]
lto = "thin"
"#,
    );
}

#[test]
fn comments_of_both_layers_are_kept() {
    check_merged(
        &[
            "[dependencies]\n# Why a.\na = \"1\"\n",
            "# About dependencies.\n[dependencies]\n# Why a again.\na = \"1\"\nb = \"2\" # b\n# The end.\n",
        ],
        "# About dependencies.\n[dependencies]\n# Why a.\n# Why a again.\na = \"1\"\nb = \"2\" # b\n# The end.\n",
    );
}

#[test]
fn targets_of_one_name_become_one() {
    check_merged(
        &[
            "[package]\nname = \"x\"\n\n[[bin]]\nname = \"x\"\npath = \"src/main.rs\"\n",
            "[[bin]]\nname = \"x\"\ntest = false\n\n[[bin]]\nname = \"y\"\npath = \"y.rs\"\n",
        ],
        "[package]\nname = \"x\"\n\n[[bin]]\nname = \"x\"\npath = \"src/main.rs\"\ntest = false\n\n[[bin]]\nname = \"y\"\npath = \"y.rs\"\n",
    );
}

#[test]
fn the_text_of_a_person_stays_as_it_is() {
    let purpose = "[package]\nname = \"x\"\ndescription = \"\"\"\nOne.\n\n\n[dependencies]\n# not a comment\n\"\"\"\n";
    check_merged(&[purpose], purpose);
}

#[test]
fn what_does_not_go_together_is_named() {
    let error = merge_manifests(&["[package]\nname = \"x\"\n", "package = 1\n"]).unwrap_err();
    assert!(error.message.contains("`package`"), "{error}");
    let error = merge_manifests(&["[package]\n", "[package\n"]).unwrap_err();
    assert!(error.message.contains("fragment 2"), "{error}");
}
