//! Section 2: what does the data really look like?

use super::choice;
use crate::question::{
    Choice, Fallback, ItemSchema, Kind, NameRule, Question, Section, Stakes, When,
};

const QUESTION: Question = Question {
    section: Section::Data,
    record: "data-model",
    ..super::QUESTION
};

pub(super) static QUESTIONS: [Question; 6] = [
    Question {
        id: "data.entities",
        ask: "What are the core entities?",
        why: "Tables outlive every framework: a wrong shape found after a year is migrated \
              under load, with everybody's data in it.",
        effect: "Each entity that is ours becomes a module, a table, routes, validation and \
                 tests; each that is someone else's becomes an id type without table or write \
                 route.",
        kind: Kind::Items {
            schema: &ItemSchema {
                table: "entity",
                singular: "entity",
                plural: "entities",
                name: NameRule::Entity,
                example: "Order",
                parts: &ENTITY,
            },
        },
        asked_from: Stakes::Nothing,
        core: true,
        ..QUESTION
    },
    Question {
        id: "data.records",
        ask: "How many records will the largest entity have after a year?",
        why: "What is instant with a thousand rows is an outage with ten million: lists \
              without a limit and filters without an index are only found in production.",
        effect: "Sets the largest page of a list, and the figure against which the real count \
                 is watched.",
        kind: Kind::Number {
            min: 1,
            max: 1_000_000_000_000,
            unit: "records",
        },
        default: Fallback::Fixed("100000"),
        ..QUESTION
    },
    Question {
        id: "data.growth",
        ask: "How many new records per day?",
        why: "Nobody sets an alarm on growth: a client in a loop, or a success, fills the \
              disk long before anybody looks.",
        effect: "The real growth is compared with this figure, and a warning logged when it \
                 is far above.",
        kind: Kind::Number {
            min: 0,
            max: 10_000_000_000,
            unit: "records per day",
        },
        default: Fallback::Fixed("100"),
        awaits: Some("the watch over growth"),
        ..QUESTION
    },
    Question {
        id: "data.duplicates",
        ask: "What happens when a record is created that exists already?",
        why: "Every client retries and every user clicks twice; without a rule the second \
              copy is found by the accountant.",
        effect: "Decides what the unique index over `same-when` leads to, with a test that \
                 creates twice, concurrently too.",
        kind: Kind::Choice {
            choices: &DUPLICATES,
        },
        default: Fallback::Fixed("reject"),
        record: "duplicates",
        ..QUESTION
    },
    Question {
        id: "data.conflicts",
        ask: "What happens when two people change the same record at once?",
        why: "Both read, both write, and the first one's change is gone without a message: \
              nobody reports it because nobody sees it.",
        effect: "Decides whether an update has to name the version it was made from, with a \
                 test that tries to lose one.",
        kind: Kind::Choice {
            choices: &CONFLICTS,
        },
        default: Fallback::ByStakes(["last-write-wins", "version", "version", "version"]),
        record: "conflicts",
        ..QUESTION
    },
    Question {
        id: "data.deletion",
        ask: "What does deleting a record mean?",
        why: "The first support case after launch is \"please bring it back\", and the first \
              letter from a lawyer is \"please prove it is gone\".",
        effect: "Decides whether there is a delete route, what it does to the row, and what \
                 the queries and unique indexes leave out.",
        kind: Kind::Choice { choices: &DELETION },
        default: Fallback::ByStakes(["hard", "hard", "soft", "soft"]),
        asked_from: Stakes::Annoyance,
        record: "deletion",
        ..QUESTION
    },
];

static DUPLICATES: [Choice; 3] = [
    choice(
        "reject",
        "reject the second one",
        "The second creation is answered with 409 and the field that clashed.",
    ),
    choice(
        "return-existing",
        "return the one that exists",
        "The second creation changes nothing and is answered with 200 and the record that exists.",
    ),
    choice(
        "update",
        "update the one that exists",
        "The second creation overwrites the record that exists and is answered with 200.",
    ),
];

static CONFLICTS: [Choice; 2] = [
    choice(
        "version",
        "the second one is told",
        "Reads carry an `ETag`, an update without `If-Match` is answered with 428 and a stale \
         one with 412.",
    ),
    choice(
        "last-write-wins",
        "the second one wins silently",
        "Updates need no version; the last one to arrive stands, and the decision record says so.",
    ),
];

static DELETION: [Choice; 3] = [
    choice(
        "hard",
        "gone for good",
        "The delete route removes the row, and rows that refer to it follow their `on delete` \
         rule.",
    ),
    choice(
        "soft",
        "hidden, but kept",
        "The delete route sets `deleted_at`; queries and unique indexes leave such rows out.",
    ),
    choice(
        "never",
        "not possible",
        "There is no delete route, and a test holds that the method is answered with 405.",
    ),
];

static ENTITY: [Question; 9] = [
    Question {
        id: "about",
        ask: "What is it, in one sentence?",
        why: "\"Customer\" means the buyer to one team and the account to another; the \
              sentence is where they find out.",
        effect: "Becomes the comment of the type and the table, and its description in the \
                 API document.",
        kind: Kind::Text { max: 200 },
        default: Fallback::Empty,
        asked_from: Stakes::Annoyance,
        ..QUESTION
    },
    Question {
        id: "of",
        ask: "Which service owns it? (empty: this one)",
        why: "A copy of someone else's table is wrong from the first change its owner makes \
              without telling.",
        effect: "Named, the entity becomes an id type only: no table, no write route.",
        kind: Kind::Text { max: 100 },
        default: Fallback::Empty,
        asked_from: Stakes::Money,
        ..QUESTION
    },
    Question {
        id: "id",
        ask: "What are its ids made of over there?",
        why: "An id stored as the wrong type is refused by the very service it came from.",
        effect: "Chooses the type of the id and of the columns that hold it.",
        kind: Kind::Choice {
            choices: &[
                choice(
                    "uuid",
                    "a UUID",
                    "The id is a UUID in code and in the database, and anything else is refused.",
                ),
                choice(
                    "text",
                    "any text",
                    "The id is text of at most 255 characters, kept exactly as its owner wrote it.",
                ),
            ],
        },
        default: Fallback::Fixed("uuid"),
        when: When::PartGiven("of"),
        asked_from: Stakes::Money,
        ..QUESTION
    },
    Question {
        id: "fields",
        ask: "What fields does it have?",
        why: "Types that allow too much are filled with too much: amounts in floats, times \
              without a zone, texts of ten megabytes.",
        effect: "Each field becomes a column with its constraint, a member of the requests \
                 and responses, and a rule of the validation.",
        kind: Kind::Fields,
        default: Fallback::Empty,
        when: When::PartEmpty("of"),
        asked_from: Stakes::Nothing,
        ..QUESTION
    },
    Question {
        id: "same-when",
        ask: "Which fields together make two records the same?",
        why: "A database without this rule believes every retry is a new order.",
        effect: "Becomes a unique index, and the test that creates the same record twice.",
        kind: Kind::Texts { max: 60 },
        default: Fallback::Empty,
        when: When::PartEmpty("of"),
        record: "duplicates",
        ..QUESTION
    },
    Question {
        id: "duplicates",
        ask: "What happens to its duplicates, if not the same as everywhere?",
        why: "An order sent twice and a tag typed twice deserve different answers.",
        effect: "Takes the place of `data.duplicates` for this entity.",
        kind: Kind::Choice {
            choices: &DUPLICATES,
        },
        default: Fallback::Empty,
        when: When::PartEmpty("of"),
        asked_from: Stakes::Harm,
        record: "duplicates",
        ..QUESTION
    },
    Question {
        id: "conflicts",
        ask: "What happens to conflicting changes of it, if not the same as everywhere?",
        why: "A counter of page views need not refuse a change; the balance of an account must.",
        effect: "Takes the place of `data.conflicts` for this entity.",
        kind: Kind::Choice {
            choices: &CONFLICTS,
        },
        default: Fallback::Empty,
        when: When::PartEmpty("of"),
        asked_from: Stakes::Harm,
        record: "conflicts",
        ..QUESTION
    },
    Question {
        id: "deletion",
        ask: "What does deleting it mean, if not the same as everywhere?",
        why: "Invoices have to stay, personal data has to go, and both live in one service.",
        effect: "Takes the place of `data.deletion` for this entity.",
        kind: Kind::Choice { choices: &DELETION },
        default: Fallback::Empty,
        when: When::PartEmpty("of"),
        asked_from: Stakes::Harm,
        record: "deletion",
        ..QUESTION
    },
    Question {
        id: "plural",
        ask: "What are several of them called, where English rules would get it wrong?",
        why: "Routes and tables are plural, and \"staffs\" stays in every client's code for ever.",
        effect: "Names the table and the routes.",
        kind: Kind::Text { max: 60 },
        default: Fallback::Empty,
        when: When::PartEmpty("of"),
        asked_from: Stakes::Harm,
        ..QUESTION
    },
];
