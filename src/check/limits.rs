//! KD0317: limits in the code that are not those of the answers.

use std::collections::BTreeMap;

use super::diagnostic::Diagnostic;
use super::material::Material;
use super::rule::KD0317;
use super::rust::{Literal, Source};
use super::sources::Sources;
use crate::baseline::ANSWERS;

/// Which answers a setting of `src/config.rs` follows from. Settings that no answer leads to are the team's own.
const SETTINGS: &[(&str, &[&str])] = &[
    ("APP_REQUEST_TIMEOUT", &["load.request-timeout"]),
    (
        "APP_HEADER_TIMEOUT",
        &["load.request-timeout", "load.shutdown-grace"],
    ),
    (
        "APP_MAX_CONCURRENT_REQUESTS",
        &["load.peak-rps", "load.p99"],
    ),
    ("APP_MAX_CONNECTIONS", &["load.peak-rps", "load.p99"]),
    ("APP_DRAIN_DELAY", &["load.shutdown-grace"]),
    ("APP_SHUTDOWN_GRACE", &["load.shutdown-grace"]),
    ("APP_SLOW_REQUEST", &["load.p99"]),
    ("APP_SLOW_QUERY", &["load.p99"]),
];

/// The largest page, a constant.
const PAGE: (&str, &str, &[&str]) = ("src/page.rs", "MAX", &["data.records"]);

pub(super) fn check(material: &Material<'_>, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (setting, answers) in SETTINGS {
        let settings = |source: &Source| source.settings.get(*setting).cloned();
        found.extend(compare(material, sources, setting, answers, settings));
    }
    let (path, constant, answers) = PAGE;
    if sources.generated.contains_key(path) {
        let constants = |source: &Source| source.constants.get(constant).cloned();
        let only = Sources {
            now: pick(&sources.now, path),
            generated: pick(&sources.generated, path),
            unreadable: sources.unreadable.clone(),
        };
        let subject = format!("{path} {constant}");
        found.extend(compare(material, &only, &subject, answers, constants));
    }
    found
}

fn pick(sources: &BTreeMap<String, Source>, path: &str) -> BTreeMap<String, Source> {
    let found = sources.get(path).cloned();
    found
        .map(|source| (path.to_owned(), source))
        .into_iter()
        .collect()
}

fn compare(
    material: &Material<'_>,
    sources: &Sources,
    subject: &str,
    answers: &[&str],
    value: impl Fn(&Source) -> Option<Literal>,
) -> Option<Diagnostic> {
    let (_, generated) = first(&sources.generated, &value)?;
    let now = first(&sources.now, &value);
    let help = answers.first().copied().unwrap_or_default();
    let found = match now {
        Some((_, now)) if now.text == generated.text => return None,
        Some((file, now)) => {
            let message = format!(
                "`{subject}` is `{}` in the code, and the answers lead to `{}`",
                now.text, generated.text
            );
            Diagnostic::new(&KD0317, subject, message).at(file, now.span, "the code")
        }
        // What cannot be read may have it.
        None if !sources.unreadable.is_empty() => return None,
        None => {
            let message = format!(
                "the answers lead to `{subject}` of `{}`, and the code has no such limit",
                generated.text
            );
            Diagnostic::new(&KD0317, subject, message)
        }
    };
    let found = answers.iter().fold(found, |found, answer| {
        found.at(
            ANSWERS,
            material.place(answer),
            format!("`{}` follows from this", generated.text),
        )
    });
    Some(
        found
            .help(format!(
                "put the number into the answers: `cargo kickoff ask {help}`"
            ))
            .help(format!(
                "or put `{}` back; for one deployment, set the variable instead",
                generated.text
            )),
    )
}

fn first(
    sources: &BTreeMap<String, Source>,
    value: impl Fn(&Source) -> Option<Literal>,
) -> Option<(&str, Literal)> {
    let mut sources = sources.iter();
    sources.find_map(|(path, source)| Some((path.as_str(), value(source)?)))
}
