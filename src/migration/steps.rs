//! The statements of one migration, and the words for what is not written without being asked for.

use std::fmt::Write as _;

use super::Risk;
use super::definition::Definition;
use super::schema::{Column, Index, Table};

/// What changes in one table.
pub(super) struct Steps<'a> {
    pub(super) table: &'a Table,
    old: &'a Table,
    statements: Vec<String>,
    added: Vec<String>,
    swapped: Vec<String>,
    dropped: Vec<String>,
}

impl<'a> Steps<'a> {
    pub(super) fn new(old: &'a Table, table: &'a Table) -> Steps<'a> {
        Steps {
            table,
            old,
            statements: Vec::new(),
            added: Vec::new(),
            swapped: Vec::new(),
            dropped: Vec::new(),
        }
    }

    pub(super) fn add_column(&mut self, column: &Column, default: Option<&str>) {
        let mut statement = String::new();
        for comment in &column.comments {
            writeln!(statement, "{comment}").expect("writing to a String");
        }
        write!(
            statement,
            "ALTER TABLE {} ADD COLUMN {} {};",
            self.table.name,
            column.name,
            with_default(&column.definition, default)
        )
        .expect("writing to a String");
        self.statements.push(statement);
        self.added.push(column.bare().to_owned());
    }

    pub(super) fn drop_column(&mut self, column: &Column) {
        let (table, name) = (&self.table.name, &column.name);
        self.statements
            .push(format!("ALTER TABLE {table} DROP COLUMN {name};"));
        self.dropped.push(column.bare().to_owned());
    }

    /// A column beside the old one takes over: what refers to the table is not touched, as it would be if the table were made anew.
    pub(super) fn swap_column(&mut self, column: &Column, definition: &Definition) {
        let (table, name) = (&self.table.name, &column.name);
        let next = format!("{}_next", column.bare());
        let filler = definition.filler();
        let default = definition.required.then_some(filler.as_str());
        let written = with_default(&column.definition, default);
        // The rule names the column.
        let written = renamed(&written, name, &next);
        self.statements.push(format!(
            "ALTER TABLE {table} ADD COLUMN {next} {written};\n\
             UPDATE {table} SET {next} = {name};\n\
             ALTER TABLE {table} DROP COLUMN {name};\n\
             ALTER TABLE {table} RENAME COLUMN {next} TO {name};"
        ));
        self.swapped.push(column.bare().to_owned());
    }

    /// The stem of the file's name and the text; `None` where nothing changes.
    pub(super) fn finish(self) -> Option<(String, String)> {
        let touched = |index: &Index| {
            let columns = self.swapped.iter().chain(&self.dropped);
            columns
                .into_iter()
                .any(|column| index.uses(column) || index.uses(&format!("\"{column}\"")))
        };
        let gone = self
            .old
            .indexes
            .iter()
            .filter(|index| !self.table.indexes.contains(index) || touched(index));
        let made = self
            .table
            .indexes
            .iter()
            .filter(|index| !self.old.indexes.contains(index) || touched(index));
        let gone: Vec<_> = gone
            .map(|index| format!("DROP INDEX {};", index.name))
            .collect();
        let made: Vec<_> = made
            .map(|index| match self.old.indexes.contains(index) {
                true => format!("{};", index.statement),
                false => new_index(index),
            })
            .collect();
        let stem = self.name(!gone.is_empty() || !made.is_empty())?;
        let mut text = String::new();
        for part in [gone.join("\n"), self.statements.join("\n"), made.join("\n")] {
            if !part.is_empty() {
                let gap = if text.is_empty() { "" } else { "\n" };
                writeln!(text, "{gap}{part}").expect("writing to a String");
            }
        }
        Some((stem, text))
    }

    fn name(&self, indexes: bool) -> Option<String> {
        let table = self.table.bare();
        let kinds = [&self.added, &self.swapped, &self.dropped];
        let several = kinds.iter().filter(|kind| !kind.is_empty()).count() > 1;
        Some(match kinds {
            _ if several => format!("change_{table}"),
            [added, ..] if !added.is_empty() => format!("add_{}_to_{table}", named(added)),
            [_, swapped, _] if !swapped.is_empty() => {
                format!("change_{}_of_{table}", named(swapped))
            }
            [.., dropped] if !dropped.is_empty() => format!("drop_{}_of_{table}", named(dropped)),
            _ if indexes => format!("change_indexes_of_{table}"),
            _ => return None,
        })
    }
}

/// One column by its name, several by their number: a file's name stays short.
fn named(columns: &[String]) -> String {
    match columns {
        [one] => one.clone(),
        several => format!("{}_columns", several.len()),
    }
}

fn with_default(definition: &str, default: Option<&str>) -> String {
    match default {
        Some(default) => {
            definition.replacen(" NOT NULL", &format!(" NOT NULL DEFAULT {default}"), 1)
        }
        None => definition.to_owned(),
    }
}

/// A definition in which the column has another name.
fn renamed(definition: &str, from: &str, to: &str) -> String {
    let Some((before, check)) = definition.split_once(" CHECK (") else {
        return definition.to_owned();
    };
    let check = match check.strip_prefix(from) {
        Some(rest) => format!("{to}{rest}"),
        None => check.replacen(&format!("length({from})"), &format!("length({to})"), 1),
    };
    format!("{before} CHECK ({check}")
}

/// What has to be unique is looked at by the database itself, which takes nothing where two records are the same.
fn new_index(index: &Index) -> String {
    let found = index
        .statement
        .split_once(" ON ")
        .and_then(|(_, rest)| rest.split_once(" ("))
        .and_then(|(table, rest)| Some((table, rest.split_once(')')?)));
    match found {
        Some((table, (columns, rest))) if index.is_unique() => format!(
            "-- Where records are the same, this changes nothing and says so. They are found by:\n\
             -- SELECT {columns}, count(*) FROM {table}{rest} GROUP BY {columns} HAVING count(*) > 1;\n\
             {};",
            index.statement
        ),
        _ => format!("{};", index.statement),
    }
}

pub(super) fn drop_table(table: &Table) -> Risk {
    let name = table.bare();
    risk(
        format!("the table `{name}` is dropped, with all that is in it"),
        [
            format!("release a version that neither reads nor writes `{name}`; the table stays"),
            format!("keep a copy of what is in `{name}`, if anybody may ask for it"),
            "run this update with `--allow-destructive`: the migration drops the table".to_owned(),
        ],
        true,
    )
}

pub(super) fn drop_column(table: &Table, column: &Column) -> Risk {
    let name = format!("{}.{}", table.bare(), column.bare());
    risk(
        format!("the column `{name}` is dropped, with all that is in it"),
        [
            "if it only got another name: add the new one first, copy, and drop the old one later"
                .to_owned(),
            format!("release a version that neither reads nor writes `{name}`; the column stays"),
            "run this update with `--allow-destructive`: the migration drops the column".to_owned(),
        ],
        true,
    )
}

pub(super) fn required_column(table: &Table, column: &Column) -> Risk {
    let name = format!("{}.{}", table.bare(), column.bare());
    risk(
        format!("the new column `{name}` is never empty, and the rows that are there have no value for it"),
        [
            "expand: let the field be optional (`optional`), or give it a default (`= …`), and update".to_owned(),
            format!("move: fill `{name}` in the rows that are there, by a migration of your own"),
            "contract: take `optional` away and update again".to_owned(),
        ],
        false,
    )
}

pub(super) fn narrower(table: &Table, column: &Column, why: &str, can_be_allowed: bool) -> Risk {
    let name = format!("{}.{}", table.bare(), column.bare());
    let last = match can_be_allowed {
        true => {
            "contract: run this update with `--allow-destructive`; where a row does not suit, the migration fails and changes nothing"
        }
        false => {
            "contract: make the column anew by a migration of your own; SQLite cannot add a reference that is never empty"
        }
    };
    risk(
        format!("the column `{name}` takes less than before: {why}"),
        [
            format!("expand: release a version that writes only what `{name}` will take"),
            "move: find and correct the rows that do not suit".to_owned(),
            last.to_owned(),
        ],
        can_be_allowed,
    )
}

pub(super) fn rules(table: &Table) -> Risk {
    let name = table.bare();
    risk(
        format!("the key or a rule of the whole table `{name}` changes"),
        [
            format!("expand: create a second table beside `{name}`, and write to both"),
            "move: copy what is there".to_owned(),
            format!("contract: read from the second table only, then drop `{name}`"),
        ],
        false,
    )
}

fn risk(what: String, steps: [String; 3], can_be_allowed: bool) -> Risk {
    Risk {
        what,
        steps: steps.into(),
        can_be_allowed,
    }
}
