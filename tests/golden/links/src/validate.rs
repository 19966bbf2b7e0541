//! The rules that values of a record have to keep, where garde has none of its own.

use regex::Regex;
use serde_json::Value;

/// Text that can be stored: U+0000 ends it in some databases and tools, and is refused by others.
pub fn text<T: Text>(value: &T, _: &()) -> garde::Result {
    if value.any(&|text| text.contains('\0')) {
        return Err(garde::Error::new("must not contain U+0000"));
    }
    Ok(())
}

/// Text that a pattern matches as a whole.
pub fn pattern<T: Text>(pattern: &Regex) -> impl FnOnce(&T, &()) -> garde::Result {
    move |value, _| {
        if value.any(&|text| !pattern.is_match(text)) {
            return Err(garde::Error::new(format!("must match {pattern}")));
        }
        Ok(())
    }
}

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
