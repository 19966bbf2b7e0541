//! Typed decisions: what the answers mean for the project to be generated.
//!
//! [`Blueprint::draw`] turns answers into everything the skeletons need (names, columns, limits, decision records) and reports every
//! conflict between answers at once. It is a function of its arguments: no IO, no clock, no order of hashing.

mod access;
pub mod arithmetic;
mod columns;
pub mod conflict;
mod deletion;
mod dependencies;
mod enforcement;
mod engine;
mod entities;
mod keys;
mod limits;
pub mod names;
mod organisation;
mod outbox;
mod records;
mod samples;
mod tested;

use std::collections::BTreeMap;

use serde::Serialize;

pub use self::access::{Access, Known};
pub use self::columns::{DefaultFunction, Spelling};
pub use self::conflict::Conflict;
pub use self::dependencies::{Calls, Dependency};
pub use self::enforcement::{Enforcement, Rule};
pub use self::engine::Dialect;
pub use self::entities::{
    DeletionStep, DeletionTest, Entity, EnumValue, Field, Join, Migration, Referenced, Referrer,
    Target, Unique,
};
pub use self::keys::Keys;
pub use self::limits::Limits;
pub use self::organisation::{Boundary, Caller, Capability, Event, Owners};
pub use self::records::{
    Confirmation, Origin, Record, RecordAnswer, RecordEntity, RecordField, RecordOption,
    RecordOwner, record_title,
};
pub use self::tested::Tested;
use crate::answers::{Answers, Value};
use crate::blueprint::arithmetic::Finding;
use crate::blueprint::engine::Engine;
use crate::question::{Kind, catalog};
use crate::skeleton::Text;

/// Where the project is generated, as far as its contents depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// A package of its own.
    Standalone,
    /// A member of a workspace.
    Member,
}

/// Everything the skeletons need.
#[derive(Debug, Clone, Serialize)]
pub struct Blueprint {
    /// The version of kickoff that draws.
    pub kickoff: &'static str,
    /// The service itself.
    pub service: Service,
    /// A package of its own, not a member of a workspace.
    pub standalone: bool,
    /// Set when this is an experiment.
    pub experiment: Option<Experiment>,
    /// What it owns.
    pub capabilities: Vec<Capability>,
    /// What is explicitly not its job.
    pub boundaries: Vec<Boundary>,
    /// Who calls it.
    pub callers: Vec<Caller>,
    /// Who may call it.
    pub access: Access,
    /// Entities it owns, each after those it needs.
    pub entities: Vec<Entity>,
    /// Entities of other services.
    pub referenced: Vec<Referenced>,
    /// Many-to-many relations.
    pub joins: Vec<Join>,
    /// What changes the schema, in order: for a new service one migration for each table.
    pub migrations: Vec<Migration>,
    /// Files below `src/domain`, as identifiers in the order of rustfmt.
    pub domain_modules: Vec<String>,
    /// Files below `src/store` and `src/api`.
    pub store_modules: Vec<String>,
    /// The entity on which the generated tests try what concerns all.
    pub probe: Option<Entity>,
    /// What the generated tests do.
    pub tested: Tested,
    /// Some boundary names words that can be looked for, and tests were chosen to look.
    pub has_boundary_test: bool,
    /// What it calls.
    pub dependencies: Vec<Dependency>,
    /// Which shared parts that needs.
    pub calls: Calls,
    /// Something is kept in the outbox until it has left.
    pub outbox: bool,
    /// What it publishes and consumes.
    pub events: Vec<Event>,
    /// What it allows itself under load.
    pub limits: Limits,
    /// Which operations can be repeated by sending the same key.
    pub keys: Keys,
    /// Which shared parts the entities need.
    pub uses: Uses,
    /// Records are kept in PostgreSQL; otherwise in SQLite.
    pub postgresql: bool,
    /// They were kept in SQLite before; its migrations are kept, and run nowhere.
    pub left_sqlite: bool,
    /// What the engine calls things.
    pub sql: Dialect,
    /// A test holds migrations to what the release before needs: first add, later remove.
    pub expand_contract: bool,
    /// Who owns which decision.
    pub owners: Owners,
    /// What holds the code to the decisions.
    pub enforcement: Enforcement,
    /// What has to hold before something counts as done, by the words of the answers.
    pub done: Vec<String>,
    /// The routes have a document that callers can rely on.
    pub documented: bool,
    /// `madr` or `nygard`.
    pub record_format: String,
    /// Decision records, in the order of their numbers.
    pub records: Vec<Record>,
    /// File name of the record that carries a subject, by the subject's slug.
    pub record_of: BTreeMap<String, String>,
    /// Questions that nobody answered.
    pub open: Vec<OpenQuestion>,
    /// The value in force of every question with a plain answer, by id with `_` for `.` and `-`.
    pub choice: BTreeMap<String, String>,
    /// Arithmetic that cannot work.
    pub findings: Vec<Finding>,
}

/// The service itself.
#[derive(Debug, Clone, Serialize)]
pub struct Service {
    /// The package's name.
    pub name: String,
    /// The crate's name in Rust.
    pub crate_name: String,
    /// The name for a heading.
    pub title: String,
    /// What it is for, if anybody said.
    pub purpose: Option<Text>,
    /// What an hour of being down or wrong costs.
    pub stakes: &'static str,
    /// The day the answers were first given.
    pub created: String,
}

/// An experiment, admitted.
#[derive(Debug, Clone, Serialize)]
pub struct Experiment {
    /// It was declared one; otherwise it is one because core questions are open.
    pub declared: bool,
    /// The last day.
    pub ends_on: String,
    /// What would end it earlier, if anybody said.
    pub ends_when: Option<Text>,
    /// The core questions that are open.
    pub open: Vec<OpenQuestion>,
}

/// A question that nobody answered.
#[derive(Debug, Clone, Serialize)]
pub struct OpenQuestion {
    /// Its id.
    pub id: &'static str,
    /// The question in words.
    pub ask: &'static str,
    /// What goes wrong without an answer.
    pub why: &'static str,
    /// Where its answer stands in `kickoff.toml`: `responsibility.purpose`, `[entity.NAME]`.
    pub place: String,
    /// It asks who decides.
    pub owner: bool,
    /// Left open, the service is an experiment.
    pub core: bool,
    /// The subject of its decision record.
    pub subject: &'static str,
    /// What the person who put it off noted.
    pub note: Option<Text>,
    /// The default in force meanwhile, if there is one.
    pub meanwhile: Option<Text>,
}

/// Which shared parts the entities need.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Uses {
    /// Moments.
    pub instants: bool,
    /// Calendar days.
    pub dates: bool,
    /// Exact decimals.
    pub decimals: bool,
    /// Whole numbers, money among them.
    pub integers: bool,
    /// Bytes.
    pub bytes: bool,
    /// JSON values.
    pub json: bool,
    /// JSON values that have to be there.
    pub required_json: bool,
    /// Personal JSON values that have to be there.
    pub personal_json: bool,
    /// An empty object as a default.
    pub json_defaults: bool,
    /// UUIDs of others.
    pub uuids: bool,
    /// Ids of others that are text.
    pub text_ids: bool,
    /// One of several words.
    pub enums: bool,
    /// Personal data.
    pub personal: bool,
    /// Personal data whose length is limited.
    pub personal_texts: bool,
    /// Personal numbers.
    pub personal_numbers: bool,
    /// Personal bytes.
    pub personal_bytes: bool,
    /// A field whose name Rust keeps for itself.
    pub renamed: bool,
    /// The present day as a default.
    pub today: bool,
    /// A certain day as a default.
    pub fixed_days: bool,
    /// A certain moment as a default.
    pub fixed_moments: bool,
    /// Regular expressions.
    pub patterns: bool,
    /// E-mail addresses.
    pub emails: bool,
    /// URLs.
    pub urls: bool,
    /// Conflicting changes are detected.
    pub versions: bool,
    /// Deleted records are kept.
    pub soft_delete: bool,
    /// References among our own entities.
    pub references: bool,
    /// Unique constraints.
    pub uniques: bool,
    /// A second creation that is not refused.
    pub stored_duplicates: bool,
    /// A deletion that the database itself would not forbid.
    pub forbids: bool,
    /// Filters on lists.
    pub filters: bool,
    /// Rules of our own for texts.
    pub checks: bool,
}

impl Blueprint {
    /// Draws the blueprint of a service.
    ///
    /// # Errors
    /// Every conflict between answers, at once.
    pub fn draw(answers: &Answers, setting: Setting) -> Result<Blueprint, Vec<Conflict>> {
        let mut answers = answers.clone();
        answers.drop_stale();
        let answers = &answers;
        let mut conflicts = Vec::new();

        let engine = Engine::of(answers);
        let model = entities::model(answers, engine, &mut conflicts);
        let capabilities = organisation::capabilities(answers, &model, &mut conflicts);
        let boundaries = organisation::boundaries(answers, &model, &mut conflicts);
        let callers = organisation::callers(answers);
        let has_store = !model.entities.is_empty();
        let mut dependencies = dependencies::dependencies(answers, has_store, &mut conflicts);
        let access = access::access(answers, &callers, &mut conflicts);
        let events = organisation::events(answers);
        let (limits, mut findings) =
            limits::limits(answers, &callers, &dependencies, &mut conflicts);
        findings.extend(organisation::unserved(&capabilities, &model));
        findings.extend(dependencies::without_fallback(&dependencies));
        findings.extend(outbox::without_store(&dependencies));
        findings.extend(outbox::kept_by_nobody(&dependencies));
        // It is called beside requests: their arithmetic has nothing to do with it.
        dependencies.extend(access.dependency(&dependencies, &mut conflicts));
        if !conflicts.is_empty() {
            return Err(conflicts);
        }
        let open: Vec<_> = answers
            .open()
            .into_iter()
            .map(|question| open_question(answers, question.id))
            .collect();
        let experiment = answers.is_experiment().then(|| Experiment {
            declared: text(answers, catalog::REALITY_KIND).as_deref() == Some("experiment"),
            ends_on: text(answers, "reality.ends-on").unwrap_or_default(),
            ends_when: user_text(answers, "reality.ends-when"),
            open: answers
                .open_core()
                .into_iter()
                .map(|question| open_question(answers, question.id))
                .collect(),
        });
        let owners = organisation::owners(answers);
        let keys = keys::keys(answers, &model);
        let mut migrations = model.migrations();
        migrations.extend(keys.migration(migrations.len()));
        let calls = Calls::of(answers, &dependencies);
        migrations.extend(outbox::migration(calls.queues, migrations.len()));
        let enforcement = enforcement::enforcement(answers, &model, !dependencies.is_empty());
        let has_boundary_test =
            enforcement.tests && boundaries.iter().any(|boundary| !boundary.words.is_empty());
        let schema_changes = text(answers, "ownership.schema-changes");
        let expand_contract =
            !model.entities.is_empty() && schema_changes.as_deref() == Some("expand-contract");
        let done = list(answers, "done.items");
        let records = records::records(
            answers,
            &records::Facts {
                limits: &limits,
                entities: &model.entities,
                keys_are_tested: keys.creates && model.probe().is_some(),
                has_boundary_test,
                enforcement: &enforcement,
                is_measured: done.iter().any(|item| item == "performance-check"),
                has_workflow: setting == Setting::Standalone
                    && done.iter().any(|item| item == "ci"),
                calls_others: !dependencies.is_empty(),
                queues: calls.queues,
                knows_callers: access.checked,
                expand_contract,
            },
        );
        let record_of = files_by_subject(&records);
        Ok(Blueprint {
            kickoff: env!("CARGO_PKG_VERSION"),
            service: Service {
                name: answers.name.clone(),
                crate_name: answers.name.replace('-', "_"),
                title: names::title(&answers.name),
                purpose: user_text(answers, "responsibility.purpose"),
                stakes: answers.stakes().key(),
                created: answers.created.clone(),
            },
            standalone: setting == Setting::Standalone,
            experiment,
            capabilities,
            has_boundary_test,
            boundaries,
            callers,
            access,
            migrations,
            domain_modules: model.domain_modules(),
            store_modules: model.store_modules(),
            tested: tested::tested(&model.entities, &model.joins, model.probe().is_some()),
            probe: model.probe(),
            uses: model.uses(),
            postgresql: engine == Engine::Postgresql,
            left_sqlite: false,
            sql: engine.dialect(),
            expand_contract,
            documented: !model.entities.is_empty()
                && done.iter().any(|item| item == "documentation"),
            entities: model.entities,
            referenced: model.referenced,
            joins: model.joins,
            outbox: calls.queues,
            calls,
            dependencies,
            events,
            limits,
            keys,
            owners,
            enforcement,
            done,
            record_format: text(answers, "ownership.record-format")
                .unwrap_or_else(|| "madr".to_owned()),
            records,
            record_of,
            open,
            choice: choices(answers),
            findings,
        })
    }

    /// Gives each record another number, by its subject, and lists them in the order of their numbers.
    pub fn number_records(&mut self, mut number: impl FnMut(&str) -> usize) {
        for record in &mut self.records {
            record.set_number(number(record.subject));
        }
        self.records.sort_by_key(|record| record.number);
        self.record_of = files_by_subject(&self.records);
    }

    /// How many values in force nobody chose.
    pub fn defaults_in_force(&self) -> usize {
        let answers = self.records.iter().flat_map(|record| &record.answers);
        answers
            .filter(|answer| answer.origin == Origin::Default && answer.value.is_some())
            .count()
    }
}

/// The file of the record that carries a subject.
fn files_by_subject(records: &[Record]) -> BTreeMap<String, String> {
    let pairs = records.iter().flat_map(|record| {
        let subjects = record.subjects.iter();
        subjects.map(|subject| (subject.clone(), record.file.clone()))
    });
    pairs.collect()
}

fn open_question(answers: &Answers, id: &str) -> OpenQuestion {
    let question = catalog::question(id).expect("ids of open questions come from the catalog");
    OpenQuestion {
        id: question.id,
        ask: question.ask,
        why: question.why,
        place: match question.items() {
            Some(schema) => format!("[{}.NAME]", schema.table),
            None => question.id.to_owned(),
        },
        owner: question.kind == Kind::Owner,
        core: question.core,
        subject: question.record,
        note: match answers.entry(id) {
            Some(crate::answers::Answer::Open { note }) if !note.is_empty() => {
                Some(Text::new(note))
            }
            _ => None,
        },
        meanwhile: answers
            .default_value(question)
            .map(|value| Text::new(records::display(question, &value))),
    }
}

/// The plain values in force, for templates.
fn choices(answers: &Answers) -> BTreeMap<String, String> {
    catalog::questions()
        .iter()
        .filter(|question| {
            matches!(
                question.kind,
                Kind::Choice { .. }
                    | Kind::Number { .. }
                    | Kind::Duration { .. }
                    | Kind::Percent
                    | Kind::Flag
            )
        })
        .filter_map(|question| {
            Some((
                question.id.replace(['.', '-'], "_"),
                crate::question::canonical_text(&answers.value(question)?),
            ))
        })
        .collect()
}

/// The text in force of a question.
pub(crate) fn text(answers: &Answers, id: &str) -> Option<String> {
    match answers.value(catalog::question(id)?)? {
        Value::Text(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// The text in force of a question, as a person's words.
pub(crate) fn user_text(answers: &Answers, id: &str) -> Option<Text> {
    text(answers, id).map(Text::new)
}

/// The list in force of a question.
fn list(answers: &Answers, id: &str) -> Vec<String> {
    match catalog::question(id).and_then(|question| answers.value(question)) {
        Some(Value::List(list)) => list,
        _ => Vec::new(),
    }
}

/// The number in force of a question.
pub(crate) fn number(answers: &Answers, id: &str) -> Option<u64> {
    match answers.value(catalog::question(id)?)? {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// The duration in force of a question, in milliseconds.
pub(crate) fn milliseconds(answers: &Answers, id: &str) -> Option<u64> {
    crate::question::parse_duration_ms(&text(answers, id)?)
}
