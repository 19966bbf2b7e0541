//! `cargo kickoff adr index`: only between the markers, in the form of the rows that are there.

use crate::adr_support::{Repository, nygard};

fn with_readme(readme: &str) -> Repository {
    Repository::new(&[
        (
            "docs/adr/0001-one.md",
            &nygard(1, "One", "Superseded by [3. Three](0003-three.md)"),
        ),
        ("docs/adr/0002-two.md", &nygard(2, "Two | 2", "Proposed")),
        (
            "docs/adr/0003-three.md",
            &nygard(3, "Three", "Accepted\n\nSupersedes [1. One](0001-one.md)"),
        ),
        ("docs/adr/README.md", readme),
    ])
}

#[track_caller]
fn check(readme: &str, expected: &str) {
    let repository = with_readme(readme);
    let code = if readme == expected { 0 } else { 4 };
    repository.adr(&["index", "--check"]).expect(code);
    assert_eq!(repository.changes(), [""; 0]);
    repository.adr(&["index"]).expect(0);
    assert_eq!(repository.place.read("docs/adr/README.md"), expected);
    repository
        .adr(&["index", "--check", "--allow-dirty"])
        .expect(0);
    repository.adr(&["index", "--allow-dirty"]).expect(0);
    assert_eq!(repository.place.read("docs/adr/README.md"), expected);
}

#[test]
fn a_list_of_adr_log() {
    check(
        "# Log\n\nMine.\n\n<!-- adrlog -->\n\n* [ADR-0001](0001-one.md) - One\n\n<!-- adrlogstop -->\n\nAlso mine.\n",
        "# Log\n\nMine.\n\n<!-- adrlog -->\n\n* [ADR-0001](0001-one.md) - One\n* [ADR-0002](0002-two.md) - Two  2\n\
         * [ADR-0003](0003-three.md) - Three\n\n<!-- adrlogstop -->\n\nAlso mine.\n",
    );
}

#[test]
fn an_empty_list() {
    check(
        "# Log\r\n<!-- adrlog --><!-- adrlogstop -->\r\n",
        "# Log\r\n<!-- adrlog -->\r\n* [ADR-0001](0001-one.md) - One\r\n* [ADR-0002](0002-two.md) - Two  2\r\n\
         * [ADR-0003](0003-three.md) - Three\r\n<!-- adrlogstop -->\r\n",
    );
}

#[test]
fn a_table_with_columns_of_its_own() {
    check(
        "# Decisions\n\n<!-- ADR index start -->\n\n| ADR | Status | Remark |\n|---|---|---|\n\
         | [3. Three](0003-three.md) | Accepted | mine |\n| [1. One](0001-one.md) | Accepted | also mine |\n\
         | [7. Gone](0007-gone.md) | Accepted | |\n\n<!-- ADR index end -->\n",
        "# Decisions\n\n<!-- ADR index start -->\n\n| ADR | Status | Remark |\n|---|---|---|\n\
         | [3. Three](0003-three.md) | Accepted | mine |\n| [2. Two  2](0002-two.md) | Proposed |  |\n\
         | [1. One](0001-one.md) | Superseded | also mine |\n\n<!-- ADR index end -->\n",
    );
}

#[test]
fn a_column_of_titles_in_other_words_gets_the_title() {
    check(
        "# Decisions\n\n<!-- ADR index start -->\n\n| ADR | Description | Remark |\n|---|---|---|\n\
         | [001](0001-one.md) | The first of all | mine |\n| [003](0003-three.md) | And the third | |\n\n<!-- ADR index end -->\n",
        "# Decisions\n\n<!-- ADR index start -->\n\n| ADR | Description | Remark |\n|---|---|---|\n\
         | [001](0001-one.md) | The first of all | mine |\n| [002](0002-two.md) | Two  2 | |\n\
         | [003](0003-three.md) | And the third | |\n\n<!-- ADR index end -->\n",
    );
}

#[test]
fn without_markers_the_rows_are_printed() {
    let readme =
        "# Decisions\n\n- [1. One](0001-one.md): why we did it\n- [3. Three](0003-three.md)\n";
    let repository = with_readme(readme);
    repository
        .place
        .write("docs/SUMMARY.md", "- [One](adr/0001-one.md)\n");
    let ran = repository.adr(&["index"]).expect(0);
    assert!(
        ran.stderr
            .contains("it lacks:\n- [2. Two  2](0002-two.md)\n"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("`docs/SUMMARY.md` names records too"),
        "{}",
        ran.stderr
    );
    assert_eq!(repository.place.read("docs/adr/README.md"), readme);
    repository.adr(&["index", "--check"]).expect(4);
}

#[test]
fn without_a_list_there_is_nothing_to_do() {
    let ran = Repository::with_three().adr(&["index"]).expect(0);
    assert!(
        ran.stderr.contains("no README or index lists the records"),
        "{}",
        ran.stderr
    );
}
