//! Large sets of answers, for benches and tests.

use std::fmt::Write as _;

/// The `kickoff.toml` of a service with `count` entities of its own, each with the usual kinds of fields and a reference to the one
/// before it.
pub(crate) fn answers_with_entities(count: usize) -> String {
    let mut text = String::from(
        "format = 1\n\n[service]\nname = \"large\"\ncreated = \"2026-11-25\"\n\n[responsibility]\nstakes = \"money\"\n",
    );
    for number in 0..count {
        let name = entity_name(number);
        let previous = number.checked_sub(1).map_or_else(String::new, |previous| {
            format!("follows = \"-> {}\"\n", entity_name(previous))
        });
        write!(
            text,
            "\n[entity.{name}]\nabout = \"What the {number}th of many entities is about.\"\n\n[entity.{name}.fields]\n\
             code = \"string(1..32) unique\"\n\
             title = \"string(200)\"\n\
             note = {{ type = \"text(2000)?\", empty = \"nobody left a note\" }}\n\
             price = \"money(EUR) >= 0\"\n\
             state = \"draft | placed | paid = draft\"\n\
             placed-at = {{ type = \"instant?\", empty = \"it is still a draft\" }}\n\
             {previous}",
        )
        .expect("writing to a String");
    }
    text
}

/// `Entityaaa`, `Entityaab`, …: letters only, because a number at the end would be a word of its own.
fn entity_name(number: usize) -> String {
    let letters = [number / 676 % 26, number / 26 % 26, number % 26];
    let letters = letters.map(|letter| char::from(b'a' + letter as u8));
    format!("Entity{}", String::from_iter(letters))
}
