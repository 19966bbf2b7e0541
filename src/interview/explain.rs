//! What Explain shows: why, what the answer does, what each choice does, what holds when nobody answers.

use super::Interview;
use super::place::Place;
use super::prompts::{WHY_EMPTY, named};
use super::rows;
use crate::answers::Code;
use crate::prompt::Block;
use crate::question::{Choice, Fallback, Kind, Question, canonical_text};

/// Words about the present place.
pub(super) fn explain(interview: &Interview) -> Vec<Block> {
    match interview.current {
        Place::Question(question) => question_blocks(interview, question),
        Place::Offer { list, .. } | Place::Name { list, .. } => question_blocks(interview, list),
        Place::Part { part, .. } => question_blocks(interview, part),
        Place::Field { part, .. } => {
            let mut blocks = question_blocks(interview, part);
            blocks.extend(notation());
            blocks
        }
        Place::Empty { .. } => vec![
            Block::Prose(WHY_EMPTY.to_owned()),
            Block::Statement(
                "Becomes the comment of the field in code and in the database, and its description in the API document."
                    .to_owned(),
            ),
        ],
        Place::List(_) | Place::Item { .. } | Place::Review => Vec::new(),
    }
}

fn question_blocks(interview: &Interview, question: &'static Question) -> Vec<Block> {
    let mut blocks = vec![Block::Prose(question.why.to_owned())];
    // In code that is there nothing follows from an answer.
    if interview.answers.code == Code::Generated {
        blocks.push(Block::Statement(question.effect.to_owned()));
    }
    if let Kind::Choice { choices } | Kind::Choices { choices } = question.kind {
        blocks.extend(choices.iter().map(term));
    }
    blocks.push(Block::Statement(default(interview, question)));
    blocks
}

fn term(choice: &Choice) -> Block {
    Block::Term(named(choice), choice.does.to_owned())
}

fn default(interview: &Interview, question: &Question) -> String {
    let value = interview.answers.default_value(question);
    match (question.default, value) {
        (Fallback::ByStakes(_), Some(value)) => format!(
            "Default: {}, because an hour costs: {}.",
            rows::shown(&value),
            interview.answers.stakes().key()
        ),
        (_, Some(value)) if !canonical_text(&value).is_empty() => {
            format!("Default: {}.", rows::shown(&value))
        }
        (Fallback::Empty, _) => "Default: none.".to_owned(),
        _ if question.core => {
            "No honest default. Put off, it stays an open question, and the service an experiment that says so."
                .to_owned()
        }
        _ => "No honest default. Put off, it stays an open question in the decision records.".to_owned(),
    }
}

/// The field notation in short.
fn notation() -> Vec<Block> {
    [
        (
            "string(32), string(3..32), text",
            "text on one line, or on several, with its length",
        ),
        (
            "int >= 0, decimal(12,2), money(EUR)",
            "numbers; money is counted in cents",
        ),
        (
            "bool, date, instant, uuid, email, url, json, bytes(1000)",
            "what they say; an instant is in UTC",
        ),
        (
            "draft | placed | paid = draft",
            "one of these words, with a default",
        ),
        (
            "-> Customer, <-> Tag",
            "refers to one, or to many both ways; `on delete cascade` or `on delete clear`",
        ),
        (
            "?, unique, personal, matching /[A-Z]+/",
            "may be empty; no two alike; never logged; a pattern",
        ),
    ]
    .into_iter()
    .map(|(term, text)| Block::Term(term.to_owned(), text.to_owned()))
    .collect()
}
