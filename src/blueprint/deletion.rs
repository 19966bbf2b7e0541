//! What deleting a record does elsewhere, where the record itself stays in its table and the database therefore does nothing.

use std::collections::BTreeSet;

use super::entities::{DeletionStep, DeletionTest, Entity, Referrer};
use super::names::{short_sql_name, version_sort_key};

/// The statements that run before a record is hidden: first what forbids it, then what it takes with it, deepest first.
pub(super) fn steps(entity: &Entity, all: &[Entity]) -> Vec<DeletionStep> {
    let mut steps = Vec::new();
    if entity.soft {
        let path = &mut vec![entity.type_name.as_str()];
        follow(entity, "= $1", path, all, &mut steps);
    }
    let mut steps: Vec<_> = steps.into_iter().map(Step::into_statement).collect();
    steps.sort_by_key(|step| !step.forbids);
    steps
}

/// What happens to the rows of one table through one column. Several ways can lead there: each has its condition.
struct Step<'a> {
    referrer: &'a Referrer,
    conditions: Vec<String>,
}

impl Step<'_> {
    fn into_statement(self) -> DeletionStep {
        let Referrer {
            table,
            column,
            plural,
            field,
            soft,
            on_delete,
            ..
        } = self.referrer;
        let condition = match self.conditions.as_slice() {
            [only] => only.clone(),
            several => format!("({})", several.join("\n    OR ")),
        };
        let alive = if *soft { " AND deleted_at IS NULL" } else { "" };
        let (what, sql) = match *on_delete {
            "restrict" => (
                "FIND",
                format!("SELECT 1 FROM {table}\nWHERE {condition}{alive}\nLIMIT 1"),
            ),
            "clear" => (
                "CLEAR",
                format!("UPDATE {table}\nSET {column} = NULL\nWHERE {condition}{alive}"),
            ),
            _ if *soft => (
                "DELETE",
                format!("UPDATE {table}\nSET deleted_at = $2\nWHERE {condition}{alive}"),
            ),
            _ => ("DELETE", format!("DELETE FROM {table}\nWHERE {condition}")),
        };
        DeletionStep {
            constant: format!("{what}_{}", short_sql_name(&format!("{plural}_{field}")))
                .to_uppercase(),
            sql,
            forbids: *on_delete == "restrict",
            timed: *soft && what == "DELETE",
        }
    }
}

/// Adds what happens to those that refer to records whose ids are `wanted`.
fn follow<'a>(
    entity: &'a Entity,
    wanted: &str,
    path: &mut Vec<&'a str>,
    all: &'a [Entity],
    steps: &mut Vec<Step<'a>>,
) {
    for referrer in entity.referrers.iter().filter(|referrer| !referrer.join) {
        let condition = format!("{} {wanted}", referrer.column);
        // Hidden rows take others with them; deleted ones leave that to the database.
        if referrer.on_delete == "cascade"
            && referrer.soft
            && !path.contains(&referrer.type_name.as_str())
            && let Some(child) = all
                .iter()
                .find(|other| other.type_name == referrer.type_name)
        {
            path.push(&child.type_name);
            let below = format!("IN (SELECT id FROM {} WHERE {condition})", referrer.table);
            follow(child, &below, path, all, steps);
            path.pop();
        }
        let same = |step: &&mut Step<'_>| {
            step.referrer.table == referrer.table && step.referrer.column == referrer.column
        };
        match steps.iter_mut().find(same) {
            Some(step) => step.conditions.push(condition),
            None => steps.push(Step {
                referrer,
                conditions: vec![condition],
            }),
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
                "restrict" => "stays_for",
                "cascade" => "takes_along",
                _ => "clears",
            };
            DeletionTest {
                name: format!(
                    "it_{what}_{}",
                    short_sql_name(&format!("{}_{}", referrer.plural, referrer.field))
                ),
                module: referrer.module_ident.clone(),
                field: referrer.field.clone(),
                required: referrer.required,
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

#[cfg(test)]
mod tests {
    use crate::answers::file;
    use crate::blueprint::{Blueprint, Setting};

    /// What deleting a record of the first entity does elsewhere, as constants in order, and one of the statements.
    #[track_caller]
    fn check(entities: &str, constants: &[&str], (constant, sql): (&str, &str)) {
        let head = "format = 1\n[service]\nname = \"orders\"\ncreated = \"2026-11-25\"\n[data]\ndeletion = \"soft\"\n";
        let answers = file::read(&format!("{head}{entities}"), "kickoff.toml").unwrap();
        let blueprint = Blueprint::draw(&answers, Setting::Standalone).unwrap();
        let steps = &blueprint.entities[0].deletion;
        let found: Vec<_> = steps.iter().map(|step| step.constant.as_str()).collect();
        assert_eq!(found, constants);
        let step = steps.iter().find(|step| step.constant == constant).unwrap();
        assert_eq!(step.sql, sql);
    }

    #[test]
    fn several_ways_to_one_column_are_one_statement() {
        check(
            "[entity.Shop.fields]\nname = \"string(9)\"\n\
             [entity.Shelf.fields]\nshop = \"-> Shop on delete cascade\"\n\
             [entity.Crate.fields]\nshop = \"-> Shop on delete cascade\"\n\
             [entity.Item.fields]\nshelf = \"-> Shelf on delete cascade\"\ncrate = \"-> Crate on delete cascade\"\n\
             [entity.Label.fields]\nitem = \"-> Item\"\n",
            &[
                "FIND_LABELS_ITEM_ID",
                "DELETE_ITEMS_SHELF_ID",
                "DELETE_SHELVES_SHOP_ID",
                "DELETE_ITEMS_CRATE_ID",
                "DELETE_CRATES_SHOP_ID",
            ],
            (
                "FIND_LABELS_ITEM_ID",
                "SELECT 1 FROM labels\n\
                 WHERE (item_id IN (SELECT id FROM items WHERE shelf_id IN (SELECT id FROM shelves WHERE shop_id = $1))\n    \
                 OR item_id IN (SELECT id FROM items WHERE crate_id IN (SELECT id FROM crates WHERE shop_id = $1))) \
                 AND deleted_at IS NULL\n\
                 LIMIT 1",
            ),
        );
    }
}
