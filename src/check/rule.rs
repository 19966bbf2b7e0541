//! The rules: the table that `--explain`, SARIF and `docs/diagnostics.md` are made from.

use serde::Serialize;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Something to know: it fails the check with `--strict` only.
    Warning,
    /// It fails the check.
    Error,
}

impl Severity {
    /// The word for it, as rustc, JSON and SARIF have it.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A rule that a project is held to.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `KD0301`: part of the public format, never given to another rule.
    pub code: &'static str,
    /// A few words with hyphens, for tools: `undecided-cache`.
    pub name: &'static str,
    /// What is wrong, in one line.
    pub title: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What an exception names as its subject; `None` where there are no exceptions.
    pub subject: Option<&'static str>,
    /// What it is about and both ways out, in Markdown.
    pub explanation: &'static str,
}

/// A group of rules.
#[derive(Debug)]
pub struct Group {
    /// What the codes of its rules begin with.
    pub prefix: &'static str,
    /// The heading.
    pub title: &'static str,
}

/// What the codes of the rules begin with that `cargo kickoff adr check` looks at, and not `cargo kickoff check`.
pub const RECORDS: &str = "KD04";

/// The groups in the order of their codes.
pub const GROUPS: &[Group] = &[
    Group {
        prefix: "KD01",
        title: "Answers",
    },
    Group {
        prefix: "KD02",
        title: "Arithmetic that cannot work",
    },
    Group {
        prefix: "KD03",
        title: "Drift: the code and the answers part",
    },
    Group {
        prefix: RECORDS,
        title: "Decision records: `cargo kickoff adr check`",
    },
    Group {
        prefix: "KD05",
        title: "Done",
    },
    Group {
        prefix: "KD06",
        title: "Experiments and exceptions",
    },
];

impl Rule {
    /// The rule with this code or name, in any case.
    pub fn find(word: &str) -> Option<&'static Rule> {
        let is_it = |name: &str| name.eq_ignore_ascii_case(word.trim());
        let mut rules = RULES.iter().copied();
        rules.find(|rule| is_it(rule.code) || is_it(rule.name))
    }
}

macro_rules! rules {
    ($($code:ident $severity:ident $name:literal $title:literal $subject:expr;)*) => {
        $(#[doc = $title]
        pub(crate) static $code: Rule = Rule {
            code: stringify!($code),
            name: $name,
            title: $title,
            severity: Severity::$severity,
            subject: $subject,
            explanation: include_str!(concat!("explanations/", stringify!($code), ".md")),
        };)*

        /// All rules in the order of their codes.
        pub static RULES: &[&Rule] = &[$(&$code),*];
    };
}

const QUESTION: Option<&str> = Some("the id of the question");
const ANSWER: Option<&str> = Some("the path of the first answer that is named");
const CRATE: Option<&str> = Some("the package");
const ENTITY: Option<&str> = Some("the entity");
const OPERATION: Option<&str> = Some("the operation: `DELETE /orders/{id}`");
const FILE: Option<&str> = Some("the path of the file");
const ITEM: Option<&str> = Some("the item");

rules! {
    KD0101 Warning "open-question" "a question is open" QUESTION;
    KD0102 Warning "open-core-question" "a core question is open" QUESTION;
    KD0103 Error "conflicting-answers" "answers do not go together" None;
    KD0104 Error "unreadable-answers" "`kickoff.toml` cannot be read" None;
    KD0105 Warning "answer-without-effect" "an answer has no effect" QUESTION;
    KD0201 Error "caller-outwaited-by-dependency" "a caller gives up before a dependency can have answered" ANSWER;
    KD0202 Warning "caller-outwaited" "a caller gives up before a request is cut" ANSWER;
    KD0203 Warning "retries-multiply" "attempts multiply" ANSWER;
    KD0204 Warning "callers-exceed-peak" "the callers together exceed the peak" ANSWER;
    KD0205 Error "p99-above-timeout" "requests are cut before they are slow" ANSWER;
    KD0206 Error "concurrency-below-peak" "one copy cannot take the peak" ANSWER;
    KD0207 Warning "availability-out-of-reach" "the promised availability is out of reach" ANSWER;
    KD0209 Error "dependency-outlasts-request" "a dependency outlasts the request" ANSWER;
    KD0210 Warning "dependencies-outlast-request" "the dependencies together outlast the request" ANSWER;
    KD0211 Warning "entity-without-capability" "an entity realises no capability" ANSWER;
    KD0212 Error "fallback-missing" "a fallback has no value" ANSWER;
    KD0213 Error "queue-without-store" "what is to be done later cannot be kept" ANSWER;
    KD0214 Warning "queued-and-critical" "what is to be done later is asked of nobody" ANSWER;
    KD0301 Error "undecided-cache" "a cache that no answer knows" CRATE;
    KD0302 Error "second-http-client" "a second HTTP client" CRATE;
    KD0303 Error "second-database-access" "a second way to reach the database" CRATE;
    KD0304 Error "other-database" "a database that no answer knows" CRATE;
    KD0305 Error "undecided-broker" "a broker that no answer knows" CRATE;
    KD0306 Warning "client-without-dependency" "an HTTP client, and nobody to call" CRATE;
    KD0311 Error "entity-without-module" "an entity without a type" ENTITY;
    KD0312 Error "entity-without-table" "an entity without a table" ENTITY;
    KD0313 Warning "table-without-entity" "a table that no answer knows" Some("the table");
    KD0314 Error "route-without-answer" "a route that no answer knows" OPERATION;
    KD0315 Warning "answer-without-route" "an operation without a route" OPERATION;
    KD0316 Error "call-without-client" "a call that goes past the clients of the dependencies" FILE;
    KD0317 Error "edited-limit" "a limit that is not the one of the answers" Some("the setting: `APP_REQUEST_TIMEOUT`");
    KD0318 Warning "unreadable-source" "a Rust file that cannot be read" FILE;
    KD0321 Error "answers-ahead" "the answers are ahead of the code" None;
    KD0322 Error "baseline-unusable" "what was generated last is not known" None;
    KD0331 Error "record-missing" "a decision record is gone" Some("the subject of the record: `caching`");
    KD0332 Error "record-against-answers" "a decision record takes back what the answers decide" Some("the subject of the record: `caching`");
    KD0333 Warning "record-ahead" "a decision record is accepted, and the answers are open" Some("the subject of the record: `caching`");
    KD0401 Error "duplicate-number" "two records have one number" FILE;
    KD0402 Error "number-taken-on-branch" "another branch took the same number" FILE;
    KD0403 Error "dangling-link" "a link to a record that is not there" FILE;
    KD0404 Error "one-sided-link" "two records of which only one says how they relate" FILE;
    KD0405 Error "two-statuses" "a record gives two statuses" FILE;
    KD0406 Error "dangling-citation" "a comment cites a record that is not there" FILE;
    KD0407 Error "crate-gone" "a record in force names a crate that is gone" FILE;
    KD0408 Error "path-gone" "a record in force names a path that is gone" FILE;
    KD0501 Warning "not-done" "part of done was not chosen" ITEM;
    KD0502 Error "done-item-lost" "part of done was lost" FILE;
    KD0601 Error "experiment-overdue" "the experiment is past its date" None;
    KD0611 Warning "exception-unused" "an exception that excuses nothing" None;
    KD0612 Error "exception-expired" "an exception past its date" None;
    KD0613 Error "exception-of-no-rule" "an exception that no rule allows" None;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_complete() {
        assert!(RULES.is_sorted_by(|a, b| a.code < b.code));
        let names: std::collections::BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), RULES.len());
        for rule in RULES {
            let group = GROUPS
                .iter()
                .find(|group| rule.code.starts_with(group.prefix));
            assert!(group.is_some(), "{}", rule.code);
            assert!(rule.explanation.contains("out: "), "{}", rule.code);
            assert!(!rule.title.ends_with('.'), "{}", rule.code);
        }
        assert_eq!(Rule::find("kd0301"), Some(&KD0301));
        assert_eq!(Rule::find("KD9999"), None);
    }
}
