//! The rules that values of a record have to keep, where garde has none of its own.

use regex::Regex;
use serde_json::Value;

use crate::personal::Personal;

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

impl<T: Text> Text for Personal<T> {
    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {
        self.0.any(test)
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
