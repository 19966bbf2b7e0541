//! What is shown at each place.

use super::Interview;
use super::place::{self, Place};
use super::{menu, offer, rows};
use crate::answers::{Answer, Value};
use crate::prompt::{Block, Control, Opt, Prompt};
use crate::question::{
    Choice, Fallback, ItemSchema, Kind, Question, Section, canonical_text, catalog,
};

/// Why it is asked what empty means.
pub(super) const WHY_EMPTY: &str = "Empty can mean unknown, not yet, none, or not applicable; whoever reads it later guesses, \
     and guesses differently.";

/// What is shown at the present place.
pub(super) fn prompt(interview: &Interview) -> Prompt {
    let prompt = match interview.current {
        Place::Question(question) => question_prompt(interview, question),
        Place::Offer { list, item } => offer::prompt(interview, list, item),
        Place::Name { list, item } => name_prompt(interview, list, item),
        Place::Part { list, item, part } => part_prompt(interview, list, item, part),
        Place::Field {
            list,
            item,
            part,
            field,
        } => field_prompt(interview, list, item, part, field),
        Place::Empty {
            list,
            item,
            part,
            field,
        } => empty_prompt(interview, list, item, part, field),
        Place::List(list) => menu::list_prompt(interview, list),
        Place::Item { list, item } => menu::item_prompt(interview, list, item),
        Place::Review => Prompt::default(),
    };
    Prompt {
        progress: progress(interview),
        ..prompt
    }
}

/// `[3/7] Load and failure · 2 of 5`, and which item it is about.
fn progress(interview: &Interview) -> String {
    let Some(question) = interview.current.question() else {
        return String::new();
    };
    let section = question.section;
    let asked: Vec<&str> = catalog::questions()
        .iter()
        .filter(|other| other.section == section)
        .filter(|other| other.id == question.id || interview.asks(other))
        .map(|other| other.id)
        .collect();
    let number = asked.iter().position(|id| *id == question.id).unwrap_or(0) + 1;
    let mut text = format!(
        "[{}/{}] {} · {number} of {}",
        section.number(),
        Section::ALL.len(),
        section.title(),
        asked.len()
    );
    let item = match interview.current {
        Place::Item { item, .. } => Some(item),
        place => place.part().map(|(item, _)| item),
    };
    if let Some(item) = item.and_then(|item| place::items(&interview.answers, question).get(item)) {
        text.push_str(" · ");
        text.push_str(&item.name);
    }
    text
}

fn question_prompt(interview: &Interview, question: &'static Question) -> Prompt {
    let given = interview.answers.given(question.id);
    let proposal = interview.proposals.of(question);
    let proposed = proposal.and_then(|proposal| proposal.value.as_ref());
    let default = interview.answers.default_value(question);
    let mut about = vec![Block::Prose(question.why.to_owned())];
    if let Some(Answer::Open { note }) = interview.answers.entry(question.id) {
        about.push(Block::Statement(format!("So far: {}", rows::open(note))));
    }
    if given.is_none() {
        about.extend(proposal.into_iter().flat_map(offer::found));
    }
    Prompt {
        ask: question.ask.to_owned(),
        about,
        control: control(question, given, proposed, default.as_ref()),
        hint: hint(question),
        can_explain: true,
        can_defer: true,
        ..Prompt::default()
    }
}

fn part_prompt(
    interview: &Interview,
    list: &'static Question,
    item: usize,
    part: &'static Question,
) -> Prompt {
    let items = place::items(&interview.answers, list);
    let given = items.get(item).and_then(|item| item.parts.get(part.id));
    let default = interview.answers.default_value(part);
    Prompt {
        ask: part.ask.to_owned(),
        // The same reason read for the third item is noise; `?` has it.
        about: if item == 0 {
            vec![Block::Prose(part.why.to_owned())]
        } else {
            Vec::new()
        },
        control: control(part, given, None, default.as_ref()),
        hint: hint(part),
        can_explain: true,
        can_defer: true,
        ..Prompt::default()
    }
}

fn name_prompt(interview: &Interview, list: &'static Question, item: usize) -> Prompt {
    let Some(schema) = list.items() else {
        return Prompt::default();
    };
    let items = place::items(&interview.answers, list);
    let first = items.is_empty() && item == 0;
    let (ask, hint) = match items.get(item) {
        Some(_) => (
            format!("Its name, as {}?", with_article(schema)),
            "empty removes it".to_owned(),
        ),
        None if first => (list.ask.to_owned(), format!("like {}", schema.example)),
        None => (
            format!("Another {}?", schema.singular),
            "empty: no more".to_owned(),
        ),
    };
    let mut about = Vec::new();
    if first {
        about.push(Block::Prose(list.why.to_owned()));
        about.extend(
            interview
                .proposals
                .of(list)
                .into_iter()
                .flat_map(offer::found),
        );
        about.push(Block::Statement(format!(
            "One {} at a time{}",
            schema.singular,
            match list.default {
                Fallback::Open => ".",
                _ => "; empty: none.",
            }
        )));
    }
    Prompt {
        ask,
        about,
        control: Control::Text {
            initial: items
                .get(item)
                .map_or_else(String::new, |item| item.name.clone()),
            default: None,
        },
        hint,
        can_explain: true,
        can_defer: first,
        ..Prompt::default()
    }
}

fn with_article(schema: &ItemSchema) -> String {
    let article = match schema.singular.chars().next() {
        Some('a' | 'e' | 'i' | 'o' | 'u') => "an",
        _ => "a",
    };
    format!("{article} {}", schema.singular)
}

fn field_prompt(
    interview: &Interview,
    list: &'static Question,
    item: usize,
    part: &'static Question,
    field: usize,
) -> Prompt {
    let items = place::items(&interview.answers, list);
    let fields = items
        .get(item)
        .map_or(&[][..], |item| place::fields(item, part));
    let known = fields.get(field);
    let mut about = Vec::new();
    if fields.is_empty() {
        if item == 0 {
            about.push(Block::Prose(part.why.to_owned()));
        }
        about.push(Block::Statement(
            "One field at a time, `name: type`; the id comes by itself. For example `number: string(32) unique`, \
             `note: text?`, `total: decimal >= 0`, `status: draft | paid = draft`, `customer: -> Customer`."
                .to_owned(),
        ));
    }
    Prompt {
        ask: match (known, fields.is_empty()) {
            (Some(known), _) => format!("Field {}, `{}`?", field + 1, known.name),
            (None, true) => part.ask.to_owned(),
            (None, false) => "Another field?".to_owned(),
        },
        about,
        control: Control::Text {
            initial: known.map_or_else(String::new, |known| {
                format!("{}: {}", known.name, known.spec)
            }),
            default: None,
        },
        hint: if known.is_some() {
            "empty removes it"
        } else if fields.is_empty() {
            "empty: no fields"
        } else {
            "empty: no more"
        }
        .to_owned(),
        can_explain: true,
        can_defer: fields.is_empty(),
        ..Prompt::default()
    }
}

fn empty_prompt(
    interview: &Interview,
    list: &'static Question,
    item: usize,
    part: &'static Question,
    field: usize,
) -> Prompt {
    let items = place::items(&interview.answers, list);
    let Some(known) = items
        .get(item)
        .and_then(|item| place::fields(item, part).get(field))
    else {
        return Prompt::default();
    };
    Prompt {
        ask: format!("What does it mean when `{}` is empty?", known.name),
        about: if field == 0 || item == 0 {
            vec![Block::Prose(WHY_EMPTY.to_owned())]
        } else {
            Vec::new()
        },
        control: Control::Text {
            initial: known.empty_means.clone().unwrap_or_default(),
            default: None,
        },
        hint: "like not paid yet".to_owned(),
        can_explain: true,
        can_defer: true,
        ..Prompt::default()
    }
}

/// How a question is answered, with the old answer, what was found, or the default in place.
fn control(
    question: &Question,
    given: Option<&Value>,
    proposed: Option<&Value>,
    default: Option<&Value>,
) -> Control {
    let text = |value: Option<&Value>| value.map(canonical_text);
    let wanted = given.or(proposed);
    match question.kind {
        Kind::Choice { choices } => {
            choice_control(choices, text(wanted), text(proposed), text(default))
        }
        Kind::Flag => choice_control(&YES_NO, text(wanted), text(proposed), text(default)),
        Kind::Choices { choices } => many_control(choices, wanted.or(default), proposed),
        _ => Control::Text {
            initial: text(wanted).unwrap_or_default(),
            default: text(default).filter(|text| !text.is_empty()),
        },
    }
}

const YES_NO: [Choice; 2] = [
    Choice {
        value: "yes",
        label: "yes",
        does: "",
    },
    Choice {
        value: "no",
        label: "no",
        does: "",
    },
];

fn choice_control(
    choices: &[Choice],
    given: Option<String>,
    proposed: Option<String>,
    default: Option<String>,
) -> Control {
    let mut options: Vec<Opt> = choices
        .iter()
        .map(|choice| {
            let is = |value: &Option<String>| value.as_deref() == Some(choice.value);
            let found = if is(&proposed) { FOUND } else { "" };
            let mark = if is(&default) { " · default" } else { "" };
            Opt::new(choice.value, format!("{}{found}{mark}", named(choice)))
        })
        .collect();
    if default.is_none() {
        options.insert(0, Opt::new("", "no answer of its own"));
    }
    let wanted = given.or(default).unwrap_or_default();
    let cursor = options.iter().position(|option| option.value == wanted);
    Control::Select {
        options,
        cursor: cursor.unwrap_or(0),
    }
}

/// What an option that was found is marked with.
const FOUND: &str = " · found";

fn many_control(choices: &[Choice], wanted: Option<&Value>, proposed: Option<&Value>) -> Control {
    let (wanted, proposed) = (listed(wanted), listed(proposed));
    Control::Many {
        options: choices
            .iter()
            .map(|choice| {
                let is_found = proposed.iter().any(|value| value == choice.value);
                let found = if is_found { FOUND } else { "" };
                Opt::new(choice.value, format!("{}{found}", named(choice)))
            })
            .collect(),
        checked: choices
            .iter()
            .enumerate()
            .filter(|(_, choice)| wanted.iter().any(|value| value == choice.value))
            .map(|(index, _)| index)
            .collect(),
    }
}

fn listed(value: Option<&Value>) -> &[String] {
    match value {
        Some(Value::List(list)) => list,
        _ => &[],
    }
}

/// The label of a choice, and the word that the answers file uses where the label does not begin with it.
pub(super) fn named(choice: &Choice) -> String {
    if choice.label.starts_with(choice.value) {
        choice.label.to_owned()
    } else {
        format!("{}: {}", choice.value, choice.label)
    }
}

/// A few words on the form of the answer.
fn hint(question: &Question) -> String {
    match question.kind {
        Kind::Duration { .. } => "like 800ms, 2s, 5m".to_owned(),
        Kind::Percent => "like 99.9".to_owned(),
        Kind::Date => "like 2026-11-25".to_owned(),
        Kind::Owner => "@name, @org/team or a name".to_owned(),
        Kind::Number { unit, .. } => unit.to_owned(),
        Kind::Texts { .. } => "commas between them".to_owned(),
        _ => String::new(),
    }
}
