//! The rules a request's body has to keep, and the extractor that holds it to them.

use axum::extract::{FromRequest, Request};
use garde::Validate;
<% if uses.patterns %>
use regex::Regex;
<% endif %>
<% if uses.required_json %>
use serde::de::{self, DeserializeOwned};
use serde::{Deserialize, Deserializer};
<% else %>
use serde::de::DeserializeOwned;
<% endif %>
use serde_json::Value;

use crate::{
    extract::Json,
<% if uses.personal %>
    personal::Personal,
<% endif %>
    problem::{FieldError, Problem, Result},
};

/// A JSON body that keeps the rules of its type.
#[derive(Clone, Copy, Debug)]
pub struct Valid<T>(pub T);

impl<T, S> FromRequest<S> for Valid<T>
where
    T: DeserializeOwned + Validate<Context = ()>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let Json(input) = Json::<T>::from_request(request, state).await?;
        check(&input)?;
        Ok(Self(input))
    }
}

/// Every rule that is broken, not only the first.
pub fn check<T: Validate<Context = ()>>(input: &T) -> Result<()> {
    let Err(report) = input.validate() else {
        return Ok(());
    };
    let errors = report.iter().map(|(path, error)| FieldError {
        pointer: pointer(&path.to_string()),
        detail: error.to_string(),
    });
    Err(Problem::invalid(errors.collect()))
}

/// garde writes `lines[0].type` where RFC 6901 has `/lines/0/type`.
<% if uses.renamed %>
/// The `_` of names that Rust keeps for itself, such as `self_`, is no part of them outside.
<% endif %>
fn pointer(path: &str) -> String {
    path.split(['.', '['])
        .map(|member| member.trim_end_matches(<% if uses.renamed %>[']', '_']<% else %>']'<% endif %>).trim_start_matches("r#"))
        .flat_map(|member| ["/", member])
        .collect()
}

<% if uses.required_json %>
/// Any JSON value but `null`, which is the lack of one.
pub fn present<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<Value>,
{
    let value: Option<Value> = Deserialize::deserialize(deserializer)?;
    value
        .map(T::from)
        .ok_or_else(|| de::Error::custom("must not be null"))
}

<% endif %>
/// Text that can be stored: U+0000 ends it in some databases and tools, and is refused by others.
pub fn text<T: Text>(value: &T, _: &()) -> garde::Result {
    if value.any(&|text| text.contains('\0')) {
        return Err(garde::Error::new("must not contain U+0000"));
    }
    Ok(())
}

<% if uses.patterns %>
/// Text that a pattern matches as a whole.
pub fn pattern<T: Text>(pattern: &Regex) -> impl FnOnce(&T, &()) -> garde::Result {
    move |value, _| {
        if value.any(&|text| !pattern.is_match(text)) {
            return Err(garde::Error::new(format!("must match {pattern}")));
        }
        Ok(())
    }
}

<% endif %>
<% if uses.emails %>
/// A plausible address. Whether mail arrives there is something only mail can tell.
pub fn email<T: Text>(value: &T, _: &()) -> garde::Result {
    let implausible = |text: &str| {
        let odd = |c: char| c.is_whitespace() || c.is_control();
        let parts = text.rsplit_once('@').filter(|(local, domain)| {
            !local.is_empty() && !domain.is_empty() && !local.contains('@')
        });
        parts.is_none() || text.len() > 254 || text.contains(odd)
    };
    if value.any(&implausible) {
        return Err(garde::Error::new("must be an e-mail address"));
    }
    Ok(())
}

<% endif %>
<% if uses.urls %>
/// A web address in full and in ASCII, as it goes over the wire, with nobody's name or password.
pub fn url<T: Text>(value: &T, _: &()) -> garde::Result {
    let implausible = |text: &str| {
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .unwrap_or_default();
        let (site, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let (host, port) = site.split_once(':').unwrap_or((site, "80"));
        let among = |text: &str, others: &str| {
            let known = |c: char| c.is_ascii_alphanumeric() || others.contains(c);
            text.chars().all(known)
        };
        let named = host.starts_with(|c: char| c.is_ascii_alphanumeric()) && among(host, "-.");
        let digits = port.bytes().all(|byte| byte.is_ascii_digit());
        let numbered = digits && (1..=5).contains(&port.len());
        // RFC 3986, section 2.
        let plain = among(tail, "-._~:/?#[]@!$&'()*+,;=%");
        !(named && numbered && plain) || text.len() > 2048
    };
    if value.any(&implausible) {
        return Err(garde::Error::new("must be a web address"));
    }
    Ok(())
}

<% endif %>
/// What has text in it, however deep.
pub trait Text {
    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool;
}

impl Text for String {
    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {
        test(self)
    }
}

impl<T: Text> Text for Option<T> {
    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {
        self.as_ref().is_some_and(|value| value.any(test))
    }
}

<% if uses.personal %>
impl<T: Text> Text for Personal<T> {
    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {
        self.0.any(test)
    }
}

<% endif %>
impl Text for Value {
    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::String(text) => test(text),
            Self::Array(items) => items.iter().any(|item| item.any(test)),
            Self::Object(members) => members
                .iter()
                .any(|(name, item)| test(name) || item.any(test)),
            _ => false,
        }
    }
}
