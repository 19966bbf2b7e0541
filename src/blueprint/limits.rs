//! What the service allows itself under load, from the load answers.

use serde::Serialize;

use super::arithmetic::{CallerFacts, DependencyFacts, Facts, Finding};
use super::{Caller, Conflict, Dependency, arithmetic, milliseconds, number};
use crate::answers::Answers;

/// No pause between two attempts is longer than this.
const BACKOFF_CAP_MS: u64 = 10_000;

/// As many connections as leave room for three instances and one more that a roll-out starts first, below the 97 that PostgreSQL has for
/// all its clients as it comes.
const POOL_MAX: u64 = 24;

/// What the service allows itself under load. Times in milliseconds.
#[derive(Debug, Clone, Serialize)]
pub struct Limits {
    /// Requests per second at the peak.
    pub peak_rps: u64,
    /// The time that 99 of 100 requests stay below.
    pub p99_ms: u64,
    /// The longest a request may take: the answer, or less where a caller does not wait that long.
    pub request_timeout_ms: u64,
    /// How long that caller waits.
    pub shortest_wait_ms: u64,
    /// The caller that made it less.
    pub shortened_by: Option<crate::skeleton::Text>,
    /// The longest the head of a request may take to arrive.
    pub header_timeout_ms: u64,
    /// Requests at the same time.
    pub concurrency: u64,
    /// Connections at the same time.
    pub connections: u64,
    /// Connections that read from the database.
    pub readers: u64,
    /// Connections to a database that others use as well.
    pub pool: u64,
    /// How long it still serves after it said that it stops.
    pub drain_delay_ms: u64,
    /// The longest requests in flight may take after that.
    pub drain_grace_ms: u64,
    /// From here on a request is worth a warning.
    pub slow_request_ms: u64,
    /// From when on a statement is slow: well before the request it belongs to is.
    pub slow_query_ms: u64,
    /// Little's law asked for less than the least that makes sense.
    pub concurrency_floor: bool,
    /// The longest a stop may take, the drain delay included.
    pub shutdown_grace_ms: u64,
    /// Records on a page when nobody says how many.
    pub page_default: u64,
    /// The most records on a page.
    pub page_max: u64,
    /// The largest body of a request.
    pub body_bytes: u64,
    /// Records of the largest entity after a year.
    pub records: u64,
    /// New records a day.
    pub growth: u64,
}

/// The limits, and arithmetic that cannot work.
pub(super) fn limits(
    answers: &Answers,
    callers: &[Caller],
    dependencies: &[Dependency],
    conflicts: &mut Vec<Conflict>,
) -> (Limits, Vec<Finding>) {
    let peak_rps = number(answers, "load.peak-rps").unwrap_or(50);
    let p99_ms = milliseconds(answers, "load.p99").unwrap_or(500);
    let answered_timeout = milliseconds(answers, "load.request-timeout").unwrap_or(10_000);
    let impatient = callers.iter().filter(|caller| {
        caller
            .timeout_ms
            .is_some_and(|waits| waits < answered_timeout)
    });
    let impatient = impatient.min_by_key(|caller| caller.timeout_ms);
    let shortest_wait_ms = impatient
        .and_then(|caller| caller.timeout_ms)
        .unwrap_or(answered_timeout);
    // The network needs some of what the caller waits.
    let request_timeout_ms = if impatient.is_some() {
        (shortest_wait_ms * 4 / 5).max(1)
    } else {
        answered_timeout
    };
    let shutdown_grace_ms = milliseconds(answers, "load.shutdown-grace").unwrap_or(15_000);
    let drain_delay_ms = (shutdown_grace_ms / 5).min(5_000);
    let drain_grace_ms = shutdown_grace_ms - drain_delay_ms;
    let spare = drain_grace_ms.saturating_sub(request_timeout_ms);
    if spare < 100 {
        conflicts.push(
            Conflict::at(
                "load.shutdown-grace",
                format!("a stop may take {shutdown_grace_ms} ms, of which {drain_delay_ms} ms are the drain, yet a request may run {request_timeout_ms} ms"),
                format!("allow a stop at least {} ms, or a request less", (request_timeout_ms + 200) * 5 / 4),
            )
            .and("load.request-timeout"),
        );
    }
    // Twice what Little's law asks for at the peak: room for a burst, and no queue behind it.
    let in_flight = arithmetic::in_flight(peak_rps, p99_ms);
    let concurrency = (2 * in_flight).clamp(16, 4096);
    let records = number(answers, "data.records").unwrap_or(100_000);
    let slow_request_ms = p99_ms.min(request_timeout_ms * 3 / 4).max(1);
    let limits = Limits {
        peak_rps,
        p99_ms,
        request_timeout_ms,
        shortened_by: impatient.map(|caller| caller.name.clone()),
        shortest_wait_ms,
        // The last request accepted has to fit into the grace, header and all.
        header_timeout_ms: (spare / 2).clamp(50, 5_000),
        drain_grace_ms,
        slow_request_ms,
        slow_query_ms: (slow_request_ms / 2).max(1),
        concurrency_floor: 2 * in_flight < 16,
        concurrency,
        // Far more than the requests at work: callers and load balancers keep idle ones.
        connections: (concurrency * 4).max(1_000),
        readers: in_flight.clamp(2, 8),
        pool: in_flight.clamp(2, POOL_MAX),
        drain_delay_ms,
        shutdown_grace_ms,
        page_default: 50,
        page_max: match records {
            0..=10_000 => 500,
            10_001..=1_000_000 => 200,
            _ => 100,
        },
        body_bytes: 1024 * 1024,
        records,
        growth: number(answers, "data.growth").unwrap_or(0),
    };
    let findings = arithmetic::findings(&facts(
        answers,
        &limits,
        answered_timeout,
        callers,
        dependencies,
    ));
    (limits, findings)
}

/// The numbers that the arithmetic is held against.
fn facts(
    answers: &Answers,
    limits: &Limits,
    request_timeout_ms: u64,
    callers: &[Caller],
    dependencies: &[Dependency],
) -> Facts {
    // A default is nobody's promise: only an answer can be out of reach.
    let availability = answers
        .given("load.availability")
        .and_then(|_| super::text(answers, "load.availability"));
    Facts {
        peak_rps: limits.peak_rps,
        p99_ms: limits.p99_ms,
        request_timeout_ms,
        cut_after_ms: limits.request_timeout_ms,
        drain_delay_ms: limits.drain_delay_ms,
        shutdown_grace_ms: limits.shutdown_grace_ms,
        concurrency: limits.concurrency,
        availability: availability
            .and_then(|percent| percent.parse::<f64>().ok())
            .map(|percent| percent / 100.0),
        callers: callers
            .iter()
            .map(|caller| CallerFacts {
                path: caller.path.clone(),
                name: caller.name.as_str().to_owned(),
                timeout_ms: caller.timeout_ms,
                attempts: caller.attempts,
                rate: caller.rate,
            })
            .collect(),
        dependencies: dependencies
            .iter()
            .map(|dependency| DependencyFacts {
                path: dependency.path.clone(),
                name: dependency.name.as_str().to_owned(),
                in_request: !dependency.queued,
                critical: dependency.critical && dependency.when_down == "fail",
                timeout_ms: dependency.timeout_ms,
                attempts: if dependency.twice_safe {
                    u32::try_from(dependency.attempts).unwrap_or(u32::MAX)
                } else {
                    1
                },
                backoff_ms: dependency.backoff_ms,
                backoff_cap_ms: BACKOFF_CAP_MS,
                availability: None,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use crate::answers::{Answers, Item, Value};
    use crate::blueprint::{Blueprint, Setting};
    use crate::question::catalog;

    /// Answers with one caller and one dependency, each with these parts.
    fn answers(caller: &[(&str, Value)], dependency: &[(&str, Value)]) -> Answers {
        let mut answers = Answers::new("orders", "2026-11-25");
        let item = |name: &str, parts: &[(&str, Value)]| {
            let parts = parts
                .iter()
                .map(|(key, value)| ((*key).to_owned(), value.clone()));
            Value::Items(vec![Item {
                name: name.to_owned(),
                parts: parts.collect(),
            }])
        };
        let question = |id| catalog::question(id).unwrap();
        answers.give(question("responsibility.callers"), item("web shop", caller));
        answers.give(question("load.dependencies"), item("payments", dependency));
        answers
    }

    #[track_caller]
    fn check(answers: &Answers, expect: &[&str]) {
        let blueprint = Blueprint::draw(answers, Setting::Standalone).unwrap();
        let found: Vec<String> = blueprint
            .findings
            .iter()
            .map(|finding| format!("{}: {}", finding.code, finding.answers.join(" ")))
            .collect();
        assert_eq!(found, expect, "{:#?}", blueprint.findings);
    }

    fn duration(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn defaults_contradict_nothing() {
        let stakes = ["nothing", "annoyance", "money", "harm"];
        for (stakes, twice_safe) in stakes
            .into_iter()
            .flat_map(|one| [(one, true), (one, false)])
        {
            let mut answers = answers(&[], &[("twice-safe", Value::Flag(twice_safe))]);
            answers.give(
                catalog::question(catalog::STAKES).unwrap(),
                Value::Text(stakes.to_owned()),
            );
            check(&answers, &[]);
        }
    }

    #[test]
    fn answers_are_held_against_each_other() {
        let retried = [
            ("twice-safe", Value::Flag(true)),
            ("attempts", Value::Number(3)),
            ("timeout", duration("2s")),
        ];
        let impatient = answers(&[("timeout", duration("5s"))], &retried);
        check(
            &impatient,
            &[
                "caller-gives-up-first: caller.\"web shop\".timeout dependency.payments.timeout dependency.payments.attempts \
                 dependency.payments.backoff",
                "dependency-outlasts-request: dependency.payments.timeout dependency.payments.attempts \
                 dependency.payments.backoff load.request-timeout",
            ],
        );
        // What is not safe to repeat is not repeated after a timeout.
        let once = answers(
            &[("timeout", duration("5s"))],
            &[("attempts", Value::Number(3)), ("timeout", duration("2s"))],
        );
        check(
            &once,
            &["caller-gives-up-first: caller.\"web shop\".timeout load.request-timeout"],
        );
    }

    #[test]
    fn only_a_promise_can_be_broken() {
        let mut answers = answers(&[], &[]);
        let availability = catalog::question("load.availability").unwrap();
        answers.give(availability, Value::Text("99.95".to_owned()));
        check(
            &answers,
            &["availability-out-of-reach: load.availability dependency.payments.critical"],
        );
    }
}
