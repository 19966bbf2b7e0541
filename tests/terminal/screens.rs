//! Other screens than a wide one with colours.

use snapbox::str;

use crate::harness::{CTRL_C, ENTER, ESC, NARROW, Place, Terminal, WIDE};

#[test]
fn forty_columns_are_enough() {
    let place = Place::new();
    let mut terminal = Terminal::start(NARROW, &place);
    terminal.asked(&["> annoyance"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

[1/7] Responsibility · 1 of 5
What does it cost when this is down or
wrong for an hour?
  A tool for three colleagues and a
  payment service should not be built
  alike: too little care loses money,
  too much care never ships.

  nothing: nobody would notice
> annoyance: people grumble and wait …
  money: sales, refunds, penalties
  harm: people or their data are hurt
  ? Explain
  … Decide later
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
    terminal.press(ENTER);
    terminal.asked(&["What is this backend for"]);
    terminal
        .press("Takes the orders of customers, from the basket to the parcel, and tells them.\r");
    terminal.asked(&["What does it own"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

Responsibility
  stakes        annoyance
  purpose       Takes the orders of cu…

[1/7] Responsibility · 3 of 5
What does it own: which capabilities
does nobody else provide?
  Where two services believe they own
  the same thing, each changes it
  behind the other's back, and the
  truth is whichever wrote last.
  One capability at a time.
>
[? explains · later · Esc back]
"#]]
    );
    terminal.press(ESC);
    terminal.asked(&["What is this backend for", "and tells them."]);
    terminal.press(ESC);
    terminal.asked(&["What does it cost"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

[1/7] Responsibility · 1 of 5
What does it cost when this is down or
wrong for an hour?
  A tool for three colleagues and a
  payment service should not be built
  alike: too little care loses money,
  too much care never ships.

  nothing: nobody would notice
> annoyance: people grumble and wait …
  money: sales, refunds, penalties
  harm: people or their data are hurt
  ? Explain
  … Decide later
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
}

#[test]
fn no_color_means_none() {
    let place = Place::new();
    let mut terminal = Terminal::start_with(WIDE, &place, &["new", "orders"], &[("NO_COLOR", "1")]);
    terminal.asked(&["> annoyance"]);
    terminal.press(ENTER);
    terminal.asked(&["What is this backend for"]);
    terminal.press(ENTER);
    terminal.asked(&["! there is nothing here"]);
    terminal.press(CTRL_C);
    terminal.end();
    assert_eq!(attributes(&terminal.bytes()), Vec::<String>::new());
}

#[test]
fn colours_are_used_where_they_are_wanted() {
    let place = Place::new();
    let terminal = Terminal::start(WIDE, &place);
    terminal.asked(&["> annoyance"]);
    assert_ne!(attributes(&terminal.bytes()), Vec::<String>::new());
}

/// The sequences that set colours and other attributes.
fn attributes(bytes: &str) -> Vec<String> {
    bytes
        .split("\x1b[")
        .skip(1)
        .filter_map(|rest| rest.split_once('m'))
        .filter(|(code, _)| {
            code.chars()
                .all(|character| character.is_ascii_digit() || character == ';')
        })
        .map(|(code, _)| code.to_owned())
        .collect()
}
