//! `cargo kickoff add`.

use super::Session;
use super::change::{change, find, items, list, set};
use super::project::Which;
use super::update::How;
use crate::answers::{Answers, path_segment};
use crate::error::{Error, Result};

/// Add to the answers, and bring the project there.
///
/// `kickoff.toml` keeps its comments. What is added goes through the same update as any other change of answers.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// An entity: `add entity Coupon --field "code: string(20) unique"`.
    Entity {
        /// Its name, in the singular.
        name: String,
        /// What it is, in one sentence.
        #[arg(long, value_name = "TEXT")]
        about: Option<String>,
        /// A field, as `NAME: TYPE`. Can be repeated.
        #[arg(long = "field", value_name = "FIELD")]
        fields: Vec<String>,
        #[command(flatten)]
        rest: Rest,
    },
    /// A field: `add field Order note "text(500)?" --empty "nothing to say"`.
    Field {
        /// The entity.
        entity: String,
        /// The name of the field.
        name: String,
        /// Its type, as in `kickoff.toml`.
        notation: String,
        /// What it means when it is empty.
        #[arg(long, value_name = "TEXT")]
        empty: Option<String>,
        #[command(flatten)]
        rest: Rest,
    },
    /// A relation: `add relation Order coupon Coupon --optional`.
    Relation {
        /// The entity that refers.
        entity: String,
        /// The name of the field.
        name: String,
        /// The entity that is referred to.
        target: String,
        /// It may be empty.
        #[arg(long)]
        optional: bool,
        #[command(flatten)]
        rest: Rest,
    },
    /// A service that this one calls: `add dependency rates --set timeout=300ms`.
    Dependency {
        /// Its name.
        name: String,
        #[command(flatten)]
        rest: Rest,
    },
    /// An event: `add event order-placed`.
    Event {
        /// Its name.
        name: String,
        #[command(flatten)]
        rest: Rest,
    },
}

#[derive(Debug, clap::Args)]
struct Rest {
    /// Answer more about it, as `PART=VALUE`. Can be repeated.
    #[arg(long = "set", value_name = "PART=VALUE")]
    set: Vec<String>,

    #[command(flatten)]
    which: Which,

    #[command(flatten)]
    how: How,
}

impl What {
    fn rest(&self) -> &Rest {
        match self {
            What::Entity { rest, .. }
            | What::Field { rest, .. }
            | What::Relation { rest, .. }
            | What::Dependency { rest, .. }
            | What::Event { rest, .. } => rest,
        }
    }
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let rest = args.what.rest();
    let project = rest.which.load(session)?;
    let mut answers = project.answers.clone();
    let path = add(&args.what, &mut answers)?;
    for assignment in &rest.set {
        let (part, value) = assignment
            .split_once('=')
            .ok_or_else(|| Error::usage(format!("`--set {assignment}`: write `PART=VALUE`")))?;
        set(&mut answers, &format!("{path}.{part}"), value)?;
    }
    change(&project, &answers, &rest.how, session)
}

/// Adds to the answers; the path of what was added.
fn add(what: &What, answers: &mut Answers) -> Result<String> {
    match what {
        What::Entity {
            name,
            about,
            fields,
            ..
        } => {
            let path = item(answers, "data.entities", "entity", name)?;
            if let Some(about) = about {
                set(answers, &format!("{path}.about"), about)?;
            }
            for field in fields {
                let (field, notation) = field.split_once(':').ok_or_else(|| {
                    Error::usage(format!("`--field {field}`: write `NAME: TYPE`"))
                })?;
                let field = path_segment(field.trim());
                set(answers, &format!("{path}.fields.{field}"), notation.trim())?;
            }
            Ok(path)
        }
        What::Field {
            entity,
            name,
            notation,
            empty,
            ..
        } => field(answers, entity, name, notation, empty.as_deref()),
        What::Relation {
            entity,
            name,
            target,
            optional,
            ..
        } => {
            let mark = if *optional { "?" } else { "" };
            field(answers, entity, name, &format!("-> {target}{mark}"), None)
        }
        What::Dependency { name, .. } => item(answers, "load.dependencies", "dependency", name),
        What::Event { name, .. } => item(answers, "communication.events", "event", name),
    }
}

/// Adds a named item that is not there yet.
fn item(answers: &mut Answers, id: &str, kind: &str, name: &str) -> Result<String> {
    if items(answers, list(id))
        .iter()
        .any(|item| item.name == name)
    {
        return Err(
            Error::usage(format!("{kind} `{name}` is there already")).hint(
                "change it in `kickoff.toml`; generated code follows with `cargo kickoff update`",
            ),
        );
    }
    let path = format!("{kind}.{}", path_segment(name));
    set(answers, &path, "")?;
    Ok(path)
}

fn field(
    answers: &mut Answers,
    entity: &str,
    name: &str,
    notation: &str,
    empty: Option<&str>,
) -> Result<String> {
    let known = items(answers, list("data.entities"));
    find(&known, "entity", entity)?;
    let path = format!(
        "entity.{}.fields.{}",
        path_segment(entity),
        path_segment(name)
    );
    let is_there = crate::answers::path::get(answers, &path)
        .map_err(Error::usage)?
        .is_some();
    if is_there {
        return Err(
            Error::usage(format!("`{entity}` has a field `{name}` already")).hint(
                "change it in `kickoff.toml`; generated code follows with `cargo kickoff update`",
            ),
        );
    }
    set(answers, &path, notation)?;
    if let Some(empty) = empty {
        set(answers, &format!("{path}.empty"), empty)?;
    }
    Ok(path)
}
