//! What is true of the service while an answer holds: sentences about this service, not about the questionnaire.

use super::super::{Limits, milliseconds};
use super::answer::{choices_of, is_chosen};
use crate::answers::{Answers, Value};
use crate::question::{Kind, Question, catalog};
use crate::skeleton::{span, thousands};

/// The sentences that follow from a value in force. Empty where the answer says nothing about the service that its own words do not.
pub(super) fn statements(
    question: &Question,
    value: &Value,
    limits: &Limits,
    answers: &Answers,
) -> Vec<String> {
    match question.kind {
        Kind::Choice { .. } | Kind::Choices { .. } => of_choices(question, value),
        _ => {
            let waits = waits(question, value) && question.id != "load.dependencies";
            let statement = of_value(question, value, limits, answers);
            statement
                .map(|statement| marked(&statement, waits))
                .into_iter()
                .collect()
        }
    }
}

/// Whether generated code leaves the value in force undone.
pub(super) fn waits(question: &Question, value: &Value) -> bool {
    let undone = |word: &str| !question.honours.contains(&word);
    if let (Some(schema), Value::Items(items)) = (question.items(), value)
        && question.awaits.is_none()
    {
        // Only a choice can be undone by itself: that one value of it does nothing yet.
        let choices = |part: &&Question| matches!(part.kind, Kind::Choice { .. });
        return schema.parts.iter().filter(choices).any(|part| {
            let mut given = items.iter().filter_map(|item| item.parts.get(part.id));
            given.any(|value| waits(part, value))
        });
    }
    question.awaits.is_some()
        && match (question.kind, value) {
            (Kind::Choice { .. }, Value::Text(text)) => undone(text),
            (Kind::Choices { .. }, Value::List(list)) => list.iter().any(|word| undone(word)),
            _ => !is_empty(value),
        }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.is_empty(),
        Value::List(list) => list.is_empty(),
        Value::Items(items) => items.is_empty(),
        Value::Fields(fields) => fields.is_empty(),
        Value::Number(_) | Value::Flag(_) => false,
    }
}

fn marked(statement: &str, waits: bool) -> String {
    if waits {
        format!("{statement} The generated code does not do this yet.")
    } else {
        statement.to_owned()
    }
}

fn of_choices(question: &Question, value: &Value) -> Vec<String> {
    // What this chooses is the questionnaire itself.
    if question.id == catalog::STAKES {
        return Vec::new();
    }
    let chosen = choices_of(question)
        .iter()
        .filter(|choice| is_chosen(choice, value));
    let mut statements: Vec<String> = chosen
        .map(|choice| {
            let waits = question.awaits.is_some() && !question.honours.contains(&choice.value);
            let statement = match (question.id, choice.value) {
                (catalog::REALITY_KIND, "project") => {
                    "Its open questions are listed in the README, and nothing excuses it from them."
                }
                ("communication.idempotency", "creates") => {
                    "POST requires a key; the same key and body give the same answer, another body 422. Of two at once the second waits for the first. A refusal leaves the key free."
                }
                ("communication.idempotency", "all-writes") => {
                    "POST, PATCH, PUT and DELETE require a key; the same key and body give the same answer, another body 422. Of two at once the second waits for the first. A refusal leaves the key free."
                }
                ("communication.styles", "rest") => "Every entity has routes with JSON bodies.",
                _ => choice.does,
            };
            marked(statement, waits)
        })
        .collect();
    if question.id == "done.items" {
        let left_out: Vec<&str> = choices_of(question)
            .iter()
            .filter(|choice| !is_chosen(choice, value))
            .map(|choice| choice.label)
            .collect();
        if !left_out.is_empty() {
            statements.push(format!(
                "A debt, not part of done: {}.",
                left_out.join("; ")
            ));
        }
    }
    statements
}

fn of_value(
    question: &Question,
    value: &Value,
    limits: &Limits,
    answers: &Answers,
) -> Option<String> {
    Some(match (question.id, value) {
        ("data.records", _) => format!(
            "A page of a list has {} records, and {} at most.",
            limits.page_default, limits.page_max
        ),
        // The catalog does not say so, yet no generated code reads it.
        ("data.growth", _) => "Nothing in the generated code watches the growth yet.".to_owned(),
        ("load.peak-rps", _) => format!(
            "{} requests are worked on at once{}; one more is refused with 503 and `Retry-After`.",
            thousands(limits.concurrency),
            if limits.concurrency_floor {
                ", the least that makes sense"
            } else {
                ", twice what Little's law gives for the peak and the p99"
            },
        ),
        ("load.p99", _) => format!(
            "A request that takes longer than {} is logged as a warning.",
            span(limits.slow_request_ms)
        ),
        ("load.availability", Value::Text(percent)) => {
            return allowance(percent).map(|allowance| {
                format!("At {percent} % there may be {allowance} of failure in 30 days, deployments included.")
            });
        }
        ("load.request-timeout", _) => format!(
            "A request is cut with 504 after {}{}.",
            span(limits.request_timeout_ms),
            if limits.shortened_by.is_some() {
                " already, because a caller would be gone before that"
            } else {
                ""
            },
        ),
        ("load.shutdown-grace", _) => format!(
            "After SIGTERM it reports itself not ready and serves for {} more; then requests in flight have {} to end.",
            span(limits.drain_delay_ms),
            span(limits.drain_grace_ms)
        ),
        ("load.dependencies", Value::Items(items)) if items.is_empty() => {
            "It calls no other service.".to_owned()
        }
        ("load.dependencies", _) => format!(
            "Each is called from a module of its own, with a deadline, a limit of calls at once, metrics, and tests of what happens when it is gone, silent, slow or talks nonsense.{}",
            if waits(question, value) {
                " What is to be done later is refused with 503 instead: there is no outbox yet."
            } else {
                ""
            }
        ),
        ("communication.events", Value::Items(items)) if items.is_empty() => {
            "There are no events and no jobs.".to_owned()
        }
        ("communication.events", _) => {
            "Each is a type with a schema of its own, and a publisher or an idempotent consumer."
                .to_owned()
        }
        ("communication.key-lifetime", _) => {
            let lifetime = milliseconds(answers, question.id)?;
            format!(
                "A key counts as new after {}, and is deleted with its answer, which repeats the record as it was.",
                span(lifetime)
            )
        }
        ("communication.issuer", _) => {
            "A token of any other issuer is answered with 401.".to_owned()
        }
        ("ownership.cache-ttl", _) => {
            let lifetime = milliseconds(answers, question.id)?;
            format!(
                "A cached record lives {}, less up to a tenth at random so that not all expire together.",
                span(lifetime)
            )
        }
        _ => return None,
    })
}

/// What an availability in percent leaves of 30 days.
fn allowance(percent: &str) -> Option<String> {
    // In hundredths of a thousandth of a percent, so that no rounding of floats decides a digit.
    let (whole, part) = percent.split_once('.').unwrap_or((percent, ""));
    let scaled: u64 = format!("{whole}{part:0<4}").parse().ok()?;
    let missing = 1_000_000_u64.checked_sub(scaled)?;
    let seconds = 30 * 86_400 * missing / 1_000_000;
    Some(match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        _ => format!("{} hours", seconds / 3_600),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_availability_leaves_so_much_time() {
        for (percent, time) in [
            ("99", "7 hours"),
            ("99.5", "3 hours"),
            ("99.9", "43 min"),
            ("99.95", "21 min"),
            ("99.9999", "2 s"),
            ("0", "720 hours"),
        ] {
            assert_eq!(allowance(percent).as_deref(), Some(time), "{percent}");
        }
    }

    #[test]
    fn a_note_appears_only_while_a_value_in_force_is_not_generated() {
        let check = |id: &str, value: Value, expected: bool| {
            let question = catalog::question(id).expect("a question");
            assert_eq!(waits(question, &value), expected, "{id}: {value:?}");
        };
        let text = |word: &str| Value::Text(word.to_owned());
        let list =
            |words: &[&str]| Value::List(words.iter().map(|word| (*word).to_owned()).collect());
        check("ownership.database", text("sqlite"), false);
        check("ownership.database", text("postgresql"), false);
        check("ownership.enforcement", list(&["tests", "deny"]), false);
        check("communication.styles", list(&["rest"]), false);
        check(
            "communication.styles",
            list(&["rest", "publish-events"]),
            true,
        );
        check("communication.events", Value::Items(Vec::new()), false);
        check(
            "communication.events",
            Value::Items(vec![crate::answers::Item::default()]),
            true,
        );
        let called = vec![crate::answers::Item::default()];
        check("load.dependencies", Value::Items(called), false);
        check("data.conflicts", text("version"), false);
    }
}
