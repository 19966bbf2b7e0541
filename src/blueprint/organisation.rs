//! What it owns, what it gave away, who calls it, what it tells others, who decides.

use serde::Serialize;

use super::arithmetic::{Finding, Severity};
use super::conflict::Conflict;
use super::entities::Model;
use super::{names, user_text};
use crate::answers::{Answers, Item, Value};
use crate::question::{ItemSchema, Question, catalog, parse_duration_ms};
use crate::skeleton::Text;

/// Something that nobody else provides.
#[derive(Debug, Clone, Serialize)]
pub struct Capability {
    /// What, in the person's words.
    pub what: Text,
    /// Labels of the entities that realise it.
    pub entities: Vec<String>,
}

/// Something that is explicitly not its job.
#[derive(Debug, Clone, Serialize)]
pub struct Boundary {
    /// What, in the person's words.
    pub what: Text,
    /// Whose it is, if anybody said.
    pub whose: Option<Text>,
    /// Words, in snake case, that no table, route or module may carry.
    pub words: Vec<String>,
}

/// Somebody who calls it.
#[derive(Debug, Clone, Serialize)]
pub struct Caller {
    /// Who, in the person's words.
    pub name: Text,
    /// The path of the item in the answers.
    pub path: String,
    /// Requests per second.
    pub rate: Option<u64>,
    /// How long it waits for one answer, in milliseconds.
    pub timeout_ms: Option<u64>,
    /// How often it tries in all.
    pub attempts: Option<u64>,
    /// It may change things, not only read them.
    pub writes: bool,
}

impl Caller {
    /// The most requests per second that it sends: at its peak, while every attempt fails but the last.
    pub(super) fn limit(&self) -> Option<u64> {
        let attempts = self.attempts.unwrap_or(1);
        self.rate.map(|rate| rate.saturating_mul(attempts))
    }
}

/// Something published or consumed.
#[derive(Debug, Clone, Serialize)]
pub struct Event {
    /// Its name, in the person's words.
    pub name: Text,
    /// Published, else consumed.
    pub published: bool,
}

/// Who owns which decision.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Owners {
    /// The database.
    pub database: Option<Text>,
    /// The schema.
    pub schema: Option<Text>,
    /// Caching.
    pub caching: Option<Text>,
    /// The error handling.
    pub errors: Option<Text>,
}

impl Owners {
    /// Whether anybody owns anything.
    pub fn any(&self) -> bool {
        [&self.database, &self.schema, &self.caching, &self.errors]
            .into_iter()
            .any(Option::is_some)
    }
}

/// Reads the parts of one item.
pub(super) struct Parts<'a> {
    answers: &'a Answers,
    schema: &'static ItemSchema,
    pub(super) item: &'a Item,
}

impl Parts<'_> {
    fn value(&self, key: &str) -> Option<Value> {
        self.answers.part(
            self.item,
            self.schema.parts.iter().find(|part| part.id == key)?,
        )
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        match self.value(key)? {
            Value::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    pub(super) fn number(&self, key: &str) -> Option<u64> {
        match self.value(key)? {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn milliseconds(&self, key: &str) -> Option<u64> {
        parse_duration_ms(&self.text(key)?)
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        matches!(self.value(key), Some(Value::Flag(true)))
    }

    fn list(&self, key: &str) -> Vec<String> {
        match self.value(key) {
            Some(Value::List(list)) => list,
            _ => Vec::new(),
        }
    }
}

/// Every item of a question, with access to its parts.
pub(super) fn each<T>(
    answers: &Answers,
    id: &str,
    mut make: impl FnMut(&Parts<'_>) -> T,
) -> Vec<T> {
    let Some(question) = catalog::question(id) else {
        return Vec::new();
    };
    let (Some(schema), Some(Value::Items(items))) =
        (Question::items(question), answers.value(question))
    else {
        return Vec::new();
    };
    items
        .iter()
        .map(|item| {
            make(&Parts {
                answers,
                schema,
                item,
            })
        })
        .collect()
}

pub(super) fn capabilities(
    answers: &Answers,
    model: &Model,
    conflicts: &mut Vec<Conflict>,
) -> Vec<Capability> {
    each(answers, "responsibility.owns", |parts| {
        let mut entities = Vec::new();
        for name in parts.list("entities") {
            match model.label(&name) {
                Some(label) => entities.push(label),
                // While entities are still open, a capability may name those to come.
                None if model.entities.is_empty() => {}
                None => conflicts.push(Conflict::at(
                    format!("capability.\"{}\".entities", parts.item.name),
                    format!("there is no entity `{name}`"),
                    match crate::error::did_you_mean(
                        &name,
                        model.entities.iter().map(|entity| entity.name.as_str()),
                    ) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "add the entity, or take the name out".to_owned(),
                    },
                )),
            }
        }
        Capability {
            what: Text::new(&parts.item.name),
            entities,
        }
    })
}

/// Entities of ours that no capability names, where any names some: data without a purpose, or a purpose nobody wrote down.
pub(super) fn unserved(capabilities: &[Capability], model: &Model) -> Vec<Finding> {
    let is_served = |label: &String| {
        capabilities
            .iter()
            .any(|capability| capability.entities.contains(label))
    };
    if capabilities
        .iter()
        .all(|capability| capability.entities.is_empty())
    {
        return Vec::new();
    }
    model
        .entities
        .iter()
        .filter(|entity| !is_served(&entity.label))
        .map(|entity| Finding {
            code: "entity-without-capability",
            answers: vec![
                format!("entity.{}", crate::answers::path_segment(&entity.name)),
                "responsibility.owns".to_owned(),
            ],
            message: format!("no capability is realised by `{}`", entity.name),
            fix: "name it in a capability, or say with `of` whose entity it is".to_owned(),
            severity: Severity::Risky,
        })
        .collect()
}

pub(super) fn boundaries(
    answers: &Answers,
    model: &Model,
    conflicts: &mut Vec<Conflict>,
) -> Vec<Boundary> {
    each(answers, "responsibility.not-its-job", |parts| {
        let words: Vec<String> = parts
            .list("names")
            .iter()
            .map(|word| names::snake(word))
            .filter(|word| !word.is_empty())
            .collect();
        for entity in &model.entities {
            let own = [&entity.module, &entity.plural];
            if let Some(word) = words
                .iter()
                .find(|word| own.iter().any(|name| carries(name, word)))
            {
                conflicts.push(
                    Conflict::at(
                        format!("boundary.\"{}\".names", parts.item.name),
                        format!(
                            "`{word}` is not its job, yet `{}` is an entity of its own",
                            entity.name
                        ),
                        "take the word out of the boundary, or say with `of` whose entity it is",
                    )
                    .and(format!("entity.{}", entity.name)),
                );
            }
        }
        Boundary {
            what: Text::new(&parts.item.name),
            whose: parts.text("whose").map(Text::new),
            words,
        }
    })
}

/// Whether a name in snake case has a word, or its plural, among its words. The generated boundary test follows the same rule.
fn carries(name: &str, word: &str) -> bool {
    let plural = names::snake(&names::plural(word));
    let padded = format!("_{name}_");
    padded.contains(&format!("_{word}_")) || padded.contains(&format!("_{plural}_"))
}

pub(super) fn callers(answers: &Answers) -> Vec<Caller> {
    each(answers, "responsibility.callers", |parts| Caller {
        name: Text::new(&parts.item.name),
        path: format!("caller.{}", crate::answers::path_segment(&parts.item.name)),
        rate: parts.number("rate"),
        timeout_ms: parts.milliseconds("timeout"),
        attempts: parts.number("attempts"),
        writes: parts.text("may").as_deref() != Some("read"),
    })
}

pub(super) fn events(answers: &Answers) -> Vec<Event> {
    each(answers, "communication.events", |parts| Event {
        name: Text::new(&parts.item.name),
        published: parts.text("direction").as_deref() != Some("consumed"),
    })
}

pub(super) fn owners(answers: &Answers) -> Owners {
    Owners {
        database: user_text(answers, "ownership.database-owner"),
        schema: user_text(answers, "ownership.schema-owner"),
        caching: user_text(answers, "ownership.caching-owner"),
        errors: user_text(answers, "ownership.errors-owner"),
    }
}
