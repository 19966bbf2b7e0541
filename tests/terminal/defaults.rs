//! From the first question to the service.

use snapbox::str;

use crate::harness::{DOWN, ENTER, Place, Terminal, UP, WIDE};

#[test]
fn defaults_all_the_way() {
    let place = Place::new();
    let mut terminal = Terminal::start(WIDE, &place);
    terminal.asked(&["What does it cost", "> annoyance"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

[1/7] Responsibility · 1 of 5
What does it cost when this is down or wrong for an hour?
  A tool for three colleagues and a payment service should not be built alike: too little care
  loses money, too much care never ships.

  nothing: nobody would notice
> annoyance: people grumble and wait · default
  money: sales, refunds, penalties
  harm: people or their data are hurt
  ? Explain
  … Decide later
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
    terminal.press(ENTER);
    terminal.asked(&["What is this backend for", "later"]);
    terminal.press("later\r");
    terminal.asked(&["Decide later. Who decides"]);
    terminal.press("Anna, by Friday\r");
    terminal.asked(&["open: Anna, by Friday", "What does it own"]);
    terminal.press("later\r");
    terminal.asked(&["Decide later. Who decides"]);
    terminal.press(ENTER);
    for ask in ["not its job", "Who calls it"] {
        terminal.asked(&[ask]);
        terminal.press(ENTER);
    }
    terminal.asked(&["core entities"]);
    terminal.press("later\r");
    terminal.asked(&["Decide later. Who decides"]);
    terminal.press(ENTER);
    for ask in [
        "deleting a record",
        "requests per second at",
        "other services does it call",
        "How do others talk to it",
        "What does \"done\" mean",
        "a project or an experiment?",
        "On which day",
        "What would end it",
    ] {
        terminal.asked(&[ask]);
        terminal.press(ENTER);
    }
    terminal.asked(&["Review of orders", "Save and quit"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

Review of orders

Responsibility
  stakes             annoyance
  purpose            — open: Anna, by Friday
  owns               — open
  not-its-job        none
  callers            none

Data
  entities           — open
  deletion           hard
  By default: records 100000, growth 100, duplicates reject, conflicts version.

Load and failure
  peak-rps           50
  dependencies       none
  By default: p99 500ms, availability 99.5, request-timeout 10s, shutdown-grace 15s.

Communication
  styles             rest
  By default: access open.

Ownership
  By default: database sqlite, schema-changes direct, error-pattern per-layer, enforcement tests,
  clippy, record-format madr.
  Not asked, open: database-owner, schema-owner, caching-owner, errors-owner.

Done
  items              validation, error-handling, logging, documentation, ci

Reality check
  kind               project
  ends-on            2027-02-23
  ends-when          —

38 files
  .github/ (1), .kickoff/ (1), docs/ (9), src/ (10), tests/ (10), .gitignore, AGENTS.md,
  Cargo.lock, Cargo.toml, README.md, clippy.toml, kickoff.toml

Project or experiment?
  3 core questions are open (purpose, owns, entities): this is an experiment. That is fine as long
  as it is admitted: the README says so first, it cannot be published, and it says so when it
  starts. It ends on 2027-02-23.
  4 more questions are open; decision records say so.

> Generate
  Change an answer
  Show the files
  Save and quit
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
    terminal.press(ENTER);
    assert_eq!(terminal.end(), 0);
    assert!(terminal.is_as_before());
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

Responsibility
  stakes             annoyance
  purpose            — open: Anna, by Friday
  owns               — open
  not-its-job        none
  callers            none

Data
  entities           — open
  deletion           hard

Load and failure
  peak-rps           50
  dependencies       none

Communication
  styles             rest

Done
  items              validation, error-handling, logging, documentation, ci

Reality check
  kind               project
  ends-on            2027-02-23
  ends-when          —

     Created experiment `orders` (38 files)
note: it is an experiment until 2027-02-23, and its README says so: 3 core questions are open
note: 16 defaults are in force that nobody chose; `kickoff.toml` lists them as comments

    cd orders
    cargo test
    cargo run
"#]]
    );
    assert!(place.root.join("orders/src/main.rs").is_file());
    // The answers stand in the project now.
    assert_eq!(place.names(), ["orders"]);
    let answers = place.read("orders/kickoff.toml");
    assert!(
        answers.contains("\"responsibility.purpose\" = \"Anna, by Friday\""),
        "{answers}"
    );
}

#[test]
fn an_answer_is_changed_in_the_review() {
    let place = Place::new();
    let mut terminal = Terminal::start(WIDE, &place);
    to_the_review_of_a_small_service(&mut terminal);
    terminal.press(DOWN);
    terminal.asked(&["> Change an answer"]);
    terminal.press(ENTER);
    terminal.asked(&["Change which answer?"]);
    // A few letters find it.
    terminal.press("purp");
    terminal.wait_until("the list narrowed", |screen| {
        screen.contains("> responsibility.purpose") && !screen.contains("responsibility.owns")
    });
    terminal.press(ENTER);
    terminal.asked(&["What is this backend for", "> Keeps notes."]);
    terminal.press(" And finds them.\r");
    terminal.asked(&["Review of orders", "Keeps notes. And finds them."]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

Review of orders

Responsibility
  stakes             nothing
  purpose            Keeps notes. And finds them.
  owns               keeping notes

Data
  entities           Note
  By default: records 100000, growth 100, duplicates reject, conflicts last-write-wins, deletion
  hard.

Load and failure
  By default: peak-rps 50, p99 1s, availability 99, request-timeout 10s, shutdown-grace 15s.

Communication
  By default: styles rest, access open.

Ownership
  By default: database sqlite, schema-changes direct, error-pattern per-layer, enforcement tests,
  record-format madr.
  Not asked, open: database-owner, schema-owner, caching-owner, errors-owner.

Done
  By default: items validation, error-handling, logging.

Reality check
  kind               project

57 files
  .kickoff/ (1), docs/ (4), migrations/ (1), src/ (25), tests/ (20), .gitignore, AGENTS.md,
  Cargo.lock, Cargo.toml, README.md, kickoff.toml

Project or experiment?
  Every core question is answered: this is a project.
  4 questions are open; decision records say so.

> Generate
  Change an answer
  Show the files
  Save and quit
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
    terminal.press(ENTER);
    assert_eq!(terminal.end(), 0);
    let answers = place.read("orders/kickoff.toml");
    assert!(
        answers.contains("purpose = \"Keeps notes. And finds them.\""),
        "{answers}"
    );
    assert_eq!(place.names(), ["orders"]);
}

/// Everything is pasted at once: what arrives between two questions waits for the next, and leaves no trace on the screen.
#[test]
fn lines_that_are_pasted_answer_one_question_each() {
    let place = Place::new();
    let mut terminal = Terminal::start(WIDE, &place);
    terminal.asked(&["> annoyance"]);
    terminal.press(UP);
    terminal.asked(&["> nothing"]);
    for key in "\rKeeps notes.\rkeeping notes\r\rNote\rtext: text(2000)\r\r\r\r".chars() {
        terminal.press(&key.to_string());
    }
    terminal.asked(&["Review of orders"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

Review of orders

Responsibility
  stakes             nothing
  purpose            Keeps notes.
  owns               keeping notes

Data
  entities           Note
  By default: records 100000, growth 100, duplicates reject, conflicts last-write-wins, deletion
  hard.

Load and failure
  By default: peak-rps 50, p99 1s, availability 99, request-timeout 10s, shutdown-grace 15s.

Communication
  By default: styles rest, access open.

Ownership
  By default: database sqlite, schema-changes direct, error-pattern per-layer, enforcement tests,
  record-format madr.
  Not asked, open: database-owner, schema-owner, caching-owner, errors-owner.

Done
  By default: items validation, error-handling, logging.

Reality check
  kind               project

57 files
  .kickoff/ (1), docs/ (4), migrations/ (1), src/ (25), tests/ (20), .gitignore, AGENTS.md,
  Cargo.lock, Cargo.toml, README.md, kickoff.toml

Project or experiment?
  Every core question is answered: this is a project.
  4 questions are open; decision records say so.

> Generate
  Change an answer
  Show the files
  Save and quit
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
}

/// The answers of a service that keeps notes.
pub(crate) fn to_the_review_of_a_small_service(terminal: &mut Terminal) {
    terminal.asked(&["> annoyance"]);
    terminal.press(UP);
    terminal.asked(&["> nothing"]);
    terminal.press(ENTER);
    terminal.answer(&[
        ("What is this backend for", "Keeps notes."),
        ("What does it own", "keeping notes"),
        ("Another capability?", ""),
        ("core entities", "Note"),
        ("What fields does it have", "text: text(2000)"),
        ("Another field?", ""),
        ("Another entity?", ""),
        ("a project or an experiment?", ""),
    ]);
    terminal.asked(&["Review of orders", "> Generate"]);
}
