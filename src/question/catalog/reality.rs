//! Section 7: project or experiment?

use super::{REALITY_KIND, choice};
use crate::question::{Fallback, Kind, Question, Section, Stakes, When};

const QUESTION: Question = Question {
    section: Section::Reality,
    asked_from: Stakes::Nothing,
    record: "experiment",
    ..super::QUESTION
};

pub(super) static QUESTIONS: [Question; 3] = [
    Question {
        id: REALITY_KIND,
        ask: "Is this a project or an experiment?",
        why: "Experiments that nobody calls so are in production a year later, without an \
              owner, a backup or a reason.",
        effect: "Decides what the service says about itself; while a core question is open it \
                 is an experiment, whatever is chosen here.",
        kind: Kind::Choice {
            choices: &[
                choice(
                    "project",
                    "a project",
                    "The service makes no excuses: its open questions are listed and its \
                     checks have to pass.",
                ),
                choice(
                    "experiment",
                    "an experiment",
                    "The README, the log at start-up and `/health` say so, it cannot be \
                     published, and the check fails once its date has passed.",
                ),
            ],
        },
        default: Fallback::Fixed("project"),
        ..QUESTION
    },
    Question {
        id: "reality.ends-on",
        ask: "On which day does the experiment end?",
        why: "An experiment without an end is a project without a decision.",
        effect: "The date stands in the record and in `/health`, and the check fails once it \
                 has passed.",
        kind: Kind::Date,
        default: Fallback::DaysAfterCreation(90),
        when: When::Experiment,
        ..QUESTION
    },
    Question {
        id: "reality.ends-when",
        ask: "What would end it: which finding, good or bad?",
        why: "Without a question to answer, every result is a reason to go on.",
        effect: "Stands in the record beside the date, and in the README.",
        kind: Kind::Text { max: 300 },
        default: Fallback::Empty,
        when: When::Experiment,
        ..QUESTION
    },
];
