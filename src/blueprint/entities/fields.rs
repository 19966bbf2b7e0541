//! The fields of one entity as columns, and the targets of its references.

use std::collections::BTreeMap;

use super::model::Draft;
use super::relations::join;
use super::{Entity, EnumValue, Field, Join, Referenced, Target};
use crate::blueprint::columns::{self, Spelling};
use crate::blueprint::conflict::Conflict;
use crate::blueprint::names;
use crate::blueprint::samples::{self, Samples};
use crate::notation::{self, FieldAnswer, FieldKind, OnDelete};
use crate::skeleton::Text;

/// The columns and many-to-many relations of one entity.
pub(super) fn columns(
    own: &[Entity],
    referenced: &[Referenced],
    index: &BTreeMap<String, usize>,
    at: usize,
    draft: &Draft<'_>,
    conflicts: &mut Vec<Conflict>,
) -> (Vec<Field>, Vec<Join>) {
    let entity = &own[at];
    let (mut fields, mut joins) = (Vec::new(), Vec::new());
    for (parsed, answer) in &draft.fields {
        let place = format!("entity.{}.fields.{}", entity.name, answer.name);
        match &parsed.kind {
            FieldKind::Many { to } => match index.get(&to.to_lowercase()) {
                Some(target) => joins.push(join(entity, &own[*target], &answer.name)),
                None => conflicts.push(unknown_entity(&place, to, own, referenced)),
            },
            FieldKind::One { to, on_delete } => {
                let target = match index.get(&to.to_lowercase()) {
                    Some(found) => own_target(&own[*found], *found == at, *on_delete),
                    None => match referenced
                        .iter()
                        .find(|entity| entity.name.eq_ignore_ascii_case(to))
                    {
                        Some(found) => foreign_target(found),
                        None => {
                            conflicts.push(unknown_entity(&place, to, own, referenced));
                            continue;
                        }
                    },
                };
                fields.push(column(entity, parsed, answer, Some(target)));
            }
            _ => fields.push(column(entity, parsed, answer, None)),
        }
    }
    (fields, joins)
}

fn unknown_entity(place: &str, to: &str, own: &[Entity], referenced: &[Referenced]) -> Conflict {
    let known = own
        .iter()
        .map(|entity| entity.name.as_str())
        .chain(referenced.iter().map(|entity| entity.name.as_str()));
    let hint = match crate::error::did_you_mean(to, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("add the entity, or say whose it is: `[entity.{to}]` with `of = \"…\"`"),
    };
    Conflict::at(place, format!("there is no entity `{to}`"), hint)
}

fn own_target(target: &Entity, itself: bool, on_delete: OnDelete) -> Target {
    Target {
        type_name: target.type_name.clone(),
        module_ident: target.module_ident.clone(),
        table: target.table.clone(),
        plural: target.plural.clone(),
        route: target.route.clone(),
        label: target.label.clone(),
        foreign: false,
        text_id: false,
        itself,
        soft: target.soft,
        on_delete: on_delete_word(on_delete),
    }
}

fn foreign_target(target: &Referenced) -> Target {
    Target {
        type_name: target.type_name.clone(),
        module_ident: target.module_ident.clone(),
        table: String::new(),
        plural: String::new(),
        route: String::new(),
        label: target.label.clone(),
        foreign: true,
        text_id: target.text_id,
        itself: false,
        soft: false,
        on_delete: "restrict",
    }
}

fn on_delete_word(on_delete: OnDelete) -> &'static str {
    match on_delete {
        OnDelete::Restrict => "restrict",
        OnDelete::Cascade => "cascade",
        OnDelete::Clear => "clear",
    }
}

fn column(
    entity: &Entity,
    parsed: &notation::Field,
    answer: &FieldAnswer,
    target: Option<Target>,
) -> Field {
    let mut name = names::snake(&parsed.name);
    if target.is_some() && !name.ends_with("_id") {
        name.push_str("_id");
    }
    let facts = facts(&parsed.kind);
    let values: Vec<EnumValue> = match &parsed.kind {
        FieldKind::Enum { values } => values
            .iter()
            .map(|word| {
                let variant = names::variant(word);
                EnumValue {
                    snake: serde_snake_case(&variant) == *word,
                    word: word.clone(),
                    variant,
                }
            })
            .collect(),
        _ => Vec::new(),
    };
    let enum_type = (!values.is_empty())
        .then(|| format!("{}{}", entity.type_name, names::upper_camel(&parsed.name)));
    // A list takes these as parameters of its own.
    let reserved = ["cursor", "limit", "order"].contains(&name.as_str());
    let listed = target.is_some() || parsed.unique || facts.kind == "enum";
    let mut field = Field {
        given: parsed.name.clone(),
        rust: names::rust_identifier(&name),
        column: names::sql_identifier(&name),
        label: names::label(&parsed.name),
        kind: facts.kind,
        optional: parsed.optional,
        unique: parsed.unique,
        personal: parsed.personal,
        meaning: answer
            .empty_means
            .as_deref()
            .filter(|text| !text.is_empty())
            .map(Text::new),
        default: parsed.default.clone(),
        default_in_json: None,
        min: facts.min,
        max: facts.max,
        scale: facts.scale,
        currency: facts.currency,
        // The whole value matches, not a part of it.
        pattern: facts
            .pattern
            .map(|pattern| Text::new(format!("^(?:{pattern})$"))),
        // Personal data does not belong into URLs: they are logged everywhere.
        filter: listed && !reserved && !parsed.personal && !matches!(facts.kind, "bytes" | "json"),
        counted: false,
        refers_to_itself: target.as_ref().is_some_and(|target| target.itself),
        refers_to_ours: target.as_ref().is_some_and(|target| !target.foreign),
        narrows: matches!(
            facts.kind,
            "reference" | "enum" | "string" | "email" | "uuid" | "date" | "int"
        ) && parsed.default.is_none()
            || facts.kind == "enum",
        samples: Samples::default(),
        values,
        enum_type,
        spelling: Spelling::default(),
        target,
        name,
    };
    field.default_in_json = samples::default_in_json(&field);
    field.spelling = columns::spell(&field);
    field
}

/// What serde's `rename_all = "snake_case"` makes of a variant.
fn serde_snake_case(variant: &str) -> String {
    let mut out = String::new();
    for (at, c) in variant.char_indices() {
        if c.is_uppercase() && at > 0 {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

#[derive(Default)]
struct Facts {
    kind: &'static str,
    min: Option<i64>,
    max: Option<i64>,
    scale: Option<u8>,
    currency: Option<String>,
    pattern: Option<String>,
}

fn facts(kind: &FieldKind) -> Facts {
    let named = |kind| Facts {
        kind,
        ..Facts::default()
    };
    match kind {
        FieldKind::String { min, max, pattern } => Facts {
            kind: "string",
            min: Some((*min).into()),
            max: Some((*max).into()),
            pattern: pattern.clone(),
            ..Facts::default()
        },
        FieldKind::Text { min, max } => Facts {
            kind: "text",
            min: Some((*min).into()),
            max: Some((*max).into()),
            ..Facts::default()
        },
        FieldKind::Int { min, max } => Facts {
            kind: "int",
            min: *min,
            max: *max,
            ..Facts::default()
        },
        FieldKind::Decimal {
            digits,
            scale,
            min,
            max,
        } => {
            let limit = 10_i64.pow(u32::from(*digits)) - 1;
            let (min, max) = (
                min.unwrap_or(-limit).max(-limit),
                max.unwrap_or(limit).min(limit),
            );
            Facts {
                kind: "decimal",
                min: Some(min),
                max: Some(max),
                scale: Some(*scale),
                ..Facts::default()
            }
        }
        FieldKind::Money { currency, min, max } => Facts {
            kind: "money",
            min: *min,
            max: *max,
            currency: Some(currency.clone()),
            ..Facts::default()
        },
        FieldKind::Bytes { max } => Facts {
            kind: "bytes",
            max: Some((*max).into()),
            ..Facts::default()
        },
        FieldKind::Bool => named("bool"),
        FieldKind::Instant => named("instant"),
        FieldKind::Date => named("date"),
        FieldKind::Uuid => named("uuid"),
        FieldKind::Email => named("email"),
        FieldKind::Url => named("url"),
        FieldKind::Json => named("json"),
        FieldKind::Enum { .. } => named("enum"),
        FieldKind::One { .. } | FieldKind::Many { .. } => named("reference"),
    }
}
