//! Who refers to whom.

use std::collections::BTreeMap;

use super::{Entity, Join, JoinSide, Referrer, Target};
use crate::blueprint::names;

pub(super) fn join(left: &Entity, right: &Entity, field: &str) -> Join {
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
pub(super) fn targets(entity: &Entity) -> Vec<Target> {
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

pub(super) fn add_referrers(own: &mut [Entity], joins: &[Join]) {
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
                    required: !field.optional,
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
                    required: true,
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
