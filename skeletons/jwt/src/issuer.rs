//! Whom the issuer vouches for: its keys, and what a token that it signed has to say.
//!
//! - Keys are fetched when the service starts and every few minutes, so that one which the issuer
//!   has withdrawn is soon no key here. A token with a key that nobody has seen has them fetched at
//!   once, but not again and again: tokens are easily made up.
//! - While the issuer is down, the keys last seen count on. Without any, this instance is not ready.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Mutex;
use tokio::time::{self, Instant};

use crate::access::Caller;
use crate::config::Vars;
use crate::dependencies::issuer::Client;
use crate::signatures;

/// How often keys are fetched though nobody asks for them.
const REFRESH: Duration = Duration::from_secs(300);

/// Clocks differ: what has expired counts for so many seconds more.
const LEEWAY: u64 = 30;

/// What tokens have to say, and where the keys are.
#[derive(Clone, Debug)]
pub struct Expected {
    pub issuer: String,
    pub audience: String,
    /// Below the issuer's URL.
    pub keys: String,
    /// How long after one fetch there is no other.
    pub pause: Duration,
}

impl Expected {
    pub fn read(vars: &mut Vars) -> Self {
        Self {
            issuer: vars.read(⟦"APP_ISSUER", <{ access.issuer|rust }>, text⟧),
            audience: vars.read(⟦"APP_AUDIENCE", "<{ service.name }>", text⟧),
            keys: vars.read("APP_ISSUER_KEYS", "/.well-known/jwks.json", path),
            pause: vars.read("APP_ISSUER_PAUSE", "10s", crate::config::duration),
        }
    }
}

/// Why there is no caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The token is not one of the issuer for us, or not any more.
    Invalid,
    /// Nobody can say, for there are no keys yet.
    NoKeys,
}

type Keys = HashMap<String, (DecodingKey, Algorithm)>;

#[derive(Debug)]
pub struct Issuer {
    expected: Expected,
    client: Client,
    keys: RwLock<Arc<Keys>>,
    /// When they were last asked for; held while they are.
    asked: Mutex<Option<Instant>>,
}

/// What is read of a token beside what is checked.
#[derive(Deserialize)]
struct Claims {
    sub: String,
    azp: Option<String>,
    client_id: Option<String>,
}

impl Issuer {
    pub fn new(expected: &Expected, client: &Client) -> Self {
        signatures::install();
        Self {
            expected: expected.clone(),
            client: client.clone(),
            keys: RwLock::default(),
            asked: Mutex::default(),
        }
    }

    pub fn has_keys(&self) -> bool {
        !self.keys().is_empty()
    }

    pub async fn caller(&self, token: &str) -> Result<Caller, Refused> {
        let header = decode_header(token).map_err(|_| Refused::Invalid)?;
        let kid = header.kid.ok_or(Refused::Invalid)?;
        let mut keys = self.keys();
        if !keys.contains_key(&kid) {
            self.refresh().await;
            keys = self.keys();
        }
        let (key, algorithm) = match keys.get(&kid) {
            Some(key) => key,
            None if keys.is_empty() => return Err(Refused::NoKeys),
            None => return Err(Refused::Invalid),
        };
        // The key says how it signs: a token that could would be signed as its sender likes.
        let mut validation = Validation::new(*algorithm);
        validation.leeway = LEEWAY;
        validation.validate_nbf = true;
        validation.set_issuer(&[&self.expected.issuer]);
        validation.set_audience(&[&self.expected.audience]);
        validation.set_required_spec_claims(&["aud", "exp", "iss", "sub"]);
        let token = decode::<Claims>(token, key, &validation).map_err(|error| {
            tracing::debug!(%error, "a token is refused");
            Refused::Invalid
        })?;
        let claims = token.claims;
        let client = claims.azp.or(claims.client_id);
        Ok(Caller::new(client.as_deref(), claims.sub))
    }

    /// Fetches the keys, unless that was done a moment ago.
    pub async fn refresh(&self) {
        let mut asked = self.asked.lock().await;
        if asked.is_some_and(|asked| asked.elapsed() < self.expected.pause) {
            return;
        }
        *asked = Some(Instant::now());
        // What went wrong is in the log already, as with any call.
        if let Ok(set) = self.client.get::<Value>(&self.expected.keys).await {
            self.learn(&set);
        }
    }

    /// Takes a set of keys in the place of those that were known, unless there is none in it.
    pub fn learn(&self, set: &Value) {
        let set = set["keys"].as_array().into_iter().flatten();
        let known: Keys = set.filter_map(usable).collect();
        if known.is_empty() {
            tracing::error!("the issuer shows no key that can be used");
            return;
        }
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(known);
    }

    fn keys(&self) -> Arc<Keys> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&keys)
    }

    /// Keeps the keys fresh for as long as the service runs.
    pub async fn watch(&self) {
        loop {
            self.refresh().await;
            time::sleep(match self.has_keys() {
                true => REFRESH,
                false => self.expected.pause,
            })
            .await;
        }
    }
}

/// A key that signs, by its name and in a way that we allow; an issuer may show others.
fn usable(key: &Value) -> Option<(String, (DecodingKey, Algorithm))> {
    let key = Jwk::deserialize(key).ok()?;
    let algorithm = match &key.algorithm {
        AlgorithmParameters::RSA(_) => Algorithm::RS256,
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => {
            Algorithm::ES256
        }
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
            Algorithm::EdDSA
        }
        _ => return None,
    };
    let signs = key.common.public_key_use.as_ref();
    let signs = signs.is_none_or(|usage| *usage == PublicKeyUse::Signature);
    let said = key.common.key_algorithm;
    let agrees = said.is_none_or(|said| said == algorithm.into());
    let usable = DecodingKey::from_jwk(&key).ok()?;
    let known = key.common.key_id.filter(|_| signs && agrees);
    Some((known?, (usable, algorithm)))
}

fn text(text: &str) -> Result<String, &'static str> {
    match text {
        "" => Err("must not be empty"),
        _ => Ok(text.to_owned()),
    }
}

fn path(text: &str) -> Result<String, &'static str> {
    let plain = |byte: u8| byte.is_ascii_graphic();
    if text.starts_with('/') && text.bytes().all(plain) {
        return Ok(text.to_owned());
    }
    Err("must be a path that begins with /")
}
