//! Entities, their columns and relations, named for Rust, SQL and HTTP.

mod fields;
mod model;
mod relations;
mod rules;

use serde::Serialize;

pub(super) use self::model::{Model, model};
use super::Uses;
use super::columns::Spelling;
use super::samples::Samples;
use crate::skeleton::Text;

/// An entity that this service owns.
#[derive(Debug, Clone, Serialize)]
pub struct Entity {
    /// The name as given.
    pub name: String,
    /// The Rust type: `OrderLine`.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The file of one: `order_line`.
    pub module: String,
    /// `module` as an identifier: `r#match`.
    pub module_ident: String,
    /// The file of several, and the table's bare name: `order_lines`.
    pub plural: String,
    /// `plural` as an identifier.
    pub plural_ident: String,
    /// The table, quoted where SQL needs it.
    pub table: String,
    /// The path segment: `order-lines`.
    pub route: String,
    /// In prose: `order line`.
    pub label: String,
    /// Several in prose: `order lines`.
    pub labels: String,
    /// With its article: `an order line`.
    pub a_label: String,
    /// What it is, in the person's words.
    pub about: Option<Text>,
    /// Columns, relations to one among them.
    pub fields: Vec<Field>,
    /// What makes two records the same.
    pub uniques: Vec<Unique>,
    /// `reject`, `return-existing` or `update`.
    pub duplicates: String,
    /// Conflicting changes are detected.
    pub versioned: bool,
    /// Deleted records are kept.
    pub soft: bool,
    /// There is a delete route.
    pub deletable: bool,
    /// Columns elsewhere that refer to this.
    pub referrers: Vec<Referrer>,
    /// The number of its migration, four digits.
    pub number: String,
    /// Which shared parts it needs.
    pub uses: Uses,
    /// What it refers to, each once, in the order of imports.
    pub targets: Vec<Target>,
    /// What else happens when a record is deleted, in order; empty where the database does it.
    pub deletion: Vec<DeletionStep>,
    /// The generated tests can make any number of records that differ in what is unique.
    pub varied: bool,
    /// Creating one creates others of the same kind.
    pub listed_beside: bool,
    /// Modules of entities that its tests use, as identifiers.
    pub test_modules: Vec<String>,
    /// What deleting one does to those that refer to it.
    pub deletion_tests: Vec<DeletionTest>,
}

/// A test of what deleting a record does to one that refers to it.
#[derive(Debug, Clone, Serialize)]
pub struct DeletionTest {
    /// The test's name.
    pub name: String,
    /// The referring entity's module, as an identifier.
    pub module: String,
    /// The referring field.
    pub field: String,
    /// The referring field is never empty.
    pub required: bool,
    /// `restrict`, `cascade` or `clear`.
    pub on_delete: &'static str,
}

/// A file that changes the schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Migration {
    /// Its number; they run in this order.
    pub number: u64,
    /// What it does, in prose: `create orders`.
    pub label: String,
    /// The file below `migrations/`: `0001_create_orders.sql`.
    pub file: String,
}

impl Migration {
    /// Of a file; its name says the rest. `None` where it has no number.
    pub fn of_file(file: impl Into<String>) -> Option<Migration> {
        let file = file.into();
        let (number, rest) = file.strip_suffix(".sql")?.split_once('_')?;
        Some(Migration {
            number: number.parse().ok()?,
            label: rest.replace('_', " "),
            file,
        })
    }
}

/// One statement that runs when a record is deleted but stays in its table.
#[derive(Debug, Clone, Serialize)]
pub struct DeletionStep {
    /// The constant.
    pub constant: String,
    /// The statement, lines after the first without indentation.
    pub sql: String,
    /// The statement finds what forbids the deletion; otherwise it changes rows.
    pub forbids: bool,
    /// The statement takes the present time as `$2`.
    pub timed: bool,
}

/// A column of an entity.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    /// The name as given.
    pub given: String,
    /// In JSON, and the bare column: `customer_id`.
    pub name: String,
    /// In Rust: `r#type`.
    pub rust: String,
    /// In SQL, quoted where needed.
    pub column: String,
    /// In prose.
    pub label: String,
    /// `string`, `text`, `int`, `decimal`, `money`, `bool`, `instant`, `date`, `uuid`, `email`, `url`, `json`, `bytes`, `enum`, `reference`.
    pub kind: &'static str,
    /// May be empty.
    pub optional: bool,
    /// No two records share it.
    pub unique: bool,
    /// Never printed.
    pub personal: bool,
    /// What empty means, in the person's words.
    pub meaning: Option<Text>,
    /// The default on creation, in canonical text.
    pub default: Option<String>,
    /// The default as JSON has it, as an expression for a test; none where it depends on the time.
    pub default_in_json: Option<String>,
    /// Smallest value or length.
    pub min: Option<i64>,
    /// Largest value or length.
    pub max: Option<i64>,
    /// Digits behind the point.
    pub scale: Option<u8>,
    /// The currency of money.
    pub currency: Option<String>,
    /// A regular expression for the whole value.
    pub pattern: Option<Text>,
    /// The words of an enum.
    pub values: Vec<EnumValue>,
    /// The Rust type of an enum.
    pub enum_type: Option<String>,
    /// What a reference refers to.
    pub target: Option<Target>,
    /// An index carries it, so that lists can be filtered by it.
    pub filter: bool,
    /// Its sample differs from record to record.
    pub counted: bool,
    /// It refers to its own entity.
    pub refers_to_itself: bool,
    /// It refers to an entity of ours.
    pub refers_to_ours: bool,
    /// The generated tests can filter by it.
    pub narrows: bool,
    /// Values for the generated tests, as JSON.
    pub samples: Samples,
    /// As generated code spells it.
    #[serde(flatten)]
    pub spelling: Spelling,
}

/// A word of an enum.
#[derive(Debug, Clone, Serialize)]
pub struct EnumValue {
    /// As given.
    pub word: String,
    /// In Rust.
    pub variant: String,
    /// The word is its variant in snake case.
    pub snake: bool,
}

/// What a reference refers to.
#[derive(Debug, Clone, Serialize)]
pub struct Target {
    /// The Rust type of the target.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The target's module as an identifier.
    pub module_ident: String,
    /// Its table, quoted where needed; empty when another service owns it.
    pub table: String,
    /// Its table's bare name.
    pub plural: String,
    /// Its path segment.
    pub route: String,
    /// In prose.
    pub label: String,
    /// Another service owns it.
    pub foreign: bool,
    /// The foreign id is text.
    pub text_id: bool,
    /// It is the entity itself.
    pub itself: bool,
    /// Deleted targets stay in their table.
    pub soft: bool,
    /// `restrict`, `cascade` or `clear`.
    pub on_delete: &'static str,
}

/// A set of columns that no two records share.
#[derive(Debug, Clone, Serialize)]
pub struct Unique {
    /// The index's name.
    pub index: String,
    /// Names in JSON.
    pub fields: Vec<String>,
    /// Columns, quoted where needed.
    pub columns: Vec<String>,
    /// The one that decides what to return or update when a record exists already.
    pub primary: bool,
}

/// A column elsewhere that refers to an entity.
#[derive(Debug, Clone, Serialize)]
pub struct Referrer {
    /// The referring entity's type.
    #[serde(rename = "type")]
    pub type_name: String,
    /// Its module as an identifier.
    pub module_ident: String,
    /// Its table, quoted where needed.
    pub table: String,
    /// Its bare table name.
    pub plural: String,
    /// The column, quoted where needed.
    pub column: String,
    /// The column's bare name.
    pub field: String,
    /// The column is never empty.
    pub required: bool,
    /// In prose, several.
    pub labels: String,
    /// `restrict`, `cascade` or `clear`.
    pub on_delete: &'static str,
    /// Deleted referrers stay in their table.
    pub soft: bool,
    /// A join table rather than an entity.
    pub join: bool,
}

/// A many-to-many relation.
#[derive(Debug, Clone, Serialize)]
pub struct Join {
    /// The file and bare table: `order_tags`.
    pub module: String,
    /// `module` as an identifier.
    pub module_ident: String,
    /// The table, quoted where needed.
    pub table: String,
    /// The path segment behind the owner's id: `tags`.
    pub route: String,
    /// In prose.
    pub label: String,
    /// The field as given.
    pub field: String,
    /// The side that names the relation.
    pub left: JoinSide,
    /// The other side.
    pub right: JoinSide,
    /// The number of its migration, four digits.
    pub number: String,
}

/// One side of a many-to-many relation.
#[derive(Debug, Clone, Serialize)]
pub struct JoinSide {
    /// The entity as given.
    pub name: String,
    /// The entity's Rust type.
    #[serde(rename = "type")]
    pub type_name: String,
    /// Its module as an identifier.
    pub module_ident: String,
    /// The file of several, as an identifier.
    pub plural_ident: String,
    /// The file of several.
    pub plural: String,
    /// Its table, quoted where needed.
    pub table: String,
    /// Its path segment.
    pub route: String,
    /// In prose.
    pub label: String,
    /// Several in prose.
    pub labels: String,
    /// The column of the join table.
    pub column: String,
    /// The generated tests can make any number of records.
    pub varied: bool,
    /// Deleted records stay in their table.
    pub soft: bool,
    /// There is a delete route.
    pub deletable: bool,
}

/// An entity that another service owns.
#[derive(Debug, Clone, Serialize)]
pub struct Referenced {
    /// The name as given.
    pub name: String,
    /// The Rust type.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The file and module of its id type.
    pub module: String,
    /// `module` as an identifier.
    pub module_ident: String,
    /// In prose.
    pub label: String,
    /// What it is, in the person's words.
    pub about: Option<Text>,
    /// The service that owns it, in the person's words.
    pub of: Text,
    /// Its ids are text, not UUIDs.
    pub text_id: bool,
}
