//! Section 6: what does "done" mean?

use super::choice;
use crate::question::{Fallback, Kind, Question, Section, Stakes};

pub(super) static QUESTIONS: [Question; 1] = [Question {
    id: "done.items",
    section: Section::Done,
    ask: "What does \"done\" mean for this API?",
    why: "Whatever is not part of done is done after launch, which means during the first outage.",
    effect: "Each item chosen is code, a test and a step of the checks; each one not chosen \
             is a debt that the record admits and the check lists.",
    kind: Kind::Choices {
        choices: &[
            choice(
                "validation",
                "input is validated",
                "Every field is checked against its limits, and a refusal names each field \
                 that is wrong.",
            ),
            choice(
                "error-handling",
                "errors have one shape",
                "Every refusal is an RFC 9457 problem, and a test looks for answers that are not.",
            ),
            choice(
                "logging",
                "requests are logged",
                "Each request leaves one structured line with its id, route, status and time, \
                 without personal data.",
            ),
            choice(
                "monitoring",
                "it can be watched",
                "Metrics for latency, errors and load shed are served, and probes tell alive from \
                 ready.",
            ),
            choice(
                "documentation",
                "it is documented",
                "An OpenAPI document of every route is committed and served, and tests hold it to \
                 what the service takes and answers.",
            ),
            choice(
                "performance-check",
                "it is fast enough, measured",
                "A check drives the service at its peak and fails when the p99 is above what \
                 was promised.",
            ),
            choice(
                "ci",
                "every change is checked",
                "A workflow runs format, clippy and tests for every change.",
            ),
        ],
    },
    default: Fallback::ByStakes([
        "validation, error-handling, logging",
        "validation, error-handling, logging, documentation, ci",
        "validation, error-handling, logging, monitoring, documentation, performance-check, ci",
        "validation, error-handling, logging, monitoring, documentation, performance-check, ci",
    ]),
    asked_from: Stakes::Annoyance,
    record: "definition-of-done",
    ..super::QUESTION
}];
