//! Names that mean something to Rust, to SQL, to Windows or to generated code.

use cargo_kickoff::answers::{Answers, Item};
use cargo_kickoff::blueprint::{Blueprint, Setting};

use crate::answers::{dependencies, entity, give_items, item, service};
use crate::project::{assert_formatted, assert_toml, generate};

/// A service in which nothing has a harmless name.
pub(crate) fn hostile() -> Answers {
    let long = |letter: &str| letter.repeat(59);
    let names = [
        // Keywords of Rust and SQL.
        "Match",
        "Move",
        "Order",
        "Group",
        "User",
        "Table",
        "Select",
        "Type",
        "Async",
        "Crate",
        // The prelude, and what generated code uses or defines.
        "Option",
        "Result",
        "Vec",
        "String",
        "Box",
        "Config",
        "Error",
        "Health",
        "Record",
        "Page",
        "Problem",
        "Id",
        "Database",
        "Store",
        "Limit",
        "Cursor",
        "Input",
        "Query",
        "Stored",
        "Location",
        "Routes",
        "Api",
        "Domain",
        "App",
        "Value",
        "Unique",
        "Probe",
        "Support",
        // Crates.
        "Core",
        "Serde",
        "Sqlx",
        "Axum",
        "Std",
        "Bytes",
        "Url",
        "Uuid",
        "Tokio",
        // Words without a plural, with an odd one, with other letters, of one letter.
        "Staff",
        "History",
        "Person",
        "Child",
        "Address",
        "Straßenmärkte",
        "Q",
        "Aux",
        // Names of functions in generated code.
        "Bind",
        "Create",
        "Find",
        "List",
        "Update",
        "Delete",
        "Forbid",
        "Sample",
        "Answer",
        "CheckReference",
        "Test",
        "Main",
        "Lib",
        "Mod",
        "Api2",
    ];
    let mut entities: Vec<Item> = names
        .iter()
        .enumerate()
        .map(|(at, name)| simple(name, names[at.saturating_sub(1)]))
        .collect();
    entities.push(entity(
        &long("A"),
        &[],
        &format!("{}: string unique\n{}: int?", long("b"), long("c")),
    ));
    entities.push(entity("Everything", &[("duplicates", "update")], FIELDS));
    entities.push(item(
        "Foreign",
        &[("of", "the \"other\" service */ {{ }}"), ("id", "text")],
    ));
    entities.push(item("Self", &[("of", "`nobody`")]));
    entities.push(entity(
        "Keeper",
        &[("deletion", "soft"), ("same-when", "self, in")],
        "self: -> Self\nin: -> Foreign\ntype: -> Type? on delete clear\nmatch: -> Match on delete cascade\nfn: <-> Match\nkeeper: -> Keeper?\nimpl: <-> Keeper",
    ));
    let mut answers = service("hostile", entities);
    give_items(&mut answers, "load.dependencies", dependencies());
    answers
}

/// A field that is called as its entity, and a relation.
fn simple(name: &str, other: &str) -> Item {
    let field = if name.is_ascii() {
        name.to_lowercase()
    } else {
        name.to_owned()
    };
    let fields = match field.as_str() {
        "id" => "key: string(1..20) unique".to_owned(),
        _ => format!("{field}: string(1..20) unique"),
    };
    let relation = if other == name {
        String::new()
    } else {
        format!("\nprevious: -> {other}?")
    };
    entity(name, &[], &format!("{fields}{relation}"))
}

const FIELDS: &str = r#"
    type: self | None | type | in | super | Ok | true | first | with-dash = in
    self: string? // "nobody" */ said {{ so }}
    super: string(0..9) = "a\"b\\c"
    crate: text? personal
    match: int = 7
    async: int 5..9 unique
    await: decimal(18,9)? -0.5..0.5 personal
    dyn: bool = true
    in: instant = now
    move: date = today
    day: date? = 2026-11-25
    moment: instant = 2026-11-25T09:30:00.5Z
    list: json? = []
    order: string(1..3)?
    limit: string(1..5) unique
    cursor: uuid? unique
    group: email unique personal
    select: url? = "https://example.com/?a=%22"
    from: json = {}
    where: json? personal
    table: bytes(10)? personal
    index: money(JPY)? = 5
    values: money(KWD) -1.5..2000000
    default: int? personal >= -9000000000000000000
    primary: string(2..4) matching /\p{L}+|a|ab/
    value: string matching /[a-z"\\]*/
    record: string?
    input: string?
    app: string?
    straße: string? unique
    rowid: int?
    x-y: string?
    camelCase: string?
    n: int unique
    db: string?
    query: string?
    members: string = "x"
    statement: string?
    row: string?
    now: instant? = now
    page: string?
    items: string?
    next: string?
    status: one | two?
    detail: string?
"#;

#[test]
fn hostile_names_are_laid_out() {
    let (_, tree) = generate(&hostile());
    assert_toml("hostile", &tree);
    assert_formatted(&[("hostile".to_owned(), tree)]);
}

#[test]
fn hostile_names_work() {
    crate::running::assert_works(&hostile());
}

/// What cannot work is said when the blueprint is drawn, at its place and with a way out.
#[test]
fn what_cannot_work_is_a_conflict() {
    let check = |entities: Vec<Item>, place: &str, message: &str| {
        let conflicts =
            Blueprint::draw(&service("s", entities), Setting::Standalone).expect_err("a conflict");
        let found = conflicts.iter().any(|conflict| {
            conflict.answers.iter().any(|answer| answer == place)
                && conflict.message.contains(message)
                && !conflict.hint.is_empty()
        });
        assert!(found, "{place}: {message}: {conflicts:?}");
    };
    let text = "text: string";
    check(
        vec![
            entity("Order", &[], text),
            entity("Orders", &[("plural", "Orders")], text),
        ],
        "entity.Orders",
        "table",
    );
    check(
        vec![entity("A", &[], "b: -> B"), entity("B", &[], "a: -> A")],
        "entity.A",
        "none could ever be created",
    );
    check(
        vec![entity("A", &[], "parent: -> A")],
        "entity.A.fields.parent",
        "the first a could never be created",
    );
    check(
        vec![entity("A", &[], "x: string\nX: string")],
        "entity.A.fields.X",
        "column",
    );
    check(
        vec![entity("A", &[], "b: -> B"), entity("C", &[], text)],
        "entity.A.fields.b",
        "there is no entity `B`",
    );
    check(
        vec![entity("A", &[("same-when", "b, c")], "b: string")],
        "entity.A.same-when",
        "there is no field `c`",
    );
    check(
        vec![entity("A", &[("duplicates", "update")], text)],
        "entity.A.duplicates",
        "nothing makes two records the same",
    );
    check(
        vec![entity(
            "A",
            &[("duplicates", "update")],
            "b: string? unique",
        )],
        "entity.A.duplicates",
        "only optional fields are unique",
    );
    check(
        vec![entity("A", &[], "id: string")],
        "entity.A.fields.id",
        "taken",
    );
    check(
        vec![entity("日本", &[], text)],
        "entity.日本",
        "no agreed spelling",
    );
    check(
        vec![entity(&"A".repeat(60), &[], text)],
        &format!("entity.{}", "A".repeat(60)),
        "characters",
    );
}
