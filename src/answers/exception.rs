//! What the check would report, and somebody has decided to live with.

use crate::question::Kind;

/// An exception: a rule that does not count for a subject, why not, and who answers for that.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exception {
    /// The code of the rule: `KD0301`.
    pub code: String,
    /// What it is about; every finding of the rule where it is not given.
    pub subject: Option<String>,
    /// Why it is right here.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds, `2027-01-31`.
    pub until: Option<String>,
}

/// A key of an exception in `kickoff.toml`.
pub(crate) struct Part {
    pub(crate) key: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) meaning: &'static str,
    pub(crate) example: &'static str,
}

/// The keys in the order in which a file is written.
pub(crate) const PARTS: &[Part] = &[
    Part {
        key: "code",
        kind: Kind::Text { max: 6 },
        required: true,
        meaning: "the code of the rule that does not count",
        example: "KD0301",
    },
    Part {
        key: "subject",
        kind: Kind::Text { max: 200 },
        required: false,
        meaning: "what it is about, as the rule says it; without it, every finding of the rule",
        example: "moka",
    },
    Part {
        key: "reason",
        kind: Kind::Text { max: 400 },
        required: true,
        meaning: "why it is right here",
        example: "it holds the tax table, which never changes while the process runs",
    },
    Part {
        key: "owner",
        kind: Kind::Owner,
        required: true,
        meaning: "who answers for it",
        example: "@acme/orders",
    },
    Part {
        key: "until",
        kind: Kind::Date,
        required: false,
        meaning: "the last day on which it holds; afterwards the check reports it",
        example: "2027-01-31",
    },
];

/// The table.
pub(crate) const TABLE: &str = "exception";

impl Exception {
    /// The value of a key.
    pub(crate) fn part(&self, key: &str) -> Option<&str> {
        match key {
            "code" => Some(&self.code),
            "subject" => self.subject.as_deref(),
            "reason" => Some(&self.reason),
            "owner" => Some(&self.owner),
            _ => self.until.as_deref(),
        }
    }
}
