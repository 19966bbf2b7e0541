//! The tokens of the tests: whose they are, and what the service knows of them.

use std::ffi::OsString;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use sha2::{Digest as _, Sha256};

use orders::access::Caller;
use orders::tokens::CALLERS;

/// Who the tests are, as the service calls it.
pub const KNOWN: &str = "web-shop";

pub fn hash(token: &str) -> String {
    format!("{:x}", Sha256::digest(token))
}

/// The settings with which the service knows the tests, and lets them send what they like.
pub fn settings() -> Vec<(OsString, OsString)> {
    let token = |(caller, setting): (Caller, &str)| {
        let hash = hash(&token_of(caller.name));
        (setting.into(), hash.into())
    };
    let limits = [
        "APP_RATE_WEB_SHOP",
        "APP_RATE_BACK_OFFICE",
        "APP_RATE_REPORTS",
    ];
    let limits = limits.map(|setting| (setting.into(), "1000000".into()));
    CALLERS.map(token).into_iter().chain(limits).collect()
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

pub fn reader() -> HeaderValue {
    by("reports")
}

pub fn of(token: &str) -> HeaderValue {
    HeaderValue::try_from(format!("Bearer {token}")).expect("plain")
}
