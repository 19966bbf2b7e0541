//! Forth and back.

use snapbox::str;

use crate::harness::{DOWN, ENTER, ESC, Place, Terminal, UP, WIDE};

#[test]
fn going_back_leaves_no_trace_and_a_changed_branch_asks_anew() {
    let place = Place::new();
    let mut terminal = Terminal::start(WIDE, &place);
    terminal.asked(&["> annoyance"]);
    terminal.press(UP);
    terminal.asked(&["> nothing"]);
    terminal.press(ENTER);
    terminal.asked(&["What is this backend for", "2 of 3"]);
    terminal.press("Keeps notes.\r");
    terminal.asked(&["purpose            Keeps notes.", "What does it own"]);
    terminal.press(ESC);
    terminal.asked(&["What is this backend for", "> Keeps notes."]);
    terminal.press(ESC);
    terminal.asked(&["What does it cost", "> nothing"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

[1/7] Responsibility · 1 of 3
What does it cost when this is down or wrong for an hour?
  A tool for three colleagues and a payment service should not be built alike: too little care
  loses money, too much care never ships.

> nothing: nobody would notice
  annoyance: people grumble and wait · default
  money: sales, refunds, penalties
  harm: people or their data are hurt
  ? Explain
  … Decide later
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
    terminal.press(DOWN);
    terminal.asked(&["> annoyance"]);
    terminal.press(ENTER);
    // More is at stake, so more is asked; what was said stays said.
    terminal.asked(&["stakes             annoyance", "What does it own", "3 of 5"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

Responsibility
  stakes             annoyance
  purpose            Keeps notes.

[1/7] Responsibility · 3 of 5
What does it own: which capabilities does nobody else provide?
  Where two services believe they own the same thing, each changes it behind the other's back, and
  the truth is whichever wrote last.
  One capability at a time.
>
[like taking orders · ? explains · later · Esc back]
"#]]
    );
}

#[test]
fn an_explanation_disappears_with_its_question() {
    let place = Place::new();
    let mut terminal = Terminal::start(WIDE, &place);
    terminal.asked(&["> annoyance"]);
    // Typing finds the entry, as it finds any other.
    terminal.press("?");
    terminal.wait_until("the list narrowed", |screen| !screen.contains("money: "));
    terminal.press(ENTER);
    terminal.asked(&["Asks only what the service is", "> annoyance"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

[1/7] Responsibility · 1 of 5
What does it cost when this is down or wrong for an hour?
  A tool for three colleagues and a payment service should not be built alike: too little care
  loses money, too much care never ships.
  Chooses which questions are asked at all, and the defaults of deletion, conflicts, timeouts,
  availability and the definition of done.
  nothing: nobody would notice
      Asks only what the service is and what it stores, and takes the lightest default everywhere
      else.
  annoyance: people grumble and wait
      Asks about a dozen questions; concurrent changes are detected, deletion is final.
  money: sales, refunds, penalties
      Asks every question; records are kept when deleted, deadlines are short, everything is part
      of done.
  harm: people or their data are hurt
      Asks every question, per entity too, with the strictest defaults.
  Default: annoyance.

  nothing: nobody would notice
> annoyance: people grumble and wait · default
  money: sales, refunds, penalties
  harm: people or their data are hurt
  … Decide later
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
    terminal.press(ENTER);
    terminal.asked(&["What is this backend for"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

Responsibility
  stakes             annoyance

[1/7] Responsibility · 2 of 5
What is this backend for, in one sentence?
  A service whose purpose takes a paragraph collects whatever has no other home, until every team
  has to change it and nobody can.
>
[? explains · later · Esc back]
"#]]
    );
}

#[test]
fn a_mistake_is_shown_at_its_place() {
    let place = Place::new();
    let mut terminal = Terminal::start(WIDE, &place);
    terminal.asked(&["> annoyance"]);
    terminal.press(UP);
    terminal.asked(&["> nothing"]);
    terminal.press(ENTER);
    for (ask, answer) in [
        ("What is this backend for", "Sells."),
        ("What does it own", "selling"),
        ("Another capability?", ""),
        ("core entities", "Order"),
        ("What fields does it have", "number: strng(32)"),
    ] {
        terminal.asked(&[ask]);
        terminal.press(&format!("{answer}\r"));
    }
    terminal.asked(&["^^^^^"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

Responsibility
  stakes             nothing
  purpose            Sells.
  capability         selling

Data
  entity             Order

[2/7] Data · 1 of 1 · Order
What fields does it have?
  Types that allow too much are filled with too much: amounts in floats, times without a zone,
  texts of ten megabytes.
  One field at a time, `name: type`; the id comes by itself. For example
  `number: string(32) unique`, `note: text?`, `total: decimal >= 0`,
  `status: draft | paid = draft`, `customer: -> Customer`.
  number: strng(32)
          ^^^^^
! `strng` is not a type
  did you mean `string`?
> number: strng(32)
[empty: no fields · ? explains · later · Esc back]
"#]]
    );
    for _ in 0.."strng(32)".len() {
        terminal.press("\x7f");
    }
    terminal.press("string(32)\r");
    terminal.asked(&["Another field?"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

Responsibility
  stakes             nothing
  purpose            Sells.
  capability         selling

Data
  entity             Order
    number           string(32)

[2/7] Data · 1 of 1 · Order
Another field?
>
[empty: no more · ? explains · Esc back]
"#]]
    );
}
