//! Line by line, and where nobody can be asked at all.

use snapbox::str;

use crate::harness::{CTRL_C, Place, Terminal, WIDE};

#[test]
fn a_dumb_terminal_is_asked_line_by_line() {
    let place = Place::new();
    let mut terminal = Terminal::start_with(
        WIDE,
        &place,
        &["new", "orders", "--vcs", "none"],
        &[("TERM", "dumb")],
    );
    terminal.asked_plainly("Enter for 2");
    terminal.press("9\r");
    terminal.asked_plainly("none of the options");
    terminal.press("1\r");
    terminal.asked_plainly("What is this backend for");
    terminal.press("back\r");
    terminal.asked_plainly("Enter for 1");
    terminal.press("quit\r");
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.bytes().contains('\x1b'));
    let contents = terminal.contents();
    let (asked, hint) = contents.split_once("Your answers").expect("a hint");
    snapbox::assert_data_eq!(
        asked,
        str![[r#"

[1/7] Responsibility · 1 of 5
What does it cost when this is down or wrong for an hour?
A tool for three colleagues and a payment service should not be built alike: too
little care loses money, too much care never ships.
1. nothing: nobody would notice
2. annoyance: people grumble and wait · default
3. money: sales, refunds, penalties
4. harm: people or their data are hurt
(a number, Enter for 2, ? to explain, later to decide later, back, quit)
> 9
Error: `9` is none of the options: type a number from 1 to 4
> 1
Answered: stakes: nothing

[1/7] Responsibility · 2 of 3
What is this backend for, in one sentence?
A service whose purpose takes a paragraph collects whatever has no other home,
until every team has to change it and nobody can.
(? to explain, later to decide later, back, quit)
> back

[1/7] Responsibility · 1 of 3
What does it cost when this is down or wrong for an hour?
A tool for three colleagues and a payment service should not be built alike: too
little care loses money, too much care never ships.
1. nothing: nobody would notice
2. annoyance: people grumble and wait · default
3. money: sales, refunds, penalties
4. harm: people or their data are hurt
(a number, Enter for 1, ? to explain, later to decide later, back, quit)
> quit


"#]]
    );
    assert!(
        hint.ends_with("\n    cargo kickoff new orders --vcs none"),
        "{hint}"
    );
}

#[test]
fn a_service_is_made_line_by_line() {
    for (arguments, variables) in [
        (&["new", "orders", "--plain"][..], &[][..]),
        (&["new", "orders"], &[("ACCESSIBLE", "1")]),
    ] {
        let place = Place::new();
        let mut terminal = Terminal::start_with(WIDE, &place, arguments, variables);
        for (ask, answer) in [
            ("Enter for 2", "nothing"),
            ("What is this backend for", "Keeps notes."),
            ("What does it own", "keeping notes"),
            ("Another capability?", ""),
            ("core entities", "Note"),
            ("What fields does it have", "text: text(2000)"),
            ("Another field?", ""),
            ("Another entity?", ""),
            ("a project or an experiment?", ""),
            ("Review of orders", "generate"),
        ] {
            terminal.asked_plainly(ask);
            terminal.press(&format!("{answer}\r"));
        }
        assert_eq!(terminal.end(), 0);
        assert!(
            terminal.contents().contains("Created service `orders`"),
            "{}",
            terminal.contents()
        );
        assert_eq!(place.names(), ["orders"]);
    }
}

#[test]
fn ctrl_c_line_by_line_names_the_draft_too() {
    let place = Place::new();
    let mut terminal = Terminal::start_with(WIDE, &place, &["new", "orders", "--plain"], &[]);
    terminal.asked_plainly("Enter for 2");
    terminal.press("\r");
    terminal.asked_plainly("What is this backend for");
    terminal.press(CTRL_C);
    assert_eq!(terminal.end(), 130);
    let contents = terminal.contents();
    assert!(contents.contains("Your answers are kept in"), "{contents}");
    assert!(
        contents.ends_with("\n    cargo kickoff new orders --plain"),
        "{contents}"
    );
    assert!(place.draft().is_file());

    let terminal = Terminal::start_with(WIDE, &place, &["new", "orders", "--plain"], &[]);
    terminal.asked_plainly("was left half-way");
}

#[test]
fn the_end_of_the_input_interrupts() {
    let place = Place::new();
    let mut terminal = Terminal::start_with(WIDE, &place, &["new", "orders", "--plain"], &[]);
    terminal.asked_plainly("Enter for 2");
    terminal.press("\r");
    terminal.asked_plainly("What is this backend for");
    // Ctrl-D.
    terminal.press("\x04");
    assert_eq!(terminal.end(), 130);
    assert!(place.draft().is_file());
}

/// There is a terminal, but nobody types: asking in it would wait for ever.
#[test]
fn nobody_is_asked_when_the_input_is_piped() {
    for (script, variables) in [
        ("echo | \"$0\" new orders", &[][..]),
        (
            "\"$0\" new orders 2>errors; code=$?; cat errors; exit $code",
            &[],
        ),
        ("\"$0\" new orders", &[("CI", "true")]),
    ] {
        let place = Place::new();
        let command = ["sh", "-c", script, env!("CARGO_BIN_EXE_cargo-kickoff")];
        let mut terminal = Terminal::run(WIDE, &place, &command, variables);
        assert_eq!(terminal.end(), 2, "{script}");
        let contents = terminal.contents();
        for id in [
            "responsibility.purpose",
            "responsibility.owns",
            "data.entities",
        ] {
            assert!(contents.contains(id), "{script}: {contents}");
        }
        assert!(!place.draft().exists());
    }
}
