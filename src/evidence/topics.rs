//! What decisions there are to look for, and what speaks for each answer.

use super::{Piece, Standing};

/// A decision that most services make.
#[derive(Debug, PartialEq, Eq)]
pub struct Topic {
    /// Stable; the identity of a record about it.
    pub id: &'static str,
    /// What a record has to answer.
    pub question: &'static str,
    /// The heading, with `{}` for what was chosen.
    pub heading: &'static str,
    /// Packages that speak for an answer.
    pub(super) signs: &'static [Sign],
    /// Whether what is there for tests decides it too.
    pub(super) tests_decide: bool,
}

/// A package, perhaps with a feature, and what it speaks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) package: &'static str,
    /// Features any of which has to be asked for; none for any.
    pub(super) features: &'static [&'static str],
    pub(super) name: &'static str,
}

impl Topic {
    /// The topic with this id.
    pub fn find(id: &str) -> Option<&'static Topic> {
        TOPICS.iter().find(|topic| topic.id == id)
    }

    /// The packages that speak for an answer.
    pub(crate) fn packages(&self) -> impl Iterator<Item = &'static str> {
        self.signs.iter().map(|sign| sign.package)
    }

    /// Whether the piece alone shows that something was decided.
    pub(crate) fn decides(&self, piece: &Piece) -> bool {
        match piece.standing {
            Standing::Direct | Standing::Platform => true,
            Standing::Development => self.tests_decide,
            Standing::Optional | Standing::Beside | Standing::Build | Standing::Example => false,
        }
    }

    pub(super) fn title(&self, names: &[&str]) -> String {
        let joined = match names {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        };
        self.heading.replace("{}", &joined)
    }
}

const fn of(package: &'static str, name: &'static str) -> Sign {
    Sign {
        package,
        features: &[],
        name,
    }
}

const fn with(
    package: &'static str,
    features: &'static [&'static str],
    name: &'static str,
) -> Sign {
    Sign {
        package,
        features,
        name,
    }
}

const fn topic(
    id: &'static str,
    heading: &'static str,
    question: &'static str,
    signs: &'static [Sign],
) -> Topic {
    Topic {
        id,
        question,
        heading,
        signs,
        tests_decide: false,
    }
}

/// Every topic, those that are hardest to change later first.
pub const TOPICS: &[Topic] = &[
    topic(
        "workspace-layout",
        "Split the code into {}",
        "How is the code split into packages, and what may depend on what?",
        &[],
    ),
    topic(
        "database",
        "Keep data in {}",
        "Which database holds the data, and what is expected of it?",
        &[
            with("sqlx", &["postgres"], "PostgreSQL"),
            with("sqlx", &["mysql"], "MySQL"),
            with("sqlx", &["sqlite", "sqlite-unbundled"], "SQLite"),
            with("diesel", &["postgres"], "PostgreSQL"),
            with("diesel", &["mysql"], "MySQL"),
            with("diesel", &["sqlite"], "SQLite"),
            with("diesel-async", &["postgres"], "PostgreSQL"),
            with("diesel-async", &["mysql"], "MySQL"),
            with("sea-orm", &["sqlx-postgres"], "PostgreSQL"),
            with("sea-orm", &["sqlx-mysql"], "MySQL"),
            with("sea-orm", &["sqlx-sqlite"], "SQLite"),
            of("postgres", "PostgreSQL"),
            of("tokio-postgres", "PostgreSQL"),
            of("deadpool-postgres", "PostgreSQL"),
            of("mysql_async", "MySQL"),
            of("rusqlite", "SQLite"),
            of("sqlite", "SQLite"),
            of("libsql", "libSQL"),
            of("mongodb", "MongoDB"),
            of("scylla", "ScyllaDB"),
            of("surrealdb", "SurrealDB"),
            of("clickhouse", "ClickHouse"),
            of("duckdb", "DuckDB"),
            of("rocksdb", "RocksDB"),
            of("redb", "redb"),
            of("sled", "sled"),
            of("fjall", "fjall"),
            of("heed", "LMDB"),
        ],
    ),
    topic(
        "database-access",
        "Reach the database through {}",
        "How does the code speak to the database: plain SQL, a query builder, a mapper?",
        &[
            of("sqlx", "sqlx"),
            of("diesel", "Diesel"),
            of("diesel-async", "Diesel"),
            of("sea-orm", "SeaORM"),
            of("tokio-postgres", "tokio-postgres"),
            of("postgres", "rust-postgres"),
            of("rusqlite", "rusqlite"),
            of("cornucopia", "Cornucopia"),
            of("welds", "Welds"),
        ],
    ),
    topic(
        "schema-migrations",
        "Change the schema with {}",
        "How does the schema change, and who applies a change when?",
        &[
            of("refinery", "refinery"),
            of("diesel_migrations", "Diesel's migrations"),
            of("sea-orm-migration", "SeaORM's migrations"),
            with("sqlx", &["migrate"], "sqlx's migrations"),
            of("rusqlite_migration", "rusqlite_migration"),
        ],
    ),
    topic(
        "web-framework",
        "Serve HTTP with {}",
        "What serves HTTP, and what stands around each handler?",
        &[
            of("axum", "axum"),
            of("actix-web", "Actix Web"),
            of("rocket", "Rocket"),
            of("warp", "warp"),
            of("poem", "Poem"),
            of("salvo", "Salvo"),
            of("tide", "tide"),
            of("dropshot", "Dropshot"),
            of("loco-rs", "Loco"),
            of("pingora", "Pingora"),
        ],
    ),
    topic(
        "api-style",
        "Offer the interface as {}",
        "In which style do others call this, and how does the contract stay true?",
        &[
            of("tonic", "gRPC"),
            of("async-graphql", "GraphQL"),
            of("juniper", "GraphQL"),
            of("utoipa", "HTTP described by OpenAPI"),
            of("aide", "HTTP described by OpenAPI"),
            of("poem-openapi", "HTTP described by OpenAPI"),
            of("apistos", "HTTP described by OpenAPI"),
            of("jsonrpsee", "JSON-RPC"),
            of("tarpc", "tarpc"),
        ],
    ),
    topic(
        "messaging",
        "Exchange messages through {}",
        "How do messages reach others: which broker, which guarantee, who retries?",
        &[
            of("rdkafka", "Kafka"),
            of("rskafka", "Kafka"),
            of("lapin", "RabbitMQ"),
            of("amqprs", "RabbitMQ"),
            of("async-nats", "NATS"),
            of("pulsar", "Pulsar"),
            of("rumqttc", "MQTT"),
            of("aws-sdk-sqs", "Amazon SQS"),
            of("aws-sdk-sns", "Amazon SNS"),
            of("google-cloud-pubsub", "Google Pub/Sub"),
            of("libp2p", "libp2p"),
        ],
    ),
    topic(
        "caching",
        "Cache with {}",
        "What is cached where and for how long, and what does a cold cache do?",
        &[
            of("moka", "moka, in the process"),
            of("quick_cache", "quick_cache, in the process"),
            of("cached", "cached, in the process"),
            of("redis", "Redis"),
            of("fred", "Redis"),
            of("deadpool-redis", "Redis"),
            of("memcache", "Memcached"),
        ],
    ),
    topic(
        "authentication",
        "Recognise callers by {}",
        "Who may call, and how is a caller recognised?",
        &[
            of("jsonwebtoken", "JSON Web Tokens"),
            of("openidconnect", "OpenID Connect"),
            of("oauth2", "OAuth 2.0"),
            of("axum-login", "sessions"),
            of("tower-sessions", "sessions"),
            of("biscuit-auth", "Biscuit tokens"),
            of("webauthn-rs", "WebAuthn"),
        ],
    ),
    topic(
        "async-runtime",
        "Run asynchronous code on {}",
        "Which runtime runs asynchronous code, and what may block it?",
        &[
            of("tokio", "Tokio"),
            of("async-std", "async-std"),
            of("smol", "smol"),
            of("glommio", "Glommio"),
            of("monoio", "Monoio"),
            of("compio", "Compio"),
        ],
    ),
    topic(
        "http-client",
        "Call other services with {}",
        "What calls other services, with which timeouts and retries?",
        &[
            of("reqwest", "reqwest"),
            of("ureq", "ureq"),
            of("hyper-rustls", "hyper"),
            of("isahc", "Isahc"),
            of("awc", "awc"),
            of("surf", "surf"),
        ],
    ),
    topic(
        "error-handling",
        "Handle errors with {}",
        "Which error type when, and what does a caller see of it?",
        &[
            of("thiserror", "thiserror"),
            of("snafu", "SNAFU"),
            of("anyhow", "anyhow"),
            of("eyre", "eyre"),
            of("color-eyre", "eyre"),
            of("miette", "miette"),
            of("error-stack", "error-stack"),
        ],
    ),
    topic(
        "serialization",
        "Encode data as {}",
        "In which formats does data leave the process, and how do they change?",
        &[
            of("serde_json", "JSON"),
            of("prost", "Protocol Buffers"),
            of("protobuf", "Protocol Buffers"),
            of("minicbor", "CBOR"),
            of("ciborium", "CBOR"),
            of("serde_cbor", "CBOR"),
            of("rmp-serde", "MessagePack"),
            of("bincode", "bincode"),
            of("postcard", "postcard"),
            of("borsh", "Borsh"),
            of("rkyv", "rkyv"),
            of("parity-scale-codec", "SCALE"),
        ],
    ),
    topic(
        "logging",
        "Log with {}",
        "What is logged, in which form, and who reads it?",
        &[
            of("tracing", "tracing"),
            of("slog", "slog"),
            of("log", "log"),
        ],
    ),
    topic(
        "telemetry",
        "Measure with {}",
        "Which metrics and traces leave the process, and what is alerted on?",
        &[
            of("opentelemetry", "OpenTelemetry"),
            of("opentelemetry-otlp", "OpenTelemetry"),
            of("prometheus", "Prometheus"),
            of("prometheus-client", "Prometheus"),
            of("metrics", "metrics"),
            of("metrics-exporter-prometheus", "Prometheus"),
        ],
    ),
    topic(
        "configuration",
        "Configure with {}",
        "Where do settings come from, and what happens to a wrong one?",
        &[
            of("config", "config"),
            of("figment", "Figment"),
            of("confique", "confique"),
            of("envy", "envy"),
            of("dotenvy", "a .env file"),
            of("dotenv", "a .env file"),
        ],
    ),
    topic(
        "cryptography",
        "Rely on {} for cryptography",
        "Which implementation of cryptography is trusted, and who follows its advisories?",
        &[
            of("rustls", "rustls"),
            of("ring", "ring"),
            of("aws-lc-rs", "AWS-LC"),
            of("openssl", "OpenSSL"),
            of("native-tls", "the platform's TLS"),
            of("ed25519-dalek", "dalek"),
            of("blst", "blst"),
        ],
    ),
    topic(
        "command-line",
        "Read the command line with {}",
        "How is the command line read, and what of it is stable?",
        &[
            of("clap", "clap"),
            of("structopt", "structopt"),
            of("argh", "argh"),
            of("bpaf", "bpaf"),
            of("pico-args", "pico-args"),
        ],
    ),
    Topic {
        id: "testing",
        question: "What is tested in which way, and what has to pass before a change lands?",
        heading: "Test with {}",
        signs: &[
            of("proptest", "proptest"),
            of("quickcheck", "quickcheck"),
            of("insta", "insta"),
            of("rstest", "rstest"),
            of("mockall", "mockall"),
            of("wiremock", "wiremock"),
            of("testcontainers", "Testcontainers"),
            of("loom", "loom"),
            of("cucumber", "Cucumber"),
        ],
        tests_decide: true,
    },
    topic(
        "toolchain",
        "Build with {}",
        "Which Rust has to build this, and when does that change?",
        &[],
    ),
    topic(
        "continuous-integration",
        "Check changes with {}",
        "What has to hold before a change lands, and where is it checked?",
        &[],
    ),
    topic(
        "dependency-policy",
        "Hold dependencies to {}",
        "What may be depended on, and who decides about an exception?",
        &[],
    ),
    topic(
        "deployment",
        "Ship as {}",
        "How does a change reach where it runs, and how does it come back?",
        &[],
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_topic_has_an_id_of_its_own_and_a_heading() {
        let ids: BTreeSet<_> = TOPICS.iter().map(|topic| topic.id).collect();
        assert_eq!(ids.len(), TOPICS.len());
        for topic in TOPICS {
            assert_eq!(topic.heading.matches("{}").count(), 1, "{}", topic.id);
            assert!(topic.question.ends_with('?'), "{}", topic.id);
            assert_eq!(Topic::find(topic.id), Some(topic));
        }
    }

    #[test]
    fn several_answers_are_all_in_the_heading() {
        let topic = Topic::find("http-client").expect("a topic");
        assert_eq!(
            topic.title(&["reqwest"]),
            "Call other services with reqwest"
        );
        assert_eq!(
            topic.title(&["reqwest", "ureq", "awc"]),
            "Call other services with reqwest, ureq and awc"
        );
    }
}
