//! What the records are about: one row a subject, in the order of the records.

use super::titles;
use crate::answers::Answers;

/// One subject of the catalog: what its record is called, which answers make it decided, and what holds the project to it.
pub(super) struct Subject {
    /// As questions name it, and in the record's file name.
    pub(super) slug: &'static str,
    /// The heading while nobody decided, or where no single answer is the decision.
    pub(super) title: &'static str,
    /// The questions that the record is about. It is accepted when somebody decided all of them.
    pub(super) main: &'static [&'static str],
    /// The question who decides.
    pub(super) owner: Option<&'static str>,
    /// Files of the generated project that hold it to the decision, and how.
    pub(super) confirmation: &'static [Guard],
}

/// A file that holds the project to a decision.
pub(super) struct Guard {
    /// Relative to the project's root; a folder ends in `/`.
    pub(super) path: &'static str,
    /// What it does, as the rest of a sentence that begins with the path.
    pub(super) how: &'static str,
    /// When there is such a file.
    pub(super) when: Presence,
}

/// When a file is generated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// In every service.
    Always,
    /// With an entity of its own.
    Entities,
    /// With an entity of its own, where tests hold the layers apart.
    Layers,
    /// With a word that no name may carry.
    Boundaries,
    /// Where the performance is measured.
    Performance,
    /// Where clippy carries decisions.
    Clippy,
    /// Where cargo-deny carries decisions.
    Deny,
    /// Where a workflow runs either of the two.
    Workflow,
    /// With an operation that requires a key, and a record to test it with.
    Keys,
    /// With an entity whose conflicting changes are detected.
    Versions,
    /// With an entity of which no two may be the same.
    Uniques,
    /// With a service that it calls.
    Dependencies,
    /// With calls that are done later.
    Queues,
    /// Where callers have to be known.
    Access,
    /// With an entity of its own, where the schema is first added to and later removed from.
    ExpandContract,
}

const fn guard(path: &'static str, how: &'static str, when: Presence) -> Guard {
    Guard { path, how, when }
}

const fn subject(
    slug: &'static str,
    title: &'static str,
    main: &'static [&'static str],
    owner: Option<&'static str>,
    confirmation: &'static [Guard],
) -> Subject {
    Subject {
        slug,
        title,
        main,
        owner,
        confirmation,
    }
}

const SCHEMA_OWNER: Option<&str> = Some("ownership.schema-owner");
const DATABASE_OWNER: Option<&str> = Some("ownership.database-owner");
const CACHING_OWNER: Option<&str> = Some("ownership.caching-owner");
const ERRORS_OWNER: Option<&str> = Some("ownership.errors-owner");

/// The slug of the record that says whether this is an experiment.
pub(super) const EXPERIMENT: &str = "experiment";

/// The owner questions, and what each is about.
pub(super) const OWNERS: [(&str, &str); 4] = [
    ("ownership.database-owner", "the database"),
    ("ownership.schema-owner", "the schema"),
    ("ownership.caching-owner", "caching"),
    ("ownership.errors-owner", "error handling"),
];

/// Every subject in the order of its records.
pub(super) const SUBJECTS: &[Subject] = &[
    subject(
        "responsibility",
        "What this service is responsible for",
        &["responsibility.purpose", "responsibility.owns"],
        None,
        &[guard(
            "tests/service/boundary.rs",
            "fails when a table, route or module carries a word that was given away.",
            Presence::Boundaries,
        )],
    ),
    subject(
        "data-model",
        "What the records are and mean",
        &["data.entities"],
        SCHEMA_OWNER,
        &[
            guard(
                "migrations/",
                "holds the constraints of the columns.",
                Presence::Entities,
            ),
            guard(
                "tests/service/statements.rs",
                "fails when a statement does not suit the schema, or a list walks through a whole table.",
                Presence::Entities,
            ),
        ],
    ),
    subject(
        "duplicates",
        "What happens when a record exists already",
        &["data.duplicates"],
        SCHEMA_OWNER,
        &[guard(
            "tests/service/api/",
            "creates records of each kind twice, one after the other and at once.",
            Presence::Uniques,
        )],
    ),
    subject(
        "conflicts",
        "What happens when two change one record",
        &["data.conflicts"],
        SCHEMA_OWNER,
        &[guard(
            "tests/service/api/",
            "tries to lose an update.",
            Presence::Versions,
        )],
    ),
    subject(
        "deletion",
        "What deleting a record means",
        &["data.deletion"],
        SCHEMA_OWNER,
        &[guard(
            "tests/service/api/",
            "deletes records of each kind, and looks at those that refer to them.",
            Presence::Entities,
        )],
    ),
    subject(
        "load-limits",
        "How much load it takes, and what it refuses",
        &["load.peak-rps"],
        None,
        &[
            guard("src/config.rs", "holds the numbers.", Presence::Always),
            guard(
                "tests/service/limits.rs",
                "sends one request too many, and one that takes too long.",
                Presence::Always,
            ),
            guard(
                "tests/service/lifecycle.rs",
                "stops the service with requests in flight.",
                Presence::Always,
            ),
        ],
    ),
    subject(
        "dependencies",
        "Which services it calls, and what happens without them",
        &["load.dependencies"],
        None,
        &[
            guard(
                "src/calls/",
                "is the way that every call takes.",
                Presence::Dependencies,
            ),
            guard(
                "tests/service/dependencies/",
                "puts something in the place of each that is gone, silent, slow or talks nonsense, and looks at what callers see.",
                Presence::Dependencies,
            ),
            guard(
                "src/outbox/",
                "keeps what is to be done later until it has been done.",
                Presence::Queues,
            ),
            guard(
                "tests/service/outbox/",
                "lets messages fail, relays die and stops come in between, and looks at what arrives.",
                Presence::Queues,
            ),
        ],
    ),
    subject(
        "communication",
        "How it talks to other services",
        &["communication.styles"],
        None,
        &[],
    ),
    subject(
        "error-propagation",
        "How errors of others reach its callers",
        &["communication.errors"],
        ERRORS_OWNER,
        &[guard(
            "src/calls/failure.rs",
            "is where an error of another service becomes an answer of this one; the tests in `tests/service/dependencies/` look at \
             what callers see.",
            Presence::Dependencies,
        )],
    ),
    subject(
        "idempotency",
        "How repeated requests stay harmless",
        &["communication.idempotency"],
        None,
        &[
            guard(
                "src/idempotency.rs",
                "is the way of every write that can be repeated.",
                Presence::Keys,
            ),
            guard(
                "tests/service/idempotency.rs",
                "repeats requests one after the other, forty at once, after a refusal and after a restart.",
                Presence::Keys,
            ),
        ],
    ),
    subject(
        "access",
        "Who may call it",
        &["communication.access"],
        None,
        &[
            guard(
                "src/access.rs",
                "is in front of every route but the probes and the document.",
                Presence::Access,
            ),
            guard(
                "tests/service/access.rs",
                "calls every route there is without credentials, and with those of each kind.",
                Presence::Access,
            ),
        ],
    ),
    subject(
        "database",
        "Which database it keeps its records in",
        &["ownership.database"],
        DATABASE_OWNER,
        &[
            guard(
                "src/database.rs",
                "is the only place that opens it.",
                Presence::Entities,
            ),
            guard(
                "tests/service/architecture.rs",
                "fails when there is SQL, or its driver, outside of storage.",
                Presence::Layers,
            ),
            guard(
                "tests/service/readiness.rs",
                "takes it away and looks at what the service says.",
                Presence::Entities,
            ),
        ],
    ),
    subject(
        "schema-changes",
        "How the schema changes",
        &["ownership.schema-changes"],
        SCHEMA_OWNER,
        &[
            guard(
                "migrations/",
                "is applied in order at the start, and no file of it is changed once it has been.",
                Presence::Entities,
            ),
            guard(
                "tests/service/schema_changes.rs",
                "runs them one after the other, and compares what each leaves with what was there before.",
                Presence::ExpandContract,
            ),
        ],
    ),
    subject(
        "caching",
        "What is cached",
        &["ownership.caching"],
        CACHING_OWNER,
        &[],
    ),
    subject(
        "error-handling",
        "How errors are handled",
        &["ownership.error-pattern"],
        ERRORS_OWNER,
        &[
            guard(
                "src/problem.rs",
                "is the only place that turns an error into an answer.",
                Presence::Always,
            ),
            guard(
                "tests/service/architecture.rs",
                "fails when rules or storage know of HTTP.",
                Presence::Layers,
            ),
            guard(
                "tests/service/contract.rs",
                "fails on a refusal of another shape, and on one that tells about the inside.",
                Presence::Always,
            ),
        ],
    ),
    subject(
        "enforcement",
        "How decisions are enforced",
        &["ownership.enforcement"],
        None,
        &[
            guard(
                "tests/service/architecture.rs",
                "holds the layers apart.",
                Presence::Layers,
            ),
            guard(
                "tests/service/boundary.rs",
                "looks for words that were given away.",
                Presence::Boundaries,
            ),
            guard(
                "clippy.toml",
                "refuses what decisions ruled out in code; each message names the record.",
                Presence::Clippy,
            ),
            guard(
                "deny.toml",
                "bans the crates that decisions ruled out; each reason names the record.",
                Presence::Deny,
            ),
            guard(
                ".github/workflows/ci.yml",
                "runs these for every change.",
                Presence::Workflow,
            ),
        ],
    ),
    subject(
        "definition-of-done",
        "What done means",
        &["done.items"],
        None,
        &[guard(
            "tests/service/performance.rs",
            "sends what the peak was said to be, and measures the p99 that was promised.",
            Presence::Performance,
        )],
    ),
    subject(
        "record-format",
        "How decisions are recorded",
        &["ownership.record-format"],
        None,
        &[],
    ),
    subject(
        EXPERIMENT,
        "This is an experiment",
        &["reality.kind"],
        None,
        &[guard(
            "src/health.rs",
            "answers `/health` with the open questions and the date.",
            Presence::Always,
        )],
    ),
];

impl Subject {
    /// The heading: what was decided where one answer is the decision, else what the record is about.
    pub(super) fn heading(&self, answers: &Answers, decided: bool) -> &'static str {
        if self.slug == EXPERIMENT && !answers.is_experiment() {
            return "This is a project";
        }
        let [question] = self.main else {
            return self.title;
        };
        let value = super::super::text(answers, question).unwrap_or_default();
        if !decided {
            return self.title;
        }
        titles::title(question, &value).unwrap_or(self.title)
    }
}
