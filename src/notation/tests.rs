//! The notation as people write it, and every mistake at its place.

mod properties;

use super::*;

/// Parses `input` and compares its canonical notation, which must parse back to the same field.
#[track_caller]
fn check(input: &str, expect: &str) {
    let field = parse_field(input).unwrap_or_else(|error| panic!("{}", error.render(input)));
    assert_eq!(field.to_string(), expect);
    assert_eq!(parse_field(expect).as_ref(), Ok(&field), "{expect}");
    assert_eq!(parse_spec(&field.name, &field.notation()), Ok(field));
}

/// Expects a mistake at `marked`, whose message and hint together contain `said`.
#[track_caller]
fn refuse(input: &str, marked: &str, said: &str) {
    let error = match parse_field(input) {
        Ok(field) => panic!("`{input}` was read as `{field}`"),
        Err(error) => error,
    };
    let all = error.render(input);
    assert_eq!(&input[error.span.clone()], marked, "{all}");
    assert!(all.contains(said), "{all}");
    assert!(error.hint.is_some(), "no way out: {all}");
}

#[test]
fn every_type_has_a_short_and_a_canonical_form() {
    check("a: string", "a: string(255)");
    check("a: string(32)", "a: string(32)");
    check("a : string ( 1 .. 32 ) ?", "a: string(32)?");
    check("a: string(0..32)", "a: string(0..32)");
    check("a: text", "a: text(10000)");
    check("a: text(1..=100)?", "a: text(100)?");
    check("a: int", "a: int");
    check("a: decimal", "a: decimal(12, 2)");
    check("a: decimal(9,6)", "a: decimal(9, 6)");
    check("a: money(eur)", "a: money(EUR)");
    check("a: bool", "a: bool");
    check("a: instant?", "a: instant?");
    check("a: date", "a: date");
    check("a: uuid", "a: uuid");
    check("a: email personal", "a: email personal");
    check("a: url", "a: url");
    check("a: json", "a: json");
    check("a: bytes", "a: bytes(65536)");
    check("a: bytes(1_000)", "a: bytes(1000)");
    check("a: draft|placed", "a: draft | placed");
    check("a: in-progress | done ?", "a: in-progress | done?");
    check("a: text | image", "a: text | image");
    check("a: -> Customer", "a: -> Customer");
    check("a:->Customer?", "a: -> Customer?");
    check("a: <-> Tag", "a: <-> Tag");
}

#[test]
fn names_may_be_of_any_script_and_case() {
    check("firstName: string", "firstName: string(255)");
    check("straßenmärkte: int", "straßenmärkte: int");
    check("unit-price_2: int", "unit-price_2: int");
    check("type: int", "type: int");
    check("versions: int", "versions: int");
}

#[test]
fn modifiers_stand_in_any_order() {
    let canonical = "a: string(3)? matching /[a-z]+/ personal = \"abc\"";
    check(
        "a: string(3)? = \"abc\" personal matching /[a-z]+/",
        canonical,
    );
    check(
        "a: string(3)? personal matching /[a-z]+/ = \"abc\"",
        canonical,
    );
    check("a: int personal unique > 0", "a: int >= 1 unique personal");
}

#[test]
fn bounds_are_inclusive_in_canonical_form() {
    check("a: int >= 0", "a: int >= 0");
    check("a: int > 0", "a: int >= 1");
    check("a: int < 10", "a: int <= 9");
    check("a: int >= 0 <= 9", "a: int 0..9");
    check("a: int -5..=5", "a: int -5..5");
    check("a: int? 0 .. 1_000", "a: int? 0..1000");
    check("a: decimal > 0", "a: decimal(12, 2) >= 0.01");
    check("a: decimal(3, 2) 0..9.99", "a: decimal(3, 2) 0.00..9.99");
    check("a: money(EUR) 0..100", "a: money(EUR) 0.00..100.00");
    check("a: money(JPY) > 0", "a: money(JPY) >= 1");
    check("a: money(KWD) <= 1.5", "a: money(KWD) <= 1.500");
    check(
        "a: int 9223372036854775807..9223372036854775807",
        "a: int 9223372036854775807..9223372036854775807",
    );
}

#[test]
fn money_is_written_in_units_and_kept_in_minor_units() {
    let field = parse_field("price: money(EUR) 0..9.99 = 1.5").unwrap();
    let expect = FieldKind::Money {
        currency: "EUR".to_owned(),
        min: Some(0),
        max: Some(999),
    };
    assert_eq!(field.kind, expect);
    assert_eq!(field.default.as_deref(), Some("1.50"));
    assert_eq!(parse_scaled("1.50", field.kind.scale().unwrap()), Ok(150));
}

#[test]
fn defaults_are_of_the_type() {
    check("a: string = \"n/a\"", "a: string(255) = \"n/a\"");
    check(
        r#"a: string = "a \"b\" \\ = c""#,
        r#"a: string(255) = "a \"b\" \\ = c""#,
    );
    check(r#"a: text = "one\ntwo""#, r#"a: text(10000) = "one\ntwo""#);
    check("a: string(0..9) = \"\"", "a: string(0..9) = \"\"");
    check("a: int = -5", "a: int = -5");
    check("a: int=+1_000", "a: int = 1000");
    check("a: decimal = 1.5", "a: decimal(12, 2) = 1.50");
    check("a: bool = false", "a: bool = false");
    check("a: instant = now", "a: instant = now");
    check(
        "a: instant = 2026-11-25T10:30:00+01:00",
        "a: instant = 2026-11-25T09:30:00Z",
    );
    check("a: date = today", "a: date = today");
    check("a: date = 2024-02-29", "a: date = 2024-02-29");
    check(
        "a: url = \"https://example.com/\"",
        "a: url = \"https://example.com/\"",
    );
    check("a: json = {}", "a: json = {}");
    check("a: draft | placed = draft", "a: draft | placed = draft");
    check(
        "a: draft | placed? = placed personal",
        "a: draft | placed? personal = placed",
    );
}

#[test]
fn relations_say_what_deletion_does() {
    check(
        "a: -> Order on delete cascade",
        "a: -> Order on delete cascade",
    );
    check("a: -> Order on  delete restrict", "a: -> Order");
    check(
        "a: -> Order? unique on delete clear",
        "a: -> Order? on delete clear unique",
    );
    refuse(
        "a: -> Order on delete clear",
        "on delete clear",
        "`-> Order? on delete clear`",
    );
    refuse("a: -> Order on delete set null", "set", "`on delete clear`");
    refuse(
        "a: -> Order on delete cascaed",
        "cascaed",
        "did you mean `on delete cascade`?",
    );
    refuse("a: -> Order on delete", "", "is missing");
    refuse(
        "a: -> Order on update cascade",
        "update",
        "only `on delete`",
    );
    refuse(
        "a: int on delete cascade",
        "on delete cascade",
        "this is none",
    );
    refuse("a: -> order_item", "order_item", "`OrderItem`");
    refuse("a: -> Order.id", ".", "`-> Order`");
    refuse("a: -> Order[]", "[", "`<-> Order`");
    refuse("a: -> Order | Invoice", "|", "one optional field for each");
    refuse("a: ->", "", "points at nothing");
    refuse("a: <- Order", "<", "`->`");
    refuse("a: <-> Tag?", "<-> Tag", "never missing");
    refuse("a: <-> Tag unique", "unique", "relation to many");
    refuse("a: -> Order = 1", "1", "no sensible default");
}

#[test]
fn patterns_are_those_of_the_regex_crate() {
    check(
        "a: string matching /[A-Z]{3}/",
        "a: string(255) matching /[A-Z]{3}/",
    );
    check(
        r"a: string matching /a\/b\\/ unique",
        r"a: string(255) matching /a\/b\\/ unique",
    );
    check(
        "a: string matching /^a b$/ = \"a b\"",
        "a: string(255) matching /^a b$/ = \"a b\"",
    );
    let field = parse_field(r"a: string matching /a\/b\.c/").unwrap();
    assert!(
        matches!(field.kind, FieldKind::String { pattern: Some(pattern), .. } if pattern == r"a/b\.c")
    );
    refuse(
        "a: string matching /[A-Z/",
        "/[A-Z/",
        "unclosed character class",
    );
    refuse("a: string matching /a)(b/", "/a)(b/", "unopened group");
    refuse("a: string matching /(?=a)/", "/(?=a)/", "look-around");
    refuse("a: string matching //", "//", "empty");
    refuse("a: string matching /a", "/a", "not closed");
    refuse("a: string matching [A-Z]", "[", "between slashes");
    refuse("a: int matching /1/", "/1/", "only a `string`");
    refuse(
        "a: string matching /[A-Z]+/ = \"abc\"",
        "\"abc\"",
        "does not match",
    );
}

#[test]
fn types_of_other_languages_are_translated() {
    refuse("price: float", "float", "0.1 + 0.2");
    refuse("price: Double?", "Double", "decimal(12, 2)");
    refuse("price: number", "number", "money(EUR)");
    refuse("at: timestamp", "timestamp", "by whose clock");
    refuse("at: DateTime<Utc>", "DateTime", "`instant`");
    refuse("at: time", "time", "`date`");
    refuse("a: varchar(32) unique", "varchar", "`string(32)`");
    refuse("a: VARCHAR", "VARCHAR", "`string(255)`");
    refuse("a: String", "String", "`string(255)`");
    refuse("a: str", "str", "`string(255)`");
    refuse("a: integer", "integer", "`int`");
    refuse("a: u32", "u32", "`int >= 0`");
    refuse("a: boolean", "boolean", "`bool`");
    refuse("a: Bool", "Bool", "`bool`");
    refuse("a: UUID", "UUID", "`uuid`");
    refuse("a: jsonb", "jsonb", "`json`");
    refuse("a: blob", "blob", "`bytes(65536)`");
    refuse("a: instnat", "instnat", "did you mean `instant`?");
    refuse("a: Option<String>", "Option<String>", "`string(255)?`");
    refuse("a: Vec<Tag>", "Vec", "`<-> Entity`");
    refuse("a: string[]", "[", "leave it out");
    refuse("a: Customer", "Customer", "`-> Customer`");
    refuse("a: enum(a, b)", "enum", "`draft | placed | shipped`");
    refuse("a: password", "password", "identity provider");
    refuse("a: secret", "secret", "identity provider");
    refuse("a: serial", "serial", "`id` already");
    refuse("a: money", "money", "`money(EUR)`");
    refuse("a: money(euro)", "euro", "`money(EUR)`");
    refuse("a: money($)", "$", "`money(USD)`");
    refuse("a: money()", "", "not a currency");
    refuse("a: int(11)", "(", "`int 0..100`");
    refuse("a: bool(1)", "(", "nothing in brackets");
}

#[test]
fn sizes_are_within_reason() {
    refuse("a: string(0)", "0", "between 1 and 4000");
    refuse("a: string(5000)", "5000", "between 1 and 4000");
    refuse("a: string(9..3)", "9..3", "`(3..9)`");
    refuse("a: string(-1)", "-1", "not negative");
    refuse("a: string(3.5)", "3.5", "whole number");
    refuse(
        "a: string(99999999999999999999)",
        "99999999999999999999",
        "out of all bounds",
    );
    refuse("a: string()", ")", "`(32)`");
    refuse("a: string(32", "", "not closed");
    refuse("a: string(32 unique", "unique", "not closed");
    refuse("a: string(1..)", ")", "`(0..32)`");
    refuse("a: bytes(99999999)", "99999999", "`url`");
    refuse("a: decimal(19, 2)", "19", "between 1 and 18");
    refuse("a: decimal(4, 5)", "5", "at most 4");
    refuse("a: decimal(4)", ")", "`decimal(4, 2)`");
}

#[test]
fn enums_have_several_different_words() {
    refuse("a: draft", "draft", "at least two words");
    refuse("a: draft |", "", "at least two words");
    refuse("a: draft | | done", "|", "missing behind `|`");
    refuse("a: draft | done | draft", "draft", "twice");
    refuse("a: inProgress | in-progress", "in-progress", "told apart");
    refuse("a: a | 2b", "2", "`v2`");
    refuse("a: \"a\" | b", "\"", "no quotes");
    refuse("a: string | null", "null", "optional");
    refuse("a: string(3) | int", "|", "one type");
    refuse("a: a | b = c", "c", "write one of `a`, `b`");
    refuse(
        "a: draft | placed = drfat",
        "drfat",
        "did you mean `= draft`?",
    );
    let long = "x".repeat(41);
    refuse(&format!("a: {long} | b"), &long, "at most 40");
    let many: Vec<String> = (0..101).map(|number| format!("w{number}")).collect();
    refuse(&format!("a: {}", many.join(" | ")), "w100", "is a table");
}

#[test]
fn bounds_fit_their_type() {
    refuse("a: string >= 3", "3", "`string(3..10)`");
    refuse("a: date > 3", "3", "only `int`");
    refuse("a: int >= x", "x", "number is missing");
    refuse("a: int >= 0.5", "0.5", "decimals");
    refuse("a: int 9..3", "9..3", "`3..9`");
    refuse(
        "a: int > 9223372036854775807",
        "9223372036854775807",
        "64 bits",
    );
    refuse("a: int >= 0 > 1", ">", "lower bound is there twice");
    refuse("a: int 0..", "", "`>= 0`");
    refuse("a: int ..9", ".", "`<= 100`");
    refuse("a: int 5", "5", "`= 5`");
    refuse("a: decimal(3, 2) <= 10", "10", "3 digits");
    refuse(
        "a: money(EUR) >= 0.001",
        "0.001",
        "2 digits behind the point",
    );
    refuse("a: money(JPY) >= 0.5", "0.5", "decimals");
}

#[test]
fn defaults_that_break_their_own_rules_are_refused() {
    refuse("a: int >= 0 = -1", "-1", "below 0");
    refuse("a: int = -1 >= 0", "-1", "below 0");
    refuse("a: money(EUR) <= 1 = 1.01", "1.01", "above 1.00");
    refuse("a: decimal(3, 2) = 10", "10", "above 9.99");
    refuse("a: int = many", "many", "not a whole number");
    refuse("a: int = \"5\"", "\"5\"", "`= 5`");
    refuse("a: string = none", "none", "`= \"none\"`");
    refuse("a: string(3) = \"four\"", "\"four\"", "4 characters");
    refuse("a: string = \"\"", "\"\"", "`(0..255)`");
    refuse(r#"a: string = "a\nb""#, r#""a\nb""#, "one line");
    refuse(r#"a: string = "a\tb""#, r"\t", "escape");
    refuse("a: string = \"open", "\"open", "not closed");
    refuse("a: bool = yes", "yes", "`= true`");
    refuse("a: instant = today", "today", "`= now`");
    refuse("a: instant = 2026-11-25", "2026-11-25", "UTC");
    refuse("a: date = 2026-02-30", "2026-02-30", "`= today`");
    refuse("a: uuid = new", "new", "no sensible default");
    refuse(
        "a: email = \"a@b.c\"",
        "\"a@b.c\"",
        "only the default of a text",
    );
    refuse("a: url = \"example.com\"", "\"example.com\"", "in full");
    refuse("a: json = {\"a\":1}", "{\"a\":1}", "`= {}`");
    refuse("a: int =", "", "default is missing");
    refuse("a: int == 1", "=", "one `=` is enough");
    refuse("a: int = 1 = 2", "=", "twice");
    refuse("a: int unique = 1", "1", "second record would clash");
}

#[test]
fn unique_needs_something_an_index_can_hold() {
    check("a: string(600) unique", "a: string(600) unique");
    refuse("a: text unique", "unique", "at most 600");
    refuse("a: bytes unique", "unique", "at most 2000");
    refuse("a: json unique", "unique", "cannot be compared");
    refuse("a: bool unique", "unique", "only two records");
    refuse("a: int unique unique", "unique", "twice");
}

#[test]
fn words_that_mean_nothing_lead_to_those_that_do() {
    refuse("a: int uniqe", "uniqe", "did you mean `unique`?");
    refuse("a: int required", "required", "leave it out");
    refuse("a: int not null", "not", "leave it out");
    refuse("a: int nullable", "nullable", "right behind the type");
    refuse("a: int default 5", "default", "`= 5`");
    refuse("a: int min 3", "min", "`>= 3`");
    refuse("a: int pii", "pii", "`personal`");
    refuse("a: int primary key", "primary", "`id` already");
    refuse(
        "a: int indexed",
        "indexed",
        "what makes two records the same",
    );
    refuse("a: int xyz", "xyz", "what can follow a type");
    refuse("a: int unique ?", "?", "right behind the type");
    refuse("a: int, unique", ",", "blanks separate");
    refuse("a: ?string", "?", "behind the type");
    refuse("a: int # a comment", "#", "no comments");
}

#[test]
fn names_the_service_keeps_are_taken() {
    refuse("id: uuid", "id", "every record has an `id`");
    refuse("ID: int", "ID", "every record has an `id`");
    refuse(" createdAt: instant", "createdAt", "`created_at`");
    refuse("updated-at: instant", "updated-at", "itself");
    refuse("Deleted_At: instant", "Deleted_At", "itself");
    refuse("version: int", "version", "counts the changes");
    refuse("xmin: decimal", "xmin", "PostgreSQL");
    refuse(": int", "", "no name");
    refuse("2nd: int", "2", "start with a letter");
    refuse("first name: int", " ", "contains a blank");
    refuse("a.b: int", ".", "contains `.`");
    refuse("naïve\u{200b}: int", "\u{200b}", "U+200B");
    refuse("a", "", "a name, a colon and a type");
    refuse("a:", "", "the type is missing");
    let long = "x".repeat(61);
    refuse(&format!("{long}: int"), &long, "at most 60");
}

#[test]
fn a_mistake_is_drawn_under_its_line() {
    let check = |text: &str, expect: &str| {
        assert_eq!(parse_field(text).unwrap_err().render(text), expect);
    };
    check(
        "状态: int uniqe",
        "`uniqe` means nothing here\n  |\n  | 状态: int uniqe\n  |           ^^^^^\n  = did you mean `unique`?",
    );
    check(
        "a:\n  bool(1)\n",
        "`bool` takes nothing in brackets\n  |\n  |   bool(1)\n  |       ^\n  = write `bool`",
    );
    let error = parse_spec("version", "int").unwrap_err();
    assert_eq!(error.span, 0..0);
    assert!(
        !error.render("int").contains('|'),
        "{}",
        error.render("int")
    );
}
