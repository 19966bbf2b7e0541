//! The services that it calls, and what the modules that call them are made of.

use std::collections::BTreeMap;

use serde::Serialize;

use super::arithmetic::{Finding, Severity};
use super::conflict::Conflict;
use super::names;
use super::organisation::{Parts, each};
use super::text;
use crate::answers::{Answers, path_segment};
use crate::skeleton::Text;

const QUESTION: &str = "load.dependencies";

/// Where the first of them is looked for on a developer's machine; the others follow.
const FIRST_PORT: usize = 8081;

/// Longest name of a module, in bytes: a host name is no longer as a rule, and every line that has it twice still fits.
const LONGEST_MODULE: usize = 40;

/// A service that it calls.
#[derive(Debug, Clone, Serialize)]
pub struct Dependency {
    /// Its name, in the person's words.
    pub name: Text,
    /// As logs, metrics and answers call it: `shipping-rates`.
    pub slug: String,
    /// Its module: `shipping_rates`.
    pub module: String,
    /// Its part of the names of settings: `SHIPPING_RATES`.
    pub setting: String,
    /// Where it is looked for when nobody says: a port of this machine.
    pub port: usize,
    /// What for.
    pub purpose: Option<Text>,
    /// The path of the item in the answers.
    pub path: String,
    /// Nothing works without it.
    pub critical: bool,
    /// Milliseconds for one attempt.
    pub timeout_ms: u64,
    /// Attempts in all.
    pub attempts: u64,
    /// The first pause between attempts, in milliseconds.
    pub backoff_ms: u64,
    /// `fail`, `fallback` or `queue`.
    pub when_down: String,
    /// Calls with an effect are kept in the outbox and made later, whether it is down or not.
    pub queued: bool,
    /// What is answered without it, if anybody said.
    pub fallback: Option<Text>,
    /// That is its last good answer.
    pub last_good: bool,
    /// Calling it twice does no harm.
    pub twice_safe: bool,
    /// A circuit breaker stops calling it while it fails.
    pub breaker: bool,
    /// Calls at once.
    pub concurrency: u64,
    /// It issues the tokens of callers, and was not named among the services that are called.
    pub issuer: bool,
}

/// Which shared parts the modules of the dependencies need.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Calls {
    /// Some call is attempted again.
    pub retries: bool,
    /// Some dependency has a circuit breaker.
    pub breakers: bool,
    /// Something stands in for some dependency.
    pub fallbacks: bool,
    /// For some it is the last good answer.
    pub last_good: bool,
    /// For some it is a value that the handler has.
    pub stand_ins: bool,
    /// Some calls are kept in the outbox.
    pub queues: bool,
    /// Callers see the problem with which a dependency refuses what they asked for.
    pub passes_problems: bool,
    /// Callers see nothing of the errors of dependencies.
    pub hides_errors: bool,
}

impl Calls {
    /// What these dependencies need.
    pub(super) fn of(answers: &Answers, dependencies: &[Dependency]) -> Calls {
        let errors = text(answers, "communication.errors");
        let errors = errors.filter(|_| !dependencies.is_empty());
        let any = |holds: fn(&Dependency) -> bool| dependencies.iter().any(holds);
        Calls {
            retries: any(|dependency| dependency.attempts > 1),
            breakers: any(|dependency| dependency.breaker),
            fallbacks: any(|dependency| dependency.when_down == "fallback"),
            last_good: any(|dependency| dependency.last_good),
            stand_ins: any(|dependency| {
                dependency.when_down == "fallback" && !dependency.last_good
            }),
            queues: any(|dependency| dependency.queued),
            passes_problems: errors.as_deref() == Some("pass"),
            hides_errors: errors.as_deref() == Some("hide"),
        }
    }
}

/// The place of the first dependency whose calls are to be done later.
pub(super) fn first_queued(answers: &Answers) -> Option<String> {
    let queued = each(answers, QUESTION, |parts| {
        let queued = parts.text("when-down").as_deref() == Some("queue");
        queued.then(|| place(parts))
    });
    queued.into_iter().flatten().next()
}

/// The dependencies; names that cannot become modules, or become the same one, are conflicts. `has_store` says whether there is a
/// database to keep calls in.
pub(super) fn dependencies(
    answers: &Answers,
    has_store: bool,
    conflicts: &mut Vec<Conflict>,
) -> Vec<Dependency> {
    let mut port = FIRST_PORT;
    let dependencies = each(answers, QUESTION, |parts| {
        let dependency = dependency(parts, port, has_store);
        port += 1;
        if let Err(error) = names::check_name(&parts.item.name) {
            conflicts.push(Conflict::at(&dependency.path, error.message, error.hint));
        } else if dependency.module.len() > LONGEST_MODULE {
            let module = &dependency.module;
            let message = format!("the name of the module, `{module}`, is too long");
            let hint = format!("find a name of at most {LONGEST_MODULE} characters");
            conflicts.push(Conflict::at(&dependency.path, message, hint));
        }
        dependency
    });
    let mut modules: BTreeMap<&str, &Dependency> = BTreeMap::new();
    for dependency in &dependencies {
        let Some(other) = modules.insert(&dependency.module, dependency) else {
            continue;
        };
        let message = format!("both become the module `{}`", dependency.module);
        let hint = "rename one of them: names that differ in `-`, `_` and blanks alone are one";
        conflicts.push(Conflict::at(&other.path, message, hint).and(&dependency.path));
    }
    dependencies
}

fn place(parts: &Parts<'_>) -> String {
    format!("dependency.{}", path_segment(&parts.item.name))
}

fn dependency(parts: &Parts<'_>, port: usize, has_store: bool) -> Dependency {
    let name = &parts.item.name;
    let fallback = parts.text("fallback");
    let when_down = parts.text("when-down").unwrap_or_default();
    Dependency {
        name: Text::new(name),
        slug: names::kebab(name),
        module: module(name),
        setting: names::screaming(name),
        port,
        purpose: parts.text("for").map(Text::new),
        path: place(parts),
        critical: parts.flag("critical"),
        timeout_ms: parts.milliseconds("timeout").unwrap_or_default(),
        attempts: parts.number("attempts").unwrap_or(1),
        backoff_ms: parts.milliseconds("backoff").unwrap_or_default(),
        last_good: when_down == "fallback" && fallback.as_deref().is_some_and(is_last_good),
        queued: when_down == "queue" && has_store,
        when_down,
        fallback: fallback.map(Text::new),
        twice_safe: parts.flag("twice-safe"),
        breaker: parts.flag("breaker"),
        concurrency: parts.number("concurrency").unwrap_or(1),
        issuer: false,
    }
}

/// A module's name that is no keyword, so that nobody has to write `r#match`.
fn module(name: &str) -> String {
    let plain = names::snake(name);
    if names::rust_identifier(name) == plain && names::module_name(name) == plain {
        plain
    } else {
        format!("{plain}_service")
    }
}

/// `the last good answer`, however it is written.
fn is_last_good(fallback: &str) -> bool {
    let words = fallback.to_lowercase();
    let words = words.trim();
    words.strip_prefix("the ").unwrap_or(words) == "last good answer"
}

/// Dependencies that are to be stood in for by a value that nobody has named.
pub(super) fn without_fallback(dependencies: &[Dependency]) -> Vec<Finding> {
    dependencies
        .iter()
        .filter(|dependency| dependency.when_down == "fallback" && dependency.fallback.is_none())
        .map(|dependency| Finding {
            code: "fallback-missing",
            answers: ["when-down", "fallback"]
                .map(|part| format!("{}.{part}", dependency.path))
                .to_vec(),
            message: format!(
                "when `{}` is down a fallback stands in for it, but nobody said which",
                dependency.name.as_str()
            ),
            fix: "name the value in `fallback`, or let `when-down` be `fail`".to_owned(),
            severity: Severity::Impossible,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::path;

    fn drawn(answers: &[(&str, &str)]) -> (Vec<Dependency>, Vec<Conflict>) {
        let mut all = Answers::new("orders", "2026-11-25");
        for (place, value) in answers {
            path::set(&mut all, place, value).unwrap();
        }
        let mut conflicts = Vec::new();
        let dependencies = dependencies(&all, false, &mut conflicts);
        (dependencies, conflicts)
    }

    #[test]
    fn a_fallback_that_nobody_named_is_found() {
        let down = ("dependency.rates.when-down", "fallback");
        let findings = without_fallback(&drawn(&[down]).0);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(
            findings[0].answers,
            ["dependency.rates.when-down", "dependency.rates.fallback"]
        );
        let named = drawn(&[down, ("dependency.rates.fallback", "4.90 EUR")]).0;
        assert_eq!(without_fallback(&named), []);
    }

    #[test]
    fn a_module_has_a_name_that_rust_and_every_file_system_take() {
        for (name, module) in [
            ("payments", "payments"),
            ("Shipping-Rates", "shipping_rates"),
            ("match", "match_service"),
            ("self", "self_service"),
            ("mod", "mod_service"),
            ("aux", "aux_service"),
        ] {
            let place = format!("dependency.{name}.critical");
            let (found, conflicts) = drawn(&[(&place, "yes")]);
            assert_eq!(conflicts, []);
            assert_eq!(found[0].module, module);
        }
    }

    #[test]
    fn names_that_become_one_module_are_a_conflict() {
        let (_, conflicts) = drawn(&[
            ("dependency.web-shop.critical", "yes"),
            ("dependency.web_shop.critical", "yes"),
            ("dependency.注文.critical", "yes"),
            (&format!("dependency.{}.critical", "a".repeat(41)), "yes"),
            (&format!("dependency.{}.critical", "b".repeat(40)), "yes"),
        ]);
        let said: Vec<_> = conflicts.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "`dependency.\"注文\"`: `注文` contains `注`, which has no agreed spelling in Latin letters",
                &format!(
                    "`dependency.{0}`: the name of the module, `{0}`, is too long",
                    "a".repeat(41)
                ),
                "`dependency.web-shop` and `dependency.web_shop`: both become the module `web_shop`",
            ]
        );
    }

    #[test]
    fn the_last_good_answer_is_known_by_its_name() {
        for (fallback, last_good) in [
            ("the last good answer", true),
            ("Last good answer", true),
            ("the flat rate of 4.90 EUR", false),
        ] {
            let (found, _) = drawn(&[
                ("dependency.rates.when-down", "fallback"),
                ("dependency.rates.fallback", fallback),
            ]);
            assert_eq!(found[0].last_good, last_good, "{fallback}");
        }
    }
}
