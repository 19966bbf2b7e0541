//! The tokens of the tests: whose they are, and what the service knows of them.

use std::ffi::OsString;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use sha2::{Digest as _, Sha256};

/// Who the tests are, as the service calls it.
pub const KNOWN: &str = "<{ access.callers|selectattr("writes")|map(attribute="slug")|first }>";

const TOKEN: &str = "token-of-the-tests";
<% if access.readers %>
const READS: &str = "token-that-only-reads";
<% endif %>

pub fn hash(token: &str) -> String {
    format!("{:x}", Sha256::digest(token))
}

/// The settings with which the service knows the tests.
pub fn settings() -> Vec<(OsString, OsString)> {
    let setting = |name: &str, token| (name.into(), hash(token).into());
    vec![⟦setting(⟦"<{ access.callers|selectattr("writes")|map(attribute="setting")|first }>", TOKEN⟧)<% if access.readers %>, setting(⟦"<{ access.callers|rejectattr("writes")|map(attribute="setting")|first }>", READS⟧)<% endif %>⟧]
}

/// What every request of the tests carries.
pub fn headers() -> HeaderMap {
    HeaderMap::from_iter([(AUTHORIZATION, valid())])
}

pub fn valid() -> HeaderValue {
    of(TOKEN)
}
<% if access.readers %>

pub fn reader() -> HeaderValue {
    of(READS)
}
<% endif %>

pub fn of(token: &str) -> HeaderValue {
    HeaderValue::try_from(format!("Bearer {token}")).expect("plain")
}
