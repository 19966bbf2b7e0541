//! Section 5: who owns the technical decisions, and what are they?

use super::choice;
use crate::question::{Fallback, Kind, Question, Section, Stakes, When};

const QUESTION: Question = Question {
    section: Section::Ownership,
    ..super::QUESTION
};

const OWNER: Question = Question {
    kind: Kind::Owner,
    effect: "Becomes the code owner of the files it is about, and the decision maker in their \
             records.",
    ..QUESTION
};

pub(super) static QUESTIONS: [Question; 11] = [
    Question {
        id: "ownership.database-owner",
        ask: "Who decides about the database?",
        why: "A database without an owner is upgraded by the outage that forces it, and \
              restored by whoever finds the backups.",
        record: "database",
        ..OWNER
    },
    Question {
        id: "ownership.database",
        ask: "Which database?",
        why: "Every engine is easy to start and hard to leave; a file beside the binary is \
              enough for more services than believe it.",
        effect: "Chooses the driver, the dialect of the migrations, the compose file and what \
                 the tests run against.",
        kind: Kind::Choice {
            choices: &[
                choice(
                    "sqlite",
                    "SQLite, embedded",
                    "The data is one file beside the service; there is nothing to install, \
                     and one process writes.",
                ),
                choice(
                    "postgresql",
                    "PostgreSQL",
                    "The data lives in a PostgreSQL server, several copies of the service can \
                     run, and the compose file starts one.",
                ),
            ],
        },
        default: Fallback::Fixed("sqlite"),
        asked_from: Stakes::Money,
        record: "database",
        ..QUESTION
    },
    Question {
        id: "ownership.schema-owner",
        ask: "Who decides about the schema?",
        why: "Where everybody may add a column, nobody may remove one.",
        record: "schema-changes",
        ..OWNER
    },
    Question {
        id: "ownership.schema-changes",
        ask: "How does the schema change?",
        why: "During a deployment old and new code run together: a column that is renamed in \
              one step breaks one of the two.",
        effect: "Chooses the rule that the migrations are held to, and the words of the \
                 record that explains it.",
        kind: Kind::Choice {
            choices: &[
                choice(
                    "direct",
                    "in one step",
                    "A migration may rename and drop; the service stops while it runs.",
                ),
                choice(
                    "expand-contract",
                    "first add, later remove",
                    "A test refuses migrations that drop or rename what the previous release \
                     needs, change its type or require what may be empty, unless they say that \
                     nobody needs it any more.",
                ),
            ],
        },
        default: Fallback::ByStakes(["direct", "direct", "expand-contract", "expand-contract"]),
        record: "schema-changes",
        ..QUESTION
    },
    Question {
        id: "ownership.caching-owner",
        ask: "Who decides about caching?",
        why: "A cache is a second copy of the truth; somebody has to answer for how old it may be.",
        record: "caching",
        awaits: Some("the cache"),
        ..OWNER
    },
    Question {
        id: "ownership.caching",
        ask: "What is cached?",
        why: "Caches hide a slow query until the day they are empty, and then everything is \
              slow at once.",
        effect: "Chooses the cache in front of reads by id, its invalidation, and the test \
                 with a cold cache.",
        kind: Kind::Choice {
            choices: &[
                choice(
                    "none",
                    "nothing",
                    "Every read asks the database; there is no second copy that could be stale.",
                ),
                choice(
                    "in-process",
                    "in the process",
                    "Reads by id are kept in memory with a limit, a jittered lifetime and one \
                     load per key at a time.",
                ),
                choice(
                    "redis",
                    "in Redis",
                    "Reads by id are kept in Redis, shared by all copies; without Redis the \
                     service goes on and asks the database.",
                ),
            ],
        },
        default: Fallback::Fixed("none"),
        record: "caching",
        awaits: Some("the cache"),
        honours: &["none"],
        ..QUESTION
    },
    Question {
        id: "ownership.cache-ttl",
        ask: "How old may a cached record be?",
        why: "Without an answer it is as old as the oldest process, and the price on the page \
              is not the price on the bill.",
        effect: "Sets the lifetime of a cached record, shortened at random by up to a tenth \
                 so that not all expire together.",
        kind: Kind::Duration {
            min_ms: 1000,
            max_ms: 604_800_000,
        },
        default: Fallback::Fixed("1m"),
        when: When::Is("ownership.caching", &["in-process", "redis"]),
        record: "caching",
        awaits: Some("the cache"),
        ..QUESTION
    },
    Question {
        id: "ownership.errors-owner",
        ask: "Who decides how errors are handled?",
        why: "Without one voice every module invents its own shape, and every client learns \
              all of them.",
        record: "error-handling",
        ..OWNER
    },
    Question {
        id: "ownership.error-pattern",
        ask: "What do the error types look like?",
        why: "One enum for everything makes every function able to fail in every way; too \
              many make each change a conversion.",
        effect: "Chooses the shape of the error types in every module.",
        kind: Kind::Choice {
            choices: &[
                choice(
                    "per-layer",
                    "one per layer",
                    "The store has its own error type, and the HTTP layer turns it into a \
                     problem in one place.",
                ),
                choice(
                    "single",
                    "one for the service",
                    "One `AppError` is used in every module, with a variant for each kind of \
                     problem.",
                ),
            ],
        },
        default: Fallback::Fixed("per-layer"),
        record: "error-handling",
        awaits: Some("the choice of error types"),
        honours: &["per-layer"],
        ..QUESTION
    },
    Question {
        id: "ownership.enforcement",
        ask: "What holds the code to these decisions?",
        why: "A decision that nothing enforces lasts until the first deadline; a year later \
              there are two HTTP clients and three ways to read a date.",
        effect: "Chooses which rules carry the number of their decision record into CI.",
        kind: Kind::Choices {
            choices: &[
                choice(
                    "tests",
                    "tests",
                    "Tests fail when a boundary, a table or a module leaves what was decided.",
                ),
                choice(
                    "clippy",
                    "clippy.toml",
                    "Types and methods that a decision ruled out are refused by clippy, with \
                     the record's number in the message.",
                ),
                choice(
                    "deny",
                    "deny.toml",
                    "Crates that a decision ruled out are banned for cargo-deny, with the \
                     record's number as the reason.",
                ),
            ],
        },
        default: Fallback::ByStakes([
            "tests",
            "tests, clippy",
            "tests, clippy, deny",
            "tests, clippy, deny",
        ]),
        record: "enforcement",
        ..QUESTION
    },
    Question {
        id: "ownership.record-format",
        ask: "In which format are decisions recorded?",
        why: "A record in a format that nobody's tools read is a record that nobody reads.",
        effect: "Chooses the form of the records and the folder they stand in.",
        kind: Kind::Choice {
            choices: &[
                choice(
                    "madr",
                    "MADR 4",
                    "Records list the options that were considered and how the decision is \
                     confirmed.",
                ),
                choice(
                    "nygard",
                    "Nygard",
                    "Records are short: status, context, decision, consequences.",
                ),
            ],
        },
        default: Fallback::Fixed("madr"),
        asked_from: Stakes::Money,
        record: "record-format",
        ..QUESTION
    },
];
