//! Says in words what a question takes, when it is asked and what holds without an answer.

use super::validate::duration_in_words;
use super::{Fallback, Kind, Question, Stakes, When, catalog};

impl Kind {
    /// What an answer looks like in `kickoff.toml`: `a whole number from 1 to 5 (attempts)`.
    pub fn in_words(&self) -> String {
        match *self {
            Kind::Choice { .. } => "one of the words below".to_owned(),
            Kind::Choices { .. } => "a list of any of the words below".to_owned(),
            Kind::Flag => "`true` or `false`".to_owned(),
            Kind::Text { max } => format!("text on one line, at most {max} characters"),
            Kind::Texts { max } => {
                format!("a list of texts, each on one line and at most {max} characters")
            }
            Kind::Number { min, max, unit } => {
                format!("a whole number from {min} to {max} ({unit})")
            }
            Kind::Duration { min_ms, max_ms } => format!(
                "a length of time from `{}` to `{}`: a number and one of `ms`, `s`, `m`, `h`, `d`",
                duration_in_words(min_ms),
                duration_in_words(max_ms)
            ),
            Kind::Percent => "a percentage below 100 with up to four decimals, as text".to_owned(),
            Kind::Date => "a date of the calendar, `YYYY-MM-DD`, as text".to_owned(),
            Kind::Owner => "a person or team: `@name`, `@organisation/team`, or a name".to_owned(),
            Kind::Fields => "a table of fields, each in the notation of fields".to_owned(),
            Kind::Items { schema } => format!(
                "tables `[{}.NAME]`, one for each {}",
                schema.table, schema.singular
            ),
        }
    }
}

impl Question {
    /// What an answer looks like, as [`Kind::in_words`].
    pub fn kind_in_words(&self) -> String {
        self.kind.in_words()
    }

    /// What holds when nobody answered: `` `10s` (nothing, annoyance), `5s` (money, harm) ``.
    pub fn default_in_words(&self) -> String {
        match self.default {
            Fallback::Open => "none; the question stays open".to_owned(),
            Fallback::Empty => match self.kind {
                Kind::Items { .. } | Kind::Choices { .. } | Kind::Texts { .. } | Kind::Fields => {
                    "none at all".to_owned()
                }
                Kind::Choice { .. } => "the answer for the whole service".to_owned(),
                _ => "nothing".to_owned(),
            },
            Fallback::Fixed(text) => format!("`{text}`"),
            Fallback::ByStakes(texts) => by_stakes(texts),
            Fallback::DaysAfterCreation(days) => format!("{days} days after `service.created`"),
        }
    }

    /// Under which condition the question makes sense: `when `data.deletion` is `soft``. `None`: always.
    pub fn condition_in_words(&self) -> Option<String> {
        condition_in_words(&self.when)
    }

    /// How much has to be at stake for the question to be asked.
    pub fn asked_in_words(&self) -> &'static str {
        match self.asked_from {
            Stakes::Nothing => "always",
            Stakes::Annoyance => "from `annoyance` upward",
            Stakes::Money => "from `money` upward",
            Stakes::Harm => "at `harm`",
        }
    }
}

fn condition_in_words(when: &When) -> Option<String> {
    match *when {
        When::Always => None,
        When::Is(id, values) => {
            let several = catalog::question(id)
                .is_some_and(|question| matches!(question.kind, Kind::Choices { .. }));
            let verb = if several { "contains" } else { "is" };
            Some(format!("when `{id}` {verb} {}", one_of(values)))
        }
        When::Part(key, values) => Some(format!("when `{key}` is {}", one_of(values))),
        When::Any(id) => Some(format!("when `{id}` has at least one entry")),
        When::Experiment => Some("while this is an experiment".to_owned()),
        When::All(all) => {
            let conditions: Vec<String> = all.iter().filter_map(condition_in_words).collect();
            (!conditions.is_empty()).then(|| conditions.join(" and "))
        }
        When::PartGiven(key) => Some(format!("when `{key}` is given")),
        When::PartEmpty(key) => Some(format!("when `{key}` is empty")),
    }
}

/// `` `a`, `b` or `c` ``.
fn one_of(values: &[&str]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.join(""),
    }
}

/// Names each value once, with the stakes under which it holds.
fn by_stakes(texts: [&str; 4]) -> String {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (stakes, text) in Stakes::ALL.into_iter().zip(texts) {
        match groups.last_mut() {
            Some((last, keys)) if *last == text => keys.push(stakes.key()),
            _ => groups.push((text, vec![stakes.key()])),
        }
    }
    groups
        .iter()
        .map(|(text, keys)| format!("`{text}` ({})", keys.join(", ")))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(id: &str, describe: impl Fn(&Question) -> Option<String>, expect: Option<&str>) {
        let question = catalog::question(id).expect("a question");
        assert_eq!(describe(question).as_deref(), expect);
    }

    #[test]
    fn conditions_are_sentences() {
        let condition = Question::condition_in_words;
        check("data.deletion", condition, None);
        check(
            "communication.broker",
            condition,
            Some(
                "when `communication.styles` contains `work-queue`, `publish-events` \
                 or `consume-events`",
            ),
        );
        check(
            "communication.issuer",
            condition,
            Some("when `communication.access` is `jwt`"),
        );
        check(
            "communication.errors",
            condition,
            Some("when `load.dependencies` has at least one entry"),
        );
        check(
            "reality.ends-on",
            condition,
            Some("while this is an experiment"),
        );
    }

    #[test]
    fn defaults_name_the_stakes_they_depend_on() {
        let default = |question: &Question| Some(question.default_in_words());
        check("data.duplicates", default, Some("`reject`"));
        check(
            "load.request-timeout",
            default,
            Some("`10s` (nothing, annoyance), `5s` (money, harm)"),
        );
        check(
            "reality.ends-on",
            default,
            Some("90 days after `service.created`"),
        );
        check("load.dependencies", default, Some("none at all"));
        check(
            "data.entities",
            default,
            Some("none; the question stays open"),
        );
    }

    #[test]
    fn kinds_name_their_bounds() {
        let kind = |question: &Question| Some(question.kind_in_words());
        check(
            "load.request-timeout",
            kind,
            Some(
                "a length of time from `100ms` to `1h`: \
                 a number and one of `ms`, `s`, `m`, `h`, `d`",
            ),
        );
        check(
            "load.peak-rps",
            kind,
            Some("a whole number from 1 to 1000000 (requests per second)"),
        );
        check(
            "data.entities",
            kind,
            Some("tables `[entity.NAME]`, one for each entity"),
        );
    }
}
