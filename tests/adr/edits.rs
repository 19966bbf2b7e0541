//! What an edit changes: the token, the link, and nothing else.

use cargo_kickoff::adr::edit::{EditError, Edited, add_link, set_status, supersede};
use cargo_kickoff::adr::{LinkKind, Record, Status, read};
use snapbox::assert_data_eq;

const BODY: &str = "\n## Context\n\nAccepted by all.\n\n## Decision\n\nYes.\n";

fn record(path: &str, text: &str) -> Record {
    read(path.into(), text.as_bytes().to_vec())
}

/// A record whose lines before the usual sections are `head`.
fn headed(path: &str, head: &str) -> Record {
    record(path, &format!("{head}{BODY}"))
}

fn head_of(edited: &Edited) -> String {
    let text = String::from_utf8(edited.record.bytes.clone()).expect("UTF-8");
    text.strip_suffix(BODY).unwrap_or(&text).to_owned()
}

#[track_caller]
fn check_status(head: &str, new: Status, expected: &str) {
    let edited = set_status(&headed("docs/adr/0001-a.md", head), new, &[]).expect("an edit");
    assert_eq!(head_of(&edited), expected);
}

#[test]
fn one_token_changes_in_its_own_case() {
    use Status::{Accepted, Deprecated, Rejected};
    check_status(
        "# 1. A\n\n## Status\n\nProposed (by  Ada)\n",
        Accepted,
        "# 1. A\n\n## Status\n\nAccepted (by  Ada)\n",
    );
    check_status(
        "---\nstatus:   proposed # yet\nid: 0x1F\n---\n# A\n",
        Accepted,
        "---\nstatus:   accepted # yet\nid: 0x1F\n---\n# A\n",
    );
    check_status(
        "---\nstatus: \"PROPOSED\"\n---\n# A\n",
        Rejected,
        "---\nstatus: \"REJECTED\"\n---\n# A\n",
    );
    check_status(
        "---\nadr:\n    status:  proposed\n---\n# 1. A\n",
        Accepted,
        "---\nadr:\n    status:  accepted\n---\n# 1. A\n",
    );
    check_status(
        "# ADR-1: A\n\n- **Status:** ✅ Accepted  \n",
        Deprecated,
        "# ADR-1: A\n\n- **Status:** ✅ Deprecated  \n",
    );
    check_status(
        "# ADR-1: A\n\n* Status:\n  proposed\n",
        Accepted,
        "# ADR-1: A\n\n* Status:\n  accepted\n",
    );
    check_status(
        "# ADR-1: A\n\n| Status | Proposed |\n|--|--|\n",
        Accepted,
        "# ADR-1: A\n\n| Status | Accepted |\n|--|--|\n",
    );
    check_status(
        "# ADR-1: A\n\n## Status - DRAFT\n",
        Accepted,
        "# ADR-1: A\n\n## Status - ACCEPTED\n",
    );
    check_status(
        "# ADR-1: A\n\n```\nStatus: draft\n```\n\nStatus: draft",
        Accepted,
        "# ADR-1: A\n\n```\nStatus: draft\n```\n\nStatus: accepted",
    );
}

#[test]
fn other_markup_keeps_its_form() {
    check_status(
        "+++\ntitle = \"A\"\nstatus = \"proposed\"\n+++\n# 1. A\n",
        Status::Accepted,
        "+++\ntitle = \"A\"\nstatus = \"accepted\"\n+++\n# 1. A\n",
    );
    let body = "\n== Context\n\nSome.\n\n== Decision\n\nYes.\n";
    let old = record(
        "docs/adr/adr-001.adoc",
        &format!("= ADR1: Old\n:status: accepted\n{body}"),
    );
    let new = record(
        "docs/adr/adr-002.adoc",
        &format!("= ADR2: New\n\n== Status\n\nAccepted\n{body}"),
    );
    let (replaced, replacing) = supersede(&old, &new, &[]).expect("both ends");
    assert_data_eq!(
        String::from_utf8(replaced.record.bytes).expect("UTF-8"),
        format!("= ADR1: Old\n:status: superseded by xref:adr-002.adoc[ADR-002]\n{body}")
    );
    assert_data_eq!(
        String::from_utf8(replacing.record.bytes).expect("UTF-8"),
        format!(
            "= ADR2: New\n\n== Status\n\nAccepted\n\nSupersedes xref:adr-001.adoc[ADR-001]\n{body}"
        )
    );
}

#[test]
fn two_places_that_agree_change_together() {
    check_status(
        "---\ntags: [Proposed, x]\n---\n# 1. A\n\n## Status\n\n**Proposed**\n",
        Status::Accepted,
        "---\ntags: [Accepted, x]\n---\n# 1. A\n\n## Status\n\n**Accepted**\n",
    );
}

#[test]
fn the_words_are_those_of_the_house() {
    let record = headed("docs/adr/0001-a.md", "# 1. A\n\n## ステータス\n\n提案中\n");
    let words = [(Status::Accepted, "承認済み".to_owned())];
    let edited = set_status(&record, Status::Accepted, &words).expect("an edit");
    assert_eq!(head_of(&edited), "# 1. A\n\n## ステータス\n\n承認済み\n");
    let record = headed("docs/adr/0001-a.md", "# 1. A\n\nStatus: Proposed\n");
    let words = [(Status::Accepted, "approved".to_owned())];
    let edited = set_status(&record, Status::Accepted, &words).expect("an edit");
    assert_eq!(head_of(&edited), "# 1. A\n\nStatus: Approved\n");
}

#[test]
fn what_cannot_be_changed_is_an_error() {
    let refused = |head: &str| {
        let record = headed("docs/adr/0001-a.md", head);
        set_status(&record, Status::Rejected, &[])
            .expect_err("refused")
            .to_string()
    };
    assert_data_eq!(
        refused("---\nstatus: proposed\n---\n# 1. A\n\n## Status\n\nAccepted\n"),
        "`docs/adr/0001-a.md` gives two statuses: `proposed` (line 2) and `Accepted` (line 8)"
    );
    assert_data_eq!(
        refused("# 1. A\n"),
        "`docs/adr/0001-a.md` does not say its status anywhere"
    );
    assert_data_eq!(
        refused("# 1. A\n\n## Status\n\nSuperseded by ADR-0002\n"),
        "the status of `docs/adr/0001-a.md` is the phrase `Superseded by ADR-0002`: a single word cannot take its place"
    );
    assert_data_eq!(
        refused("# 1. A\n\n## Status\n\nProposed → Accepted\n"),
        "the status of `docs/adr/0001-a.md` is the phrase `Proposed → Accepted`: a single word cannot take its place"
    );
    assert_data_eq!(
        refused("# 1. A\n\n## Status\n\n* 2026-01-01: proposed\n* 2026-01-02: accepted\n"),
        "the status of `docs/adr/0001-a.md` is a dated log: it needs a new line instead of another word in `accepted`"
    );
}

#[track_caller]
fn check_pair(old: &str, new: &str, expected_old: &str, expected_new: &str) {
    let old = headed("docs/adr/0001-old.md", old);
    let new = headed("docs/adr/0002-new.md", new);
    let (replaced, replacing) = supersede(&old, &new, &[]).expect("both ends");
    assert_eq!(head_of(&replaced), expected_old);
    assert_eq!(head_of(&replacing), expected_new);
    let again = add_link(&replacing.record, LinkKind::Supersedes, &replaced.record);
    assert_eq!(again.expect("no edit").changes, [], "a link is added once");
    let (replaced_again, _) = supersede(&replaced.record, &replacing.record, &[]).expect("no edit");
    assert_eq!(replaced_again.changes, []);
}

#[test]
fn both_ends_in_sections() {
    check_pair(
        "# 1. Old\n\n## Status\n\nAccepted\n",
        "# 2. New\n\n## Status\n\nAccepted\n\nAmends [3. T](0003-t.md)\n",
        "# 1. Old\n\n## Status\n\nSuperseded by [2. New](0002-new.md)\n",
        "# 2. New\n\n## Status\n\nAccepted\n\nAmends [3. T](0003-t.md)\n\nSupersedes [1. Old](0001-old.md)\n",
    );
}

#[test]
fn prose_behind_the_token_stays() {
    check_pair(
        "# 1. Old\n\n## Status\n\nAccepted (vote 3)\non a Friday.\n",
        "# 2. New\n\n## Status - accepted\n",
        "# 1. Old\n\n## Status\n\nSuperseded (vote 3)\non a Friday.\n\nSuperseded by [2. New](0002-new.md)\n",
        "# 2. New\n\n## Status - accepted\n\nSupersedes [1. Old](0001-old.md)\n",
    );
}

#[test]
fn both_ends_in_bullets() {
    check_pair(
        "# Old\n\n* Status: accepted\n* Date: 2020-01-01\n",
        "# New\n\n- **Status:** Accepted\n- **Date:** 2020-01-01\n",
        "# Old\n\n* Status: superseded by [2. New](0002-new.md)\n* Date: 2020-01-01\n",
        "# New\n\n- **Status:** Accepted\n- **Supersedes:** [1. Old](0001-old.md)\n- **Date:** 2020-01-01\n",
    );
}

#[test]
fn both_ends_in_tables_and_lines() {
    check_pair(
        "# Old\n\n| Key | Value |\n|--|--|\n| Status | Accepted |\n",
        "# New\n\n**Status**: Accepted  \n**Date**: 2020-01-01  \n",
        "# Old\n\n| Key | Value |\n|--|--|\n| Status | Superseded by [2. New](0002-new.md) |\n",
        "# New\n\n**Status**: Accepted  \n**Supersedes**: [1. Old](0001-old.md)  \n**Date**: 2020-01-01  \n",
    );
}

#[test]
fn both_ends_in_front_matter() {
    let madr = "\n## Context and Problem Statement\n\nWhy?\n\n## Decision Outcome\n\nSo.\n";
    let old = record(
        "docs/decisions/0001-old.md",
        &format!("---\nstatus: accepted # in spring\n---\n# Old\n{madr}"),
    );
    let new = record(
        "docs/decisions/0002-new.md",
        &format!(
            "---\r\nstatus: accepted\r\n---\r\n# New\r\n{}",
            madr.replace('\n', "\r\n").trim_end()
        ),
    );
    let (replaced, replacing) = supersede(&old, &new, &[]).expect("both ends");
    assert_eq!(
        replaced.record.bytes,
        format!("---\nstatus: superseded by ADR-0002 # in spring\n---\n# Old\n{madr}").into_bytes()
    );
    let end = "\r\n\r\n## More Information\r\n\r\nSupersedes [ADR-0001](0001-old.md)";
    let mut expected = new.bytes.clone();
    expected.extend_from_slice(end.as_bytes());
    assert_eq!(replacing.record.bytes, expected);
}

#[test]
fn neither_end_where_one_cannot_be() {
    let old = headed(
        "docs/adr/0001-old.md",
        "# 1. Old\n\n## Status\n\nAccepted\n",
    );
    let silent = headed("docs/adr/0002-silent.md", "# 2. Silent\n");
    let opaque = read("docs/adr/0003-x.md".into(), Vec::from(*b"\xff"));
    assert!(matches!(
        supersede(&silent, &old, &[]),
        Err(EditError::NoStatus { .. })
    ));
    assert!(matches!(
        supersede(&old, &opaque, &[]),
        Err(EditError::NotARecord { .. })
    ));
    assert!(matches!(
        supersede(&old, &old, &[]),
        Err(EditError::Itself { .. })
    ));
    let other = headed(
        "docs/adr/0004-x.md",
        "# 4. X\n\n## Status\n\nSuperseded by [9. Y](0009-y.md)\n",
    );
    assert!(matches!(
        supersede(&other, &old, &[]),
        Err(EditError::Phrase { .. })
    ));
    let board = "# 5. X\n\n## Status\n\nAccepted by the board\n";
    let board = headed("docs/adr/0005-x.md", board);
    let refused = supersede(&board, &old, &[]);
    assert!(matches!(refused, Err(EditError::Phrase { .. })));
}
