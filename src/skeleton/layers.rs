//! Which answers bring which files: one folder of `skeletons/` a row.

use crate::blueprint::Blueprint;

/// How often a layer is laid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Each {
    /// Once.
    Once,
    /// For every entity this service owns; `entity` is it.
    Entity,
    /// For every entity of another service; `entity` is it.
    Referenced,
    /// For every many-to-many relation; `join` is it.
    Join,
    /// For every service that is called; `dependency` is it.
    Dependency,
    /// For every decision record; `record` is it.
    Record,
}

/// A folder of `skeletons/`.
#[derive(Debug)]
pub struct Layer {
    /// The folder.
    pub name: &'static str,
    /// Which answer brings it, in words.
    pub brought_by: &'static str,
    /// Whether this service gets it.
    pub when: fn(&Blueprint) -> bool,
    /// How often.
    pub each: Each,
}

const fn once(name: &'static str, brought_by: &'static str, when: fn(&Blueprint) -> bool) -> Layer {
    Layer {
        name,
        brought_by,
        when,
        each: Each::Once,
    }
}

/// All layers in the order they are laid: a later one replaces a file of an earlier one.
pub const LAYERS: &[Layer] = &[
    once("service", "every service", |_| true),
    once(
        "standalone",
        "a package of its own, outside a workspace",
        |plan| plan.standalone,
    ),
    once(
        "stateless",
        "a package of its own without an entity: its dependencies have fewer features",
        |plan| plan.standalone && plan.entities.is_empty(),
    ),
    once("database", "at least one entity", |plan| {
        !plan.entities.is_empty()
    }),
    Layer {
        name: "entity",
        brought_by: "each entity",
        when: |_| true,
        each: Each::Entity,
    },
    Layer {
        name: "referenced",
        brought_by: "each entity of another service",
        when: |_| true,
        each: Each::Referenced,
    },
    Layer {
        name: "join",
        brought_by: "each many-to-many relation",
        when: |_| true,
        each: Each::Join,
    },
    once("access", "callers that are known", |plan| {
        plan.access.checked
    }),
    once("tokens", "services with a token", |plan| plan.access.tokens),
    once(
        "rates",
        "callers that are known and have said how many requests they send",
        |plan| plan.access.limited,
    ),
    once("jwt", "users of an issuer", |plan| plan.access.jwt),
    once(
        "versions",
        "an entity whose conflicting changes are detected",
        |plan| plan.uses.versions,
    ),
    once(
        "idempotency",
        "operations that can be repeated with a key",
        |plan| plan.keys.creates,
    ),
    once(
        "outbox",
        "something that is kept until it has left",
        |plan| plan.outbox,
    ),
    // Behind all that it replaces.
    once(
        "postgresql",
        "PostgreSQL (ownership), with at least one entity",
        |plan| plan.postgresql && !plan.entities.is_empty(),
    ),
    once(
        "from-sqlite",
        "PostgreSQL (ownership), where SQLite was the answer before",
        |plan| plan.postgresql && plan.left_sqlite && !plan.entities.is_empty(),
    ),
    once(
        "expand-contract",
        "a schema that is first added to and later removed from (ownership), with at least one entity",
        |plan| plan.expand_contract,
    ),
    once("calls", "a service that it calls", |plan| {
        !plan.dependencies.is_empty()
    }),
    once("retries", "a call that may be attempted again", |plan| {
        plan.calls.retries
    }),
    once("breakers", "a circuit breaker", |plan| plan.calls.breakers),
    once("queues", "a call that is done later", |plan| {
        plan.calls.queues
    }),
    Layer {
        name: "dependency",
        brought_by: "each service that it calls",
        when: |_| true,
        each: Each::Dependency,
    },
    once("integers", "a whole number or an amount of money", |plan| {
        plan.uses.integers
    }),
    once("dates", "a calendar day", |plan| plan.uses.dates),
    once("decimals", "a decimal field", |plan| plan.uses.decimals),
    once("bytes", "a field of bytes", |plan| plan.uses.bytes),
    once("personal", "a field marked personal", |plan| {
        plan.uses.personal
    }),
    once("patterns", "a field with a pattern", |plan| {
        plan.uses.patterns
    }),
    once(
        "contract",
        "documentation (done), with at least one entity",
        |plan| plan.documented,
    ),
    once(
        "boundaries",
        "something that is explicitly not its job",
        |plan| !plan.boundaries.is_empty(),
    ),
    once(
        "performance",
        "it is fast enough, measured (done)",
        |plan| plan.done.iter().any(|item| item == "performance-check"),
    ),
    once(
        "architecture",
        "tests hold the code to the decisions, with at least one entity",
        |plan| plan.enforcement.tests && !plan.entities.is_empty(),
    ),
    once(
        "clippy",
        "clippy.toml holds the code to the decisions",
        |plan| plan.enforcement.clippy,
    ),
    once(
        "deny",
        "deny.toml holds the code to the decisions",
        |plan| plan.enforcement.deny,
    ),
    // GitHub reads these at the root of a repository only.
    once(
        "owners",
        "an owner of a technical decision, outside a workspace",
        |plan| plan.standalone && plan.owners.any(),
    ),
    once(
        "ci",
        "every change is checked (done), outside a workspace",
        |plan| plan.standalone && plan.done.iter().any(|item| item == "ci"),
    ),
    Layer {
        name: "madr",
        brought_by: "decision records in MADR form",
        when: |plan| plan.record_format == "madr",
        each: Each::Record,
    },
    Layer {
        name: "nygard",
        brought_by: "decision records in Nygard's form",
        when: |plan| plan.record_format == "nygard",
        each: Each::Record,
    },
];
