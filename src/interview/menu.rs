//! The menus behind the review: which item of a list, and what about it.

use super::Interview;
use super::place::{self, Place};
use super::record::{self, Recorded};
use super::rows::{self, shown};
use crate::answers::Item;
use crate::prompt::{Control, Mistake, Opt, Prompt};
use crate::question::{ItemSchema, Question};

const ADD: &str = "add";
const DONE: &str = "done";
const NAME: &str = "name";
const REMOVE: &str = "remove";

/// Chooses in the menu of a list: the number of an item, `add` or `done`.
pub(super) fn list(
    interview: &mut Interview,
    list: &'static Question,
    text: &str,
) -> Result<Recorded, Mistake> {
    let count = place::items(&interview.answers, list).len();
    let item = match text {
        "" | DONE => return Ok(Recorded::Left),
        ADD => count,
        number => number
            .parse::<usize>()
            .ok()
            .and_then(|number| number.checked_sub(1))
            .filter(|index| *index < count)
            .ok_or_else(|| no_such(text))?,
    };
    interview.leave_menu(Place::List(list));
    Ok(Recorded::Moved(if item == count {
        Place::Name { list, item }
    } else {
        Place::Item { list, item }
    }))
}

/// Chooses in the menu of an item: `name`, the key of a part, `remove` or `done`.
pub(super) fn item(
    interview: &mut Interview,
    list: &'static Question,
    item: usize,
    text: &str,
) -> Result<Recorded, Mistake> {
    if matches!(text, "" | DONE) {
        return Ok(Recorded::Left);
    }
    if text == REMOVE {
        record::remove_item(interview, list, item);
        return Ok(Recorded::Left);
    }
    let next = if text == NAME {
        Place::Name { list, item }
    } else {
        let part = list
            .items()
            .and_then(|schema| place::part_of(schema, text))
            .ok_or_else(|| no_such(text))?;
        match Place::at_part(list, item, part, &Item::default()) {
            Place::Field {
                list, item, part, ..
            } => Place::Field {
                list,
                item,
                part,
                field: 0,
            },
            place => place,
        }
    };
    interview.leave_menu(Place::Item { list, item });
    Ok(Recorded::Moved(next))
}

/// Chooses in the review: the id of a question.
pub(super) fn review(interview: &mut Interview, text: &str) -> Result<Recorded, Mistake> {
    interview.edit(text);
    if interview.is_at_review() {
        return Err(no_such(text));
    }
    Ok(Recorded::Moved(interview.current))
}

fn no_such(text: &str) -> Mistake {
    Mistake::from(format!("there is no `{text}` here: choose from the list"))
}

/// The menu of a list.
pub(super) fn list_prompt(interview: &Interview, list: &'static Question) -> Prompt {
    let items = place::items(&interview.answers, list);
    let mut options: Vec<Opt> = items
        .iter()
        .enumerate()
        .map(|(index, item)| Opt::new((index + 1).to_string(), item.name.clone()))
        .collect();
    let singular = list.items().map_or("item", |schema| schema.singular);
    let ask = match items.len() {
        0 => format!("No {singular} yet."),
        _ => format!("Which {singular}?"),
    };
    options.push(Opt::new(ADD, format!("+ Add: {singular}")));
    options.push(Opt::new(DONE, "Done"));
    select(ask, options, items.is_empty())
}

/// The menu of an item.
pub(super) fn item_prompt(interview: &Interview, list: &'static Question, item: usize) -> Prompt {
    let Some(known) = place::items(&interview.answers, list).get(item) else {
        return Prompt::default();
    };
    let mut options = vec![Opt::new(NAME, labelled(NAME, &known.name))];
    for part in list
        .items()
        .map_or(&[][..], |schema: &ItemSchema| schema.parts)
    {
        let given = known.parts.get(part.id);
        if !interview.answers.part_applies(known, part)
            || (given.is_none() && part.asked_from > interview.answers.stakes())
        {
            continue;
        }
        let label = match (given, interview.answers.part(known, part)) {
            (Some(value), _) => labelled(part.id, &shown(value)),
            (None, Some(value)) => format!("{} · default", labelled(part.id, &shown(&value))),
            (None, None) => labelled(part.id, rows::NOTHING),
        };
        options.push(Opt::new(part.id, label));
    }
    options.push(Opt::new(REMOVE, format!("- Remove {}", known.name)));
    options.push(Opt::new(DONE, "Done"));
    select(format!("What about {}?", known.name), options, false)
}

fn labelled(label: &str, answer: &str) -> String {
    format!("{label:<14} {answer}")
}

/// A choice with the last option, `Done`, or the first highlighted.
fn select(ask: String, options: Vec<Opt>, first: bool) -> Prompt {
    Prompt {
        ask,
        control: Control::Select {
            cursor: if first { 0 } else { options.len() - 1 },
            options,
        },
        ..Prompt::default()
    }
}
