//! An issuer for the tests: its keys, and tokens that it signs.

use std::ffi::OsString;
use std::sync::LazyLock;

use jsonwebtoken::get_current_timestamp;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
};
use serde_json::{Value, json};

/// Who the tests are, as the service calls it.
pub const KNOWN: &str = "<{ access.callers|selectattr("writes")|map(attribute="slug")|first if access.callers else "other" }>";

pub const ISSUER: &str = "https://issuer.example/";
pub const AUDIENCE: &str = "tests";

<% set limited = access.callers|selectattr("limit")|list %>
/// The settings with which the service knows the tests<% if limited %>, and lets them send what they like<% endif %>.
pub fn settings() -> Vec<(OsString, OsString)> {
    let setting = |name: &str, value: &str| (name.into(), value.into());
    vec![
        setting("APP_ISSUER", ISSUER),
        setting("APP_AUDIENCE", AUDIENCE),
<% for caller in limited %>
        setting(⟦"<{ caller.rate_setting }>", "1000000"⟧),
<% endfor %>
    ]
}

/// A key of the issuer, made anew for each run.
pub struct Signer {
    pub kid: &'static str,
    pair: Pair,
}

enum Pair {
    Ed25519(Ed25519KeyPair),
    P256(EcdsaKeyPair),
}

impl Signer {
    pub fn ed25519(kid: &'static str) -> Self {
        let pair = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("a key");
        let pair = Ed25519KeyPair::from_pkcs8(pair.as_ref()).expect("a key");
        let pair = Pair::Ed25519(pair);
        Self { kid, pair }
    }

    pub fn p256(kid: &'static str) -> Self {
        let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let pair = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("a key");
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, pair.as_ref(), &random).expect("a key");
        let pair = Pair::P256(pair);
        Self { kid, pair }
    }

    /// As the issuer shows it.
    pub fn public(&self) -> Value {
        match &self.pair {
            Pair::Ed25519(pair) => {
                let x = base64(pair.public_key().as_ref());
                json!({"kid": self.kid, "kty": "OKP", "crv": "Ed25519", "x": x, "use": "sig"})
            }
            Pair::P256(pair) => {
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                let (x, y) = (base64(x), base64(y));
                json!({"kid": self.kid, "kty": "EC", "crv": "P-256", "x": x, "y": y, "alg": "ES256"})
            }
        }
    }

    pub fn sign(&self, claims: &Value) -> String {
        let algorithm = match &self.pair {
            Pair::Ed25519(_) => "EdDSA",
            Pair::P256(_) => "ES256",
        };
        self.sign_as(&json!({"alg": algorithm, "kid": self.kid}), claims)
    }

    /// With a header that may say something else than what is so.
    pub fn sign_as(&self, header: &Value, claims: &Value) -> String {
        let message = unsigned(header, claims);
        let signature = match &self.pair {
            Pair::Ed25519(pair) => base64(pair.sign(message.as_bytes()).as_ref()),
            Pair::P256(pair) => {
                let signed = pair.sign(&SystemRandom::new(), message.as_bytes());
                base64(signed.expect("a signature").as_ref())
            }
        };
        format!("{message}.{signature}")
    }
}

/// A header and claims, without what would vouch for them.
pub fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| base64(value.to_string().as_bytes());
    format!("{}.{}", part(header), part(claims))
}

/// The form of it that URLs take, without padding.
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let place = |at: usize| usize::from(*chunk.get(at).unwrap_or(&0));
        let bits = place(0) << 16 | place(1) << 8 | place(2);
        for at in 0..=chunk.len() {
            text.push(char::from(DIGITS[bits >> (18 - 6 * at) & 63]));
        }
    }
    text
}

pub static SIGNER: LazyLock<Signer> = LazyLock::new(|| Signer::ed25519("one"));

pub fn keys() -> Value {
    json!({"keys": [SIGNER.public()]})
}

/// What a good token says.
pub fn claims() -> Value {
    let now = get_current_timestamp();
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "ada", "azp": KNOWN,
        "exp": now + 300, "nbf": now, "iat": now,
    })
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

/// What such a client sends.
pub fn by(name: &str) -> HeaderValue {
    let mut claims = claims();
    claims["azp"] = name.into();
    of(&SIGNER.sign(&claims))
}

pub fn of(token: &str) -> HeaderValue {
    HeaderValue::try_from(format!("Bearer {token}")).expect("plain")
}
