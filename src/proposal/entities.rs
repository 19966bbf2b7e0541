//! From tables to entities in the notation of fields.

mod columns;

use super::schema::{Column, Schema, Table};
use super::{OfferedItem, Proposals};
use crate::answers::{Item, Value};
use crate::blueprint::names;
use crate::notation::{FieldAnswer, check_field_name};
use crate::question::{NameRule, catalog, validate_name};

/// Tables in which tools keep what they did.
const OF_TOOLS: [&str; 6] = [
    "_sqlx_migrations",
    "__diesel_schema_migrations",
    "refinery_schema_history",
    "schema_migrations",
    "seaql_migrations",
    "_prisma_migrations",
];

pub(super) fn propose(schema: &Schema, proposals: &mut Proposals) {
    let named = named(schema);
    if let Some(question) = catalog::question("data.entities") {
        let mut offers: Vec<OfferedItem> = Vec::new();
        for (table, name) in &named {
            if join(table, &named).is_none() {
                offers.push(entity(table, name, schema, &named));
            }
        }
        if !offers.is_empty() {
            proposals.items.insert(question.id, offers);
        }
        if !schema.doubts.is_empty() {
            proposals.add(question.id, None, schema.doubts.clone());
        }
    }
    let marked = named
        .iter()
        .find(|(table, _)| table.column("deleted_at").is_some());
    if let (Some((table, _)), Some(question)) = (marked, catalog::question("data.deletion")) {
        let found = format!(
            "a column `deleted_at` in the table `{}`, {}",
            table.name,
            place(table)
        );
        proposals.add(
            question.id,
            Some(Value::Text("soft".to_owned())),
            vec![found],
        );
    }
}

type Named<'a> = Vec<(&'a Table, String)>;

/// The tables that can be entities, with the names that they have as such; no two have one name.
fn named(schema: &Schema) -> Named<'_> {
    let mut named: Named<'_> = Vec::new();
    for table in &schema.tables {
        let name = names::upper_camel(&names::singular_hint(&table.name));
        let Ok(name) = validate_name(NameRule::Entity, &name) else {
            continue;
        };
        let is_new = named
            .iter()
            .all(|(_, other)| !other.eq_ignore_ascii_case(&name));
        if is_new && !OF_TOOLS.contains(&table.name.as_str()) {
            named.push((table, name));
        }
    }
    named
}

fn place(table: &Table) -> String {
    format!("`{}`, line {}", table.file, table.line)
}

fn entity_of<'a>(table: &str, named: &'a Named<'_>) -> Option<&'a str> {
    let found = named.iter().find(|(other, _)| other.name == table);
    found.map(|(_, name)| name.as_str())
}

fn entity(table: &Table, name: &str, schema: &Schema, named: &Named<'_>) -> OfferedItem {
    let mut fields: Vec<FieldAnswer> = Vec::new();
    let mut remarks = Vec::new();
    let mut kept = Vec::new();
    for column in &table.columns {
        if is_id(table, column) {
            if column.name != "id" {
                remarks.push(format!("its id is `{}`, {}", column.name, column.kind));
            }
            continue;
        }
        let to = column
            .reference
            .as_ref()
            .and_then(|one| entity_of(&one.table, named));
        let field = field_name(table, column, to.is_some());
        if check_field_name(&field).is_err() && check_field_name(&format!("{field}x")).is_ok() {
            kept.push(format!("`{}`", column.name));
            continue;
        }
        match columns::spec(&field, column, table, to, schema) {
            Ok((spec, remark)) => {
                fields.push(FieldAnswer {
                    name: field,
                    spec,
                    empty_means: None,
                });
                remarks.extend(remark);
            }
            Err(reason) => remarks.push(format!("`{}` is left out: {reason}", column.name)),
        }
    }
    for (other, _) in named {
        if let Some((one, to, line)) = join(other, named).filter(|(one, ..)| *one == table.name) {
            debug_assert_eq!(one, table.name);
            many(&mut fields, &mut remarks, &to, other, line);
        }
    }
    if !kept.is_empty() {
        remarks.push(format!(
            "{} left out: every record keeps that by itself",
            kept.join(", ")
        ));
    }
    remarks.extend(table.doubts.iter().cloned());
    let mut item = Item {
        name: name.to_owned(),
        ..Item::default()
    };
    if let Some(same) = same_when(table, &fields, named) {
        item.parts.insert("same-when".to_owned(), Value::List(same));
    }
    if !fields.is_empty() {
        item.parts
            .insert("fields".to_owned(), Value::Fields(fields));
    }
    OfferedItem {
        item,
        found: format!("the table `{}` in {}", table.name, place(table)),
        remarks,
    }
}

/// Whether a column is what the id of every entity is: a key of its own, without a meaning.
fn is_id(table: &Table, column: &Column) -> bool {
    let is_key = table.key == [column.name.clone()] && column.reference.is_none();
    let is_textual = ["CHAR", "TEXT", "CITEXT"]
        .iter()
        .any(|word| column.kind.contains(word));
    let name = column.name.to_lowercase();
    is_key && (!is_textual || name == "uuid" || name.ends_with("id"))
}

/// `customer` for a column `customer_id` that refers to another table.
fn field_name(table: &Table, column: &Column, refers: bool) -> String {
    let short = ["_id", "_uuid", "Id"]
        .iter()
        .find_map(|ending| column.name.strip_suffix(ending))
        .filter(|short| refers && !short.is_empty() && table.column(short).is_none());
    short.unwrap_or(&column.name).to_owned()
}

/// A table that only says which two belong together: the table it is told of, the entity on the other side, and its line.
fn join(table: &Table, named: &Named<'_>) -> Option<(String, String, u64)> {
    let (references, others): (Vec<&Column>, Vec<&Column>) = table
        .columns
        .iter()
        .partition(|column| column.reference.is_some());
    let [one, other] = references[..] else {
        return None;
    };
    let says_more = others
        .iter()
        .any(|column| !is_id(table, column) && column.name != "created_at");
    let together = |columns: &Vec<String>| {
        columns.len() == 2 && columns.contains(&one.name) && columns.contains(&other.name)
    };
    let is_pair = together(&table.key) || table.uniques.iter().any(together);
    let (from, to) = (
        &one.reference.as_ref()?.table,
        &other.reference.as_ref()?.table,
    );
    let is_join = !says_more && is_pair && from != to && entity_of(from, named).is_some();
    is_join.then_some((from.clone(), entity_of(to, named)?.to_owned(), table.line))
}

fn many(
    fields: &mut Vec<FieldAnswer>,
    remarks: &mut Vec<String>,
    to: &str,
    join: &Table,
    line: u64,
) {
    let name = names::snake(&names::plural(to));
    if fields.iter().any(|field| field.name == name) {
        remarks.push(format!(
            "the table `{}` is left out: there is a field `{name}` already",
            join.name
        ));
        return;
    }
    remarks.push(format!(
        "`{name}` is the table `{}` in `{}`, line {line}",
        join.name, join.file
    ));
    fields.push(FieldAnswer {
        name,
        spec: format!("<-> {to}"),
        empty_means: None,
    });
}

/// The fields of the first rule that makes several columns unique together.
fn same_when(table: &Table, fields: &[FieldAnswer], named: &Named<'_>) -> Option<Vec<String>> {
    let rules = std::iter::once(&table.key).chain(&table.uniques);
    let mut several = rules.filter(|columns| columns.len() > 1);
    several.find_map(|columns| {
        let field = |name: &String| {
            let column = table.column(name)?;
            let to = column
                .reference
                .as_ref()
                .and_then(|one| entity_of(&one.table, named));
            let name = field_name(table, column, to.is_some());
            fields
                .iter()
                .any(|field| field.name == name)
                .then_some(name)
        };
        columns.iter().map(field).collect::<Option<Vec<String>>>()
    })
}

#[cfg(test)]
mod tests;
