//! What was found, as comments of the answers file and for programs.

use serde_json::json;

use super::place::Place;
use crate::answers::{Answer, Answers, file};
use crate::question::{Question, canonical_text, catalog};

/// The items that were found and that nobody confirmed, as comments: without the marks they are answers.
pub(super) fn comments(place: &Place, answers: &Answers) -> String {
    let mut text = String::new();
    for question in unconfirmed(place, answers) {
        let Some(schema) = question.items() else {
            continue;
        };
        let offers = place.proposals.items(question);
        if offers.is_empty() {
            continue;
        }
        text.push_str(&format!(
            "\n# {} that were found, and confirmed by nobody. One becomes an answer when the marks before it are taken away, and the\n\
             # line \"{}\" below [open] with them; `cargo kickoff ask {}` offers them one by one.\n",
            capitalised(schema.plural),
            question.id,
            question.id
        ));
        for other in place
            .proposals
            .of(question)
            .into_iter()
            .flat_map(|other| &other.found)
        {
            text.push_str(&format!("#\n# Note: {}\n", one_line(other)));
        }
        for offer in offers {
            text.push_str(&format!("#\n# Found: {}\n", one_line(&offer.found)));
            for remark in &offer.remarks {
                text.push_str(&format!("# Note: {}\n", one_line(remark)));
            }
            for line in file::item_tables(schema, &offer.item).lines() {
                text.push_str(format!("# {line}").trim_end());
                text.push('\n');
            }
        }
    }
    text
}

/// What was found, one JSON object a line: `{"reason":"proposal","question":"ownership.database","value":"postgres","found":[…]}`, and
/// for an item of a list with its `name`, its `tables` as they stand in `kickoff.toml`, and `remarks`.
pub(super) fn json(place: &Place, answers: &Answers) -> String {
    let mut text = String::new();
    for question in catalog::questions().iter().copied() {
        let confirmed = answers.given(question.id).is_some();
        if let Some(proposal) = place.proposals.of(question) {
            let line = json!({
                "reason": "proposal",
                "question": question.id,
                "value": proposal.value.as_ref().map(canonical_text),
                "found": proposal.found,
                "answered": confirmed,
            });
            text.push_str(&format!("{line}\n"));
        }
        for offer in place.proposals.items(question) {
            let tables = question
                .items()
                .map(|schema| file::item_tables(schema, &offer.item));
            let line = json!({
                "reason": "proposal",
                "question": question.id,
                "name": offer.item.name,
                "tables": tables,
                "found": [offer.found],
                "remarks": offer.remarks,
                "answered": confirmed,
            });
            text.push_str(&format!("{line}\n"));
        }
    }
    text
}

/// The questions about which something was found, and that were put off.
pub(super) fn unconfirmed<'a>(
    place: &'a Place,
    answers: &'a Answers,
) -> impl Iterator<Item = &'static Question> + 'a {
    let questions = catalog::questions().iter().copied();
    questions.filter(|question| {
        place.proposals.has(question)
            && matches!(answers.entry(question.id), Some(Answer::Open { .. }))
    })
}

/// No text that was read ends a comment.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control())
        .collect::<Vec<_>>()
        .join(" ")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => format!("{}{}", first.to_uppercase(), letters.as_str()),
        None => String::new(),
    }
}
