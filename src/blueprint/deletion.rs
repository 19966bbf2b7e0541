//! What deleting a record does elsewhere, where the record itself stays in its table and the database therefore does nothing.

use std::collections::BTreeSet;

use super::entities::{DeletionStep, DeletionTest, Entity};
use super::names::{short_sql_name, version_sort_key};

/// The statements that run before a record is hidden: first what forbids it, then what it takes with it, deepest first.
pub(super) fn steps(entity: &Entity, all: &[Entity]) -> Vec<DeletionStep> {
    let mut steps = Vec::new();
    if entity.soft {
        follow(
            entity,
            "= $1",
            &mut vec![entity.type_name.clone()],
            all,
            &mut steps,
        );
    }
    steps.sort_by_key(|step| !step.forbids);
    steps
}

/// Adds what happens to those that refer to records whose ids are `wanted`.
fn follow(
    entity: &Entity,
    wanted: &str,
    path: &mut Vec<String>,
    all: &[Entity],
    steps: &mut Vec<DeletionStep>,
) {
    for referrer in entity.referrers.iter().filter(|referrer| !referrer.join) {
        let condition = format!("{} {wanted}", referrer.column);
        let alive = if referrer.soft {
            " AND deleted_at IS NULL"
        } else {
            ""
        };
        let name = short_sql_name(&format!("{}_{}", referrer.plural, referrer.field)).to_uppercase();
        let step = |what: &str, sql: String, forbids: bool, timed: bool| DeletionStep {
            constant: format!("{what}_{name}"),
            sql,
            forbids,
            timed,
        };
        match referrer.on_delete {
            "restrict" => steps.push(step(
                "FIND",
                format!(
                    "SELECT 1 FROM {}\nWHERE {condition}{alive}\nLIMIT 1",
                    referrer.table
                ),
                true,
                false,
            )),
            "clear" => steps.push(step(
                "CLEAR",
                format!(
                    "UPDATE {}\nSET {} = NULL\nWHERE {condition}{alive}",
                    referrer.table, referrer.column
                ),
                false,
                false,
            )),
            _ => {
                let child = all
                    .iter()
                    .find(|other| other.type_name == referrer.type_name);
                if let Some(child) =
                    child.filter(|child| child.soft && !path.contains(&child.type_name))
                {
                    path.push(child.type_name.clone());
                    let below = format!("IN (SELECT id FROM {} WHERE {condition})", referrer.table);
                    follow(child, &below, path, all, steps);
                    path.pop();
                }
                steps.push(if referrer.soft {
                    let sql = format!(
                        "UPDATE {}\nSET deleted_at = $2\nWHERE {condition}{alive}",
                        referrer.table
                    );
                    step("DELETE", sql, false, true)
                } else {
                    step(
                        "DELETE",
                        format!("DELETE FROM {}\nWHERE {condition}", referrer.table),
                        false,
                        false,
                    )
                });
            }
        }
    }
}

/// One test for each column elsewhere that refers to the entity.
pub(super) fn tests(entity: &Entity) -> Vec<DeletionTest> {
    if !entity.deletable {
        return Vec::new();
    }
    // A record that refers to itself needs no second entity, but its tests would.
    let others = entity
        .referrers
        .iter()
        .filter(|referrer| !referrer.join && referrer.type_name != entity.type_name);
    others
        .map(|referrer| {
            let what = match referrer.on_delete {
                "restrict" => "forbids_deletion",
                "cascade" => "is_deleted_too",
                _ => "is_cleared",
            };
            DeletionTest {
                name: short_sql_name(&format!("{}_{}_{what}", referrer.plural, referrer.field)),
                module: referrer.module_ident.clone(),
                field: referrer.field.clone(),
                on_delete: referrer.on_delete,
            }
        })
        .collect()
}

/// Which modules the tests of each entity use, and which creations create more than one record of a kind.
pub(super) fn connect_tests(own: &mut [Entity]) {
    let needs = |entity: &Entity| -> BTreeSet<String> {
        let required = entity
            .fields
            .iter()
            .filter(|field| !field.optional)
            .filter_map(|field| field.target.as_ref());
        required
            .filter(|target| !target.foreign)
            .map(|target| target.module_ident.clone())
            .collect()
    };
    for entity in own {
        let mut modules: Vec<String> = entity
            .targets
            .iter()
            .filter(|target| !target.foreign && !target.itself)
            .map(|target| target.module_ident.clone())
            .collect();
        modules.extend(entity.deletion_tests.iter().map(|test| test.module.clone()));
        modules.sort_by_key(|module| version_sort_key(module));
        modules.dedup();
        entity.test_modules = modules;
        // Required references form no circle, so only a reference to itself could do this.
        entity.listed_beside = needs(entity).contains(&entity.module_ident);
    }
}
