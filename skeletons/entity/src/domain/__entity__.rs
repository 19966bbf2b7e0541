<% set E = entity.type %>
//! <{ entity.labels|capitalize }><% if entity.about %>: <{ entity.about|doc("", "//! ") }><% else %>.<% endif %>


use garde::Validate;
use serde::{Deserialize, Serialize};
<% if uses_of(entity, "json") %>
use serde_json::Value;
<% endif %>

<% if uses_of(entity, "bytes") %>
use crate::bytes::Bytes;
<% endif %>
<% if uses_of(entity, "date") %>
use crate::date::Date;
<% endif %>
<% if uses_of(entity, "decimal") %>
use crate::decimal::Decimal;
<% endif %>
<% for target in targets_of(entity) if not target.itself %>
use crate::domain::<{ target.module_ident }>::<{ target.type }>;
<% endfor %>
use crate::id::Id;
<% if uses_of(entity, "int", "money") %>
use crate::integer;
<% endif %>
<% if filters_of(entity) %>
use crate::page::{Cursor, Direction, Limit};
<% endif %>
<% if personal_in(entity) %>
use crate::personal::Personal;
<% endif %>
use crate::timestamp::Timestamp;
<% if checks_of(entity) %>
use crate::validate;
<% endif %>
