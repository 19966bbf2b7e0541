//! The interview: a pure state machine over the answers and the catalog.
//!
//! [`Interview`] knows which question comes next, checks what is submitted with the validator of the flags, goes back with the old
//! answer in place, and drops what no longer makes sense. It reads and writes nothing. [`conduct()`] lets a person go through it with a
//! [`Prompter`](crate::prompt::Prompter); [`draft`] keeps it between two runs.
//!
//! Only what a person confirmed becomes an answer. Accepting a shown default with Enter is one; a question that was skipped because
//! too little is at stake is not.

mod conduct;
pub mod draft;
mod explain;
mod menu;
mod offer;
mod place;
mod prompts;
mod record;
mod review;
mod rows;
mod walk;

pub use conduct::{Ended, Preview, conduct};

use std::collections::BTreeSet;

use crate::answers::{Answer, Answers, Value};
use crate::prompt::{Prompt, Row};
use crate::proposal::Proposals;
use crate::question::{Question, catalog};

use place::Place;

/// An interview in progress.
#[derive(Debug, Clone)]
pub struct Interview {
    answers: Answers,
    /// What was found in code that is there, and can be confirmed.
    proposals: Proposals,
    /// Offers that were left out: the list, and the name.
    declined: BTreeSet<(&'static str, String)>,
    /// What was asked, in the order it was asked.
    trail: Vec<Visit>,
    /// What was gone back over, the nearest last: taken up again where it still holds.
    ahead: Vec<Visit>,
    current: Place,
    /// Questions that were asked and done with, also those left empty.
    settled: BTreeSet<&'static str>,
    /// Menus to return to, and how long the trail was when they were left.
    menus: Vec<(Place, usize)>,
}

/// A place that was asked.
#[derive(Debug, Clone)]
struct Visit {
    place: Place,
    /// Whether it was answered there, rather than left by going back.
    answered: bool,
    /// How the answer is shown.
    row: Option<Row>,
}

impl Interview {
    /// Begins at the first question that has no answer yet. What was answered before, by flags or a file, is not asked again.
    pub fn new(answers: Answers) -> Interview {
        Interview::offering(answers, Proposals::default())
    }

    /// Begins as [`Interview::new`], and offers what was found in code that is there. It is no answer before it is confirmed, and asked
    /// about however little is at stake.
    pub fn offering(answers: Answers, proposals: Proposals) -> Interview {
        let mut interview = Interview {
            answers,
            proposals,
            declined: BTreeSet::new(),
            trail: Vec::new(),
            ahead: Vec::new(),
            current: Place::Review,
            settled: BTreeSet::new(),
            menus: Vec::new(),
        };
        interview.current = interview.next_question();
        interview
    }

    /// Asks some questions of a service that is there, and then shows the review. One alone is asked with its answer in place; of
    /// several, those that were answered are left to the review.
    pub fn again(answers: Answers, ids: &[&'static str], proposals: Proposals) -> Interview {
        let mut interview = Interview::offering(answers, proposals);
        let others = catalog::questions().iter().map(|question| question.id);
        interview.settled = others.filter(|id| !ids.contains(id)).collect();
        interview.current = Place::Review;
        if let [id] = ids {
            interview.edit(id);
            return interview;
        }
        for id in ids {
            if matches!(interview.answers.entry(id), Some(Answer::Open { .. })) {
                interview.answers.forget(id);
            }
        }
        interview.current = interview.next_question();
        interview
    }

    /// Continues at a [`Interview::bookmark`]. One that leads nowhere under these answers is ignored.
    pub fn resume(answers: Answers, bookmark: &str, proposals: Proposals) -> Interview {
        let mut interview = Interview::offering(answers, proposals);
        let place = Place::from_words(bookmark, &interview.answers)
            .filter(|place| interview.exists(*place));
        let Some(place) = place else {
            return interview;
        };
        interview.decline_before(place);
        interview.settled = catalog::questions()
            .iter()
            .filter(|question| Place::Question(question).order().0 < place.order().0)
            .filter(|question| interview.asks(question))
            .map(|question| question.id)
            .collect();
        interview.trail = interview
            .answered_places()
            .into_iter()
            .filter(|answered| answered.order() < place.order())
            .map(|answered| Visit {
                place: answered,
                answered: true,
                row: rows::row(&interview, answered),
            })
            .collect();
        interview.current = place;
        interview
    }

    /// Where the interview stands, in words for [`Interview::resume`].
    pub fn bookmark(&self) -> String {
        self.current.words()
    }

    /// The answers so far.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Ends the interview: the answers, without those whose condition does not hold.
    pub fn finish(mut self) -> Answers {
        self.answers.drop_stale();
        self.answers
    }

    /// Whether every question is done with.
    pub fn is_at_review(&self) -> bool {
        matches!(self.current, Place::Review)
    }

    /// What is asked now.
    pub fn prompt(&self) -> Prompt {
        prompts::prompt(self)
    }

    /// What the present question is about: why it is asked, what each choice does, what the default is.
    pub fn explain(&self) -> Vec<crate::prompt::Block> {
        explain::explain(self)
    }

    /// Everything answered so far, as it is shown.
    pub fn history(&self) -> Vec<Row> {
        rows_of(&self.trail)
    }

    /// What is shown above the present question. The review and what is changed from it stand for themselves: the review shows
    /// everything, so the history would only repeat it.
    fn shown_history(&self) -> Vec<Row> {
        if self.is_at_review() {
            return Vec::new();
        }
        let from = self.menus.first().map_or(0, |(_, length)| *length);
        self.trail.get(from..).map(rows_of).unwrap_or_default()
    }

    /// Answers the present question and goes on. Empty text stands for the default.
    ///
    /// # Errors
    /// What is wrong with the answer, and where. Nothing has changed then.
    pub fn submit(&mut self, text: &str) -> Result<(), crate::prompt::Mistake> {
        let applied = self.applied();
        let recorded = record::record(self, text)?;
        self.drop_dependants(&applied);
        self.go_on(recorded);
        Ok(())
    }

    /// Puts the present question off, with a note in the person's words that may be empty. For a question about an item, its
    /// default holds until somebody says otherwise.
    pub fn defer(&mut self, note: &str) {
        let applied = self.applied();
        let recorded = record::defer(self, note);
        self.drop_dependants(&applied);
        self.go_on(recorded);
    }

    /// Goes back to what was asked before, with the old answer in place. `false` at the very beginning.
    pub fn back(&mut self) -> bool {
        if let Some((menu, length)) = self.menus.last().copied()
            && self.trail.len() <= length
        {
            self.menus.pop();
            self.ahead.clear();
            self.current = menu;
            return true;
        }
        // What an edit has taken away cannot be gone back to.
        while self
            .trail
            .last()
            .is_some_and(|visit| !self.exists(visit.place))
        {
            self.trail.pop();
        }
        let Some(visit) = self.trail.pop() else {
            return false;
        };
        self.ahead.push(Visit {
            place: self.current,
            // The place where one turned round has no answer yet.
            answered: !self.ahead.is_empty(),
            row: None,
        });
        self.current = visit.place;
        true
    }

    /// Asks a question again, and returns to the review afterwards. An id that is unknown or makes no sense now changes nothing.
    pub fn edit(&mut self, id: &str) {
        let Some(question) = catalog::question(id) else {
            return;
        };
        if !self.answers.applies(&question.when) {
            return;
        }
        self.leave_menu(Place::Review);
        self.current = match question.items() {
            Some(_) => Place::List(question),
            None => Place::Question(question),
        };
    }

    /// Every place that has an answer, in the order of the interview.
    fn answered_places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        for question in catalog::questions().iter().copied() {
            if !self.asks(question) || self.answers.entry(question.id).is_none() {
                continue;
            }
            let Some(schema) = question.items() else {
                places.push(Place::Question(question));
                continue;
            };
            let items = place::items(&self.answers, question);
            for (index, item) in items.iter().enumerate() {
                places.push(Place::Name {
                    list: question,
                    item: index,
                });
                for part in schema.parts {
                    places.extend(place::within_part(question, index, part, item));
                }
            }
            places.push(Place::Name {
                list: question,
                item: items.len(),
            });
        }
        places
    }

    /// Whether a question is put to the person: its condition holds, and enough is at stake or something was found.
    fn asks(&self, question: &Question) -> bool {
        self.answers.applies(&question.when)
            && (question.asked_from <= self.answers.stakes() || self.proposals.has(question))
    }

    /// The first question that is asked and has no answer, else the review.
    fn next_question(&self) -> Place {
        catalog::questions()
            .iter()
            .copied()
            .find(|question| {
                self.answers.entry(question.id).is_none()
                    && !self.settled.contains(question.id)
                    && self.asks(question)
            })
            .map_or(Place::Review, |question| match question.items() {
                Some(_) => self.after_items(question),
                None => Place::Question(question),
            })
    }

    /// Remembers to come back to `menu` from what is entered now.
    fn leave_menu(&mut self, menu: Place) {
        self.ahead.clear();
        self.menus.push((menu, self.trail.len()));
    }

    /// Returns to the menu that was left last.
    fn return_to_menu(&mut self) {
        let Some((menu, length)) = self.menus.pop() else {
            self.current = self.next_question();
            return;
        };
        self.ahead.clear();
        self.trail.truncate(length);
        if !matches!(menu, Place::Review) {
            self.current = menu;
            return;
        }
        self.refresh_history();
        // What the change made necessary is asked at once.
        self.current = self.next_question();
    }

    /// Brings the history to what an edit has changed.
    fn refresh_history(&mut self) {
        let mut trail = std::mem::take(&mut self.trail);
        trail.retain(|visit| self.exists(visit.place));
        for visit in &mut trail {
            if visit.row.is_some()
                && let Some(row) = rows::row(self, visit.place)
                && row.answer != rows::NOTHING
            {
                visit.row = Some(row);
            }
        }
        self.trail = trail;
    }

    /// The answered questions whose condition holds.
    fn applied(&self) -> Vec<&'static str> {
        catalog::questions()
            .iter()
            .filter(|question| self.answers.applies(&question.when))
            .map(|question| question.id)
            .collect()
    }

    /// Drops what the last answer made senseless: questions whose condition held before it and no longer does. Answers that came
    /// from elsewhere and whose condition was never asked about stay until the end, when [`Interview::finish`] looks at all of them.
    fn drop_dependants(&mut self, applied: &[&'static str]) {
        for question in catalog::questions() {
            if applied.contains(&question.id) && !self.answers.applies(&question.when) {
                self.answers.forget(question.id);
                self.settled.remove(question.id);
            }
        }
        self.trail.retain(|visit| {
            visit
                .place
                .question()
                .is_none_or(|question| self.answers.applies(&question.when))
        });
    }

    /// A question and its answer in one row.
    fn summary(&self, question: &'static Question) -> Row {
        let answer = match self.answers.entry(question.id) {
            Some(Answer::Given(value)) => rows::shown(value),
            Some(Answer::Open { note }) => rows::open(note),
            None => match self.answers.value(question) {
                Some(value) => rows::shown(&value),
                None => rows::NOTHING.to_owned(),
            },
        };
        Row {
            heading: question.section.title().to_owned(),
            label: question.key().to_owned(),
            answer,
            ..Row::default()
        }
    }

    /// Changes the items of a list.
    fn change_items(
        &mut self,
        list: &'static Question,
        change: impl FnOnce(&mut Vec<crate::answers::Item>),
    ) {
        let mut items = place::items(&self.answers, list).to_vec();
        change(&mut items);
        if items.is_empty() {
            self.answers.forget(list.id);
        } else {
            self.answers.give(list, Value::Items(items));
        }
    }
}

fn rows_of(trail: &[Visit]) -> Vec<Row> {
    trail.iter().filter_map(|visit| visit.row.clone()).collect()
}
