//! Services with many entities: their order, and how what is generated grows with them.

#[path = "../benches/support/answers.rs"]
mod answers;

use cargo_kickoff::answers::file;
use cargo_kickoff::blueprint::{Blueprint, Setting};
use cargo_kickoff::skeleton::{OwnSkeleton, lay};

fn blueprint(text: &str) -> Blueprint {
    let answers = file::read(text, "kickoff.toml").expect("valid answers");
    Blueprint::draw(&answers, Setting::Standalone).expect("answers agree")
}

/// Files and bytes of a service with `count` entities.
fn size(count: usize) -> (usize, usize) {
    let blueprint = blueprint(&answers::answers_with_entities(count));
    let tree = lay(&blueprint, &OwnSkeleton::default()).expect("skeletons render");
    (tree.len(), tree.iter().map(|(_, text)| text.len()).sum())
}

#[test]
fn what_is_generated_grows_with_the_entities_and_no_faster() {
    let [small, middle, large] = [20, 40, 80].map(size);
    assert_eq!(large.0 - middle.0, 2 * (middle.0 - small.0));
    let (first, second) = (middle.1 - small.1, large.1 - middle.1);
    assert!(
        first > 0 && second.abs_diff(2 * first) < first / 20,
        "20 entities more cost {first} bytes, 40 more {second}"
    );
}

/// `entities` as `name: target? target`, an optional reference with `?`.
#[track_caller]
fn check_order(entities: &[&str], expect: &str) {
    let mut text =
        "format = 1\n[service]\nname = \"orders\"\ncreated = \"2026-11-25\"\n".to_owned();
    for entity in entities {
        let (name, targets) = entity.split_once(':').expect("name: targets");
        text += &format!("[entity.{name}.fields]\nname = \"string(9)\"\n");
        for target in targets.split_whitespace() {
            let field = target.trim_end_matches('?').to_lowercase();
            text += &match target.strip_suffix('?') {
                Some(target) => {
                    format!("{field} = {{ type = \"-> {target}?\", empty = \"none\" }}\n")
                }
                None => format!("{field} = \"-> {target}\"\n"),
            };
        }
    }
    let found: Vec<_> = blueprint(&text)
        .entities
        .into_iter()
        .map(|entity| entity.name)
        .collect();
    assert_eq!(found.join(" "), expect);
}

#[test]
fn each_entity_comes_after_those_it_needs_and_otherwise_as_given() {
    check_order(&["Zebra:", "Apple:", "Mango:"], "Zebra Apple Mango");
    check_order(
        &[
            "Line: Order Product",
            "Order: Customer",
            "Product:",
            "Customer:",
        ],
        "Product Customer Order Line",
    );
    // What is optional is waited for as long as something else can come first.
    check_order(
        &["Order: Staff?", "Staff:", "Note: Order"],
        "Staff Order Note",
    );
    check_order(
        &["Left: Right?", "Right: Left", "Last: Right"],
        "Left Right Last",
    );
    check_order(&["Tree: Tree?", "Leaf: Tree"], "Tree Leaf");
}
