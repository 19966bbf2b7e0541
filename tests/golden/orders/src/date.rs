//! Days of the calendar, without a time and so without a zone.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::text_column::text_column;

#[derive(Clone, Copy, Debug)]
pub struct Date(jiff::civil::Date);

text_column!(Date);

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
