//! Section 3: how much load, and how does it fail?

use super::choice;
use crate::question::{Fallback, ItemSchema, Kind, NameRule, Question, Section, Stakes, When};

const QUESTION: Question = Question {
    section: Section::Load,
    record: "load-limits",
    ..super::QUESTION
};

pub(super) static QUESTIONS: [Question; 6] = [
    Question {
        id: "load.peak-rps",
        ask: "How many requests per second at the peak?",
        why: "A service without a limit accepts everything and finishes nothing: past its \
              capacity every answer comes too late to be of use.",
        effect: "With the p99 gives, by Little's law, how many requests run at once and how \
                 many database connections there are; more is answered with 503 and \
                 `Retry-After`.",
        kind: Kind::Number {
            min: 1,
            max: 1_000_000,
            unit: "requests per second",
        },
        default: Fallback::Fixed("50"),
        asked_from: Stakes::Annoyance,
        ..QUESTION
    },
    Question {
        id: "load.p99",
        ask: "How fast must 99 of 100 answers be?",
        why: "An average hides the customers who wait: who loads a page of twenty calls meets \
              the slowest hundredth on every fifth page.",
        effect: "Sizes the concurrency limit together with the peak, and sets the threshold \
                 of the performance check.",
        kind: Kind::Duration {
            min_ms: 1,
            max_ms: 600_000,
        },
        default: Fallback::ByStakes(["1s", "500ms", "300ms", "300ms"]),
        ..QUESTION
    },
    Question {
        id: "load.availability",
        ask: "Which share of requests must be answered well, in percent?",
        why: "99.9 % is 43 minutes a month, less than one failed deployment; whoever promises \
              it without counting has promised not to deploy.",
        effect: "Becomes the objective in the decision record and in the performance check, \
                 and is compared with what the critical dependencies leave possible.",
        kind: Kind::Percent,
        default: Fallback::ByStakes(["99", "99.5", "99.9", "99.95"]),
        ..QUESTION
    },
    Question {
        id: "load.request-timeout",
        ask: "How long may any request run?",
        why: "One request without an end holds a connection, a lock and a worker; a hundred \
              of them are an outage without an error in the log.",
        effect: "Every request is cut with 504 after this time, and the database's waits end \
                 before it.",
        kind: Kind::Duration {
            min_ms: 100,
            max_ms: 3_600_000,
        },
        default: Fallback::ByStakes(["10s", "10s", "5s", "5s"]),
        ..QUESTION
    },
    Question {
        id: "load.shutdown-grace",
        ask: "How long may requests that are running take to end at a shutdown?",
        why: "Every deployment stops a copy that is in the middle of something; cut at once, \
              each release costs a handful of customers their order.",
        effect: "After SIGTERM new connections are refused, running requests get this long, \
                 and past it the process ends with an error.",
        kind: Kind::Duration {
            min_ms: 100,
            max_ms: 3_600_000,
        },
        default: Fallback::ByStakes(["15s", "15s", "15s", "20s"]),
        ..QUESTION
    },
    Question {
        id: "load.dependencies",
        ask: "Which other services does it call?",
        why: "Most outages are somebody else's: a dependency that hangs, called without a \
              deadline, takes down every service above it.",
        effect: "Each becomes a module with a typed client, a deadline, retries within a \
                 budget, metrics, and fault tests.",
        kind: Kind::Items {
            schema: &ItemSchema {
                table: "dependency",
                singular: "dependency",
                plural: "dependencies",
                name: NameRule::Slug,
                example: "payments",
                parts: &DEPENDENCY,
            },
        },
        default: Fallback::Empty,
        asked_from: Stakes::Annoyance,
        record: "dependencies",
        ..QUESTION
    },
];

const PART: Question = Question {
    record: "dependencies",
    ..QUESTION
};

static DEPENDENCY: [Question; 10] = [
    Question {
        id: "for",
        ask: "What is it called for?",
        why: "Who is woken at night has to know what stops working when it does.",
        effect: "Becomes the comment of the module and the label of the arrow in the README's \
                 diagram.",
        kind: Kind::Text { max: 200 },
        default: Fallback::Empty,
        asked_from: Stakes::Annoyance,
        ..PART
    },
    Question {
        id: "critical",
        ask: "Is this service useless without it?",
        why: "A recommendation that is missing should cost a recommendation, not the order it \
              stood beside.",
        effect: "When it is down: critical, this service reports itself not ready; not \
                 critical, it stays ready and says what is missing.",
        kind: Kind::Flag,
        default: Fallback::Fixed("yes"),
        asked_from: Stakes::Annoyance,
        ..PART
    },
    Question {
        id: "timeout",
        ask: "How long may one attempt take?",
        why: "Clients wait for ever by default, and one slow neighbour then holds every \
              request of this service.",
        effect: "Bounds each attempt, connecting included; what is left of the request's own \
                 deadline bounds it further.",
        kind: Kind::Duration {
            min_ms: 10,
            max_ms: 600_000,
        },
        default: Fallback::ByStakes(["3s", "2s", "1s", "1s"]),
        asked_from: Stakes::Annoyance,
        ..PART
    },
    Question {
        id: "twice-safe",
        ask: "Is it safe to send the same call twice?",
        why: "A timeout does not say whether the card was charged; a retry then charges it again.",
        effect: "Safe, failed calls are repeated; not safe, only those that provably never \
                 arrived, and an `Idempotency-Key` goes along.",
        kind: Kind::Flag,
        default: Fallback::Fixed("no"),
        asked_from: Stakes::Annoyance,
        ..PART
    },
    Question {
        id: "attempts",
        ask: "How many attempts in all?",
        why: "Retries help against one lost packet and make every overload worse: they send \
              the most when the other side can take the least.",
        effect: "Bounds the attempts of one call; a budget of a tenth of the calls bounds all \
                 of them together.",
        kind: Kind::Number {
            min: 1,
            max: 5,
            unit: "attempts",
        },
        default: Fallback::Fixed("2"),
        ..PART
    },
    Question {
        id: "backoff",
        ask: "How long is the pause before the second attempt?",
        why: "Clients that failed together retry together, and knock the service over again \
              the moment it is back.",
        effect: "The pause doubles with each attempt and is drawn at random between zero and \
                 that bound.",
        kind: Kind::Duration {
            min_ms: 1,
            max_ms: 60_000,
        },
        default: Fallback::Fixed("100ms"),
        asked_from: Stakes::Harm,
        ..PART
    },
    Question {
        id: "when-down",
        ask: "What happens when it is down?",
        why: "It will be; without an answer now, the answer is whatever the first exception \
              happens to do at night.",
        effect: "Chooses the error, the fallback function or the outbox, each with a test of \
                 the dependency down, slow and answering garbage.",
        kind: Kind::Choice {
            choices: &[
                choice(
                    "fail",
                    "say so",
                    "The request is answered with 503 and a problem that names what is \
                     unavailable.",
                ),
                choice(
                    "fallback",
                    "answer without it",
                    "The request goes on with the fallback value, and the answer and a metric \
                     say so.",
                ),
                choice(
                    "queue",
                    "do it later",
                    "The call is stored in the outbox within the same transaction and sent \
                     when the other side is back.",
                ),
            ],
        },
        default: Fallback::Fixed("fail"),
        asked_from: Stakes::Annoyance,
        ..PART
    },
    Question {
        id: "fallback",
        ask: "Which value is answered instead?",
        why: "\"Some default\" is a business decision: a price of zero is a fallback too, \
              until somebody orders.",
        effect: "Whoever calls passes the value, and the log says these words whenever it stands \
                 in, with a test; `the last good answer` is kept by the module itself.",
        kind: Kind::Text { max: 200 },
        when: When::Part("when-down", &["fallback"]),
        asked_from: Stakes::Annoyance,
        ..PART
    },
    Question {
        id: "breaker",
        ask: "Should a circuit breaker stop calling it while it fails?",
        why: "A breaker spares a dying neighbour, but it can also turn one bad shard into a \
              full outage: it is a choice, not a garnish.",
        effect: "Adds a breaker that opens on the rate of failures, lets one probe through at \
                 a time, and reports its state as a metric.",
        kind: Kind::Flag,
        default: Fallback::Fixed("no"),
        ..PART
    },
    Question {
        id: "concurrency",
        ask: "How many calls to it may run at once?",
        why: "Without a bulkhead one slow dependency collects every worker of the service, \
              and the healthy routes starve with it.",
        effect: "Calls above the limit fail at once instead of waiting.",
        kind: Kind::Number {
            min: 1,
            max: 100_000,
            unit: "calls at once",
        },
        default: Fallback::Fixed("32"),
        asked_from: Stakes::Harm,
        ..PART
    },
];
