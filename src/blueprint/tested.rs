//! Which helpers the generated tests of a service share: none is there that no test uses.

use serde::Serialize;

use super::entities::{Entity, Field, Join};

/// What at least one of the generated tests does.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Tested {
    /// Counts up, so that records differ in what is unique.
    pub counts: bool,
    /// Deletes a record.
    pub deletes: bool,
    /// Has an input refused, in a new record and in a change.
    pub refuses: bool,
    /// Has an input refused in a change alone.
    pub refuses_changes: bool,
    /// Leaves out what is required.
    pub requires: bool,
    /// Tries to clear what cannot be cleared.
    pub keeps: bool,
    /// Clears what is optional.
    pub clears: bool,
    /// Creates the same record several times at once.
    pub races_creations: bool,
    /// Changes the same version several times at once.
    pub races_updates: bool,
    /// Sends several requests at once.
    pub races: bool,
    /// Reads a list page by page.
    pub pages: bool,
    /// Expects a list to have certain records and no other.
    pub filters: bool,
    /// Asks for a list by somebody's id.
    pub searches_ids: bool,
    /// How deep macros may go, where a record has more members than `json!` otherwise takes.
    pub recursion_limit: Option<usize>,
    /// Narrows a list by the value of a field.
    pub narrows: bool,
}

/// `json!` takes a few steps of Rust's 128 for each member.
const FIELDS_WITHIN_LIMIT: usize = 24;

/// What the tests of these entities and relations do.
pub(super) fn tested(entities: &[Entity], joins: &[Join], has_probe: bool) -> Tested {
    let mut tested = Tested::default();
    for entity in entities {
        add(&mut tested, entity);
    }
    let widest = entities.iter().map(|entity| entity.fields.len()).max();
    tested.recursion_limit = widest
        .filter(|fields| *fields > FIELDS_WITHIN_LIMIT)
        .map(|fields| (8 * fields).next_power_of_two());
    for join in joins {
        let both_varied = join.left.varied && join.right.varied;
        let apart = both_varied || join.left.type_name != join.right.type_name;
        tested.pages |= both_varied;
        tested.filters |= both_varied || join.right.deletable && apart;
    }
    tested.races |= has_probe || tested.races_creations || tested.races_updates;
    tested.filters |= tested.narrows;
    tested.keeps |= tested.requires;
    tested
}

fn add(tested: &mut Tested, entity: &Entity) {
    let many = entity.varied;
    let fields = || entity.fields.iter();
    // What refers to others and may stay empty is left out of a sample.
    let is_loose = |field: &Field| field.optional && field.refers_to_ours;
    let has_required = fields().any(|field| !field.optional && field.default.is_none());
    let has_solid = fields().any(|field| !field.optional && field.default.is_some());
    let loose_itself = |field: &Field| {
        is_loose(field) && field.target.as_ref().is_some_and(|target| target.itself)
    };
    tested.counts |= fields()
        .any(|field| field.counted && !is_loose(field) || field.optional && field.counted && many);
    tested.deletes |= entity.deletable;
    tested.refuses |= many;
    tested.refuses_changes |= !many;
    tested.requires |= has_required && many;
    tested.keeps |= has_required && !many || has_solid;
    tested.clears |= fields().any(|field| field.optional) && (many || !fields().any(loose_itself));
    tested.races_creations |= !entity.uniques.is_empty() && many;
    tested.races_updates |= entity.versioned;
    tested.pages |= many;
    tested.filters |= !entity.listed_beside;
    let is_id = |field: &Field| match &field.target {
        Some(target) => !target.text_id,
        None => field.kind == "uuid",
    };
    tested.searches_ids |= fields().any(|field| field.filter && is_id(field));
    tested.narrows |=
        many && fields().any(|field| field.filter && field.narrows && !is_loose(field));
}
