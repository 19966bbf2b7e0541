//! The tokens by which callers are known. The service has their hashes alone: whoever reads its
//! configuration can call nobody with it. A caller has several while they are exchanged.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::access::Caller;
use crate::config::Vars;

/// Those who may call, and the setting that has the hashes of their tokens.
pub const CALLERS: [(Caller, &str); <{ access.callers|length }>] = [⟦<% for caller in access.callers %><% if caller.writes %>known<% else %>reader<% endif %>(⟦"<{ caller.slug }>", "<{ caller.setting }>"⟧)<% if not loop.last %>, <% endif %><% endfor %>⟧];

const fn known(name: &'static str, setting: &'static str) -> (Caller, &'static str) {
<% if access.readers %>
    (Caller { name, writes: true }, setting)
<% else %>
    (Caller { name }, setting)
<% endif %>
}
<% if access.readers %>

const fn reader(name: &'static str, setting: &'static str) -> (Caller, &'static str) {
    let writes = false;
    (Caller { name, writes }, setting)
}
<% endif %>

/// SHA-256 is enough for what is random: nobody guesses 256 bits, however fast they can try.
type Hash = [u8; 32];

/// The hashes of all tokens, and whose each is.
#[derive(Clone, Default)]
pub struct Tokens(Vec<(Hash, Caller)>);

impl Tokens {
    pub fn read(vars: &mut Vars) -> Self {
        let of = |(caller, setting)| {
            let hashes = vars.read(setting, "", hashes);
            hashes.into_iter().map(move |hash| (hash, caller))
        };
        Self(CALLERS.into_iter().flat_map(of).collect())
    }

    /// Nobody can call.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn caller(&self, token: &str) -> Option<Caller> {
        let hash: Hash = Sha256::digest(token).into();
        // How long this takes tells nothing: every byte of every hash is looked at.
        let mut found = None;
        for (known, caller) in &self.0 {
            let bytes = known.iter().zip(hash);
            if bytes.fold(0, |differs, (a, b)| differs | (a ^ b)) == 0 {
                found = Some(*caller);
            }
        }
        found
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} tokens", self.0.len())
    }
}

/// A token that nobody has, and its hash.
pub fn generate() -> Result<(String, String), getrandom::Error> {
    let mut random = [0; 32];
    getrandom::fill(&mut random)?;
    let token = random.map(|byte| format!("{byte:02x}")).concat();
    let hash = format!("{:x}", Sha256::digest(&token));
    Ok((token, hash))
}

fn hashes(text: &str) -> Result<Vec<Hash>, &'static str> {
    let wrong = "must be the SHA-256 of tokens, 64 hexadecimal digits each, with commas between";
    let hashes = text.split(',').map(str::trim);
    let hashes = hashes.filter(|_| !text.trim().is_empty());
    hashes.map(|hash| hash_of(hash).ok_or(wrong)).collect()
}

fn hash_of(digits: &str) -> Option<Hash> {
    let mut hash = Hash::default();
    if digits.len() != 2 * hash.len() || !digits.is_ascii() {
        return None;
    }
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(hash)
}
