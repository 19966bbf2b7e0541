//! Different names that become the same.

use std::collections::BTreeMap;

use super::{bare, kebab, module_name, rust_type_name, sql_identifier};

/// A name that something in the generated project takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Where names must differ: `type`, `module`, `table`, `route`, or a finer place such as `column of orders`.
    pub space: String,
    /// The name taken.
    pub name: String,
    /// Who takes it: the path of an answer, `entity.Order`.
    pub origin: String,
}

/// Names that become the same although their origins differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// Where they would have to differ.
    pub space: String,
    /// What they all become.
    pub name: String,
    /// All who take it, in the order of the claims: at least two.
    pub origins: Vec<String>,
}

impl std::fmt::Display for Collision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let all = if self.origins.len() == 2 {
            "both"
        } else {
            "all"
        };
        write!(
            f,
            "`{}` {all} become the {} `{}`",
            self.origins.join("` and `"),
            self.space,
            self.name
        )
    }
}

/// What an entity takes: its types, module, table and route. `plural` is its plural in any spelling.
pub fn entity_claims(name: &str, plural: &str, origin: &str) -> Vec<Claim> {
    let (record, table) = (rust_type_name(name), sql_identifier(plural));
    [
        ("type", record.clone()),
        ("type", format!("{record}Input")),
        ("type", format!("{record}Query")),
        ("module", module_name(name)),
        ("table", bare(&table).to_owned()),
        ("route", kebab(plural)),
    ]
    .into_iter()
    .map(|(space, name)| Claim {
        space: space.to_owned(),
        name,
        origin: origin.to_owned(),
    })
    .collect()
}

/// Everything claimed more than once, in the order in which it was first claimed. Names that differ in case alone are the same:
/// on the file systems of macOS and Windows, in SQL, and for whoever reads them aloud.
pub fn collisions(claims: &[Claim]) -> Vec<Collision> {
    let mut places: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut found: Vec<Collision> = Vec::new();
    for claim in claims {
        let at = *places
            .entry((&claim.space, claim.name.to_lowercase()))
            .or_insert(found.len());
        match found.get_mut(at) {
            Some(collision) => collision.origins.push(claim.origin.clone()),
            None => found.push(Collision {
                space: claim.space.clone(),
                name: claim.name.clone(),
                origins: vec![claim.origin.clone()],
            }),
        }
    }
    found.retain(|collision| collision.origins.len() > 1);
    found
}
