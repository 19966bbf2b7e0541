//! KD02: what the arithmetic of failure found, under the codes of the rules.

use super::diagnostic::Diagnostic;
use super::material::Material;
use super::rule::{
    KD0103, KD0201, KD0202, KD0203, KD0204, KD0205, KD0206, KD0207, KD0209, KD0210, KD0211, KD0212,
    KD0213, KD0214, Rule,
};
use crate::baseline::ANSWERS;
use crate::blueprint::arithmetic::{Finding, Severity};

/// The rule of each finding, by its code and how bad it is.
const RULES: &[(&str, Severity, &Rule)] = &[
    ("caller-gives-up-first", Severity::Impossible, &KD0201),
    ("caller-gives-up-first", Severity::Risky, &KD0202),
    ("retries-multiply", Severity::Risky, &KD0203),
    ("callers-exceed-peak", Severity::Risky, &KD0204),
    ("p99-above-timeout", Severity::Impossible, &KD0205),
    ("concurrency-below-peak", Severity::Impossible, &KD0206),
    ("availability-out-of-reach", Severity::Risky, &KD0207),
    ("dependency-outlasts-request", Severity::Impossible, &KD0209),
    ("dependencies-outlast-request", Severity::Risky, &KD0210),
    ("entity-without-capability", Severity::Risky, &KD0211),
    ("fallback-missing", Severity::Impossible, &KD0212),
    ("queue-without-store", Severity::Impossible, &KD0213),
    ("queued-and-critical", Severity::Risky, &KD0214),
];

pub(super) fn check(material: &Material<'_>) -> Vec<Diagnostic> {
    let findings = material.blueprint.findings.iter();
    findings
        .map(|finding| diagnostic(material, finding))
        .collect()
}

fn diagnostic(material: &Material<'_>, finding: &Finding) -> Diagnostic {
    let subject = finding.answers.first().map_or("", String::as_str);
    let found = Diagnostic::new(rule(finding), subject, &finding.message).help(&finding.fix);
    finding.answers.iter().fold(found, |found, answer| {
        let place = material.place(answer);
        // Several parts of an item that has none of them stand at one place.
        let is_new = found.places.iter().all(|other| other.span != place);
        match is_new {
            true => found.at(ANSWERS, place, format!("`{answer}`")),
            false => found,
        }
    })
}

/// What has no rule of its own is a conflict between answers.
fn rule(finding: &Finding) -> &'static Rule {
    let found = RULES
        .iter()
        .find(|(code, severity, _)| *code == finding.code && *severity == finding.severity);
    found.map_or(&KD0103, |(_, _, rule)| rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Findings that the blueprint refuses before they can be found.
    const REFUSED: &[&str] = &["shutdown-cuts-requests"];

    #[test]
    fn every_finding_has_a_rule() {
        let sources = [
            include_str!("../blueprint/arithmetic/findings.rs"),
            include_str!("../blueprint/organisation.rs"),
            include_str!("../blueprint/dependencies.rs"),
            include_str!("../blueprint/outbox.rs"),
        ];
        let mut count = 0;
        for source in sources {
            for rest in source.split("code: \"").skip(1) {
                let code = rest.split('"').next().unwrap_or_default();
                let known = RULES.iter().any(|(other, ..)| *other == code);
                assert!(known || REFUSED.contains(&code), "{code}");
                count += 1;
            }
        }
        assert!(count > 10, "{count}");
    }
}
