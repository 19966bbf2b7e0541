//! Records about code that was there before its answers: what was answered, and what the files show. Nothing is taken for decided because
//! a default holds elsewhere.

use super::{Subject, joined};
use crate::answers::Answers;
use crate::blueprint::record_title;
use crate::evidence::Decision;
use crate::question::{Question, canonical_text, catalog};
use crate::skeleton::as_markdown;

/// What was answered, in the order of the interview, each with what the files show about the same; then what they show beside it.
pub fn of_existing(answers: &Answers, decisions: &[Decision]) -> Vec<Subject> {
    let mut shown: Vec<Subject> = decisions.iter().map(Subject::of_evidence).collect();
    let mut subjects: Vec<Subject> = Vec::new();
    for question in catalog::questions().iter().copied() {
        let topic = question.record;
        let (Some(title), None) = (
            record_title(topic),
            subjects.iter().find(|subject| subject.topic == topic),
        ) else {
            continue;
        };
        let said = said(answers, topic);
        if said.is_empty() {
            continue;
        }
        let found = shown.iter().position(|subject| subject.topic == topic);
        let found = found.map(|at| shown.remove(at));
        subjects.push(answered(topic, title, &said, found));
    }
    subjects.extend(shown);
    subjects
}

/// The answers that a record is about, each with its question.
fn said(answers: &Answers, topic: &str) -> Vec<(&'static Question, String)> {
    let questions = catalog::questions().iter().copied();
    questions
        .filter(|question| question.record == topic && answers.applies(&question.when))
        .filter_map(|question| {
            let text = canonical_text(answers.given(question.id)?);
            let text = match text.as_str() {
                "" => "none".to_owned(),
                text => as_markdown(text),
            };
            Some((question, text))
        })
        .collect()
}

/// A record of answers, with what was found about the same.
fn answered(
    topic: &str,
    title: &str,
    said: &[(&'static Question, String)],
    found: Option<Subject>,
) -> Subject {
    let quotes = said
        .iter()
        .map(|(question, text)| format!("`{}` in `kickoff.toml`: {text}", question.id));
    let mut evidence: Vec<String> = quotes.collect();
    let open = "Who decided that and for which reason is not written down yet.";
    match found {
        Some(found) => {
            evidence.extend(found.evidence);
            let names: Vec<&str> = found.names.iter().map(String::as_str).collect();
            Subject {
                context: vec![
                    found.context[0].clone(),
                    "The answers and the files tell what holds, and not why:".to_owned(),
                ],
                evidence,
                decision: format!("As it was answered. In use: {}. {open}", joined(&names)),
                names: found.names,
                ..found
            }
        }
        None => Subject {
            topic: topic.to_owned(),
            title: title.to_owned(),
            context: vec![
                said[0].0.ask.to_owned(),
                "The answers tell what holds, and not why:".to_owned(),
            ],
            evidence,
            decision: format!("As it was answered. {open}"),
            names: Vec::new(),
            written: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::Value;
    use crate::evidence::{Piece, Standing, Topic};

    fn give(answers: &mut Answers, id: &str, text: &str) {
        let question = catalog::question(id).expect("in the catalog");
        answers.give(question, Value::Text(text.to_owned()));
    }

    #[test]
    fn answers_and_evidence_about_the_same_are_one_record_and_defaults_are_none() {
        let mut answers = Answers::new("orders", "2026-11-25");
        give(&mut answers, "responsibility.purpose", "Takes *orders*.");
        give(&mut answers, "ownership.database", "postgresql");
        let decision = |topic: &str, name: &str| Decision {
            topic: Topic::find(topic).expect("a topic"),
            pieces: vec![Piece {
                name: name.to_owned(),
                what: format!("`{name}`"),
                file: "Cargo.toml".to_owned(),
                line: Some(3),
                standing: Standing::Direct,
            }],
        };
        let decisions = [
            decision("logging", "tracing"),
            decision("database", "PostgreSQL"),
        ];
        let subjects = of_existing(&answers, &decisions);
        let told: Vec<(&str, &[String])> = subjects
            .iter()
            .map(|subject| (subject.topic.as_str(), &subject.evidence[..]))
            .collect();
        let list = |texts: &[&str]| {
            texts
                .iter()
                .map(|text| (*text).to_owned())
                .collect::<Vec<_>>()
        };
        let purpose = list(&[r"`responsibility.purpose` in `kickoff.toml`: Takes \*orders\*."]);
        let database = list(&[
            "`ownership.database` in `kickoff.toml`: postgresql",
            "`PostgreSQL` in `Cargo.toml`",
        ]);
        let logging = list(&["`tracing` in `Cargo.toml`"]);
        assert_eq!(
            told,
            [
                ("responsibility", &purpose[..]),
                ("database", &database[..]),
                ("logging", &logging[..])
            ]
        );
        assert_eq!(subjects[1].title, "Keep data in PostgreSQL");
        assert!(subjects[0].decision.contains("not written down"));
    }
}
