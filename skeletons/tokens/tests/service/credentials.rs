//! The tokens of the tests: whose they are, and what the service knows of them.

use std::ffi::OsString;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use sha2::{Digest as _, Sha256};

use <{ service.crate_name }>::access::Caller;
use <{ service.crate_name }>::tokens::CALLERS;

/// Who the tests are, as the service calls it.
pub const KNOWN: &str = "<{ access.callers|selectattr("writes")|map(attribute="slug")|first }>";

pub fn hash(token: &str) -> String {
    format!("{:x}", Sha256::digest(token))
}

<% set limited = access.callers|selectattr("limit")|list %>
/// The settings with which the service knows the tests<% if limited %>, and lets them send what they like<% endif %>.
pub fn settings() -> Vec<(OsString, OsString)> {
    let token = |(caller, setting): (Caller, &str)| {
        let hash = hash(&token_of(caller.name));
        (setting.into(), hash.into())
    };
<% if limited %>
    let limits = [⟦<% for caller in limited %>"<{ caller.rate_setting }>"<% if not loop.last %>, <% endif %><% endfor %>⟧];
    let limits = limits.map(|setting| (setting.into(), "1000000".into()));
    CALLERS.map(token).into_iter().chain(limits).collect()
<% else %>
    CALLERS.map(token).into()
<% endif %>
}

/// The token of a caller, by its name.
fn token_of(name: &str) -> String {
    format!("token-of-{name}")
}

/// What such a caller sends.
pub fn by(name: &str) -> HeaderValue {
    of(&token_of(name))
}

/// What every request of the tests carries.
pub fn headers() -> HeaderMap {
    HeaderMap::from_iter([(AUTHORIZATION, valid())])
}

pub fn valid() -> HeaderValue {
    by(KNOWN)
}
<% if access.readers %>

pub fn reader() -> HeaderValue {
    by("<{ access.callers|rejectattr("writes")|map(attribute="slug")|first }>")
}
<% endif %>

pub fn of(token: &str) -> HeaderValue {
    HeaderValue::try_from(format!("Bearer {token}")).expect("plain")
}
