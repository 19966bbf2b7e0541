//! Instants: always UTC, to the microsecond, and written in one width, so that their text sorts
//! as they do.<% if postgresql %> The database keeps them as TIMESTAMPTZ.<% endif %>


use std::{fmt, str::FromStr<% if keys.creates or outbox %>, time::Duration<% endif %>};

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
pub struct Timestamp(jiff::Timestamp);

<% if not postgresql %>
text_column!(Timestamp);

<% endif %>
impl Timestamp {
    pub fn now() -> Self {
        Self(jiff::Timestamp::now())
    }
<% if keys.creates %>

    pub fn ago(duration: Duration) -> Self {
        let then = jiff::Timestamp::now().checked_sub(duration);
        Self(then.unwrap_or(jiff::Timestamp::MIN))
    }
<% endif %>
<% if outbox %>

    #[must_use]
    pub fn after(self, duration: Duration) -> Self {
        let then = self.0.checked_add(duration);
        Self(then.unwrap_or(jiff::Timestamp::MAX))
    }

    /// How long ago it was; nothing for what is to come.
    pub fn elapsed(self) -> Duration {
        let elapsed = jiff::Timestamp::now().duration_since(self.0);
        elapsed.try_into().unwrap_or_default()
    }
<% endif %>
<% if uses.fixed_moments %>

    /// So many seconds and nanoseconds after the start of 1970.
    pub const fn new(seconds: i64, nanoseconds: i32) -> Self {
        Self(jiff::Timestamp::constant(seconds, nanoseconds))
    }
<% endif %>
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6}", self.0)
    }
}

impl FromStr for Timestamp {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const REFUSAL: &str = "must be an instant such as 2026-11-25T09:30:00Z";
        // jiff reads more than RFC 3339 allows, such as a time zone's name after the offset.
        let bytes = text.as_bytes();
        let fixed = [(4, "-"), (7, "-"), (10, "Tt"), (13, ":"), (16, ":")];
        let tail = text.len().saturating_sub(6);
        let rfc3339 = fixed.iter().all(|(at, any_of)| {
            bytes
                .get(*at)
                .is_some_and(|byte| any_of.as_bytes().contains(byte))
        }) && !text.contains(',')
            && (text.ends_with(['Z', 'z'])
                || matches!(bytes.get(tail..), Some([b'+' | b'-', _, _, b':', ..])));
        let instant = text.parse().map_err(|_| REFUSAL)?;
        rfc3339.then_some(Self(instant)).ok_or(REFUSAL)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}
<% if postgresql %>

/// Where PostgreSQL begins to count microseconds: the year 2000.
const START: i64 = 946_684_800_000_000;

impl Type<Postgres> for Timestamp {
    fn type_info() -> PgTypeInfo {
        // TIMESTAMPTZ, under the same number in every server.
        PgTypeInfo::with_oid(Oid(1184))
    }
}

impl Encode<'_, Postgres> for Timestamp {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        // Down to the microsecond that the text shows, before 1970 as well.
        let microseconds = self.0.as_nanosecond().div_euclid(1_000);
        let microseconds = i64::try_from(microseconds)? - START;
        Encode::<Postgres>::encode(microseconds, buffer)
    }
}

impl Decode<'_, Postgres> for Timestamp {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        let microseconds: i64 = Decode::<Postgres>::decode(value)?;
        let instant = jiff::Timestamp::from_microsecond(microseconds.saturating_add(START))?;
        Ok(Self(instant))
    }
}
<% endif %>
