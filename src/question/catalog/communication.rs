//! Section 4: how do services talk?

use super::choice;
use crate::question::{Fallback, ItemSchema, Kind, NameRule, Question, Section, Stakes, When};

const QUESTION: Question = Question {
    section: Section::Communication,
    record: "communication",
    ..super::QUESTION
};

const ASYNCHRONOUS: When = When::Is(
    "communication.styles",
    &["work-queue", "publish-events", "consume-events"],
);

const OFFERS_REST: When = When::Is("communication.styles", &["rest"]);

pub(super) static QUESTIONS: [Question; 8] = [
    Question {
        id: "communication.styles",
        ask: "How do others talk to it, and how does it talk to them?",
        why: "A chain of synchronous calls is only as available as all its links together; a \
              queue where somebody waits for the answer is a slow call with more parts.",
        effect: "Chooses which of routes, job workers, publisher and consumers there are.",
        kind: Kind::Choices {
            choices: &[
                choice(
                    "rest",
                    "REST over HTTP",
                    "Every entity has routes with JSON bodies, described by an OpenAPI document.",
                ),
                choice(
                    "work-queue",
                    "work done later",
                    "Slow work is stored as a job in the transaction of the request and done \
                     by workers with a redelivery limit and dead letters.",
                ),
                choice(
                    "publish-events",
                    "publishes events",
                    "Changes are written to an outbox in their own transaction, and a relay \
                     publishes them at least once.",
                ),
                choice(
                    "consume-events",
                    "consumes events",
                    "Consumers remember what they have handled, give up after a limit and \
                     keep the dead letters.",
                ),
            ],
        },
        default: Fallback::Fixed("rest"),
        asked_from: Stakes::Annoyance,
        awaits: Some("the styles other than REST"),
        honours: &["rest"],
        ..QUESTION
    },
    Question {
        id: "communication.broker",
        ask: "What carries jobs and events?",
        why: "A broker is one more thing to run, upgrade and lose; most services that have \
              one would have been served by a table.",
        effect: "Chooses the relay, its tests and the engine in the compose file.",
        kind: Kind::Choice {
            choices: &[
                choice(
                    "embedded",
                    "a table of its own database",
                    "A relay inside the process reads the outbox table; there is nothing else \
                     to run.",
                ),
                choice(
                    "nats",
                    "NATS JetStream",
                    "The relay publishes to a JetStream stream with the outbox row's id as \
                     message id.",
                ),
                choice(
                    "rabbitmq",
                    "RabbitMQ",
                    "The relay publishes to a durable exchange with confirms, and consumers \
                     acknowledge after the commit.",
                ),
            ],
        },
        default: Fallback::Fixed("embedded"),
        when: ASYNCHRONOUS,
        awaits: Some("the broker"),
        ..QUESTION
    },
    Question {
        id: "communication.events",
        ask: "Which events or jobs are there?",
        why: "An event is an interface without a compiler: a field that is renamed breaks a \
              consumer nobody knew of, a week later.",
        effect: "Each becomes a type with a schema of its own, and a publisher or an \
                 idempotent consumer with tests of redelivery.",
        kind: Kind::Items {
            schema: &ItemSchema {
                table: "event",
                singular: "event",
                plural: "events",
                name: NameRule::Slug,
                example: "order-placed",
                parts: &EVENT,
            },
        },
        default: Fallback::Empty,
        when: ASYNCHRONOUS,
        asked_from: Stakes::Annoyance,
        awaits: Some("the events"),
        ..QUESTION
    },
    Question {
        id: "communication.errors",
        ask: "What does a caller see of an error that came from a dependency?",
        why: "Passed on unread, somebody else's 401 logs your users out and somebody else's \
              stack trace shows your attackers the way.",
        effect: "Chooses how each dependency's errors are mapped to this service's problem types.",
        kind: Kind::Choice {
            choices: &[
                choice(
                    "translate",
                    "our own words for it",
                    "An upstream error becomes a problem type of this service with 502, 503 \
                     or 504; its text goes to the log only.",
                ),
                choice(
                    "pass",
                    "its status and its problem",
                    "A 4xx problem of the dependency is passed on as it is, unless it is \
                     about who this service is (401, 403, 407); everything else is translated.",
                ),
                choice(
                    "hide",
                    "nothing",
                    "Every upstream error is a plain 503 without a cause; the log has the rest.",
                ),
            ],
        },
        default: Fallback::Fixed("translate"),
        when: When::Any("load.dependencies"),
        record: "error-propagation",
        ..QUESTION
    },
    Question {
        id: "communication.idempotency",
        ask: "Which operations can be repeated safely by sending the same key?",
        why: "A client whose connection broke cannot know whether its order exists; without a \
              key it has to choose between none and two.",
        effect: "Chooses which routes require an `Idempotency-Key` and store the answer with \
                 the effect, with tests of replay and of forty at once.",
        kind: Kind::Choice {
            choices: &[
                choice(
                    "none",
                    "no operation",
                    "No route reads a key; a client that repeats a creation relies on the \
                     rule for duplicates alone.",
                ),
                choice(
                    "creates",
                    "creations",
                    "POST requires a key; the same key and body give the same answer, another \
                     body 422.",
                ),
                choice(
                    "all-writes",
                    "all writes",
                    "POST, PATCH, PUT and DELETE require a key and answer a repetition with \
                     the stored answer.",
                ),
            ],
        },
        default: Fallback::ByStakes(["none", "none", "creates", "all-writes"]),
        when: OFFERS_REST,
        record: "idempotency",
        ..QUESTION
    },
    Question {
        id: "communication.key-lifetime",
        ask: "How long is a key remembered?",
        why: "Forgotten too early, the retry after the weekend is a second order; kept for \
              ever, the table outgrows the data.",
        effect: "Keys older than this are deleted, and count as new.",
        kind: Kind::Duration {
            min_ms: 60_000,
            max_ms: 31_536_000_000,
        },
        default: Fallback::Fixed("24h"),
        when: When::Is("communication.idempotency", &["creates", "all-writes"]),
        record: "idempotency",
        ..QUESTION
    },
    Question {
        id: "communication.access",
        ask: "Who may call it?",
        why: "\"It is internal\" holds until the first proxy rule is wrong; most leaked \
              records were served by an endpoint that worked as built.",
        effect: "Chooses the check in front of every route, with tests for 401 on each, and for \
                 403 where a caller may only read.",
        kind: Kind::Choice {
            choices: &[
                choice(
                    "open",
                    "anybody who can reach it",
                    "No route asks for credentials; the network has to keep strangers out.",
                ),
                choice(
                    "service-token",
                    "services with a token",
                    "Every business route wants a bearer token; the configuration has the hash of \
                     each, several for a caller, so that tokens can be changed one by one.",
                ),
                choice(
                    "jwt",
                    "users of an issuer",
                    "Every business route wants a JWT that the issuer's published keys \
                     verify, with audience and expiry checked.",
                ),
            ],
        },
        default: Fallback::ByStakes(["open", "open", "service-token", "service-token"]),
        when: OFFERS_REST,
        record: "access",
        ..QUESTION
    },
    Question {
        id: "communication.issuer",
        ask: "Which issuer signs the tokens? (its URL)",
        why: "A verifier that takes any issuer's signature verifies nothing.",
        effect: "The issuer's keys are fetched from here and cached; tokens of any other \
                 issuer are answered with 401.",
        kind: Kind::Text { max: 2048 },
        when: When::Is("communication.access", &["jwt"]),
        asked_from: Stakes::Nothing,
        record: "access",
        ..QUESTION
    },
];

const PART: Question = Question {
    awaits: Some("the events"),
    ..QUESTION
};

static EVENT: [Question; 4] = [
    Question {
        id: "direction",
        ask: "Is it published or consumed here?",
        why: "An event with two publishers has two meanings; an event with none is waited for \
              in vain.",
        effect: "Chooses between a publisher behind the outbox and a consumer with an inbox.",
        kind: Kind::Choice {
            choices: &[
                choice(
                    "published",
                    "this service tells",
                    "The event is written to the outbox in the transaction of the change it tells.",
                ),
                choice(
                    "consumed",
                    "this service listens",
                    "A consumer handles the event once per id, with a redelivery limit and \
                     dead letters.",
                ),
            ],
        },
        default: Fallback::Fixed("published"),
        asked_from: Stakes::Nothing,
        ..PART
    },
    Question {
        id: "entity",
        ask: "Which entity is it about?",
        why: "An event that tells of no record of ours is usually a command in disguise.",
        effect: "Chooses the body of the event and the change that causes it, or that it causes.",
        kind: Kind::Text { max: 60 },
        default: Fallback::Empty,
        asked_from: Stakes::Nothing,
        ..PART
    },
    Question {
        id: "from",
        ask: "Which service publishes it?",
        why: "Whoever consumes an event depends on its publisher, and has to know whom to ask \
              when it stops coming.",
        effect: "Draws the arrow in the README's diagram and names the stream that is read.",
        kind: Kind::Text { max: 100 },
        default: Fallback::Empty,
        when: When::Part("direction", &["consumed"]),
        asked_from: Stakes::Annoyance,
        ..PART
    },
    Question {
        id: "key",
        ask: "Within which field does order matter?",
        why: "Brokers keep the order within a key at most; \"cancelled\" before \"placed\" is \
              what happens without one.",
        effect: "Events with the same value of this field are delivered in order.",
        kind: Kind::Text { max: 60 },
        default: Fallback::Empty,
        ..PART
    },
];
