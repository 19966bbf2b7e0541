//! Records that people changed in every way they do: an edit still changes one token and not a byte more.

use camino::Utf8PathBuf;
use cargo_kickoff::adr::check::{Facts, check};
use cargo_kickoff::adr::edit::{EditError, Edited, accept, set_status, supersede};
use cargo_kickoff::adr::folder::discover;
use cargo_kickoff::adr::lifecycle;
use cargo_kickoff::adr::walk::File;
use cargo_kickoff::adr::{Record, Standing, Status, read};
use proptest::prelude::*;

/// The heads of records in the forms that people use; `@` is the status.
const HEADS: &[&str] = &[
    "# 12. TITLE\n\nDate: 2026-01-31\n\n## Status\n\n@\n",
    "# ADR-0012: TITLE\n\n## Status\n\n**@**\n\nAmends [3. T](0003-t.md)\n",
    "---\nstatus: @ # a comment\ndate: 2026-01-31\nid: 0x1F\n---\n\n# TITLE\n",
    "---\r\nadr:\r\n    status:   \"@\"\r\n---\r\n# TITLE\n",
    "---\ntags: [@, data]\n---\n\n# TITLE\n\n## Status\n\n@\n",
    "# TITLE\n\n* Status: @ <!-- optional -->\n* Deciders: Ada, Grace\n",
    "# TITLE\n\n- **Status:**\n  @\n- **Date:** 2026-01-31\n",
    "# ADR 012: TITLE\n\n**Status**: 🟢 @  \n**Date**: 2026-01-31  \n",
    "# 0012 - TITLE\n\n| Status | @ |\n|---|---|\n| Date | 2026-01-31 |\n",
    "# 12. TITLE\n\n## Status - @\n",
    "_Moved here._\n\n# 12. TITLE\n\n#### status: @\n",
    "TITLE\n=====\n\nStatus\n------\n\n@\n",
];

/// Sections that must not be taken for the head, whatever they talk about.
const SECTIONS: &[&str] = &[
    "## Context\n\nThe status was rejected, then accepted. Status: unknown.\n",
    "## Decision\n\nWe do it 🎉.   \nTrailing blanks stay.\n",
    "## Consequences\n\n````md\n## Status\n\nRejected\n```\nStatus: draft\n````\n",
    "## Decision Drivers\n\n~~~~\n---\nstatus: rejected\n---\n~~~~\n",
    "## Considered Options\n\n<!--\n## Status\n\nRejected\n-->\n\n* One\n* Two\n",
    "## More Information\n\n> ## Status\n>\n> Deprecated\n\n    Status: rejected\n",
    "## 背景\n\n注文が多い。\n",
];

const WORDS: &[(&str, Status)] = &[
    ("proposed", Status::Proposed),
    ("Proposed", Status::Proposed),
    ("DRAFT", Status::Draft),
    ("Accepted", Status::Accepted),
    ("accepted", Status::Accepted),
    ("Deprecated", Status::Deprecated),
];

#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) text: String,
    word: &'static str,
    status: Status,
}

prop_compose! {
    pub(crate) fn document()(
        head in prop::sample::select(HEADS),
        (word, status) in prop::sample::select(WORDS),
        title in "[A-Z][a-zé`&]{1,8}( [a-z0-9|&<>'日本語]{1,8}){0,4}",
        sections in Just(SECTIONS.to_vec()).prop_shuffle(),
        count in 2..SECTIONS.len(),
        crlf in any::<bool>(),
        bom in any::<bool>(),
        final_newline in any::<bool>(),
    ) -> Document {
        let head = head.replace("TITLE", &title).replace('@', word);
        // Something always decides, or it would not be a record.
        let sections = sections[..count].join("\n");
        let mut text = format!("{head}\n{sections}\n## Decision\n\nYes.\n");
        if crlf {
            text = text.replace("\r\n", "\n").replace('\n', "\r\n");
        }
        if bom {
            text.insert(0, '\u{feff}');
        }
        if !final_newline {
            text.truncate(text.trim_end().len());
        }
        Document { text, word, status }
    }
}

/// Puts the old bytes back where an edit changed them: what comes out must be the file as it was.
fn undone(before: &Record, edited: &Edited) -> Vec<u8> {
    let mut bytes = edited.record.bytes.clone();
    // From the first on: what was put back before it has the old length.
    for (span, text) in &edited.changes {
        let now = span.start..span.start + text.len();
        bytes.splice(now, before.bytes[span.clone()].iter().copied());
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn the_status_is_read_and_only_its_token_changes(
        document in document(),
        new in prop::sample::select(&[Status::Accepted, Status::Rejected, Status::Superseded][..]),
    ) {
        let record = read("docs/adr/0012-a.md".into(), document.text.clone().into_bytes());
        let fields = record.fields().expect("a record");
        prop_assert_eq!(fields.standing(), Standing::Said(document.status));
        prop_assert_eq!(&record.bytes, document.text.as_bytes());
        let edited = set_status(&record, new, &[]).expect("an edit");
        prop_assert_eq!(undone(&record, &edited), record.bytes.clone());
        for (span, _) in &edited.changes {
            prop_assert_eq!(record.text(span), document.word);
        }
        prop_assert_eq!(edited.record.fields().expect("a record").standing(), Standing::Said(new));
        // There and back again is the same file, but for two words of one meaning.
        let back = [(document.status, document.word.to_owned())];
        let again = set_status(&edited.record, document.status, &back).expect("an edit");
        prop_assert_eq!(&again.record.bytes, &record.bytes);
    }

    #[test]
    fn a_supersession_only_adds(old in document(), new in document()) {
        let old = read("docs/adr/0012-a.md".into(), old.text.into_bytes());
        let new = read("docs/adr/0013-b.md".into(), new.text.into_bytes());
        let (replaced, replacing) = supersede(&old, &new, &[]).expect("both ends");
        prop_assert_eq!(undone(&old, &replaced), old.bytes.clone());
        prop_assert_eq!(undone(&new, &replacing), new.bytes.clone());
        let has_crlf = |bytes: &[u8]| bytes.windows(2).any(|pair| pair == b"\r\n");
        for (before, after) in [(&old, &replaced), (&new, &replacing)] {
            let added: String = after.changes.iter().map(|(_, text)| text.as_str()).collect();
            prop_assert!(has_crlf(&before.bytes) || !added.contains('\r'));
        }
        let (again, _) = supersede(&replaced.record, &replacing.record, &[]).expect("nothing to do");
        prop_assert!(again.changes.is_empty());
    }

    #[test]
    fn accepting_changes_the_status_and_the_day_alone(document in document()) {
        let record = read("docs/adr/0012-a.md".into(), document.text.clone().into_bytes());
        let accepted = accept(&record, Some("2026-03-04"), &[]);
        if !matches!(document.status, Status::Draft | Status::Proposed) {
            let is_refused = matches!(accepted, Err(EditError::Decided { .. }));
            prop_assert!(is_refused, "{:?}", accepted);
            return Ok(());
        }
        let accepted = accepted.expect("an edit");
        prop_assert_eq!(undone(&record, &accepted), record.bytes.clone());
        for (span, text) in &accepted.changes {
            let old = record.text(span);
            prop_assert!(old == document.word || (old, text.as_str()) == ("2026-01-31", "2026-03-04"));
        }
        let fields = accepted.record.fields().expect("a record");
        prop_assert_eq!(fields.standing(), Standing::Said(Status::Accepted));
        prop_assert!(!document.text.contains("2026-01-31") || !accepted.record.text(&(0..accepted.record.bytes.len())).contains("2026-01-31"));
        prop_assert!(accept(&accepted.record, None, &[]).is_err());
    }

    #[test]
    fn one_record_takes_the_place_of_another_or_both_stay(old in document(), new in document()) {
        let files = [("docs/adr/0012-a.md", &old), ("docs/adr/0013-b.md", &new)];
        let files = files.map(|(path, document)| File {
            path: path.into(),
            bytes: document.text.clone().into_bytes(),
        });
        let folders = discover(files.to_vec());
        let [before_old, before_new] = folders[0].records.as_slice() else {
            panic!("two records");
        };
        let superseded = lifecycle::supersede(&folders[0], before_old, before_new);
        if new.status == Status::Deprecated {
            prop_assert!(superseded.is_err());
            return Ok(());
        }
        let (replaced, replacing) = superseded.expect("both ends");
        prop_assert_eq!(undone(before_old, &replaced), before_old.bytes.clone());
        prop_assert_eq!(undone(before_new, &replacing), before_new.bytes.clone());
        // What one says of the other is what a check asks for.
        let after = [&replaced, &replacing].map(|edited| File {
            path: edited.record.path.clone(),
            bytes: edited.record.bytes.clone(),
        });
        let folders = discover(after.to_vec());
        let facts = Facts { exists: &|_| false, fixtures: &[], citations: &[], cited_paths: &[], gone: &[], base: None };
        let found = check(&folders, &facts);
        prop_assert!(found.iter().all(|finding| finding.rule.code != "KD0404"), "{:?}", found);
    }

    #[test]
    fn reading_never_fails_and_spans_are_whole_characters(
        text in "(# |## Status\n|---\n|status: |[|] |\\* Status: |accepted|<!--|-->|```|~~~~\n|> |`|\n|\r\n|é|承認|🎉|superseded by |\\[a\\]\\(0001-b.md\\)|ADR-1|~~|  |: |\t){0,40}",
    ) {
        let record = read("docs/adr/0012-a.md".into(), text.clone().into_bytes());
        prop_assert_eq!(&record.bytes, text.as_bytes());
        if let Some(fields) = record.fields() {
            for mention in &fields.statuses {
                prop_assert_eq!(record.text(&mention.token.span), mention.token.value.as_str());
                prop_assert!(text.get(mention.whole.clone()).is_some());
            }
            for link in &fields.links {
                prop_assert!(text.get(link.span.clone()).is_some());
            }
            // Whatever is said, an edit is right or refused.
            if let Ok(edited) = set_status(&record, Status::Rejected, &[]) {
                prop_assert_eq!(undone(&record, &edited), record.bytes.clone());
            }
        }
    }

    #[test]
    fn a_new_number_is_never_one_that_is_taken(
        numbers in prop::collection::vec(0_u64..3000, 1..12),
        history in prop::collection::vec(0_u64..3000, 0..3),
        prefix in prop::sample::select(&["", "adr-", "ADR-", "ADR-D-"][..]),
        width in 1_usize..6,
    ) {
        let files = numbers
            .iter()
            .enumerate()
            .map(|(at, number)| File {
                path: Utf8PathBuf::from(format!("docs/adr/{prefix}{number:0width$}-r{at}.md")),
                bytes: b"# T\n\n## Status\n\nAccepted\n\n## Decision\n\nYes.\n".to_vec(),
            })
            .collect();
        let folders = discover(files);
        prop_assert_eq!(folders.len(), 1);
        let next = folders[0].next_number(&history).expect("numbered files");
        let highest = numbers.iter().chain(&history).max().expect("a number");
        prop_assert_eq!(next, highest + 1);
        let name = folders[0].file_name(Some(next), "New one", "2026-01-31");
        let record = read(&Utf8PathBuf::from(format!("docs/adr/{name}")), b"# T\n\n## Status\n\nAccepted\n".to_vec());
        let number = record.number().expect("a number");
        prop_assert_eq!(number.value, next);
        prop_assert_eq!(&number.prefix, prefix);
    }
}
