//! Where in the interview one stands.

use crate::answers::{Answers, Item, Value};
use crate::notation::FieldAnswer;
use crate::question::{ItemSchema, Kind, Question, catalog};

/// A place in the interview: something that is asked, or a menu.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// A question with one answer.
    Question(&'static Question),
    /// An item that was found, in the order in which they are offered.
    Offer {
        list: &'static Question,
        item: usize,
    },
    /// The name of an item in the list that a question asks for. One behind the last asks for another.
    Name {
        list: &'static Question,
        item: usize,
    },
    /// A question about an item.
    Part {
        list: &'static Question,
        item: usize,
        part: &'static Question,
    },
    /// A field of an item. One behind the last asks for another.
    Field {
        list: &'static Question,
        item: usize,
        part: &'static Question,
        field: usize,
    },
    /// What it means when an optional field is empty.
    Empty {
        list: &'static Question,
        item: usize,
        part: &'static Question,
        field: usize,
    },
    /// Menu: the items of a list.
    List(&'static Question),
    /// Menu: what is known about an item.
    Item {
        list: &'static Question,
        item: usize,
    },
    /// The review, behind all questions.
    Review,
}

/// The order in which places are asked.
pub(super) type Order = (usize, usize, usize, usize);

impl Place {
    /// Where a question begins.
    pub(super) fn of(question: &'static Question, answers: &Answers) -> Place {
        match question.items() {
            Some(_) => Place::Name {
                list: question,
                item: items(answers, question).len(),
            },
            None => Place::Question(question),
        }
    }

    /// The question it belongs to.
    pub(super) fn question(self) -> Option<&'static Question> {
        match self {
            Place::Question(question) | Place::List(question) => Some(question),
            Place::Offer { list, .. }
            | Place::Name { list, .. }
            | Place::Part { list, .. }
            | Place::Field { list, .. }
            | Place::Empty { list, .. }
            | Place::Item { list, .. } => Some(list),
            Place::Review => None,
        }
    }

    /// The item and the part it belongs to.
    pub(super) fn part(self) -> Option<(usize, &'static Question)> {
        match self {
            Place::Part { item, part, .. }
            | Place::Field { item, part, .. }
            | Place::Empty { item, part, .. } => Some((item, part)),
            _ => None,
        }
    }

    /// Its position among all places.
    pub(super) fn order(self) -> Order {
        let Some(question) = self.question() else {
            return (usize::MAX, 0, 0, 0);
        };
        let number = position(question);
        match self {
            Place::Question(_) | Place::List(_) | Place::Review => (number, 0, 0, 0),
            // Behind what is asked about those that were taken.
            Place::Offer { item, .. } => (number, usize::MAX, 0, item),
            Place::Name { item, .. } | Place::Item { item, .. } => (number, item + 1, 0, 0),
            Place::Part { list, item, part } => (number, item + 1, part_position(list, part), 0),
            Place::Field {
                list,
                item,
                part,
                field,
            } => (number, item + 1, part_position(list, part), 2 * field),
            Place::Empty {
                list,
                item,
                part,
                field,
            } => (number, item + 1, part_position(list, part), 2 * field + 1),
        }
    }

    /// The place in words that [`Place::from_words`] reads: `data.entities 2 fields 1`.
    pub(super) fn words(self) -> String {
        match self {
            Place::Question(question) => question.id.to_owned(),
            Place::List(list) => format!("{} list", list.id),
            Place::Offer { list, item } => format!("{} offer {}", list.id, item + 1),
            Place::Name { list, item } | Place::Item { list, item } => {
                format!("{} {}", list.id, item + 1)
            }
            Place::Part { list, item, part } => format!("{} {} {}", list.id, item + 1, part.id),
            Place::Field {
                list,
                item,
                part,
                field,
            }
            | Place::Empty {
                list,
                item,
                part,
                field,
            } => format!("{} {} {} {}", list.id, item + 1, part.id, field + 1),
            Place::Review => "review".to_owned(),
        }
    }

    /// Reads [`Place::words`]. `None` when it leads nowhere under these answers: they may have been edited by hand.
    pub(super) fn from_words(words: &str, answers: &Answers) -> Option<Place> {
        let words: Vec<&str> = words.split_whitespace().collect();
        if words == ["review"] {
            return Some(Place::Review);
        }
        let question = catalog::question(words.first()?)?;
        let Some(schema) = question.items() else {
            return Some(Place::Question(question));
        };
        let known = items(answers, question);
        let index = |word: &&str| word.parse::<usize>().ok()?.checked_sub(1);
        let item = match words.get(1) {
            Some(&"list") | None => return Some(Place::of(question, answers)),
            Some(&"offer") => {
                let item = words.get(2).and_then(index)?;
                return Some(Place::Offer {
                    list: question,
                    item,
                });
            }
            Some(word) => index(word)?,
        };
        let Some(part) = words.get(2) else {
            return (item <= known.len()).then_some(Place::Name {
                list: question,
                item,
            });
        };
        let part = part_of(schema, part)?;
        let known = known.get(item)?;
        Some(match (words.get(3), part.kind) {
            (Some(word), Kind::Fields) => Place::Field {
                list: question,
                item,
                part,
                field: index(word)?.min(fields(known, part).len()),
            },
            _ => Place::at_part(question, item, part, known),
        })
    }

    /// Where the part of an item begins.
    pub(super) fn at_part(
        list: &'static Question,
        item: usize,
        part: &'static Question,
        known: &Item,
    ) -> Place {
        match part.kind {
            Kind::Fields => Place::Field {
                list,
                item,
                part,
                field: fields(known, part).len(),
            },
            _ => Place::Part { list, item, part },
        }
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Place) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
            && self.order() == other.order()
    }
}

/// The places of a part of an item that have an answer.
pub(super) fn within_part(
    list: &'static Question,
    item: usize,
    part: &'static Question,
    known: &Item,
) -> Vec<Place> {
    if !matches!(part.kind, Kind::Fields) {
        let given = known.parts.contains_key(part.id);
        return given
            .then_some(Place::Part { list, item, part })
            .into_iter()
            .collect();
    }
    let mut places = Vec::new();
    for (field, answer) in fields(known, part).iter().enumerate() {
        places.push(Place::Field {
            list,
            item,
            part,
            field,
        });
        if answer.empty_means.is_some() {
            places.push(Place::Empty {
                list,
                item,
                part,
                field,
            });
        }
    }
    places
}

/// The items somebody named.
pub(super) fn items<'a>(answers: &'a Answers, list: &Question) -> &'a [Item] {
    match answers.given(list.id) {
        Some(Value::Items(items)) => items,
        _ => &[],
    }
}

/// The fields somebody gave.
pub(super) fn fields<'a>(item: &'a Item, part: &Question) -> &'a [FieldAnswer] {
    match item.parts.get(part.id) {
        Some(Value::Fields(fields)) => fields,
        _ => &[],
    }
}

/// The part of a schema with this key.
pub(super) fn part_of(schema: &'static ItemSchema, key: &str) -> Option<&'static Question> {
    schema.parts.iter().find(|part| part.id == key)
}

/// The position of a question in the catalog.
fn position(question: &Question) -> usize {
    catalog::questions()
        .iter()
        .position(|other| other.id == question.id)
        .unwrap_or(usize::MAX)
}

/// The position of a part in its schema, counted from 1.
fn part_position(list: &Question, part: &Question) -> usize {
    list.items()
        .and_then(|schema| schema.parts.iter().position(|other| other.id == part.id))
        .map_or(0, |position| position + 1)
}
