//! From one schema to the next: what has run somewhere is never changed, so another answer becomes another migration.
//!
//! Both schemas come as the scripts that would create them from nothing. What can be done without losing anything is written down:
//! a table, a column that may be empty or has a default, an index, a wider rule. What could lose or refuse data is a [`Risk`], with the
//! steps that lead there safely; it is written only when that was asked for.

mod definition;
mod schema;
mod steps;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use self::definition::{Change, Definition};
use self::schema::{Column, Schema, Table};
use self::steps::Steps;
use crate::blueprint::{Blueprint, Migration};

/// Scripts by file name, as [`crate::baseline::Baseline::schema`] has them.
pub type Scripts = BTreeMap<String, String>;

/// Whether the scripts are in SQLite's dialect: its tables, and no others, are declared strict.
pub fn is_sqlite(scripts: &Scripts) -> bool {
    scripts.values().any(|text| text.contains(") STRICT"))
}

/// A new migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Its number, name and label.
    pub migration: Migration,
    /// The SQL.
    pub text: String,
}

/// A change that could lose data, or that the data there could refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Risk {
    /// What: `orders.note is dropped`.
    pub what: String,
    /// What leads there safely, one step each: expand, move, contract.
    pub steps: Vec<String>,
    /// It can be written when it is asked for.
    pub can_be_allowed: bool,
}

/// The values that rows which are there get in a new column, in SQL, by table and column.
pub type Defaults = BTreeMap<(String, String), String>;

/// What the answers give new columns.
pub fn defaults(blueprint: &Blueprint) -> Defaults {
    let mut defaults = Defaults::new();
    for entity in &blueprint.entities {
        for field in &entity.fields {
            let literal = field.default.as_deref().and_then(|default| {
                Some(match field.kind {
                    "string" | "text" | "enum" | "email" | "url" | "json" => {
                        format!("'{}'", default.replace('\'', "''"))
                    }
                    "bool" => match (blueprint.postgresql, matches!(default, "true" | "yes")) {
                        (true, value) => value.to_string(),
                        (false, value) => u8::from(value).to_string(),
                    },
                    "int" => default.parse::<i64>().ok()?.to_string(),
                    _ => return None,
                })
            });
            if let Some(literal) = literal {
                defaults.insert((entity.plural.clone(), field.name.clone()), literal);
            }
        }
        // Every record starts with the first version.
        defaults.insert(
            (entity.plural.clone(), "version".to_owned()),
            "1".to_owned(),
        );
    }
    defaults
}

/// Plans the migrations from `old` to `new`, numbered from `next`. With `destructive`, those that could lose data too.
///
/// # Errors
/// The risks that are left, all of them.
pub fn plan(
    old: &Scripts,
    new: &Scripts,
    defaults: &Defaults,
    next: u64,
    destructive: bool,
) -> Result<Vec<Script>, Vec<Risk>> {
    let (old, new) = (Schema::read(old), Schema::read(new));
    let mut planner = Planner {
        old: &old,
        new: &new,
        defaults,
        next,
        destructive,
        scripts: Vec::new(),
        risks: Vec::new(),
        allowed: Vec::new(),
    };
    planner.run();
    match planner.risks.is_empty() {
        true => Ok(planner.scripts),
        false => Err(planner.risks),
    }
}

struct Planner<'a> {
    old: &'a Schema,
    new: &'a Schema,
    defaults: &'a Defaults,
    next: u64,
    destructive: bool,
    scripts: Vec<Script>,
    risks: Vec<Risk>,
    /// What was allowed, and is not in a script yet.
    allowed: Vec<String>,
}

impl Planner<'_> {
    fn run(&mut self) {
        for table in &self.new.tables {
            match self.old.table(&table.name) {
                Some(old) => self.change(old, table),
                None => self.push(&format!("create_{}", table.bare()), table.script.clone()),
            }
        }
        // Those that refer to others go first.
        for table in self.old.tables.iter().rev() {
            if self.new.table(&table.name).is_none() && self.allows(steps::drop_table(table)) {
                let script = format!("DROP TABLE {};\n", table.name);
                self.push(&format!("drop_{}", table.bare()), script);
            }
        }
    }

    /// Notes a risk, or lets it pass where it was asked for.
    fn allows(&mut self, risk: Risk) -> bool {
        let allowed = self.destructive && risk.can_be_allowed;
        if allowed {
            self.allowed.push(risk.what);
        } else {
            self.risks.push(risk);
        }
        allowed
    }

    fn push(&mut self, stem: &str, text: String) {
        // A test of the project looks for such a line where something is taken away.
        let text = self
            .allowed
            .drain(..)
            .map(|what| format!("-- contract: {what}\n"))
            .chain([text])
            .collect();
        let file = format!("{:04}_{stem}.sql", self.next);
        self.next += 1;
        let migration = Migration::of_file(file).expect("the name begins with a number");
        self.scripts.push(Script { migration, text });
    }

    /// One migration for all that changes in a table.
    fn change(&mut self, old: &Table, new: &Table) {
        let mut steps = Steps::new(old, new);
        for column in &new.columns {
            match old.column(&column.name) {
                None => self.add(&mut steps, column),
                Some(before) => self.alter(&mut steps, before, column),
            }
        }
        for column in &old.columns {
            if new.column(&column.name).is_none() && self.allows(steps::drop_column(old, column)) {
                steps.drop_column(column);
            }
        }
        if (&old.rules, &old.options) != (&new.rules, &new.options) {
            self.risks.push(steps::rules(new));
        }
        if let Some((stem, text)) = steps.finish() {
            self.push(&stem, text);
        }
    }

    fn add(&mut self, steps: &mut Steps<'_>, column: &Column) {
        let definition = Definition::read(&column.definition);
        let key = (steps.table.bare().to_owned(), column.bare().to_owned());
        match self.defaults.get(&key) {
            _ if !definition.required => steps.add_column(column, None),
            Some(default) if definition.references.is_none() => {
                steps.add_column(column, Some(default));
            }
            _ => self.risks.push(steps::required_column(steps.table, column)),
        }
    }

    fn alter(&mut self, steps: &mut Steps<'_>, before: &Column, after: &Column) {
        let (old, new) = (
            Definition::read(&before.definition),
            Definition::read(&after.definition),
        );
        match old.change_to(&new) {
            Change::None => {}
            Change::Wider => steps.swap_column(after, &new),
            Change::Narrower(why) => {
                let required_reference = new.required && new.references.is_some();
                let risk = steps::narrower(steps.table, after, why, !required_reference);
                if self.allows(risk) {
                    steps.swap_column(after, &new);
                }
            }
        }
    }
}
