//! KD0312 and KD0313: tables, in the migrations and in the answers.

use std::collections::BTreeMap;
use std::ops::Range;

use super::code::answer;
use super::diagnostic::Diagnostic;
use super::material::Material;
use super::rule::{KD0312, KD0313};
use super::sql::{Step, steps};
use crate::baseline::{ANSWERS, Baseline, MIGRATIONS, migration_name};
use crate::blueprint::Migration;

/// The tables that are there after every migration, with the script and the place that gave each its name.
type Tables<'a> = BTreeMap<String, (&'a str, Range<usize>)>;

pub(super) fn check(material: &Material<'_>, baseline: &Baseline) -> Vec<Diagnostic> {
    let tables = tables(material);
    let bare = |table: &str| table.trim_matches('"').to_lowercase();
    let mut found = Vec::new();
    let generated = migrated(baseline);
    for entity in &material.blueprint.entities {
        let table = bare(&entity.table);
        // An entity that the last update did not know is not drift, but an update that is due.
        if tables.contains_key(&table) || !generated.contains_key(&table) {
            continue;
        }
        let message = format!(
            "the answers own `{}`, and no migration leaves a table `{table}`",
            entity.name
        );
        found.push(
            Diagnostic::new(&KD0312, &entity.name, message)
                .at(ANSWERS, material.place(&answer(entity)), "the answers")
                .help(format!(
                    "let the answers forget it: `cargo kickoff remove entity {}`",
                    entity.name
                ))
                .help(format!("or add a migration that creates `{table}`")),
        );
    }
    let known = material.blueprint.entities.iter().map(|one| &one.table);
    let known: Vec<_> = known
        .chain(material.blueprint.joins.iter().map(|one| &one.table))
        .map(|table| bare(table))
        .collect();
    for (table, (path, span)) in &tables {
        if known.contains(table) || baseline.get(path).is_some() {
            continue;
        }
        let message = format!("`{path}` makes a table `{table}`, and no answer knows it");
        found.push(
            Diagnostic::new(&KD0313, table, message)
                .at(*path, span.clone(), "")
                .at(
                    ANSWERS,
                    material.place("data.entities"),
                    "the answers about its data",
                )
                .help("name its entity: `cargo kickoff add entity NAME`")
                .help("or drop the table"),
        );
    }
    found
}

fn tables<'a>(material: &'a Material<'_>) -> Tables<'a> {
    let scripts = material.project.texts(MIGRATIONS, ".sql");
    follow(scripts)
}

/// The tables that the generated migrations leave.
fn migrated(baseline: &Baseline) -> Tables<'_> {
    let scripts = baseline.iter().map(|(path, text)| (path.as_str(), text));
    follow(scripts)
}

fn follow<'a>(scripts: impl Iterator<Item = (&'a str, &'a str)>) -> Tables<'a> {
    let mut scripts: Vec<_> = scripts
        .filter_map(|(path, text)| {
            let name = migration_name(path.into())?;
            let number = Migration::of_file(name).map(|migration| migration.number);
            Some((number, path, text))
        })
        .collect();
    scripts.sort_unstable_by_key(|(number, path, _)| (*number, *path));
    let mut tables = Tables::new();
    for (_, path, text) in scripts {
        for step in steps(text) {
            match step {
                Step::Created(name, span) => drop(tables.insert(name, (path, span))),
                Step::Dropped(name) => drop(tables.remove(&name)),
                Step::Renamed(old, new, span) => {
                    tables.remove(&old);
                    tables.insert(new, (path, span));
                }
            }
        }
    }
    tables
}
