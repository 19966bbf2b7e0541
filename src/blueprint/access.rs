//! Who may call, and how the service knows who calls.

use std::collections::BTreeMap;

use serde::Serialize;

use super::conflict::Conflict;
use super::organisation::Caller;
use super::{names, text};
use crate::answers::Answers;

/// Who may call.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Access {
    /// Routes ask who calls.
    pub checked: bool,
    /// Callers are known by a token.
    pub tokens: bool,
    /// Those whom the service knows apart.
    pub callers: Vec<Known>,
    /// Some of them may only read.
    pub readers: bool,
}

/// A caller that the service knows by name.
#[derive(Debug, Clone, Serialize)]
pub struct Known {
    /// As logs and metrics call it: `web-shop`.
    pub slug: String,
    /// The setting that has its tokens: `APP_TOKENS_WEB_SHOP`.
    pub setting: String,
    /// It may change things, not only read them.
    pub writes: bool,
}

/// Who may call by these answers; names that settings cannot have, or that become the same one, are conflicts.
pub(super) fn access(
    answers: &Answers,
    callers: &[Caller],
    conflicts: &mut Vec<Conflict>,
) -> Access {
    let way = text(answers, "communication.access").unwrap_or_default();
    let tokens = way == "service-token";
    if !tokens {
        return Access::default();
    }
    let mut known: Vec<Known> = Vec::new();
    let mut paths: BTreeMap<String, &str> = BTreeMap::new();
    for caller in callers {
        let name = caller.name.as_str();
        if let Err(error) = names::check_name(name) {
            conflicts.push(Conflict::at(&caller.path, error.message, error.hint));
            continue;
        }
        let setting = format!("APP_TOKENS_{}", names::screaming(name));
        if let Some(other) = paths.insert(setting.clone(), &caller.path) {
            let message = format!("both become the setting `{setting}`");
            let hint = "rename one of them: names that differ in `-`, `_` and blanks alone are one";
            conflicts.push(Conflict::at(other, message, hint).and(&caller.path));
        }
        known.push(Known {
            slug: names::kebab(name),
            setting,
            writes: caller.writes,
        });
    }
    if !known.is_empty() && known.iter().all(|known| !known.writes) {
        let message = "every caller may only read, so that nobody could create what they read";
        let hint = "let one of them `write`, or name the caller that does";
        conflicts.push(Conflict::at("caller", message, hint));
    }
    if callers.is_empty() {
        // Nobody has been named, and somebody has to be let in.
        known.push(Known {
            slug: "caller".to_owned(),
            setting: "APP_TOKENS".to_owned(),
            writes: true,
        });
    }
    Access {
        checked: true,
        tokens,
        readers: known.iter().any(|known| !known.writes),
        callers: known,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::path;
    use crate::blueprint::organisation;

    fn drawn(answers: &[(&str, &str)]) -> (Access, Vec<String>) {
        let mut all = Answers::new("orders", "2026-11-25");
        for (place, value) in answers {
            path::set(&mut all, place, value).unwrap();
        }
        let mut conflicts = Vec::new();
        let access = access(&all, &organisation::callers(&all), &mut conflicts);
        (access, conflicts.iter().map(ToString::to_string).collect())
    }

    const TOKENS: (&str, &str) = ("communication.access", "service-token");

    #[test]
    fn nobody_is_asked_where_anybody_may_call() {
        let (access, _) = drawn(&[("caller.shop.rate", "1"), ("communication.access", "open")]);
        assert!(!access.checked && access.callers.is_empty());
    }

    #[test]
    fn each_caller_has_a_setting_of_its_own() {
        let (access, conflicts) = drawn(&[
            TOKENS,
            ("caller.Web-Shop.rate", "1"),
            ("caller.reports.may", "read"),
        ]);
        assert_eq!(conflicts, [""; 0]);
        let known = access.callers.iter();
        let known: Vec<_> = known
            .map(|known| (known.slug.as_str(), known.setting.as_str(), known.writes))
            .collect();
        assert_eq!(
            known,
            [
                ("web-shop", "APP_TOKENS_WEB_SHOP", true),
                ("reports", "APP_TOKENS_REPORTS", false),
            ]
        );
        assert!(access.readers);
    }

    #[test]
    fn somebody_can_call_where_nobody_was_named() {
        let (access, _) = drawn(&[TOKENS]);
        assert_eq!(access.callers[0].setting, "APP_TOKENS");
    }

    #[test]
    fn names_that_become_one_setting_are_a_conflict() {
        let (_, conflicts) = drawn(&[
            TOKENS,
            ("caller.web-shop.rate", "1"),
            ("caller.web_shop.rate", "1"),
            ("caller.注文.rate", "1"),
        ]);
        assert_eq!(
            conflicts,
            [
                "`caller.web-shop` and `caller.web_shop`: both become the setting `APP_TOKENS_WEB_SHOP`",
                "`caller.\"注文\"`: `注文` contains `注`, which has no agreed spelling in Latin letters",
            ]
        );
    }
}
