//! Section 1: what exactly is this backend responsible for?

use super::choice;
use crate::question::{Fallback, ItemSchema, Kind, NameRule, Question, Section, Stakes};

const QUESTION: Question = Question {
    section: Section::Responsibility,
    record: "responsibility",
    ..super::QUESTION
};

pub(super) static QUESTIONS: [Question; 5] = [
    Question {
        id: "responsibility.stakes",
        ask: "What does it cost when this is down or wrong for an hour?",
        why: "A tool for three colleagues and a payment service should not be built alike: \
              too little care loses money, too much care never ships.",
        effect: "Chooses which questions are asked at all, and the defaults of deletion, \
                 conflicts, timeouts, availability and the definition of done.",
        kind: Kind::Choice {
            choices: &[
                choice(
                    "nothing",
                    "nobody would notice",
                    "Asks only what the service is and what it stores, and takes the lightest \
                     default everywhere else.",
                ),
                choice(
                    "annoyance",
                    "people grumble and wait",
                    "Asks about a dozen questions; concurrent changes are detected, deletion \
                     is final.",
                ),
                choice(
                    "money",
                    "sales, refunds, penalties",
                    "Asks every question; records are kept when deleted, deadlines are short, \
                     everything is part of done.",
                ),
                choice(
                    "harm",
                    "people or their data are hurt",
                    "Asks every question, per entity too, with the strictest defaults.",
                ),
            ],
        },
        default: Fallback::Fixed("annoyance"),
        asked_from: Stakes::Nothing,
        ..QUESTION
    },
    Question {
        id: "responsibility.purpose",
        ask: "What is this backend for, in one sentence?",
        why: "A service whose purpose takes a paragraph collects whatever has no other home, \
              until every team has to change it and nobody can.",
        effect: "Becomes the crate's description, the first line of the README, the \
                 description of the API and the context of the first decision record.",
        kind: Kind::Text { max: 400 },
        asked_from: Stakes::Nothing,
        core: true,
        ..QUESTION
    },
    Question {
        id: "responsibility.owns",
        ask: "What does it own: which capabilities does nobody else provide?",
        why: "Where two services believe they own the same thing, each changes it behind the \
              other's back, and the truth is whichever wrote last.",
        effect: "Becomes the list of capabilities in the README and the decision record, each \
                 with the entities that realise it; an entity that serves no capability is \
                 reported.",
        kind: Kind::Items {
            schema: &ItemSchema {
                table: "capability",
                singular: "capability",
                plural: "capabilities",
                name: NameRule::Phrase,
                example: "taking orders",
                parts: &CAPABILITY,
            },
        },
        asked_from: Stakes::Nothing,
        core: true,
        ..QUESTION
    },
    Question {
        id: "responsibility.not-its-job",
        ask: "What is explicitly not its job?",
        why: "Services rarely fail at what they are for; they rot from the small favours \
              nobody refused, each of which copied another team's rules.",
        effect: "Draws the boundary in the README's diagram, and a test fails when a table, \
                 route or module takes over what was given away.",
        kind: Kind::Items {
            schema: &ItemSchema {
                table: "boundary",
                singular: "boundary",
                plural: "boundaries",
                name: NameRule::Phrase,
                example: "charging cards",
                parts: &BOUNDARY,
            },
        },
        default: Fallback::Empty,
        asked_from: Stakes::Annoyance,
        ..QUESTION
    },
    Question {
        id: "responsibility.callers",
        ask: "Who calls it?",
        why: "A caller that waits two seconds for an answer that takes three gets nothing, \
              tries again, and doubles the load of a service that was only slow.",
        effect: "Puts the callers into the README's diagram, and the review compares how long \
                 each waits with how long a request may run.",
        kind: Kind::Items {
            schema: &ItemSchema {
                table: "caller",
                singular: "caller",
                plural: "callers",
                name: NameRule::Slug,
                example: "web-shop",
                parts: &CALLER,
            },
        },
        default: Fallback::Empty,
        asked_from: Stakes::Annoyance,
        ..QUESTION
    },
];

static CAPABILITY: [Question; 1] = [Question {
    id: "entities",
    ask: "Which entities realise it?",
    why: "A capability that no data stands behind is a wish, and data that serves no \
          capability is somebody else's.",
    effect: "Links the capability to its entities in the README and the decision record.",
    kind: Kind::Texts { max: 60 },
    default: Fallback::Empty,
    asked_from: Stakes::Annoyance,
    ..QUESTION
}];

static BOUNDARY: [Question; 2] = [
    Question {
        id: "whose",
        ask: "Whose job is it?",
        why: "\"Not ours\" without a name is a gap, and gaps are filled by whoever is paged first.",
        effect: "Names the neighbour in the README's diagram and in the message of the \
                 boundary test.",
        kind: Kind::Text { max: 100 },
        default: Fallback::Empty,
        asked_from: Stakes::Annoyance,
        ..QUESTION
    },
    Question {
        id: "names",
        ask: "Which words may no table, route or module of ours carry?",
        why: "A boundary erodes one table at a time; a forbidden word notices the first of \
              them in review instead of after a year.",
        effect: "The boundary test fails when a table, route or module carries one of the words.",
        kind: Kind::Texts { max: 40 },
        default: Fallback::Empty,
        asked_from: Stakes::Annoyance,
        ..QUESTION
    },
];

static CALLER: [Question; 4] = [
    Question {
        id: "rate",
        ask: "How many requests per second does it send at its peak?",
        why: "Callers plan their campaigns without asking; the sum of their peaks is the load \
              that arrives, not the average.",
        effect: "The sum over all callers is compared with the peak this service is built for; \
                 where callers are known (`communication.access`), one that sends more is \
                 answered with 429.",
        kind: Kind::Number {
            min: 1,
            max: 1_000_000,
            unit: "requests per second",
        },
        default: Fallback::Empty,
        ..QUESTION
    },
    Question {
        id: "timeout",
        ask: "How long does it wait for one answer?",
        why: "Work that goes on after the caller has hung up is done for nobody, and takes \
              the place of work that somebody waits for.",
        effect: "Compared with how long a request may run: the review says where a caller \
                 gives up before the service does.",
        kind: Kind::Duration {
            min_ms: 10,
            max_ms: 3_600_000,
        },
        default: Fallback::Empty,
        asked_from: Stakes::Annoyance,
        ..QUESTION
    },
    Question {
        id: "attempts",
        ask: "How many attempts does it make in all?",
        why: "Three layers that each try four times turn one click into 64 calls, exactly \
              while the lowest of them is struggling.",
        effect: "Multiplies what the caller may send before it is answered with 429, so that \
                 its repeated attempts are not refused for their number.",
        kind: Kind::Number {
            min: 1,
            max: 20,
            unit: "attempts",
        },
        default: Fallback::Empty,
        ..QUESTION
    },
    Question {
        id: "may",
        ask: "What may it do?",
        why: "A report that only reads, with a token that may delete, is a deletion waiting for \
              the first mistake in the report.",
        effect: "Where callers are known (`communication.access`), a change asked for by one \
                 that may only read is answered with 403.",
        kind: Kind::Choice {
            choices: &[
                choice("write", "read and change", "Every route is open to it."),
                choice(
                    "read",
                    "only read",
                    "GET and HEAD are open to it; anything else is answered with 403.",
                ),
            ],
        },
        default: Fallback::Fixed("write"),
        ..QUESTION
    },
];
