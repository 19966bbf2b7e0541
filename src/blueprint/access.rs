//! Who may call, and how the service knows who calls.

use std::collections::BTreeMap;

use serde::Serialize;

use super::conflict::Conflict;
use super::organisation::Caller;
use super::{Dependency, names, text};
use crate::answers::Answers;
use crate::skeleton::Text;

const ISSUER: &str = "communication.issuer";

/// Stands in for an issuer that nobody has named: nothing is there, so nobody gets in.
const NOBODY: &str = "http://127.0.0.1:8080/nobody-has-named-the-issuer";

/// The module that fetches its keys.
const MODULE: &str = "issuer";

/// Who may call.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Access {
    /// Routes ask who calls.
    pub checked: bool,
    /// Callers are known by a token.
    pub tokens: bool,
    /// Callers are known by what an issuer signed.
    pub jwt: bool,
    /// The issuer, as tokens name it; without an answer one that signs nothing.
    pub issuer: Option<Text>,
    /// Those whom the service knows apart.
    pub callers: Vec<Known>,
    /// Some of them may only read.
    pub readers: bool,
    /// Some of them have said how many requests they send.
    pub limited: bool,
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
    /// Requests per second that it may send, if it has said: those of its peak with all attempts.
    pub limit: Option<u64>,
    /// The setting for them: `APP_RATE_WEB_SHOP`.
    pub rate_setting: String,
}

impl Access {
    /// The issuer as one more service that is called, for its keys. A service of that name cannot be another one.
    pub(super) fn dependency(
        &self,
        others: &[Dependency],
        conflicts: &mut Vec<Conflict>,
    ) -> Option<Dependency> {
        self.issuer.as_ref()?;
        if let Some(other) = others.iter().find(|other| other.module == MODULE) {
            let message = "the module `issuer` is that of the issuer of tokens";
            let hint = "give this one another name, or take it out if it is the same";
            conflicts.push(Conflict::at(&other.path, message, hint).and(ISSUER));
        }
        Some(Dependency {
            name: Text::new(MODULE),
            slug: MODULE.to_owned(),
            module: MODULE.to_owned(),
            setting: MODULE.to_uppercase(),
            port: 0,
            purpose: Some(Text::new("the keys that sign tokens")),
            path: ISSUER.to_owned(),
            critical: false,
            timeout_ms: 2_000,
            attempts: 2,
            backoff_ms: 100,
            when_down: "fail".to_owned(),
            queued: false,
            fallback: None,
            last_good: false,
            twice_safe: true,
            breaker: false,
            concurrency: 2,
            issuer: true,
        })
    }
}

/// `http` or `https`, a host, and neither credentials nor a query: what `BaseUrl` of generated services takes.
fn is_url(text: &str) -> bool {
    let plain = |char: char| char.is_ascii_graphic() && !"?#@\\\"<>^`{|}".contains(char);
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', ':']).next().unwrap_or_default();
        !host.is_empty() && rest.chars().all(plain)
    })
}

/// Who may call by these answers; names that settings cannot have, or that become the same one, are conflicts.
pub(super) fn access(
    answers: &Answers,
    callers: &[Caller],
    conflicts: &mut Vec<Conflict>,
) -> Access {
    let way = text(answers, "communication.access").unwrap_or_default();
    let (tokens, jwt) = (way == "service-token", way == "jwt");
    if !tokens && !jwt {
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
            rate_setting: format!("APP_RATE_{}", names::screaming(name)),
            setting,
            writes: caller.writes,
            limit: caller.limit(),
        });
    }
    if !known.is_empty() && known.iter().all(|known| !known.writes) {
        let message = "every caller may only read, so that nobody could create what they read";
        let hint = "let one of them `write`, or name the caller that does";
        conflicts.push(Conflict::at("caller", message, hint));
    }
    let issuer = jwt.then(|| text(answers, ISSUER).unwrap_or_else(|| NOBODY.to_owned()));
    if issuer.as_deref().is_some_and(|issuer| !is_url(issuer)) {
        let message = "is no URL that keys can be fetched from";
        let hint = "write one without a query, such as `https://login.example.com/`";
        conflicts.push(Conflict::at(ISSUER, message, hint));
    }
    if tokens && callers.is_empty() {
        // Nobody has been named, and somebody has to be let in.
        known.push(Known {
            slug: "caller".to_owned(),
            setting: "APP_TOKENS".to_owned(),
            writes: true,
            limit: None,
            rate_setting: String::new(),
        });
    }
    Access {
        checked: true,
        tokens,
        jwt,
        issuer: issuer.map(Text::new),
        readers: known.iter().any(|known| !known.writes),
        limited: known.iter().any(|known| known.limit.is_some()),
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
    fn a_limit_has_room_for_all_attempts() {
        let (access, _) = drawn(&[
            TOKENS,
            ("caller.shop.rate", "30"),
            ("caller.shop.attempts", "2"),
            ("caller.office.rate", "5"),
            ("caller.other.attempts", "5"),
        ]);
        let limits = access.callers.iter().map(|known| known.limit);
        assert_eq!(limits.collect::<Vec<_>>(), [Some(60), Some(5), None]);
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
