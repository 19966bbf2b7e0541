//! From the answers to the model: entities in the order of need, with everything that is derived from all of them.

use std::collections::BTreeMap;

use super::fields;
use super::relations::{add_referrers, targets};
use super::rules::{check_collisions, sort_by_need, uniques};
use super::{Entity, Join, Migration, Referenced};
use crate::answers::{Answers, Item, Value};
use crate::blueprint::conflict::Conflict;
use crate::blueprint::engine::Engine;
use crate::blueprint::{Uses, columns, deletion, names, samples};
use crate::notation::{self, FieldAnswer, FieldKind};
use crate::question::{Question, catalog};
use crate::skeleton::Text;

/// All entities and relations.
#[derive(Debug, Default)]
pub(in crate::blueprint) struct Model {
    pub(in crate::blueprint) entities: Vec<Entity>,
    pub(in crate::blueprint) referenced: Vec<Referenced>,
    pub(in crate::blueprint) joins: Vec<Join>,
}

impl Model {
    /// The label of the entity that was given this name.
    pub(in crate::blueprint) fn label(&self, name: &str) -> Option<String> {
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

    /// The migrations that create every table.
    pub(in crate::blueprint) fn migrations(&self) -> Vec<Migration> {
        let entities = self.entities.iter();
        let entities = entities.map(|entity| (&entity.number, &entity.plural));
        let joins = self.joins.iter().map(|join| (&join.number, &join.module));
        entities
            .chain(joins)
            .filter_map(|(number, table)| {
                Migration::of_file(format!("{number}_create_{table}.sql"))
            })
            .collect()
    }

    /// Files below `src/store` and `src/api`.
    pub(in crate::blueprint) fn store_modules(&self) -> Vec<String> {
        sorted(
            self.entities
                .iter()
                .map(|entity| &entity.module_ident)
                .chain(self.joins.iter().map(|join| &join.module_ident)),
        )
    }

    /// Files below `src/domain`.
    pub(in crate::blueprint) fn domain_modules(&self) -> Vec<String> {
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
    pub(in crate::blueprint) fn probe(&self) -> Option<Entity> {
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

    pub(in crate::blueprint) fn uses(&self) -> Uses {
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
pub(super) struct Draft<'a> {
    pub(super) item: &'a Item,
    pub(super) fields: Vec<(notation::Field, &'a FieldAnswer)>,
    pub(super) of: Option<String>,
}

/// Builds the model; conflicts are added to the list.
pub(in crate::blueprint) fn model(
    answers: &Answers,
    engine: Engine,
    conflicts: &mut Vec<Conflict>,
) -> Model {
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
    let service_wide = |id: &str| crate::blueprint::text(answers, id).unwrap_or_default();
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
        let (mut fields, joins) =
            fields::columns(&own, &model.referenced, &index, at, draft, conflicts);
        for field in &mut fields {
            columns::keep_in(engine, field);
        }
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
        .map(|entity| deletion::steps(entity, &own, engine))
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
    check_collisions(answers, &own, &model, conflicts);
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
