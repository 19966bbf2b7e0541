//! Code that is there: what was found is offered, and becomes an answer when it is confirmed.

use snapbox::str;

use crate::harness::{CTRL_C, DOWN, ENTER, Place, Terminal, WIDE};

fn place() -> Place {
    let place = Place::new();
    let write = |path: &str, text: &str| {
        let path = place.root.join(path);
        std::fs::create_dir_all(path.parent().expect("below the root")).expect("a new folder");
        std::fs::write(path, text).expect("a new file");
    };
    write(
        "Cargo.toml",
        "[package]\nname = \"orders\"\ndescription = \"Takes orders.\"\n\n[dependencies]\nsqlx = { version = \"0.8\", features = [\"postgres\"] }\n",
    );
    write("src/main.rs", "fn main() {}\n");
    write(
        "migrations/1.sql",
        "CREATE TABLE customers (id UUID PRIMARY KEY, email VARCHAR(254) NOT NULL UNIQUE, weight REAL);\n\
         CREATE TABLE orders (id UUID PRIMARY KEY, customer_id UUID NOT NULL REFERENCES customers (id));\n\
         CREATE TABLE sessions (id UUID PRIMARY KEY, data JSONB);\n",
    );
    place
}

#[test]
fn what_was_found_is_offered_and_confirmed() {
    let place = place();
    let mut terminal = Terminal::start_with(WIDE, &place, &["init"], &[]);
    terminal.asked(&["What does it cost"]);
    terminal.press(ENTER);
    terminal.asked(&["What is this backend for", "> Takes orders."]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

Responsibility
  stakes             annoyance

[1/7] Responsibility · 2 of 5
What is this backend for, in one sentence?
  A service whose purpose takes a paragraph collects whatever has no other home, until every team
  has to change it and nobody can.
  Found: `description` in `Cargo.toml`, line 3.
  It stands below, and becomes an answer when you confirm it.
> Takes orders.
[? explains · later · Esc back]
"#]]
    );
    terminal.press(" Nothing else.\r");
    terminal.asked(&["What does it own"]);
    terminal.press("later\r");
    terminal.asked(&["Decide later. Who decides"]);
    terminal.press(ENTER);
    terminal.answer(&[("not its job", ""), ("Who calls it", "")]);
    terminal.asked(&["1 of 3: Customer", "> take Customer"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

Responsibility
  stakes             annoyance
  purpose            Takes orders. Nothing else.
  owns               — open
  not-its-job        none
  callers            none

[2/7] Data · 1 of 2
What are the core entities? Found, 1 of 3: Customer
  Tables outlive every framework: a wrong shape found after a year is migrated under load, with
  everybody's data in it.
  Found: the table `customers` in `migrations/1.sql`, line 1.
    email            string(254) unique
! `weight` is left out: `REAL` is not exact: `decimal(12, 2)`, or an `int` in a smaller unit?

> take Customer as it was found
  take it, and answer what else is asked about it
  leave it out: it is no entity of its own
  leave this one and the 2 behind it out
  ? Explain
  … Decide later
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
    terminal.press(ENTER);
    terminal.asked(&["2 of 3: Order"]);
    terminal.press(DOWN);
    terminal.asked(&["> take it, and answer"]);
    terminal.press(ENTER);
    terminal.asked(&["What is it, in one sentence?"]);
    terminal.press("What a customer buys.\r");
    terminal.asked(&["3 of 3: Session"]);
    terminal.press(DOWN);
    terminal.press(DOWN);
    terminal.asked(&["> leave it out"]);
    terminal.press(ENTER);
    terminal.answer(&[
        ("Another entity?", ""),
        ("deleting a record", ""),
        ("requests per second at", ""),
        ("other services does it call", ""),
        ("How do others talk to it", ""),
    ]);
    terminal.asked(&["Which database?", "> postgresql"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

Responsibility
  stakes             annoyance
  purpose            Takes orders. Nothing else.
  owns               — open
  not-its-job        none
  callers            none

Data
  entity             Customer
  entity             Order
    about            What a customer buys.
  deletion           hard

Load and failure
  peak-rps           50
  dependencies       none

Communication
  styles             rest

[5/7] Ownership · 1 of 1
Which database?
  Every engine is easy to start and hard to leave; a file beside the binary is enough for more
  services than believe it.
  Found: `sqlx` with `postgres` in `Cargo.toml`, line 6.
  It stands below, and becomes an answer when you confirm it.

  sqlite: SQLite, embedded · default
> postgresql: PostgreSQL · found
  ? Explain
  … Decide later
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
    terminal.press(ENTER);
    terminal.answer(&[
        ("What does \"done\" mean", ""),
        ("a project or an experiment?", ""),
    ]);
    terminal.answer(&[("On which day", ""), ("What would end it", "")]);
    terminal.asked(&["Review of orders", "> Write the answers down"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

Review of orders

Responsibility
  stakes             annoyance
  purpose            Takes orders. Nothing else.
  owns               — open
  not-its-job        none
  callers            none

Data
  entities           Customer, Order
  deletion           hard
  Not asked, open: records, growth, duplicates, conflicts.

Load and failure
  peak-rps           50
  dependencies       none
  Not asked, open: p99, availability, request-timeout, shutdown-grace.

Communication
  styles             rest
  Not asked, open: idempotency, access.

Ownership
  database           postgresql
  Not asked, open: database-owner, schema-owner, schema-changes, caching-owner, caching,
  errors-owner, error-pattern, enforcement, record-format.

Done
  items              validation, error-handling, logging, documentation, ci

Reality check
  kind               project
  ends-on            2027-02-23
  ends-when          —

13 files
  .kickoff/ (1), docs/ (11), kickoff.toml

Project or experiment?
  A core question is open (owns): this is an experiment. That is fine as long as it is admitted:
  `kickoff.toml` says so. It ends on 2027-02-23.
  4 more questions are open.

> Write the answers down
  Change an answer
  Show the files
  Save and quit
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
    terminal.press(ENTER);
    assert_eq!(terminal.end(), 0);
    assert_eq!(
        place.names(),
        [
            ".kickoff",
            "Cargo.toml",
            "docs",
            "kickoff.toml",
            "migrations",
            "src"
        ]
    );
    snapbox::assert_data_eq!(
        place.read("kickoff.toml"),
        str![[r##"
#:schema https://raw.githubusercontent.com/cargo-kickoff/cargo-kickoff/v0.1.0/docs/kickoff.schema.json
# What was decided about this service. Its code was there before: `cargo kickoff` generates none into it.
# Edit the answers here, or with `cargo kickoff ask`; comments are kept.
# A key that is absent was decided by nobody (`cargo kickoff questions` lists them all); [open] lists what was put off, and
# what was found and nobody confirmed.
format = 1

[service]
name = "orders"
created = "2026-11-25"
code = "existing"

[responsibility]
stakes = "annoyance"
purpose = "Takes orders. Nothing else."
not-its-job = []
callers = []

[data]
deletion = "hard"

[entity.Customer.fields]
email = "string(254) unique"

[entity.Order]
about = "What a customer buys."

[entity.Order.fields]
customer = "-> Customer"

[load]
peak-rps = 50
dependencies = []

[communication]
styles = ["rest"]

[ownership]
database = "postgresql"

[done]
items = ["validation", "error-handling", "logging", "documentation", "ci"]

[reality]
kind = "project"
ends-on = "2027-02-23"

[open]
"responsibility.owns" = ""

"##]]
    );
}

#[test]
fn a_draft_goes_on_among_the_offers() {
    let place = place();
    let mut terminal = Terminal::start_with(
        WIDE,
        &place,
        &["init", "--set", "responsibility.stakes=nothing"],
        &[],
    );
    terminal.answer(&[
        ("What is this backend for", ""),
        ("What does it own", "orders"),
        ("Another capability?", ""),
    ]);
    terminal.asked(&["1 of 3: Customer"]);
    terminal.press(DOWN);
    terminal.press(DOWN);
    terminal.asked(&["> leave it out"]);
    terminal.press(ENTER);
    terminal.asked(&["2 of 3: Order"]);
    terminal.press(CTRL_C);
    assert_eq!(terminal.end(), 130);
    assert!(place.root.join(".kickoff-draft.toml").exists());
    assert!(
        terminal.contents().contains("cargo kickoff init\n")
            || terminal.contents().ends_with("cargo kickoff init")
    );
    let mut terminal = Terminal::start_with(WIDE, &place, &["init"], &[]);
    terminal.asked(&["was left half-way", "> go on"]);
    terminal.press(ENTER);
    terminal.asked(&["2 of 3: Order"]);
    terminal.press(ENTER);
    terminal.asked(&["3 of 3: Session"]);
}

#[test]
fn the_package_is_chosen_and_ask_offers_what_was_found() {
    let place = place();
    let mut terminal = Terminal::start_with(WIDE, &place, &["init", "--yes"], &[]);
    assert_eq!(terminal.end(), 0);
    let mut terminal = Terminal::start_with(WIDE, &place, &["ask", "ownership.database"], &[]);
    terminal.asked(&[
        "Which database?",
        "Found: `sqlx` with `postgres`",
        "> postgresql",
    ]);
    terminal.press(ENTER);
    terminal.asked(&["Review of orders"]);
    terminal.press(ENTER);
    assert_eq!(terminal.end(), 0);
    assert!(
        place
            .read("kickoff.toml")
            .contains("database = \"postgresql\"")
    );
}

#[test]
fn one_of_several_packages_is_chosen() {
    let place = place();
    std::fs::create_dir_all(place.root.join("all/one")).expect("a new folder");
    let manifest = |name: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\n[lib]\npath = \"lib.rs\"\n")
    };
    std::fs::write(
        place.root.join("all/Cargo.toml"),
        "[workspace]\nmembers = [\"one\", \"two\"]\n",
    )
    .expect("a file");
    for name in ["one", "two"] {
        std::fs::create_dir_all(place.root.join("all").join(name)).expect("a folder");
        std::fs::write(
            place.root.join("all").join(name).join("Cargo.toml"),
            manifest(name),
        )
        .expect("a file");
        std::fs::write(place.root.join("all").join(name).join("lib.rs"), "").expect("a file");
    }
    let mut terminal = Terminal::start_with(WIDE, &place, &["init", "all"], &[]);
    terminal.asked(&[
        "Which package of the workspace",
        "> one in one",
        "two in two",
    ]);
    terminal.press(DOWN);
    terminal.asked(&["> two in two"]);
    terminal.press(ENTER);
    terminal.asked(&["What does it cost"]);
    terminal.press(CTRL_C);
    assert_eq!(terminal.end(), 130);
    assert!(place.root.join("all/two/.kickoff-draft.toml").exists());
}
