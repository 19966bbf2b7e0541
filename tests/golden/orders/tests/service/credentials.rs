//! The tokens of the tests: whose they are, and what the service knows of them.

use std::ffi::OsString;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use sha2::{Digest as _, Sha256};

/// Who the tests are, as the service calls it.
pub const KNOWN: &str = "web-shop";

const TOKEN: &str = "token-of-the-tests";
const READS: &str = "token-that-only-reads";

pub fn hash(token: &str) -> String {
    format!("{:x}", Sha256::digest(token))
}

/// The settings with which the service knows the tests.
pub fn settings() -> Vec<(OsString, OsString)> {
    let setting = |name: &str, token| (name.into(), hash(token).into());
    vec![
        setting("APP_TOKENS_WEB_SHOP", TOKEN),
        setting("APP_TOKENS_REPORTS", READS),
    ]
}

/// What every request of the tests carries.
pub fn headers() -> HeaderMap {
    HeaderMap::from_iter([(AUTHORIZATION, valid())])
}

pub fn valid() -> HeaderValue {
    of(TOKEN)
}

pub fn reader() -> HeaderValue {
    of(READS)
}

pub fn of(token: &str) -> HeaderValue {
    HeaderValue::try_from(format!("Bearer {token}")).expect("plain")
}
