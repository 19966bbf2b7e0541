//! The tables that migrations lead to, as far as they can be read.
//!
//! `sqlparser` reads each statement, in the dialect that takes it. What none takes is no reason to guess: a table that it speaks of is
//! marked, and everybody who is offered it is told.

mod apply;
mod rules;
mod statements;

use std::collections::BTreeMap;

use crate::evidence::SourceFile;

/// What all migrations together lead to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Schema {
    /// In the order in which they were created.
    pub(super) tables: Vec<Table>,
    /// The words of types that were created, by name.
    pub(super) enums: BTreeMap<String, Vec<String>>,
    /// What could not be read and belongs to no table that is known.
    pub(super) doubts: Vec<String>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Table {
    pub(super) name: String,
    /// Where it is created.
    pub(super) file: String,
    pub(super) line: u64,
    pub(super) columns: Vec<Column>,
    /// The columns of the primary key.
    pub(super) key: Vec<String>,
    /// Columns that are unique together.
    pub(super) uniques: Vec<Vec<String>>,
    /// What could not be read about it.
    pub(super) doubts: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Column {
    pub(super) name: String,
    /// The type as it stands there, in upper case: `VARCHAR(32)`.
    pub(super) kind: String,
    /// The words that it may be, where the type or a rule lists them.
    pub(super) words: Option<Vec<String>>,
    pub(super) required: bool,
    /// As it stands there.
    pub(super) default: Option<String>,
    pub(super) reference: Option<Reference>,
}

/// What a column refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) table: String,
    /// `CASCADE`, `SET NULL`, or what else stands there.
    pub(super) on_delete: String,
}

impl Table {
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    fn column_mut(&mut self, name: &str) -> Option<&mut Column> {
        self.columns.iter_mut().find(|column| column.name == name)
    }
}

impl Schema {
    fn table_mut(&mut self, name: &str) -> Option<&mut Table> {
        self.tables.iter_mut().find(|table| table.name == name)
    }
}

/// Reads the migrations among `files`, folder by folder, each in the order in which it would be applied.
pub(super) fn read<'a>(files: impl Iterator<Item = &'a SourceFile>) -> Schema {
    let mut scripts: Vec<&SourceFile> = files.filter(|file| leads_forward(&file.path)).collect();
    scripts.sort_by_cached_key(|file| natural(&file.path));
    let mut folders: Vec<(&str, Schema)> = Vec::new();
    for script in scripts {
        let folder = folder(&script.path);
        if folders.last().is_none_or(|(last, _)| *last != folder) {
            folders.push((folder, Schema::default()));
        }
        if let Some((_, schema)) = folders.last_mut() {
            apply::script(schema, script);
        }
    }
    // The same tables for another database, or in a service of its own, are there once: those of the first folder.
    let mut all = Schema::default();
    for (_, schema) in folders {
        for table in schema.tables {
            if all.table_mut(&table.name).is_none() {
                all.tables.push(table);
            }
        }
        all.enums.extend(schema.enums);
        all.doubts.extend(schema.doubts);
    }
    all
}

/// `db/migrations` of `db/migrations/0001_init/up.sql`.
fn folder(path: &str) -> &str {
    let at = path
        .rfind("migrations/")
        .map_or(0, |at| at + "migrations".len());
    &path[..at]
}

fn leads_forward(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let undoes = name.strip_prefix('u').is_some_and(|rest| {
        rest.split_once("__")
            .is_some_and(|(number, _)| number.parse::<f64>().is_ok())
    });
    let is_script = name.ends_with(".sql") && path.split('/').any(|part| part == "migrations");
    is_script && !undoes && !name.ends_with("down.sql")
}

/// Numbers as numbers: `V2` stands before `V10`.
fn natural(path: &str) -> Vec<(u128, String)> {
    let mut parts = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let text_end = rest
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(rest.len());
        let (text, behind) = rest.split_at(text_end);
        let number_end = behind
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(behind.len());
        let (number, behind) = behind.split_at(number_end);
        // The text sorts first, then the number behind it.
        parts.push((0, text.to_owned()));
        parts.push((number.parse().unwrap_or(u128::MAX), String::new()));
        rest = behind;
    }
    parts
}

#[cfg(test)]
mod tests;
