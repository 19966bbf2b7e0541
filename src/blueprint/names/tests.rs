//! Names that real schemas use, and what holds for all of them.

use proptest::prelude::*;

use super::*;

#[test]
fn every_spelling_has_the_same_words() {
    let check = |text: &str, expect: &str| assert_eq!(snake(text), expect, "{text}");
    for text in [
        "orderLine",
        "OrderLine",
        "order_line",
        "order-line",
        "Order line",
        "ORDER_LINE",
        " order  line ",
    ] {
        check(text, "order_line");
    }
    check("UsState", "us_state");
    check("XMLHttpRequest", "xml_http_request");
    check("userID", "user_id");
    check("customerIDs", "customer_ids");
    check("URLsSeen", "urls_seen");
    check("address2", "address2");
    check("line 2", "line_2");
    check("customer's", "customers");
    check("reports_to", "reports_to");
    check("!?", "");
}

#[test]
fn other_alphabets_are_spelled_in_ascii() {
    let check = |text: &str, expect: &str| {
        assert_eq!(check_name(text), Ok(()));
        assert_eq!(snake(text), expect, "{text}");
    };
    check("straßenmärkte", "strassenmaerkte");
    check("Größe", "groesse");
    check("Große", "grosse");
    check("GRÖSSE", "groesse");
    check("u\u{308}bung", "uebung");
    check("e\u{301}te\u{301}", "ete");
    check("crèmeBrûlée", "creme_brulee");
    check("Kühe-Übersicht", "kuehe_uebersicht");
    check("Заказ", "zakaz");
    check("Øresund", "oresund");
    check("Łódź", "lodz");
    check("Παραγγελία", "paraggelia");
}

#[test]
fn names_that_cannot_be_spelled_are_refused_with_a_way_out() {
    let refuse = |text: &str, said: &str| {
        let error = check_name(text).unwrap_err();
        assert!(error.message.contains(said), "{error}");
        assert!(!error.hint.is_empty());
    };
    refuse("注文", "`注`");
    refuse("orderطلب", "`ط`");
    refuse("주문", "`주`");
    refuse("🚀", "no letter");
    refuse("", "no letter");
    refuse("2fa", "starts with a digit");
    refuse("sqlite_stat", "SQLite");
    refuse(&"long ".repeat(13), "cut names at 63");
    assert_eq!(check_name(&"x".repeat(59)), Ok(()));
    refuse(&"ß".repeat(30), "60 characters");
}

#[test]
fn each_place_has_its_spelling() {
    let text = "straßen-Märkte";
    assert_eq!(kebab(text), "strassen-maerkte");
    assert_eq!(upper_camel(text), "StrassenMaerkte");
    assert_eq!(screaming(text), "STRASSEN_MAERKTE");
    assert_eq!(label(text), "straßen märkte");
    assert_eq!(title(text), "Straßen Märkte");
    assert_eq!(title("order-service"), "Order Service");
}

#[test]
fn words_of_rust_stay_usable() {
    let check = |text: &str, expect: &str| assert_eq!(rust_identifier(text), expect);
    check("type", "r#type");
    check("Match", "r#match");
    check("gen", "r#gen");
    check("self", "self_");
    check("Self", "self_");
    check("super", "super_");
    check("crate", "crate_");
    check("union", "union");
    check("unitPrice", "unit_price");
}

#[test]
fn types_do_not_hide_those_of_the_prelude() {
    let check = |text: &str, expect: &str| assert_eq!(rust_type_name(text), expect);
    check("order_line", "OrderLine");
    check("Match", "Match");
    check("Option", "OptionRecord");
    check("Result", "ResultRecord");
    check("sync", "SyncRecord");
    check("Id", "IdRecord");
    check("Client", "Client");
    assert_eq!(variant("in-progress"), "InProgress");
    assert_eq!(variant("self"), "SelfValue");
    assert_eq!(variant("none"), "None");
}

#[test]
fn modules_have_files_everywhere() {
    let check = |text: &str, expect: &str| assert_eq!(module_name(text), expect);
    check("OrderLine", "order_line");
    check("Match", "match");
    check("Mod", "mod_record");
    check("Main", "main_record");
    check("Self", "self_record");
    check("Aux", "aux_record");
    check("Com1", "com1_record");
    check("Com", "com");
    check("Com12", "com12");
    check("LPT9", "lpt9_record");
    check("Uuid", "uuid_record");
}

#[test]
fn words_of_sql_are_quoted() {
    let check = |text: &str, expect: &str| {
        assert_eq!(sql_identifier(text), expect);
        assert_eq!(bare(expect), snake(text));
    };
    check("order", "\"order\"");
    check("User", "\"user\"");
    check("group", "\"group\"");
    check("end", "\"end\"");
    check("orders", "orders");
    check("key", "key");
    check("orderLine", "order_line");
}

#[test]
fn long_names_in_sql_stay_different() {
    let long = |last: char| format!("{}{last}", "purchase_order_line_".repeat(4));
    let (a, b) = (short_sql_name(&long('a')), short_sql_name(&long('b')));
    assert_ne!(a, b);
    assert_eq!(
        a,
        "purchase_order_line_purchase_order_line_purchase_order_81d2f74c"
    );
    assert!(a.len() <= 63);
    assert_eq!(short_sql_name("orders_by_number"), "orders_by_number");
}

#[test]
fn plurals_follow_english() {
    for pair in "order orders|story stories|match matches|address addresses|status statuses|person people|child children\
        |history histories|box boxes|quiz quizzes|day days|key keys|category categories|bus buses|alias aliases|lens lenses\
        |analysis analyses|basis bases|axis axes|index indexes|matrix matrices|criterion criteria|hero heroes|photo photos\
        |knife knives|shelf shelves|roof roofs|woman women|human humans|salesperson salespeople|bookshelf bookshelves\
        |mouse mice|stomach stomachs|epoch epochs|tech techs|branch branches|batch batches|visit visits|specialty specialties\
        |territory territories|invoice invoices|menu menus|schema schemas|area areas|api apis|taxi taxis|canvas canvases\
        |gas gases|class classes|process processes|business businesses|tax taxes|fax faxes|wish wishes|hash hashes\
        |potato potatoes|cargo cargoes|soliloquy soliloquies|toy toys|house houses|cookie cookies|movie movies|cache caches\
        |purchase purchases|license licenses|vertex vertices|oasis oases|bonus bonuses|virus viruses|fee fees|tree trees\
        |axe axes|use uses|warehouse warehouses|price prices|tie ties|size sizes|approach approaches|niche niches|cause causes|buzz buzzes"
        .split('|')
    {
        let (singular, expect) = pair.trim().split_once(' ').unwrap();
        assert_eq!(plural(singular), expect, "{singular}");
        assert_eq!(plural(expect), expect, "a plural stays");
        // `axes` and `bases` are the plurals of two words each.
        if !singular.ends_with("is") {
            assert_eq!(singular_hint(expect), singular, "{expect}");
        }
    }
}

#[test]
fn words_without_plural_stay() {
    for word in [
        "staff",
        "series",
        "news",
        "equipment",
        "data",
        "metadata",
        "software",
        "sms",
        "people",
        "analytics",
        "orders",
    ] {
        assert_eq!(plural(word), word);
    }
}

#[test]
fn only_the_last_word_of_a_compound_changes() {
    let check = |text: &str, expect: &str| assert_eq!(plural(text), expect);
    check("order line", "order lines");
    check("orderStory", "orderStories");
    check("OrderLine", "OrderLines");
    check("sales_person", "sales_people");
    check("news-item", "news-items");
    check("XMLFile", "XMLFiles");
    check("Job History", "Job Histories");
    check("Übung", "Übungs");
    check("", "");
}

#[test]
fn articles_follow_the_sound() {
    let check = |text: &str, expect: &str| assert_eq!(with_article(text), expect);
    check("order line", "an order line");
    check("customer", "a customer");
    check("user", "a user");
    check("unit", "a unit");
    check("us state", "a us state");
    check("uninstalled app", "an uninstalled app");
    check("umbrella", "an umbrella");
    check("hour", "an hour");
    check("house", "a house");
    check("one-time code", "a one-time code");
    check("sms", "an sms");
    check("Übung", "an Übung");
    check("employee", "an employee");
    check("European", "a European");
}

#[test]
fn imports_are_ordered_as_rustfmt_orders_them() {
    // Written by rustfmt in style edition 2024.
    let expect = "_x A9 A10 B C C_A C1 CA CB Ca Order Order_a Order2 OrderLine Orders SCREAM Scream aB ab c c_1 c_b c1 c9 c10 \
                  cA ca mat r#match match_b matcha order order_lines scream z";
    let mut names: Vec<&str> = expect.split(' ').rev().collect();
    names.sort_by_key(|name| version_sort_key(name));
    assert_eq!(names.join(" "), expect);

    let expect = "mat r#match matcha order order10 order2 order_line orders";
    let mut names: Vec<&str> = expect.split(' ').rev().collect();
    names.sort_by_key(|name| module_sort_key(name));
    assert_eq!(names.join(" "), expect);
}

#[test]
fn names_that_become_one_are_found() {
    let claims: Vec<Claim> = [
        ("OrderLine", "orderLines"),
        ("Order-line", "order lines"),
        ("Option", "options"),
    ]
    .iter()
    .flat_map(|(name, plural)| entity_claims(name, plural, &format!("entity.{name}")))
    .collect();
    let found = collisions(&claims);
    let spaces: Vec<_> = found
        .iter()
        .map(|one| (one.space.as_str(), one.name.as_str()))
        .collect();
    let expect = [
        ("type", "OrderLine"),
        ("type", "OrderLineInput"),
        ("type", "OrderLineQuery"),
        ("module", "order_line"),
        ("table", "order_lines"),
        ("route", "order-lines"),
    ];
    assert_eq!(spaces, expect);
    assert_eq!(
        found[0].to_string(),
        "`entity.OrderLine` and `entity.Order-line` both become the type `OrderLine`"
    );

    let claim = |space: &str, name: &str, origin: &str| Claim {
        space: space.to_owned(),
        name: name.to_owned(),
        origin: origin.to_owned(),
    };
    let claims = [
        claim("type", "Ab", "1"),
        claim("type", "AB", "2"),
        claim("type", "ab", "3"),
        claim("column of orders", "ab", "4"),
    ];
    let found = collisions(&claims);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].origins, ["1", "2", "3"]);
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-zäöüßéèñøłа-я][A-Za-z0-9äöüß _'-]{0,30}",
        "(type|self|Self|Option|order|com1|mod|gen|XML|IDs|sms|[0-9]|_|-){1,4}",
    ]
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_name_that_is_let_through_is_valid_everywhere(text in any_name()) {
        prop_assume!(check_name(&text).is_ok());
        let name = snake(&text);
        prop_assert!(is_identifier(&name), "{}", name);
        prop_assert_eq!(&snake(&name), &name);
        prop_assert_eq!(&kebab(&text).replace('-', "_"), &name);
        prop_assert!(is_identifier(rust_identifier(&text).trim_start_matches("r#")));
        prop_assert!(is_identifier(&module_name(&text)));
        prop_assert!(is_identifier(&rust_type_name(&text)));
        prop_assert!(is_identifier(&variant(&text)));
        let identifier = sql_identifier(&text);
        prop_assert_eq!(bare(&identifier), name);
        prop_assert!(!label(&text).is_empty());
    }

    #[test]
    fn a_plural_is_a_name_too(text in any_name()) {
        prop_assume!(check_name(&text).is_ok());
        let many = plural(&label(&text));
        prop_assert!(check_name(&many).is_ok() || snake(&many).len() > 59);
        prop_assert_eq!(&plural(&label(&text)), &many);
    }

    #[test]
    fn any_text_at_all_is_survived(text in "\\PC{0,30}") {
        for result in [snake(&text), label(&text), plural(&text), singular_hint(&text), with_article(&text), sql_identifier(&text)] {
            prop_assert!(result.len() < 2000);
        }
        version_sort_key(&text);
        prop_assert_eq!(check_name(&text).is_ok(), check_name(&text).is_ok());
    }
}
