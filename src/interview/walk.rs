//! From one place to the next: forward, over what was answered before, and back to menus.

use super::place::{self, Place};
use super::record::{self, Recorded};
use super::rows;
use super::{Interview, Visit};
use crate::answers::Item;
use crate::notation::FieldAnswer;
use crate::question::{Question, Stakes, When};

impl Interview {
    /// Moves on from the present place.
    pub(super) fn go_on(&mut self, recorded: Recorded) {
        let (row, next) = match recorded {
            Recorded::Moved(place) => {
                self.current = place;
                return;
            }
            Recorded::Left => {
                self.return_to_menu();
                return;
            }
            Recorded::Answered(row, next) => (row, next),
        };
        let place = self.current;
        self.trail.push(Visit {
            place,
            answered: true,
            row,
        });
        let next = next.unwrap_or_else(|| self.following(place));
        if self.ends_errand(place, next) {
            self.return_to_menu();
        } else {
            self.current = self.take_up(next);
        }
    }

    /// Walks again over what was gone back over, as far as it still holds, and stops at the first place that has to be asked.
    fn take_up(&mut self, mut next: Place) -> Place {
        while let Some(visit) = self.ahead.last() {
            if visit.place.order() > next.order() {
                break;
            }
            let Some(visit) = self.ahead.pop() else {
                break;
            };
            if !self.exists(visit.place) {
                continue;
            }
            if !visit.answered || !self.is_answered(visit.place) {
                return visit.place;
            }
            next = self.following(visit.place);
            self.trail.push(Visit {
                row: rows::row(self, visit.place),
                ..visit
            });
        }
        next
    }

    /// What comes after a place that was answered.
    fn following(&self, place: Place) -> Place {
        match place {
            Place::Question(_) | Place::List(_) | Place::Review => self.next_question(),
            Place::Item { list, .. } => Place::List(list),
            Place::Offer { list, .. } => self.after_items(list),
            Place::Name { list, item } if item < place::items(&self.answers, list).len() => {
                self.next_part(list, item, 0)
            }
            Place::Name { .. } => self.next_question(),
            Place::Part { list, item, part } => self.part_after(list, item, part),
            Place::Field {
                list,
                item,
                part,
                field,
            } => self.after_field(list, item, part, field),
            Place::Empty {
                list,
                item,
                part,
                field,
            } => self.next_field(list, item, part, field),
        }
    }

    pub(super) fn part_after(
        &self,
        list: &'static Question,
        item: usize,
        part: &Question,
    ) -> Place {
        let parts = list.items().map_or(&[][..], |schema| schema.parts);
        let position = parts.iter().position(|other| other.id == part.id);
        self.next_part(list, item, position.map_or(parts.len(), |index| index + 1))
    }

    /// The first part of an item from `from` on that is asked and has no answer, else the next item.
    pub(super) fn next_part(&self, list: &'static Question, item: usize, from: usize) -> Place {
        let known = &place::items(&self.answers, list)[item];
        list.items()
            .map_or(&[][..], |schema| schema.parts)
            .iter()
            .skip(from)
            .find(|part| self.asks_part(known, part) && !known.parts.contains_key(part.id))
            .map_or_else(
                || self.after_items(list),
                |part| Place::at_part(list, item, part, known),
            )
    }

    fn asks_part(&self, item: &Item, part: &Question) -> bool {
        part.asked_from <= self.answers.stakes() && self.answers.part_applies(item, part)
    }

    fn after_field(
        &self,
        list: &'static Question,
        item: usize,
        part: &'static Question,
        field: usize,
    ) -> Place {
        let known = &place::items(&self.answers, list)[item];
        match place::fields(known, part).get(field) {
            None => self.part_after(list, item, part),
            Some(answer) if answer.empty_means.is_none() && self.asks_meaning(answer) => {
                Place::Empty {
                    list,
                    item,
                    part,
                    field,
                }
            }
            Some(_) => self.next_field(list, item, part, field),
        }
    }

    /// The field after this one. Where an item is edited, its fields are walked through; else the next is a new one.
    fn next_field(
        &self,
        list: &'static Question,
        item: usize,
        part: &'static Question,
        field: usize,
    ) -> Place {
        let count = place::fields(&place::items(&self.answers, list)[item], part).len();
        let walks = matches!(self.menus.last(), Some((Place::Item { .. }, _)));
        Place::Field {
            list,
            item,
            part,
            field: if walks { field + 1 } else { count },
        }
    }

    /// Whether it is worth asking what an empty field means: it can be empty, and somebody would care.
    fn asks_meaning(&self, field: &FieldAnswer) -> bool {
        self.answers.stakes() > Stakes::Nothing && record::is_optional(field)
    }

    /// Whether going from `place` to `next` would leave what a menu was left for.
    fn ends_errand(&self, place: Place, next: Place) -> bool {
        let same_list = next.question().map(|it| it.id) == place.question().map(|it| it.id);
        match self.menus.last() {
            None => false,
            Some((Place::Item { .. }, _)) => {
                let (before, after) = (place.part(), next.part());
                let same_part = matches!((before, after), (Some((i, a)), Some((j, b))) if i == j && a.id == b.id);
                let dependant = matches!((before, after), (Some((i, a)), Some((j, b)))
                    if i == j && matches!(b.when, When::Part(key, _) | When::PartGiven(key) | When::PartEmpty(key) if key == a.id));
                !same_part && !dependant
            }
            Some(_) => !same_list || matches!(place, Place::Question(_)),
        }
    }

    /// Whether a place still makes sense.
    pub(super) fn exists(&self, place: Place) -> bool {
        let Some(question) = place.question() else {
            return true;
        };
        let items = place::items(&self.answers, question);
        self.asks(question)
            && match place {
                Place::Question(_) | Place::List(_) | Place::Review => true,
                Place::Offer { item, .. } => item < self.proposals.items(question).len(),
                Place::Name { item, .. } => item <= items.len(),
                Place::Item { item, .. } => item < items.len(),
                Place::Part { item, part, .. } => {
                    items.get(item).is_some_and(|it| self.asks_part(it, part))
                }
                Place::Field {
                    item, part, field, ..
                } => items.get(item).is_some_and(|it| {
                    self.asks_part(it, part) && field <= place::fields(it, part).len()
                }),
                Place::Empty {
                    item, part, field, ..
                } => items
                    .get(item)
                    .and_then(|it| place::fields(it, part).get(field))
                    .is_some_and(|it| self.asks_meaning(it)),
            }
    }

    /// Whether somebody answered at a place, or left it empty on purpose.
    pub(super) fn is_answered(&self, place: Place) -> bool {
        let Some(question) = place.question() else {
            return false;
        };
        let items = place::items(&self.answers, question);
        match place {
            Place::Question(question) => {
                self.answers.entry(question.id).is_some() || self.settled.contains(question.id)
            }
            Place::Offer { item, .. } => self.is_decided(question, item),
            Place::Name { item, .. } => item < items.len() || self.settled.contains(question.id),
            Place::List(_) => true,
            Place::Part { item, part, .. } => items
                .get(item)
                .is_some_and(|it| it.parts.contains_key(part.id)),
            Place::Field {
                item, part, field, ..
            } => items
                .get(item)
                .is_some_and(|it| field < place::fields(it, part).len()),
            Place::Empty {
                item, part, field, ..
            } => items
                .get(item)
                .and_then(|it| place::fields(it, part).get(field))
                .is_some_and(|it| it.empty_means.is_some()),
            Place::Item { .. } | Place::Review => false,
        }
    }
}
