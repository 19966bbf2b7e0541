//! Days of the calendar, without a time and so without a zone.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
<% if postgresql %>
use sqlx::{
    Decode, Encode, Postgres, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef, types::Oid},
};
<% else %>

use crate::text_column::text_column;
<% endif %>

#[derive(Clone, Copy, Debug)]
pub struct Date(jiff::civil::Date);
<% if not postgresql %>

text_column!(Date);
<% endif %>

<% if uses.today or uses.fixed_days %>
impl Date {
<% if uses.fixed_days %>
    pub const fn new(year: i16, month: i8, day: i8) -> Self {
        Self(jiff::civil::date(year, month, day))
    }
<% endif %>
<% if uses.today and uses.fixed_days %>

<% endif %>
<% if uses.today %>
    /// In UTC, as all times here.
    pub fn today() -> Self {
        let now = jiff::Timestamp::now();
        Self(jiff::tz::Offset::UTC.to_datetime(now).date())
    }
<% endif %>
}

<% endif %>
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Date {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let date: Option<jiff::civil::Date> = text.parse().ok();
        // jiff also reads `20261125`, a date with a time behind it, and years before the year 0.
        date.filter(|date| date.to_string() == text && date.year() >= 0)
            .map(Self)
            .ok_or("must be a date such as 2026-11-25")
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}
<% if postgresql %>

/// Where PostgreSQL begins to count days.
const START: jiff::civil::Date = jiff::civil::date(2000, 1, 1);

impl Type<Postgres> for Date {
    fn type_info() -> PgTypeInfo {
        // DATE, under the same number in every server.
        PgTypeInfo::with_oid(Oid(1082))
    }
}

impl Encode<'_, Postgres> for Date {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let days = START.until(self.0)?.get_days();
        Encode::<Postgres>::encode(days, buffer)
    }
}

impl Decode<'_, Postgres> for Date {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        let days: i32 = Decode::<Postgres>::decode(value)?;
        let date = START.checked_add(jiff::Span::new().try_days(days)?)?;
        Ok(Self(date))
    }
}
<% endif %>
