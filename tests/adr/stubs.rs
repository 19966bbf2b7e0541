//! Stubs that people worked on: whatever they did, what they wrote stays, byte for byte.

use camino::Utf8Path;
use cargo_kickoff::adr::folder::{discover, named};
use cargo_kickoff::adr::walk::File;
use cargo_kickoff::adr::{Record, read};
use cargo_kickoff::stubs::{Place, Plan, State, Subject, Verdict, plan};
use proptest::prelude::*;

const DATE: &str = "2026-11-25";

fn subject(name: &str) -> Subject {
    Subject {
        topic: "database".to_owned(),
        title: format!("Keep data in {name}"),
        context: vec![
            "Which database holds the data?".to_owned(),
            "The files show what is in use, and not why:".to_owned(),
        ],
        evidence: vec![
            format!("`sqlx` with `{name}` in `Cargo.toml`"),
            "a migration in `migrations/1.sql`".to_owned(),
        ],
        decision: format!("In use: {name}. Nobody wrote down why."),
        names: vec![name.to_owned()],
        written: None,
    }
}

/// Plans with one file that carries our mark.
fn planned(subject: &Subject, state: &State, files: Vec<File>) -> Plan {
    let marked: Vec<Record> = files
        .iter()
        .map(|file| read(&file.path, file.bytes.clone()))
        .collect();
    let folder = discover(files.clone()).into_iter().next();
    let folder = folder.unwrap_or_else(|| named(Utf8Path::new("docs/adr"), &files));
    let place = Place {
        folder: &folder,
        marked: &marked,
        history: &[],
        today: DATE,
        exists: &|path| files.iter().any(|file| file.path == path),
    };
    plan(std::slice::from_ref(subject), state, &[], &place).expect("a plan")
}

fn first() -> (State, String) {
    let plan = planned(&subject("PostgreSQL"), &State::default(), Vec::new());
    let Verdict::Create { new } = &plan.items[0].verdict else {
        panic!("{plan:?}");
    };
    let text = String::from_utf8(new.clone()).expect("UTF-8");
    (plan.state, text)
}

/// What people do to a stub: from, and to what. `@` is a word of theirs.
const EDITS: &[(&str, &str)] = &[
    ("# 1. Keep data in PostgreSQL\n", "# 17. @ 🎉\n"),
    (
        "# 1. Keep data in PostgreSQL\n",
        "Keep data in PostgreSQL\n=======================\n",
    ),
    ("Date: 2026-11-25\n", "Datum: 2026-11-26 @\n"),
    ("## Context\n", "## 背景\n\n@\n"),
    (
        "Which database holds the data?\n",
        "Which database holds the data? @\n",
    ),
    (
        "Which database holds the data?\n",
        "@\n\nWhich database holds the data?\n",
    ),
    ("The files show what is in use, and not why:\n\n", ""),
    (
        "* a migration in `migrations/1.sql`\n",
        "* a migration in `migrations/1.sql`\n* @\n",
    ),
    ("* `sqlx`", "- `sqlx`"),
    ("* a migration", "- a migration"),
    (
        "## Decision\n",
        "````md\n## Decision\n\nIn use: PostgreSQL. Nobody wrote down why.\n\n````\n\n## Decision\n",
    ),
    (
        "In use: PostgreSQL. Nobody wrote down why.\n",
        "@ In use: PostgreSQL. Nobody wrote down why.\n",
    ),
    (
        "In use: PostgreSQL. Nobody wrote down why.\n",
        "In use: PostgreSQL.\nNobody wrote down why.\n",
    ),
    (
        "## Decision\n\nIn use: PostgreSQL. Nobody wrote down why.\n",
        "```text\n\nIn use: PostgreSQL. Nobody wrote down why.\n\n```\n",
    ),
    ("Not written down yet.\n", "@   \nTrailing blanks.  \n"),
    (
        "## Consequences\n",
        "## Consequences\n\n> @\n\n<!-- @ -->\n",
    ),
    (
        "<!-- kickoff: topic database -->\n",
        "## Links\n\n<!-- kickoff: topic database -->\n\n@\n",
    ),
    (
        "<!-- kickoff: topic database -->\n",
        "<!-- kickoff: topic database -->",
    ),
];

prop_compose! {
    fn edited()(
        edits in prop::sample::subsequence(EDITS, 0..6),
        word in "[A-Za-zäß日本🎉`*_|]{1,12}",
        crlf in any::<bool>(),
        bom in any::<bool>(),
        status in prop::sample::select(&["Proposed", "Draft", "Accepted", "Rejected"][..]),
        swaps in any::<bool>(),
    ) -> String {
        let (_, mut text) = first();
        text = text.replace("\nProposed\n", &format!("\n{status}\n"));
        if swaps {
            // The decision first.
            if let (Some(at), Some(to)) = (text.find("## Decision"), text.find("## Context")) {
                let decision = text.split_off(at);
                text.insert_str(to, &format!("{}\n\n", decision.trim_end()));
            }
        }
        for (from, to) in edits {
            text = text.replacen(from, &to.replace('@', &word), 1);
        }
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        if bom {
            text.insert(0, '\u{feff}');
        }
        text
    }
}

/// Takes the new pieces out again and puts the old ones back.
fn undone(state: &State, fresh: &Subject, text: &str) -> String {
    let mut text = text.to_owned();
    for (name, new) in fresh.pieces() {
        let known = &state.get("database").expect("a stub").pieces;
        let (_, old) = known
            .iter()
            .find(|(known, _)| *known == name)
            .expect("a piece");
        if *old == new {
            continue;
        }
        for (end, bullet) in [("\n", "* "), ("\n", "- "), ("\r\n", "* "), ("\r\n", "- ")] {
            let form = |piece: &str| {
                let lines = piece.split('\n').map(|line| match line.strip_prefix("* ") {
                    Some(item) => format!("{bullet}{item}"),
                    None => line.to_owned(),
                });
                lines.collect::<Vec<_>>().join(end)
            };
            text = text.replace(&form(&new), &form(old));
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_people_wrote_stays_byte_for_byte(text in edited(), path in "docs/adr/(sub/)?[0-9]{4}-[a-z]{1,8}") {
        let (state, _) = first();
        let path = format!("{path}.md");
        let files = |bytes: &[u8]| vec![File { path: path.clone().into(), bytes: bytes.to_vec() }];
        // The same evidence: not a byte changes.
        let same = planned(&subject("PostgreSQL"), &state, files(text.as_bytes()));
        prop_assert_eq!(&same.items[0].verdict, &Verdict::Unchanged);
        // Other evidence: what was written by us and stands as it was gets another text, and nothing else.
        let fresh = subject("SQLite");
        let next = planned(&fresh, &state, files(text.as_bytes()));
        let now = match &next.items[0].verdict {
            Verdict::Refresh { old, new, .. } => {
                prop_assert_eq!(old, text.as_bytes());
                new.clone()
            }
            Verdict::Kept { left, .. } => {
                prop_assert!(!left.is_empty());
                text.clone().into_bytes()
            }
            other => panic!("{other:?}"),
        };
        let now_text = String::from_utf8(now.clone()).expect("UTF-8");
        prop_assert_eq!(undone(&state, &fresh, &now_text), text.clone());
        if text.contains("Accepted") || text.contains("Rejected") {
            prop_assert_eq!(&now_text, &text);
        }
        // A second run has nothing left to do.
        let again = planned(&fresh, &next.state, files(&now));
        let is_settled = matches!(again.items[0].verdict, Verdict::Unchanged | Verdict::Kept { .. });
        prop_assert!(is_settled, "{:?}", again.items[0].verdict);
        prop_assert_eq!(&again.state, &next.state);
    }
}

#[test]
fn a_stub_that_nobody_touched_is_refreshed_wholly() {
    let (state, text) = first();
    let file = File {
        path: "docs/adr/0001-keep-data-in-postgresql.md".into(),
        bytes: text.clone().into_bytes(),
    };
    let plan = planned(&subject("SQLite"), &state, vec![file]);
    let Verdict::Refresh { new, left, .. } = &plan.items[0].verdict else {
        panic!("{plan:?}");
    };
    assert_eq!(left, &[]);
    let expected = text.replace("PostgreSQL", "SQLite");
    assert_eq!(String::from_utf8_lossy(new), expected);
}

#[test]
fn what_was_offered_and_taken_over_is_not_offered_again() {
    let (state, text) = first();
    let text = text.replace("Keep data in PostgreSQL", "Unsere Daten");
    let path = "docs/adr/0001-keep-data-in-postgresql.md";
    let file = |text: &str| File {
        path: path.into(),
        bytes: text.as_bytes().to_vec(),
    };
    let plan = planned(&subject("SQLite"), &state, vec![file(&text)]);
    let Verdict::Refresh { new, left, .. } = &plan.items[0].verdict else {
        panic!("{plan:?}");
    };
    assert_eq!(left.len(), 1);
    let taken = String::from_utf8_lossy(new).replace("Unsere Daten", "Keep data in SQLite");
    let again = planned(&subject("SQLite"), &plan.state, vec![file(&taken)]);
    assert_eq!(again.items[0].verdict, Verdict::Unchanged);
}
