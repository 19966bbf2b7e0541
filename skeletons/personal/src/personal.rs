//! Data about people: it is stored and answered like any other, and never printed.

use std::fmt;

<% if uses.personal_bytes %>
use garde::rules::length::bytes::HasBytes;
<% endif %>
<% if uses.personal_texts %>
use garde::rules::length::chars::HasChars;
<% endif %>
<% if uses.personal_numbers %>
use garde::rules::range::{Bounds, OutOfBounds};
<% endif %>
use serde::{Deserialize, Serialize};
use sqlx::{Database, Decode, Encode, Type, encode::IsNull, error::BoxDynError};

/// `{:?}` shows that there is something, not what: no log line, panic or failed assertion tells.
#[derive(Clone, PartialEq, Eq, <% if uses.personal_numbers %>PartialOrd, <% endif %>Deserialize, Serialize)]
#[serde(transparent)]
pub struct Personal<T>(pub T);

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(personal)")
    }
}

<% if uses.personal_texts %>
impl<T: HasChars> HasChars for Personal<T> {
    fn num_chars(&self) -> usize {
        self.0.num_chars()
    }
}

<% endif %>
<% if uses.personal_bytes %>
impl<T: HasBytes> HasBytes for Personal<T> {
    fn num_bytes(&self) -> usize {
        self.0.num_bytes()
    }
}

<% endif %>
<% if uses.personal_numbers or uses.personal_json %>
impl<T> From<T> for Personal<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

<% endif %>
<% if uses.personal_numbers %>
impl<T: Bounds> Bounds for Personal<T> {
    type Size = T::Size;

    const MIN: Self::Size = T::MIN;
    const MAX: Self::Size = T::MAX;

    fn validate_bounds(&self, lowest: Self::Size, highest: Self::Size) -> Result<(), OutOfBounds> {
        self.0.validate_bounds(lowest, highest)
    }
}

<% endif %>
impl<T: Type<DB>, DB: Database> Type<DB> for Personal<T> {
    fn type_info() -> DB::TypeInfo {
        T::type_info()
    }

    fn compatible(info: &DB::TypeInfo) -> bool {
        T::compatible(info)
    }
}

impl<'q, T: Encode<'q, DB>, DB: Database> Encode<'q, DB> for Personal<T> {
    fn encode_by_ref(&self, buffer: &mut DB::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        self.0.encode_by_ref(buffer)
    }
}

impl<'r, T: Decode<'r, DB>, DB: Database> Decode<'r, DB> for Personal<T> {
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
        T::decode(value).map(Self)
    }
}
