//! Several folders of records: one is chosen, or nothing happens.

use crate::harness::{CTRL_C, ENTER, ESC, Place, Terminal, WIDE};

fn place() -> Place {
    let place = Place::new();
    for folder in ["docs/adr", "web/adr"] {
        let folder = place.root.join(folder);
        std::fs::create_dir_all(&folder).expect("a new folder");
        let record = "# 1. One\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nA.\n\n## Decision\n\nB.\n\n## Consequences\n\nC.\n";
        std::fs::write(folder.join("0001-one.md"), record).expect("a new file");
    }
    place
}

#[test]
fn whoever_leaves_the_choice_of_a_folder_is_told_that_nothing_was_written() {
    for (keys, code, says) in [
        (CTRL_C, 130, "interrupted: nothing was written"),
        (ESC, 2, "`--folder"),
    ] {
        let place = place();
        let mut terminal = Terminal::start_with(WIDE, &place, &["adr", "new", "Two"], &[]);
        terminal.asked(&["Which folder of decision records?", "> docs/adr"]);
        terminal.press(keys);
        assert_eq!(terminal.end(), code);
        assert!(
            terminal.contents().contains(says),
            "{}",
            terminal.contents()
        );
        assert_eq!(place.names(), ["docs", "web"]);
    }
    let place = place();
    let mut terminal = Terminal::start_with(WIDE, &place, &["adr", "new", "Two"], &[]);
    terminal.asked(&["Which folder of decision records?", "> docs/adr"]);
    terminal.press(ENTER);
    assert_eq!(terminal.end(), 0);
    assert!(place.root.join("docs/adr/0002-two.md").is_file());
}
