use proptest::prelude::*;

use super::*;
use crate::question::{Choice, NameRule, catalog};

const CHOICES: &[Choice] = &[
    Choice {
        value: "nothing",
        label: "",
        does: "",
    },
    Choice {
        value: "annoyance",
        label: "",
        does: "",
    },
    Choice {
        value: "money",
        label: "",
        does: "",
    },
];
const CHOICE: Kind = Kind::Choice { choices: CHOICES };
const SEVERAL: Kind = Kind::Choices { choices: CHOICES };
const TEXT: Kind = Kind::Text { max: 10 };
const TEXTS: Kind = Kind::Texts { max: 10 };
const NUMBER: Kind = Kind::Number {
    min: 2,
    max: 5000,
    unit: "attempts",
};
const DURATION: Kind = Kind::Duration {
    min_ms: 100,
    max_ms: 2_592_000_000,
};

/// `expect` is the canonical text of the value, or a part of the message after `!`.
fn check(kind: Kind, input: &str, expect: &str) {
    match (validate_value(&kind, input), expect.strip_prefix('!')) {
        (Ok(value), None) => assert_eq!(canonical_text(&value), expect, "{input:?}"),
        (Err(message), Some(part)) => {
            assert!(message.contains(part), "{input:?}: {message}");
        }
        (result, _) => panic!("{input:?} gave {result:?}, not {expect:?}"),
    }
}

#[test]
fn choices_know_their_words() {
    check(CHOICE, " money ", "money");
    check(CHOICE, "Money", "money");
    check(
        CHOICE,
        "mony",
        "!did you mean `money`? write one of `nothing`",
    );
    check(
        CHOICE,
        "yes",
        "!`yes` is not a choice: write one of `nothing`, `annoyance`, `money`",
    );
    check(CHOICE, "", "!nothing is chosen");
    check(SEVERAL, "money,nothing", "money, nothing");
    check(SEVERAL, "money, money ,", "money");
    check(SEVERAL, "", "");
    check(SEVERAL, "none", "");
    check(SEVERAL, "money, anoyance", "!did you mean `annoyance`?");
}

#[test]
fn flags_are_yes_or_no() {
    for yes in ["yes", "Y", "true", "on"] {
        check(Kind::Flag, yes, "yes");
    }
    for no in ["no", "n", "FALSE", "off"] {
        check(Kind::Flag, no, "no");
    }
    check(Kind::Flag, "perhaps", "!write `yes` or `no`");
}

#[test]
fn text_is_one_line_counted_in_characters() {
    check(TEXT, "  takes or  ", "takes or");
    check(TEXT, "ßßßßßßßßßß", "ßßßßßßßßßß");
    check(
        TEXT,
        "ßßßßßßßßßßß",
        "!this has 11 characters: write at most 10",
    );
    check(TEXT, "a\nb", "!several lines");
    check(TEXT, "a\tb", "!U+0009");
    check(TEXT, "a\u{0}b", "!U+0000");
    check(TEXT, "a\u{1b}[31m", "!U+001B");
    check(TEXT, "a\u{85}b", "!U+0085");
    check(TEXT, "\u{202e}abc", "\u{202e}abc");
    check(TEXT, "🦀 \"`*/{{", "🦀 \"`*/{{");
    check(TEXT, "   ", "!there is nothing here");
}

#[test]
fn lists_are_separated_by_commas() {
    check(TEXTS, "a, b ,, c", "a, b, c");
    check(TEXTS, "a, a", "a");
    check(TEXTS, "\"a, b\", c", "\"a, b\", c");
    check(TEXTS, "say \"hi\"", "say \"hi\"");
    check(TEXTS, "\"\"\"hi\"\"\"", "\"\"\"hi\"\"\"");
    check(TEXTS, "\"a", "!is never closed");
    check(TEXTS, "\"a\" b", "!no comma before `b`");
    check(TEXTS, "a, 12345678901", "!11 characters");
    check(TEXTS, "", "");
}

#[test]
fn numbers_have_bounds_with_a_unit() {
    check(NUMBER, "50", "50");
    check(NUMBER, "2", "2");
    check(NUMBER, "5000", "5000");
    check(NUMBER, "1_000", "1000");
    check(NUMBER, "0050", "50");
    check(NUMBER, "1", "!1 is too small: write at least 2 (attempts)");
    check(
        NUMBER,
        "5001",
        "!5001 is too large: write at most 5000 (attempts)",
    );
    check(NUMBER, "99999999999999999999999", "!too large");
    check(NUMBER, "1k", "!digits only, for example `2`");
    for wrong in ["", "-5", "+5", "2.5", "_", "٥"] {
        check(NUMBER, wrong, "!not a whole number");
    }
}

#[test]
fn durations_keep_their_unit() {
    for (input, expect) in [
        ("1500ms", "1500ms"),
        ("2 s", "2s"),
        ("60s", "60s"),
        ("002S", "2s"),
        ("1.5s", "1500ms"),
        ("0.5 h", "30m"),
        (".5s", "500ms"),
        ("2.0s", "2s"),
        ("5 min", "5m"),
        ("1 hour", "1h"),
        ("3 minutes", "3m"),
        ("1 minute", "1m"),
        ("30 days", "30d"),
        ("200 milliseconds", "200ms"),
    ] {
        check(DURATION, input, expect);
    }
    check(DURATION, "30", "!`30` has no unit: write `30s` or `30ms`");
    check(DURATION, "99ms", "!too short: write at least `100ms`");
    check(DURATION, "0s", "!too short");
    check(DURATION, "100ms", "100ms");
    check(DURATION, "30d", "30d");
    check(DURATION, "31d", "!too long: write at most `30d`");
    check(DURATION, "99999999999999999999d", "!too long");
    for wrong in [
        "", "s", ".", ".s", "-1s", "1s2", "2 weeks", "1.0001s", "0.3ms", "1..5s", "1e3s", "٣s",
    ] {
        check(DURATION, wrong, "!not a length of time");
    }
}

#[test]
fn durations_are_milliseconds() {
    for (input, expect) in [
        ("800ms", Some(800)),
        ("2s", Some(2000)),
        ("5m", Some(300_000)),
        ("1h", Some(3_600_000)),
        ("30d", Some(2_592_000_000)),
        ("18446744073709551615d", None),
        ("2 s", None),
        ("s", None),
        ("", None),
        ("2", None),
        ("2w", None),
    ] {
        assert_eq!(parse_duration_ms(input), expect, "{input:?}");
    }
}

#[test]
fn percentages_stay_below_a_hundred() {
    check(Kind::Percent, "99.9", "99.9");
    check(Kind::Percent, "99.90 %", "99.9");
    check(Kind::Percent, "099%", "99");
    check(Kind::Percent, "0.5", "0.5");
    check(Kind::Percent, "99.9999", "99.9999");
    check(Kind::Percent, "99.99999", "!at most four decimals");
    check(Kind::Percent, "100", "!100 cannot be promised");
    check(Kind::Percent, "0", "!above it");
    for wrong in ["", "%", ".", "99.", ".5", "-1", "99,9", "nines"] {
        check(Kind::Percent, wrong, "!not a percentage");
    }
}

#[test]
fn dates_are_of_the_calendar() {
    check(Kind::Date, " 2026-11-25 ", "2026-11-25");
    check(Kind::Date, "2028-02-29", "2028-02-29");
    for wrong in [
        "2026-02-29",
        "20261125",
        "2026-11-25T10:00",
        "25.11.2026",
        "",
        "-000001-01-01",
    ] {
        check(Kind::Date, wrong, "!write year, month and day");
    }
}

#[test]
fn owners_are_handles_or_names() {
    for owner in [
        "@ada",
        "@acme/payments-team",
        "Ada Lovelace",
        "ada@example.com",
        "李雷",
    ] {
        check(Kind::Owner, owner, owner);
    }
    for wrong in ["@", "@acme/", "@a b", "@a/b/c", "@a,@b"] {
        check(Kind::Owner, wrong, "!is not a handle");
    }
    check(Kind::Owner, "Ada\nBob", "!several lines");
}

#[test]
fn fields_stand_one_a_line() {
    check(
        Kind::Fields,
        "number : string(32) unique\n\n  note: text?",
        "number: string(32) unique\nnote: text?",
    );
    check(Kind::Fields, "number", "!write `name: type`");
    check(Kind::Fields, "number:", "!nothing here");
    check(Kind::Fields, "a: int\na: text", "!`a` is there twice");
}

#[test]
fn names_follow_the_rule_of_their_items() {
    let check =
        |rule, name: &str, expect: Result<&str, &str>| match (validate_name(rule, name), expect) {
            (Ok(found), Ok(expect)) => assert_eq!(found, expect),
            (Err(message), Err(part)) => assert!(message.contains(part), "{name:?}: {message}"),
            (found, _) => panic!("{name:?} gave {found:?}, not {expect:?}"),
        };
    check(NameRule::Entity, " Order ", Ok("Order"));
    check(NameRule::Entity, "straßenmärkte", Ok("straßenmärkte"));
    check(NameRule::Entity, "Area51", Ok("Area51"));
    check(
        NameRule::Entity,
        "order-item",
        Err("contains `-`: use letters and digits only, for example `OrderItem`"),
    );
    check(
        NameRule::Entity,
        "2ndOrder",
        Err("starts with `2`: start with a letter, for example `NdOrder`"),
    );
    check(NameRule::Entity, "🦀", Err("start with a letter"));
    check(NameRule::Entity, "", Err("nothing here"));
    check(NameRule::Entity, &"a".repeat(61), Err("at most 60"));
    check(NameRule::Slug, "web shop-2_b", Ok("web shop-2_b"));
    check(NameRule::Slug, "../etc", Err("start with a letter"));
    check(NameRule::Slug, "a/b", Err("contains `/`"));
    check(
        NameRule::Phrase,
        "taking orders, quickly",
        Ok("taking orders, quickly"),
    );
    check(NameRule::Phrase, "a\u{7}", Err("U+0007"));
}

#[test]
fn items_can_be_named_in_one_line() {
    let question = catalog::question("data.entities").expect("the entities");
    check(question.kind, "Order, Customer", "Order, Customer");
    check(question.kind, "Order, Order", "!named twice");
    check(
        question.kind,
        "Order, order item",
        "!for example `OrderItem`",
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// What a kind accepts it writes back in a form that it reads as the same value.
    #[test]
    fn canonical_text_reads_back(
        text in "\\PC{0,12}|[0-9]{1,3}(\\.[0-9]{1,3})?( |_)?(ms|s|m|min|h|d|%)?|[a-c\", ]{0,16}",
    ) {
        let questions = catalog::questions().iter().copied();
        let parts = questions
            .clone()
            .filter_map(|question| question.items())
            .flat_map(|schema| schema.parts);
        for question in questions.chain(parts) {
            if let Ok(value) = validate_value(&question.kind, &text) {
                let again = validate_value(&question.kind, &canonical_text(&value));
                prop_assert_eq!(again, Ok(value), "{}", question.id);
            }
        }
    }

    /// Any list of texts survives being written into one line.
    #[test]
    fn lists_survive_one_line(
        items in proptest::collection::btree_set("[a-z\",#]([a-z\",# ]{0,8}[a-z\",#])?", 0..6),
    ) {
        let items: Vec<String> = items.into_iter().collect();
        let line = canonical_text(&Value::List(items.clone()));
        prop_assert_eq!(validate_value(&TEXTS, &line), Ok(Value::List(items)));
    }

    /// Milliseconds of whatever is accepted lie within the bounds.
    #[test]
    fn durations_lie_within_their_bounds(number in 0_u64..5000, unit in "ms|s|m|h|d") {
        let text = format!("{number}{unit}");
        let ms = parse_duration_ms(&text).expect("canonical");
        let accepted = validate_value(&DURATION, &text).is_ok();
        prop_assert_eq!(accepted, (100..=2_592_000_000).contains(&ms));
    }
}
