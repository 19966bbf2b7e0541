//! Data about people: it is stored and answered like any other, and never printed.

use std::fmt;

use garde::rules::length::chars::HasChars;
use serde::{Deserialize, Serialize};
use sqlx::{Database, Decode, Encode, Type, encode::IsNull, error::BoxDynError};

/// `{:?}` shows that there is something, not what: no log line, panic or failed assertion tells.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Personal<T>(pub T);

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(personal)")
    }
}

impl<T: HasChars> HasChars for Personal<T> {
    fn num_chars(&self) -> usize {
        self.0.num_chars()
    }
}

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
