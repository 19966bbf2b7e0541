//! What has to hold among entities: what makes two records the same, names that differ, an order in which they can be created.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Draft, Model};
use super::{Entity, Field, Unique};
use crate::answers::{Answers, Value};
use crate::blueprint::conflict::Conflict;
use crate::blueprint::{keys, list, names, outbox};
use crate::question::Question;

/// The unique sets: single fields first, then `same-when`.
pub(super) fn uniques(
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

/// Every two names that would become the same type, file, table, route or column.
pub(super) fn check_collisions(
    answers: &Answers,
    own: &[Entity],
    model: &Model,
    conflicts: &mut Vec<Conflict>,
) {
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
    claims.push(claim("route", "health", "what every service has"));
    if list(answers, "done.items").contains(&"documentation".to_owned()) {
        claims.push(claim("route", "docs", "done.items"));
    }
    claims.extend(keys::claims(answers));
    claims.extend(outbox::claims(answers));
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
pub(super) fn sort_by_need(own: Vec<Entity>, conflicts: &mut Vec<Conflict>) -> Vec<Entity> {
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
