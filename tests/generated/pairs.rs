//! Every pair of choices renders; a covering set of complete answers is built and tested.

use cargo_kickoff::answers::{Answers, Item, Value};
use cargo_kickoff::question::{Choice, Kind, catalog};

use crate::answers::{DAY, dependencies, entity, give, give_items, item};
use crate::covering::all_pairs;
use crate::project::{assert_formatted, assert_toml, generate};

/// Something that is chosen: a question or a shape of the data, with its choices by name.
struct Parameter {
    name: &'static str,
    choices: Vec<&'static str>,
}

/// None, one of them by its name, or all.
const DEPENDENCIES: &[&str] = &["none", "payments", "rates", "match", "many"];

fn parameter(name: &'static str, choices: &[&'static str]) -> Parameter {
    Parameter {
        name,
        choices: choices.to_vec(),
    }
}

/// Every question with choices, its default among them as the choice without words, and the shapes of the data.
fn all_parameters() -> Vec<Parameter> {
    let mut parameters = vec![
        parameter("entities", &["none", "one", "many"]),
        parameter("boundaries", &["no", "yes"]),
        parameter("owners", &["no", "yes"]),
        parameter("callers", &["no", "yes"]),
        parameter("dependencies", DEPENDENCIES),
    ];
    for question in catalog::questions() {
        let keys = |choices: &'static [Choice]| choices.iter().map(|choice| choice.value).collect();
        let choices: Vec<&'static str> = match question.kind {
            Kind::Choice { choices } => keys(choices),
            Kind::Choices { choices } => keys(choices),
            _ => continue,
        };
        parameters.push(Parameter {
            name: question.id,
            choices,
        });
    }
    parameters
}

fn answers(name: &str, parameters: &[Parameter], row: &[usize]) -> Answers {
    let mut answers = Answers::new(name, DAY);
    give(
        &mut answers,
        "responsibility.purpose",
        "Keeps what it is asked to keep.",
    );
    give_items(
        &mut answers,
        "responsibility.owns",
        vec![item("keeping records", &[])],
    );
    for (parameter, choice) in parameters.iter().zip(row) {
        let choice = parameter.choices[*choice];
        match (parameter.name, choice) {
            ("entities", "none") => give_items(&mut answers, "data.entities", Vec::new()),
            ("entities", "one") => give_items(&mut answers, "data.entities", one()),
            ("entities", _) => give_items(&mut answers, "data.entities", many()),
            ("boundaries", "yes") => give_items(
                &mut answers,
                "responsibility.not-its-job",
                vec![
                    item(
                        "charging cards",
                        &[
                            ("whose", "the payments service"),
                            ("names", "payment, refund"),
                        ],
                    ),
                    item("guessing", &[]),
                ],
            ),
            ("owners", "yes") => {
                give(&mut answers, "ownership.database-owner", "@acme/data");
                give(&mut answers, "ownership.errors-owner", "Ada Lovelace");
            }
            ("callers", "yes") => give_items(
                &mut answers,
                "responsibility.callers",
                vec![item("web-shop", &[("timeout", "2s"), ("rate", "20")])],
            ),
            ("dependencies", "none") => {}
            ("dependencies", choice) => {
                let mut called = dependencies();
                called.retain(|item| choice == "many" || item.name == choice);
                give_items(&mut answers, "load.dependencies", called);
            }
            ("boundaries" | "owners" | "callers", _) => {}
            (id, choice) => give(&mut answers, id, choice),
        }
    }
    answers.drop_stale();
    answers
}

fn one() -> Vec<Item> {
    vec![entity(
        "Note",
        &[],
        "text: text\npinned: bool = false\nshelf: string(1..40) unique",
    )]
}

fn many() -> Vec<Item> {
    vec![
        entity(
            "Customer",
            &[("about", "Who orders.")],
            "email: email unique personal\nname: string(1..200) personal\nphone: string(32)? personal // never asked",
        ),
        entity(
            "Order",
            &[],
            "number: string(32) unique\nstatus: draft | placed = draft\ntotal: money(EUR) >= 0\nplaced_at: instant?\ndue: date?\n\
             weight: decimal(8,3)? > 0\nimage: bytes(1024)?\nattributes: json?\ncustomer: -> Customer\nreferrer: -> Customer? on delete clear\n\
             warehouse: -> Warehouse?\ntags: <-> Tag",
        ),
        entity(
            "OrderLine",
            &[("same-when", "order, position")],
            "order: -> Order on delete cascade\nposition: int 1..10000\ncode: string(4) matching /[A-Z]{4}/",
        ),
        entity(
            "Tag",
            &[("deletion", "hard"), ("duplicates", "update")],
            "tag: string(1..50) unique",
        ),
        entity(
            "Employee",
            &[],
            "name: string(1..100)\nreports_to: -> Employee?",
        ),
        // Of these there can be as many as there are words, and no more: the generated tests have to do with one.
        entity(
            "Level",
            &[("same-when", "level")],
            "level: low | high\npeers: <-> Level\ntags: <-> Tag",
        ),
        entity("Step", &[], "level: -> Level\nname: string"),
        item(
            "Warehouse",
            &[("of", "the warehouse service"), ("id", "text")],
        ),
    ]
}

/// The answers that decide most, with few enough choices for a set that can be built.
fn deciding() -> Vec<Parameter> {
    vec![
        parameter("entities", &["none", "one", "many"]),
        parameter("boundaries", &["no", "yes"]),
        parameter("owners", &["no", "yes"]),
        parameter("callers", &["no", "yes"]),
        parameter("dependencies", DEPENDENCIES),
        parameter(
            "responsibility.stakes",
            &["nothing", "annoyance", "money", "harm"],
        ),
        parameter("data.duplicates", &["reject", "return-existing", "update"]),
        parameter("data.conflicts", &["version", "last-write-wins"]),
        parameter("data.deletion", &["hard", "soft", "never"]),
        parameter("ownership.record-format", &["madr", "nygard"]),
        parameter("reality.kind", &["project", "experiment"]),
    ]
}

/// The covering set that is built, as answers.
pub(crate) fn covering_set() -> Vec<Answers> {
    let parameters = deciding();
    let sizes: Vec<usize> = parameters
        .iter()
        .map(|parameter| parameter.choices.len())
        .collect();
    all_pairs(&sizes)
        .iter()
        .enumerate()
        .map(|(number, row)| answers(&format!("covering-{number}"), &parameters, row))
        .collect()
}

#[test]
fn all_pairs_of_choices_render() {
    let parameters = all_parameters();
    let sizes: Vec<usize> = parameters
        .iter()
        .map(|parameter| parameter.choices.len())
        .collect();
    let mut trees = Vec::new();
    for (number, row) in all_pairs(&sizes).iter().enumerate() {
        let name = format!("row-{number}");
        let answers = answers(&name, &parameters, row);
        assert!(matches!(
            answers.given("data.entities"),
            Some(Value::Items(_))
        ));
        let (_, tree) = generate(&answers);
        assert_toml(&name, &tree);
        trees.push((name, tree));
    }
    assert_formatted(&trees);
}

#[test]
fn the_covering_set_works() {
    for answers in covering_set() {
        crate::running::assert_works(&answers);
    }
}
