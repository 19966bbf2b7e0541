//! Answers held against the arithmetic.

use super::facts::{CallerFacts, DependencyFacts, Facts};
use super::finding::duration;
use super::{
    Finding, Severity, error_budget_per_year, in_flight, retry_amplification, serial_availability,
    spare_shutdown_time, utilisation_that_recovers,
};

/// More attempts than this for one action of a user are reported: three layers of three are 27, two are 9.
const MOST_ATTEMPTS: u64 = 9;
/// What a dependency is taken to reach when nobody has said anything.
const ASSUMED_AVAILABILITY: f64 = 0.999;

/// Everything in the numbers that cannot work, or will not when it matters, in the order of the questions.
pub fn findings(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for caller in &facts.callers {
        findings.extend(caller_gives_up_first(facts, caller));
        for dependency in &facts.dependencies {
            findings.extend(retries_multiply(caller, dependency));
        }
    }
    findings.extend(callers_exceed_peak(facts));
    findings.extend(p99_above_timeout(facts));
    findings.extend(concurrency_below_peak(facts));
    findings.extend(availability_out_of_reach(facts));
    findings.extend(shutdown_cuts_requests(facts));
    for dependency in &facts.dependencies {
        findings.extend(dependency_outlasts_request(facts, dependency));
    }
    findings.extend(dependencies_outlast_request(facts));
    findings
}

/// A caller that has gone before the answer comes.
fn caller_gives_up_first(facts: &Facts, caller: &CallerFacts) -> Option<Finding> {
    let waits_ms = caller.timeout_ms?;
    let own = format!("{}.timeout", caller.path);
    let waits = format!("`{}` waits {}", caller.name, duration(waits_ms));
    let slowest = facts
        .dependencies
        .iter()
        .filter(|dependency| dependency.in_request)
        .max_by_key(|dependency| dependency.time_needed_ms());
    if let Some(slowest) = slowest
        && waits_ms < slowest.time_needed_ms().min(facts.request_timeout_ms)
    {
        let mut answers = vec![own];
        answers.extend(slowest.answers());
        return Some(Finding {
            code: "caller-gives-up-first",
            answers,
            message: format!(
                "{waits}, but a call of `{}` alone can take {} ({}): the caller has gone before the answer comes, and tries again",
                slowest.name,
                duration(slowest.time_needed_ms()),
                slowest.described()
            ),
            fix: format!(
                "give `{}` fewer attempts or a shorter timeout, so that it ends within {}, or let the caller wait longer",
                slowest.name,
                duration(waits_ms)
            ),
            severity: Severity::Impossible,
        });
    }
    (waits_ms < facts.request_timeout_ms).then(|| Finding {
        code: "caller-gives-up-first",
        answers: vec![own, "load.request-timeout".to_owned()],
        message: format!(
            "{waits}, but a request may run {}: what is done after the caller has gone is done for nobody",
            duration(facts.request_timeout_ms)
        ),
        fix: format!(
            "let requests run at most {}, or let the caller wait longer",
            duration(waits_ms)
        ),
        severity: Severity::Risky,
    })
}

/// Attempts of a caller times attempts of ours.
fn retries_multiply(caller: &CallerFacts, dependency: &DependencyFacts) -> Option<Finding> {
    let layers = [caller.attempts?, u64::from(dependency.attempts)];
    let product = retry_amplification(&layers);
    if product <= MOST_ATTEMPTS {
        return None;
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "a product of a few small counts"
    )]
    let utilisation = 100.0 * utilisation_that_recovers(product as f64);
    Some(Finding {
        code: "retries-multiply",
        answers: vec![
            format!("{}.attempts", caller.path),
            format!("{}.attempts", dependency.path),
        ],
        message: format!(
            "{} attempts of `{}` times {} of ours are {product} calls of `{}` for one action of a user: once down, it comes back by \
             itself only below {utilisation:.0} % of its capacity",
            layers[0], caller.name, layers[1], dependency.name
        ),
        fix: "let one layer retry, and the others pass the error on".to_owned(),
        severity: Severity::Risky,
    })
}

/// The callers together send more than the service is built for.
fn callers_exceed_peak(facts: &Facts) -> Option<Finding> {
    let rates = || facts.callers.iter().filter(|caller| caller.rate.is_some());
    let sum = rates()
        .filter_map(|caller| caller.rate)
        .fold(0, u64::saturating_add);
    (sum > facts.peak_rps).then(|| Finding {
        code: "callers-exceed-peak",
        answers: rates()
            .map(|caller| format!("{}.rate", caller.path))
            .chain(["load.peak-rps".to_owned()])
            .collect(),
        message: format!(
            "the callers send {sum} requests per second at their peaks, and this is built for {}",
            facts.peak_rps
        ),
        fix: format!("raise the peak to {sum}, or agree on lower rates"),
        severity: Severity::Risky,
    })
}

/// Requests that are cut before they are slow.
fn p99_above_timeout(facts: &Facts) -> Option<Finding> {
    (facts.p99_ms > facts.cut_after_ms).then(|| Finding {
        code: "p99-above-timeout",
        answers: vec!["load.p99".to_owned(), "load.request-timeout".to_owned()],
        message: format!(
            "99 of 100 answers may take {}, but every request is cut after {}",
            duration(facts.p99_ms),
            duration(facts.cut_after_ms)
        ),
        fix: "make the first shorter or the second longer".to_owned(),
        severity: Severity::Impossible,
    })
}

/// Little's law asks for more requests at once than one copy lets in.
fn concurrency_below_peak(facts: &Facts) -> Option<Finding> {
    let needed = in_flight(facts.peak_rps, facts.p99_ms);
    (needed > facts.concurrency).then(|| Finding {
        code: "concurrency-below-peak",
        answers: vec!["load.peak-rps".to_owned(), "load.p99".to_owned()],
        message: format!(
            "{} requests per second that take {} are {needed} at once, and one copy lets in {}",
            facts.peak_rps,
            duration(facts.p99_ms),
            facts.concurrency
        ),
        fix: format!(
            "run at least {} copies and answer with the peak of one, or make answers faster",
            needed.div_ceil(facts.concurrency.max(1))
        ),
        severity: Severity::Impossible,
    })
}

/// A promise that the critical dependencies break without our doing anything wrong.
fn availability_out_of_reach(facts: &Facts) -> Option<Finding> {
    let target = facts.availability?;
    let critical: Vec<_> = facts
        .dependencies
        .iter()
        .filter(|dependency| dependency.critical)
        .collect();
    let reaches =
        |dependency: &&DependencyFacts| dependency.availability.unwrap_or(ASSUMED_AVAILABILITY);
    let ceiling = serial_availability(&critical.iter().map(reaches).collect::<Vec<_>>());
    // The last digit of a product of shares is noise.
    if ceiling + 1e-9 >= target {
        return None;
    }
    let names: Vec<_> = critical
        .iter()
        .map(|dependency| format!("`{}`", dependency.name))
        .collect();
    let assumed = if critical
        .iter()
        .any(|dependency| dependency.availability.is_none())
    {
        ", if those that nobody has promised anything about reach 99.9 %"
    } else {
        ""
    };
    let budget = error_budget_per_year(target, 0, 1.0).total_minutes;
    Some(Finding {
        code: "availability-out-of-reach",
        answers: ["load.availability".to_owned()]
            .into_iter()
            .chain(critical.iter().map(|dependency| format!("{}.critical", dependency.path)))
            .collect(),
        message: format!(
            "{} % is promised ({budget:.0} minutes a year may be lost), but with {} at most {} % is possible{assumed}",
            percent(target),
            names.join(", "),
            percent(ceiling)
        ),
        fix: "promise less, or answer with a fallback or a queue where one of them is down; a critical dependency needs one more nine \
              than is promised"
            .to_owned(),
        severity: Severity::Risky,
    })
}

/// A share in percent, with as many decimals as say something.
fn percent(share: f64) -> String {
    let text = format!("{:.4}", 100.0 * share);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Requests that are still allowed to run when the process has to be gone.
fn shutdown_cuts_requests(facts: &Facts) -> Option<Finding> {
    let signed = |milliseconds: u64| i64::try_from(milliseconds).unwrap_or(i64::MAX);
    let spare = spare_shutdown_time(
        signed(facts.shutdown_grace_ms),
        signed(facts.drain_delay_ms),
        signed(facts.cut_after_ms),
    );
    let needed = facts.drain_delay_ms.saturating_add(facts.cut_after_ms);
    (spare < 0).then(|| Finding {
        code: "shutdown-cuts-requests",
        answers: vec![
            "load.shutdown-grace".to_owned(),
            "load.request-timeout".to_owned(),
        ],
        message: format!(
            "a stop may take {}, but {} until nobody sends any more and {} for a running request are {}: each deployment cuts requests",
            duration(facts.shutdown_grace_ms),
            duration(facts.drain_delay_ms),
            duration(facts.cut_after_ms),
            duration(needed)
        ),
        fix: format!(
            "allow {} for a stop, or let requests run {} less",
            duration(needed),
            duration(spare.unsigned_abs())
        ),
        severity: Severity::Risky,
    })
}

/// A dependency whose last attempt is cut by the request's own end.
fn dependency_outlasts_request(facts: &Facts, dependency: &DependencyFacts) -> Option<Finding> {
    let needed = dependency.time_needed_ms();
    if !dependency.in_request || needed <= facts.cut_after_ms {
        return None;
    }
    let mut answers = dependency.answers();
    answers.push("load.request-timeout".to_owned());
    Some(Finding {
        code: "dependency-outlasts-request",
        answers,
        message: format!(
            "a call of `{}` can take {} ({}), but the request around it is cut after {}",
            dependency.name,
            duration(needed),
            dependency.described(),
            duration(facts.cut_after_ms)
        ),
        fix: "give it fewer attempts or a shorter timeout, or let requests run longer".to_owned(),
        severity: Severity::Impossible,
    })
}

/// Dependencies that each end in time, but not one after another.
fn dependencies_outlast_request(facts: &Facts) -> Option<Finding> {
    let waited_for = || {
        facts
            .dependencies
            .iter()
            .filter(|dependency| dependency.in_request)
    };
    let sum = waited_for()
        .map(DependencyFacts::time_needed_ms)
        .fold(0, u64::saturating_add);
    let each_ends =
        waited_for().all(|dependency| dependency.time_needed_ms() <= facts.cut_after_ms);
    (each_ends && sum > facts.cut_after_ms).then(|| Finding {
        code: "dependencies-outlast-request",
        answers: waited_for()
            .flat_map(DependencyFacts::answers)
            .chain(["load.request-timeout".to_owned()])
            .collect(),
        message: format!(
            "called one after another its dependencies can take {}, but a request is cut after {}",
            duration(sum),
            duration(facts.cut_after_ms)
        ),
        fix: "call them at the same time, give them shorter timeouts, or let requests run longer"
            .to_owned(),
        severity: Severity::Risky,
    })
}

#[cfg(test)]
#[path = "findings_tests.rs"]
mod tests;
