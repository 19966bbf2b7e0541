//! Ids and values as they come from the command line.

use super::*;
use crate::answers::file;

/// Sets all of `settings` and compares what a fresh file says behind its head, without defaults.
fn check(settings: &[(&str, &str)], expect: &str) {
    let mut answers = Answers::new("orders", "2026-11-25");
    for (id, value) in settings {
        set(&mut answers, id, value).unwrap_or_else(|error| panic!("{error}"));
    }
    let text = file::write(&answers);
    assert_eq!(file::read(&text, "kickoff.toml"), Ok(answers));
    let lines: Vec<&str> = text
        .lines()
        .skip_while(|line| !line.starts_with("created"))
        .skip(1)
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect();
    let sections = [
        "[responsibility]",
        "[data]",
        "[load]",
        "[communication]",
        "[ownership]",
        "[done]",
        "[reality]",
    ];
    // Sections that hold nothing but defaults.
    let mut said: Vec<&str> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let is_empty = lines.get(at + 1).is_none_or(|next| next.starts_with('['));
        if !(is_empty && sections.contains(line)) {
            said.push(line);
        }
    }
    assert_eq!(said.join("\n"), expect);
}

fn check_error(id: &str, value: &str, expect: &str) {
    let mut answers = Answers::new("orders", "2026-11-25");
    set(&mut answers, "entity.Order.fields.note", "text?").expect("an entity");
    let before = answers.clone();
    assert_eq!(
        set(&mut answers, id, value)
            .as_ref()
            .map_err(String::as_str),
        Err(expect)
    );
    assert_eq!(answers, before);
}

fn check_get(id: &str, expect: Result<Option<&str>, &str>) {
    let text = crate::answers::examples::get("orders").expect("an example");
    let answers = file::read(text, "orders").expect("answers");
    let got =
        get(&answers, id).map(|value| value.map(|value| crate::question::canonical_text(&value)));
    assert_eq!(
        got.as_ref().map(Option::as_deref).map_err(String::as_str),
        expect
    );
}

#[test]
fn questions_are_set_by_id() {
    check(
        &[
            ("load.peak-rps", " 5_0 "),
            ("load.p99", "0.3 s"),
            ("responsibility.stakes", "Money"),
            ("done.items", "logging, ci"),
        ],
        "[responsibility]\nstakes = \"money\"\n[load]\npeak-rps = 50\np99 = \"300ms\"\n[done]\nitems = [\"logging\", \"ci\"]",
    );
}

#[test]
fn items_are_made_by_naming_them() {
    check(
        &[
            ("entity.Tag", ""),
            ("entity.Order.about", "What was ordered."),
            ("entity.Order.fields.number", "string(1..32) unique"),
            ("entity.Order.fields.note", "text?"),
            ("entity.Order.fields.note.empty", "there is none"),
            ("dependency.payments.timeout", "800ms"),
            ("capability.\"taking orders\".entities", "Order, Tag"),
            ("capability.'v1.0'", ""),
            ("caller.web shop.rate", "20"),
        ],
        "[capability.\"taking orders\"]\nentities = [\"Order\", \"Tag\"]\n[capability.\"v1.0\"]\n[caller.\"web shop\"]\nrate = 20\n\
         [entity.Tag]\n[entity.Order]\nabout = \"What was ordered.\"\n[entity.Order.fields]\nnumber = \"string(1..32) unique\"\n\
         note = { type = \"text?\", empty = \"there is none\" }\n[dependency.payments]\ntimeout = \"800ms\"",
    );
}

#[test]
fn lists_of_names_keep_what_is_known() {
    check(
        &[
            ("entity.Order.about", "What was ordered."),
            ("data.entities", "Tag, Order"),
            ("load.dependencies", ""),
        ],
        "[entity.Tag]\n[entity.Order]\nabout = \"What was ordered.\"\n[load]\ndependencies = []",
    );
}

#[test]
fn later_puts_off() {
    check(
        &[
            ("load.peak-rps", "later: ask operations"),
            ("load.p99", "later"),
            ("responsibility.purpose", "later than the others it answers"),
        ],
        "[responsibility]\npurpose = \"later than the others it answers\"\n[open]\n\"load.peak-rps\" = \"ask operations\"\n\"load.p99\" = \"\"",
    );
}

#[test]
fn nothing_takes_back_what_may_be_empty() {
    check(
        &[
            ("entity.Order.of", "accounts"),
            ("entity.Order.of", ""),
            ("entity.Order.fields.note", "text?"),
            ("entity.Order.fields.note.empty", "there is none"),
            ("entity.Order.fields.note.empty", ""),
        ],
        "[entity.Order.fields]\nnote = \"text?\"",
    );
}

#[test]
fn the_service_can_be_named() {
    let mut answers = Answers::default();
    set(&mut answers, "service.name", "links").expect("a name");
    set(&mut answers, "service.created", "2026-11-25").expect("a date");
    assert_eq!(answers, Answers::new("links", "2026-11-25"));
}

#[test]
fn mistakes_name_the_id() {
    check_error(
        "load.peak-rsp",
        "50",
        "there is no question `load.peak-rsp`; did you mean `load.peak-rps`?",
    );
    check_error(
        "stakes",
        "money",
        "there is no question `stakes`; did you mean `responsibility.stakes`?",
    );
    check_error(
        "entities.Order",
        "",
        "there is no question `entities.Order`; did you mean `entity.NAME`?",
    );
    check_error(
        "zzz",
        "",
        "there is no question `zzz`; `cargo kickoff questions` lists all of them",
    );
    check_error(
        "entity.Order.abuot",
        "x",
        "`entity.Order.abuot`: an entity has no `abuot`; did you mean `about`?",
    );
    check_error(
        "entity",
        "Order",
        "`entity` needs a name: write `entity.Order.about=…`",
    );
    check_error(
        "entity.Order",
        "x",
        "`entity.Order` is an entity: set one of its parts, for example `entity.Order.about=…`, or set it to nothing to create it",
    );
    check_error(
        "entity.order",
        "",
        "`entity.order`: there is an entity `Order` already; write its name the same way",
    );
    check_error(
        "entity.Order-Line",
        "",
        "`entity.Order-Line`: `Order-Line` contains `-`: use letters and digits only, for example `OrderLine`",
    );
    check_error(
        "entity.Order.about",
        "later",
        "`entity.Order.about` cannot be put off alone: put off `data.entities`, or leave it out",
    );
    check_error(
        "entity.Order.about.x",
        "y",
        "`entity.Order.about.x` goes too deep: there is nothing below `about`",
    );
    check_error(
        "entity.Order.fields.x.empty",
        "y",
        "`entity.Order.fields.x.empty`: there is no field `x` yet; set its type first",
    );
    check_error(
        "service.name",
        "../x",
        "`service.name`: `../x` contains `.`: use letters, digits, `-` and `_`",
    );
    check_error(
        "load..p99",
        "1s",
        "`load..p99` is not an id: there is nothing before or behind a dot",
    );
    check_error(
        "entity.\"Order",
        "1s",
        "`entity.\"Order`: the quote before `Order` is never closed",
    );
    check_error(
        "entity.\"Order\"about",
        "x",
        "`entity.\"Order\"about`: there is no dot before `about`",
    );
    check_error(
        "load.peak-rps",
        "many",
        "`load.peak-rps`: `many` is not a whole number: write digits only, for example `1`",
    );
}

#[test]
fn mistakes_in_the_notation_are_shown_under_it() {
    let mut answers = Answers::new("orders", "2026-11-25");
    let error =
        set(&mut answers, "entity.Order.fields.total", "float >= 0").expect_err("a mistake");
    assert!(
        error.starts_with("`entity.Order.fields.total`: `float`"),
        "{error}"
    );
    assert!(error.contains("  | float >= 0\n  | ^^^^^\n"), "{error}");
    assert_eq!(answers, Answers::new("orders", "2026-11-25"));
}

#[test]
fn values_in_force_are_found() {
    check_get("load.peak-rps", Ok(Some("60")));
    check_get("communication.issuer", Ok(None));
    check_get("entity.Order", Ok(Some("Order")));
    check_get("entity.Nothing", Ok(None));
    check_get("entity.Nothing.about", Ok(None));
    check_get("entity.Tag.duplicates", Ok(Some("return-existing")));
    check_get("dependency.payments.backoff", Ok(Some("100ms")));
    check_get("entity.Order.fields.note", Ok(Some("text(2000)?")));
    check_get(
        "entity.Order.fields.note.empty",
        Ok(Some("the customer left no note")),
    );
    check_get("entity.Order.fields.number.empty", Ok(None));
    check_get("service.name", Ok(Some("orders")));
    check_get(
        "load.peak",
        Err("there is no question `load.peak`; did you mean `load.peak-rps`?"),
    );
}
