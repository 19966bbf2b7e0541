//! What deleting a record does elsewhere, where the record itself stays in its table and the database therefore does nothing.

use std::collections::BTreeSet;

use super::engine::Engine;
use super::entities::{DeletionStep, DeletionTest, Entity, Referrer};
use super::names::{short_sql_name, version_sort_key};

/// The statements that run before a record is hidden: first what forbids it, then what it takes with it, deepest first.
pub(super) fn steps(entity: &Entity, all: &[Entity], engine: Engine) -> Vec<DeletionStep> {
    let mut steps = Vec::new();
    if entity.soft {
        let path = &mut vec![entity.type_name.as_str()];
        follow(entity, "= $1", path, all, &mut steps);
    }
    let locks = match engine {
        // Whoever writes is alone.
        Engine::Sqlite => Vec::new(),
        Engine::Postgresql => locks(entity, all, &steps),
    };
    let mut steps: Vec<_> = steps.into_iter().map(Step::into_statement).collect();
    steps.sort_by_key(|step| !step.forbids);
    locks.into_iter().chain(steps).collect()
}

/// What is held before others are looked at: until the end nobody comes to refer to what is hidden. From the record downwards, since
/// each lock keeps what is below from growing.
fn locks(entity: &Entity, all: &[Entity], steps: &[Step<'_>]) -> Vec<DeletionStep> {
    let lock = |constant: String, table: &str, condition: &str| DeletionStep {
        constant,
        sql: format!("SELECT 1 FROM {table}\nWHERE {condition} AND deleted_at IS NULL\nFOR UPDATE"),
        forbids: false,
        timed: false,
    };
    if steps.is_empty() {
        return Vec::new();
    }
    let itself = lock("LOCK".to_owned(), &entity.table, "id = $1");
    let is_referred_to = |step: &&Step<'_>| {
        let referrer = all
            .iter()
            .find(|other| other.type_name == step.referrer.type_name);
        referrer.is_some_and(|referrer| referrer.referrers.iter().any(|one| !one.join))
    };
    let below = steps.iter().rev().filter(|step| step.hides());
    let below = below.filter(is_referred_to).map(|step| {
        lock(
            step.constant("LOCK"),
            &step.referrer.table,
            &step.condition(),
        )
    });
    std::iter::once(itself).chain(below).collect()
}

/// What happens to the rows of one table through one column. Several ways can lead there: each has its condition.
struct Step<'a> {
    referrer: &'a Referrer,
    conditions: Vec<String>,
}

impl Step<'_> {
    /// The rows are hidden with the record.
    fn hides(&self) -> bool {
        self.referrer.soft && self.referrer.on_delete == "cascade"
    }

    fn condition(&self) -> String {
        match self.conditions.as_slice() {
            [only] => only.clone(),
            several => format!("({})", several.join("\n    OR ")),
        }
    }

    fn constant(&self, what: &str) -> String {
        let Referrer { plural, field, .. } = self.referrer;
        format!("{what}_{}", short_sql_name(&format!("{plural}_{field}"))).to_uppercase()
    }

    fn into_statement(self) -> DeletionStep {
        let Referrer {
            table,
            column,
            soft,
            on_delete,
            ..
        } = self.referrer;
        let condition = self.condition();
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
            constant: self.constant(what),
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
