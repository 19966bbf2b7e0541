//! Exact decimal numbers with a fixed number of places, stored as an integer of the last place.

use std::{fmt, str::FromStr};

use garde::rules::range::{Bounds, OutOfBounds};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sqlx::{Database, Decode, Encode, Type, encode::IsNull, error::BoxDynError};

/// JSON shows it as a string, `"12.500"`: a JSON number would be a binary float on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal<const SCALE: u32>(i64);

impl<const SCALE: u32> Decimal<SCALE> {
    const ONE: i64 = 10_i64.pow(SCALE);

    /// `units` of the last place: `Decimal::<3>::new(12_500)` is 12.500.
    pub const fn new(units: i64) -> Self {
        Self(units)
    }
}

impl<const SCALE: u32> fmt::Display for Decimal<SCALE> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let one = Self::ONE.unsigned_abs();
        let (whole, places) = (self.0.unsigned_abs() / one, self.0.unsigned_abs() % one);
        match SCALE as usize {
            0 => write!(f, "{sign}{whole}"),
            scale => write!(f, "{sign}{whole}.{places:0scale$}"),
        }
    }
}

impl<const SCALE: u32> FromStr for Decimal<SCALE> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text, SCALE as usize)
            .map(Self)
            .ok_or_else(|| format!("must be a decimal number with at most {SCALE} places"))
    }
}

fn parse(text: &str, scale: usize) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, places) = match digits.split_once('.') {
        Some((_, "")) => return None,
        parts => parts.unwrap_or((digits, "")),
    };
    let numeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    // One spelling for the whole part: `007` is a number of some other kind.
    let padded = whole.len() > 1 && whole.starts_with('0');
    let well_formed = !whole.is_empty() && !padded && numeric(whole) && numeric(places);
    if !well_formed || places.len() > scale {
        return None;
    }
    let sign = if digits.len() < text.len() { "-" } else { "" };
    format!("{sign}{whole}{places:0<scale$}").parse().ok()
}

impl<const SCALE: u32> Bounds for Decimal<SCALE> {
    type Size = Self;

    const MIN: Self = Self(i64::MIN);
    const MAX: Self = Self(i64::MAX);

    fn validate_bounds(&self, lowest: Self, highest: Self) -> Result<(), OutOfBounds> {
        self.0.validate_bounds(lowest.0, highest.0)
    }
}

impl<const SCALE: u32> Serialize for Decimal<SCALE> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const SCALE: u32> Deserialize<'de> for Decimal<SCALE> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor)
    }
}

struct Visitor<const SCALE: u32>;

impl<const SCALE: u32> de::Visitor<'_> for Visitor<SCALE> {
    type Value = Decimal<SCALE>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number in a string, or an integer")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, whole: i64) -> Result<Self::Value, E> {
        self.visit_str(&whole.to_string())
    }

    fn visit_u64<E: de::Error>(self, whole: u64) -> Result<Self::Value, E> {
        self.visit_str(&whole.to_string())
    }

    /// `3.0` is the integer three as far as JSON is concerned.
    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
        // Beyond this a float has no units left, and the client meant some other number.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if number.fract() != 0.0 || number.abs() >= EXACT {
            return Err(E::invalid_type(de::Unexpected::Float(number), &self));
        }
        self.visit_i64(number as i64)
    }
}

impl<const SCALE: u32, DB: Database> Type<DB> for Decimal<SCALE>
where
    i64: Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        <i64 as Type<DB>>::type_info()
    }

    fn compatible(info: &DB::TypeInfo) -> bool {
        <i64 as Type<DB>>::compatible(info)
    }
}

impl<'q, const SCALE: u32, DB: Database> Encode<'q, DB> for Decimal<SCALE>
where
    i64: Encode<'q, DB>,
{
    fn encode_by_ref(&self, buffer: &mut DB::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        self.0.encode_by_ref(buffer)
    }
}

impl<'r, const SCALE: u32, DB: Database> Decode<'r, DB> for Decimal<SCALE>
where
    i64: Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
        i64::decode(value).map(Self)
    }
}
