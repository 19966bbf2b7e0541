//! <{ entity.labels|upfirst }>.<% if entity.about %> <{ entity.about|doc("", "//! ") }><% endif %>


<% if entity.uses.patterns %>
use std::sync::LazyLock;

<% endif %>
use garde::Validate;
<% if entity.uses.patterns %>
use regex::Regex;
<% endif %>
use serde::{Deserialize, Serialize};
<% if entity.uses.json %>
use serde_json::<% if entity.uses.json_defaults %>{Map, Value}<% else %>Value<% endif %>;
<% endif %>
<% if entity.uses.uuids %>
use uuid::Uuid;
<% endif %>

<% if entity.uses.bytes %>
use crate::bytes::Bytes;
<% endif %>
<% if entity.uses.dates %>
use crate::date::Date;
<% endif %>
<% if entity.uses.decimals %>
use crate::decimal::Decimal;
<% endif %>
<% for target in entity.targets if not target.itself %>
use crate::domain::<{ target.module_ident }>::<{ target.type }>;
<% endfor %>
use crate::id::Id;
<% if entity.uses.integers %>
use crate::integer;
<% endif %>
<% if entity.uses.filters %>
use crate::page::{Cursor, Direction, Limit};
<% endif %>
<% if entity.uses.personal %>
use crate::personal::Personal;
<% endif %>
use crate::timestamp::Timestamp;
<% if entity.uses.checks %>
use crate::validate;
<% endif %>

<% for field in entity.fields if field.enum_type %>
<% set has_default = field.default is not none %>
#[derive(Clone, Copy, Debug, <% if has_default %>Default, <% endif %>PartialEq, Eq, Deserialize, Serialize)]
<% set odd = field.values|rejectattr("snake")|list %>
<% if not odd %>
#[serde(rename_all = "snake_case")]
<% endif %>
pub enum <{ field.enum_type }> {
<% for value in field.values %>
<% if value.word == field.default %>
    #[default]
<% endif %>
<% if odd and value.word != value.variant %>
    #[serde(rename = "<{ value.word }>")]
<% endif %>
    <{ value.variant }>,
<% endfor %>
}

<% endfor %>
<% for field in entity.fields if field.pattern_const %>
static <{ field.pattern_const }>: LazyLock<Regex> = LazyLock::new(|| {
    // It was read once already, by the tests.
    let pattern =¦ <{ field.pattern|rust }>;
    Regex::new(pattern).unwrap_or_else(|error| unreachable!("{error}"))
});

<% endfor %>
/// What a caller decides about <{ entity.a_label }>.
#[derive(Clone, Debug, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct <{ entity.type }>Input {
<% for field in entity.fields %>
<% if not loop.first %>

<% endif %>
<% if field.currency %>
    /// In minor units of <{ field.currency }>.
<% endif %>
<% if field.meaning %>
    <{ field.meaning|doc("/// Empty: ", "    /// ") }>
<% endif %>
<% for attribute in field.attributes %>
    <{ attribute|marked }>
<% endfor %>
<% if field.rust == field.name ~ "_" %>
    #[serde(rename = "<{ field.name }>")]
<% endif %>
    pub <{ field.rust }>:¦ <{ field.rust_full }>,
<% endfor %>
}

/// <{ entity.a_label|upfirst }> as it is kept and answered.
#[derive(Clone, Debug, Serialize)]
pub struct <{ entity.type }> {
    pub id: Id<Self>,
<% for field in entity.fields %>
<% if field.rust == field.name ~ "_" %>
    #[serde(rename = "<{ field.name }>")]
<% endif %>
    pub <{ field.rust }>:¦ <{ field.rust_full|replace("<" ~ entity.type ~ ">", "<Self>") if field.target and field.target.itself else field.rust_full }>,
<% endfor %>
<% if entity.versioned %>
    pub version: i64,
<% endif %>
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl From<<{ entity.type }>> ¦for <{ entity.type }>Input {
    fn from(record: <{ entity.type }>) -> Self {
        Self { ⟦<% for field in entity.fields %><{ field.rust }>: record¦.<{ field.rust }><% if not loop.last %>, <% endif %><% endfor %>⟧ }
    }
}
<% if entity.uses.filters %>

/// What a list of them can be asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct <{ entity.type }>Query {
    pub cursor: Option<Cursor>,
    pub limit: Option<Limit>,
    pub order: Option<Direction>,
<% for field in entity.fields if field.filter %>
<% if field.rust == field.name ~ "_" %>
    #[serde(rename = "<{ field.name }>")]
<% endif %>
    pub <{ field.rust }>:¦ Option<<{ field.rust_type }>>,
<% endfor %>
}
<% endif %>
<% for field in entity.fields if field.default_fn %>

fn <{ field.default_fn.name }>() ¦-> <{ field.default_fn.returns }> {
    <{ field.default_fn.body }>
}
<% endfor %>
