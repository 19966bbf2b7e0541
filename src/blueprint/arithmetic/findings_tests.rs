//! Each finding at the edge where it begins.

use super::*;

fn sound() -> Facts {
    Facts {
        peak_rps: 50,
        p99_ms: 500,
        request_timeout_ms: 10_000,
        cut_after_ms: 10_000,
        drain_delay_ms: 3_000,
        shutdown_grace_ms: 15_000,
        concurrency: 50,
        availability: Some(0.995),
        callers: vec![CallerFacts {
            path: "caller.web-shop".to_owned(),
            name: "web-shop".to_owned(),
            timeout_ms: Some(10_000),
            attempts: Some(3),
            rate: Some(50),
        }],
        dependencies: vec![DependencyFacts {
            path: "dependency.payments".to_owned(),
            name: "payments".to_owned(),
            in_request: true,
            critical: true,
            timeout_ms: 2_000,
            attempts: 3,
            backoff_ms: 100,
            backoff_cap_ms: 1_000,
            availability: None,
        }],
    }
}

/// Changes sound facts and expects these findings, each as `code: answers`.
#[track_caller]
fn check(change: impl FnOnce(&mut Facts), expect: &[&str]) -> Vec<Finding> {
    let mut facts = sound();
    change(&mut facts);
    let found = findings(&facts);
    let lines: Vec<String> = found
        .iter()
        .map(|finding| format!("{}: {}", finding.code, finding.answers.join(" ")))
        .collect();
    assert_eq!(lines, expect, "{found:#?}");
    for finding in &found {
        assert!(!finding.message.is_empty() && !finding.fix.is_empty());
    }
    found
}

#[test]
fn sound_numbers_are_left_alone() {
    check(|_| {}, &[]);
}

#[test]
fn a_caller_should_wait_as_long_as_requests_run() {
    let found = check(
        |facts| facts.callers[0].timeout_ms = Some(9_999),
        &["caller-gives-up-first: caller.web-shop.timeout load.request-timeout"],
    );
    assert_eq!(found[0].severity, Severity::Risky);
    check(|facts| facts.callers[0].timeout_ms = None, &[]);
}

#[test]
fn a_caller_that_waits_less_than_the_retries_take_gets_nothing() {
    let found = check(
        |facts| facts.callers[0].timeout_ms = Some(5_000),
        &[
            "caller-gives-up-first: caller.web-shop.timeout dependency.payments.timeout dependency.payments.attempts \
           dependency.payments.backoff",
        ],
    );
    assert_eq!(found[0].severity, Severity::Impossible);
    assert_eq!(
        found[0].message,
        "`web-shop` waits 5 s, but a call of `payments` alone can take 6.3 s (3 attempts of 2 s, and pauses): the caller has gone \
         before the answer comes, and tries again"
    );
    let not_waited_for = |facts: &mut Facts| {
        facts.callers[0].timeout_ms = Some(5_000);
        facts.dependencies[0].in_request = false;
    };
    check(
        not_waited_for,
        &["caller-gives-up-first: caller.web-shop.timeout load.request-timeout"],
    );
}

#[test]
fn attempts_of_several_layers_multiply() {
    let found = check(
        |facts| facts.callers[0].attempts = Some(4),
        &["retries-multiply: caller.web-shop.attempts dependency.payments.attempts"],
    );
    assert!(
        found[0].message.contains("12 calls of `payments`"),
        "{}",
        found[0].message
    );
    assert!(
        found[0].message.contains("below 8 %"),
        "{}",
        found[0].message
    );
    check(|facts| facts.callers[0].attempts = None, &[]);
}

#[test]
fn peaks_of_callers_add_up() {
    let another = |facts: &mut Facts| {
        let mut caller = facts.callers[0].clone();
        caller.path = "caller.app".to_owned();
        caller.rate = Some(1);
        facts.callers.push(caller);
    };
    let found = check(
        another,
        &["callers-exceed-peak: caller.web-shop.rate caller.app.rate load.peak-rps"],
    );
    assert!(
        found[0].message.contains("51 requests"),
        "{}",
        found[0].message
    );
}

#[test]
fn the_limit_holds_the_peak() {
    check(|facts| facts.concurrency = 25, &[]);
    let found = check(
        |facts| facts.concurrency = 24,
        &["concurrency-below-peak: load.peak-rps load.p99"],
    );
    assert!(found[0].fix.contains("2 copies"), "{}", found[0].fix);
    check(
        |facts| {
            facts.p99_ms = 10_001;
            facts.concurrency = 1_000;
        },
        &["p99-above-timeout: load.p99 load.request-timeout"],
    );
}

#[test]
fn dependencies_bound_what_can_be_promised() {
    check(|facts| facts.availability = Some(0.999), &[]);
    let found = check(
        |facts| facts.availability = Some(0.9995),
        &["availability-out-of-reach: load.availability dependency.payments.critical"],
    );
    assert_eq!(
        found[0].message,
        "99.95 % is promised (263 minutes a year may be lost), but with `payments` at most 99.9 % is possible, if those that nobody has \
         promised anything about reach 99.9 %"
    );
    let promised = |facts: &mut Facts| {
        facts.availability = Some(0.9995);
        facts.dependencies[0].availability = Some(0.9999);
    };
    check(promised, &[]);
    let with_fallback = |facts: &mut Facts| {
        facts.availability = Some(0.9995);
        facts.dependencies[0].critical = false;
    };
    check(with_fallback, &[]);
    check(|facts| facts.availability = None, &[]);
}

#[test]
fn a_stop_leaves_time_for_running_requests() {
    check(|facts| facts.shutdown_grace_ms = 13_000, &[]);
    let found = check(
        |facts| facts.shutdown_grace_ms = 12_999,
        &["shutdown-cuts-requests: load.shutdown-grace load.request-timeout"],
    );
    assert_eq!(
        found[0].fix,
        "allow 13 s for a stop, or let requests run 1 ms less"
    );
}

#[test]
fn what_is_cut_counts_as_it_is_cut() {
    check(
        |facts| facts.cut_after_ms = 6_299,
        &[
            "dependency-outlasts-request: dependency.payments.timeout dependency.payments.attempts dependency.payments.backoff \
           load.request-timeout",
        ],
    );
    check(|facts| facts.cut_after_ms = 6_300, &[]);
}

#[test]
fn dependencies_end_before_the_request_does() {
    let found = check(
        |facts| facts.dependencies[0].timeout_ms = 3_300,
        &[
            "dependency-outlasts-request: dependency.payments.timeout dependency.payments.attempts dependency.payments.backoff \
           load.request-timeout",
        ],
    );
    assert_eq!(found[0].severity, Severity::Impossible);
    let two = |facts: &mut Facts| {
        let mut stock = facts.dependencies[0].clone();
        stock.path = "dependency.stock".to_owned();
        stock.critical = false;
        stock.attempts = 1;
        stock.timeout_ms = 3_701;
        facts.dependencies.push(stock);
    };
    let found = check(
        two,
        &[
            "dependencies-outlast-request: dependency.payments.timeout dependency.payments.attempts dependency.payments.backoff \
           dependency.stock.timeout load.request-timeout",
        ],
    );
    assert!(
        found[0].message.contains("10.001 s"),
        "{}",
        found[0].message
    );
}

#[test]
fn durations_read_as_people_say_them() {
    let check = |milliseconds, expect: &str| assert_eq!(duration(milliseconds), expect);
    check(0, "0 ms");
    check(999, "999 ms");
    check(1_000, "1 s");
    check(6_300, "6.3 s");
    check(59_050, "59.05 s");
    check(60_000, "1 min");
    check(90_000, "90 s");
    check(3_600_000, "60 min");
}
