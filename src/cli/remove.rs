//! `cargo kickoff remove`.

use super::Session;
use super::change::{change, find, items, list};
use super::project::Which;
use super::update::How;
use crate::answers::{Answers, Value};
use crate::error::{Error, Result};

/// Remove from the answers, and bring the project there.
///
/// What is stored goes only with --allow-destructive; without it the steps are listed that lead there safely.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// An entity.
    Entity(Item),
    /// A field, or a relation.
    #[command(visible_alias = "relation")]
    Field {
        /// The entity.
        entity: String,
        /// The name of the field.
        name: String,
        #[command(flatten)]
        rest: Rest,
    },
    /// A service that this one calls.
    Dependency(Item),
    /// An event.
    Event(Item),
}

#[derive(Debug, clap::Args)]
struct Item {
    /// Its name.
    name: String,
    #[command(flatten)]
    rest: Rest,
}

#[derive(Debug, clap::Args)]
struct Rest {
    #[command(flatten)]
    which: Which,

    #[command(flatten)]
    how: How,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let rest = match &args.what {
        What::Entity(item) | What::Dependency(item) | What::Event(item) => &item.rest,
        What::Field { rest, .. } => rest,
    };
    let project = rest.which.load(session)?;
    let mut answers = project.answers.clone();
    match &args.what {
        What::Entity(item) => remove(&mut answers, "data.entities", "entity", &item.name)?,
        What::Dependency(item) => {
            remove(&mut answers, "load.dependencies", "dependency", &item.name)?;
        }
        What::Event(item) => remove(&mut answers, "communication.events", "event", &item.name)?,
        What::Field { entity, name, .. } => remove_field(&mut answers, entity, name)?,
    }
    change(&project, &answers, &rest.how, session)
}

fn remove(answers: &mut Answers, id: &str, kind: &str, name: &str) -> Result<()> {
    let mut all = items(answers, list(id));
    let at = find(&all, kind, name)?;
    all.remove(at);
    answers.give(list(id), Value::Items(all));
    Ok(())
}

fn remove_field(answers: &mut Answers, entity: &str, name: &str) -> Result<()> {
    let entities = list("data.entities");
    let mut all = items(answers, entities);
    let at = find(&all, "entity", entity)?;
    let fields = all[at].parts.get_mut("fields");
    let Some(Value::Fields(fields)) = fields else {
        return Err(Error::usage(format!("`{entity}` has no fields")));
    };
    let before = fields.len();
    fields.retain(|field| field.name != name);
    if fields.len() == before {
        let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
        return Err(Error::usage(format!("`{entity}` has no field `{name}`"))
            .hint(format!("it has: {}", names.join(", "))));
    }
    answers.give(entities, Value::Items(all));
    Ok(())
}
