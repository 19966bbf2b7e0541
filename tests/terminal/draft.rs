//! Left half-way.

use snapbox::str;

use crate::defaults::to_the_review_of_a_small_service;
use crate::harness::{CTRL_C, DOWN, ENTER, ESC, Place, Terminal, UP, WIDE};

#[test]
fn ctrl_c_keeps_a_draft_and_the_next_run_goes_on_there() {
    let place = Place::new();
    let mut terminal = Terminal::start(WIDE, &place);
    terminal.asked(&["> annoyance"]);
    terminal.press(ENTER);
    terminal.asked(&["What is this backend for"]);
    terminal.press("Keeps notes.\r");
    terminal.asked(&["What does it own"]);
    terminal.press(CTRL_C);
    assert_eq!(terminal.end(), 130);
    let bytes = terminal.bytes();
    let shown = bytes.rfind("\x1b[?25h").expect("the cursor is shown again");
    assert!(bytes.rfind("\x1b[?25l").is_none_or(|hidden| hidden < shown));
    assert!(terminal.is_as_before());
    assert!(
        bytes.rfind("\x1b[?2004l") > bytes.rfind("\x1b[?2004h"),
        "pasting is as before"
    );
    names_the_draft(&terminal, &place, "cargo kickoff new orders --vcs none");
    assert_eq!(place.names(), [".orders.kickoff-draft.toml"]);

    let mut terminal = Terminal::start(WIDE, &place);
    terminal.asked(&["was left half-way", "> go on"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"

An interview about `orders` was left half-way. Go on with it?

> go on where it was left
  start afresh: the old answers are dropped
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
    terminal.press(ENTER);
    terminal.asked(&["What does it own"]);
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
    terminal.press(ESC);
    terminal.asked(&["What is this backend for", "> Keeps notes."]);
}

/// The last lines say where the answers are and what to type.
#[track_caller]
fn names_the_draft(terminal: &Terminal, place: &Place, command: &str) {
    let contents = terminal.contents();
    let (_, hint) = contents
        .rsplit_once("Your answers are kept in `")
        .unwrap_or_else(|| panic!("no hint:\n{contents}"));
    // A long path is broken by the terminal.
    let draft = place.draft().to_string_lossy().into_owned();
    let expected = format!("{draft}`. To go on:    {command}");
    assert_eq!(hint.replace('\n', ""), expected);
    assert!(place.draft().is_file());
}

#[test]
fn starting_afresh_drops_the_draft() {
    let place = Place::new();
    let mut terminal = Terminal::start(WIDE, &place);
    terminal.asked(&["> annoyance"]);
    terminal.press(ENTER);
    terminal.answer(&[("What is this backend for", "Keeps notes.")]);
    terminal.asked(&["What does it own"]);
    terminal.press(CTRL_C);
    assert_eq!(terminal.end(), 130);

    let mut terminal = Terminal::start(WIDE, &place);
    terminal.asked(&["was left half-way"]);
    terminal.press(DOWN);
    terminal.asked(&["> start afresh"]);
    terminal.press(ENTER);
    terminal.asked(&["> annoyance"]);
    terminal.press(ENTER);
    terminal.asked(&["What is this backend for"]);
    assert!(!terminal.contents().contains("Keeps notes."));
}

#[test]
fn saving_and_leaving_is_no_failure_and_names_the_draft() {
    let place = Place::new();
    let mut terminal = Terminal::start_with(WIDE, &place, &["new", "orders"], &[]);
    to_the_review_of_a_small_service(&mut terminal);
    terminal.press(UP);
    terminal.asked(&["> Save and quit"]);
    terminal.press(ENTER);
    assert_eq!(terminal.end(), 0);
    names_the_draft(&terminal, &place, "cargo kickoff new orders");

    // The draft is an answers file like any other, and one with a mistake in it is refused at its place.
    let draft = place.read(".orders.kickoff-draft.toml");
    std::fs::write(place.draft(), draft.replace("text(2000)", "txt(2000)")).expect("a file");
    let mut terminal = Terminal::start(WIDE, &place);
    assert_eq!(terminal.end(), 2);
    let contents = terminal.contents();
    assert!(contents.contains("`txt` is not a type"), "{contents}");
    assert!(contents.contains("to start afresh"), "{contents}");
    assert!(place.draft().is_file());
}

#[test]
fn a_dry_run_after_the_interview_keeps_the_answers() {
    let place = Place::new();
    let mut terminal = Terminal::start_with(
        WIDE,
        &place,
        &["new", "orders", "--vcs", "none", "--dry-run"],
        &[],
    );
    to_the_review_of_a_small_service(&mut terminal);
    terminal.press(ENTER);
    assert_eq!(terminal.end(), 0);
    names_the_draft(&terminal, &place, "cargo kickoff new orders --vcs none");
    assert!(!place.root.join("orders").exists());
}

/// No folder is made for a draft, so that it lies where the first folder would be made.
#[test]
fn a_draft_waits_beside_folders_that_do_not_exist_yet() {
    let place = Place::new();
    let arguments = ["new", "my services/orders", "--name", "shop"];
    for expected in ["> annoyance", "was left half-way"] {
        let mut terminal = Terminal::start_with(WIDE, &place, &arguments, &[]);
        terminal.asked(&[expected]);
        if expected == "> annoyance" {
            terminal.press(ENTER);
            terminal.asked(&["What is this backend for"]);
        }
        terminal.press(CTRL_C);
        assert_eq!(terminal.end(), 130);
        assert_eq!(place.names(), [".my services-orders.kickoff-draft.toml"]);
        let contents = terminal.contents();
        assert!(
            contents.ends_with("\n    cargo kickoff new \"my services/orders\" --name shop"),
            "{contents}"
        );
    }
}
