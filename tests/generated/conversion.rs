//! The cases become what their authors meant.

use cargo_kickoff::answers::Value;

use crate::convert::{CASES, case};
use crate::project::{assert_formatted, assert_toml, generate};

/// The notation of one field of a case, or nothing where the field disappeared.
fn field(name: &str, entity: &str, field: &str) -> Option<String> {
    let answers = case(name);
    let Some(Value::Items(items)) = answers.given("data.entities") else {
        panic!("no entities");
    };
    let item = items
        .iter()
        .find(|item| item.name == entity)
        .expect("the entity");
    let Some(Value::Fields(fields)) = item.parts.get("fields") else {
        panic!("no fields");
    };
    let found = fields.iter().find(|answer| answer.name == field)?;
    Some(found.spec.clone())
}

#[test]
fn types_and_rules_survive() {
    let check = |name, entity, of, expect: Option<&str>| {
        assert_eq!(
            field(name, entity, of).as_deref(),
            expect,
            "{name} {entity}.{of}"
        );
    };
    check("conduit", "User", "email", Some("string(1..255) unique"));
    check("conduit", "User", "password", None);
    check("conduit", "User", "demo", Some("bool = false"));
    check(
        "conduit",
        "User",
        "image",
        Some("string(1..255)? = \"https://api.realworld.io/images/smiley-cyrus.jpeg\""),
    );
    check("conduit", "User", "following", Some("<-> User"));
    check("conduit", "Article", "createdAt", None);
    check("conduit", "Article", "authorId", None);
    check(
        "conduit",
        "Article",
        "author",
        Some("-> User on delete cascade"),
    );
    check(
        "chinook",
        "Track",
        "bytes",
        Some("int? -2147483648..2147483647"),
    );
    check("chinook", "Invoice", "total", Some("decimal(10,2)"));
    check("chinook", "Employee", "reports_to", Some("-> Employee?"));
    check("chinook", "Playlist", "tracks", Some("<-> Track"));
    check("northwind", "Product", "unit_price", Some("decimal(9,4)?"));
    check(
        "northwind",
        "Customer",
        "customer_id",
        Some("string(1..5) unique"),
    );
    check("northwind", "Order", "ship_via", Some("-> Shipper?"));
    check(
        "petclinic",
        "Owner",
        "telephone",
        Some("string(1..20) matching /[0-9]*/"),
    );
    check("petclinic", "Pet", "type", Some("-> PetType"));
    check("todo-backend", "Todo", "url", None);
    check(
        "todo-backend",
        "Todo",
        "order",
        Some("int? -2147483648..2147483647"),
    );
    check("jhipster-hr", "JobHistory", "job", Some("-> Job? unique"));
    check(
        "jhipster-bugtracker",
        "Ticket",
        "type",
        Some("BUG | FEATURE?"),
    );
    check(
        "jhipster-store",
        "OrderItem",
        "quantity",
        Some("int 0..2147483647"),
    );
}

#[test]
fn composite_keys_say_what_makes_two_the_same() {
    let (blueprint, _) = generate(&case("northwind"));
    let details = blueprint
        .entities
        .iter()
        .find(|entity| entity.name == "OrderDetail");
    let uniques = &details.expect("the entity").uniques;
    assert_eq!(uniques[0].fields, ["order_id", "product_id"]);

    let (blueprint, _) = generate(&case("petclinic"));
    let role = blueprint
        .entities
        .iter()
        .find(|entity| entity.name == "Role");
    assert_eq!(
        role.expect("the entity").uniques[0].fields,
        ["role", "username_id"]
    );
}

#[test]
fn what_nobody_declares_belongs_to_another_service() {
    for name in ["jhipster-bugtracker", "jhipster-store"] {
        let (blueprint, _) = generate(&case(name));
        let foreign: Vec<_> = blueprint
            .referenced
            .iter()
            .map(|entity| &entity.name)
            .collect();
        assert_eq!(foreign, ["User"], "{name}");
    }
}

#[test]
fn every_case_is_formatted_and_can_be_read() {
    let trees: Vec<_> = CASES
        .iter()
        .map(|name| ((*name).to_owned(), generate(&case(name)).1))
        .collect();
    for (name, tree) in &trees {
        assert_toml(name, tree);
    }
    assert_formatted(&trees);
}
