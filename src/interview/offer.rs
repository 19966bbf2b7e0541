//! What was found in code that is there, offered one thing at a time: nothing of it is an answer before somebody says so.

use super::Interview;
use super::place::{self, Place};
use super::record::Recorded;
use super::rows;
use crate::answers::Value;
use crate::prompt::{Block, Control, Mistake, Opt, Prompt, Row};
use crate::proposal::{OfferedItem, Proposal};
use crate::question::Question;

const TAKE: &str = "take";
const TAKE_AND_ASK: &str = "ask";
const LEAVE: &str = "no";
const LEAVE_ALL: &str = "rest";

/// What was found about a question, to be shown with it.
pub(super) fn found(proposal: &Proposal) -> Vec<Block> {
    let mut blocks: Vec<Block> = proposal
        .found
        .iter()
        .map(|found| Block::Statement(format!("Found: {found}.")))
        .collect();
    blocks.push(Block::Prose(match proposal.value {
        Some(_) => "It stands below, and becomes an answer when you confirm it.".to_owned(),
        None => "That alone is no answer.".to_owned(),
    }));
    blocks
}

/// The offer of one item.
pub(super) fn prompt(interview: &Interview, list: &'static Question, item: usize) -> Prompt {
    let offers = interview.proposals.items(list);
    let (Some(offer), Some(schema)) = (offers.get(item), list.items()) else {
        return Prompt::default();
    };
    let name = &offer.item.name;
    let mut about = Vec::new();
    if item == 0 {
        about.push(Block::Prose(list.why.to_owned()));
        let others = interview
            .proposals
            .of(list)
            .into_iter()
            .flat_map(|other| &other.found);
        about.extend(others.cloned().map(Block::Warning));
    }
    about.push(Block::Statement(format!("Found: {}.", offer.found)));
    about.extend(parts(list, offer));
    about.extend(
        offer
            .remarks
            .iter()
            .map(|remark| Block::Warning(remark.clone())),
    );
    let left = offers.len() - item - 1;
    let mut options = vec![
        Opt::new(TAKE, format!("take {name} as it was found")),
        Opt::new(
            TAKE_AND_ASK,
            "take it, and answer what else is asked about it",
        ),
        Opt::new(
            LEAVE,
            format!("leave it out: it is no {} of its own", schema.singular),
        ),
    ];
    match left {
        0 => {}
        1 => options.push(Opt::new(LEAVE_ALL, "leave this one and the last one out")),
        left => options.push(Opt::new(
            LEAVE_ALL,
            format!("leave this one and the {left} behind it out"),
        )),
    }
    Prompt {
        ask: format!(
            "{} Found, {} of {}: {name}",
            list.ask,
            item + 1,
            offers.len()
        ),
        about,
        control: Control::Select { options, cursor: 0 },
        can_explain: true,
        can_defer: place::items(&interview.answers, list).is_empty(),
        ..Prompt::default()
    }
}

/// What would become answers, one row each.
fn parts(list: &Question, offer: &OfferedItem) -> Vec<Block> {
    let row = |label: &str, answer: String| {
        Block::Row(Row {
            heading: list.section.title().to_owned(),
            depth: 1,
            label: label.to_owned(),
            answer,
            ..Row::default()
        })
    };
    let mut rows = Vec::new();
    for part in list.items().map_or(&[][..], |schema| schema.parts) {
        match offer.item.parts.get(part.id) {
            None => {}
            Some(Value::Fields(fields)) => {
                rows.extend(
                    fields
                        .iter()
                        .map(|field| row(&field.name, field.spec.clone())),
                );
            }
            Some(value) => rows.push(row(part.id, rows::shown(value))),
        }
    }
    rows
}

/// Takes an item, or leaves it out.
pub(super) fn record(
    interview: &mut Interview,
    list: &'static Question,
    item: usize,
    text: &str,
) -> Result<Recorded, Mistake> {
    let offers = interview.proposals.items(list).to_vec();
    let Some(offer) = offers.get(item) else {
        return Ok(Recorded::Moved(interview.next_question()));
    };
    let next = match text {
        "" | TAKE => None,
        TAKE_AND_ASK => Some(()),
        LEAVE => {
            decline(interview, list, offer);
            return Ok(Recorded::Answered(None, None));
        }
        LEAVE_ALL => {
            for offer in &offers[item..] {
                decline(interview, list, offer);
            }
            return Ok(Recorded::Answered(None, None));
        }
        other => {
            return Err(Mistake::from(format!(
                "there is no `{other}` here: choose from the list"
            )));
        }
    };
    interview
        .declined
        .remove(&(list.id, offer.item.name.clone()));
    if position(interview, list, offer).is_none() {
        interview.change_items(list, |items| items.push(offer.item.clone()));
    }
    let row = row(interview, list, item);
    let at = position(interview, list, offer);
    Ok(Recorded::Answered(
        row,
        next.zip(at)
            .map(|((), at)| interview.next_part(list, at, 0)),
    ))
}

fn decline(interview: &mut Interview, list: &'static Question, offer: &OfferedItem) {
    if let Some(at) = position(interview, list, offer) {
        interview.change_items(list, |items| {
            items.remove(at);
        });
    }
    interview
        .declined
        .insert((list.id, offer.item.name.clone()));
}

fn position(interview: &Interview, list: &Question, offer: &OfferedItem) -> Option<usize> {
    let items = place::items(&interview.answers, list);
    items
        .iter()
        .position(|item| item.name.eq_ignore_ascii_case(&offer.item.name))
}

/// How an item that was taken is shown.
pub(super) fn row(interview: &Interview, list: &'static Question, item: usize) -> Option<Row> {
    let offer = interview.proposals.items(list).get(item)?;
    position(interview, list, offer)?;
    Some(Row {
        heading: list.section.title().to_owned(),
        label: list.items()?.singular.to_owned(),
        answer: offer.item.name.clone(),
        ..Row::default()
    })
}

impl Interview {
    /// Whether an offer was taken or left out.
    pub(super) fn is_decided(&self, list: &'static Question, item: usize) -> bool {
        self.proposals.items(list).get(item).is_none_or(|offer| {
            self.declined.contains(&(list.id, offer.item.name.clone()))
                || position(self, list, offer).is_some()
        })
    }

    /// The first offer that nobody decided about, else a new item.
    pub(super) fn after_items(&self, list: &'static Question) -> Place {
        let offers = 0..self.proposals.items(list).len();
        let next = { offers }.find(|item| !self.is_decided(list, *item));
        match next {
            Some(item) => Place::Offer { list, item },
            None => Place::Name {
                list,
                item: place::items(&self.answers, list).len(),
            },
        }
    }

    /// Takes the offers before a place for decided: those that are no items were left out.
    pub(super) fn decline_before(&mut self, place: Place) {
        let Some(list) = place.question() else {
            return;
        };
        let offers = self.proposals.items(list).to_vec();
        let end = match place {
            Place::Offer { item, .. } => item,
            Place::Part { item, .. } | Place::Field { item, .. } | Place::Empty { item, .. } => {
                offers
                    .iter()
                    .position(|offer| position(self, list, offer) == Some(item))
                    .unwrap_or(offers.len())
            }
            _ => offers.len(),
        };
        for offer in &offers[..end.min(offers.len())] {
            if position(self, list, offer).is_none() {
                self.declined.insert((list.id, offer.item.name.clone()));
            }
        }
    }
}
