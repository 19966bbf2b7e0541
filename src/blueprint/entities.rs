//! Entities, their columns and relations, named for Rust, SQL and HTTP.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::columns::{self, Spelling};
use super::conflict::Conflict;
use super::samples::{self, Samples};
use super::{Uses, deletion, names};
use crate::answers::{Answers, Item, Value};
use crate::notation::{self, FieldAnswer, FieldKind, OnDelete};
use crate::question::{Question, catalog};
use crate::skeleton::Text;

/// An entity that this service owns.
#[derive(Debug, Clone, Serialize)]
pub struct Entity {
    /// The name as given.
    pub name: String,
    /// The Rust type: `OrderLine`.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The file of one: `order_line`.
    pub module: String,
    /// `module` as an identifier: `r#match`.
    pub module_ident: String,
    /// The file of several, and the table's bare name: `order_lines`.
    pub plural: String,
    /// `plural` as an identifier.
    pub plural_ident: String,
    /// The table, quoted where SQL needs it.
    pub table: String,
    /// The path segment: `order-lines`.
    pub route: String,
    /// In prose: `order line`.
    pub label: String,
    /// Several in prose: `order lines`.
    pub labels: String,
    /// With its article: `an order line`.
    pub a_label: String,
    /// What it is, in the person's words.
    pub about: Option<Text>,
    /// Columns, relations to one among them.
    pub fields: Vec<Field>,
    /// What makes two records the same.
    pub uniques: Vec<Unique>,
    /// `reject`, `return-existing` or `update`.
    pub duplicates: String,
    /// Conflicting changes are detected.
    pub versioned: bool,
    /// Deleted records are kept.
    pub soft: bool,
    /// There is a delete route.
    pub deletable: bool,
    /// Columns elsewhere that refer to this.
    pub referrers: Vec<Referrer>,
    /// The number of its migration, four digits.
    pub number: String,
    /// Which shared parts it needs.
    pub uses: Uses,
    /// What it refers to, each once, in the order of imports.
    pub targets: Vec<Target>,
    /// What else happens when a record is deleted, in order; empty where the database does it.
    pub deletion: Vec<DeletionStep>,
    /// The generated tests can make any number of records that differ in what is unique.
    pub varied: bool,
    /// Creating one creates others of the same kind.
    pub listed_beside: bool,
    /// Modules of entities that its tests use, as identifiers.
    pub test_modules: Vec<String>,
    /// What deleting one does to those that refer to it.
    pub deletion_tests: Vec<DeletionTest>,
}

/// A test of what deleting a record does to one that refers to it.
#[derive(Debug, Clone, Serialize)]
pub struct DeletionTest {
    /// The test's name.
    pub name: String,
    /// The referring entity's module, as an identifier.
    pub module: String,
    /// The referring field.
    pub field: String,
    /// `restrict`, `cascade` or `clear`.
    pub on_delete: &'static str,
}

/// A table and its migration.
#[derive(Debug, Clone, Serialize)]
pub struct TableName {
    /// The migration's number, four digits.
    pub number: String,
    /// The bare table.
    pub plural: String,
    /// In prose.
    pub label: String,
}

/// One statement that runs when a record is deleted but stays in its table.
#[derive(Debug, Clone, Serialize)]
pub struct DeletionStep {
    /// The constant.
    pub constant: String,
    /// The statement, lines after the first without indentation.
    pub sql: String,
    /// The statement finds what forbids the deletion; otherwise it changes rows.
    pub forbids: bool,
    /// The statement takes the present time as `$2`.
    pub timed: bool,
}

/// A column of an entity.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    /// The name as given.
    pub given: String,
    /// In JSON, and the bare column: `customer_id`.
    pub name: String,
    /// In Rust: `r#type`.
    pub rust: String,
    /// In SQL, quoted where needed.
    pub column: String,
    /// In prose.
    pub label: String,
    /// `string`, `text`, `int`, `decimal`, `money`, `bool`, `instant`, `date`, `uuid`, `email`, `url`, `json`, `bytes`, `enum`, `reference`.
    pub kind: &'static str,
    /// May be empty.
    pub optional: bool,
    /// No two records share it.
    pub unique: bool,
    /// Never printed.
    pub personal: bool,
    /// What empty means, in the person's words.
    pub meaning: Option<Text>,
    /// The default on creation, in canonical text.
    pub default: Option<String>,
    /// Smallest value or length.
    pub min: Option<i64>,
    /// Largest value or length.
    pub max: Option<i64>,
    /// Digits behind the point.
    pub scale: Option<u8>,
    /// The currency of money.
    pub currency: Option<String>,
    /// A regular expression for the whole value.
    pub pattern: Option<Text>,
    /// The words of an enum.
    pub values: Vec<EnumValue>,
    /// The Rust type of an enum.
    pub enum_type: Option<String>,
    /// What a reference refers to.
    pub target: Option<Target>,
    /// An index carries it, so that lists can be filtered by it.
    pub filter: bool,
    /// Its sample differs from record to record.
    pub counted: bool,
    /// It refers to its own entity.
    pub refers_to_itself: bool,
    /// It refers to an entity of ours.
    pub refers_to_ours: bool,
    /// The generated tests can filter by it.
    pub narrows: bool,
    /// Values for the generated tests, as JSON.
    pub samples: Samples,
    /// As generated code spells it.
    #[serde(flatten)]
    pub spelling: Spelling,
}

/// A word of an enum.
#[derive(Debug, Clone, Serialize)]
pub struct EnumValue {
    /// As given.
    pub word: String,
    /// In Rust.
    pub variant: String,
    /// The word is its variant in snake case.
    pub snake: bool,
}

/// What a reference refers to.
#[derive(Debug, Clone, Serialize)]
pub struct Target {
    /// The Rust type of the target.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The target's module as an identifier.
    pub module_ident: String,
    /// Its table, quoted where needed; empty when another service owns it.
    pub table: String,
    /// Its table's bare name.
    pub plural: String,
    /// Its path segment.
    pub route: String,
    /// In prose.
    pub label: String,
    /// Another service owns it.
    pub foreign: bool,
    /// The foreign id is text.
    pub text_id: bool,
    /// It is the entity itself.
    pub itself: bool,
    /// Deleted targets stay in their table.
    pub soft: bool,
    /// `restrict`, `cascade` or `clear`.
    pub on_delete: &'static str,
}

/// A set of columns that no two records share.
#[derive(Debug, Clone, Serialize)]
pub struct Unique {
    /// The index's name.
    pub index: String,
    /// Names in JSON.
    pub fields: Vec<String>,
    /// Columns, quoted where needed.
    pub columns: Vec<String>,
    /// The one that decides what to return or update when a record exists already.
    pub primary: bool,
}

/// A column elsewhere that refers to an entity.
#[derive(Debug, Clone, Serialize)]
pub struct Referrer {
    /// The referring entity's type.
    #[serde(rename = "type")]
    pub type_name: String,
    /// Its module as an identifier.
    pub module_ident: String,
    /// Its table, quoted where needed.
    pub table: String,
    /// Its bare table name.
    pub plural: String,
    /// The column, quoted where needed.
    pub column: String,
    /// The column's bare name.
    pub field: String,
    /// In prose, several.
    pub labels: String,
    /// `restrict`, `cascade` or `clear`.
    pub on_delete: &'static str,
    /// Deleted referrers stay in their table.
    pub soft: bool,
    /// A join table rather than an entity.
    pub join: bool,
}

/// A many-to-many relation.
#[derive(Debug, Clone, Serialize)]
pub struct Join {
    /// The file and bare table: `order_tags`.
    pub module: String,
    /// `module` as an identifier.
    pub module_ident: String,
    /// The table, quoted where needed.
    pub table: String,
    /// The path segment behind the owner's id: `tags`.
    pub route: String,
    /// In prose.
    pub label: String,
    /// The field as given.
    pub field: String,
    /// The side that names the relation.
    pub left: JoinSide,
    /// The other side.
    pub right: JoinSide,
    /// The number of its migration, four digits.
    pub number: String,
}

/// One side of a many-to-many relation.
#[derive(Debug, Clone, Serialize)]
pub struct JoinSide {
    /// The entity as given.
    pub name: String,
    /// The entity's Rust type.
    #[serde(rename = "type")]
    pub type_name: String,
    /// Its module as an identifier.
    pub module_ident: String,
    /// The file of several, as an identifier.
    pub plural_ident: String,
    /// The file of several.
    pub plural: String,
    /// Its table, quoted where needed.
    pub table: String,
    /// Its path segment.
    pub route: String,
    /// In prose.
    pub label: String,
    /// Several in prose.
    pub labels: String,
    /// The column of the join table.
    pub column: String,
    /// The generated tests can make any number of records.
    pub varied: bool,
    /// Deleted records stay in their table.
    pub soft: bool,
    /// There is a delete route.
    pub deletable: bool,
}

/// An entity that another service owns.
#[derive(Debug, Clone, Serialize)]
pub struct Referenced {
    /// The name as given.
    pub name: String,
    /// The Rust type.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The file and module of its id type.
    pub module: String,
    /// `module` as an identifier.
    pub module_ident: String,
    /// In prose.
    pub label: String,
    /// What it is, in the person's words.
    pub about: Option<Text>,
    /// The service that owns it, in the person's words.
    pub of: Text,
    /// Its ids are text, not UUIDs.
    pub text_id: bool,
}

/// All entities and relations.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) entities: Vec<Entity>,
    pub(super) referenced: Vec<Referenced>,
    pub(super) joins: Vec<Join>,
}

impl Model {
    /// The label of the entity that was given this name.
    pub(super) fn label(&self, name: &str) -> Option<String> {
        let wanted = names::snake(name);
        let own = self
            .entities
            .iter()
            .find(|entity| entity.module == wanted || entity.name == name)
            .map(|entity| entity.label.clone());
        own.or_else(|| {
            self.referenced
                .iter()
                .find(|entity| entity.name == name)
                .map(|entity| entity.label.clone())
        })
    }

    /// Every table in the order of its migration.
    pub(super) fn tables(&self) -> Vec<TableName> {
        let entities = self.entities.iter().map(|entity| TableName {
            number: entity.number.clone(),
            plural: entity.plural.clone(),
            label: entity.labels.clone(),
        });
        let joins = self.joins.iter().map(|join| TableName {
            number: join.number.clone(),
            plural: join.module.clone(),
            label: join.module.replace('_', " "),
        });
        entities.chain(joins).collect()
    }

    /// Files below `src/store` and `src/api`.
    pub(super) fn store_modules(&self) -> Vec<String> {
        sorted(
            self.entities
                .iter()
                .map(|entity| &entity.module_ident)
                .chain(self.joins.iter().map(|join| &join.module_ident)),
        )
    }

    /// Files below `src/domain`.
    pub(super) fn domain_modules(&self) -> Vec<String> {
        let referenced = self
            .referenced
            .iter()
            .filter(|entity| !entity.text_id)
            .map(|entity| &entity.module_ident);
        sorted(
            self.entities
                .iter()
                .map(|entity| &entity.module_ident)
                .chain(referenced),
        )
    }

    /// The entity on which the generated tests try what concerns all: one that needs no other.
    pub(super) fn probe(&self) -> Option<Entity> {
        let needs_none = |entity: &&Entity| {
            entity.fields.iter().all(|field| {
                field.optional || field.target.as_ref().is_none_or(|target| target.foreign)
            })
        };
        self.entities
            .iter()
            .find(|entity| entity.varied && entity.duplicates == "reject" && needs_none(entity))
            .cloned()
            .or_else(|| {
                self.entities
                    .iter()
                    .find(|entity| entity.varied && needs_none(entity))
                    .cloned()
            })
    }

    pub(super) fn uses(&self) -> Uses {
        let mut uses = uses_of(self.entities.iter());
        uses.text_ids = self.referenced.iter().any(|entity| entity.text_id);
        uses.references |= !self.joins.is_empty();
        uses
    }
}

/// Modules in the order in which rustfmt keeps their declarations.
fn sorted<'a>(modules: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut modules: Vec<String> = modules.cloned().collect();
    modules.sort_by(|a, b| names::module_sort_key(a).cmp(names::module_sort_key(b)));
    modules
}

/// Which shared parts some entities need.
fn uses_of<'a>(entities: impl Iterator<Item = &'a Entity> + Clone) -> Uses {
    let fields = || entities.clone().flat_map(|entity| &entity.fields);
    let has = |kinds: &[&str]| fields().any(|field| kinds.contains(&field.kind));
    let personal =
        |kinds: &[&str]| fields().any(|field| field.personal && kinds.contains(&field.kind));
    let default = |kind: &str, present: &str, is_present: bool| {
        fields()
            .filter(|field| field.kind == kind)
            .filter_map(|field| field.default.as_deref())
            .any(|default| (default == present) == is_present)
    };
    Uses {
        instants: has(&["instant"]),
        dates: has(&["date"]),
        decimals: has(&["decimal"]),
        integers: has(&["int", "money"]),
        bytes: has(&["bytes"]),
        json: has(&["json"]),
        required_json: fields().any(|field| field.kind == "json" && !field.optional),
        personal_json: fields()
            .any(|field| field.kind == "json" && !field.optional && field.personal),
        json_defaults: default("json", "{}", true),
        uuids: has(&["uuid"]),
        text_ids: false,
        enums: has(&["enum"]),
        personal: fields().any(|field| field.personal),
        personal_texts: personal(&["string", "text"]),
        personal_numbers: personal(&["int", "money", "decimal"]),
        personal_bytes: personal(&["bytes"]),
        renamed: fields().any(|field| field.rust.ends_with('_')),
        today: default("date", "today", true),
        fixed_days: default("date", "today", false),
        fixed_moments: default("instant", "now", false),
        patterns: fields().any(|field| field.pattern.is_some()),
        emails: has(&["email"]),
        urls: has(&["url"]),
        versions: entities.clone().any(|entity| entity.versioned),
        soft_delete: entities.clone().any(|entity| entity.soft),
        references: fields()
            .any(|field| field.target.as_ref().is_some_and(|target| !target.foreign)),
        uniques: entities.clone().any(|entity| !entity.uniques.is_empty()),
        stored_duplicates: entities.clone().any(|entity| entity.duplicates != "reject"),
        forbids: entities
            .clone()
            .any(|entity| entity.deletion.iter().any(|step| step.forbids)),
        filters: fields().any(|field| field.filter),
        checks: fields().any(|field| field.spelling.checked),
    }
}

/// An entity as answered, before names of others are known.
struct Draft<'a> {
    item: &'a Item,
    fields: Vec<(notation::Field, &'a FieldAnswer)>,
    of: Option<String>,
}

/// Builds the model; conflicts are added to the list.
pub(super) fn model(answers: &Answers, conflicts: &mut Vec<Conflict>) -> Model {
    let Some(Value::Items(items)) =
        catalog::question("data.entities").and_then(|question| answers.value(question))
    else {
        return Model::default();
    };
    let parts = catalog::question("data.entities")
        .and_then(Question::items)
        .map_or(&[][..], |schema| schema.parts);
    let drafts: Vec<Draft<'_>> = items
        .iter()
        .map(|item| draft(answers, parts, item, conflicts))
        .collect();
    if !conflicts.is_empty() {
        return Model::default();
    }
    let service_wide = |id: &str| super::text(answers, id).unwrap_or_default();
    let mut model = Model::default();
    for draft in drafts.iter().filter(|draft| draft.of.is_some()) {
        model.referenced.push(referenced(answers, parts, draft));
    }
    let mut own: Vec<Entity> = Vec::new();
    for draft in drafts.iter().filter(|draft| draft.of.is_none()) {
        own.push(shell_of(answers, parts, draft, &service_wide));
    }
    let index: BTreeMap<String, usize> = own
        .iter()
        .enumerate()
        .map(|(at, entity)| (entity.name.to_lowercase(), at))
        .collect();
    let own_drafts: Vec<&Draft<'_>> = drafts.iter().filter(|draft| draft.of.is_none()).collect();
    for (at, draft) in own_drafts.iter().enumerate() {
        let (fields, joins) = columns(&own, &model.referenced, &index, at, draft, conflicts);
        own[at].uniques = uniques(answers, parts, draft, &own[at], &fields, conflicts);
        own[at].fields = fields;
        let kinds: BTreeMap<String, &FieldKind> = draft
            .fields
            .iter()
            .map(|(field, _)| (names::snake(&field.name), &field.kind))
            .collect();
        own[at].varied = samples::fill(&mut own[at], &kinds);
        model.joins.extend(joins);
    }
    for entity in &own {
        if entity.duplicates != "reject" && entity.uniques.is_empty() {
            let own_answer = items
                .iter()
                .any(|item| item.name == entity.name && item.parts.contains_key("duplicates"));
            // The service-wide rule says nothing about an entity that nothing makes the same.
            if own_answer {
                conflicts.push(Conflict::at(
                    format!("entity.{}.duplicates", entity.name),
                    "nothing makes two records the same",
                    "mark a field `unique`, or name fields in `same-when`",
                ));
            }
        }
    }
    for entity in &mut own {
        if entity.uniques.is_empty() {
            "reject".clone_into(&mut entity.duplicates);
        }
    }
    samples::spread(&mut own);
    for join in &mut model.joins {
        for side in [&mut join.left, &mut join.right] {
            let of = own.iter().find(|entity| entity.type_name == side.type_name);
            side.varied = of.is_some_and(|entity| entity.varied);
        }
    }
    add_referrers(&mut own, &model.joins);
    let steps: Vec<_> = own
        .iter()
        .map(|entity| deletion::steps(entity, &own))
        .collect();
    for (entity, steps) in own.iter_mut().zip(steps) {
        entity.deletion = steps;
        entity.uses = uses_of(std::iter::once(&*entity));
        entity.targets = targets(entity);
        entity.deletion_tests = deletion::tests(entity);
    }
    deletion::connect_tests(&mut own);
    for entity in own.iter().filter(|entity| entity.soft) {
        // Hiding a record hides those that refer to it, one level of the same table at a time: the levels below would stay.
        if let Some(field) = entity.fields.iter().find(|field| {
            field
                .target
                .as_ref()
                .is_some_and(|target| target.itself && target.on_delete == "cascade")
        }) {
            conflicts.push(
                Conflict::at(
                    format!("entity.{}.fields.{}", entity.name, field.given),
                    "deleted records are kept, and those below the ones below would not be hidden with them",
                    "take `on delete cascade` away (a record with others below it then stays), or choose `deletion = \"hard\"`",
                )
                .and(format!("entity.{}.deletion", entity.name)),
            );
        }
    }
    check_collisions(&own, &model, conflicts);
    model.entities = sort_by_need(own, conflicts);
    for (number, entity) in model.entities.iter_mut().enumerate() {
        entity.number = format!("{:04}", number + 1);
    }
    let tables = model.entities.len();
    for (number, join) in model.joins.iter_mut().enumerate() {
        join.number = format!("{:04}", tables + number + 1);
    }
    model
}

fn part_text(
    answers: &Answers,
    parts: &'static [Question],
    item: &Item,
    key: &str,
) -> Option<String> {
    match answers.part(item, parts.iter().find(|part| part.id == key)?)? {
        Value::Text(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

fn draft<'a>(
    answers: &Answers,
    parts: &'static [Question],
    item: &'a Item,
    conflicts: &mut Vec<Conflict>,
) -> Draft<'a> {
    let of = part_text(answers, parts, item, "of");
    let mut fields = Vec::new();
    let mut check = |name: &str, place: String| {
        if let Err(error) = names::check_name(name) {
            conflicts.push(Conflict::at(place, error.message, error.hint));
        }
    };
    check(&item.name, format!("entity.{}", item.name));
    if let Some(plural) = part_text(answers, parts, item, "plural") {
        check(&plural, format!("entity.{}.plural", item.name));
    }
    if let (Some(Value::Fields(list)), None) = (item.parts.get("fields"), &of) {
        for field in list {
            match notation::parse_spec(&field.name, &field.spec) {
                Ok(parsed) => {
                    if let Err(error) = names::check_name(&field.name) {
                        let place = format!("entity.{}.fields.{}", item.name, field.name);
                        conflicts.push(Conflict::at(place, error.message, error.hint));
                    }
                    fields.push((parsed, field));
                }
                Err(error) => conflicts.push(Conflict::at(
                    format!("entity.{}.fields.{}", item.name, field.name),
                    error.message.clone(),
                    error
                        .hint
                        .unwrap_or_else(|| "see the field notation in the reference".to_owned()),
                )),
            }
        }
    }
    if of.is_none() && fields.is_empty() && conflicts.is_empty() {
        conflicts.push(Conflict::at(
            format!("entity.{}", item.name),
            "an entity of ours needs at least one field",
            "give it a field, or say whose it is with `of`",
        ));
    }
    Draft { item, fields, of }
}

fn referenced(answers: &Answers, parts: &'static [Question], draft: &Draft<'_>) -> Referenced {
    let name = &draft.item.name;
    let module = names::module_name(name);
    Referenced {
        type_name: names::rust_type_name(name),
        module_ident: names::rust_identifier(&module),
        module,
        label: names::label(name),
        about: part_text(answers, parts, draft.item, "about").map(Text::new),
        of: Text::new(draft.of.as_deref().unwrap_or_default()),
        text_id: part_text(answers, parts, draft.item, "id").as_deref() == Some("text"),
        name: name.clone(),
    }
}

/// An entity with its names and rules, still without columns.
fn shell_of(
    answers: &Answers,
    parts: &'static [Question],
    draft: &Draft<'_>,
    service_wide: &dyn Fn(&str) -> String,
) -> Entity {
    let item = draft.item;
    let rule = |key: &str, id: &str| {
        part_text(answers, parts, item, key).unwrap_or_else(|| service_wide(id))
    };
    let plural_words = part_text(answers, parts, item, "plural")
        .unwrap_or_else(|| names::plural(&names::label(&item.name)));
    let module = names::module_name(&item.name);
    let mut plural = names::module_name(&plural_words);
    if plural == module {
        // Words without a plural: the file of several must differ from the file of one nowhere, they stand in different folders.
        plural.clone_from(&module);
    }
    let deletion = rule("deletion", "data.deletion");
    let label = names::label(&item.name);
    Entity {
        name: item.name.clone(),
        type_name: names::rust_type_name(&item.name),
        module_ident: names::rust_identifier(&module),
        plural_ident: names::rust_identifier(&plural),
        table: names::sql_identifier(&names::snake(&plural_words)),
        route: names::kebab(&plural_words),
        a_label: names::with_article(&label),
        labels: names::label(&plural_words),
        label,
        module,
        plural,
        about: part_text(answers, parts, item, "about").map(Text::new),
        fields: Vec::new(),
        uniques: Vec::new(),
        duplicates: rule("duplicates", "data.duplicates"),
        versioned: rule("conflicts", "data.conflicts") == "version",
        soft: deletion == "soft",
        deletable: deletion != "never",
        referrers: Vec::new(),
        number: String::new(),
        uses: Uses::default(),
        targets: Vec::new(),
        deletion: Vec::new(),
        varied: true,
        listed_beside: false,
        test_modules: Vec::new(),
        deletion_tests: Vec::new(),
    }
}

/// The columns and many-to-many relations of one entity.
fn columns(
    own: &[Entity],
    referenced: &[Referenced],
    index: &BTreeMap<String, usize>,
    at: usize,
    draft: &Draft<'_>,
    conflicts: &mut Vec<Conflict>,
) -> (Vec<Field>, Vec<Join>) {
    let entity = &own[at];
    let (mut fields, mut joins) = (Vec::new(), Vec::new());
    for (parsed, answer) in &draft.fields {
        let place = format!("entity.{}.fields.{}", entity.name, answer.name);
        match &parsed.kind {
            FieldKind::Many { to } => match index.get(&to.to_lowercase()) {
                Some(target) => joins.push(join(entity, &own[*target], &answer.name)),
                None => conflicts.push(unknown_entity(&place, to, own, referenced)),
            },
            FieldKind::One { to, on_delete } => {
                let target = match index.get(&to.to_lowercase()) {
                    Some(found) => own_target(&own[*found], *found == at, *on_delete),
                    None => match referenced
                        .iter()
                        .find(|entity| entity.name.eq_ignore_ascii_case(to))
                    {
                        Some(found) => foreign_target(found),
                        None => {
                            conflicts.push(unknown_entity(&place, to, own, referenced));
                            continue;
                        }
                    },
                };
                fields.push(column(entity, parsed, answer, Some(target)));
            }
            _ => fields.push(column(entity, parsed, answer, None)),
        }
    }
    (fields, joins)
}

fn unknown_entity(place: &str, to: &str, own: &[Entity], referenced: &[Referenced]) -> Conflict {
    let known = own
        .iter()
        .map(|entity| entity.name.as_str())
        .chain(referenced.iter().map(|entity| entity.name.as_str()));
    let hint = match crate::error::did_you_mean(to, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("add the entity, or say whose it is: `[entity.{to}]` with `of = \"…\"`"),
    };
    Conflict::at(place, format!("there is no entity `{to}`"), hint)
}

fn own_target(target: &Entity, itself: bool, on_delete: OnDelete) -> Target {
    Target {
        type_name: target.type_name.clone(),
        module_ident: target.module_ident.clone(),
        table: target.table.clone(),
        plural: target.plural.clone(),
        route: target.route.clone(),
        label: target.label.clone(),
        foreign: false,
        text_id: false,
        itself,
        soft: target.soft,
        on_delete: on_delete_word(on_delete),
    }
}

fn foreign_target(target: &Referenced) -> Target {
    Target {
        type_name: target.type_name.clone(),
        module_ident: target.module_ident.clone(),
        table: String::new(),
        plural: String::new(),
        route: String::new(),
        label: target.label.clone(),
        foreign: true,
        text_id: target.text_id,
        itself: false,
        soft: false,
        on_delete: "restrict",
    }
}

fn on_delete_word(on_delete: OnDelete) -> &'static str {
    match on_delete {
        OnDelete::Restrict => "restrict",
        OnDelete::Cascade => "cascade",
        OnDelete::Clear => "clear",
    }
}

fn column(
    entity: &Entity,
    parsed: &notation::Field,
    answer: &FieldAnswer,
    target: Option<Target>,
) -> Field {
    let mut name = names::snake(&parsed.name);
    if target.is_some() && !name.ends_with("_id") {
        name.push_str("_id");
    }
    let facts = facts(&parsed.kind);
    let values: Vec<EnumValue> = match &parsed.kind {
        FieldKind::Enum { values } => values
            .iter()
            .map(|word| {
                let variant = names::variant(word);
                EnumValue {
                    snake: serde_snake_case(&variant) == *word,
                    word: word.clone(),
                    variant,
                }
            })
            .collect(),
        _ => Vec::new(),
    };
    let enum_type = (!values.is_empty())
        .then(|| format!("{}{}", entity.type_name, names::upper_camel(&parsed.name)));
    // A list takes these as parameters of its own.
    let reserved = ["cursor", "limit", "order"].contains(&name.as_str());
    let listed = target.is_some() || parsed.unique || facts.kind == "enum";
    let mut field = Field {
        given: parsed.name.clone(),
        rust: names::rust_identifier(&name),
        column: names::sql_identifier(&name),
        label: names::label(&parsed.name),
        kind: facts.kind,
        optional: parsed.optional,
        unique: parsed.unique,
        personal: parsed.personal,
        meaning: answer
            .empty_means
            .as_deref()
            .filter(|text| !text.is_empty())
            .map(Text::new),
        default: parsed.default.clone(),
        min: facts.min,
        max: facts.max,
        scale: facts.scale,
        currency: facts.currency,
        // The whole value matches, not a part of it.
        pattern: facts
            .pattern
            .map(|pattern| Text::new(format!("^(?:{pattern})$"))),
        // Personal data does not belong into URLs: they are logged everywhere.
        filter: listed && !reserved && !parsed.personal && !matches!(facts.kind, "bytes" | "json"),
        counted: false,
        refers_to_itself: target.as_ref().is_some_and(|target| target.itself),
        refers_to_ours: target.as_ref().is_some_and(|target| !target.foreign),
        narrows: matches!(
            facts.kind,
            "reference" | "enum" | "string" | "email" | "uuid" | "date" | "int"
        ) && parsed.default.is_none()
            || facts.kind == "enum",
        samples: Samples::default(),
        values,
        enum_type,
        spelling: Spelling::default(),
        target,
        name,
    };
    field.spelling = columns::spell(&field);
    field
}

/// What serde's `rename_all = "snake_case"` makes of a variant.
fn serde_snake_case(variant: &str) -> String {
    let mut out = String::new();
    for (at, c) in variant.char_indices() {
        if c.is_uppercase() && at > 0 {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

#[derive(Default)]
struct Facts {
    kind: &'static str,
    min: Option<i64>,
    max: Option<i64>,
    scale: Option<u8>,
    currency: Option<String>,
    pattern: Option<String>,
}

fn facts(kind: &FieldKind) -> Facts {
    let named = |kind| Facts {
        kind,
        ..Facts::default()
    };
    match kind {
        FieldKind::String { min, max, pattern } => Facts {
            kind: "string",
            min: Some((*min).into()),
            max: Some((*max).into()),
            pattern: pattern.clone(),
            ..Facts::default()
        },
        FieldKind::Text { min, max } => Facts {
            kind: "text",
            min: Some((*min).into()),
            max: Some((*max).into()),
            ..Facts::default()
        },
        FieldKind::Int { min, max } => Facts {
            kind: "int",
            min: *min,
            max: *max,
            ..Facts::default()
        },
        FieldKind::Decimal {
            digits,
            scale,
            min,
            max,
        } => {
            let limit = 10_i64.pow(u32::from(*digits)) - 1;
            let (min, max) = (
                min.unwrap_or(-limit).max(-limit),
                max.unwrap_or(limit).min(limit),
            );
            Facts {
                kind: "decimal",
                min: Some(min),
                max: Some(max),
                scale: Some(*scale),
                ..Facts::default()
            }
        }
        FieldKind::Money { currency, min, max } => Facts {
            kind: "money",
            min: *min,
            max: *max,
            currency: Some(currency.clone()),
            ..Facts::default()
        },
        FieldKind::Bytes { max } => Facts {
            kind: "bytes",
            max: Some((*max).into()),
            ..Facts::default()
        },
        FieldKind::Bool => named("bool"),
        FieldKind::Instant => named("instant"),
        FieldKind::Date => named("date"),
        FieldKind::Uuid => named("uuid"),
        FieldKind::Email => named("email"),
        FieldKind::Url => named("url"),
        FieldKind::Json => named("json"),
        FieldKind::Enum { .. } => named("enum"),
        FieldKind::One { .. } | FieldKind::Many { .. } => named("reference"),
    }
}

fn join(left: &Entity, right: &Entity, field: &str) -> Join {
    let module = names::module_name(&format!("{} {}", left.label, names::label(field)));
    let side = |entity: &Entity, column: String| JoinSide {
        name: entity.name.clone(),
        type_name: entity.type_name.clone(),
        module_ident: entity.module_ident.clone(),
        plural_ident: entity.plural_ident.clone(),
        plural: entity.plural.clone(),
        table: entity.table.clone(),
        route: entity.route.clone(),
        label: entity.label.clone(),
        labels: entity.labels.clone(),
        column,
        varied: true,
        soft: entity.soft,
        deletable: entity.deletable,
    };
    let left_column = format!("{}_id", names::snake(&left.name));
    let mut right_column = format!("{}_id", names::snake(&right.name));
    if right_column == left_column {
        right_column = format!("{}_id", names::snake(&names::singular_hint(field)));
        if right_column == left_column {
            right_column = format!("other_{left_column}");
        }
    }
    Join {
        module_ident: names::rust_identifier(&module),
        table: names::sql_identifier(&module),
        module,
        route: names::kebab(field),
        label: names::label(field),
        field: field.to_owned(),
        left: side(left, left_column),
        right: side(right, right_column),
        number: String::new(),
    }
}

/// What an entity refers to, each once, in the order in which rustfmt keeps the imports.
fn targets(entity: &Entity) -> Vec<Target> {
    let mut targets: Vec<Target> = entity
        .fields
        .iter()
        .filter_map(|field| field.target.clone())
        .filter(|target| !target.text_id)
        .collect();
    targets.sort_by_key(|target| names::version_sort_key(&target.module_ident));
    targets.dedup_by(|a, b| a.type_name == b.type_name);
    targets
}

/// The unique sets: single fields first, then `same-when`.
fn uniques(
    answers: &Answers,
    parts: &'static [Question],
    draft: &Draft<'_>,
    entity: &Entity,
    fields: &[Field],
    conflicts: &mut Vec<Conflict>,
) -> Vec<Unique> {
    let index = |columns: &[&str]| {
        format!(
            "{}_by_{}",
            names::bare(&entity.table),
            columns.join("_and_")
        )
    };
    let mut uniques: Vec<Unique> = fields
        .iter()
        .filter(|field| field.unique)
        .map(|field| Unique {
            index: index(&[&field.name]),
            fields: vec![field.name.clone()],
            columns: vec![field.column.clone()],
            primary: false,
        })
        .collect();
    let same_when = match parts
        .iter()
        .find(|part| part.id == "same-when")
        .and_then(|part| answers.part(draft.item, part))
    {
        Some(Value::List(list)) => list,
        _ => Vec::new(),
    };
    if !same_when.is_empty() {
        let mut found = Vec::new();
        for wanted in &same_when {
            let name = names::snake(wanted);
            match fields
                .iter()
                .find(|field| field.name == name || field.name == format!("{name}_id"))
            {
                Some(field) => found.push(field),
                None => conflicts.push(Conflict::at(
                    format!("entity.{}.same-when", entity.name),
                    format!("there is no field `{wanted}`"),
                    match crate::error::did_you_mean(
                        &name,
                        fields.iter().map(|field| field.name.as_str()),
                    ) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "name fields of this entity".to_owned(),
                    },
                )),
            }
        }
        if let [only] = found.as_slice()
            && only.unique
        {
            // Said twice: the field is unique already.
        } else if !found.is_empty() {
            let names: Vec<&str> = found.iter().map(|field| field.name.as_str()).collect();
            uniques.push(Unique {
                index: index(&names),
                fields: names.iter().map(|name| (*name).to_owned()).collect(),
                columns: found.iter().map(|field| field.column.clone()).collect(),
                primary: false,
            });
        }
    }
    // What the person called "the same" decides; without it the first required unique field.
    let optional = |unique: &Unique| {
        unique.fields.iter().any(|name| {
            fields
                .iter()
                .any(|field| &field.name == name && field.optional)
        })
    };
    let primary = uniques
        .iter()
        .rposition(|unique| unique.fields.len() > 1 && !optional(unique));
    let primary = primary.or_else(|| uniques.iter().position(|unique| !optional(unique)));
    match primary {
        Some(at) => uniques[at].primary = true,
        None if !uniques.is_empty() && entity.duplicates != "reject" => {
            conflicts.push(Conflict::at(
                format!("entity.{}.duplicates", entity.name),
                "only optional fields are unique, and two empty ones are not the same",
                "make the unique field required, or choose `reject`",
            ))
        }
        None => {}
    }
    uniques
}

fn add_referrers(own: &mut [Entity], joins: &[Join]) {
    let mut found: BTreeMap<String, Vec<Referrer>> = BTreeMap::new();
    for entity in own.iter() {
        for field in &entity.fields {
            let Some(target) = field.target.as_ref().filter(|target| !target.foreign) else {
                continue;
            };
            found
                .entry(target.type_name.clone())
                .or_default()
                .push(Referrer {
                    type_name: entity.type_name.clone(),
                    module_ident: entity.module_ident.clone(),
                    table: entity.table.clone(),
                    plural: entity.plural.clone(),
                    column: field.column.clone(),
                    field: field.name.clone(),
                    labels: entity.labels.clone(),
                    on_delete: target.on_delete,
                    soft: entity.soft,
                    join: false,
                });
        }
    }
    for join in joins {
        for side in [&join.left, &join.right] {
            found
                .entry(side.type_name.clone())
                .or_default()
                .push(Referrer {
                    type_name: String::new(),
                    module_ident: String::new(),
                    table: join.table.clone(),
                    plural: join.module.clone(),
                    column: side.column.clone(),
                    field: side.column.clone(),
                    labels: join.label.clone(),
                    on_delete: "cascade",
                    soft: false,
                    join: true,
                });
        }
    }
    for entity in own {
        entity.referrers = found.remove(&entity.type_name).unwrap_or_default();
    }
}

/// Every two names that would become the same type, file, table, route or column.
fn check_collisions(own: &[Entity], model: &Model, conflicts: &mut Vec<Conflict>) {
    let claim = |space: &str, name: &str, origin: &str| names::Claim {
        space: space.to_owned(),
        name: name.to_owned(),
        origin: origin.to_owned(),
    };
    let mut claims = Vec::new();
    for entity in own {
        let place = format!("entity.{}", entity.name);
        claims.extend(names::entity_claims(&entity.name, &entity.labels, &place));
        for field in &entity.fields {
            let place = format!("{place}.fields.{}", field.given);
            claims.push(claim(
                &format!("column of {}", entity.label),
                &field.name,
                &place,
            ));
            if let Some(enum_type) = &field.enum_type {
                claims.push(claim("type", enum_type, &place));
            }
        }
        for column in ["id", "created_at", "updated_at", "deleted_at", "version"] {
            claims.push(claim(
                &format!("column of {}", entity.label),
                column,
                "what every entity has",
            ));
        }
    }
    for entity in &model.referenced {
        let place = format!("entity.{}", entity.name);
        claims.push(claim("type", &entity.type_name, &place));
        claims.push(claim("module", &entity.module, &place));
    }
    for join in &model.joins {
        let place = format!("entity.{}.fields.{}", join.left.name, join.field);
        claims.push(claim("table", &join.module, &place));
        claims.push(claim("module", &join.module, &place));
    }
    for collision in names::collisions(&claims) {
        let mut conflict = Conflict {
            answers: Vec::new(),
            message: format!("both become the {} `{}`", collision.space, collision.name),
            hint: "rename one of them, or give an entity a `plural` of its own".to_owned(),
        };
        for origin in &collision.origins {
            conflict = conflict.and(origin.clone());
        }
        conflicts.push(conflict);
    }
}

/// Orders entities so that each comes after those it cannot exist without. The given order is kept where it can be.
fn sort_by_need(own: Vec<Entity>, conflicts: &mut Vec<Conflict>) -> Vec<Entity> {
    let needs = |entity: &Entity, required: bool| -> BTreeSet<String> {
        entity
            .fields
            .iter()
            .filter(|field| !(required && field.optional))
            .filter_map(|field| field.target.as_ref())
            .filter(|target| !target.foreign && !target.itself)
            .map(|target| target.type_name.clone())
            .collect()
    };
    for entity in &own {
        if let Some(field) = entity.fields.iter().find(|field| {
            !field.optional && field.target.as_ref().is_some_and(|target| target.itself)
        }) {
            conflicts.push(Conflict::at(
                format!("entity.{}.fields.{}", entity.name, field.name.trim_end_matches("_id")),
                format!("the first {} could never be created: it would have to refer to one that exists", entity.label),
                "make the reference optional with `?`",
            ));
        }
    }
    let all: Vec<_> = own.iter().map(|entity| needs(entity, false)).collect();
    let required: Vec<_> = own.iter().map(|entity| needs(entity, true)).collect();
    let (mut all, mut required) = (Waiting::new(&all), Waiting::new(&required));
    let mut left: BTreeMap<usize, Entity> = own.into_iter().enumerate().collect();
    let mut sorted: Vec<Entity> = Vec::new();
    while let Some(first) = left.values().next() {
        let Some(at) = all.ready.first().or(required.ready.first()).copied() else {
            let mut conflict = Conflict::at(
                format!("entity.{}", first.name),
                "each needs another one first, so that none could ever be created",
                "make one of the references in the circle optional with `?`",
            );
            for entity in left.values().skip(1) {
                conflict = conflict.and(format!("entity.{}", entity.name));
            }
            conflicts.push(conflict);
            break;
        };
        let placed = left.remove(&at);
        for waiting in [&mut all, &mut required] {
            waiting.place(at, placed.as_ref().map_or("", |entity| &entity.type_name));
        }
        sorted.extend(placed);
    }
    sorted.extend(left.into_values());
    sorted
}

/// Which entities could come next: each waits for the types it needs, and those that wait for none are ready.
struct Waiting<'a> {
    ready: BTreeSet<usize>,
    /// Without those that are placed.
    for_how_many: BTreeMap<usize, usize>,
    for_type: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Waiting<'a> {
    fn new(needs: &'a [BTreeSet<String>]) -> Waiting<'a> {
        let mut for_type: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, types) in needs.iter().enumerate() {
            for type_name in types {
                for_type.entry(type_name).or_default().push(at);
            }
        }
        Waiting {
            ready: (0..needs.len())
                .filter(|at| needs[*at].is_empty())
                .collect(),
            for_how_many: needs.iter().map(BTreeSet::len).enumerate().collect(),
            for_type,
        }
    }

    /// The entity at `at` is placed: it is not ready any more, and nobody waits for its type.
    fn place(&mut self, at: usize, type_name: &str) {
        self.ready.remove(&at);
        self.for_how_many.remove(&at);
        for waiting in self.for_type.remove(type_name).unwrap_or_default() {
            if let Some(count) = self.for_how_many.get_mut(&waiting) {
                *count -= 1;
                if *count == 0 {
                    self.ready.insert(waiting);
                }
            }
        }
    }
}
