//! Files other than manifests that show a decision.

use toml_edit::{Document, Item};

use super::manifests::line;
use super::topics::Topic;
use super::{Piece, Source, SourceFile, Standing};

/// Whether a file, named relative to the root, is worth reading.
pub(super) fn shows_something(path: &str) -> bool {
    KINDS.iter().any(|kind| (kind.is)(path))
}

/// A kind of file and what it shows.
struct Kind {
    topic: &'static str,
    is: fn(&str) -> bool,
    pieces: fn(&SourceFile) -> Vec<Piece>,
}

const KINDS: &[Kind] = &[
    Kind {
        topic: "toolchain",
        is: |path| matches!(path, "rust-toolchain" | "rust-toolchain.toml"),
        pieces: toolchain,
    },
    Kind {
        topic: "continuous-integration",
        is: |path| is_yaml(path) && path.starts_with(".github/workflows/"),
        pieces: |file| vec![whole("GitHub Actions", "a workflow", file)],
    },
    Kind {
        topic: "continuous-integration",
        is: |path| path == ".gitlab-ci.yml",
        pieces: |file| vec![whole("GitLab CI", "a pipeline", file)],
    },
    Kind {
        topic: "continuous-integration",
        is: |path| path == ".circleci/config.yml",
        pieces: |file| vec![whole("CircleCI", "a pipeline", file)],
    },
    Kind {
        topic: "dependency-policy",
        is: |path| matches!(path, "deny.toml" | ".cargo/deny.toml"),
        pieces: |file| vec![whole("the rules of cargo-deny", "rules", file)],
    },
    Kind {
        topic: "deployment",
        is: |path| name(path) == "Dockerfile" || name(path) == "Containerfile",
        pieces: |file| vec![whole("a container image", "an image", file)],
    },
    Kind {
        topic: "deployment",
        is: |path| name(path) == "Chart.yaml",
        pieces: |file| vec![whole("a Helm chart", "a chart", file)],
    },
    Kind {
        topic: "deployment",
        is: |path| name(path) == "fly.toml",
        pieces: |file| vec![whole("an application on Fly.io", "an application", file)],
    },
    Kind {
        topic: "deployment",
        is: |path| name(path) == "flake.nix",
        pieces: |file| vec![whole("a Nix flake", "a flake", file)],
    },
    Kind {
        topic: "database",
        is: is_compose,
        pieces: |file| images(file, DATABASES),
    },
    Kind {
        topic: "messaging",
        is: is_compose,
        pieces: |file| images(file, BROKERS),
    },
    Kind {
        topic: "caching",
        is: is_compose,
        pieces: |file| images(file, CACHES),
    },
    Kind {
        topic: "schema-migrations",
        is: |path| path.ends_with(".sql") && path.split('/').any(|part| part == "migrations"),
        pieces: |file| vec![whole("SQL files", "a migration", file)],
    },
];

const DATABASES: &[(&str, &str)] = &[
    ("postgres", "PostgreSQL"),
    ("postgis", "PostgreSQL"),
    ("mysql", "MySQL"),
    ("mariadb", "MariaDB"),
    ("mongo", "MongoDB"),
    ("scylla", "ScyllaDB"),
    ("clickhouse", "ClickHouse"),
];
const BROKERS: &[(&str, &str)] = &[
    ("rabbitmq", "RabbitMQ"),
    ("nats", "NATS"),
    ("kafka", "Kafka"),
    ("redpanda", "Kafka"),
];
const CACHES: &[(&str, &str)] = &[
    ("redis", "Redis"),
    ("valkey", "Redis"),
    ("memcached", "Memcached"),
];

/// What files other than manifests, and the workspace as a whole, say about a topic.
pub(super) fn pieces(topic: &Topic, source: &Source) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for kind in KINDS.iter().filter(|kind| kind.topic == topic.id) {
        let files = source.files.iter().filter(|file| (kind.is)(&file.path));
        pieces.extend(files.flat_map(kind.pieces));
    }
    match topic.id {
        "workspace-layout" => pieces.extend(layout(source)),
        "toolchain" => pieces.extend(source.manifests.iter().filter_map(rust_version)),
        "schema-migrations" => keep_one_a_folder(&mut pieces),
        _ => {}
    }
    pieces
}

/// A hundred migrations say no more than one.
fn keep_one_a_folder(pieces: &mut Vec<Piece>) {
    let mut folders: Vec<String> = Vec::new();
    pieces.retain(|piece| {
        let at = piece
            .file
            .find("migrations/")
            .map_or(0, |at| at + "migrations".len());
        let folder = piece.file[..at].to_owned();
        let is_new = !folders.contains(&folder);
        if is_new {
            folders.push(folder);
        }
        is_new
    });
}

fn layout(source: &Source) -> Option<Piece> {
    let manifest = source.root_manifest().filter(|_| source.members > 1)?;
    let at = manifest.text.find("[workspace")?;
    Some(Piece {
        name: "several packages".to_owned(),
        what: format!("`[workspace]` with {} members", source.members),
        file: manifest.path.clone(),
        line: Some(line(&manifest.text, at)),
        standing: Standing::Direct,
    })
}

fn toolchain(file: &SourceFile) -> Vec<Piece> {
    let document = Document::parse(file.text.as_str()).ok();
    let channel = document.as_ref().and_then(|document| {
        let table = document.get("toolchain")?.as_table_like()?;
        let (key, item) = table.get_key_value("channel")?;
        Some((
            item.as_str()?.to_owned(),
            key.span().map(|span| line(&file.text, span.start)),
        ))
    });
    // The old form of the file is the name alone.
    let plain = || Some((file.text.trim().to_owned(), Some(1)));
    let found = channel.or_else(plain);
    let Some((channel, line)) =
        found.filter(|(channel, _)| !channel.is_empty() && channel.lines().count() == 1)
    else {
        return Vec::new();
    };
    let name = match channel.as_str() {
        // What moves every six weeks is not pinned.
        "stable" | "beta" | "nightly" => format!("the {channel} toolchain"),
        _ => "a pinned toolchain".to_owned(),
    };
    vec![Piece {
        name,
        what: format!("the channel `{channel}`"),
        file: file.path.clone(),
        line,
        standing: Standing::Direct,
    }]
}

fn rust_version(file: &SourceFile) -> Option<Piece> {
    let document = Document::parse(file.text.as_str()).ok()?;
    let workspace = document
        .get("workspace")
        .and_then(|table| table.get("package"));
    let package = workspace
        .or_else(|| document.get("package"))?
        .as_table_like()?;
    let (key, item) = package.get_key_value("rust-version")?;
    let version = Item::as_str(item)?;
    Some(Piece {
        name: "a declared minimum of Rust".to_owned(),
        what: format!("`rust-version = \"{version}\"`"),
        file: file.path.clone(),
        line: key.span().map(|span| line(&file.text, span.start)),
        standing: Standing::Direct,
    })
}

/// The services of a compose file whose image has one of these names.
fn images(file: &SourceFile, known: &[(&str, &str)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (index, text) in file.text.lines().enumerate() {
        let Some(image) = text.trim().strip_prefix("image:") else {
            continue;
        };
        let image = image.trim().trim_matches(['"', '\'']);
        let bare = image.rsplit('/').next().unwrap_or(image);
        let bare = bare.split([':', '@']).next().unwrap_or(bare);
        for (word, name) in known {
            if bare == *word || bare.starts_with(&format!("{word}-")) {
                pieces.push(Piece {
                    name: (*name).to_owned(),
                    what: format!("the image `{image}`"),
                    file: file.path.clone(),
                    line: Some(index + 1),
                    standing: Standing::Beside,
                });
            }
        }
    }
    pieces
}

fn whole(name: &str, what: &str, file: &SourceFile) -> Piece {
    Piece {
        name: name.to_owned(),
        what: what.to_owned(),
        file: file.path.clone(),
        line: None,
        standing: Standing::Direct,
    }
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_yaml(path: &str) -> bool {
    path.ends_with(".yml") || path.ends_with(".yaml")
}

fn is_compose(path: &str) -> bool {
    is_yaml(path) && (name(path).starts_with("compose") || name(path).starts_with("docker-compose"))
}
