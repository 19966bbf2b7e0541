//! Whatever somebody does in an interview, in whatever order, it holds together.

use cargo_kickoff::answers::{Answers, Value};
use cargo_kickoff::evidence::{Source, SourceFile};
use cargo_kickoff::interview::{Interview, Preview, conduct};
use cargo_kickoff::prompt::{Control, Prompt, Prompter, Reply, Row};
use cargo_kickoff::proposal::{Package, Proposals, propose};
use cargo_kickoff::question::catalog;
use proptest::prelude::*;

/// Replies by a list of numbers: each chooses among what the question offers.
struct Wanderer {
    numbers: std::vec::IntoIter<u16>,
    asked: Vec<String>,
}

const TEXTS: [&str; 16] = [
    "",
    "",
    "Order",
    "Customer",
    "number: string(32) unique",
    "note: text?",
    "customer: -> Customer",
    "none",
    "7",
    "2s",
    "99.5",
    "2026-12-01",
    "@shop/orders",
    "nats",
    "\u{202e}x",
    "a, b",
];

impl Prompter for Wanderer {
    fn ask(&mut self, history: &[Row], prompt: &Prompt) -> cargo_kickoff::error::Result<Reply> {
        assert!(
            !prompt.ask.is_empty(),
            "asked nothing after {:?}",
            self.asked
        );
        assert!(history.iter().all(|row| !row.label.is_empty()));
        self.asked.push(prompt.ask.clone());
        let Some(number) = self.numbers.next() else {
            return Ok(Reply::Interrupt);
        };
        let choice = usize::from(number / 16);
        Ok(match number % 16 {
            0 | 1 => Reply::Back,
            2 if prompt.can_defer => Reply::Later,
            3 if prompt.can_explain => Reply::Explain,
            _ => match &prompt.control {
                Control::Text { .. } => Reply::Answer(TEXTS[choice % TEXTS.len()].to_owned()),
                Control::Select { options, .. } => {
                    // A run that is confirmed ends: anything else is more of a test.
                    let option = &options[choice % options.len()];
                    match option.value.as_str() {
                        "generate" | "quit" => Reply::Answer("change".to_owned()),
                        value => Reply::Answer(value.to_owned()),
                    }
                }
                Control::Many { options, .. } => Reply::Chosen(
                    options
                        .iter()
                        .enumerate()
                        .filter(|(index, _)| choice >> index & 1 == 1)
                        .map(|(_, option)| option.value.clone())
                        .collect(),
                ),
            },
        })
    }

    fn leave(&mut self, _history: &[Row]) -> cargo_kickoff::error::Result<()> {
        Ok(())
    }
}

/// Nothing, or what some code that is there offers.
fn proposals(offers: bool) -> Proposals {
    if !offers {
        return Proposals::default();
    }
    let file = |path: &str, text: &str| SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let manifest = "[package]\nname = \"orders\"\n[dependencies]\nredis = \"1\"\nreqwest = \"0.13\"\njsonwebtoken = \"10\"\n";
    let tables = "CREATE TABLE orders (id UUID PRIMARY KEY, number VARCHAR(32) UNIQUE);\n\
                  CREATE TABLE lines (id UUID PRIMARY KEY, order_id UUID NOT NULL REFERENCES orders (id));\n\
                  CREATE TABLE logs (id UUID PRIMARY KEY);\n";
    let source = Source {
        manifests: vec![file("Cargo.toml", manifest)],
        files: vec![file("migrations/1.sql", tables)],
        ..Source::default()
    };
    let package = Package::in_folder(&source, "").expect("a package");
    propose(&source, &package)
}

fn begin(offers: bool) -> Interview {
    Interview::offering(Answers::new("orders", "2026-11-25"), proposals(offers))
}

fn wander(interview: &mut Interview, offers: bool, numbers: Vec<u16>) {
    let mut wanderer = Wanderer {
        numbers: numbers.into_iter(),
        asked: Vec::new(),
    };
    conduct(
        interview,
        &mut wanderer,
        &|_| Preview::default(),
        &mut |interview| {
            // A draft leads to the same question, or where there is nothing to ask any more, to the review.
            let resumed = Interview::resume(
                interview.answers().clone(),
                &interview.bookmark(),
                proposals(offers),
            );
            assert_eq!(resumed.answers(), interview.answers());
        },
    )
    .expect("a wanderer cannot fail");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").map_or(64, |cases| cases.parse().expect("a number")),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_walk_holds_together(stakes in 0usize..4, offers in any::<bool>(), numbers in prop::collection::vec(any::<u16>(), 0..250)) {
        let mut interview = begin(offers);
        let stakes = cargo_kickoff::question::Stakes::ALL[stakes];
        interview.submit(stakes.key()).expect("a word of the catalog");
        wander(&mut interview, offers, numbers);
        let answers = interview.finish();
        for question in catalog::questions() {
            if answers.entry(question.id).is_some() {
                prop_assert!(answers.applies(&question.when), "{} is stale", question.id);
            }
            if let Some(Value::Items(items)) = answers.given(question.id) {
                for item in items {
                    let schema = question.items().expect("items");
                    for part in schema.parts {
                        if item.parts.contains_key(part.id) {
                            prop_assert!(answers.part_applies(item, part), "{}.{} is stale", item.name, part.id);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn enter_and_later_lead_to_the_review_from_anywhere(offers in any::<bool>(), numbers in prop::collection::vec(any::<u16>(), 0..150)) {
        let mut interview = begin(offers);
        wander(&mut interview, offers, numbers);
        for _ in 0..200 {
            if interview.is_at_review() {
                break;
            }
            if interview.submit("").is_err() {
                interview.defer("");
            }
        }
        prop_assert!(interview.is_at_review(), "still at {}", interview.bookmark());
    }

    #[test]
    fn back_leads_to_the_beginning_from_anywhere(offers in any::<bool>(), numbers in prop::collection::vec(any::<u16>(), 0..150)) {
        let mut interview = begin(offers);
        wander(&mut interview, offers, numbers);
        let before = interview.answers().clone();
        for _ in 0..200 {
            if !interview.back() {
                break;
            }
        }
        prop_assert!(!interview.back(), "going back has no end");
        prop_assert_eq!(interview.answers(), &before);
    }
}
